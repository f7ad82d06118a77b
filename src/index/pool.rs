//! Which values are compared with each other.

use std::ops::Range;

use crate::model::{Column, Panel, Role};
use crate::plan::Pool;

/// The rows that are compared with each other, pool by pool.
pub(super) fn ranges(panel: &Panel, over: Pool) -> Vec<Range<usize>> {
    match over {
        Pool::Period => (0..panel.periods().len()).map(|period| panel.rows_of(period)).collect(),
        Pool::AllPeriods => std::iter::once(0..panel.rows()).collect(),
    }
}

/// Whether the unit of a row is ranked: only then its values make a scale.
pub(super) fn is_ranked(panel: &Panel, row: usize) -> bool {
    panel.units().get(panel.row(row).unit).is_some_and(|unit| unit.role == Role::Ranked)
}

/// The values of ranked units among `rows`, with their rows.
pub(super) fn present(panel: &Panel, column: &Column, rows: Range<usize>) -> Vec<(usize, f64)> {
    rows.filter(|row| is_ranked(panel, *row)).filter_map(|row| Some((row, column.value(row)?))).collect()
}
