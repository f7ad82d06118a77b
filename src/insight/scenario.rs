use std::sync::Arc;

use crate::index::aggregate;
use crate::model::{Cell, Column, Matrix, Normalised};
use crate::plan::Plan;

/// What one unit would have on the common scale: a cell per indicator of the
/// plan, in its order.
pub(super) type Scenario = Vec<Cell>;

/// The index of each scenario, by the plan's own aggregation: no weight is
/// multiplied by hand, so a geometric node or a missing child counts as it does
/// in the results.
pub(super) fn scores(plan: &Plan, scenarios: &[Scenario]) -> Vec<Option<f64>> {
    let column = |at: usize| -> Column {
        scenarios.iter().map(|cells| cells.get(at).copied().unwrap_or(Cell::MISSING)).collect()
    };
    let columns = (0..plan.indicators.len()).map(|at| Arc::new(column(at))).collect();
    let Some(matrix) = Matrix::<Normalised>::new(scenarios.len(), columns) else { return Vec::new() };
    let nodes = aggregate(&matrix, plan);
    let index = nodes.columns.get(&plan.index);
    (0..scenarios.len()).map(|row| index.and_then(|column| column.value(row))).collect()
}

/// The same for several lists at once, in one evaluation.
pub(super) fn scores_of(plan: &Plan, lists: Vec<Vec<Scenario>>) -> Vec<Vec<Option<f64>>> {
    let lengths: Vec<usize> = lists.iter().map(Vec::len).collect();
    let all: Vec<Scenario> = lists.into_iter().flatten().collect();
    let mut found = scores(plan, &all).into_iter();
    lengths.into_iter().map(|length| found.by_ref().take(length).collect()).collect()
}

/// `scenario` with the cell of one indicator replaced.
pub(super) fn with(scenario: &[Cell], at: usize, value: f64) -> Scenario {
    let mut changed = scenario.to_vec();
    if let Some(cell) = changed.get_mut(at) {
        *cell = Cell::Value(value);
    }
    changed
}
