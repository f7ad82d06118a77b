use std::sync::Arc;

use crate::definitions::{ContestDefinition, Step};
use crate::diagnostics::{Findings, Place};
use crate::input::{Folder, Table, TableRow};
use crate::ledger::Day;
use crate::model::Origin;
use crate::plan::ContestProject;

use super::super::InputFile;
use super::super::privacy::{Declared, Guard};
use super::columns::{ENTRY, JUDGE, KIND, MEMBER, Names, find};
use super::record;

/// The endings of files that may be score sheets.
const ENDINGS: [&str; 4] = [".csv", ".xlsx", ".xls", ".ods"];

/// What a row of a sheet may be known by: the entry, or its number as drawn.
const ROW_KEYS: [&str; 9] =
    ["entry", "编号", "参赛编号", "队伍编号", "Entry", "order", "顺序", "出场顺序", "Order"];

/// The tables of a contest.
#[derive(Debug, Default)]
pub struct ContestTables {
    tables: Vec<Named>,
    /// What the contest's log comes to, where it has one.
    day: Option<Arc<Day>>,
    /// Whether every table could be read with all its rows.
    whole: bool,
    /// Whether marks are read as they stand, whoever may give them by now.
    as_written: bool,
}

/// What a table is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Entries,
    Members,
    Judges,
    Events,
    /// Marks as declared at this position, by this judge when the file's or the
    /// sheet's name says so.
    Marks(usize, Option<String>),
    /// Marks of a round as the log has them.
    Recorded(String),
    Attempts(usize),
    Order(usize),
}

#[derive(Debug)]
struct Named {
    purpose: Purpose,
    table: Table,
}

impl ContestTables {
    /// Reads every table that a contest names. With a log, marks, events and
    /// running orders are what it comes to, and the files of these are not read.
    pub fn read(
        folder: &Folder,
        contest: &ContestDefinition,
        day: Option<Arc<Day>>,
        findings: &mut Findings,
    ) -> Self {
        let mut reader = Reader::of_people(folder, contest, findings);
        match day {
            None => reader.happenings(),
            Some(day) => reader.record(day),
        }
        reader.read
    }

    /// Reads the lists of people, what the log has but for marks, and the sheets
    /// that the project declares: to see what the sheets say, not what counts.
    pub(super) fn read_sheets(
        folder: &Folder,
        contest: &ContestDefinition,
        day: Arc<Day>,
        findings: &mut Findings,
    ) -> Self {
        let mut reader = Reader::of_people(folder, contest, findings);
        // What came on sheets with keys needs no folder of its own.
        reader.may_be_empty = !day.sheets.is_empty();
        reader.record(day);
        reader.read.tables.retain(|named| !matches!(named.purpose, Purpose::Recorded(_)));
        reader.marks(&contest.project);
        reader.read
    }

    /// Reads the lists of people, and a table of events that is not on record yet.
    pub(super) fn read_events(
        folder: &Folder,
        contest: &ContestDefinition,
        day: Arc<Day>,
        path: &str,
        findings: &mut Findings,
    ) -> Self {
        let mut reader = Reader::of_people(folder, contest, findings);
        reader.read.day = Some(day);
        reader.one(path, KIND, &["log".into()], Purpose::Events);
        reader.read
    }

    /// The same tables, whose marks are read as they stand: who may give them is not
    /// looked at.
    pub(super) fn taken_as_written(self) -> Self {
        Self { as_written: true, ..self }
    }

    /// Whether marks are read as they stand.
    pub(super) fn are_as_written(&self) -> bool {
        self.as_written
    }

    /// The tables of one purpose, with their positions.
    pub(super) fn of(
        &self,
        wanted: impl Fn(&Purpose) -> bool,
    ) -> impl Iterator<Item = (usize, &Purpose, &Table)> {
        let all = self.tables.iter().enumerate();
        all.filter(move |(_, named)| wanted(&named.purpose))
            .map(|(at, named)| (at, &named.purpose, &named.table))
    }

    /// Where a field of a row was read.
    pub(super) fn origin(table: usize, row: &TableRow, column: usize) -> Origin {
        Origin {
            file: u16::try_from(table).unwrap_or(u16::MAX),
            line: row.line,
            field: u16::try_from(column + 1).unwrap_or(u16::MAX),
        }
    }

    /// The place of something that was read.
    pub(super) fn place(&self, origin: Origin) -> Option<Place> {
        let table = &self.tables.get(usize::from(origin.file))?.table;
        Some(table.place_on(origin.line, origin.field).unwrap_or_else(|| Place::file(table.name())))
    }

    /// What the contest's log comes to.
    pub(super) fn day(&self) -> Option<&Day> {
        self.day.as_deref()
    }

    /// The table at this position, with the sheet and hash of its file.
    pub(super) fn table(&self, at: u16) -> Option<&Table> {
        Some(&self.tables.get(usize::from(at))?.table)
    }

    /// Whether every table could be read with all its rows.
    pub(super) fn are_whole(&self) -> bool {
        self.whole
    }

    /// The files, each once.
    pub(super) fn files(&self) -> Vec<InputFile> {
        let mut files: Vec<InputFile> = Vec::new();
        for Named { table, .. } in &self.tables {
            if !files.iter().any(|file| file.name == table.name()) {
                files.push(InputFile { name: table.name().to_owned(), sha256: table.sha256().to_owned() });
            }
        }
        let Some(day) = self.day() else { return files };
        let sources = day.sheets.iter().map(|sheet| (&sheet.source.path, &sheet.source.sha256));
        for (name, sha256) in std::iter::once((&day.log, &day.log_sha256)).chain(sources) {
            if !files.iter().any(|file| file.name == *name) {
                files.push(InputFile { name: name.clone(), sha256: sha256.clone() });
            }
        }
        files
    }
}

