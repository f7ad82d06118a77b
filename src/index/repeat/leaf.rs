use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::model::{Absence, Cell, Column};

/// Absences as numbers that are none, so that a column of a period is one slice:
/// arithmetic on them gives no number, and such rows are then computed cell by
/// cell. They never leave this module.
const ABSENT: [(u64, Absence); 3] = [
    (0x7ff8_0000_0000_0001, Absence::Missing),
    (0x7ff8_0000_0000_0002, Absence::NotApplicable),
    (0x7ff8_0000_0000_0003, Absence::Suppressed),
];

/// A cell as one number.
pub(super) fn encode(cell: Cell) -> f64 {
    match cell {
        Cell::Value(value) => value,
        Cell::Absent(absence) => {
            let known = ABSENT.iter().find(|(_, one)| *one == absence);
            f64::from_bits(known.map_or(ABSENT[0].0, |(bits, _)| *bits))
        }
    }
}

/// The cell that a number stands for.
pub(super) fn decode(number: f64) -> Cell {
    if number.is_finite() {
        return Cell::Value(number);
    }
    let known = ABSENT.iter().find(|(bits, _)| *bits == number.to_bits());
    Cell::Absent(known.map_or(Absence::Missing, |(_, absence)| *absence))
}

/// The logarithm for products of powers: −∞ for what has none, absences as they
/// are.
pub(super) fn log_of(number: f64) -> f64 {
    match number {
        absent if absent.is_nan() => absent,
        value if value > 0.0 => libm::log(value),
        _ => f64::NEG_INFINITY,
    }
}

/// An indicator on the common scale in the reported period.
#[derive(Debug, Default)]
pub(crate) struct Leaf {
    values: Vec<f64>,
    logs: OnceLock<Vec<f64>>,
}

impl Leaf {
    /// The rows of a column.
    pub(crate) fn of(column: &Column, rows: Range<usize>) -> Self {
        Self { values: rows.map(|row| encode(column.cell(row))).collect(), logs: OnceLock::new() }
    }

    pub(super) fn values(&self) -> &[f64] {
        &self.values
    }

    /// The logarithms, computed when first asked for.
    pub(super) fn logs(&self) -> &[f64] {
        self.logs.get_or_init(|| self.values.iter().copied().map(log_of).collect())
    }
}

/// The indicators of one draw, in the order of the plan, and which units passed
/// screening.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leaves {
    pub(crate) columns: Vec<Arc<Leaf>>,
    /// Empty where the plan does not screen.
    pub(crate) failed_screening: Vec<bool>,
}
