//! Blank score sheets: who is to mark whom for what, in which order.

use std::collections::BTreeSet;
use std::fmt;

use super::marks::Round;
use super::result::Status;
use super::stages;
use crate::diagnostics::Findings;
use crate::plan::{Criterion, Rubric, escaped, unescaped};
use crate::validate::ContestInput;

/// A blank score sheet of one round: one judge's, or that of what is measured.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreForm {
    /// The round, by position among all rounds.
    pub round: usize,
    /// The judge; absent where something is measured.
    pub judge: Option<usize>,
    /// What is marked: positions in the scheme, in its order. Criteria that events
    /// measure are not among them.
    pub criteria: Vec<usize>,
    /// The rows: entries in the order drawn, else in that of their codes; those of
    /// an entry stand together.
    pub rows: Vec<FormRow>,
}

/// A row of a blank score sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct FormRow {
    /// The entry.
    pub entry: usize,
    /// Its number in the order of appearance, where that was drawn.
    pub position: Option<u32>,
    /// The member, where the row is about one.
    pub member: Option<usize>,
    /// The attempt by its position in the round, where the row is about one.
    pub attempt: Option<usize>,
    /// One for each criterion.
    pub cells: Vec<FormCell>,
}

/// What a cell of a blank score sheet is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormCell {
    /// A mark is to be written here.
    Open,
    /// The judge is recused from the entry.
    Recused,
    /// The judge is not there for the entry.
    JudgeAbsent,
    /// There is nobody to mark.
    Away(Status),
    /// The criterion is marked in another row of the entry.
    Elsewhere,
}

/// What tells a score sheet from all others: it stands in one of its first rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormKey {
    /// Which holding of the contest.
    pub edition: String,
    /// The round.
    pub round: String,
    /// The judge; absent where something is measured.
    pub judge: Option<String>,
}

impl FormKey {
    /// What every key starts with, whatever its version.
    pub const MARK: &'static str = "benchline:form/";
    const VERSION: &'static str = "1";
    /// Stands for the judge of a sheet that has none.
    const NOBODY: &'static str = "-";

    /// The key that a text is; `None` if it is none of this version.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.trim().strip_prefix(Self::MARK)?.strip_prefix(Self::VERSION)?;
        let fields: Vec<String> = rest.strip_prefix(' ')?.split('|').map(unescaped).collect();
        let [edition, round, judge] = fields.as_slice() else { return None };
        let judge = Some(judge.clone()).filter(|judge| judge != Self::NOBODY);
        Some(Self { edition: edition.clone(), round: round.clone(), judge })
    }
}

impl fmt::Display for FormKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let judge = self.judge.as_deref().unwrap_or(Self::NOBODY);
        let [edition, round, judge] = [&self.edition, &self.round, judge].map(escaped);
        write!(to, "{}{} {edition}|{round}|{judge}", Self::MARK, Self::VERSION)
    }
}

/// The score sheets of a round in the order of judges, then that of what is
/// measured; `None` while it is not known who takes part. Entries for which a judge
/// was drawn no seat are not on that judge's sheet; those that the judge may not
/// mark are, and their cells say so.
pub fn score_forms(input: &ContestInput, rubric: &Rubric, round: usize) -> Option<Vec<ScoreForm>> {
    let (stage, declared) = rubric.rounds().nth(round)?;
    let round = Round { input, rubric, declared, at: round };
    let entries = entrants(input, rubric, stage, &round)?;
    let judges = (0..input.judges().len()).map(Some).chain([None]);
    let forms = judges.filter_map(|judge| Maker { round: &round, judge }.form(&entries));
    Some(forms.collect())
}

/// Who takes part: the running order with its numbers, else all in the first stage
/// and in a later one those who went on.
fn entrants(
    input: &ContestInput,
    rubric: &Rubric,
    stage: usize,
    round: &Round<'_>,
) -> Option<Vec<(usize, Option<u32>)>> {
    let mut order = input.rounds().get(round.at)?.order.clone();
    if !order.is_empty() {
        order.sort_by_key(|(_, position)| *position);
        return Some(order.into_iter().map(|(entry, position)| (entry, Some(position))).collect());
    }
    // The stage itself need not be sound: its sheets may be half handed in.
    let before = Rubric { stages: rubric.stages.get(..stage)?.to_vec(), ..rubric.clone() };
    let mut findings = Findings::new();
    let done = stages::run(input, &before, &mut findings);
    let over = done.len() == stage && done.last().is_none_or(|last| !last.standings.is_empty());
    if !over || findings.has_errors() {
        return None;
    }
    Some(stages::entrants(input, stage, &done).into_iter().map(|entry| (entry, None)).collect())
}

struct Maker<'s, 'a> {
    round: &'s Round<'a>,
    judge: Option<usize>,
}