struct Reader<'a> {
    folder: &'a Folder,
    contest: &'a ContestDefinition,
    findings: &'a mut Findings,
    read: ContestTables,
    /// Whether a declared folder may hold no sheet.
    may_be_empty: bool,
}

impl<'a> Reader<'a> {
    /// A reader that has read the lists of people and of attempts.
    fn of_people(folder: &'a Folder, contest: &'a ContestDefinition, findings: &'a mut Findings) -> Self {
        let read = ContestTables { whole: true, ..ContestTables::default() };
        let mut reader = Reader { folder, contest, findings, read, may_be_empty: false };
        let project = &contest.project;
        reader.one(&project.entries.file, ENTRY, &["entries".into()], Purpose::Entries);
        let more = [
            (&project.members, MEMBER, "members", Purpose::Members),
            (&project.judges, JUDGE, "judges", Purpose::Judges),
        ];
        for (sheet, names, key, purpose) in more {
            if let Some(sheet) = sheet {
                reader.one(&sheet.file, names, &[key.into()], purpose);
            }
        }
        for (index, file) in project.attempts.iter().enumerate() {
            reader.one(&file.file, ENTRY, &["attempts".into(), index.into()], Purpose::Attempts(index));
        }
        reader
    }

    /// Reads what happened from the files that the project names.
    fn happenings(&mut self) {
        let project = &self.contest.project;
        if let Some(sheet) = &project.events {
            self.one(&sheet.file, KIND, &["events".into()], Purpose::Events);
        }
        for (index, file) in project.order.iter().enumerate() {
            self.one(&file.file, ENTRY, &["order".into(), index.into()], Purpose::Order(index));
        }
        self.marks(project);
    }

    /// Takes what happened from the log.
    fn record(&mut self, day: Arc<Day>) {
        for (purpose, table) in record::tables(&day) {
            self.push(purpose, table);
        }
        self.read.day = Some(day);
    }

    /// Takes the first table of a file that has one of the headers.
    fn one(&mut self, path: &str, names: Names, at: &[Step], purpose: Purpose) {
        let tables = self.tables(path, names, at);
        let chosen = tables.iter().position(|table| find(table, names).is_some()).unwrap_or(0);
        match tables.into_iter().nth(chosen) {
            Some(table) => self.push(purpose, table),
            None => self.read.whole = false,
        }
    }

    fn push(&mut self, purpose: Purpose, table: Table) {
        self.read.whole &= table.is_whole();
        self.read.tables.push(Named { purpose, table });
    }

    /// The tables of a file. The header of a sheet is its row with one of the
    /// names in it.
    fn tables(&mut self, path: &str, names: &[&str], at: &[Step]) -> Vec<Table> {
        let place = self.contest.place(&[at, &["file".into()]].concat());
        let mut kept = None;
        for name in names {
            let mut own = Findings::new();
            let tables = self.folder.read_tables(path, name, Some(&place), &mut own);
            let found = tables.iter().any(|table| names.iter().any(|name| table.column(name).is_some()));
            if found || kept.is_none() {
                kept = Some((own, tables));
            }
            let is_text =
                kept.as_ref().is_some_and(|(_, tables)| tables.iter().all(|table| table.sheet().is_none()));
            if found || is_text {
                break;
            }
        }
        let Some((mut own, tables)) = kept else { return Vec::new() };
        let guard = Guard::of_contest(&self.contest.project.privacy);
        let tables = tables.into_iter();
        let tables = tables.filter_map(|table| guard.screen(table, &Declared::default(), &mut own)).collect();
        self.findings.append(own);
        tables
    }

    fn marks(&mut self, project: &ContestProject) {
        for (index, declared) in project.marks.iter().enumerate() {
            let at: [Step; 2] = ["marks".into(), index.into()];
            if let Some(path) = &declared.file {
                let tables = self.tables(path, &ROW_KEYS, &at);
                self.read.whole &= !tables.is_empty();
                for table in tables {
                    let judge = table.sheet().filter(|_| declared.by_sheet).map(str::to_owned);
                    self.push(Purpose::Marks(index, judge.or_else(|| declared.judge.clone())), table);
                }
            }
            if let Some(folder) = &declared.folder {
                self.folder_of_sheets(index, folder.trim_end_matches('/'), &at);
            }
        }
    }

    fn folder_of_sheets(&mut self, index: usize, folder: &str, at: &[Step]) {
        let mut found = false;
        for ending in ENDINGS {
            // `~$name.xlsx` is what an open workbook leaves beside itself.
            for judge in
                self.folder.names_in(folder, ending).into_iter().filter(|name| !name.starts_with("~$"))
            {
                let tables = self.tables(&format!("{folder}/{judge}{ending}"), &ROW_KEYS, at);
                found = true;
                self.read.whole &= !tables.is_empty();
                for table in tables {
                    self.push(Purpose::Marks(index, Some(judge.clone())), table);
                }
            }
        }
        if !found && !self.may_be_empty {
            self.read.whole = false;
            let place = self.contest.place(&[at, &["folder".into()]].concat());
            let findings = &mut *self.findings;
            findings.push(no_sheets(folder).at(place));
        }
    }
}

fn no_sheets(folder: &str) -> crate::diagnostics::Finding {
    use crate::diagnostics::{Code, Finding, bilingual, shown};
    let folder = shown(folder);
    Finding::new(
        Code::FileUnreadable,
        bilingual!("文件夹“{folder}”中没有评分表", "the folder `{folder}` holds no score sheet"),
        bilingual!(
            "放入每位评委的 .csv 或 .xlsx，文件名为评委编号；或改正路径",
            "put each judge's .csv or .xlsx into it, named by the judge's code; or correct the path"
        ),
    )
}
