use super::{Reader, columns};
use crate::diagnostics::{Findings, personal_in};
use crate::input::{Table, TableRow};
use crate::plan::Privacy;
use crate::validate::privacy::{Declared, Guard, personal_in_log};

/// The table of corrections without the personal columns that it may have beside its
/// own; `None`, with findings, if it cannot be read so.
pub fn screen_corrections(table: Table, privacy: &Privacy, findings: &mut Findings) -> Option<Table> {
    let elsewhere = columns::known().collect();
    let declared = Declared { elsewhere, ..Declared::default() };
    let mut own = Findings::new();
    let table = Guard::of_sheets(privacy).screen(table, &declared, &mut own);
    let table = table.filter(|_| !own.has_errors());
    findings.append(own);
    table
}

impl Reader<'_> {
    /// Whether nothing personal is in the words that would go into the log.
    pub(super) fn check_words(&self, row: &TableRow, findings: &mut Findings) -> bool {
        let columns = [Some(self.columns.reason), self.columns.evidence].into_iter().flatten();
        let mut sound = true;
        for column in columns {
            let Some(kind) = personal_in(row.field(column)) else { continue };
            let header = self.table.headers().get(column).map_or("", String::as_str);
            let mut finding = personal_in_log(header, kind).at(self.table.place(row, column));
            finding.conceal();
            findings.push(finding);
            sound = false;
        }
        sound
    }
}
