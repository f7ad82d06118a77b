//! Sheets as they are handed in, before anything is on record.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::columns::{KIND, find};
use super::tables::ContestTables;
use super::{ContestInput, Event, Mark, build_people, events, marks};
use crate::definitions::{ContestDefinition, RubricDefinition};
use crate::diagnostics::{Findings, Place, Position};
use crate::input::{Folder, Table};
use crate::ledger::{Day, Entered, Happening, MarkAddress, MarkLine, MarkName, RowOf, Source};
use crate::model::Id;

/// What the sheets that `contest` declares say, one for each table and judge, as
/// events of the pass `pass`. Everything wrong with them is a finding; `None` if
/// any of that is an error. What is on record of these marks does not matter.
pub fn read_sheets(
    folder: &Folder,
    contest: &ContestDefinition,
    rubric: &RubricDefinition,
    day: Arc<Day>,
    pass: u8,
    findings: &mut Findings,
) -> Option<Vec<Entered>> {
    let mut own = Findings::new();
    let tables = ContestTables::read_sheets(folder, contest, day, &mut own);
    sheets_of(tables, contest, rubric, pass, own, findings)
}

/// The same of sheets that are on record: what they say, also of entries from which
/// a judge was recused since.
pub fn read_sheets_again(
    folder: &Folder,
    contest: &ContestDefinition,
    rubric: &RubricDefinition,
    day: Arc<Day>,
    pass: u8,
    findings: &mut Findings,
) -> Option<Vec<Entered>> {
    let mut own = Findings::new();
    let tables = ContestTables::read_sheets(folder, contest, day, &mut own).taken_as_written();
    sheets_of(tables, contest, rubric, pass, own, findings)
}

fn sheets_of(
    tables: ContestTables,
    contest: &ContestDefinition,
    rubric: &RubricDefinition,
    pass: u8,
    mut own: Findings,
    findings: &mut Findings,
) -> Option<Vec<Entered>> {
    let tables = Arc::new(tables);
    let input = build_people(contest, rubric, tables.clone(), &mut own);
    let sheets = input.map(|mut input| {
        events::read(&mut input, &rubric.rubric, &tables, &mut own);
        marks::read(&mut input, contest, &rubric.rubric, &tables, &mut own);
        gather(&input, rubric, &tables, pass)
    });
    let sound = !own.has_errors();
    findings.append(own);
    sheets.filter(|_| sound)
}

/// Marks by table and judge, in the order of the files.
fn gather(input: &ContestInput, rubric: &RubricDefinition, tables: &ContestTables, pass: u8) -> Vec<Entered> {
    let mut sheets: BTreeMap<(u16, Option<usize>), Entered> = BTreeMap::new();
    for (round, (at, declared)) in input.rounds.iter().zip(rubric.rubric.rounds().enumerate()) {
        let criteria = rubric.rubric.scheme(&declared.1.scheme).map_or(&[][..], |scheme| &scheme.criteria);
        for mark in &round.marks {
            let Some(table) = tables.table(mark.origin.file) else { continue };
            let Some(criterion) = criteria.get(mark.key.criterion) else { continue };
            let (round, judge, about) = input.mark_name(at, mark, &criterion.id);
            let line = MarkLine { about, mark: mark.value.to_string(), cell: cell(input.place(mark.origin)) };
            let sheet = sheets.entry((mark.origin.file, mark.key.judge)).or_insert_with(|| Entered {
                round,
                judge,
                pass,
                source: source(table),
                marks: Vec::new(),
            });
            sheet.marks.push(line);
        }
    }
    sheets.into_values().collect()
}

