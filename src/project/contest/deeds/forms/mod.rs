//! Score sheets of `contest forms` that come back filled in.

mod checks;
mod messages;
mod recounted;

use std::sync::Arc;

use super::sheets::SECOND;
use crate::contest::{FormKey, ScoreForm, score_forms};
use crate::definitions::ContestDefinition;
use crate::diagnostics::{Findings, Lang, shown};
use crate::input::{Marked, Named, Table};
use crate::ledger::{Day, Entered};
use crate::model::Id;
use crate::plan::{Layout, MarksFile};
use crate::project::contest::open::Base;
use crate::project::contest::record::day_of;
use crate::validate::{ContestInput, ContestTables, SheetColumn, holds_events, read_sheets};
use checks::Check;

pub(super) use messages::twice_given;
pub(super) use recounted::{below, counted};

/// A workbook that bears the key of a score sheet.
#[derive(Clone, Debug)]
pub(super) struct Form {
    /// Path within the project.
    path: String,
    /// The sheet with the key.
    sheet: String,
    /// The key as it stands there.
    text: String,
}

/// The files that a person names: those that the project declares, by path, score
/// sheets, and tables of events, by path.
#[derive(Default)]
pub(super) struct Given {
    pub(super) declared: Vec<String>,
    pub(super) forms: Vec<Form>,
    pub(super) events: Vec<String>,
}

/// Tells the files that a person names apart. Of a second entry a file under
/// `second/` is meant where there is one. What spreadsheet programs leave beside an
/// open file is passed over; anything else is a finding.
pub(super) fn sorted(
    base: &Base,
    definition: &ContestDefinition,
    files: &[String],
    pass: u8,
    findings: &mut Findings,
) -> Given {
    let mut given = Given::default();
    for named in files {
        let name = named.rsplit('/').next().unwrap_or(named);
        if name.starts_with("~$") || name.starts_with(".~lock") {
            continue;
        }
        let own = Some(format!("{SECOND}/{named}")).filter(|own| pass == 2 && base.folder.has(own));
        let path = match own.map_or_else(|| base.folder.named(named), Named::Inside) {
            Named::Inside(path) => path,
            Named::Outside => {
                findings.push(messages::outside(named));
                continue;
            }
            Named::Absent => {
                // Says what is wrong with the path.
                let _ = base.folder.read_bytes(named, None, findings);
                continue;
            }
        };
        if is_declared(definition, &path) {
            given.declared.push(path);
            continue;
        }
        let mut own = Findings::new();
        match base.folder.find_cell(&path, FormKey::MARK, &mut own) {
            Some(Marked { sheet, text, .. }) => given.forms.push(Form { path, sheet, text }),
            None if own.has_errors() => {}
            None if holds_events(&base.folder, &path) => given.events.push(path),
            None => own.push(messages::no_sheet(&path)),
        }
        findings.append(own);
    }
    given
}

/// Whether a file is one of the sheets that the project declares.
fn is_declared(definition: &ContestDefinition, path: &str) -> bool {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    definition.project.marks.iter().any(|marks| {
        let file = marks.file.as_deref().map(|file| file.split('#').next().unwrap_or(file));
        let own = marks.folder.as_deref().map(|folder| folder.trim_end_matches('/'));
        file == Some(path) || own == Some(folder)
    })
}

/// What score sheets say, as events of a pass. Blank ones are passed over with a
/// note, those on record already in silence; everything wrong is a finding.
pub(super) fn read(
    base: &Base,
    day: &Day,
    forms: &[Form],
    pass: u8,
    findings: &mut Findings,
) -> Option<Vec<Entered>> {
    read_fit(base, day, forms, pass, findings, |_, key, check, findings| {
        checks::is_new(day, key, check.table, pass, findings) && check.complete(findings)
    })
}

