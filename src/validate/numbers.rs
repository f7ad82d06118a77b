use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual, shown};
use crate::input::{Table, TableRow};
use crate::model::Absence;

/// Words that people write where there is no value.
const WORDS_FOR_NOTHING: [&str; 21] = [
    "n/a",
    "na",
    "n.a.",
    "null",
    "none",
    "nil",
    "-",
    "--",
    "—",
    "——",
    "/",
    "…",
    "...",
    "无",
    "缺",
    "缺失",
    "暂无",
    "未知",
    "不详",
    "未统计",
    "空",
];

/// Words that people write where there is nothing to know.
const WORDS_FOR_NOT_APPLICABLE: [&str; 2] = ["不适用", "not applicable"];

/// What a field says, apart from numbers, in the words that people use.
pub(super) fn absence(text: &str) -> Option<Absence> {
    // No such word begins with a digit, and most fields do.
    if text.starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let word = text.to_lowercase();
    if text.is_empty() || WORDS_FOR_NOTHING.contains(&word.as_str()) {
        return Some(Absence::Missing);
    }
    WORDS_FOR_NOT_APPLICABLE.contains(&word.as_str()).then_some(Absence::NotApplicable)
}

/// Reads a number from a field that holds something. Full-width digits,
/// thousands separators, and the percent sign of a percentage are read as
/// people mean them; `1.2万` is 12000 unless `measure` counts in 万 or 亿 itself.
/// Anything but one finite decimal number is a finding.
pub(super) fn read(
    table: &Table,
    row: &TableRow,
    column: usize,
    measure: &str,
    findings: &mut Findings,
) -> Option<f64> {
    let text = row.field(column);
    let finding = match number(text, measure) {
        Some(number) if number.is_finite() => return Some(number),
        _ if is_formula_error(text) => formula_error(text, table, column),
        _ if text.starts_with('=') => formula_uncomputed(table, column),
        Some(_) => not_finite(text, table, column),
        None => not_a_number(text, table, column),
    };
    findings.push(finding.at(table.place(row, column)));
    None
}

/// The number that a text means in a column of `measure`.
fn number(text: &str, measure: &str) -> Option<f64> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let plain: String = text.chars().map(half_width).collect();
    let plain = match plain.strip_suffix('%') {
        Some(number) if measure.contains('%') => number.trim_end(),
        _ => &plain,
    };
    let (digits, zeros) = match plain.chars().last() {
        Some('万') if !measure.contains(['万', '亿']) => (plain.trim_end_matches('万'), "e4"),
        Some('亿') if !measure.contains(['万', '亿']) => (plain.trim_end_matches('亿'), "e8"),
        _ => (plain, ""),
    };
    let digits = without_separators(digits.trim()).unwrap_or_else(|| digits.trim().to_owned());
    // The decimal is moved in its digits, so that 1.2万 is 12000 and nothing else.
    format!("{digits}{zeros}").parse().ok()
}

/// Whether a field holds the error of a formula, as spreadsheets write it.
fn is_formula_error(text: &str) -> bool {
    const ERRORS: [&str; 10] = [
        "#DIV/0!",
        "#N/A",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#REF!",
        "#VALUE!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
    ];
    let numbered = text.strip_prefix("Err:").or_else(|| text.strip_prefix("错误:"));
    ERRORS.contains(&text) || numbered.is_some_and(|number| number.parse::<u16>().is_ok())
}

fn formula_error(text: &str, table: &Table, column: usize) -> Finding {
    let header = shown(table.headers().get(column).map_or("", String::as_str));
    let value = shown(text);
    let help = match text {
        "#DIV/0!" => bilingual!(
            "分母为零或空白：补上分母；确实没有数据则清空单元格",
            "the denominator is zero or blank: fill it in, or clear the cell if there are no data"
        ),
        _ => bilingual!(
            "改正公式；确实没有数据则清空单元格",
            "correct the formula, or clear the cell if there are no data"
        ),
    };
    let message =
        bilingual!("“{header}”列的公式出错：{value}", "the formula in column `{header}` has failed: {value}");
    Finding::new(Code::FormulaError, message, help)
}

fn formula_uncomputed(table: &Table, column: usize) -> Finding {
    let header = shown(table.headers().get(column).map_or("", String::as_str));
    Finding::new(
        Code::FormulaUncomputed,
        bilingual!(
            "“{header}”列此处是公式，文件中没有它的结果",
            "column `{header}` has a formula here whose value is not in the file"
        ),
        bilingual!(
            "在 Excel 或 WPS 中打开并保存一次，或改写为数值",
            "open the file in Excel or WPS and save it once, or write the value"
        ),
    )
}

