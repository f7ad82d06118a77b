use serde::Serialize;

use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual, shown};
use crate::input::{Table, TableRow};
use crate::model::Origin;
use crate::numeric::Exact;
use crate::plan::{Criterion, Rubric};

use super::columns::{
    ATTEMPT, BY, CRITERION, ENTRY, JUDGE, KIND, MEMBER, Names, OLD, REASON, ROUND, VALUE, find, need,
    not_a_number, unknown,
};
use super::tables::{ContestTables, Purpose};
use super::{ContestInput, Mark, MarkKey, scale};

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

struct Reader<'a> {
    input: &'a ContestInput,
    rubric: &'a Rubric,
    table: &'a Table,
    at: usize,
    row: &'a TableRow,
    findings: &'a mut Findings,
    sound: bool,
}

impl Reader<'_> {
    fn event(&mut self, column: usize) -> Option<Event> {
        let round_column = find(self.table, ROUND);
        let (round, stage) = self.round_or_stage();
        let criteria = round.and_then(|round| criteria_of(self.rubric, round)).unwrap_or_default();
        let word = self.row.field(column);
        let kind = self.kind(word, column)?;
        let (entries, members) = (&self.input.entries, &self.input.members);
        let entry = self.known(ENTRY, ("参赛编号", "entry"), entries.iter().map(|entry| entry.code.as_str()));
        let member =
            self.known(MEMBER, ("选手", "member"), members.iter().map(|member| member.code.as_str()));
        let judges = self.input.judges.iter().map(|judge| judge.code.as_str());
        let judge = self.known(JUDGE, ("评委", "judge"), judges);
        let mut criterion = self.criterion(criteria);
        if let EventKind::Measured(name) = &kind {
            criterion = criteria.iter().position(|criterion| criterion.event.as_deref() == Some(name));
        }
        let attempts = round.and_then(|round| self.input.rounds.get(round));
        let attempt =
            self.attempt(attempts.map(|round| round.attempts.as_slice()).unwrap_or_default(), entry);
        let (old, value) = (self.number(OLD), self.number(VALUE));
        let text =
            |names: Names| find(self.table, names).map_or("", |column| self.row.field(column)).to_owned();
        let (by, reason) = (text(BY), text(REASON));
        let origin = ContestTables::origin(self.at, self.row, column);
        let event = Event {
            kind,
            round,
            stage,
            entry,
            member,
            judge,
            criterion,
            attempt,
            old,
            value,
            by,
            reason,
            origin,
        };
        self.complete(&event, round_column);
        Some(event)
    }

    fn kind(&mut self, word: &str, column: usize) -> Option<EventKind> {
        if let Some((kind, _)) = KINDS.iter().find(|(_, words)| words.contains(&word)) {
            return Some(kind.clone());
        }
        let criteria = || self.rubric.schemes.iter().flat_map(|scheme| &scheme.criteria);
        let named = |criterion: &&Criterion| {
            criterion.event.as_deref() == Some(word)
                || (criterion.event.is_some() && criterion.name.zh == word)
        };
        if let Some(event) = criteria().find(named).and_then(|criterion| criterion.event.clone()) {
            return Some(EventKind::Measured(event));
        }
        let own = criteria().filter_map(|criterion| criterion.event.as_deref());
        let known: Vec<&str> =
            KINDS.iter().filter_map(|(_, words)| words.first().copied()).chain(own).collect();
        let list = known.join(", ");
        let near = crate::diagnostics::did_you_mean(word, known.iter().copied());
        let help = match near {
            Some(near) => {
                bilingual!("是否想写 `{near}`？可用：{list}", "did you mean `{near}`? The choices are {list}")
            }
            None => bilingual!("可用：{list}", "the choices are {list}"),
        };
        let word = shown(word);
        self.report(
            Code::BadEvent,
            bilingual!("不认识事项“{word}”", "unknown kind of event `{word}`"),
            help,
            column,
        );
        None
    }

    fn round_or_stage(&mut self) -> (Option<usize>, Option<usize>) {
        let Some(column) = find(self.table, ROUND) else { return (None, None) };
        let word = self.row.field(column);
        if word.is_empty() {
            return (None, None);
        }
        let round =
            self.rubric.rounds().position(|(_, round)| round.id.as_str() == word || round.name.zh == word);
        let named = |stage: &crate::plan::Stage| stage.id.as_str() == word || stage.name.zh == word;
        let stage = self.rubric.stages.iter().position(named);
        if round.is_none() && stage.is_none() {
            let rounds = self.rubric.rounds().map(|(_, round)| round.id.as_str());
            let stages = self.rubric.stages.iter().map(|stage| stage.id.as_str());
            let known: Vec<&str> = rounds.chain(stages).collect();
            let finding = unknown(("轮次或阶段", "round or stage"), word, &known);
            self.push(finding, column);
        }
        (round, stage.filter(|_| round.is_none()))
    }

    fn known<'k>(
        &mut self,
        names: Names,
        what: (&str, &str),
        known: impl Iterator<Item = &'k str>,
    ) -> Option<usize> {
        let column = find(self.table, names)?;
        let word = self.row.field(column);
        if word.is_empty() {
            return None;
        }
        let known: Vec<&str> = known.collect();
        let found = known.iter().position(|code| *code == word);
        if found.is_none() {
            self.push(unknown(what, word, &known), column);
        }
        found
    }

    fn criterion(&mut self, criteria: &[Criterion]) -> Option<usize> {
        let column = find(self.table, CRITERION)?;
        let word = self.row.field(column);
        if word.is_empty() {
            return if criteria.len() == 1 { Some(0) } else { None };
        }
        let found =
            criteria.iter().position(|criterion| criterion.id.as_str() == word || criterion.name.zh == word);
        if found.is_none() {
            let known: Vec<&str> = criteria.iter().map(|criterion| criterion.id.as_str()).collect();
            self.push(unknown(("评分项", "criterion"), word, &known), column);
        }
        found
    }

    fn attempt(&mut self, attempts: &[super::Attempt], entry: Option<usize>) -> Option<usize> {
        let column = find(self.table, ATTEMPT)?;
        let word = self.row.field(column);
        if word.is_empty() {
            return None;
        }
        let found = attempts.iter().position(|attempt| Some(attempt.entry) == entry && attempt.code == word);
        if found.is_none() {
            let own = attempts.iter().filter(|attempt| Some(attempt.entry) == entry);
            let known: Vec<&str> = own.map(|attempt| attempt.code.as_str()).collect();
            self.push(unknown(("动作", "attempt"), word, &known), column);
        }
        found
    }

    fn number(&mut self, names: Names) -> Option<Exact> {
        let column = find(self.table, names)?;
        let word = self.row.field(column);
        if word.is_empty() {
            return None;
        }
        let number = Exact::parse_decimal(word).map(|(number, _)| number);
        if number.is_none() {
            let header = self.table.headers().get(column).map_or("", String::as_str).to_owned();
            self.push(not_a_number(word, bilingual!("列“{header}”的", "the column `{header}`")), column);
        }
        number
    }

    /// What each kind of event must say.
    fn complete(&mut self, event: &Event, round_column: Option<usize>) {
        let (has_round, has_stage) = (event.round.is_some(), event.stage.is_some());
        let wanted: &[(bool, &str, &str)] = match event.kind {
            EventKind::NoShow | EventKind::Forfeit | EventKind::Disqualified => {
                &[(event.entry.is_some() || event.member.is_some(), "编号", "entry")]
            }
            EventKind::Recused => {
                &[(event.judge.is_some(), "评委", "judge"), (event.entry.is_some(), "编号", "entry")]
            }
            EventKind::Absent => &[(event.judge.is_some(), "评委", "judge")],
            EventKind::Reconsidered | EventKind::Corrected => &[
                (has_round, "轮次", "round"),
                (event.entry.is_some(), "编号", "entry"),
                (event.criterion.is_some(), "评分项", "criterion"),
                (event.value.is_some(), "数值", "value"),
                (!event.by.is_empty(), "经办", "by"),
                (!event.reason.is_empty(), "理由", "reason"),
            ],
            EventKind::Withdrawn | EventKind::Admitted => {
                &[(event.entry.is_some(), "编号", "entry"), (has_round || has_stage, "轮次", "round")]
            }
            EventKind::Placed => &[
                (event.entry.is_some(), "编号", "entry"),
                (has_round || has_stage, "轮次", "round"),
                (event.value.is_some(), "数值", "value"),
                (!event.by.is_empty(), "经办", "by"),
                (!event.reason.is_empty(), "理由", "reason"),
            ],
            EventKind::Measured(_) => &[
                (has_round, "轮次", "round"),
                (event.entry.is_some(), "编号", "entry"),
                (event.value.is_some(), "数值", "value"),
            ],
        };
        if !self.sound {
            return;
        }
        let absent: Vec<&(bool, &str, &str)> = wanted.iter().filter(|(there, _, _)| !there).collect();
        if !absent.is_empty() {
            let zh = absent.iter().map(|(_, zh, _)| *zh).collect::<Vec<_>>().join("、");
            let en = absent.iter().map(|(_, _, en)| format!("`{en}`")).collect::<Vec<_>>().join(", ");
            let column = find(self.table, KIND).or(round_column).unwrap_or(0);
            self.report(
                Code::BadEvent,
                bilingual!("此事项没有写明：{zh}", "the event does not say its {en}"),
                bilingual!("填上这些列", "fill in these columns"),
                column,
            );
        }
    }

    fn report(&mut self, code: Code, message: Bilingual, help: Bilingual, column: usize) {
        self.push(Finding::new(code, message, help), column);
    }

    fn push(&mut self, finding: Finding, column: usize) {
        self.sound = false;
        self.findings.push(finding.at(self.table.place(self.row, column)));
    }
}

