//! From values as read to values fit for a scale: screen → divide → fill in →
//! treat outliers. A stage that the plan does not ask for costs nothing and
//! changes nothing; every cell that a stage changed is marked.

mod again;
mod denominate;
mod findings;
mod impute;
mod screen;
mod shared;
mod stages;
mod transform;
mod treat;

use std::sync::Arc;

use super::cache::{Cache, Key};
use crate::diagnostics::Findings;
use crate::model::{Column, Matrix, Raw, Treated};
use crate::plan::Plan;
use crate::validate::IndexInput;
use impute::{Expectations, Filled, Sources, Unfit, Values};
use shared::Shared;
use stages::Stage;
use treat::TreatedColumn;

pub(super) use again::{prepare_again, reads_others};
pub use screen::Shortfall;
pub use treat::{Shape, TreatmentRecord};

/// The indicators before normalisation, and what was done to them. Columns are
/// in the order of the plan; stages that did nothing share them.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The rows that failed screening, each with the reason; empty if the plan
    /// does not screen.
    pub screened: Arc<Vec<Option<Shortfall>>>,
    /// After screening and division.
    pub denominated: Matrix<Raw>,
    /// After imputation.
    pub imputed: Matrix<Raw>,
    /// After the treatment of outliers.
    pub treated: Matrix<Treated>,
    /// What was done, by indicator of the plan.
    pub marks: Vec<Marks>,
}

/// What was done to the cells of an indicator. Rows rise.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Rows that were filled in.
    pub imputed: Arc<[usize]>,
    /// Rows that were missing and could not be filled in.
    pub lacking: Arc<[usize]>,
    /// Rows that were moved inwards.
    pub moved: Arc<[usize]>,
    /// The pools with outliers, or that were transformed.
    pub treatments: Arc<[TreatmentRecord]>,
}

impl Prepared {
    /// Why a row is not assessed.
    pub fn shortfall(&self, row: usize) -> Option<Shortfall> {
        self.screened.get(row).copied().flatten()
    }
}

/// Results of the stages, by what they are made from.
#[derive(Debug, Default)]
pub(super) struct Caches {
    screened: Cache<Arc<Vec<Option<Shortfall>>>>,
    masked: Cache<Arc<Column>>,
    divided: Cache<Result<Arc<Column>, Arc<[usize]>>>,
    expected: Cache<Expectations>,
    shares: Cache<Arc<Values>>,
    filled: Cache<Result<Option<Arc<Filled>>, Unfit>>,
    treated: Cache<Result<Arc<TreatedColumn>, Arc<[usize]>>>,
}

impl Caches {
    /// How many results are kept.
    pub(super) fn len(&self) -> usize {
        let columns = self.masked.len() + self.divided.len() + self.filled.len() + self.treated.len();
        self.screened.len() + self.expected.len() + self.shares.len() + columns
    }
}

/// A column and what it is made from.
type Keyed = (Arc<Column>, Key);

/// Runs the stages of the plan that come before normalisation: screens, divides,
/// fills in and treats outliers. What a stage cannot take is a finding.
pub fn prepare(input: &IndexInput, plan: &Plan) -> Result<Prepared, Findings> {
    prepare_with(input, plan, &Caches::default()).map(|(prepared, _)| prepared)
}

/// Runs the stages; with the prepared columns, the key of each.
pub(super) fn prepare_with(
    input: &IndexInput,
    plan: &Plan,
    caches: &Caches,
) -> Result<(Prepared, Vec<Key>), Findings> {
    let (screened, screen_key) = screened(input, plan, caches);
    let stage = Stage { input, plan, caches, screened: &screened, screen_key };
    let divided = stage.collect(|at, indicator| stage.divided(at, indicator))?;
    let before: Vec<Arc<Column>> = divided.iter().map(|(column, _)| column.clone()).collect();
    let sources = Sources { input, plan, columns: &before, screened: &screened };
    let shared = Shared::new(&stage, sources, &divided);
    let filled = stage.collect(|at, indicator| stage.filled(sources, &shared, &divided, (at, indicator)))?;
    let treated = stage.collect(|at, indicator| stage.treated(&filled, at, indicator))?;
    let (mut marks, mut keys) = (Vec::new(), Vec::new());
    let (mut imputed_columns, mut treated_columns) = (Vec::new(), Vec::new());
    for (filled, treated) in filled.into_iter().zip(treated) {
        let fill = filled.fill.as_deref();
        marks.push(Marks {
            imputed: fill.map_or_else(Arc::default, |fill| fill.rows.as_slice().into()),
            lacking: fill.map_or_else(Arc::default, |fill| fill.lacking.as_slice().into()),
            moved: treated.moved,
            treatments: treated.records,
        });
        imputed_columns.push(filled.column.0);
        treated_columns.push(treated.column.0);
        keys.push(treated.column.1);
    }
    let rows = input.raw().rows();
    let matrices =
        (Matrix::new(rows, before), Matrix::new(rows, imputed_columns), Matrix::new(rows, treated_columns));
    match matrices {
        (Some(denominated), Some(imputed), Some(treated)) => {
            Ok((Prepared { screened, denominated, imputed, treated, marks }, keys))
        }
        _ => Err(Findings::new()),
    }
}

fn screened(input: &IndexInput, plan: &Plan, caches: &Caches) -> (Arc<Vec<Option<Shortfall>>>, Option<Key>) {
    let Some(screen) = &plan.screen else { return (Arc::default(), None) };
    // Which indicators count follows from the weights.
    let mut counted: Vec<_> = plan.effective_weights().into_keys().collect();
    counted.sort();
    let indicators: Vec<_> = plan.indicators.iter().map(|indicator| &indicator.id).collect();
    let key = Key::of(&("screen", screen, counted, indicators), &[]);
    (caches.screened.get(key, || Arc::new(screen::screen(input, plan, screen))), Some(key))
}
