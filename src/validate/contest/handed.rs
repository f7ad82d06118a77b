//! Sheets as they are handed in, before anything is on record.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::columns::{
    ATTEMPT, BY, CRITERION, ENTRY, JUDGE, KIND, MEMBER, Names, OLD, REASON, ROUND, VALUE, find,
};
use super::tables::ContestTables;
use super::{ContestInput, Mark, build_people, events, marks};
use crate::definitions::{ContestDefinition, RubricDefinition};
use crate::diagnostics::{Findings, Place, Position};
use crate::input::{Folder, Table};
use crate::ledger::{Day, Entered, Happening, MarkAddress, MarkLine, MarkName, Source};
use crate::model::Id;
use crate::numeric::Exact;

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
    let tables = Arc::new(ContestTables::read_sheets(folder, contest, day, &mut own));
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

/// The rows of a table of events in the words of that table.
pub fn read_happenings(
    folder: &Folder,
    path: &str,
    named_at: Option<&Place>,
    findings: &mut Findings,
) -> Vec<Happening> {
    let mut happenings = Vec::new();
    let Some(key) = KIND.first() else { return happenings };
    for table in folder.read_tables(path, key, named_at, findings) {
        for row in table.rows() {
            let word = |names: Names| {
                let column = find(&table, names)?;
                Some(row.field(column).to_owned()).filter(|word| !word.is_empty())
            };
            let number = |names| {
                let word = word(names)?;
                Some(Exact::parse_decimal(&word).map_or(word, |(number, _)| number.to_string()))
            };
            happenings.push(Happening {
                what: word(KIND).map(|what| events::plain_kind(&what)).unwrap_or_default(),
                round: word(ROUND),
                entry: word(ENTRY),
                member: word(MEMBER),
                judge: word(JUDGE),
                criterion: word(CRITERION),
                attempt: word(ATTEMPT),
                old: number(OLD),
                value: number(VALUE),
                decided_by: word(BY),
                reason: word(REASON).unwrap_or_default(),
                appeal: None,
            });
        }
    }
    happenings
}
