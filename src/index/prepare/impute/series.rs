//! A unit's other periods.

use super::{Sources, Values};
use crate::model::{Column, Panel, Row};

/// The last value before, no older than `max_age`.
pub(super) fn latest(sources: Sources<'_>, column: &Column, max_age: Option<f64>) -> Values {
    each(sources, column, |series, time| {
        let (at, value) = series.iter().rev().find(|(at, _)| *at < time)?;
        max_age.is_none_or(|age| time - at <= age).then_some(*value)
    })
}

/// On the line between the values before and after; with `beyond`, the first or
/// last value outside them.
pub(super) fn linear(sources: Sources<'_>, column: &Column, beyond: bool) -> Values {
    each(sources, column, |series, time| {
        let before = series.iter().rev().find(|(at, _)| *at < time);
        let after = series.iter().find(|(at, _)| *at > time);
        match (before, after) {
            (Some((from, low)), Some((to, high))) => Some(low + (high - low) * (time - from) / (to - from)),
            (Some((_, value)), None) | (None, Some((_, value))) if beyond => Some(*value),
            _ => None,
        }
    })
}

/// The last value before, else the first after.
pub(super) fn constant(sources: Sources<'_>, column: &Column) -> Values {
    each(sources, column, |series, time| {
        let before = series.iter().rev().find(|(at, _)| *at < time);
        before.or_else(|| series.iter().find(|(at, _)| *at > time)).map(|(_, value)| *value)
    })
}

/// A value for every row from the unit's values with their times, in order.
fn each(sources: Sources<'_>, column: &Column, value: impl Fn(&[(f64, f64)], f64) -> Option<f64>) -> Values {
    let panel = sources.input.panel();
    let times = times(panel);
    let mut values = vec![None; column.len()];
    for unit in 0..panel.units().len() {
        let rows = (0..times.len()).map(|period| panel.position(Row { unit, period }));
        let dated: Vec<(usize, f64)> = rows.zip(times.iter().copied()).collect();
        let series: Vec<(f64, f64)> =
            dated.iter().filter_map(|(row, time)| Some((*time, column.value(*row)?))).collect();
        for (row, time) in dated {
            if let Some(slot) = values.get_mut(row).filter(|_| column.value(row).is_none()) {
                *slot = value(&series, time);
            }
        }
    }
    values
}

/// The periods as numbers where they all are, else their positions.
fn times(panel: &Panel) -> Vec<f64> {
    let numbers: Option<Vec<f64>> = panel
        .periods()
        .iter()
        .map(|period| period.as_str().parse().ok().filter(|n: &f64| n.is_finite()))
        .collect();
    numbers.unwrap_or_else(|| (0..panel.periods().len()).map(|at| at as f64).collect())
}
