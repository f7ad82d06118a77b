//! Reads one row of the table of events.

use super::super::columns::{
    ATTEMPT, BY, CRITERION, ENTRY, JUDGE, KIND, MEMBER, Names, OLD, REASON, ROUND, VALUE, find, not_a_number,
    unknown,
};
use super::super::tables::ContestTables;
use super::super::{Attempt, ContestInput};
use super::{Event, EventKind, KINDS, criteria_of};
use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual, did_you_mean, shown};
use crate::input::{Table, TableRow};
use crate::numeric::Exact;
use crate::plan::{Criterion, Rubric, Stage};

/// A row being read.
pub(super) struct Reader<'a> {
    pub(super) input: &'a ContestInput,
    pub(super) rubric: &'a Rubric,
    pub(super) table: &'a Table,
    pub(super) at: usize,
    pub(super) row: &'a TableRow,
    pub(super) findings: &'a mut Findings,
    pub(super) sound: bool,
}

impl Reader<'_> {
    /// The event, as far as it can be read.
    pub(super) fn event(&mut self, column: usize) -> Option<Event> {
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
        let near = did_you_mean(word, known.iter().copied());
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
        let named = |stage: &Stage| stage.id.as_str() == word || stage.name.zh == word;
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

    fn attempt(&mut self, attempts: &[Attempt], entry: Option<usize>) -> Option<usize> {
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
