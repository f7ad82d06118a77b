//! The figures of an edition that reports are written from.

mod bands;
mod change;
mod groups;
mod indicators;
mod spread;

use super::evaluate::Evaluation;
use super::rank::Outcome;
use crate::model::{Column, Id, Role};
use crate::numeric::{Rank, median};
use crate::plan::{Framework, Rule};
use crate::validate::IndexInput;

pub use bands::BandCount;
pub use change::{BandTrend, Change, TrendLine};
pub use groups::{GroupSpread, MemberProfile, MemberSpread, member_profile};
pub use indicators::{CellCount, ClosureGap, IndicatorSpread};
pub use spread::{Count, Spread};

/// The figures that a report of one period is written from. Units are positions
/// in the registry; benchmarks are counted nowhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// Ranked units with a score, best first; ties in registry order.
    pub assessed: Vec<usize>,
    /// Ranked units without one.
    pub unassessed: Vec<usize>,
    /// Scored units that are not ranked.
    pub benchmarks: Vec<usize>,
    /// The index.
    pub index: Option<Spread>,
    /// The rating bands, best first.
    pub bands: Vec<BandCount>,
    /// Assessed units that a gate held back from the band of their score, best
    /// first.
    pub held_back: Vec<usize>,
    /// Units in the leading bands, which are the first so many of `bands`.
    pub leading: Count,
    /// The children of the index, in the order of the framework.
    pub dimensions: Vec<NodeSpread>,
    /// The indicators, in the order of the framework.
    pub indicators: Vec<IndicatorSpread>,
    /// The kinds of group, in the order of the framework.
    pub groups: Vec<GroupSpread>,
    /// What was claimed beside what was found, if the framework names them.
    pub closure_gap: Option<ClosureGap>,
    /// Compared with the period before, if there is one.
    pub change: Option<Change>,
    /// Over all periods, if there are several: the median of ranked units first,
    /// then the benchmarks.
    pub trend: Vec<TrendLine>,
    /// The bands over all periods.
    pub band_trend: Vec<BandTrend>,
    /// How many assessed units share their rank with another.
    pub tied: usize,
}

/// A node and how its scores are spread.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeSpread {
    /// The node or indicator.
    pub id: Id,
    /// Its weight in the index, when the index is a mean.
    pub weight: Option<f64>,
    /// Its scores.
    pub spread: Option<Spread>,
    /// Units whose score is weak, if the framework says what that is.
    pub weak: Option<Count>,
    /// Median in the period before, over its assessed units.
    pub before: Option<f64>,
}

/// The figures of the edition.
pub fn overview(input: &IndexInput, framework: &Framework, evaluation: &Evaluation) -> Overview {
    let scope = Scope { input, evaluation, period: input.edition() };
    let mut assessed = scope.scored(Role::Ranked);
    let registry_order = assessed.clone();
    let rank = |unit: usize| scope.rank(unit).map_or(f64::INFINITY, |rank| rank.value);
    assessed.sort_by(|a, b| rank(*a).total_cmp(&rank(*b)).then(a.cmp(b)));
    let scores: Vec<f64> = registry_order.iter().map(|unit| scope.score(*unit)).collect();
    let is_leading = |unit: &&usize| scope.is_leading(**unit, framework);
    Overview {
        unassessed: evaluation.unassessed(input, input.edition()),
        benchmarks: scope.scored(Role::Benchmark),
        index: Spread::of(&scores),
        bands: bands::bands(&scope, &registry_order),
        held_back: assessed.iter().copied().filter(|unit| scope.is_held_back(*unit)).collect(),
        leading: Count { count: assessed.iter().filter(is_leading).count(), of: assessed.len() },
        dimensions: dimensions(&scope, framework, &registry_order),
        indicators: indicators::indicators(&scope, framework, &registry_order),
        groups: groups::groups(&scope, framework, &registry_order),
        closure_gap: indicators::closure_gap(&scope, framework, &registry_order),
        change: change::change(&scope),
        trend: change::trend(&scope),
        band_trend: change::band_trend(&scope),
        tied: assessed.iter().filter(|unit| scope.is_tied(**unit)).count(),
        assessed,
    }
}

