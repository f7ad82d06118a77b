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

/// Words by which a line of signatures begins.
const SIGNATURES: [&str; 22] = [
    "制表",
    "填表",
    "填报",
    "填写",
    "报送",
    "上报",
    "统计",
    "审核",
    "复核",
    "核对",
    "审批",
    "审定",
    "负责人",
    "单位负责人",
    "部门负责人",
    "分管",
    "经办",
    "联系",
    "日期",
    "签字",
    "盖章",
    "单位（盖章）",
];

/// Why a row is no data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remark {
    Total,
    Note,
    Measures,
}

/// Whether a row is a total, a note, signatures or units of measure, and the field
/// that says so. `key` is the column of the units: a total stands there, or beside
/// it where it is blank, and units of measure leave it blank; a note is the only
/// field of its row; of signatures every field has a label with a colon. Without
/// `key` any column may be it.
pub(super) fn of(row: &TableRow, key: Option<usize>) -> Option<(usize, Remark)> {
    let mut filled = (0..row.fields.len()).filter(|column| !row.field(*column).is_empty());
    let first = filled.next()?;
    let alone = filled.next().is_none();
    let text = row.field(first);
    let bare: String =
        text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>().to_lowercase();
    let is_blank = key.is_none_or(|key| row.field(key).is_empty());
    let in_place = is_blank || key == Some(first);
    if in_place && TOTALS.contains(&bare.trim_end_matches([':', '：'])) {
        return Some((first, Remark::Total));
    }
    let begins = || {
        NOTES.iter().any(|word| {
            bare.strip_prefix(word).is_some_and(|rest| rest.starts_with([':', '：', '1', '一', '（', '(']))
        })
    };
    if (alone && begins()) || are_signatures(row) {
        return Some((first, Remark::Note));
    }
    let texts = (0..row.fields.len()).map(|column| row.field(column)).filter(|text| !text.is_empty());
    (is_blank && super::measures::are(texts)).then_some((first, Remark::Measures))
}

/// Whether every field is `label：text` and the first label is one of those by
/// which people sign a table.
fn are_signatures(row: &TableRow) -> bool {
    let label = |text: &str| {
        let bare: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        bare.split_once([':', '：']).map(|(label, _)| label.to_owned())
    };
    let fields = (0..row.fields.len()).map(|column| row.field(column)).filter(|text| !text.is_empty());
    let labels: Option<Vec<String>> = fields.map(label).collect();
    let first = labels.as_ref().and_then(|labels| labels.first());
    first.is_some_and(|first| SIGNATURES.iter().any(|word| first.starts_with(word)))
}

fn measures_passed_over() -> Finding {
    Finding::new(
        Code::RowPassedOver,
        bilingual!("这一行是计量单位，没有读取", "this row holds units of measure and was not read"),
        bilingual!(
            "核对是否与框架中各项指标的 `measure` 相同",
            "see that they are those that `measure` of each indicator says in the framework"
        ),
    )
}

pub(super) fn passed_over(remark: Remark, text: &str) -> Finding {
    let text = shown(text);
    let message = match remark {
        Remark::Total => {
            bilingual!("“{text}”一行是汇总，没有读取", "the row `{text}` is a total and was not read")
        }
        Remark::Note => bilingual!("“{text}”是说明，没有读取", "`{text}` is a note and was not read"),
        Remark::Measures => return measures_passed_over(),
    };
    Finding::new(
        Code::RowPassedOver,
        message,
        bilingual!("若这是一个单位的数据，写上它的代码", "if these are data of a unit, write its code"),
    )
}