fn not_finite(text: &str, table: &Table, column: usize) -> Finding {
    let header = shown(table.headers().get(column).map_or("", String::as_str));
    let is_word = text.chars().any(|letter| letter.is_alphabetic() && !matches!(letter, 'e' | 'E'));
    let value = shown(text);
    if is_word {
        return Finding::new(
            Code::NotFinite,
            bilingual!(
                "“{header}”列的“{value}”不是有限的数",
                "`{value}` in column `{header}` is not a finite number"
            ),
            bilingual!(
                "更正计算（例如除以零）；确实缺失则留空",
                "correct the calculation (a division by zero?), or leave the cell empty if the value is missing"
            ),
        );
    }
    Finding::new(
        Code::NotFinite,
        bilingual!("“{header}”列的“{value}”过大", "`{value}` in column `{header}` is too large"),
        bilingual!("更正数值", "correct the value"),
    )
}

fn not_a_number(text: &str, table: &Table, column: usize) -> Finding {
    let header = shown(table.headers().get(column).map_or("", String::as_str));
    let value = shown(text);
    Finding::new(
        Code::NotANumber,
        bilingual!("“{header}”列的“{value}”不是数字", "`{value}` in column `{header}` is not a number"),
        help(text),
    )
}

/// What to do, by what seems to be written.
fn help(text: &str) -> Bilingual {
    let plain: String = text.chars().map(half_width).collect();
    let is_number = |text: &str| number(text, "").is_some();
    if let Some(number) = plain.strip_suffix('%').map(str::trim_end).filter(|rest| is_number(rest)) {
        return bilingual!("去掉百分号，写 `{number}`", "leave out the percent sign: write `{number}`");
    }
    if let Some(number) = before_a_note(&plain) {
        return bilingual!("只写数字：`{number}`", "write the number alone: `{number}`");
    }
    bilingual!(
        "写 `95.2` 这样的小数；缺失则留空",
        "write a decimal such as `95.2`, or leave the cell empty if the value is missing"
    )
}

/// The ASCII character that a full-width one looks like.
pub(super) fn half_width(letter: char) -> char {
    let code = u32::from(letter);
    let narrow = (0xFF01..=0xFF5E).contains(&code).then(|| char::from_u32(code - 0xFEE0)).flatten();
    narrow.unwrap_or(letter)
}

/// `1,234,567.8` as `1234567.8`.
fn without_separators(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').map_or((text, ""), |(whole, rest)| (whole, rest));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let leads = groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && digits(first));
    let mut rest = groups.peekable();
    let grouped = leads && rest.peek().is_some() && rest.all(|group| group.len() == 3 && digits(group));
    (grouped && digits(fraction)).then(|| text.replace(',', ""))
}

/// The number in `79.9（estimate）` or `66 s`.
fn before_a_note(text: &str) -> Option<&str> {
    let end = text.find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | '-' | '+')))?;
    let (number, note) = text.split_at(end);
    let follows = note.trim_start().starts_with(|letter: char| letter.is_alphabetic() || letter == '(');
    (follows && number.parse::<f64>().is_ok()).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_mean_it() {
        for (text, measure, expected) in [
            ("95.2", "%", 95.2),
            ("95.2%", "%", 95.2),
            ("９５．２％", "%", 95.2),
            ("1,234,567.8", "元", 1_234_567.8),
            ("-4,200.5", "元", -4200.5),
            ("１，２３４", "件", 1234.0),
            ("1.2万", "件", 12_000.0),
            ("3亿", "元", 300_000_000.0),
        ] {
            assert_eq!(number(text, measure), Some(expected), "{text}");
        }
        for (text, measure) in
            [("66%", "秒"), ("1.2万", "万人"), ("4.200,5", "元"), ("12:30", "秒"), ("4,20", "元")]
        {
            assert_eq!(number(text, measure), None, "{text}");
        }
    }

    #[test]
    fn missing_is_not_the_same_as_not_applicable() {
        for word in ["", "—", "无", "/", "N/A", "暂无"] {
            assert_eq!(absence(word), Some(Absence::Missing), "{word}");
        }
        assert_eq!(absence("不适用"), Some(Absence::NotApplicable));
        assert_eq!(absence("0"), None);
    }

    #[test]
    fn the_help_tells_what_to_write() {
        for (text, number) in [("79.9 %", "79.9"), ("79.9（估计）", "79.9"), ("66 s", "66")] {
            assert!(help(text).en.contains(&format!("`{number}`")), "{text}");
        }
        for text in ["4.200,5", "12:30", "七九", "4,20", "1.2.3"] {
            assert!(help(text).en.contains("`95.2`"), "{text}");
        }
    }
}
