use std::marker::PhantomData;
use std::sync::Arc;

use super::{Absence, Cell};

/// Stage of a [`Matrix`]: as read and validated.
#[derive(Clone, Copy, Debug)]
pub enum Raw {}

/// Stage of a [`Matrix`]: screened, divided, filled in and rid of outliers.
#[derive(Clone, Copy, Debug)]
pub enum Treated {}

/// Stage of a [`Matrix`]: on the common scale, higher is better.
#[derive(Clone, Copy, Debug)]
pub enum Normalised {}

/// One number or absence per row. Values are dense so that loops stay fast; a
/// value where a row is absent is never shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    values: Vec<f64>,
    absences: Vec<Option<Absence>>,
}

impl Column {
    /// The cell of `row`; missing beyond the end.
    pub fn cell(&self, row: usize) -> Cell {
        match (self.values.get(row), self.absences.get(row)) {
            (Some(value), Some(None)) => Cell::Value(*value),
            (_, Some(Some(absence))) => Cell::Absent(*absence),
            _ => Cell::MISSING,
        }
    }

    /// The value of `row`, when there is one.
    pub fn value(&self, row: usize) -> Option<f64> {
        self.cell(row).value()
    }

    /// All cells in row order.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = Cell> + '_ {
        (0..self.len()).map(|row| self.cell(row))
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

/// A number that is not finite becomes missing: NaN stays inside the module
/// that made it.
impl FromIterator<Cell> for Column {
    fn from_iter<I: IntoIterator<Item = Cell>>(cells: I) -> Self {
        let (values, absences) = cells
            .into_iter()
            .map(|cell| match cell {
                Cell::Value(value) if value.is_finite() => (value, None),
                Cell::Value(_) => (0.0, Some(Absence::Missing)),
                Cell::Absent(absence) => (0.0, Some(absence)),
            })
            .unzip();
        Self { values, absences }
    }
}

/// Columns of equal length, one per indicator in the order of the framework,
/// at the stage that the type says. Columns are shared, not copied.
///
/// Only normalised data can be aggregated:
///
/// ```compile_fail,E0308
/// use benchline::index::aggregate;
/// use benchline::model::{Matrix, Raw};
/// use benchline::plan::Plan;
///
/// fn score(raw: &Matrix<Raw>, plan: &Plan) {
///     aggregate(raw, plan);
/// }
/// ```
///
/// ```
/// use benchline::index::aggregate;
/// use benchline::model::{Matrix, Normalised};
/// use benchline::plan::Plan;
///
/// fn score(normalised: &Matrix<Normalised>, plan: &Plan) {
///     aggregate(normalised, plan);
/// }
/// ```
#[derive(Debug)]
pub struct Matrix<Stage> {
    columns: Vec<Arc<Column>>,
    rows: usize,
    stage: PhantomData<fn() -> Stage>,
}

impl<Stage> Matrix<Stage> {
    /// A matrix of `rows` rows; `None` unless every column has that many.
    pub(crate) fn new(rows: usize, columns: Vec<Arc<Column>>) -> Option<Self> {
        let fits = columns.iter().all(|column| column.len() == rows);
        fits.then_some(Self { columns, rows, stage: PhantomData })
    }

    /// The column of an indicator by its position.
    pub fn column(&self, position: usize) -> Option<&Arc<Column>> {
        self.columns.get(position)
    }

    /// All columns in order.
    pub fn columns(&self) -> &[Arc<Column>] {
        &self.columns
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }
}

impl<Stage> Clone for Matrix<Stage> {
    fn clone(&self) -> Self {
        Self { columns: self.columns.clone(), rows: self.rows, stage: PhantomData }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nan_does_not_get_into_a_column() {
        let column: Column = [Cell::Value(1.0), Cell::Value(f64::NAN)].into_iter().collect();
        assert_eq!(column.cell(1), Cell::MISSING);
        assert_eq!(column.cell(7), Cell::MISSING);
    }

    #[test]
    fn columns_of_unequal_length_make_no_matrix() {
        let column: Arc<Column> = Arc::new([Cell::Value(1.0)].into_iter().collect());
        assert!(Matrix::<Raw>::new(2, vec![column]).is_none());
    }
}
