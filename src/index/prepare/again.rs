use std::sync::Arc;

use super::impute::{self, Sources};
use super::shared::Shared;
use super::{Prepared, denominate, findings, treat};
use crate::diagnostics::Findings;
use crate::model::{Absence, Cell, Column};
use crate::plan::{Imputation, Plan};
use crate::validate::IndexInput;

/// Whether an imputation reads other indicators than its own.
pub(in crate::index) fn reads_others(impute: &Imputation) -> bool {
    matches!(impute, Imputation::RowMean { .. } | Imputation::Regression { .. } | Imputation::Em { .. })
}

/// The stages before normalisation for one indicator with other values as read,
/// everything else being as `prepared`. Its imputation reads no other indicator.
pub(in crate::index) fn prepare_again(
    input: &IndexInput,
    plan: &Plan,
    prepared: &Prepared,
    at: usize,
    raw: Arc<Column>,
) -> Result<Arc<Column>, Findings> {
    let Some(indicator) = plan.indicators.get(at) else { return Err(Findings::new()) };
    let mut column = raw;
    if prepared.screened.iter().any(Option::is_some) {
        let mask = |(row, cell)| if prepared.shortfall(row).is_some() { Cell::MISSING } else { cell };
        column = Arc::new(column.cells().enumerate().map(mask).collect());
    }
    if let Some(by) = &indicator.denominate {
        column = Arc::new(denominate::divide(input, &column, by).map_err(|rows| {
            let mut refused = Findings::new();
            refused.extend(rows.iter().map(|row| denominate::refusal(input, &indicator.id, by, *row)));
            refused
        })?);
    }
    let lacks = || column.cells().any(|cell| cell == Cell::Absent(Absence::Missing));
    if !indicator.impute.is_none() && lacks() {
        let mut columns = prepared.denominated.columns().to_vec();
        if let Some(own) = columns.get_mut(at) {
            *own = column.clone();
        }
        let sources = Sources { input, plan, columns: &columns, screened: &prepared.screened };
        match impute::fill(sources, at, &Shared::default()) {
            Ok(Some(filled)) => column = filled.column,
            Ok(None) => {}
            Err(unfit) => return Err(findings::unfit(input, indicator, unfit)),
        }
    }
    if indicator.treat.is_none() {
        return Ok(column);
    }
    match treat::treat(input.panel(), &column, &indicator.treat) {
        Ok(treated) => Ok(treated.column),
        Err(rows) => Err(findings::untreatable(input, indicator, &rows)),
    }
}
