use serde::Serialize;

use super::ground::Ground;
use super::scenario::{Scenario, scores, with};
use super::{Counted, Insight};
use crate::model::Cell;

/// How many gaps a report shows.
const SHOWN: usize = 3;
/// Gains smaller than this are rounding noise.
pub(super) const NOISE: f64 = 1e-9;

/// The units whose medians gaps are measured against.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reference {
    /// The best band that has any unit; `None` where nothing is rated: then the
    /// upper quarter by score.
    pub band: Option<usize>,
    /// Its units, in registry order.
    pub units: Vec<usize>,
    /// The median score of each of [`Insight::indicators`].
    pub scores: Vec<Option<f64>>,
    /// The median value of each.
    pub values: Vec<Option<f64>>,
}

/// What an indicator costs a unit: the points that its index would gain if the
/// indicator had the reference's median score and all else stayed. In a tree of
/// arithmetic means without missing values this is weight × difference.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Gap {
    /// Position in [`Insight::indicators`].
    pub indicator: usize,
    /// The points.
    pub points: f64,
}

/// The units of the best band that has any, else the upper quarter by score.
pub(super) fn reference(ground: &Ground<'_>, indicators: &[Counted]) -> Option<Reference> {
    let rated = ground.members_from(0).map(|(band, units)| (Some(band), units));
    let (band, units) = rated.or_else(|| Some((None, upper_quarter(ground)?)))?;
    Some(medians_of(ground, indicators, band, units))
}

pub(super) fn medians_of(
    ground: &Ground<'_>,
    indicators: &[Counted],
    band: Option<usize>,
    units: Vec<usize>,
) -> Reference {
    let score = |one: &Counted| {
        let column = ground.evaluation.normalised.column(one.column)?;
        ground.medians(column, &units)
    };
    let value = |one: &Counted| ground.medians(ground.input.raw().column(one.position)?, &units);
    let (scores, values) = (indicators.iter().map(score).collect(), indicators.iter().map(value).collect());
    Reference { band, units, scores, values }
}

fn upper_quarter(ground: &Ground<'_>) -> Option<Vec<usize>> {
    let mut order = ground.assessed.clone();
    let score = |unit: usize| ground.ranked_score(unit).unwrap_or(f64::NEG_INFINITY);
    order.sort_by(|a, b| score(*b).total_cmp(&score(*a)).then(a.cmp(b)));
    order.truncate(order.len().div_ceil(4));
    order.sort_unstable();
    (!order.is_empty()).then_some(order)
}

/// Measures the gaps of every assessed unit, all scenarios in one batch.
pub(super) fn measure(ground: &Ground<'_>, insight: &mut Insight) {
    let Some(reference) = insight.reference.clone() else { return };
    let plan = &ground.evaluation.plan;
    let behind = |unit: usize| behind(ground, &insight.indicators, &reference, unit);
    let (mut scenarios, mut asked): (Vec<Scenario>, Vec<(usize, usize)>) = (Vec::new(), Vec::new());
    for unit in &ground.assessed {
        let cells = ground.cells(ground.row(*unit));
        for (indicator, column, target) in behind(*unit) {
            scenarios.push(with(&cells, column, target));
            asked.push((*unit, indicator));
        }
    }
    let found = scores(plan, &scenarios);
    for ((unit, indicator), score) in asked.into_iter().zip(found) {
        let now = ground.score(unit).map(|score| score.raw);
        let points = score.zip(now).map_or(0.0, |(then, now)| then - now);
        if let Some(unit) = insight.units.get_mut(unit).filter(|_| points > NOISE) {
            unit.gaps.push(Gap { indicator, points });
        }
    }
    for unit in &mut insight.units {
        unit.gaps.sort_by(|a, b| b.points.total_cmp(&a.points).then(a.indicator.cmp(&b.indicator)));
    }
    together(ground, insight, &reference);
}

/// The indicators in which a unit scores less than the reference: position
/// among the insight's, position in the plan, score to reach.
pub(super) fn behind(
    ground: &Ground<'_>,
    indicators: &[Counted],
    reference: &Reference,
    unit: usize,
) -> Vec<(usize, usize, f64)> {
    let row = ground.row(unit);
    let pairs = indicators.iter().zip(&reference.scores).enumerate();
    pairs
        .filter_map(|(at, (one, target))| {
            let own = ground.evaluation.normalised.column(one.column)?.value(row)?;
            let target = (*target)?;
            (own < target - NOISE).then_some((at, one.column, target))
        })
        .collect()
}

/// What the three costliest cost together: not their sum where a mean is not
/// arithmetic.
fn together(ground: &Ground<'_>, insight: &mut Insight, reference: &Reference) {
    let columns: Vec<usize> = insight.indicators.iter().map(|one| one.column).collect();
    let closed = |unit: usize| -> Scenario {
        let mut cells = ground.cells(ground.row(unit));
        let gaps = insight.units.get(unit).map_or(&[][..], |unit| &unit.gaps);
        for gap in gaps.iter().take(SHOWN) {
            let column = columns.get(gap.indicator).copied().unwrap_or(usize::MAX);
            let target = reference.scores.get(gap.indicator).copied().flatten();
            if let (Some(cell), Some(target)) = (cells.get_mut(column), target) {
                *cell = Cell::Value(target);
            }
        }
        cells
    };
    let scenarios: Vec<Scenario> = ground.assessed.iter().map(|unit| closed(*unit)).collect();
    let found = scores(&ground.evaluation.plan, &scenarios);
    for (unit, score) in ground.assessed.iter().zip(found) {
        let now = ground.score(*unit).map(|score| score.raw);
        if let Some(unit) = insight.units.get_mut(*unit).filter(|unit| !unit.gaps.is_empty()) {
            unit.three_gaps = score.zip(now).map(|(then, now)| then - now);
        }
    }
}
