use calamine::{Data, Style};

/// Whether cells of this style are shown as percentages.
pub(super) fn shows_percent(style: &Style) -> bool {
    style.number_format.as_ref().is_some_and(|format| {
        // A percent sign in quotes or after a backslash is text, not a format.
        let (mut quoted, mut escaped) = (false, false);
        format.format_code.chars().any(|letter| {
            let plain = !quoted && !escaped;
            escaped = plain && letter == '\\';
            quoted ^= letter == '"';
            plain && letter == '%'
        })
    })
}

/// The text of a cell as a person reads it, numbers to their last digit: a
/// number that is shown as a percentage reads `95.3%`, a date `2025-12-01`.
pub(super) fn text(cell: &Data, percent: bool) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.trim().to_owned(),
        Data::Int(number) if percent => format!("{}%", number.saturating_mul(100)),
        Data::Int(number) => number.to_string(),
        Data::Float(number) if percent => format!("{}%", hundredfold(*number)),
        Data::Float(number) => number.to_string(),
        Data::Bool(true) => "TRUE".to_owned(),
        Data::Bool(false) => "FALSE".to_owned(),
        // Less than a day is a time of day, whatever day a program counts from.
        Data::DateTime(time) if time.is_datetime() && time.as_f64() >= 1.0 => {
            let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            match (hour, minute, second) {
                (0, 0, 0) => date,
                _ => format!("{date} {hour:02}:{minute:02}:{second:02}"),
            }
        }
        Data::DateTime(time) => clock(time.as_f64()),
        other => other.to_string(),
    }
}

/// Days as hours, minutes and seconds: never as a number, which would be taken for
/// one of another unit.
fn clock(days: f64) -> String {
    let seconds = (days.abs() * 86_400.0).round() as u64;
    let sign = if days < 0.0 { "-" } else { "" };
    format!("{sign}{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// The decimal digits of a number with the point two places further right: a
/// multiplication by 100 would add digits that nobody wrote. Like a spreadsheet,
/// it shows 15 significant digits, so that 96.2 / 100 reads 96.2.
fn hundredfold(number: f64) -> String {
    let shown: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    let written = shown.to_string();
    let (sign, digits) = written.strip_prefix('-').map_or(("", written.as_str()), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut moved: String = fraction.chars().chain(std::iter::repeat('0')).take(2).collect();
    moved.insert_str(0, whole);
    let rest: String = fraction.chars().skip(2).collect();
    let whole = moved.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_shown_as_a_clock_shows_them() {
        for (days, shown) in
            [(0.0, "00:00:00"), (24.0 / 86_400.0, "00:00:24"), (1.5, "36:00:00"), (-0.25, "-06:00:00")]
        {
            assert_eq!(clock(days), shown);
        }
    }

    #[test]
    fn a_percentage_keeps_its_digits() {
        for (number, shown) in [
            (0.953, "95.3"),
            (0.29, "29"),
            (1.0, "100"),
            (0.0, "0"),
            (0.0057, "0.57"),
            (-0.125, "-12.5"),
            (12.0, "1200"),
            (96.2 / 100.0, "96.2"),
        ] {
            assert_eq!(hundredfold(number), shown);
        }
        assert_eq!(text(&Data::Float(0.57), true), "57%");
        assert_eq!(text(&Data::Float(95.0), false), "95");
    }
}
