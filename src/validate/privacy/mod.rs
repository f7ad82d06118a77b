//! Personal data in tables: what looks so is refused, hashed or not read, before
//! anything else sees it, and no message repeats it.

mod column;
mod declared;
mod key;
mod numbers;
#[cfg(test)]
mod rates;
mod said;
mod texts;
mod words;

use std::collections::BTreeSet;

use crate::diagnostics::{Code, Finding, Findings, Place, personal_in};
use crate::input::{Folder, Table};
use crate::plan::Privacy;
use key::Key;
use said::named;
use words::Kind;

pub(super) use declared::{Declared, declared};
pub use texts::personal_in_log;

/// What a project does about personal data.
pub(super) struct Guard<'a> {
    privacy: &'a Privacy,
    key: Option<Key>,
    /// Whether names of persons are looked for: contests have lists of them.
    names: bool,
}

impl<'a> Guard<'a> {
    /// The guard of an index project; `place` is where its policy stands.
    pub(super) fn of_index(
        folder: &Folder,
        privacy: &'a Privacy,
        place: &Place,
        findings: &mut Findings,
    ) -> Self {
        Self { privacy, key: Key::read(folder, privacy, place, findings), names: true }
    }

    /// The guard of a contest, whose names of persons are wanted.
    pub(super) fn of_contest(privacy: &'a Privacy) -> Self {
        Self { privacy, key: None, names: false }
    }

    /// The guard of sheets about an index that need no key: who filled them in is told
    /// by a code.
    pub(super) fn of_sheets(privacy: &'a Privacy) -> Self {
        Self { privacy, key: None, names: true }
    }

    /// Deals with every column of a table that looks personal, and takes the excerpts
    /// from what was found in its file before. `None` if a column that counts is.
    pub(super) fn screen(
        &self,
        mut table: Table,
        declared: &Declared<'_>,
        findings: &mut Findings,
    ) -> Option<Table> {
        let mut said: Vec<Finding> = texts::names(&table).into_iter().collect();
        let mut refused = self.headers(&mut table, declared, &mut said);
        for column in 0..table.headers().len() {
            refused |= self.column(&mut table, column, declared, &mut said);
        }
        if table.hides_any() {
            findings.conceal();
            said.iter_mut().for_each(Finding::conceal);
        }
        if table.hides_headers() {
            // What was said of headers repeats them.
            let mut others = Findings::new();
            others.extend(findings.iter().filter(|one| one.code != Code::DuplicateHeader).cloned());
            *findings = others;
        }
        findings.extend(said);
        (!refused).then_some(table)
    }

    /// Whether what stands in place of the headers is a row of data with something
    /// personal in it: then none of them is shown.
    fn headers(&self, table: &mut Table, declared: &Declared<'_>, said: &mut Vec<Finding>) -> bool {
        let is_known = |header: &String| {
            let header = header.as_str();
            self.privacy.allow.iter().any(|allowed| allowed == header) || declared.has(header)
        };
        let headers = table.headers().iter().enumerate().filter(|(_, header)| !is_known(header));
        let found = headers.clone().find_map(|(at, header)| Some((at, personal_in(header)?)));
        let Some((at, kind)) = found else { return false };
        let unknown: Vec<usize> = headers.map(|(at, _)| at).collect();
        unknown.into_iter().for_each(|column| table.hide_header(column));
        said.push(said::header_is_data(at + 1, kind).at(table.header_place(at)));
        true
    }

    /// Deals with one column; whether that forbids to go on with the table.
    fn column(
        &self,
        table: &mut Table,
        column: usize,
        declared: &Declared<'_>,
        said: &mut Vec<Finding>,
    ) -> bool {
        let header = table.headers().get(column).cloned().unwrap_or_default();
        let is_in = |columns: &BTreeSet<&str>| columns.contains(header.as_str());
        if self.privacy.allow.contains(&header) || is_in(&declared.elsewhere) {
            return false;
        }
        let (is_used, is_identifier) = (is_in(&declared.used), is_in(&declared.identifiers));
        let (any, people) = column::FEWEST_NAMES;
        let fewest = if is_in(&declared.people) { people } else { any };
        let judged = column::judge(table, column, (self.names && !is_used).then_some(fewest));
        let words = || column::within(table, column).filter(|_| is_in(&declared.texts) || !self.names);
        let Some(personal) = judged.or_else(words) else { return false };
        let row = table.rows().get(personal.first);
        let place = row.map_or_else(|| table.header_place(column), |row| table.place(row, column));
        match &self.key {
            Some(key) if is_identifier && !is_used => table.replace(column, |value| key.hash(value)),
            _ => table.replace(column, |_| String::new()),
        }
        // A heading that looks like what it heads is a row of data.
        let is_header = !(personal.kind == Kind::Name && words::may_be_name(&header));
        if !is_header && !declared.has(&header) {
            table.hide_header(column);
        }
        if is_in(&declared.ignored) && !is_used && !is_identifier {
            return false;
        }
        let shown = table.headers().get(column).cloned().unwrap_or_default();
        let finding = self.said((&shown, column + 1), &personal, is_used, is_identifier);
        let refused = finding.code != Code::PersonalColumnPassed && (is_used || is_identifier);
        said.push(finding.at(place));
        refused
    }
}