impl ContestInput {
    /// What a mark of the round at this position is called in a log.
    pub fn mark_name(&self, round: usize, mark: &Mark, criterion: &Id) -> MarkName {
        let of = self.rounds.get(round);
        let attempts = of.map_or(&[][..], |round| &round.attempts);
        let about = MarkAddress {
            entry: self.entries.get(mark.key.entry).map_or_else(String::new, |entry| entry.code.clone()),
            member: mark.key.member.and_then(|member| Some(self.members.get(member)?.code.clone())),
            attempt: mark.key.attempt.and_then(|attempt| Some(attempts.get(attempt)?.code.clone())),
            criterion: criterion.to_string(),
        };
        let judge = mark.key.judge.and_then(|judge| Some(self.judges.get(judge)?.code.clone()));
        (of.map_or_else(String::new, |round| round.id.to_string()), judge, about)
    }
}

fn source(table: &Table) -> Source {
    Source {
        path: table.name().to_owned(),
        sheet: table.sheet().map(str::to_owned),
        sha256: table.sha256().to_owned(),
    }
}

/// Row (or line) and column of a place.
fn cell(place: Option<Place>) -> [u32; 2] {
    let (row, column) = match place.and_then(|place| place.position) {
        Some(Position::Text { line, column }) => (line, column),
        Some(Position::Cell { row, column, .. }) => (row, column),
        None => (0, 0),
    };
    [row, column].map(|number| u32::try_from(number).unwrap_or(u32::MAX))
}

/// Whether a file is a table of events: one of its tables has a column for them.
pub fn holds_events(folder: &Folder, path: &str) -> bool {
    let read = |name: &&str| folder.read_tables(path, name, None, &mut Findings::new());
    KIND.iter().flat_map(read).any(|table| find(&table, KIND).is_some())
}

/// The rows of a table of events, with their places. Rows that cannot be understood
/// are findings, each with its cell; `None` if there is one.
pub fn read_happenings(
    folder: &Folder,
    contest: &ContestDefinition,
    rubric: &RubricDefinition,
    day: Arc<Day>,
    path: &str,
    findings: &mut Findings,
) -> Option<Vec<Happening>> {
    let mut own = Findings::new();
    let tables = Arc::new(ContestTables::read_events(folder, contest, day, path, &mut own));
    let input = build_people(contest, rubric, tables.clone(), &mut own);
    let happenings = input.map(|mut input| {
        events::read(&mut input, &rubric.rubric, &tables, &mut own);
        input.events.iter().map(|event| happening(&input, rubric, event)).collect()
    });
    let sound = !own.has_errors();
    findings.append(own);
    happenings.filter(|_| sound)
}

fn happening(input: &ContestInput, rubric: &RubricDefinition, event: &Event) -> Happening {
    let round = event.round.and_then(|at| Some(input.rounds.get(at)?.id.to_string()));
    let stage = event.stage.and_then(|at| Some(rubric.rubric.stages.get(at)?.id.to_string()));
    let of_round = event.round.and_then(|at| input.rounds.get(at));
    let criteria = event.round.and_then(|at| events::criteria_of(&rubric.rubric, at)).unwrap_or_default();
    let criterion = event.criterion.and_then(|at| Some(criteria.get(at)?.id.to_string()));
    let place = input.place(event.origin);
    let [row, _] = cell(place.clone());
    let sheet = match place.as_ref().and_then(|place| place.position.clone()) {
        Some(Position::Cell { sheet, .. }) => Some(sheet),
        _ => None,
    };
    Happening {
        what: events::word(&event.kind),
        round: round.or(stage),
        entry: event.entry.and_then(|at| Some(input.entries.get(at)?.code.clone())),
        member: event.member.and_then(|at| Some(input.members.get(at)?.code.clone())),
        judge: event.judge.and_then(|at| Some(input.judges.get(at)?.code.clone())),
        criterion,
        attempt: event.attempt.and_then(|at| Some(of_round?.attempts.get(at)?.code.clone())),
        old: event.old.as_ref().map(ToString::to_string),
        value: event.value.as_ref().map(ToString::to_string),
        decided_by: Some(event.by.clone()).filter(|by| !by.is_empty()),
        reason: event.reason.clone(),
        appeal: None,
        from: place.map(|place| RowOf { path: place.file.to_string(), sheet, row }),
    }
}