impl Maker<'_, '_> {
    fn form(&self, entries: &[(usize, Option<u32>)]) -> Option<ScoreForm> {
        let criteria = self.criteria()?;
        let own = entries.iter().filter(|(entry, _)| self.is_seated(*entry));
        let rows: Vec<FormRow> =
            own.flat_map(|(entry, position)| self.rows(*entry, *position, &criteria)).collect();
        let marks = |row: &FormRow| row.cells.contains(&FormCell::Open);
        let criteria = criteria.into_iter().map(|(at, _)| at).collect();
        rows.iter().any(marks).then_some(ScoreForm {
            round: self.round.at,
            judge: self.judge,
            criteria,
            rows,
        })
    }

    /// What this judge marks in the round, or what is measured; `None` for nothing.
    fn criteria(&self) -> Option<Vec<(usize, &Criterion)>> {
        let Round { input, rubric, at, .. } = self.round;
        let panel = match self.judge {
            None => None,
            Some(judge) => {
                let judge = input.judges().get(judge)?;
                judge.rounds.as_ref().is_none_or(|rounds| rounds.contains(at)).then_some(())?;
                Some(&rubric.panels.get(judge.panel)?.id)
            }
        };
        let all = self.round.criteria().iter().enumerate();
        let own = all.filter(|(_, one)| one.event.is_none() && one.panel.as_ref() == panel);
        Some(own.collect::<Vec<_>>()).filter(|own| !own.is_empty())
    }

    fn is_seated(&self, entry: usize) -> bool {
        self.judge.is_none_or(|judge| self.round.input.is_seated(judge, entry, self.round.at))
    }

    fn rows(&self, entry: usize, position: Option<u32>, criteria: &[(usize, &Criterion)]) -> Vec<FormRow> {
        let keys = self.keys(entry, criteria);
        let row = |(at, (member, attempt)): (usize, &(Option<usize>, Option<usize>))| {
            let cell = |(_, criterion): &(usize, &Criterion)| {
                let level = (criterion.per_member, criterion.per_attempt);
                let here = match level {
                    (false, false) => at == 0,
                    _ => level == (member.is_some(), attempt.is_some()),
                };
                if here { self.cell(entry, *member, criterion) } else { FormCell::Elsewhere }
            };
            let cells = criteria.iter().map(cell).collect();
            FormRow { entry, position, member: *member, attempt: *attempt, cells }
        };
        keys.iter().enumerate().map(row).collect()
    }

    /// The rows that an entry needs: its members, its attempts, both, or one for
    /// itself.
    fn keys(&self, entry: usize, criteria: &[(usize, &Criterion)]) -> Vec<(Option<usize>, Option<usize>)> {
        let input = self.round.input;
        let levels: BTreeSet<(bool, bool)> =
            criteria.iter().map(|(_, one)| (one.per_member, one.per_attempt)).collect();
        let members = || input.entries().get(entry).map_or(&[][..], |entry| &entry.members).iter().copied();
        let attempts = || {
            let all = input.rounds().get(self.round.at).map_or(&[][..], |round| &round.attempts);
            let own = all.iter().enumerate().filter(move |(_, attempt)| attempt.entry == entry);
            own.map(|(at, _)| at)
        };
        let mut keys = Vec::new();
        if levels.contains(&(true, false)) {
            keys.extend(members().map(|member| (Some(member), None)));
        }
        if levels.contains(&(false, true)) {
            keys.extend(attempts().map(|attempt| (None, Some(attempt))));
        }
        if levels.contains(&(true, true)) {
            let both = members().flat_map(|member| attempts().map(move |attempt| (member, attempt)));
            keys.extend(both.map(|(member, attempt)| (Some(member), Some(attempt))));
        }
        if keys.is_empty() {
            keys.push((None, None));
        }
        keys
    }

    fn cell(&self, entry: usize, member: Option<usize>, criterion: &Criterion) -> FormCell {
        let Round { input, rubric, at, .. } = self.round;
        let status = self.round.status(entry);
        if status != Status::Present {
            return FormCell::Away(status);
        }
        if member.is_some_and(|member| self.round.stayed_away(member)) {
            return FormCell::Away(Status::NoShow);
        }
        let panel = criterion.panel.as_ref().and_then(|panel| rubric.panels.get(rubric.panel(panel)?));
        let (Some(judge), Some(panel)) = (self.judge, panel) else { return FormCell::Open };
        if input.is_recused(&panel.recuse, judge, entry, *at) {
            FormCell::Recused
        } else if input.is_absent(judge, entry, *at) {
            FormCell::JudgeAbsent
        } else {
            FormCell::Open
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FormKey;

    #[test]
    fn a_key_is_read_as_it_was_written() {
        for (edition, round, judge) in
            [("2025", "final", Some("E1")), ("2025|第 3 届 100%", "a", None), ("%7C", "b", Some("甲|乙"))]
        {
            let key =
                FormKey { edition: edition.into(), round: round.into(), judge: judge.map(str::to_owned) };
            assert_eq!(FormKey::parse(&key.to_string()), Some(key));
        }
        let key = FormKey { edition: "2025".into(), round: "final".into(), judge: None };
        assert_eq!(key.to_string(), "benchline:form/1 2025|final|-");
        assert_eq!(FormKey::parse("benchline:form/2 2025|final|-"), None);
        assert_eq!(FormKey::parse("benchline:form/1 2025|final"), None);
    }
}
