use super::{Count, Scope, Spread};
use crate::model::{Absence, Cell, Direction, Id, Role};
use crate::numeric::median;
use crate::plan::{FalseClosure, Framework, IndicatorSpec, Plan};

/// An indicator over the assessed units of the edition.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorSpread {
    /// The indicator.
    pub id: Id,
    /// The child of the index that it counts towards, when there is one.
    pub dimension: Option<Id>,
    /// Its weight in the index; none below a formula.
    pub weight: Option<f64>,
    /// Its values, in its own measure.
    pub values: Option<Spread>,
    /// Its scores on the common scale.
    pub scores: Option<Spread>,
    /// Median of the values of units in the leading bands.
    pub leading: Option<f64>,
    /// Median of the values in the period before, of its assessed units.
    pub before: Option<f64>,
    /// Units that do not reach the reference value; without a reference, units
    /// whose score is weak.
    pub short: Option<Count>,
    /// Ranked units by what stands in the cell.
    pub cells: CellCount,
}

/// Cells of an indicator in the edition, over all ranked units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellCount {
    /// With a value.
    pub present: usize,
    /// Nobody knows it.
    pub missing: usize,
    /// There is nothing to know.
    pub not_applicable: usize,
    /// Known and withheld.
    pub suppressed: usize,
}

/// What was claimed beside what was found, over the assessed units with both.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosureGap {
    /// The declaration.
    pub signal: FalseClosure,
    /// Unit, claimed value, value found; in registry order.
    pub points: Vec<(usize, f64, f64)>,
    /// What was claimed.
    pub claimed: Spread,
    /// What was found.
    pub achieved: Spread,
    /// The differences, claimed less found.
    pub gap: Spread,
    /// Units whose difference is larger than `signal.wide`.
    pub wide: Count,
}

pub(super) fn indicators(
    scope: &Scope<'_>,
    framework: &Framework,
    assessed: &[usize],
) -> Vec<IndicatorSpread> {
    let plan = &scope.evaluation.plan;
    let weights = plan.effective_weights();
    let leading: Vec<usize> =
        assessed.iter().copied().filter(|unit| scope.is_leading(*unit, framework)).collect();
    let before = scope.before();
    let specs = framework.indicators.iter().enumerate();
    specs
        .map(|(at, spec)| {
            let values = scope.raw_values(at, assessed);
            let scores = scope
                .evaluation
                .normalised
                .column(at)
                .map(|column| scope.values(column, assessed))
                .unwrap_or_default();
            let earlier = before.as_ref().map(|before| before.raw_values(at, &before.scored(Role::Ranked)));
            IndicatorSpread {
                dimension: dimension_of(plan, &spec.id),
                weight: weights.get(&spec.id).copied(),
                short: short(framework, spec, &values, &scores),
                values: Spread::of(&values),
                scores: Spread::of(&scores),
                leading: median(&scope.raw_values(at, &leading)),
                before: earlier.and_then(|values| median(&values)),
                cells: cells(scope, at),
                id: spec.id.clone(),
            }
        })
        .collect()
}

/// The child of the index below which `id` stands; itself, if it is one.
fn dimension_of(plan: &Plan, id: &Id) -> Option<Id> {
    let index = plan.node(&plan.index)?;
    let mut current = id;
    // The tree has no cycles; as many steps as there are nodes are enough.
    for _ in 0..=plan.nodes.len() {
        if index.inputs().contains(current) {
            return Some(current.clone());
        }
        current = &plan.nodes.iter().find(|node| node.inputs().contains(current))?.id;
    }
    None
}

fn short(framework: &Framework, spec: &IndicatorSpec, values: &[f64], scores: &[f64]) -> Option<Count> {
    match spec.reference {
        Some(reference) => Some(Count::among(values, |value| match spec.direction {
            Direction::Higher => value < reference,
            Direction::Lower => value > reference,
        })),
        None => framework.reading.weak_below.map(|line| Count::among(scores, |score| score < line)),
    }
    .filter(|count| count.of > 0)
}

fn cells(scope: &Scope<'_>, indicator: usize) -> CellCount {
    let mut count = CellCount::default();
    let units = scope.input.panel().units().iter().enumerate();
    for (unit, _) in units.filter(|(_, unit)| unit.role == Role::Ranked) {
        match scope.input.observation(indicator, scope.row(unit)).cell {
            Cell::Value(_) => count.present += 1,
            Cell::Absent(Absence::Missing) => count.missing += 1,
            Cell::Absent(Absence::NotApplicable) => count.not_applicable += 1,
            Cell::Absent(Absence::Suppressed) => count.suppressed += 1,
        }
    }
    count
}

pub(super) fn closure_gap(
    scope: &Scope<'_>,
    framework: &Framework,
    assessed: &[usize],
) -> Option<ClosureGap> {
    let signal = framework.reading.false_closure.as_ref()?;
    let position = |id: &Id| framework.indicators.iter().position(|one| one.id == *id);
    let (claimed, achieved) = (position(&signal.claimed)?, position(&signal.achieved)?);
    let value = |indicator, unit| scope.input.observation(indicator, scope.row(unit)).cell.value();
    let points: Vec<(usize, f64, f64)> = assessed
        .iter()
        .filter_map(|unit| Some((*unit, value(claimed, *unit)?, value(achieved, *unit)?)))
        .collect();
    let gaps: Vec<f64> = points.iter().map(|(_, claimed, achieved)| claimed - achieved).collect();
    let of = |pick: fn(&(usize, f64, f64)) -> f64| Spread::of(&points.iter().map(pick).collect::<Vec<_>>());
    Some(ClosureGap {
        signal: signal.clone(),
        claimed: of(|point| point.1)?,
        achieved: of(|point| point.2)?,
        gap: Spread::of(&gaps)?,
        // The noise of a subtraction does not make a difference wide.
        wide: Count::among(&gaps, |gap| gap > signal.wide + 1e-9),
        points,
    })
}
