use serde::Serialize;

use super::evaluate::Evaluation;
use crate::model::{Column, Id, Role};
use crate::numeric::{Rank, mean, median, quantile, round_to};
use crate::plan::{Framework, Rule};
use crate::validate::IndexInput;

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
    /// The children of the index, in the order of the framework.
    pub dimensions: Vec<NodeSpread>,
    /// The kinds of group, in the order of the framework.
    pub groups: Vec<GroupSpread>,
    /// Compared with the period before, if there is one.
    pub change: Option<Change>,
    /// Over all periods, if there are several: the median of ranked units first,
    /// then the benchmarks.
    pub trend: Vec<TrendLine>,
    /// How many assessed units share their rank with another.
    pub tied: usize,
}

/// How a score is spread.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// Number of scores.
    pub n: usize,
    /// Arithmetic mean.
    pub mean: f64,
    /// Smallest.
    pub min: f64,
    /// First quartile (type 7).
    pub q1: f64,
    /// Median.
    pub median: f64,
    /// Third quartile.
    pub q3: f64,
    /// Largest.
    pub max: f64,
}

impl Spread {
    /// The spread of `scores`; `None` for no scores.
    pub fn of(scores: &[f64]) -> Option<Self> {
        let at = |p| quantile(scores, p);
        Some(Self {
            n: scores.len(),
            mean: mean(scores)?,
            min: at(0.0)?,
            q1: at(0.25)?,
            median: median(scores)?,
            q3: at(0.75)?,
            max: at(1.0)?,
        })
    }
}

/// Units in a rating band.
#[derive(Clone, Debug, PartialEq)]
pub struct BandCount {
    /// The units, in registry order.
    pub units: Vec<usize>,
    /// Their share of the assessed units.
    pub share: f64,
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
}

/// A kind of group and its members.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupSpread {
    /// The kind of group.
    pub group: Id,
    /// Its members; units that belong to none come last.
    pub members: Vec<MemberSpread>,
}

/// One member of a kind of group.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberSpread {
    /// The member; `None` for units that belong to none.
    pub member: Option<Id>,
    /// Its assessed units, in registry order.
    pub units: Vec<usize>,
    /// Their scores.
    pub spread: Spread,
    /// The share of them in the best band.
    pub top_share: f64,
}

/// What changed since the period before, among units assessed in both.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Position of the period before.
    pub since: usize,
    /// Difference of the rounded scores, by position in the registry, benchmarks
    /// too: what a reader gets who subtracts.
    pub by_unit: Vec<Option<f64>>,
    /// Median difference of the unrounded scores.
    pub median: f64,
    /// Units compared.
    pub n: usize,
    /// Units whose rounded score rose.
    pub rose: usize,
    /// Units whose rounded score fell.
    pub fell: usize,
}

/// A score over the periods.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendLine {
    /// The benchmark; `None` for the median of ranked units.
    pub unit: Option<usize>,
    /// Period and score.
    pub points: Vec<(usize, f64)>,
}

/// The figures of the edition.
pub fn overview(input: &IndexInput, framework: &Framework, evaluation: &Evaluation) -> Overview {
    let scope = Scope { input, evaluation, period: input.edition() };
    let mut assessed = scope.scored(Role::Ranked);
    let registry_order = assessed.clone();
    let rank = |unit: usize| scope.rank(unit).map_or(f64::INFINITY, |rank| rank.value);
    assessed.sort_by(|a, b| rank(*a).total_cmp(&rank(*b)).then(a.cmp(b)));
    let scores: Vec<f64> = registry_order.iter().map(|unit| scope.score(*unit)).collect();
    Overview {
        unassessed: evaluation.unassessed(input, input.edition()),
        benchmarks: scope.scored(Role::Benchmark),
        index: Spread::of(&scores),
        bands: bands(&scope, &registry_order),
        dimensions: dimensions(&scope, &registry_order),
        groups: groups(&scope, framework, &registry_order),
        change: change(&scope),
        trend: trend(&scope),
        tied: assessed.iter().filter(|unit| scope.is_tied(**unit)).count(),
        assessed,
    }
}

/// One period of an evaluation.
struct Scope<'a> {
    input: &'a IndexInput,
    evaluation: &'a Evaluation,
    period: usize,
}

impl Scope<'_> {
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
}

