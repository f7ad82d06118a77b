//! Rows below a table that are no data: notes and totals.

use super::TableRow;
use super::layout::Layout;
use crate::diagnostics::{Code, Finding, bilingual, shown};

/// Words by which people end what they call a row of totals: `全省合计`.
const TOTALS: [&str; 17] = [
    "合计",
    "总计",
    "小计",
    "总和",
    "平均",
    "平均值",
    "均值",
    "平均数",
    "最高",
    "最低",
    "最大值",
    "最小值",
    "中位数",
    "total",
    "subtotal",
    "average",
    "mean",
];

/// Words by which a note begins.
const NOTES: [&str; 8] = ["注", "说明", "备注", "填报说明", "来源", "数据来源", "note", "source"];

/// Words by which a line of signatures begins.
const SIGNATURES: [&str; 23] = [
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
    "主管",
    "日期",
    "签字",
    "盖章",
    "单位（盖章）",
];

/// Why a row is no data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remark {
    Header,
    Total,
    Note,
    Signature,
    Measures,
}

impl Remark {
    /// Whether the row is words of a person.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Note | Self::Signature)
    }
}

/// Whether a row is a total, a note, signatures, units of measure or the header once
/// more, and the field that says so. `key` is the column of the units: a total stands
/// there, or beside it where it is blank, and units of measure leave it blank; a note
/// is the only field of its row; of signatures every field has a label. Without `key`
/// any column may be it.
pub(super) fn of(row: &TableRow, key: Option<usize>, layout: &Layout) -> Option<(usize, Remark)> {
    let first = (0..row.fields.len()).find(|column| !row.field(*column).is_empty())?;
    let text = row.field(first);
    let mut others = row.fields.iter().skip(first + 1).map(str::trim).filter(|field| !field.is_empty());
    let alone = others.clone().next().is_none();
    // Most rows begin with a code.
    if text.starts_with(|letter: char| letter.is_ascii_digit()) && key == Some(first) && !alone {
        return None;
    }
    let bare: String =
        text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>().to_lowercase();
    let fields: Vec<&str> = (0..row.fields.len()).map(|column| row.field(column)).collect();
    let is_blank = key.is_none_or(|key| row.field(key).is_empty());
    let in_place = is_blank || key == Some(first);
    let is_label =
        |field: &str| field.contains([':', '：']) || field.contains("盖章") || field.contains("签字");
    let remark = if in_place && TOTALS.iter().any(|word| bare.trim_end_matches([':', '：']).ends_with(word))
    {
        Remark::Total
    } else if signs(&bare) && is_label(text) && others.all(is_label) {
        Remark::Signature
    } else if alone && (begins(&bare, &NOTES) || text.contains(['。', '；', '=', '：'])) {
        Remark::Note
    } else if layout.repeats(&fields) {
        Remark::Header
    } else if is_blank && super::measures::are(fields.into_iter().filter(|text| !text.is_empty())) {
        Remark::Measures
    } else {
        return None;
    };
    Some((first, remark))
}

/// `制表人：…`, but not `填表说明：…`.
fn signs(bare: &str) -> bool {
    let label = bare.split([':', '：']).next().unwrap_or(bare);
    SIGNATURES.iter().any(|word| label.starts_with(word)) && !label.ends_with("说明")
}

/// `注：…`, `备注（一）…`.
fn begins(bare: &str, words: &[&str]) -> bool {
    let follows = |rest: &str| rest.starts_with([':', '：', '1', '一', '（', '(']);
    words.iter().any(|word| bare.strip_prefix(word).is_some_and(follows))
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
    let text = shown(beginning(remark, text));
    let message = match remark {
        Remark::Header => bilingual!(
            "这一行又是表头（“{text}”等），没有读取",
            "the row repeats the header (`{text}` and so on) and was not read"
        ),
        Remark::Total => {
            bilingual!("“{text}”一行是汇总，没有读取", "the row `{text}` is a total and was not read")
        }
        Remark::Measures => return measures_passed_over(),
        Remark::Signature => {
            bilingual!("“{text}”一行是签署，没有读取", "the row `{text}` is a signature and was not read")
        }
        Remark::Note => bilingual!("“{text}……”是说明，没有读取", "`{text}…` is a note and was not read"),
    };
    Finding::new(
        Code::RowPassedOver,
        message,
        match remark {
            Remark::Header => {
                bilingual!("可不理会，或删去这一行", "there is nothing to do; you may delete the row")
            }
            _ => bilingual!(
                "若这是一个单位的数据，写上它的代码",
                "if these are data of a unit, write its code"
            ),
        },
    )
}

/// What of a row is told: of signatures the label, of a note the first word, for
/// people may be named in the others.
fn beginning(remark: Remark, text: &str) -> &str {
    let label = text.split([':', '：']).next().unwrap_or(text);
    match remark {
        Remark::Signature => label,
        Remark::Note => {
            let word = label.split(['（', '(', ' ']).next().unwrap_or(label);
            word.char_indices().nth(4).and_then(|(end, _)| word.get(..end)).unwrap_or(word)
        }
        _ => text,
    }
}
