//! Score sheets that are filled in for a recount.

use super::{Form, is_declared, messages, read_fit};
use crate::contest::FormKey;
use crate::definitions::ContestDefinition;
use crate::diagnostics::Findings;
use crate::input::{Folder, Marked};
use crate::ledger::{Day, Entered};
use crate::project::contest::open::Base;

/// How deep below its folder the sheets of a recount may lie.
const MOST_FOLDERS: usize = 8;

/// Endings of workbooks: one without a key, and not declared, is a finding.
const WORKBOOKS: [&str; 4] = [".xlsx", ".xlsm", ".xls", ".ods"];

/// The score sheets below a folder, in the order of their paths, whatever their names;
/// files that the project declares are left to it, and so is what spreadsheet programs
/// leave beside an open file.
pub(in super::super) fn below(
    base: &Base,
    definition: &ContestDefinition,
    folder: &str,
    findings: &mut Findings,
) -> Vec<Form> {
    let mut forms = Vec::new();
    for path in files_below(&base.folder, folder, MOST_FOLDERS) {
        let name = path.rsplit('/').next().unwrap_or(&path);
        if name.starts_with("~$") || name.starts_with(".~lock") || is_declared(definition, &path) {
            continue;
        }
        let is_workbook = WORKBOOKS.iter().any(|ending| name.to_lowercase().ends_with(ending));
        let mut own = Findings::new();
        match base.folder.find_cell(&path, FormKey::MARK, &mut own) {
            Some(Marked { sheet, text, .. }) => forms.push(Form { path, sheet, text }),
            None if is_workbook && !own.has_errors() => own.push(messages::no_sheet(&path)),
            None => {}
        }
        findings.append(own);
    }
    forms
}

fn files_below(folder: &Folder, at: &str, depth: usize) -> Vec<String> {
    let mut files = Vec::new();
    for name in folder.names_in(at, "") {
        let path = format!("{at}/{name}");
        if folder.has(&path) {
            files.push(path);
        } else if depth > 0 {
            files.extend(files_below(folder, &path, depth - 1));
        }
    }
    files
}

/// What these score sheets say, for a recount: they need not have marks in every row.
/// One of another contest, one given twice and a copy of what was keyed are findings.
pub(in super::super) fn counted(
    base: &Base,
    day: &Day,
    forms: &[Form],
    findings: &mut Findings,
) -> Option<Vec<Entered>> {
    read_fit(base, day, forms, 1, findings, |form, _, check, findings| {
        let keyed = day.sheets.iter().find(|sheet| sheet.source.sha256 == check.table.sha256());
        if let Some(known) = keyed {
            let folder = form.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            findings.push(messages::copied(&form.path, &known.source.path, folder));
        }
        keyed.is_none()
    })
}