fn bands(scope: &Scope<'_>, assessed: &[usize]) -> Vec<BandCount> {
    let count = scope.evaluation.plan.rating.as_ref().map_or(0, |rating| rating.bands.len());
    (0..count)
        .map(|band| {
            let units: Vec<usize> =
                assessed.iter().copied().filter(|unit| scope.band(*unit) == Some(band)).collect();
            BandCount { share: units.len() as f64 / assessed.len().max(1) as f64, units }
        })
        .collect()
}

fn dimensions(scope: &Scope<'_>, assessed: &[usize]) -> Vec<NodeSpread> {
    let plan = &scope.evaluation.plan;
    let Some(index) = plan.node(&plan.index) else { return Vec::new() };
    let weights = match &index.rule {
        Rule::Aggregate { weights, .. } => weights.as_slice().iter().copied().map(Some).collect(),
        Rule::Formula(formula) => vec![None; formula.names().len()],
    };
    let spread = |id: &Id| {
        let column = scope.evaluation.column(id)?;
        Spread::of(&scope.values(column, assessed))
    };
    let inputs = index.inputs().iter().zip(weights);
    inputs.map(|(id, weight)| NodeSpread { spread: spread(id), weight, id: id.clone() }).collect()
}

fn groups(scope: &Scope<'_>, framework: &Framework, assessed: &[usize]) -> Vec<GroupSpread> {
    let units = scope.input.panel().units();
    let in_use =
        framework.groups.iter().filter(|group| units.iter().any(|unit| unit.groups.contains_key(&group.id)));
    in_use
        .map(|group| {
            let members = group.members.iter().map(|member| Some(member.id.clone())).chain([None]);
            let members = members.filter_map(|member| {
                let belongs = |unit: &usize| {
                    units.get(*unit).is_some_and(|unit| unit.groups.get(&group.id) == member.as_ref())
                };
                let own: Vec<usize> = assessed.iter().copied().filter(belongs).collect();
                let scores: Vec<f64> = own.iter().map(|unit| scope.score(*unit)).collect();
                let top = own.iter().filter(|unit| scope.band(**unit) == Some(0)).count();
                let top_share = top as f64 / own.len().max(1) as f64;
                Some(MemberSpread { spread: Spread::of(&scores)?, units: own, member, top_share })
            });
            GroupSpread { group: group.id.clone(), members: members.collect() }
        })
        .collect()
}

fn change(scope: &Scope<'_>) -> Option<Change> {
    let since = scope.period.checked_sub(1)?;
    let before = Scope { period: since, ..*scope };
    let plan = &scope.evaluation.plan.score;
    let difference = |unit: usize| {
        let difference = scope.rounded(unit)? - before.rounded(unit)?;
        Some(round_to(difference, plan.decimals, plan.rounding))
    };
    let by_unit: Vec<Option<f64>> = (0..scope.input.panel().units().len()).map(difference).collect();
    let in_both = scope.scored(Role::Ranked).into_iter().filter(|unit| before.raw(*unit).is_some());
    let ranked: Vec<usize> = in_both.collect();
    let raw: Vec<f64> =
        ranked.iter().filter_map(|unit| Some(scope.raw(*unit)? - before.raw(*unit)?)).collect();
    let count = |moved: fn(&f64) -> bool| {
        let moves = |unit: &&usize| by_unit.get(**unit).and_then(Option::as_ref).is_some_and(moved);
        ranked.iter().filter(moves).count()
    };
    let (rose, fell) = (count(|difference| *difference > 0.0), count(|difference| *difference < 0.0));
    Some(Change { since, median: median(&raw)?, n: ranked.len(), rose, fell, by_unit })
}

fn trend(scope: &Scope<'_>) -> Vec<TrendLine> {
    let periods = scope.period + 1;
    if periods < 2 {
        return Vec::new();
    }
    let at = |period: usize| Scope { period, ..*scope };
    let median_of = |period: usize| {
        let scope = at(period);
        let scores: Vec<f64> =
            scope.scored(Role::Ranked).into_iter().filter_map(|unit| scope.raw(unit)).collect();
        Some((period, median(&scores)?))
    };
    let middle = TrendLine { unit: None, points: (0..periods).filter_map(median_of).collect() };
    let benchmarks = scope.scored(Role::Benchmark).into_iter().map(|unit| TrendLine {
        unit: Some(unit),
        points: (0..periods).filter_map(|period| Some((period, at(period).raw(unit)?))).collect(),
    });
    std::iter::once(middle).chain(benchmarks).collect()
}
