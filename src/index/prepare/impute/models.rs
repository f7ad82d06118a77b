//! Regression on other indicators, and the joint normal distribution of several.

use std::ops::Range;
use std::sync::Arc;

use super::{Sources, Unfit, Values};
use crate::index::pool;
use crate::model::{Column, Id};
use crate::numeric::{expectation_maximisation, least_squares};
use crate::plan::{Imputation, Pool};

/// What expectation maximisation expects of each indicator of the plan, row by
/// row.
pub(in super::super) type Expectations = Result<Arc<Vec<Values>>, Unfit>;

pub(super) fn regression(
    sources: Sources<'_>,
    column: &Column,
    on: &[Id],
    over: Pool,
) -> Result<Values, Unfit> {
    let panel = sources.input.panel();
    let position = |id: &Id| sources.plan.indicators.iter().position(|indicator| indicator.id == *id);
    let predictors: Vec<&Arc<Column>> =
        on.iter().filter_map(|id| sources.columns.get(position(id)?)).collect();
    let known =
        |row: usize| -> Option<Vec<f64>> { predictors.iter().map(|column| column.value(row)).collect() };
    let mut values = vec![None; column.len()];
    for (at, rows) in pool::ranges(panel, over).into_iter().enumerate() {
        let present = pool::present(panel, column, rows.clone());
        // Nothing to fill in, or nothing to learn from.
        if present.is_empty() || rows.clone().all(|row| column.value(row).is_some()) {
            continue;
        }
        let complete: Vec<(Vec<f64>, f64)> =
            present.into_iter().filter_map(|(row, value)| Some((known(row)?, value))).collect();
        let x: Vec<Vec<f64>> = (0..predictors.len())
            .map(|predictor| complete.iter().filter_map(|(x, _)| x.get(predictor).copied()).collect())
            .collect();
        let y: Vec<f64> = complete.iter().map(|(_, y)| *y).collect();
        let Some(fit) = least_squares(&x, &y) else {
            return Err(Unfit { period: (over == Pool::Period).then_some(at), complete: y.len() });
        };
        for row in rows {
            let (Some(slot), Some(known)) = (values.get_mut(row), known(row)) else { continue };
            let slopes = fit.iter().skip(1).zip(known).map(|(slope, x)| slope * x);
            *slot = Some(fit.first().copied().unwrap_or(0.0) + slopes.sum::<f64>());
        }
    }
    Ok(values)
}

/// Fits one joint distribution per pool to all indicators that ask for it with
/// `over`. Rows of benchmarks and rows without any value take no part.
pub(in super::super) fn expectations(sources: Sources<'_>, over: Pool) -> Expectations {
    let panel = sources.input.panel();
    let wanted = |at: &usize| {
        let impute = sources.plan.indicators.get(*at).map(|indicator| &indicator.impute);
        matches!(impute, Some(Imputation::Em { over: own }) if *own == over)
    };
    let taking: Vec<usize> = (0..sources.columns.len()).filter(wanted).collect();
    let mut all: Vec<Values> = vec![Vec::new(); sources.columns.len()];
    for at in &taking {
        if let Some(values) = all.get_mut(*at) {
            *values = vec![None; panel.rows()];
        }
    }
    for (at, rows) in pool::ranges(panel, over).into_iter().enumerate() {
        // An indicator without any value in the pool tells nothing of the others.
        let has_any = |column: &Column| !pool::present(panel, column, rows.clone()).is_empty();
        let taking: Vec<usize> = taking
            .iter()
            .copied()
            .filter(|at| sources.columns.get(*at).is_some_and(|column| has_any(column)))
            .collect();
        let columns: Vec<&Arc<Column>> = taking.iter().filter_map(|at| sources.columns.get(*at)).collect();
        let taken: Vec<usize> = taking_part(sources, &columns, rows);
        let cells: Vec<Values> =
            columns.iter().map(|column| taken.iter().map(|row| column.value(*row)).collect()).collect();
        if cells.iter().flatten().all(Option::is_some) {
            continue;
        }
        let complete = |row: &&usize| columns.iter().all(|column| column.value(**row).is_some());
        let unfit = Unfit {
            period: (over == Pool::Period).then_some(at),
            complete: taken.iter().filter(complete).count(),
        };
        let filled = expectation_maximisation(&cells).ok_or(unfit)?;
        for (at, column) in taking.iter().zip(filled) {
            for (row, value) in taken.iter().zip(column) {
                if let Some(slot) = all.get_mut(*at).and_then(|values| values.get_mut(*row)) {
                    *slot = Some(value);
                }
            }
        }
    }
    Ok(Arc::new(all))
}

fn taking_part(sources: Sources<'_>, columns: &[&Arc<Column>], rows: Range<usize>) -> Vec<usize> {
    let panel = sources.input.panel();
    let has_any = |row: &usize| columns.iter().any(|column| column.value(*row).is_some());
    rows.filter(|row| pool::is_ranked(panel, *row)).filter(has_any).collect()
}