/// What those of the score sheets say that are `fit`. One of another contest and one
/// that is given twice are findings.
fn read_fit(
    base: &Base,
    day: &Day,
    forms: &[Form],
    pass: u8,
    findings: &mut Findings,
    fit: impl Fn(&Form, &FormKey, &Check<'_>, &mut Findings) -> bool,
) -> Option<Vec<Entered>> {
    if forms.is_empty() {
        return Some(Vec::new());
    }
    let input = as_it_stands(base)?;
    let mut wanted: Vec<(FormKey, MarksFile)> = Vec::new();
    let mut own = Findings::new();
    for form in forms {
        let Some((key, expected)) = expected(base, &input, form, &mut own) else { continue };
        let Some(table) = table(base, form, &mut own) else { continue };
        let check = Check { base, input: &input, form: &expected, table: &table };
        if wanted.iter().any(|(other, _)| *other == key) {
            own.push(twice_given(&form.path, &key.round, key.judge.as_deref()));
        } else if fit(form, &key, &check, &mut own) {
            wanted.push((key.clone(), declared(form, &key)));
        }
    }
    let marks = wanted.into_iter().map(|(_, marks)| marks).collect();
    let read = read_declared(base, day, marks, pass, &mut own);
    let sound = !own.has_errors();
    findings.append(own);
    read.filter(|_| sound)
}

fn read_declared(
    base: &Base,
    day: &Day,
    marks: Vec<MarksFile>,
    pass: u8,
    findings: &mut Findings,
) -> Option<Vec<Entered>> {
    let mut definition = base.definition.clone();
    definition.project.marks = marks;
    let rubric = base.rubric.as_ref()?;
    read_sheets(&base.folder, &definition, rubric, Arc::new(day.clone()), pass, findings)
}

/// The score sheets of a pass that are on record, as if the project declared them:
/// to read them again.
pub(in crate::project::contest) fn on_record(base: &Base, day: &Day, pass: u8) -> Vec<MarksFile> {
    let declared_ones = super::sheets_of(base, pass);
    let mut paths: Vec<&str> = Vec::new();
    for sheet in day.sheets.iter().filter(|sheet| sheet.pass == pass) {
        let path = sheet.source.path.as_str();
        if !paths.contains(&path) && !is_declared(&declared_ones, path) {
            paths.push(path);
        }
    }
    let form = |path: &str| {
        let Marked { sheet, text, .. } = base.folder.find_cell(path, FormKey::MARK, &mut Findings::new())?;
        let form = Form { path: path.to_owned(), sheet, text };
        Some(declared(&form, &FormKey::parse(&form.text)?))
    };
    paths.into_iter().filter_map(form).collect()
}

/// A score sheet as a project would declare it.
fn declared(form: &Form, key: &FormKey) -> MarksFile {
    MarksFile {
        file: Some(format!("{}#{}", form.path, form.sheet)),
        layout: Layout::Criteria,
        judge: key.judge.clone(),
        // A formula of the sheet's own: a program may have saved it without its value.
        ignore: Lang::ALL.map(|lang| SheetColumn::Total.head(lang).to_owned()).to_vec(),
        ..MarksFile::long(&Id::new(&key.round))
    }
}

/// Everything known but what is in dispute.
fn as_it_stands(base: &Base) -> Option<ContestInput> {
    let mut ignored = Findings::new();
    let tables = ContestTables::read(&base.folder, &base.definition, Some(day_of(base)), &mut ignored);
    ContestInput::as_it_stands(&base.definition, base.rubric.as_ref()?, Arc::new(tables), &mut ignored)
}

/// The form that a key names, as it would be made now.
fn expected(
    base: &Base,
    input: &ContestInput,
    form: &Form,
    findings: &mut Findings,
) -> Option<(FormKey, ScoreForm)> {
    let rubric = &base.rubric.as_ref()?.rubric;
    let mut refuse = |finding| {
        findings.push(finding);
        None
    };
    let Some(key) = FormKey::parse(&form.text) else {
        return refuse(messages::no_key(&form.path, &shown(&form.text)));
    };
    let edition = &base.definition.project.edition;
    if key.edition != *edition {
        return refuse(messages::other_edition(&form.path, &key.edition, edition));
    }
    let Some(round) = rubric.rounds().position(|(_, round)| round.id.as_str() == key.round) else {
        let known: Vec<&str> = rubric.rounds().map(|(_, round)| round.id.as_str()).collect();
        return refuse(messages::unknown(&form.path, ("轮次", "round"), &key.round, &known));
    };
    let judge = match &key.judge {
        None => None,
        Some(code) => match input.judges().iter().position(|judge| judge.code == *code) {
            Some(judge) => Some(judge),
            None => {
                let known: Vec<&str> = input.judges().iter().map(|judge| judge.code.as_str()).collect();
                return refuse(messages::unknown(&form.path, ("评委", "judge"), code, &known));
            }
        },
    };
    let Some(forms) = score_forms(input, rubric, round) else {
        return refuse(messages::too_early(&form.path, &key.round));
    };
    match forms.into_iter().find(|one| one.judge == judge) {
        Some(expected) => Some((key, expected)),
        None => refuse(messages::no_form(&form.path, &key)),
    }
}

/// The rows of a score sheet.
fn table(base: &Base, form: &Form, findings: &mut Findings) -> Option<Table> {
    let path = format!("{}#{}", form.path, form.sheet);
    let languages = &base.definition.project.languages;
    let mut last = Findings::new();
    for lang in languages {
        let mut own = Findings::new();
        let tables = base.folder.read_tables(&path, SheetColumn::Entry.head(*lang), None, &mut own);
        if let Some(table) = tables.into_iter().find(|table| SheetColumn::Entry.find(table).is_some()) {
            // What else there is to say of it is said when its marks are read.
            return Some(table);
        }
        last = own;
    }
    if !last.has_errors() {
        last.push(messages::no_heads(&form.path, &form.sheet));
    }
    findings.append(last);
    None
}
