use std::collections::BTreeMap;

use indexmap::IndexMap;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use serde::Serialize;

use super::privacy::{Guard, declared};
use crate::definitions::{ProjectDefinition, Step};
use crate::diagnostics::{Findings, Place};
use crate::input::{Folder, Table, TableRow, is_pattern};
use crate::model::Origin;
use crate::plan::Project;

/// The tables of a project, each read once however often it is named.
#[derive(Debug)]
pub struct Tables {
    by_path: IndexMap<String, Option<Table>>,
    /// The paths of the tables that a pattern of file names stands for.
    by_pattern: BTreeMap<String, Vec<String>>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InputFile {
    /// Its path within the project.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

impl Tables {
    /// Reads every table that a project names, several at once. Findings come in
    /// the order of the project, whichever is read first.
    pub fn read(folder: &Folder, project: &ProjectDefinition, findings: &mut Findings) -> Self {
        let mut by_pattern = BTreeMap::new();
        let mut wanted: IndexMap<String, (&str, Option<Place>)> = IndexMap::new();
        for (path, key, named_at) in named_files(&project.project) {
            let place = project.place(&named_at);
            let may_be_many =
                [Step::from("data"), Step::from("forms")].iter().any(|step| named_at.first() == Some(step));
            if may_be_many && is_pattern(path) {
                let paths = folder.matching(path, &place, findings);
                // What is wrong with one of many files is said of that file.
                wanted.extend(paths.iter().map(|path| (path.clone(), (key, None))));
                by_pattern.insert(path.to_owned(), paths);
            } else if !wanted.contains_key(path) {
                wanted.insert(path.to_owned(), (key, Some(place)));
            }
        }
        let wanted: Vec<(String, (&str, Option<Place>))> = wanted.into_iter().collect();
        let guard = guard(folder, project, findings);
        let stands_for = |pattern: &str, path: &String| {
            by_pattern.get(pattern).is_some_and(|paths: &Vec<String>| paths.contains(path))
        };
        let read = wanted.into_par_iter().map(|(path, (key, place))| {
            let mut own = Findings::new();
            let table = folder.read_table(&path, key, place.as_ref(), &mut own);
            let declared = declared(&project.project, &path, |pattern| stands_for(pattern, &path));
            let table = table.and_then(|table| guard.screen(table, &declared, &mut own));
            (path, table, own)
        });
        let read: Vec<(String, Option<Table>, Findings)> = read.collect();
        let mut by_path = IndexMap::new();
        for (path, table, own) in read {
            findings.append(own);
            by_path.insert(path, table);
        }
        Self { by_path, by_pattern }
    }

    /// The paths of the tables that the project names `path`: itself, or those
    /// that it stands for.
    pub(super) fn named<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a str> {
        let pattern = self.by_pattern.get(path).map(Vec::as_slice);
        let itself = pattern.is_none().then_some(path);
        itself.into_iter().chain(pattern.unwrap_or_default().iter().map(String::as_str))
    }

    /// The table at a path, if it could be read.
    pub(super) fn get(&self, path: &str) -> Option<&Table> {
        self.by_path.get(path)?.as_ref()
    }

    /// The place of a number that was read.
    pub(super) fn place(&self, origin: Origin) -> Option<Place> {
        let (name, table) = self.by_path.get_index(usize::from(origin.file))?;
        Some(table.as_ref()?.place_on(origin.line, origin.field).unwrap_or_else(|| Place::file(name)))
    }

    /// The path of the table that a number was read from.
    pub(super) fn path(&self, origin: Origin) -> Option<&str> {
        self.by_path.get_index(usize::from(origin.file)).map(|(path, _)| path.as_str())
    }

    /// Where a field of a row was read.
    pub(super) fn origin(&self, path: &str, row: &TableRow, column: usize) -> Origin {
        Origin {
            file: self.by_path.get_index_of(path).and_then(|at| u16::try_from(at).ok()).unwrap_or(u16::MAX),
            line: row.line,
            field: u16::try_from(column + 1).unwrap_or(u16::MAX),
        }
    }

    /// The files in the order in which the project names them.
    pub(super) fn files(&self) -> Vec<InputFile> {
        let tables = self.by_path.iter().filter_map(|(path, table)| Some((path, table.as_ref()?)));
        let named = tables.map(|(path, table)| {
            // A table that comes with the program says so; a sheet is named by the project.
            let name = if table.name().ends_with(path.as_str()) { table.name() } else { path };
            InputFile { name: name.to_owned(), sha256: table.sha256().to_owned() }
        });
        named.collect()
    }

    /// The tables that could be read, by path.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Table)> {
        self.by_path.iter().filter_map(|(path, table)| Some((path.as_str(), table.as_ref()?)))
    }

    /// Whether every table could be read with all its rows.
    pub(super) fn are_whole(&self) -> bool {
        self.by_pattern.values().all(|paths| !paths.is_empty())
            && self.by_path.values().all(|table| table.as_ref().is_some_and(Table::is_whole))
    }
}

/// What the project does about personal data.
pub(super) fn guard<'a>(
    folder: &Folder,
    project: &'a ProjectDefinition,
    findings: &mut Findings,
) -> Guard<'a> {
    let place = project.place(&["privacy".into(), "salt".into()]);
    Guard::of_index(folder, &project.project.privacy, &place, findings)
}

/// The path of each table, the header that its units stand under, and where the
/// project names it.
fn named_files(project: &Project) -> Vec<(&str, &str, Vec<Step>)> {
    let file = || Step::from("file");
    let units = &project.units;
    let mut named = vec![(units.file.as_str(), units.code.as_str(), vec!["units".into(), file()])];
    for (index, data) in project.data.iter().enumerate() {
        let at = if data.form {
            vec!["forms".into(), "files".into()]
        } else {
            vec!["data".into(), index.into(), file()]
        };
        named.push((&data.file, &data.unit, at));
    }
    for (index, calls) in project.calls.iter().enumerate() {
        named.push((&calls.file, &calls.unit, vec!["calls".into(), index.into(), file()]));
    }
    for (index, published) in project.published.iter().enumerate() {
        named.push((&published.file, &published.unit, vec!["published".into(), index.into(), file()]));
    }
    named
}
