//! Rows below a table that are no data: notes and totals.

use super::TableRow;
use crate::diagnostics::{Code, Finding, bilingual, shown};

/// Words by which people mark a row of totals.
const TOTALS: [&str; 12] = [
    "合计",
    "总计",
    "小计",
    "总和",
    "平均",
    "平均值",
    "均值",
    "平均数",
    "total",
    "subtotal",
    "average",
    "mean",
];

/// Words by which a note begins.
const NOTES: [&str; 9] = ["注", "说明", "备注", "填表", "填报", "来源", "制表", "note", "source"];

/// Why a row is no data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remark {
    Total,
    Note,
}

/// Whether a row is a total or a note, and the field that says so. `key` is the
/// column of the units: a total stands there, or beside it where it is blank; a
/// note is the only field of its row.
pub(super) fn of(row: &TableRow, key: usize) -> Option<(usize, Remark)> {
    let mut filled = (0..row.fields.len()).filter(|column| !row.field(*column).is_empty());
    let first = filled.next()?;
    let alone = filled.next().is_none();
    let text = row.field(first);
    let bare: String =
        text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>().to_lowercase();
    let in_place = first == key || row.field(key).is_empty();
    if in_place && TOTALS.contains(&bare.trim_end_matches([':', '：'])) {
        return Some((first, Remark::Total));
    }
    let begins = || {
        NOTES.iter().any(|word| {
            bare.strip_prefix(word).is_some_and(|rest| rest.starts_with([':', '：', '1', '一', '（', '(']))
        })
    };
    (alone && begins()).then_some((first, Remark::Note))
}

pub(super) fn passed_over(remark: Remark, text: &str) -> Finding {
    let text = shown(text);
    let message = match remark {
        Remark::Total => {
            bilingual!("“{text}”一行是汇总，没有读取", "the row `{text}` is a total and was not read")
        }
        Remark::Note => bilingual!("“{text}”是说明，没有读取", "`{text}` is a note and was not read"),
    };
    Finding::new(
        Code::RowPassedOver,
        message,
        bilingual!("若这是一个单位的数据，写上它的代码", "if these are data of a unit, write its code"),
    )
}
