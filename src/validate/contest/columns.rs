use std::cmp::Ordering;

use crate::diagnostics::{Bilingual, Code, Finding, Findings, Lang, bilingual, did_you_mean, shown};
use crate::input::{Table, TableRow};

/// The headers that a column may have, the English one first.
pub(in crate::validate) type Names = &'static [&'static str];

pub(super) const ENTRY: Names = &["entry", "编号", "参赛编号", "队伍编号", "Entry"];
pub(super) const MEMBER: Names = &["member", "选手", "选手编号", "Member"];
pub(super) const JUDGE: Names = &["judge", "评委", "评委编号"];
pub(super) const PANEL: Names = &["panel", "评委组"];
pub(super) const ROUNDS: Names = &["rounds", "轮次"];
pub(super) const NAME_ZH: Names = &["name_zh", "名称", "姓名"];
pub(super) const NAME_EN: Names = &["name_en", "英文名称", "英文名"];
pub(super) const ELIGIBLE: Names = &["eligible", "参评"];
pub(super) const CRITERION: Names = &["criterion", "评分项", "项目"];
pub(super) const MARK: Names = &["mark", "分数", "得分"];
pub(super) const ATTEMPT: Names = &["attempt", "动作", "次序", "Attempt"];
pub(super) const ROUND: Names = &["round", "轮次"];
pub(super) const KIND: Names = &["kind", "事项"];
pub(super) const VALUE: Names = &["value", "数值"];
pub(super) const OLD: Names = &["old", "原值"];
pub(super) const BY: Names = &["by", "经办"];
pub(super) const REASON: Names = &["reason", "理由"];
pub(super) const TOTAL: Names = &["total", "合计", "总分", "Total"];
pub(super) const ORDER: Names = &["order", "顺序", "出场顺序", "Order"];
pub(super) const REMARKS: Names = &["remarks", "备注", "Remarks"];

/// What a column of a score sheet holds beside marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetColumn {
    /// The number in the order of appearance.
    Order,
    /// The entry's code.
    Entry,
    /// The member's code.
    Member,
    /// The attempt's code.
    Attempt,
    /// The sum of the marks of the row.
    Total,
    /// What the judge has to say; it is not read.
    Remarks,
}

impl SheetColumn {
    /// What the column is called on a blank sheet.
    pub fn head(self, lang: Lang) -> &'static str {
        let names = self.names();
        match lang {
            Lang::Zh => names.get(1),
            Lang::En => names.last(),
        }
        .copied()
        .unwrap_or_default()
    }

    /// Where a table has it.
    pub fn find(self, table: &Table) -> Option<usize> {
        find(table, self.names())
    }

    fn names(self) -> Names {
        match self {
            Self::Order => ORDER,
            Self::Entry => ENTRY,
            Self::Member => MEMBER,
            Self::Attempt => ATTEMPT,
            Self::Total => TOTAL,
            Self::Remarks => REMARKS,
        }
    }
}

/// The position of the column with one of these headers.
pub(in crate::validate) fn find(table: &Table, names: Names) -> Option<usize> {
    names.iter().find_map(|name| table.column(name))
}

/// The same, and a finding when there is none.
pub(in crate::validate) fn need(table: &Table, names: Names, findings: &mut Findings) -> Option<usize> {
    let found = find(table, names);
    if found.is_none() {
        findings.push(missing(table, names));
    }
    found
}

pub(super) fn missing(table: &Table, names: Names) -> Finding {
    let (en, zh) = (names.first().copied().unwrap_or(""), names.get(1).copied().unwrap_or(""));
    let headers = || table.headers().iter().map(String::as_str).filter(|header| !header.is_empty());
    let near = names.iter().find_map(|name| did_you_mean(name, headers()));
    let help = match near {
        Some(near) => {
            bilingual!("把列“{near}”改名为“{zh}”或 `{en}`", "rename the column `{near}` to `{en}` or `{zh}`")
        }
        None => bilingual!("加上列“{zh}”（或 `{en}`）", "add a column `{en}` (or `{zh}`)"),
    };
    Finding::new(Code::MissingColumn, bilingual!("缺少列“{zh}”", "there is no column `{en}`"), help)
        .at(table.header_row_place())
}

/// A code that nobody has.
pub(super) fn unknown(what: (&str, &str), code: &str, known: &[&str]) -> Finding {
    let (zh, en) = what;
    let near = did_you_mean(code, known.iter().copied());
    let help = match near {
        Some(near) => bilingual!("是否想写 `{near}`？", "did you mean `{near}`?"),
        None if known.len() <= 12 && !known.is_empty() => {
            let list = known.join(", ");
            bilingual!("可用：{list}", "the choices are {list}")
        }
        None => bilingual!("改正，或先登记它", "correct it, or register it first"),
    };
    let code = shown(code);
    Finding::new(Code::UnknownName, bilingual!("没有{zh}“{code}”", "there is no {en} `{code}`"), help)
}

/// A field that must be filled and is not.
pub(super) fn empty(table: &Table, row: &TableRow, column: usize) -> Finding {
    let header = table.headers().get(column).map_or("", String::as_str);
    Finding::new(
        Code::EmptyCell,
        bilingual!("列“{header}”是空的", "the column `{header}` is empty here"),
        bilingual!("填上；多余的行删去", "fill it in, or delete the row"),
    )
    .at(table.place(row, column))
}

/// A text that should be a number.
pub(super) fn not_a_number(text: &str, column: Bilingual) -> Finding {
    let (text, zh, en) = (shown(text), column.zh, column.en);
    Finding::new(
        Code::NotANumber,
        bilingual!("{zh}“{text}”不是数字", "`{text}` is not a number, in {en}"),
        bilingual!("写小数，例如 `95.25`；没有则留空", "write a decimal such as `95.25`, or leave it empty"),
    )
}

/// Codes in the order in which people count: `T2` before `T10`.
pub(super) fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        match (left.chars().next(), right.chars().next()) {
            (None, None) => return a.cmp(b),
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (x, rest_left) = digits(left);
                let (y, rest_right) = digits(right);
                match x.len().cmp(&y.len()).then_with(|| x.cmp(y)) {
                    Ordering::Equal => (left, right) = (rest_left, rest_right),
                    unequal => return unequal,
                }
            }
            (x, y) if x == y => {
                let skip = x.map_or(0, char::len_utf8);
                left = left.get(skip..).unwrap_or_default();
                right = right.get(skip..).unwrap_or_default();
            }
            (x, y) => return x.cmp(&y),
        }
    }
}

/// The digits a text starts with, without leading zeros, and the rest.
fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    (digits.trim_start_matches('0'), rest)
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn codes_are_ordered_as_people_count() {
        let mut codes = vec!["T10", "T2", "T02", "A", "T2-3", "T2-11"];
        codes.sort_by(|a, b| natural(a, b));
        assert_eq!(codes, ["A", "T02", "T2", "T2-3", "T2-11", "T10"]);
    }
}
