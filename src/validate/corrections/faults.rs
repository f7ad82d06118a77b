use super::super::revisions::{Stated, told};
use super::Reader;
use crate::diagnostics::{Code, Finding, bilingual};
use crate::input::TableRow;

impl Reader<'_> {
    pub(super) fn differs(&self, row: &TableRow, variable: usize, old: Stated, is: Stated) -> Finding {
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
}
