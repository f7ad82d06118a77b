//! Whether a sheet still has what was printed on it.

use std::collections::BTreeMap;

use super::super::corrections::{ValueField, same};
use super::super::revisions::{Stated, told};
use super::{Row, Sheet, faults};
use crate::diagnostics::{Bilingual, Finding, Findings};
use crate::input::TableRow;
use crate::model::{Absence, Cell};
use crate::plan::ConfirmationHeads;

impl<'a> Sheet<'a> {
    /// The rows in the order of the sheet. Rows that are not there or are there
    /// twice and cells that do not say what was written are findings.
    pub(super) fn rows(&self, findings: &mut Findings) -> Vec<Row<'a>> {
        let mut seen: BTreeMap<usize, Row<'a>> = BTreeMap::new();
        let (mut rows, mut values) = (Vec::new(), Vec::new());
        for row in self.table.rows() {
            let id = row.field(self.columns.indicator);
            let place = self.table.place(row, self.columns.indicator);
            let Some(variable) = self.variables.iter().position(|one| one.id.as_str() == id) else {
                if !id.is_empty() || self.is_filled(row) {
                    findings.push(faults::row_unknown(id).at(place));
                }
                continue;
            };
            if seen.insert(variable, (variable, row)).is_some() {
                findings.push(faults::row_twice(id).at(place));
                continue;
            }
            values.extend(self.altered_value(variable, row));
            self.check_row(variable, row, findings);
            rows.push((variable, row));
        }
        match values.into_iter() {
            // Somebody sorted some of the columns, or pasted others over them.
            all if all.len() * 2 > self.variables.len() => {
                let place = self.table.header_place(self.columns.value);
                findings.push(faults::most_altered(all.len(), self.variables.len()).at(place));
            }
            few => findings.extend(few),
        }
        let lost = self.variables.iter().enumerate().filter(|(at, _)| !seen.contains_key(at));
        let lost: Vec<&str> = lost.map(|(_, one)| one.id.as_str()).collect();
        if !lost.is_empty() && self.table.is_whole() {
            findings.push(faults::rows_missing(&lost).at(self.table.header_row_place()));
        }
        rows
    }

    /// Whether a row has anything in the cells that a unit fills in.
    fn is_filled(&self, row: &TableRow) -> bool {
        let columns = &self.columns;
        let open = [columns.reply, columns.corrected, columns.reason, columns.evidence];
        open.iter().any(|column| !row.field(*column).is_empty())
    }

    fn altered_value(&self, variable: usize, row: &TableRow) -> Option<Finding> {
        let is = self.observed.get(variable)?.cell;
        let (found, place) = (row.field(self.columns.value), self.table.place(row, self.columns.value));
        let altered = || faults::altered(ConfirmationHeads::VALUE, found, &told(Stated::Cell(is))).at(place);
        (!self.shows(variable, row, is)).then(altered)
    }

    fn check_row(&self, variable: usize, row: &TableRow, findings: &mut Findings) {
        let (Some(what), Some(observed)) = (self.variables.get(variable), self.observed.get(variable)) else {
            return;
        };
        let columns = &self.columns;
        let n = observed.sample.and_then(|sample| sample.n);
        let found = row.field(columns.sample);
        if found.parse::<f64>().ok() != n.map(f64::from) {
            let is = Bilingual::same(n.map_or_else(String::new, |n| n.to_string()));
            let place = self.table.place(row, columns.sample);
            findings.push(faults::altered(ConfirmationHeads::SAMPLE, found, &is).at(place));
        }
        let found = row.field(columns.measure);
        if ![what.measure.zh.trim(), what.measure.en.trim()].contains(&found) {
            let place = self.table.place(row, columns.measure);
            findings.push(faults::altered(ConfirmationHeads::MEASURE, found, what.measure).at(place));
        }
    }

    /// Whether a row shows a value.
    fn shows(&self, variable: usize, row: &TableRow, is: Cell) -> bool {
        let Some(what) = self.variables.get(variable) else { return true };
        let field = ValueField { table: self.table, row, column: self.columns.value, variable: what };
        let shown = field.cell(&mut Findings::new());
        // What is withheld is told in words that differ.
        is == Cell::Absent(Absence::Suppressed)
            || shown.is_some_and(|shown| same(Stated::Cell(shown), Stated::Cell(is)))
    }

    /// The data are no longer those that the sheet was made from: which values it
    /// shows are not those of now. Where these are most of them, it is the sheet of
    /// another project.
    pub(super) fn stale(&self) -> Finding {
        let (code, name) = (self.unit().map_or("", |unit| unit.code.as_str()), self.named());
        let differing = self.table.rows().iter().filter_map(|row| {
            let id = row.field(self.columns.indicator);
            let variable = self.variables.iter().position(|one| one.id.as_str() == id)?;
            let is = self.observed.get(variable)?.cell;
            if self.shows(variable, row, is) {
                return None;
            }
            let (found, is) = (row.field(self.columns.value), told(Stated::Cell(is)));
            Some(Bilingual {
                zh: format!("{id} {found} → {}", is.zh),
                en: format!("{id} {found} → {}", is.en),
            })
        });
        let differing: Vec<Bilingual> = differing.collect();
        match differing.len() * 2 > self.variables.len() {
            true => faults::other_project(code, &name, differing.len(), self.variables.len()),
            false => faults::stale(code, &name, &differing),
        }
    }
}