/// The criteria of a round.
pub(super) fn criteria_of(rubric: &Rubric, round: usize) -> Option<&[Criterion]> {
    let (_, round) = rubric.rounds().nth(round)?;
    Some(&rubric.scheme(&round.scheme)?.criteria)
}

/// Puts what events say about marks into the marks: measurements, and marks that
/// replace others. A chain of replacements is followed by its old values, so the
/// order of rows does not matter.
pub(super) fn apply(input: &mut ContestInput, rubric: &Rubric, findings: &mut Findings) {
    let mut open: Vec<Event> = Vec::new();
    for event in input.events.clone() {
        match &event.kind {
            EventKind::Measured(_) => measure(input, rubric, &event, findings),
            EventKind::Reconsidered | EventKind::Corrected => open.push(event),
            _ => {}
        }
    }
    loop {
        let before = open.len();
        open.retain(|event| !replace(input, rubric, event, findings));
        if open.len() == before {
            break;
        }
    }
    for event in open {
        let found =
            key_of(&event).and_then(|key| mark(input, event.round?, key)).map(|mark| mark.value.clone());
        let old = event.old.as_ref().map_or(String::new(), Exact::to_string);
        let message = match found {
            Some(found) => bilingual!(
                "原值写的是“{old}”，评分表上是 {found}",
                "the event says the old mark was `{old}`; the sheet has {found}"
            ),
            None => bilingual!("评分表上没有这个分数", "there is no such mark on the sheets"),
        };
        let finding = Finding::new(
            Code::BadEvent,
            message,
            bilingual!(
                "核对轮次、编号、评委、评分项和原值",
                "check the round, entry, judge, criterion and old mark"
            ),
        );
        findings.push(match input.place(event.origin) {
            Some(place) => finding.at(place),
            None => finding,
        });
    }
}

