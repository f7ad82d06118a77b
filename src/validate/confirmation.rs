use super::IndexInput;
use crate::digest::sha256;
use crate::model::{Absence, Cell, Observation, Precision, Row};

/// How many hexadecimal digits of a digest stand in a key.
const DIGITS: usize = 12;

impl IndexInput {
    /// What the data say of one unit in the edition, given by its position: an
    /// observation for each indicator, then each context variable, in the order of
    /// [`Framework::variables`](crate::plan::Framework::variables).
    pub fn of_unit(&self, unit: usize) -> Vec<Observation> {
        let row = self.panel.position(Row { unit, period: self.edition });
        let indicators = (0..self.indicators.len()).map(|at| self.observation(at, row));
        indicators.chain(self.contexts.iter().map(|(id, _)| self.context(id, row))).collect()
    }
}

/// A digest of all that a confirmation sheet shows of a unit: ids, values as they
/// are and the samples they rest on, of the edition. Equal for equal data, wherever
/// they were read. Twelve hexadecimal digits.
pub fn confirmation_digest(input: &IndexInput, unit: usize) -> String {
    let ids = input.indicators.iter().chain(input.contexts.iter().map(|(id, _)| id));
    let line = |(id, observed): (&crate::model::Id, Observation)| {
        let value = match observed.cell {
            Cell::Value(value) => value.to_string(),
            Cell::Absent(Absence::Missing) => "missing".to_owned(),
            Cell::Absent(Absence::NotApplicable) => "not-applicable".to_owned(),
            Cell::Absent(Absence::Suppressed) => "suppressed".to_owned(),
        };
        let n = observed.sample.and_then(|sample| sample.n).map(|n| n.to_string()).unwrap_or_default();
        let precision = match observed.sample.map(|sample| sample.precision) {
            Some(Precision::Successes(k)) => format!("k{k}"),
            Some(Precision::StandardError(error)) => format!("se{error}"),
            Some(Precision::Unknown) | None => String::new(),
        };
        format!("{id}\t{value}\t{n}\t{precision}\n")
    };
    let lines: String = ids.zip(input.of_unit(unit)).map(line).collect();
    sha256(lines.as_bytes()).chars().take(DIGITS).collect()
}
