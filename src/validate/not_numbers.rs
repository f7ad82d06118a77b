//! What is said of a field that holds no number, and what is to be done about it.

use super::numbers::{half_width, number};
use crate::diagnostics::{Bilingual, Code, Finding, bilingual, shown};

/// A finding, without a place, about a field that does not hold one finite
/// number. `is_infinite` tells one that is beyond all numbers.
pub(super) fn finding(header: &str, text: &str, measure: &str, is_infinite: bool) -> Finding {
    if is_formula_error(text) {
        formula_error(header, text)
    } else if text.starts_with('=') {
        formula_uncomputed(header)
    } else if is_infinite {
        not_finite(header, text)
    } else {
        not_a_number(header, text, measure)
    }
}

/// A finding, without a place, about a number that has two readings.
pub(super) fn doubtful_comma(header: &str, text: &str, readings: [String; 2]) -> Finding {
    let (header, text, [decimal, whole]) = (shown(header), shown(text), readings);
    Finding::new(
        Code::DoubtfulComma,
        bilingual!(
            "“{header}”列的“{text}”可能是 {decimal}，也可能是 {whole}：文件用分号分隔，逗号可能是小数点",
            "`{text}` in column `{header}` may be {decimal} or {whole}: semicolons part the fields, so a comma may be the decimal point"
        ),
        bilingual!("写 `{decimal}` 或 `{whole}`", "write `{decimal}` or `{whole}`"),
    )
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

fn formula_error(header: &str, text: &str) -> Finding {
    let header = shown(header);
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

fn formula_uncomputed(header: &str) -> Finding {
    let header = shown(header);
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

fn not_finite(header: &str, text: &str) -> Finding {
    let header = shown(header);
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

fn not_a_number(header: &str, text: &str, measure: &str) -> Finding {
    let header = shown(header);
    let value = shown(text);
    Finding::new(
        Code::NotANumber,
        bilingual!("“{header}”列的“{value}”不是数字", "`{value}` in column `{header}` is not a number"),
        help(text, measure),
    )
}

/// What to do, by what seems to be written.
fn help(text: &str, measure: &str) -> Bilingual {
    let plain: String = text.chars().map(half_width).collect();
    let is_number = |text: &str| number(text, "").is_some();
    if plain.strip_suffix('%').map(str::trim_end).is_some_and(is_number) {
        // A cell that is shown as a percentage holds a hundredth of what is seen.
        return bilingual!(
            "该列不以 % 计：核对数字；单元格若设为百分比格式，改为“常规”",
            "this column is not in %: check the number, and format the cell as General if it is shown as a percentage"
        );
    }
    if is_date_or_time(&plain) {
        return bilingual!(
            "单元格是日期或时间：设为“常规”格式，重新填写数字",
            "the cell holds a date or a time: format it as General and type the number anew"
        );
    }
    match before_a_note(&plain) {
        // What stands behind a number may be another unit of measure.
        Some((_, note)) if !measure.is_empty() && !note.starts_with('(') => {
            let measure = shown(measure);
            return bilingual!(
                "换算成以“{measure}”计的数，只写数字",
                "convert it to the unit of the indicator and write the number alone"
            );
        }
        Some((number, _)) => {
            return bilingual!("只写数字：`{number}`", "write the number alone: `{number}`");
        }
        None => {}
    }
    bilingual!(
        "写 `95.2` 这样的小数；缺失则留空",
        "write a decimal such as `95.2`, or leave the cell empty if the value is missing"
    )
}

/// `2025-03-25`, `2025-03-25 08:30:00` or `00:14:00`, as cells with dates and times
/// are read.
fn is_date_or_time(text: &str) -> bool {
    let shape: String =
        text.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
    let (date, time) = shape.split_once(' ').unwrap_or(("", &shape));
    let is_time = |text: &str| text.trim_start_matches('0') == ":00:00" && text.len() > 6;
    shape == "0000-00-00" || (["", "0000-00-00"].contains(&date) && is_time(time))
}

/// The number and the note of `79.9（estimate）` or `66 s`.
fn before_a_note(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | '-' | '+')))?;
    let (number, note) = text.split_at(end);
    let note = note.trim_start();
    let follows = note.starts_with(|letter: char| letter.is_alphabetic() || letter == '(');
    (follows && number.parse::<f64>().is_ok()).then_some((number, note))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_tells_what_to_write() {
        for (text, measure, number) in [("79.9（估计）", "%", "79.9"), ("66 s", "", "66")] {
            assert!(help(text, measure).en.contains(&format!("`{number}`")), "{text}");
        }
        assert!(help("3000%", "秒").en.contains("not in %"));
        for text in ["3分20秒", "12分钟", "3千"] {
            assert_eq!(help(text, "秒").zh, "换算成以“秒”计的数，只写数字", "{text}");
        }
        for text in ["2025-03-25", "1900-04-05 04:48:00", "00:14:00", "26:14:00"] {
            assert!(help(text, "秒").en.contains("General"), "{text}");
        }
        for text in ["4.200,5", "12:30", "七九", "4,20", "1.2.3"] {
            assert!(help(text, "%").en.contains("`95.2`"), "{text}");
        }
    }
}