fn key_of(event: &Event) -> Option<MarkKey> {
    let (member, attempt, judge) = (event.member, event.attempt, event.judge);
    Some(MarkKey { entry: event.entry?, member, attempt, criterion: event.criterion?, judge })
}

fn mark(input: &ContestInput, round: usize, key: MarkKey) -> Option<&Mark> {
    let marks = &input.rounds.get(round)?.marks;
    marks.get(marks.binary_search_by_key(&key, |mark| mark.key).ok()?)
}

fn measure(input: &mut ContestInput, rubric: &Rubric, event: &Event, findings: &mut Findings) {
    let (Some(round), Some(key), Some(value)) = (event.round, key_of(event), event.value.clone()) else {
        let finding = Finding::new(
            Code::BadEvent,
            bilingual!("这一轮不计这个事项", "the round does not count this event"),
            bilingual!("改正轮次或事项", "correct the round or the kind"),
        );
        findings.push(
            finding.at(input.place(event.origin).unwrap_or_else(|| crate::diagnostics::Place::file(""))),
        );
        return;
    };
    let key = MarkKey { judge: None, ..key };
    let place = input.place(event.origin);
    let criterion = criteria_of(rubric, round).and_then(|criteria| criteria.get(key.criterion));
    if let Some(finding) = criterion.and_then(|criterion| scale::check(&value, criterion)) {
        findings.extend(place.clone().map(|place| finding.at(place)));
    }
    let Some(marks) = input.rounds.get_mut(round).map(|round| &mut round.marks) else { return };
    match marks.binary_search_by_key(&key, |mark| mark.key) {
        Ok(_) => {
            let finding = Finding::new(
                Code::DuplicateMark,
                bilingual!("同一事项记了两次", "the same thing is recorded twice"),
                bilingual!("合成一行，或删去一行", "make one row of them"),
            );
            findings.extend(place.map(|place| finding.at(place)));
        }
        Err(at) => marks.insert(at, Mark { key, value, replaced: Vec::new(), origin: event.origin }),
    }
}

/// Replaces a mark; `false` when it is not there, or not the old one.
fn replace(input: &mut ContestInput, rubric: &Rubric, event: &Event, findings: &mut Findings) -> bool {
    let (Some(round), Some(key), Some(value)) = (event.round, key_of(event), event.value.clone()) else {
        return false;
    };
    let place = input.place(event.origin);
    let Some(marks) = input.rounds.get_mut(round).map(|round| &mut round.marks) else { return false };
    match marks.binary_search_by_key(&key, |mark| mark.key) {
        Ok(at) => {
            let Some(mark) = marks.get_mut(at).filter(|mark| event.old.as_ref() == Some(&mark.value)) else {
                return false;
            };
            let old = std::mem::replace(&mut mark.value, value.clone());
            mark.replaced.push(old);
        }
        Err(at) if event.old.is_none() => {
            marks.insert(at, Mark { key, value: value.clone(), replaced: Vec::new(), origin: event.origin });
        }
        Err(_) => return false,
    }
    let criterion = criteria_of(rubric, round).and_then(|criteria| criteria.get(key.criterion));
    if let Some(finding) = criterion.and_then(|criterion| scale::check(&value, criterion)) {
        findings.extend(place.map(|place| finding.at(place)));
    }
    true
}
