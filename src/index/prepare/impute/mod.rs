//! Filling in missing values, one file per idea: figures of a pool or group,
//! the unit's other indicators, its other periods, models of all of them.

mod figures;
mod models;
mod rows;
mod series;

use std::sync::Arc;

use super::screen::Shortfall;
use super::shared::Shared;
use crate::model::{Absence, Cell, Column};
use crate::plan::{Imputation, Plan};
use crate::validate::IndexInput;

pub(super) use models::{Expectations, expectations};
pub(super) use rows::{Family, families, shares};

/// What values are filled in from.
#[derive(Clone, Copy)]
pub(super) struct Sources<'a> {
    pub(super) input: &'a IndexInput,
    pub(super) plan: &'a Plan,
    /// The columns before imputation, in the order of the plan.
    pub(super) columns: &'a [Arc<Column>],
    /// The rows that failed screening; empty without screening.
    pub(super) screened: &'a [Option<Shortfall>],
}

impl Sources<'_> {
    /// Whether a missing value of this row is to be filled in.
    fn is_open(&self, row: usize) -> bool {
        self.screened.get(row).is_none_or(Option::is_none)
    }
}

/// A column with its missing values filled in.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    pub(super) column: Arc<Column>,
    /// Rows that were filled in, rising.
    pub(super) rows: Vec<usize>,
    /// Rows that could not be, rising.
    pub(super) lacking: Vec<usize>,
}

/// Why a model cannot be fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unfit {
    /// Position of the period; absent over all periods.
    pub(super) period: Option<usize>,
    /// How many units have all that the model needs.
    pub(super) complete: usize,
}

/// Fills in the indicator at a position of the plan.
pub(super) fn fill(sources: Sources<'_>, position: usize, shared: &Shared) -> Result<Option<Filled>, Unfit> {
    let (Some(indicator), Some(column)) =
        (sources.plan.indicators.get(position), sources.columns.get(position))
    else {
        return Ok(None);
    };
    let values = match &indicator.impute {
        Imputation::None => return Ok(None),
        Imputation::Mean { within, over } => figures::means(sources, column, within.as_ref(), *over),
        Imputation::Median { within, over } => figures::medians(sources, column, within.as_ref(), *over),
        Imputation::RowMean { over, .. } => shared
            .shares(position)
            .map_or_else(Vec::new, |(_, shares)| rows::means(sources, position, *over, &shares)),
        Imputation::Latest { max_age } => series::latest(sources, column, *max_age),
        Imputation::Linear => series::linear(sources, column, false),
        Imputation::LinearConstant => series::linear(sources, column, true),
        Imputation::Constant => series::constant(sources, column),
        Imputation::Regression { on, over } => models::regression(sources, column, on, *over)?,
        Imputation::Em { over } => match shared.expectations(*over) {
            Some((_, expected)) => expected?.get(position).cloned().unwrap_or_default(),
            None => Vec::new(),
        },
    };
    Ok(Some(put(sources, column, &values)))
}

/// One value per row to fill in with, where there is one.
pub(super) type Values = Vec<Option<f64>>;

fn put(sources: Sources<'_>, column: &Column, values: &Values) -> Filled {
    let (mut rows, mut lacking) = (Vec::new(), Vec::new());
    let cells: Vec<Cell> = column
        .cells()
        .enumerate()
        .map(|(row, cell)| {
            if cell != Cell::Absent(Absence::Missing) || !sources.is_open(row) {
                return cell;
            }
            match values.get(row).copied().flatten().and_then(Cell::finite) {
                Some(filled) => {
                    rows.push(row);
                    filled
                }
                None => {
                    lacking.push(row);
                    cell
                }
            }
        })
        .collect();
    Filled { column: Arc::new(cells.into_iter().collect()), rows, lacking }
}
