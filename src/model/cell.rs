use serde::Serialize;

use super::Sample;

/// Why a cell has no value. Never a bare NaN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Absence {
    /// Nobody knows it.
    Missing,
    /// There is nothing to know: a landlocked unit has no fisheries.
    NotApplicable,
    /// Known, but withheld.
    Suppressed,
}

/// The content of one cell: a finite number, or the reason why there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// A finite number.
    Value(f64),
    /// No number.
    Absent(Absence),
}

impl Cell {
    /// A value missing.
    pub const MISSING: Cell = Cell::Absent(Absence::Missing);

    /// A value when `number` is finite.
    pub fn finite(number: f64) -> Option<Cell> {
        number.is_finite().then_some(Cell::Value(number))
    }

    /// The number, when there is one.
    pub fn value(self) -> Option<f64> {
        match self {
            Cell::Value(value) => Some(value),
            Cell::Absent(_) => None,
        }
    }
}

/// Where a number was read: enough to find the cell again in the input files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Origin {
    /// Position of the file in the project's list of inputs.
    pub file: u16,
    /// Line of the row, from 1.
    pub line: u32,
    /// Field within the row, from 1.
    pub field: u16,
}

/// One piece of evidence about a unit: its value and where it came from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// The value in the indicator's unit of measure, or why there is none.
    pub cell: Cell,
    /// Where it was read; absent when no file has a cell for it.
    pub origin: Option<Origin>,
    /// The sample it rests on, where it is known to rest on one.
    pub sample: Option<Sample>,
}
