use serde::Serialize;

use super::gaps::{NOISE, Reference, behind, medians_of};
use super::ground::Ground;
use super::scenario::{Scenario, scores_of, with};
use super::{Insight, UnitInsight};
use crate::index::{Score, gate_failures};
use crate::plan::{Basis, Effort};

/// Most steps of a route.
const MOST_STEPS: usize = 6;

/// The way to the next rating.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub enum Path {
    /// There is none: nothing is rated, or the unit has no score.
    #[default]
    None,
    /// The unit is in the best band.
    AtTop,
    /// Steps to the next band.
    Route(Route),
}

/// Steps to the next band up.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Route {
    /// The band to reach.
    pub band: usize,
    /// Its lower bound.
    pub bound: f64,
    /// Whether that is the lowest score of the band in this edition: bands that
    /// compare units have no bound of their own.
    pub estimated: bool,
    /// Gates of the band that the unit does not meet, by position in the plan.
    pub gates: Vec<usize>,
    /// How far the score, as it is rated, is below the bound; zero or less for a
    /// unit that a gate holds back.
    pub distance: f64,
    /// The band whose medians are the targets: that band, or the next better
    /// one that has any unit.
    pub reference: usize,
    /// The steps in order, until the band is reached or no more are shown.
    pub steps: Vec<Step>,
    /// Whether the score after the steps shown is in it.
    pub reached: bool,
}

/// One indicator raised to the median of the reference, with those before it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Position in [`Insight::indicators`].
    pub indicator: usize,
    /// Score of the index before the step.
    pub from: f64,
    /// Score after it, computed with all steps so far.
    pub to: f64,
    /// The value to reach.
    pub target: Option<f64>,
    /// What it takes, if the framework says so.
    pub effort: Option<Effort>,
}

/// Finds the route of every assessed unit. Steps are taken in order of gain per
/// effort where the framework states efforts, else of gain alone, so that the
/// fewest changes lead to the band; each is an evaluation with all before it.
pub(super) fn find(ground: &Ground<'_>, insight: &mut Insight) {
    let Some(rating) = &ground.evaluation.plan.rating else { return };
    let reference = |band: usize| {
        let (band, units) = ground.members_towards(band)?;
        Some(medians_of(ground, &insight.indicators, Some(band), units))
    };
    let references: Vec<Option<Reference>> = (0..rating.bands.len()).map(reference).collect();
    let ways: Vec<Way<'_>> =
        ground.assessed.iter().filter_map(|unit| Way::of(ground, insight, &references, *unit)).collect();
    let plan = &ground.evaluation.plan;
    let alone = scores_of(plan, ways.iter().map(Way::alone).collect());
    let ordered: Vec<Vec<Open>> =
        ways.iter().zip(alone).map(|(way, alone)| way.ordered(ground, insight, &alone)).collect();
    let together = ways.iter().zip(&ordered).map(|(way, order)| way.together(order)).collect();
    let together = scores_of(plan, together);
    for ((way, order), together) in ways.iter().zip(&ordered).zip(together) {
        let route = way.route(ground, insight, order, &together);
        if let Some(unit) = insight.units.get_mut(way.unit) {
            unit.path = route.map_or(Path::None, Path::Route);
        }
    }
    for unit in &ground.assessed {
        if let Some(found) = insight.units.get_mut(*unit).filter(|_| ground.band(*unit) == Some(0)) {
            found.path = Path::AtTop;
        }
    }
}

/// An indicator behind the reference: position among the insight's, position in
/// the plan, score to reach.
type Open = (usize, usize, f64);

/// A unit on its way to a band.
struct Way<'a> {
    unit: usize,
    band: usize,
    reference: &'a Reference,
    score: Score,
    cells: Scenario,
    open: Vec<Open>,
}

impl<'a> Way<'a> {
    fn of(
        ground: &Ground<'_>,
        insight: &Insight,
        references: &'a [Option<Reference>],
        unit: usize,
    ) -> Option<Self> {
        let band = ground.band(unit)?.checked_sub(1)?;
        let reference = references.get(band)?.as_ref()?;
        Some(Self {
            unit,
            band,
            reference,
            score: ground.score(unit)?,
            cells: ground.cells(ground.row(unit)),
            open: behind(ground, &insight.indicators, reference, unit),
        })
    }

