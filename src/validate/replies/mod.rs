//! Confirmation sheets that units hand in, held against the data they were made from.

mod faults;
mod locked;
mod reply;

use super::{Asked, Known, confirmation_digest};
use crate::diagnostics::{Finding, Findings, Place};
use crate::input::{Folder, Marked, Table, TableRow};
use crate::model::{Observation, Unit};
use crate::plan::{ConfirmationHeads, ConfirmationKey, Variable};

/// What a unit says on its confirmation sheet.
#[derive(Clone, Debug)]
pub struct Replies {
    /// Its position in the registry.
    pub unit: usize,
    /// How many values it confirms.
    pub confirmed: usize,
    /// How many it says nothing to.
    pub open: usize,
    /// What it asks to be corrected, where that is sound.
    pub asked: Vec<Asked>,
    /// What it names as evidence, in words or as files.
    pub evidence: Vec<String>,
    /// Where the key of the sheet is.
    pub key: Place,
}

/// Reads the confirmation sheet of the workbook at `path`, which bears `key`.
/// Everything wrong is a finding at its cell, values without a reply are a warning;
/// `None` if it is not a sheet of these data, or blank.
pub fn read_replies(
    folder: &Folder,
    path: &str,
    key: &Marked,
    known: Known<'_>,
    findings: &mut Findings,
) -> Option<Replies> {
    let (unit, digest) = match of_unit(key, known) {
        Ok(found) => found,
        Err(finding) => {
            findings.push(finding.at(key.place.clone()));
            return None;
        }
    };
    let path = format!("{path}#{}", key.sheet);
    let table = folder.read_table(&path, ConfirmationHeads::INDICATOR, None, findings)?;
    let columns = Columns::find(&table, findings)?;
    let variables: Vec<Variable<'_>> = known.framework.framework.variables().collect();
    let observed = known.input.of_unit(unit);
    let sheet = Sheet { table: &table, columns, known, variables: &variables, unit, observed: &observed };
    if digest != confirmation_digest(known.input, unit) {
        findings.push(sheet.stale().at(key.place.clone()));
        return None;
    }
    let rows = sheet.rows(findings);
    sheet.read(&rows, key.place.clone(), findings)
}

/// What the confirmation sheet of the workbook at `path`, which bears `key`, names as
/// evidence, whatever else is on it.
pub fn evidence_named(folder: &Folder, path: &str, key: &Marked) -> Vec<String> {
    let path = format!("{path}#{}", key.sheet);
    let table = folder.read_table(&path, ConfirmationHeads::INDICATOR, None, &mut Findings::new());
    let column = table.as_ref().and_then(|table| table.column(ConfirmationHeads::EVIDENCE));
    table.zip(column).map_or_else(Vec::new, |(table, column)| filled(&table, column))
}

/// What stands in a column.
fn filled(table: &Table, column: usize) -> Vec<String> {
    let texts = table.rows().iter().map(|row| row.field(column)).filter(|text| !text.is_empty());
    texts.map(str::to_owned).collect()
}

/// The unit that a key names, and the digest of its data as they were.
fn of_unit(key: &Marked, known: Known<'_>) -> Result<(usize, String), Box<Finding>> {
    let Some(read) = ConfirmationKey::parse(&key.text) else {
        return Err(Box::new(faults::no_key(&key.text)));
    };
    if read.edition != known.edition {
        return Err(Box::new(faults::other_edition(&read.edition, known.edition)));
    }
    let units = known.input.panel().units();
    match units.position(&read.unit) {
        Some(unit) => Ok((unit, read.digest)),
        None => {
            let codes = units.iter().map(|unit| unit.code.as_str());
            Err(Box::new(faults::unknown_unit(&read.unit, codes)))
        }
    }
}

/// Where a confirmation sheet has what is read of it.
struct Columns {
    indicator: usize,
    measure: usize,
    value: usize,
    sample: usize,
    reply: usize,
    corrected: usize,
    reason: usize,
    evidence: usize,
}

impl Columns {
    fn find(table: &Table, findings: &mut Findings) -> Option<Self> {
        use ConfirmationHeads as Heads;
        let mut missing = Vec::new();
        let mut column = |head: &'static str| {
            let found = table.column(head);
            if found.is_none() {
                missing.push(head);
            }
            found
        };
        let [indicator, measure, value, sample] =
            [Heads::INDICATOR, Heads::MEASURE, Heads::VALUE, Heads::SAMPLE].map(&mut column);
        let [reply, corrected, reason, evidence] = Heads::OPEN.map(&mut column);
        if !missing.is_empty() {
            findings.push(faults::no_heads(table, &missing));
        }
        Some(Self {
            indicator: indicator?,
            measure: measure?,
            value: value?,
            sample: sample?,
            reply: reply?,
            corrected: corrected?,
            reason: reason?,
            evidence: evidence?,
        })
    }
}

/// A confirmation sheet and the data that it was made from.
struct Sheet<'a> {
    table: &'a Table,
    columns: Columns,
    known: Known<'a>,
    /// What it has a row of each.
    variables: &'a [Variable<'a>],
    /// Position of the unit.
    unit: usize,
    /// What the data say of it, by variable.
    observed: &'a [Observation],
}

/// A row and the position of the variable that it is about.
type Row<'a> = (usize, &'a TableRow);

impl<'a> Sheet<'a> {
    fn unit(&self) -> Option<&'a Unit> {
        self.known.input.panel().units().get(self.unit)
    }

    /// What the rows reply, all together.
    fn read(&self, rows: &[Row<'a>], key: Place, findings: &mut Findings) -> Option<Replies> {
        let evidence = filled(self.table, self.columns.evidence);
        let mut replies =
            Replies { unit: self.unit, confirmed: 0, open: 0, asked: Vec::new(), evidence, key };
        let mut open = Vec::new();
        for (variable, row) in rows {
            match self.reply(*variable, row, findings) {
                Ok(reply::Said::Nothing) => open.push((*variable, *row)),
                Ok(reply::Said::Confirmed) => replies.confirmed += 1,
                Ok(reply::Said::Correct(asked)) => replies.asked.push(*asked),
                Err(reply::Wrong) => {}
            }
        }
        replies.open = open.len();
        if open.len() == rows.len() && !rows.is_empty() {
            findings.push(self.blank());
            return None;
        }
        findings.extend(self.open(&open));
        Some(replies)
    }
}
