use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde::Serialize;

use super::columns;
use crate::definitions::{FrameworkDefinition, ProjectDefinition, Step};
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual, did_you_mean};
use crate::input::{Folder, Table, TableRow};
use crate::model::Origin;
use crate::plan::Project;

/// The tables of a project, each read once however often it is named.
#[derive(Debug)]
pub struct Tables {
    by_path: IndexMap<String, Option<Table>>,
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
    /// Reads every table that a project names.
    pub fn read(folder: &Folder, project: &ProjectDefinition, findings: &mut Findings) -> Self {
        let mut by_path = IndexMap::new();
        for (path, named_at) in named_files(&project.project) {
            if !by_path.contains_key(path) {
                let text = folder.read_text(path, Some(&project.place(&named_at)), findings);
                by_path.insert(path.to_owned(), text.and_then(|text| Table::parse(text, findings)));
            }
        }
        Self { by_path }
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
        let tables = self.by_path.iter().filter_map(|(name, table)| Some((name, table.as_ref()?)));
        tables
            .map(|(name, table)| InputFile { name: name.clone(), sha256: table.file().sha256.clone() })
            .collect()
    }

    /// The position of `header`; a header that is not there is a finding.
    pub(super) fn column(&self, path: &str, header: &str, findings: &mut Findings) -> Option<usize> {
        let table = self.get(path)?;
        let column = table.column(header);
        if column.is_none() {
            findings.push(missing_column(table, header));
        }
        column
    }

    /// Warns of columns that nothing in the project uses.
    pub(super) fn report_unused(
        &self,
        project: &ProjectDefinition,
        framework: &FrameworkDefinition,
        findings: &mut Findings,
    ) {
        let used = used_columns(&project.project, framework, self);
        let nothing = BTreeSet::new();
        for (path, table) in &self.by_path {
            let Some(table) = table else { continue };
            let used = used.get(path.as_str()).unwrap_or(&nothing);
            for (column, header) in table.headers().iter().enumerate() {
                let has_values = || table.rows().iter().any(|row| !row.field(column).is_empty());
                if used.contains(header.as_str()) || (header.is_empty() && !has_values()) {
                    continue;
                }
                findings.push(
                    Finding::new(
                        Code::UnusedColumn,
                        bilingual!("没有用到列“{header}”", "the column `{header}` is not used"),
                        bilingual!("若无需此列，写进 `ignore`", "if it is not needed, list it in `ignore`"),
                    )
                    .at(table.header_place(column)),
                );
            }
        }
    }
}

fn named_files(project: &Project) -> Vec<(&str, Vec<Step>)> {
    let file = || Step::from("file");
    let mut named = vec![(project.units.file.as_str(), vec!["units".into(), file()])];
    for (index, data) in project.data.iter().enumerate() {
        named.push((&data.file, vec!["data".into(), index.into(), file()]));
    }
    for (index, published) in project.published.iter().enumerate() {
        named.push((&published.file, vec!["published".into(), index.into(), file()]));
    }
    named
}

fn used_columns<'a>(
    project: &'a Project,
    framework: &'a FrameworkDefinition,
    tables: &'a Tables,
) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let mut used: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let units = &project.units;
    let of_units = used.entry(&units.file).or_default();
    of_units.extend([units.code.as_str(), &units.name_zh, &units.name_en]);
    of_units.extend(units.role.as_deref());
    of_units.extend(units.groups.values().chain(&units.ignore).map(String::as_str));
    for data in &project.data {
        let of_data = used.entry(&data.file).or_default();
        of_data.insert(&data.unit);
        of_data.extend(data.period.as_deref());
        of_data.extend(data.ignore.iter().map(String::as_str));
        if let Some(table) = tables.get(&data.file) {
            let indicators = columns::of_indicators(data, framework, table);
            of_data.extend(indicators.iter().map(|found| found.header));
        }
    }
    for published in &project.published {
        let of_published = used.entry(&published.file).or_default();
        of_published.extend([published.unit.as_str(), &published.score]);
        let optional = [&published.period, &published.rank, &published.band];
        of_published.extend(optional.into_iter().filter_map(|column| column.as_deref()));
    }
    used
}

pub(super) fn missing_column(table: &Table, header: &str) -> Finding {
    let headers = table.headers().join(", ");
    let help = match did_you_mean(header, table.headers().iter().map(String::as_str)) {
        Some(near) => {
            bilingual!("是否为“{near}”？表头有：{headers}", "is it `{near}`? The header has {headers}")
        }
        None => bilingual!("表头有：{headers}", "the header has {headers}"),
    };
    Finding::new(
        Code::MissingColumn,
        bilingual!("表头没有“{header}”列", "the header has no column `{header}`"),
        help,
    )
    .at(table.header_place(0))
}