/// One period of an evaluation.
#[derive(Clone, Copy)]
struct Scope<'a> {
    input: &'a IndexInput,
    evaluation: &'a Evaluation,
    period: usize,
}

impl Scope<'_> {
    fn at(&self, period: usize) -> Self {
        Self { period, ..*self }
    }

    /// The period before, if there is one.
    fn before(&self) -> Option<Self> {
        Some(self.at(self.period.checked_sub(1)?))
    }

    fn row(&self, unit: usize) -> usize {
        self.input.panel().rows_of(self.period).start + unit
    }

    fn score(&self, unit: usize) -> f64 {
        self.raw(unit).unwrap_or(f64::NEG_INFINITY)
    }

    fn raw(&self, unit: usize) -> Option<f64> {
        Some(self.evaluation.outcomes.get(self.row(unit))?.score?.raw)
    }

    fn rank(&self, unit: usize) -> Option<Rank> {
        self.evaluation.outcomes.get(self.row(unit))?.rank
    }

    fn is_tied(&self, unit: usize) -> bool {
        self.rank(unit).is_some_and(|rank| rank.tied)
    }

    fn band(&self, unit: usize) -> Option<usize> {
        self.evaluation.outcomes.get(self.row(unit))?.band
    }

    /// Whether a unit is in one of the leading bands.
    fn is_leading(&self, unit: usize, framework: &Framework) -> bool {
        self.band(unit).is_some_and(|band| band < framework.reading.leading)
    }

    fn is_held_back(&self, unit: usize) -> bool {
        self.evaluation.outcomes.get(self.row(unit)).is_some_and(Outcome::is_held_back)
    }

    fn rounded(&self, unit: usize) -> Option<f64> {
        Some(self.evaluation.outcomes.get(self.row(unit))?.score?.rounded)
    }

    fn scored(&self, role: Role) -> Vec<usize> {
        let units = self.input.panel().units().iter().enumerate();
        units.filter(|(at, unit)| unit.role == role && self.raw(*at).is_some()).map(|(at, _)| at).collect()
    }

    fn values(&self, column: &Column, units: &[usize]) -> Vec<f64> {
        units.iter().filter_map(|unit| column.value(self.row(*unit))).collect()
    }

    /// The values of an indicator as read.
    fn raw_values(&self, indicator: usize, units: &[usize]) -> Vec<f64> {
        let value = |unit: &usize| self.input.observation(indicator, self.row(*unit)).cell.value();
        units.iter().filter_map(value).collect()
    }

    /// The scores of a node or indicator.
    fn node_values(&self, id: &Id, units: &[usize]) -> Vec<f64> {
        self.evaluation.column(id).map(|column| self.values(column, units)).unwrap_or_default()
    }
}

fn dimensions(scope: &Scope<'_>, framework: &Framework, assessed: &[usize]) -> Vec<NodeSpread> {
    let plan = &scope.evaluation.plan;
    let Some(index) = plan.node(&plan.index) else { return Vec::new() };
    let weights = match &index.rule {
        Rule::Aggregate { weights, .. } => weights.as_slice().iter().copied().map(Some).collect(),
        Rule::Formula(formula) => vec![None; formula.names().len()],
    };
    let before = scope.before();
    let inputs = index.inputs().iter().zip(weights);
    inputs
        .map(|(id, weight)| {
            let scores = scope.node_values(id, assessed);
            let earlier = before.map(|before| before.node_values(id, &before.scored(Role::Ranked)));
            NodeSpread {
                weak: framework
                    .reading
                    .weak_below
                    .map(|line| Count::among(&scores, |score| score < line))
                    .filter(|count| count.of > 0),
                spread: Spread::of(&scores),
                before: earlier.and_then(|scores| median(&scores)),
                weight,
                id: id.clone(),
            }
        })
        .collect()
}
