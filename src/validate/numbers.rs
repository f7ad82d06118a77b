use super::not_numbers;
use crate::diagnostics::Findings;
use crate::input::{Table, TableRow};
use crate::model::Absence;

/// Words that people write where there is no value.
const WORDS_FOR_NOTHING: [&str; 22] = [
    "n/a",
    "na",
    "n.a.",
    "null",
    "none",
    "nil",
    "无",
    "缺",
    "缺失",
    "暂无",
    "未知",
    "不详",
    "未统计",
    "空",
    "空白",
    "没有",
    "无数据",
    "暂无数据",
    "暂缺",
    "未报",
    "未填",
    "未填报",
];

/// Words that people write where there is nothing to know.
const WORDS_FOR_NOT_APPLICABLE: [&str; 3] = ["不适用", "不涉及", "not applicable"];

/// What a field says, apart from numbers, in the words that people use.
pub(super) fn absence(text: &str) -> Option<Absence> {
    // No such word begins with a digit, and most fields do.
    if text.starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let word: String = text.chars().map(half_width).collect::<String>().to_lowercase();
    // Dashes, strokes and dots in any number and width, which a blank is filled with.
    let is_stroke =
        |letter: char| matches!(letter, '-' | '–' | '—' | '―' | '─' | '_' | '/' | '\\' | '~' | '…' | '.');
    if word.chars().all(is_stroke) || WORDS_FOR_NOTHING.contains(&word.as_str()) {
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
    let number = number(text, measure);
    let doubt = doubtful_comma(text).filter(|_| table.separator() == Some(';'));
    let header = table.headers().get(column).map_or("", String::as_str);
    let finding = match (number, doubt) {
        (_, Some(readings)) => not_numbers::doubtful_comma(header, text, readings),
        (Some(number), _) if number.is_finite() => return Some(number),
        _ => not_numbers::finding(header, text, measure, number.is_some()),
    };
    findings.push(finding.at(table.place(row, column)));
    None
}

/// The number that a text means in a column of `measure`.
pub(super) fn number(text: &str, measure: &str) -> Option<f64> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let plain: String = text.chars().map(half_width).collect();
    let plain = match plain.strip_suffix('%') {
        Some(number) if measure.contains('%') => number.trim_end(),
        // The unit of measure itself may stand behind its number.
        _ => plain.strip_suffix(measure).filter(|_| !measure.is_empty()).map_or(&*plain, str::trim_end),
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

/// The ASCII character that a letter of East Asian keyboards looks like.
pub(super) fn half_width(letter: char) -> char {
    match letter {
        '。' => '.',
        '﹪' => '%',
        '−' | '﹣' => '-',
        _ => {
            let code = u32::from(letter);
            let narrow = (0xFF01..=0xFF5E).contains(&code).then(|| char::from_u32(code - 0xFEE0)).flatten();
            narrow.unwrap_or(letter)
        }
    }
}

/// `1,234,567.8` as `1234567.8`, also where spaces that do not break part the
/// thousands (U+00A0, U+2009, U+202F).
fn without_separators(text: &str) -> Option<String> {
    let separator = if text.contains(',') { &[','][..] } else { &['\u{A0}', '\u{2009}', '\u{202F}'] };
    let (whole, fraction) = text.split_once('.').map_or((text, ""), |(whole, rest)| (whole, rest));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.trim_start_matches(['-', '+']).split(separator);
    let leads = groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && digits(first));
    let mut rest = groups.peekable();
    let grouped = leads && rest.peek().is_some() && rest.all(|group| group.len() == 3 && digits(group));
    (grouped && digits(fraction)).then(|| text.replace(separator, ""))
}

/// `30,125` as `30.125` and as `30125`: where semicolons part the fields, a comma
/// may be the decimal point.
fn doubtful_comma(text: &str) -> Option<[String; 2]> {
    let (whole, fraction) = text.split_once(',')?;
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_either = digits(whole.trim_start_matches('-'), 3) && fraction.len() == 3 && digits(fraction, 3);
    is_either.then(|| [format!("{whole}.{fraction}"), format!("{whole}{fraction}")])
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
            ("1.2万元", "元", 12_000.0),
            ("30 秒", "秒", 30.0),
            ("８８。４％", "%", 88.4),
            ("1\u{A0}234\u{A0}567", "件", 1_234_567.0),
            ("−3", "%", -3.0),
        ] {
            assert_eq!(number(text, measure), Some(expected), "{text}");
        }
        for (text, measure) in [
            ("66%", "秒"),
            ("1.2万", "万人"),
            ("4.200,5", "元"),
            ("12:30", "秒"),
            ("4,20", "元"),
            ("1 234", "件"),
            ("3分", "秒"),
        ] {
            assert_eq!(number(text, measure), None, "{text}");
        }
    }

    #[test]
    fn missing_is_not_the_same_as_not_applicable() {
        for word in ["", "—", "无", "/", "N/A", "暂无", "－－", "＼", "————", "无数据"] {
            assert_eq!(absence(word), Some(Absence::Missing), "{word}");
        }
        assert_eq!(absence("不适用"), Some(Absence::NotApplicable));
        assert_eq!(absence("0"), None);
    }

    #[test]
    fn a_comma_may_be_a_decimal_point() {
        assert_eq!(doubtful_comma("30,125"), Some(["30.125".to_owned(), "30125".to_owned()]));
        for text in ["1,234,567", "1,234.5", "30,12", "30"] {
            assert_eq!(doubtful_comma(text), None, "{text}");
        }
    }
}
