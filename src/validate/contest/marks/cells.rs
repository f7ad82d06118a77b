//! What a cell of a sheet may hold.

use super::super::columns::{TOTAL, find, not_a_number};
use super::super::tables::ContestTables;
use super::super::{Mark, MarkKey, scale};
use super::{Cell, Column, RECUSED, Reader};
use crate::diagnostics::{Code, Finding, bilingual, shown};
use crate::input::TableRow;
use crate::numeric::Exact;
use crate::plan::Criterion;

impl Reader<'_> {
    pub(super) fn cell(&mut self, row: &TableRow, column: &Column, key: MarkKey) -> Cell {
        let text = row.field(column.column);
        if text.is_empty() {
            return Cell::Empty;
        }
        let mut key = MarkKey {
            criterion: column.criterion.unwrap_or(key.criterion),
            judge: column.judge.or(key.judge),
            ..key
        };
        let Some(criterion) = self.criteria.get(key.criterion) else { return Cell::Bad };
        if !criterion.per_member {
            key.member = None;
        }
        if !criterion.per_attempt {
            key.attempt = None;
        }
        if criterion.panel.is_none() {
            key.judge = None;
        }
        // Finding a place counts lines from the top: only for findings.
        let table = self.sheet.table;
        let place = || table.place(row, column.column);
        let of_persons = [Code::RecusedMark, Code::NotSeated, Code::UnexpectedMark, Code::BadEvent];
        let as_written = self.input.tables.are_as_written();
        let matters = |finding: &Finding| !(as_written && of_persons.contains(&finding.code));
        if let Some(finding) = self.misfit(&key, criterion, text).filter(matters) {
            // A judge who is not there is one mistake, a recused one is one per entry.
            let entry = (finding.code != Code::UnexpectedMark).then_some(key.entry);
            let once = key
                .judge
                .is_none_or(|judge| self.said.insert((finding.code, judge, entry, self.sheet.round)));
            self.findings.extend(once.then(|| finding.at(place())));
            return Cell::Bad;
        }
        if RECUSED.contains(&text) {
            return Cell::Empty;
        }
        let Some((value, _)) = Exact::parse_decimal(text) else {
            let (zh, en) = (&criterion.name.zh, &criterion.name.en);
            let finding = not_a_number(text, bilingual!("评分项“{zh}”的分数", "the marks for `{en}`"));
            self.findings.push(finding.at(place()));
            return Cell::Bad;
        };
        if let Some(finding) = scale::check(&value, criterion) {
            self.findings.push(finding.at(place()));
            return Cell::Bad;
        }
        let origin = ContestTables::origin(self.sheet.at, row, column.column);
        self.read.push((self.sheet.round, Mark { key, value: value.clone(), replaced: Vec::new(), origin }));
        Cell::Mark(value)
    }

    /// Why there should be no mark here.
    pub(super) fn misfit(&self, key: &MarkKey, criterion: &Criterion, text: &str) -> Option<Finding> {
        let (id, round) = (&criterion.id, self.sheet.round);
        let lacks = |zh: &str, en: &str| {
            Finding::new(
                Code::UnknownName,
                bilingual!("评分项“{id}”的分数没有写明{zh}", "a mark for `{id}` does not say its {en}"),
                bilingual!("加上列“{zh}”（`{en}`）并填写", "add the column `{en}` (`{zh}`) and fill it in"),
            )
        };
        if criterion.per_member && key.member.is_none() {
            return Some(lacks("选手", "member"));
        }
        if criterion.per_attempt && key.attempt.is_none() {
            return Some(lacks("动作", "attempt"));
        }
        let panel = self.rubric.panel(criterion.panel.as_ref()?)?;
        let Some(at) = key.judge else { return Some(lacks("评委", "judge")) };
        let judge = self.input.judges.get(at)?;
        let (code, rules) = (&judge.code, self.rubric.panels.get(panel)?);
        if judge.panel != panel {
            let name = &rules.id;
            return Some(Finding::new(
                Code::UnexpectedMark,
                bilingual!(
                    "评委“{code}”不在评委组“{name}”中，不评“{id}”",
                    "the judge `{code}` is not on the panel `{name}` and does not mark `{id}`"
                ),
                bilingual!("核对评委名单或评分表", "check the list of judges or the sheet"),
            ));
        }
        let entry = self.input.entries.get(key.entry).map_or("", |entry| entry.code.as_str());
        if !self.input.is_seated(at, key.entry, round) && !RECUSED.contains(&text) {
            return Some(Finding::new(
                Code::NotSeated,
                bilingual!(
                    "评委“{code}”抽签没有分到“{entry}”，却有分数",
                    "the judge `{code}` was drawn no seat for `{entry}` and has a mark"
                ),
                bilingual!(
                    "核对评分表上的编号，或核对抽签的席位",
                    "check the entry on the sheet, or the seats as drawn"
                ),
            ));
        }
        let recused = self.input.is_recused(&rules.recuse, at, key.entry, round);
        if recused && !RECUSED.contains(&text) {
            let text = shown(text);
            return Some(Finding::new(
                Code::RecusedMark,
                bilingual!(
                    "评委“{code}”应回避“{entry}”，却给了分 {text}",
                    "the judge `{code}` is recused from `{entry}` and gave the mark {text}"
                ),
                bilingual!(
                    "清空这个分数；若不应回避，改正单位信息或事项表",
                    "empty the cell; if the recusal is wrong, correct the facts or the event"
                ),
            ));
        }
        if !recused && RECUSED.contains(&text) {
            return Some(Finding::new(
                Code::BadEvent,
                bilingual!(
                    "评分表写明评委“{code}”回避“{entry}”，事项表没有记录",
                    "the sheet says that `{code}` is recused from `{entry}`, and no event does"
                ),
                bilingual!("在事项表中加一行“回避”", "add a `recused` event"),
            ));
        }
        let sits = judge.rounds.as_ref().is_none_or(|rounds| rounds.contains(&round));
        if self.input.is_absent(at, key.entry, round) || !sits {
            return Some(Finding::new(
                Code::UnexpectedMark,
                bilingual!(
                    "评委“{code}”本轮缺席或不评，却有给“{entry}”的分数",
                    "the judge `{code}` is not there for `{entry}` and has a mark"
                ),
                bilingual!(
                    "删去分数，或改正事项表、评委名单",
                    "delete the mark, or correct the events or the list of judges"
                ),
            ));
        }
        None
    }

    pub(super) fn check_sum(&mut self, row: &TableRow, sum: &Exact) {
        let table = self.sheet.table;
        let passed_over = |column: &usize| {
            let header = table.headers().get(*column);
            header.is_some_and(|header| self.sheet.declared.ignore.contains(header))
        };
        let Some(column) = find(table, TOTAL).filter(|column| !passed_over(column)) else { return };
        let text = row.field(column);
        if text.is_empty() {
            return;
        }
        let place = table.place(row, column);
        match Exact::parse_decimal(text) {
            None => self.findings.push(not_a_number(text, bilingual!("合计", "the total")).at(place)),
            Some((written, _)) if written != *sum => self.findings.push(
                Finding::new(
                    Code::SumDiffers,
                    bilingual!(
                        "表上合计 {written}，各项之和为 {sum}",
                        "the sheet says {written} and its cells sum to {sum}"
                    ),
                    bilingual!("与评委核对是哪个单元格有误", "ask the judge which cell is wrong"),
                )
                .at(place),
            ),
            Some(_) => {}
        }
    }
}
