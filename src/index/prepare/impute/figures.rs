//! The mean or median of an indicator, of all units or of the unit's group.

use std::collections::BTreeMap;

use super::{Sources, Values};
use crate::index::pool;
use crate::model::{Column, Id};
use crate::numeric::{mean, median};
use crate::plan::Pool;

pub(super) fn means(sources: Sources<'_>, column: &Column, within: Option<&Id>, over: Pool) -> Values {
    figures(sources, column, within, over, mean)
}

pub(super) fn medians(sources: Sources<'_>, column: &Column, within: Option<&Id>, over: Pool) -> Values {
    figures(sources, column, within, over, median)
}

/// A figure per pool and member of the kind of group `within`. A unit that
/// belongs to no member has none.
fn figures(
    sources: Sources<'_>,
    column: &Column,
    within: Option<&Id>,
    over: Pool,
    figure: fn(&[f64]) -> Option<f64>,
) -> Values {
    let panel = sources.input.panel();
    let member = |row: usize| -> Option<Option<&Id>> {
        let Some(group) = within else { return Some(None) };
        Some(Some(panel.units().get(panel.row(row).unit)?.groups.get(group)?))
    };
    let mut values = vec![None; column.len()];
    for rows in pool::ranges(panel, over) {
        let mut by_member: BTreeMap<Option<&Id>, Vec<f64>> = BTreeMap::new();
        for (row, value) in pool::present(panel, column, rows.clone()) {
            if let Some(member) = member(row) {
                by_member.entry(member).or_default().push(value);
            }
        }
        let figures: BTreeMap<Option<&Id>, Option<f64>> =
            by_member.iter().map(|(member, values)| (*member, figure(values))).collect();
        for row in rows {
            if let Some(slot) = values.get_mut(row) {
                *slot = member(row).and_then(|member| figures.get(&member).copied().flatten());
            }
        }
    }
    values
}
