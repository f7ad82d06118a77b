//! A contest's definitions × tables → [`ContestInput`], the only data that a
//! contest is scored from.

mod attempts;
pub(super) mod columns;
mod events;
mod handed;
mod marks;
mod people;
mod record;
mod scale;
mod seats;
mod sheets;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use crate::definitions::{ContestDefinition, RubricDefinition};
use crate::diagnostics::{Bilingual, Findings, Place};
use crate::ledger::Day;
use crate::model::{Id, Origin};
use crate::numeric::Exact;

use super::InputFile;

/// The file that says what a contest is made of.
pub const CONTEST_FILE: &str = "benchline.toml";

pub use columns::SheetColumn;
pub use events::{Event, EventKind};
pub use handed::{holds_events, read_happenings, read_sheets, read_sheets_again};
pub use marks::recused_sign;
pub use tables::ContestTables;

/// Validated data of a contest. Entries, members and judges stand in the natural
/// order of their codes (2 before 10), whatever the order of rows and files, and
/// are meant by their positions.
#[derive(Clone, Debug)]
pub struct ContestInput {
    entries: Vec<Entry>,
    members: Vec<Member>,
    judges: Vec<Judge>,
    rounds: Vec<RoundInput>,
    events: Vec<Event>,
    /// By round and panel, who marks whom, where that was drawn.
    seats: BTreeMap<(usize, usize), BTreeMap<usize, BTreeSet<usize>>>,
    tables: Arc<ContestTables>,
}

/// A team, an athlete or a case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: Bilingual,
    /// What else is known of it, by header.
    pub facts: BTreeMap<String, String>,
    /// Whether prizes may go to it.
    pub eligible: bool,
    /// Its members.
    pub members: Vec<usize>,
}

/// A member of an entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Member {
    /// The member's code.
    pub code: String,
    /// What the member is called.
    pub name: Bilingual,
    /// What else is known, by header.
    pub facts: BTreeMap<String, String>,
    /// The entry it belongs to.
    pub entry: usize,
}

/// A judge.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judge {
    /// The judge's code.
    pub code: String,
    /// What the judge is called.
    pub name: Bilingual,
    /// What else is known, by header.
    pub facts: BTreeMap<String, String>,
    /// The panel: its position in the rubric.
    pub panel: usize,
    /// The rounds the judge sits in; `None`: all that ask for the panel.
    pub rounds: Option<BTreeSet<usize>>,
}

/// What was handed in for one round. Rounds stand in the order of the rubric.
#[derive(Clone, Debug)]
pub struct RoundInput {
    /// The round's id.
    pub id: Id,
    /// The position of its stage.
    pub stage: usize,
    /// The marks in order of key.
    pub marks: Vec<Mark>,
    /// The attempts by entry, in natural order of their codes.
    pub attempts: Vec<Attempt>,
    /// The running order, where it is known: entry and position.
    pub order: Vec<(usize, u32)>,
}

/// An attempt: a dive, an element.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Attempt {
    /// Whose it is.
    pub entry: usize,
    /// Its code, unique for the entry.
    pub code: String,
    /// Its own values, such as its difficulty, by header.
    pub values: BTreeMap<String, Exact>,
}

/// What a mark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct MarkKey {
    /// The entry.
    pub entry: usize,
    /// The member, where members are marked.
    pub member: Option<usize>,
    /// The position among the round's attempts, where attempts are marked.
    pub attempt: Option<usize>,
    /// The criterion: its position in the scheme.
    pub criterion: usize,
    /// The judge; absent where something is measured.
    pub judge: Option<usize>,
}

/// A mark as it counts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mark {
    /// What it is about.
    #[serde(flatten)]
    pub key: MarkKey,
    /// The mark.
    pub value: Exact,
    /// The marks it replaced, the first one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub replaced: Vec<Exact>,
    /// Where it, or the mark it replaced, was read.
    pub origin: Origin,
}

impl ContestInput {
    /// Checks the tables of a contest against its definitions. Everything wrong
    /// is a finding; `None` if any of that is an error.
    pub fn new(
        contest: &ContestDefinition,
        rubric: &RubricDefinition,
        tables: Arc<ContestTables>,
        findings: &mut Findings,
    ) -> Option<Self> {
        let mut own = Findings::new();
        let input = Self::as_it_stands(contest, rubric, tables, &mut own);
        let sound = !own.has_errors();
        findings.append(own);
        input.filter(|_| sound)
    }

    /// The same with whatever could be read, errors or none: to see what is
    /// lacking, or what there is so far.
    pub fn as_it_stands(
        contest: &ContestDefinition,
        rubric: &RubricDefinition,
        tables: Arc<ContestTables>,
        findings: &mut Findings,
    ) -> Option<Self> {
        let mut input = build_people(contest, rubric, tables.clone(), findings)?;
        let rules = &rubric.rubric;
        events::read(&mut input, rules, &tables, findings);
        marks::read(&mut input, contest, rules, &tables, findings);
        events::apply(&mut input, rules, findings);
        sheets::check(&input, rules, findings);
        if let Some(day) = tables.day() {
            record::check(day, &contest.project, findings);
        }
        Some(input)
    }

