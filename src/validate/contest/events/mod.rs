mod apply;
mod reader;

use serde::Serialize;

use crate::diagnostics::Findings;
use crate::model::Origin;
use crate::numeric::Exact;
use crate::plan::{Criterion, Rubric};

use super::ContestInput;
use super::columns::{KIND, need};
use super::tables::{ContestTables, Purpose};
pub(super) use apply::apply;
use reader::Reader;

/// Something that happened, as the table of events has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// The round it is about.
    pub round: Option<usize>,
    /// The stage it is about, when it names one instead of a round.
    pub stage: Option<usize>,
    /// The entry.
    pub entry: Option<usize>,
    /// The member.
    pub member: Option<usize>,
    /// The judge.
    pub judge: Option<usize>,
    /// The criterion: its position in the scheme of the round.
    pub criterion: Option<usize>,
    /// The attempt: its position among the round's attempts.
    pub attempt: Option<usize>,
    /// What was there before.
    pub old: Option<Exact>,
    /// What it is now, or how much of it.
    pub value: Option<Exact>,
    /// Who decided or recorded it.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Where it was read.
    #[serde(skip)]
    pub origin: Origin,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// The entry, or a member of it, did not come.
    NoShow,
    /// The entry gave up.
    Forfeit,
    /// The entry was disqualified.
    Disqualified,
    /// A judge does not mark an entry.
    Recused,
    /// A judge is not there.
    Absent,
    /// A judge thought again: the new mark counts, the old stays on record.
    Reconsidered,
    /// A mark was recorded wrongly.
    Corrected,
    /// An entry does not take part in a stage that it reached.
    Withdrawn,
    /// An entry takes part in a stage that it did not reach.
    Admitted,
    /// The jury placed an entry.
    Placed,
    /// Something measured that a criterion names: overtime.
    Measured(String),
}

/// What each kind is called in tables.
const KINDS: [(EventKind, &[&str]); 10] = [
    (EventKind::NoShow, &["no-show", "未到", "缺赛"]),
    (EventKind::Forfeit, &["forfeit", "弃权"]),
    (EventKind::Disqualified, &["disqualified", "取消资格"]),
    (EventKind::Recused, &["recused", "回避"]),
    (EventKind::Absent, &["absent", "缺席"]),
    (EventKind::Reconsidered, &["reconsidered", "复议"]),
    (EventKind::Corrected, &["corrected", "更正"]),
    (EventKind::Withdrawn, &["withdrawn", "退赛"]),
    (EventKind::Admitted, &["admitted", "递补"]),
    (EventKind::Placed, &["placed", "裁定"]),
];

impl Event {
    /// Whether the event is about a round: it names the round, its stage, or
    /// neither.
    pub fn covers(&self, round: usize, input: &ContestInput) -> bool {
        match (self.round, self.stage) {
            (Some(own), _) => own == round,
            (None, Some(stage)) => input.rounds.get(round).is_some_and(|round| round.stage == stage),
            (None, None) => true,
        }
    }

    /// Whether the event is about a stage: it names the stage, one of its
    /// rounds, or neither.
    pub fn covers_stage(&self, stage: usize, input: &ContestInput) -> bool {
        match (self.stage, self.round) {
            (Some(own), _) => own == stage,
            (None, Some(round)) => input.rounds.get(round).is_some_and(|round| round.stage == stage),
            (None, None) => true,
        }
    }
}

/// Reads the events.
pub(super) fn read(
    input: &mut ContestInput,
    rubric: &Rubric,
    tables: &ContestTables,
    findings: &mut Findings,
) {
    let mut events = Vec::new();
    for (at, _, table) in tables.of(|purpose| *purpose == Purpose::Events) {
        let Some(kind) = need(table, KIND, findings) else { continue };
        for row in table.rows() {
            let mut reader = Reader { input, rubric, table, at, row, findings, sound: true };
            let event = reader.event(kind);
            if let Some(event) = event.filter(|_| reader.sound) {
                events.push(event);
            }
        }
    }
    input.events = events;
}

/// The English word of a kind of event; of something measured the criterion's own.
pub(super) fn word(kind: &EventKind) -> String {
    let known = KINDS.iter().find(|(own, _)| own == kind).and_then(|(_, words)| words.first().copied());
    match (known, kind) {
        (Some(word), _) => word.to_owned(),
        (None, EventKind::Measured(name)) => name.clone(),
        (None, _) => String::new(),
    }
}

/// The criteria of a round.
pub(super) fn criteria_of(rubric: &Rubric, round: usize) -> Option<&[Criterion]> {
    let (_, round) = rubric.rounds().nth(round)?;
    Some(&rubric.scheme(&round.scheme)?.criteria)
}