    /// Each indicator raised by itself.
    fn alone(&self) -> Vec<Scenario> {
        self.open.iter().map(|(_, column, target)| with(&self.cells, *column, *target)).collect()
    }

    /// What to raise first; `alone` has the index of each raised by itself.
    fn ordered(&self, ground: &Ground<'_>, insight: &Insight, alone: &[Option<f64>]) -> Vec<Open> {
        let worth = |((indicator, column, target), score): (&Open, &Option<f64>)| {
            let gain = (*score)? - self.score.raw;
            let cost = effort(ground, insight, *indicator).map_or(1.0, Effort::cost);
            (gain > NOISE).then_some((gain / cost, (*indicator, *column, *target)))
        };
        let mut order: Vec<(f64, Open)> = self.open.iter().zip(alone).filter_map(worth).collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.0.cmp(&b.1.0)));
        order.into_iter().map(|(_, open)| open).take(MOST_STEPS).collect()
    }

    /// The first raised, the first two raised, and so on.
    fn together(&self, order: &[Open]) -> Vec<Scenario> {
        let mut cells = self.cells.clone();
        let raise = |(_, column, target): &Open| {
            cells = with(&cells, *column, *target);
            cells.clone()
        };
        order.iter().map(raise).collect()
    }

    fn route(
        &self,
        ground: &Ground<'_>,
        insight: &Insight,
        order: &[Open],
        together: &[Option<f64>],
    ) -> Option<Route> {
        let (bound, estimated) = bound(ground, self.band, self.unit)?;
        let distance = bound - rated(ground, self.score)?;
        let mut steps: Vec<Step> = Vec::new();
        let mut reached = distance <= NOISE;
        for ((indicator, ..), score) in order.iter().zip(together) {
            if reached {
                break;
            }
            let from = steps.last().map_or(self.score.raw, |step| step.to);
            let target = self.reference.values.get(*indicator).copied().flatten();
            let (indicator, effort) = (*indicator, effort(ground, insight, *indicator));
            let Some(to) = *score else { break };
            steps.push(Step { indicator, from, to, target, effort });
            reached = rated(ground, Score::new(to, &ground.evaluation.plan.score))? >= bound - NOISE;
        }
        let (band, reference) = (self.band, self.reference.band?);
        let gates = unmet(ground, self.unit, band);
        Some(Route { band, bound, estimated, gates, distance, reference, steps, reached })
    }
}

/// The lowest score of a band: its bound where bounds are scores, else that of
/// the units in it now, among those it is rated with.
fn bound(ground: &Ground<'_>, band: usize, unit: usize) -> Option<(f64, bool)> {
    let rating = ground.evaluation.plan.rating.as_ref()?;
    if rating.rule.is_thresholds() {
        return Some((rating.bands.get(band)?.lower()?, false));
    }
    let member = |unit: usize| {
        let kind = rating.within.as_ref()?;
        ground.unit(unit)?.groups.get(kind)
    };
    let rivals = ground.assessed.iter().filter(|one| member(**one) == member(unit));
    let inside = rivals.filter(|one| ground.band(**one) == Some(band));
    let lowest = inside.filter_map(|one| rated(ground, ground.score(*one)?)).reduce(f64::min)?;
    Some((lowest, true))
}

/// The gates of a band that a unit does not meet.
fn unmet(ground: &Ground<'_>, unit: usize, band: usize) -> Vec<usize> {
    let Some(rating) = &ground.evaluation.plan.rating else { return Vec::new() };
    let failed: Vec<usize> = gate_failures(ground.input, ground.evaluation, ground.row(unit))
        .into_iter()
        .map(|failure| failure.gate)
        .collect();
    rating.gates_of(band).filter(|gate| failed.contains(gate)).collect()
}

/// The score in the form that is rated.
fn rated(ground: &Ground<'_>, score: Score) -> Option<f64> {
    Some(match ground.evaluation.plan.rating.as_ref()?.on {
        Basis::Raw => score.raw,
        Basis::Rounded => score.rounded,
    })
}

fn effort(ground: &Ground<'_>, insight: &Insight, indicator: usize) -> Option<Effort> {
    ground.framework.indicator(&insight.indicators.get(indicator)?.id)?.effort
}

impl UnitInsight {
    /// The route to the next band, if there is one.
    pub fn route(&self) -> Option<&Route> {
        match &self.path {
            Path::Route(route) => Some(route),
            Path::None | Path::AtTop => None,
        }
    }
}
