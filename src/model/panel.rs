use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use super::Registry;

/// A year, quarter or edition, written as the data write it. Periods order as
/// text, so years and `2025Q1` order in time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Period(Arc<str>);

impl Period {
    /// The period written `text`.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self(Arc::from(text.as_ref()))
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One unit in one period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Row {
    /// Position of the unit in the registry.
    pub unit: usize,
    /// Position of the period, in time order.
    pub period: usize,
}

/// The rows of every column: all units in every period, period by period, units
/// in registry order. The order of rows in the files leaves no trace.
#[derive(Clone, Debug)]
pub struct Panel {
    units: Registry,
    periods: Vec<Period>,
}

impl Panel {
    /// The panel of `units` over `periods`, which are put in order.
    pub fn new(units: Registry, mut periods: Vec<Period>) -> Self {
        periods.sort();
        periods.dedup();
        Self { units, periods }
    }

    /// The units.
    pub fn units(&self) -> &Registry {
        &self.units
    }

    /// The periods in time order.
    pub fn periods(&self) -> &[Period] {
        &self.periods
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.units.len() * self.periods.len()
    }

    /// The unit and period of a row.
    pub fn row(&self, row: usize) -> Row {
        let units = self.units.len().max(1);
        Row { unit: row % units, period: row / units }
    }

    /// The code of the unit and the period of a row, as messages name them.
    pub fn named(&self, row: usize) -> (String, String) {
        let row = self.row(row);
        let unit = self.units.get(row.unit).map_or(String::new(), |unit| unit.code.to_string());
        let period = self.periods.get(row.period).map_or(String::new(), ToString::to_string);
        (unit, period)
    }

    /// The row of a unit and period given by position.
    pub fn position(&self, row: Row) -> usize {
        row.period * self.units.len() + row.unit
    }

    /// The position of a period.
    pub fn period(&self, period: &str) -> Option<usize> {
        self.periods.binary_search_by(|known| known.as_str().cmp(period)).ok()
    }

    /// The rows of a period, in registry order.
    pub fn rows_of(&self, period: usize) -> std::ops::Range<usize> {
        period * self.units.len()..(period + 1) * self.units.len()
    }
}
