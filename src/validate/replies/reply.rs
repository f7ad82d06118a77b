//! What a row of a confirmation sheet says.

use super::super::corrections::{ValueField, same};
use super::super::revisions::{Stated, text_of};
use super::{Sheet, faults};
use crate::diagnostics::Findings;
use crate::input::TableRow;
use crate::ledger::{Correction, CorrectionKind, Decision, Evidence};
use crate::plan::Reply;
use crate::validate::Asked;

/// What a row says.
pub(super) enum Said {
    /// Nothing.
    Nothing,
    /// That the value is right.
    Confirmed,
    /// That it is to be another.
    Correct(Box<Asked>),
}

/// A row with a fault, which was reported.
pub(super) struct Wrong;

impl Sheet<'_> {
    pub(super) fn reply(
        &self,
        variable: usize,
        row: &TableRow,
        findings: &mut Findings,
    ) -> Result<Said, Wrong> {
        let columns = &self.columns;
        let field = |column: usize| row.field(column);
        let (text, new) = (field(columns.reply), field(columns.corrected));
        let (at_reply, at_new) =
            (self.table.place(row, columns.reply), self.table.place(row, columns.corrected));
        let finding = match (Reply::parse(text), new.is_empty()) {
            (None, true) if text.is_empty() => return Ok(Said::Nothing),
            (Some(Reply::Confirmed), true) => return Ok(Said::Confirmed),
            (Some(Reply::Correct), false) => {
                return self.correction(variable, row, findings).map(Said::Correct).ok_or(Wrong);
            }
            (None, false) if text.is_empty() => faults::value_without_reply(new).at(at_reply),
            (None, _) => faults::no_reply(text).at(at_reply),
            (Some(Reply::Confirmed), false) => faults::value_though_confirmed(new).at(at_new),
            (Some(Reply::Correct), true) => faults::no_value().at(at_new),
        };
        findings.push(finding);
        Err(Wrong)
    }

    /// The correction that a row asks for; everything that it lacks is a finding.
    fn correction(&self, variable: usize, row: &TableRow, findings: &mut Findings) -> Option<Box<Asked>> {
        let (columns, known) = (&self.columns, self.known);
        let what = self.variables.get(variable)?;
        let is = Stated::Cell(self.observed.get(variable)?.cell);
        let field = ValueField { table: self.table, row, column: columns.corrected, variable: what };
        let new = field.new_cell(findings);
        let (reason, evidence) = (row.field(columns.reason), row.field(columns.evidence));
        if reason.is_empty() {
            findings.push(faults::no_reason().at(self.table.place(row, columns.reason)));
        }
        let new = Stated::Cell(new?);
        if same(new, is) {
            findings.push(field.no_change(is));
            return None;
        }
        let correction = Correction {
            unit: self.unit()?.code.to_string(),
            indicator: what.id.to_string(),
            period: known.edition.to_owned(),
            kind: CorrectionKind::Correction,
            decision: Decision::Accepted,
            old: text_of(is),
            new: text_of(new),
            reason: reason.to_owned(),
            evidence: (!evidence.is_empty()).then(|| Evidence { text: evidence.to_owned(), sha256: None }),
            by: known.by.to_owned(),
        };
        (!reason.is_empty()).then(|| Box::new(Asked { correction, place: field.place() }))
    }
}
