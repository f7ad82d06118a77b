//! Which columns of a sheet hold marks.

use super::super::columns::{
    ATTEMPT, CRITERION, ENTRY, JUDGE, MARK, MEMBER, NAME_EN, NAME_ZH, ORDER, REMARKS, TOTAL, find, need,
};
use super::{Column, Reader};
use crate::diagnostics::{Code, Finding, bilingual, did_you_mean, shown};
use crate::plan::{Criterion, Layout};

impl Reader<'_> {
    /// The columns that hold marks.
    pub(super) fn columns(&mut self) -> Option<Vec<Column>> {
        let table = self.sheet.table;
        let headers = table.headers().iter().enumerate();
        match self.sheet.declared.layout {
            Layout::Long => {
                let column = need(table, MARK, self.findings)?;
                Some(vec![Column { column, criterion: None, judge: None }])
            }
            Layout::Criteria => {
                let found: Vec<Column> = headers
                    .filter_map(|(column, header)| {
                        let criterion = self.criterion(header)?;
                        Some(Column { column, criterion: Some(criterion), judge: None })
                    })
                    .collect();
                let misspelt = self.report_misspelt(&found);
                self.report_unused(|column| {
                    misspelt.contains(&column) || found.iter().any(|found| found.column == column)
                });
                self.report_absent(&found)?;
                misspelt.is_empty().then_some(found)
            }
            Layout::Judges => {
                let found: Vec<Column> = headers
                    .filter_map(|(column, header)| {
                        let judge = self.judge(header)?;
                        Some(Column { column, criterion: None, judge: Some(judge) })
                    })
                    .collect();
                self.report_unused(|column| found.iter().any(|found| found.column == column));
                if found.is_empty() {
                    let known: Vec<&str> =
                        self.input.judges.iter().map(|judge| judge.code.as_str()).collect();
                    let list = known.join(", ");
                    self.findings.push(
                        Finding::new(
                            Code::MissingColumn,
                            bilingual!(
                                "没有一列以评委编号为列名",
                                "no column has the code of a judge as its header"
                            ),
                            bilingual!(
                                "列名写评委编号：{list}",
                                "use the codes of judges as headers: {list}"
                            ),
                        )
                        .at(table.header_row_place()),
                    );
                    return None;
                }
                Some(found)
            }
        }
    }

    /// Headers that are likely those of a criterion without a column: without
    /// them the sheet cannot be read.
    pub(super) fn report_misspelt(&mut self, found: &[Column]) -> Vec<usize> {
        let table = self.sheet.table;
        let absent: Vec<&Criterion> = self
            .criteria
            .iter()
            .enumerate()
            .filter(|(at, _)| !found.iter().any(|column| column.criterion == Some(*at)))
            .map(|(_, criterion)| criterion)
            .collect();
        let words = || absent.iter().flat_map(|one| [one.id.as_str(), &one.name.zh, &one.name.en]);
        let mut misspelt = Vec::new();
        for (column, header) in table.headers().iter().enumerate() {
            let known = self.is_known(column) || found.iter().any(|found| found.column == column);
            let Some(near) = did_you_mean(header, words()).filter(|_| !known) else {
                continue;
            };
            let header = shown(header);
            self.findings.push(
                Finding::new(
                    Code::MissingColumn,
                    bilingual!(
                        "没有评分项“{header}”，也没有一列是“{near}”",
                        "there is no criterion `{header}`, and no column `{near}`"
                    ),
                    bilingual!(
                        "是否想写 `{near}`？不计分的列在 `ignore` 中列出",
                        "did you mean `{near}`? List a column that does not count in `ignore`"
                    ),
                )
                .at(table.header_place(column)),
            );
            misspelt.push(column);
        }
        misspelt
    }

    /// Whether a column is one that sheets may have beside marks.
    pub(super) fn is_known(&self, column: usize) -> bool {
        let table = self.sheet.table;
        let own = [ENTRY, MEMBER, JUDGE, ATTEMPT, CRITERION, TOTAL, NAME_ZH, NAME_EN, ORDER, REMARKS];
        let header = table.headers().get(column).map_or("", String::as_str);
        own.iter().any(|names| find(table, names) == Some(column))
            || header.is_empty()
            || self.sheet.declared.ignore.iter().any(|ignored| ignored == header)
    }

    /// A criteria sheet lacks a criterion that its judge marks.
    pub(super) fn report_absent(&mut self, found: &[Column]) -> Option<()> {
        let panel =
            self.sheet.named.and_then(|code| self.judge(code)).and_then(|at| self.input.judges.get(at));
        let panel = panel.and_then(|judge| self.rubric.panels.get(judge.panel)).map(|panel| &panel.id);
        let table = self.sheet.table;
        for (at, criterion) in self.criteria.iter().enumerate() {
            let wanted = panel.is_some() && criterion.panel.as_ref() == panel && !criterion.optional;
            if wanted && !found.iter().any(|column| column.criterion == Some(at)) {
                let (zh, id) = (&criterion.name.zh, &criterion.id);
                self.findings.push(
                    Finding::new(
                        Code::MissingColumn,
                        bilingual!(
                            "评分表缺少评分项“{zh}”（{id}）",
                            "the sheet has no column for the criterion `{id}`"
                        ),
                        bilingual!("加上这一列", "add the column"),
                    )
                    .at(table.header_row_place()),
                );
            }
        }
        if found.is_empty() && panel.is_none() {
            let list =
                self.criteria.iter().map(|criterion| criterion.id.as_str()).collect::<Vec<_>>().join(", ");
            self.findings.push(
                Finding::new(
                    Code::MissingColumn,
                    bilingual!("没有一列以评分项为列名", "no column has a criterion as its header"),
                    bilingual!("列名写评分项：{list}", "use the criteria as headers: {list}"),
                )
                .at(table.header_row_place()),
            );
        }
        (!found.is_empty()).then_some(())
    }

    pub(super) fn report_unused(&mut self, used: impl Fn(usize) -> bool) {
        let table = self.sheet.table;
        for (column, header) in table.headers().iter().enumerate() {
            if self.is_known(column) || used(column) {
                continue;
            }
            let words = self.criteria.iter().flat_map(|one| [one.id.as_str(), &one.name.zh]);
            let judges = self.input.judges.iter().map(|judge| judge.code.as_str());
            let near = match self.sheet.declared.layout {
                Layout::Judges => did_you_mean(header, judges),
                _ => did_you_mean(header, words),
            };
            let header = shown(header);
            let help = match near {
                Some(near) => bilingual!("是否想写 `{near}`？", "did you mean `{near}`?"),
                None => {
                    bilingual!("删去此列，或在 `ignore` 中列出它", "delete the column or list it in `ignore`")
                }
            };
            self.findings.push(
                Finding::new(
                    Code::UnusedColumn,
                    bilingual!("没有用到列“{header}”", "nothing uses the column `{header}`"),
                    help,
                )
                .at(table.header_place(column)),
            );
        }
    }
}
