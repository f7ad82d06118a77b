//! What a row of a sheet is about.

use super::super::MarkKey;
use super::super::columns::{ATTEMPT, CRITERION, JUDGE, find, missing, unknown};
use super::Reader;
use crate::diagnostics::{Code, Finding, bilingual};
use crate::input::TableRow;
use crate::plan::{Criterion, Layout};

impl Reader<'_> {
    pub(super) fn criterion(&self, word: &str) -> Option<usize> {
        let named = |one: &Criterion| one.id.as_str() == word || one.name.zh == word || one.name.en == word;
        self.criteria.iter().position(named)
    }

    pub(super) fn judge(&self, word: &str) -> Option<usize> {
        self.names.judges.get(word).copied()
    }

    pub(super) fn unknown_judge(&self, code: &str) -> Finding {
        let known: Vec<&str> = self.input.judges.iter().map(|judge| judge.code.as_str()).collect();
        unknown(("评委", "judge"), code, &known)
    }

    /// What a row is about; `None` when that is unknown.
    pub(super) fn row_key(
        &mut self,
        row: &TableRow,
        entry: Option<usize>,
        member: Option<usize>,
        judge: Option<usize>,
    ) -> Option<MarkKey> {
        let table = self.sheet.table;
        let person =
            match member.map(|column| (column, row.field(column))).filter(|(_, code)| !code.is_empty()) {
                Some((column, code)) => match self.names.members.get(code) {
                    Some(member) => Some(*member),
                    None => {
                        let known: Vec<&str> =
                            self.input.members.iter().map(|member| member.code.as_str()).collect();
                        self.findings
                            .push(unknown(("选手", "member"), code, &known).at(table.place(row, column)));
                        return None;
                    }
                },
                None => None,
            };
        let owner = person.and_then(|member| Some(self.input.members.get(member)?.entry));
        let unblinded = |word| match (self.blind, self.input.day()) {
            (true, Some(day)) => day.unblind(self.sheet.declared.round.as_str(), word).unwrap_or(word),
            _ => word,
        };
        let whose = match entry.map(|column| (column, unblinded(row.field(column)))) {
            Some((column, code)) if !code.is_empty() || owner.is_none() => match self.names.entries.get(code)
            {
                Some(entry) if owner.is_none_or(|owner| owner == *entry) => *entry,
                found => {
                    let finding = match found {
                        Some(_) => Finding::new(
                            Code::UnknownName,
                            bilingual!("“{code}”没有这名选手", "the member is not one of `{code}`"),
                            bilingual!("核对编号与选手", "check the entry and the member"),
                        ),
                        None => {
                            let known: Vec<&str> =
                                self.input.entries.iter().map(|entry| entry.code.as_str()).collect();
                            unknown(("参赛编号", "entry"), code, &known)
                        }
                    };
                    self.findings.push(finding.at(table.place(row, column)));
                    return None;
                }
            },
            _ => owner?,
        };
        let attempt = self.attempt(row, whose)?;
        let judge = match find(table, JUDGE).map(|column| (column, row.field(column))) {
            Some((column, code)) if judge.is_none() && !code.is_empty() => match self.judge(code) {
                Some(judge) => Some(judge),
                None => {
                    let finding = self.unknown_judge(code);
                    self.findings.push(finding.at(table.place(row, column)));
                    return None;
                }
            },
            _ => judge,
        };
        Some(MarkKey { entry: whose, member: person, attempt, criterion: self.row_criterion(row)?, judge })
    }

    pub(super) fn attempt(&mut self, row: &TableRow, entry: usize) -> Option<Option<usize>> {
        let table = self.sheet.table;
        let Some((column, code)) = find(table, ATTEMPT).map(|column| (column, row.field(column))) else {
            return Some(None);
        };
        if code.is_empty() {
            return Some(None);
        }
        let attempts = self.names.attempts.get(self.sheet.round)?;
        let found = attempts.get(&(entry, code.to_owned())).copied();
        if found.is_none() {
            let all = self
                .input
                .rounds
                .get(self.sheet.round)
                .map(|round| round.attempts.as_slice())
                .unwrap_or_default();
            let own = all.iter().filter(|attempt| attempt.entry == entry);
            let known: Vec<&str> = own.map(|attempt| attempt.code.as_str()).collect();
            self.findings.push(unknown(("动作", "attempt"), code, &known).at(table.place(row, column)));
            return None;
        }
        Some(found)
    }

    /// The criterion of a row; a placeholder where columns say it.
    pub(super) fn row_criterion(&mut self, row: &TableRow) -> Option<usize> {
        if self.sheet.declared.layout == Layout::Criteria {
            return Some(0);
        }
        let table = self.sheet.table;
        let (column, word) = match (&self.sheet.declared.criterion, find(table, CRITERION)) {
            (Some(id), _) => (None, id.as_str()),
            (None, Some(column)) => (Some(column), row.field(column)),
            (None, None) if self.criteria.len() == 1 => return Some(0),
            (None, None) => {
                self.findings.push(missing(table, CRITERION));
                return None;
            }
        };
        let found = self.criterion(word);
        if found.is_none() {
            let known: Vec<&str> = self.criteria.iter().map(|criterion| criterion.id.as_str()).collect();
            let place = column.map_or_else(|| table.header_row_place(), |column| table.place(row, column));
            self.findings.push(unknown(("评分项", "criterion"), word, &known).at(place));
        }
        found
    }
}