    /// The entries.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The members of all entries.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The judges.
    pub fn judges(&self) -> &[Judge] {
        &self.judges
    }

    /// The rounds in the order of the rubric.
    pub fn rounds(&self) -> &[RoundInput] {
        &self.rounds
    }

    /// What happened, in the order of the table.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Where a number was read.
    pub fn place(&self, origin: Origin) -> Option<Place> {
        self.tables.place(origin)
    }

    /// The files that were read, in the order in which the project names them.
    pub fn files(&self) -> Vec<InputFile> {
        self.tables.files()
    }

    /// The file that a judge's sheet of a round is, or else the first of the
    /// round.
    pub fn sheet_place(&self, round: usize, judge: Option<usize>) -> Option<Place> {
        let marks = &self.rounds.get(round)?.marks;
        let own = marks.iter().find(|mark| judge.is_some() && mark.key.judge == judge);
        let place = self.place(own.or(marks.first())?.origin)?;
        Some(Place::file(place.file))
    }

    /// Whether a judge is recused from an entry in a round: by an event, or
    /// because the panel recuses judges who share a fact with it.
    pub fn is_recused(&self, recuse: &[String], judge: usize, entry: usize, round: usize) -> bool {
        let by_event = self.events.iter().any(|event| {
            event.kind == EventKind::Recused
                && event.judge == Some(judge)
                && event.entry == Some(entry)
                && event.covers(round, self)
        });
        let (Some(judge), Some(entry)) = (self.judges.get(judge), self.entries.get(entry)) else {
            return by_event;
        };
        by_event || recuse.iter().any(|fact| shared(fact, &judge.facts, &entry.facts))
    }

    /// Whether a judge is to mark an entry in a round: yes, unless seats were drawn
    /// for the judge's panel and this judge has none for the entry.
    pub fn is_seated(&self, judge: usize, entry: usize, round: usize) -> bool {
        let Some(panel) = self.judges.get(judge).map(|judge| judge.panel) else { return false };
        let seats = self.seats.get(&(round, panel));
        seats.is_none_or(|seats| seats.get(&entry).is_some_and(|judges| judges.contains(&judge)))
    }

    /// The order of appearance in a round as the log has it.
    fn order_as_drawn(&self, round: usize) -> &[String] {
        let id = self.rounds.get(round).map(|round| round.id.as_str());
        self.day().zip(id).map_or(&[][..], |(day, id)| day.order(id))
    }

    /// Puts codes in the place of the names of entries and members, and forgets
    /// what else is known of them.
    pub(crate) fn hide_names(&mut self) {
        let blind = |code: &str| Bilingual { zh: code.to_owned(), en: code.to_owned() };
        for entry in &mut self.entries {
            entry.name = blind(&entry.code);
            entry.facts.clear();
        }
        for member in &mut self.members {
            member.name = blind(&member.code);
            member.facts.clear();
        }
    }

    /// What the contest's log comes to, where it has one.
    pub fn day(&self) -> Option<&Day> {
        self.tables.day()
    }

    /// Whether a judge is absent from a round, or from an entry of it.
    pub fn is_absent(&self, judge: usize, entry: usize, round: usize) -> bool {
        self.events.iter().any(|event| {
            event.kind == EventKind::Absent
                && event.judge == Some(judge)
                && event.entry.is_none_or(|absent| absent == entry)
                && event.covers(round, self)
        })
    }
}

/// Whether judge and entry have the same value of a fact.
fn shared(fact: &str, judge: &BTreeMap<String, String>, entry: &BTreeMap<String, String>) -> bool {
    let value = judge.get(fact).filter(|value| !value.is_empty());
    value.is_some() && value == entry.get(fact)
}

/// Everything but what happened and what was marked.
fn build_people(
    contest: &ContestDefinition,
    rubric: &RubricDefinition,
    tables: Arc<ContestTables>,
    findings: &mut Findings,
) -> Option<ContestInput> {
    let rules = &rubric.rubric;
    let mut input = ContestInput {
        entries: Vec::new(),
        members: Vec::new(),
        judges: Vec::new(),
        rounds: Vec::new(),
        events: Vec::new(),
        seats: BTreeMap::new(),
        tables: tables.clone(),
    };
    people::read(&mut input, rules, &tables, findings);
    for (stage, round) in rules.rounds() {
        let (marks, attempts, order) = (Vec::new(), Vec::new(), Vec::new());
        input.rounds.push(RoundInput { id: round.id.clone(), stage, marks, attempts, order });
    }
    // Without all people, every mark of theirs would be a fault.
    if input.entries.is_empty() || !tables.are_whole() {
        return None;
    }
    attempts::read(&mut input, contest, rules, &tables, findings);
    seats::read(&mut input, rules, &tables);
    Some(input)
}
