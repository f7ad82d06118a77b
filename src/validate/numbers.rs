use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual, shown};
use crate::input::{Table, TableRow};

/// Words that people write where there is no value.
const WORDS_FOR_NOTHING: [&str; 22] = [
    "n/a",
    "#n/a",
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

/// What a field of numbers may hold beside them.
#[derive(Clone, Copy, Default)]
pub(super) struct Allowed {
    /// Whether the file's definition can declare words for a missing value.
    pub(super) words: bool,
    /// Whether the numbers are percentages, so that a percent sign adds nothing.
    pub(super) percent: bool,
}

/// Reads a number from a field that is not empty. Anything but one finite
/// decimal number is a finding.
pub(super) fn read(
    table: &Table,
    row: &TableRow,
    column: usize,
    allowed: Allowed,
    findings: &mut Findings,
) -> Option<f64> {
    let text = row.field(column);
    let number = text.strip_suffix('%').filter(|_| allowed.percent).unwrap_or(text);
    let finding = match number.parse::<f64>() {
        Ok(number) if number.is_finite() => return Some(number),
        Ok(_) => not_finite(text, table, column),
        Err(_) => not_a_number(text, table, column, allowed.words),
    };
    findings.push(finding.at(table.place(row, column)));
    None
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

fn not_a_number(text: &str, table: &Table, column: usize, has_words: bool) -> Finding {
    let header = shown(table.headers().get(column).map_or("", String::as_str));
    let value = shown(text);
    Finding::new(
        Code::NotANumber,
        bilingual!("“{header}”列的“{value}”不是数字", "`{value}` in column `{header}` is not a number"),
        help(text, has_words),
    )
}

/// What to do, by what seems to be written.
fn help(text: &str, has_words: bool) -> Bilingual {
    if WORDS_FOR_NOTHING.contains(&text.to_lowercase().as_str()) {
        return match has_words {
            true => bilingual!(
                "缺失则留空，或在此 `[[data]]` 中写 `missing = [\"{text}\"]`",
                "leave the cell empty if the value is missing, or write `missing = [\"{text}\"]` in this `[[data]]`"
            ),
            false => bilingual!("缺失则留空", "leave the cell empty if the value is missing"),
        };
    }
    let plain: String = text.chars().map(half_width).collect();
    if plain != text && plain.parse::<f64>().is_ok() {
        return bilingual!("改用半角数字：`{plain}`", "write half-width digits: `{plain}`");
    }
    if let Some(number) =
        plain.strip_suffix('%').map(str::trim_end).filter(|rest| rest.parse::<f64>().is_ok())
    {
        return bilingual!("去掉百分号，写 `{number}`", "leave out the percent sign: write `{number}`");
    }
    if let Some(number) = without_separators(&plain) {
        return bilingual!(
            "去掉千位分隔符，写 `{number}`",
            "leave out the thousands separators: write `{number}`"
        );
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
fn half_width(letter: char) -> char {
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
    use super::help;

    #[test]
    fn the_help_tells_what_to_write() {
        for (text, number) in [
            ("79.9%", "79.9"),
            ("79.9 %", "79.9"),
            ("７９．９", "79.9"),
            ("-4,200.5", "-4200.5"),
            ("79.9（估计）", "79.9"),
            ("66 s", "66"),
        ] {
            assert!(help(text, true).en.contains(&format!("`{number}`")), "{text}");
        }
        for text in ["4.200,5", "12:30", "七九", "4,20", "1.2.3"] {
            assert!(help(text, true).en.contains("`95.2`"), "{text}");
        }
        assert!(help("N/A", true).en.contains("missing = [\"N/A\"]"));
    }
}
