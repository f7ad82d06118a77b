use super::super::revisions::told;
use super::Reader;
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::input::TableRow;
use crate::model::Cell;

impl Reader<'_> {
    /// A new value is one that can be true.
    pub(super) fn check_range(&self, row: &TableRow, variable: usize, number: f64, findings: &mut Findings) {
        let Some(range) = self.variables.get(variable).and_then(|one| one.range) else { return };
        let message = match (range.min, range.max) {
            (Some(min), _) if number < min => {
                bilingual!("更正值 {number} 小于下限 {min}", "the new value {number} is below {min}")
            }
            (_, Some(max)) if number > max => {
                bilingual!("更正值 {number} 大于上限 {max}", "the new value {number} is above {max}")
            }
            _ => return,
        };
        let help = bilingual!(
            "更正数值；若确实如此，放宽框架中的 `range`",
            "correct the value; if it is right, widen `range` in the framework"
        );
        findings
            .push(Finding::new(Code::OutOfRange, message, help).at(self.table.place(row, self.columns.new)));
    }

    pub(super) fn differs(&self, row: &TableRow, variable: usize, old: Cell, is: Cell) -> Finding {
        let name = self.variables.get(variable).map(|one| one.name.clone());
        let (zh, en) = name.map_or_else(Default::default, |name| (name.zh, name.en));
        let (old, is) = (told(old), told(is));
        let (old_zh, old_en, is_zh, is_en) = (old.zh, old.en, is.zh, is.en);
        Finding::new(
            Code::OldValueDiffers,
            bilingual!(
                "原值写的是 {old_zh}，数据中“{zh}”现为 {is_zh}",
                "the old value is said to be {old_en}; in the data `{en}` is {is_en}"
            ),
            bilingual!(
                "核对单位、指标、期次；若已更正过，删去这一行",
                "check unit, indicator and period; delete the row if it was corrected before"
            ),
        )
        .at(self.table.place(row, self.columns.old))
    }

    pub(super) fn no_change(&self, row: &TableRow, is: Cell) -> Finding {
        let is = told(is);
        let (zh, en) = (is.zh, is.en);
        Finding::new(
            Code::BadCorrection,
            bilingual!("更正值与现值相同：{zh}", "the new value is the one there is: {en}"),
            bilingual!("删去这一行，或写正确的值", "delete the row, or write the right value"),
        )
        .at(self.table.place(row, self.columns.new))
    }
}
