//! Score sheets that are filled in for a recount.

use super::{
    Form, as_it_stands, declared, expected, is_declared, messages, read_declared, table, twice_given,
};
use crate::contest::FormKey;
use crate::definitions::ContestDefinition;
use crate::diagnostics::Findings;
use crate::input::{Folder, Marked};
use crate::ledger::{Day, Entered};
use crate::plan::MarksFile;
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
    if forms.is_empty() {
        return Some(Vec::new());
    }
    let input = as_it_stands(base)?;
    let mut wanted: Vec<(FormKey, MarksFile)> = Vec::new();
    let mut own = Findings::new();
    for form in forms {
        let Some((key, _)) = expected(base, &input, form, &mut own) else { continue };
        let Some(table) = table(base, form, &mut own) else { continue };
        let copy = day.sheets.iter().find(|sheet| sheet.source.sha256 == table.sha256());
        if let Some(known) = copy {
            let folder = form.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            own.push(messages::copied(&form.path, &known.source.path, folder));
        } else if wanted.iter().any(|(other, _)| *other == key) {
            own.push(twice_given(&form.path, &key.round, key.judge.as_deref()));
        } else {
            wanted.push((key.clone(), declared(form, &key)));
        }
    }
    let marks = wanted.into_iter().map(|(_, marks)| marks).collect();
    let read = read_declared(base, day, marks, 1, &mut own);
    let sound = !own.has_errors();
    findings.append(own);
    read.filter(|_| sound)
}
