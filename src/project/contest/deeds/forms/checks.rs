//! Whether a score sheet is the one that was made, and filled in.

use std::collections::BTreeMap;

use super::messages;
use crate::contest::{FormCell, FormKey, FormRow, ScoreForm};
use crate::diagnostics::{Findings, Place};
use crate::input::{Table, TableRow};
use crate::ledger::Day;
use crate::plan::Criterion;
use crate::project::contest::open::Base;
use crate::validate::{ContestInput, SheetColumn};

/// Most blank cells of a sheet that are named one by one.
const MOST_BLANKS: usize = 12;

/// Whether a form is not on record yet: `false` in silence for the very same file.
pub(super) fn is_new(day: &Day, key: &FormKey, table: &Table, pass: u8, findings: &mut Findings) -> bool {
    let own = day.sheets.iter().filter(|sheet| sheet.round == key.round && sheet.judge == key.judge);
    let mut known = None;
    for sheet in own {
        let (path, sha256) = (&sheet.source.path, &sheet.source.sha256);
        if sheet.pass == pass {
            if path == table.name() && sha256 == table.sha256() {
                return false;
            }
            known = Some(sheet);
        } else if path == table.name() || sha256 == table.sha256() {
            findings.push(messages::one_file(table.name(), path));
            return false;
        }
    }
    match known {
        // A file that changed is told of with the declared ones.
        Some(sheet) if sheet.source.path != table.name() => {
            findings.push(messages::on_record(table.name(), key, sheet.seq, &sheet.source.path));
            false
        }
        _ => true,
    }
}

/// What a row is about, by codes.
type RowKey = (String, String, String);

/// A form with its rows as they came back.
pub(super) struct Check<'a> {
    pub(super) base: &'a Base,
    pub(super) input: &'a ContestInput,
    pub(super) form: &'a ScoreForm,
    pub(super) table: &'a Table,
}

impl Check<'_> {
    /// Whether the form has marks to be read. Rows that are not those of the form and
    /// cells without a mark are findings; a form without any mark is a note.
    pub(super) fn complete(&self, findings: &mut Findings) -> bool {
        let mut rows = self.rows(findings);
        let columns = self.columns(findings);
        let (mut filled, mut blank) = (0, Vec::new());
        let mut missing = Vec::new();
        for expected in &self.form.rows {
            let key = self.key(expected);
            let Some(row) = rows.remove(&key) else {
                missing.push(label(&key));
                continue;
            };
            for (cell, column) in expected.cells.iter().zip(&columns) {
                let Some((column, criterion)) = column else { continue };
                if *cell != FormCell::Open {
                    continue;
                }
                match row.field(*column).is_empty() {
                    false => filled += 1,
                    true if criterion.optional => {}
                    true => {
                        let who = if criterion.per_member { label(&key) } else { of_entry(&key) };
                        blank.push((self.table.place(row, *column), who, *criterion));
                    }
                }
            }
        }
        if filled == 0 {
            findings.push(messages::nothing(self.table.name()));
            return false;
        }
        if !missing.is_empty() {
            findings.push(messages::rows_missing(self.table.header_row_place(), &missing));
        }
        for (key, row) in &rows {
            findings.push(messages::row_foreign(self.entry_place(row), &label(key)));
        }
        let more = blank.len().saturating_sub(MOST_BLANKS);
        let more_at = blank.get(MOST_BLANKS).map(|(place, ..)| place.clone());
        for (place, who, criterion) in blank.into_iter().take(MOST_BLANKS) {
            findings.push(messages::blank(place, &who, &criterion.name));
        }
        findings.extend(more_at.map(|place| messages::more_blanks(place, more)));
        true
    }

    /// The rows by what they are about; those of entries and members that
    /// nobody knows are told of when marks are read.
    fn rows(&self, findings: &mut Findings) -> BTreeMap<RowKey, &TableRow> {
        let mut rows = BTreeMap::new();
        for row in self.table.rows() {
            let field = |column: SheetColumn| {
                column.find(self.table).map_or(String::new(), |column| row.field(column).to_owned())
            };
            let key = (field(SheetColumn::Entry), field(SheetColumn::Member), field(SheetColumn::Attempt));
            let is_member = || self.input.members().iter().any(|member| member.code == key.1);
            let is_entry = self.input.entries().iter().any(|entry| entry.code == key.0);
            if !is_entry || !(key.1.is_empty() || is_member()) {
                continue;
            }
            let name = label(&key);
            if rows.insert(key, row).is_some() {
                findings.push(messages::row_twice(self.entry_place(row), &name));
            }
        }
        rows
    }

    fn key(&self, row: &FormRow) -> RowKey {
        let attempts = self.input.rounds().get(self.form.round).map_or(&[][..], |round| &round.attempts);
        let entry = self.input.entries().get(row.entry).map(|entry| entry.code.clone());
        let member = row.member.and_then(|member| Some(self.input.members().get(member)?.code.clone()));
        let attempt = row.attempt.and_then(|attempt| Some(attempts.get(attempt)?.code.clone()));
        (entry.unwrap_or_default(), member.unwrap_or_default(), attempt.unwrap_or_default())
    }

    fn entry_place(&self, row: &TableRow) -> Place {
        self.table.place(row, SheetColumn::Entry.find(self.table).unwrap_or(0))
    }

    /// Where the marks of each criterion of the form stand. A judge's sheet without
    /// one of them is told of when marks are read.
    fn columns(&self, findings: &mut Findings) -> Vec<Option<(usize, &Criterion)>> {
        let rubric = self.base.rubric.as_ref().map(|rubric| &rubric.rubric);
        let scheme = rubric.and_then(|rubric| {
            let (_, round) = rubric.rounds().nth(self.form.round)?;
            rubric.scheme(&round.scheme)
        });
        let mut columns = Vec::new();
        for at in &self.form.criteria {
            let criterion = scheme.and_then(|scheme| scheme.criteria.get(*at));
            let column = criterion.and_then(|one| {
                let names = [one.id.as_str(), &one.name.zh, &one.name.en];
                names.iter().find_map(|name| self.table.column(name))
            });
            if let (None, Some(criterion), None) = (column, criterion, self.form.judge) {
                findings.push(messages::column_missing(self.table.header_row_place(), &criterion.name));
            }
            columns.push(column.zip(criterion));
        }
        columns
    }
}

/// The code of the entry, with the attempt.
fn of_entry((entry, _, attempt): &RowKey) -> String {
    label(&(entry.clone(), String::new(), attempt.clone()))
}

/// The last code that a row has: of the member or the entry, with the attempt.
fn label((entry, member, attempt): &RowKey) -> String {
    let who = if member.is_empty() { entry } else { member };
    if attempt.is_empty() { who.clone() } else { format!("{who} {attempt}") }
}
