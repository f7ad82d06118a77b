//! Periods in the ways that people write them.

use std::borrow::Cow;

use super::numbers::half_width;
use crate::diagnostics::{Code, Finding, bilingual, shown};

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Grain {
    Year,
    Half,
    Quarter,
    Month,
    Day,
}

/// A period of the calendar: its year, and which half, quarter or month of it or
/// which month and day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct When {
    grain: Grain,
    year: u32,
    part: u32,
    day: u32,
}

/// How the periods of a project are read. Where `edition` is written as one of
/// `2025`, `2025H1`, `2025Q1`, `2025-03`, `2025-03-01`, every other way of writing
/// a period of that length is read as this one; else periods stay as they are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Periods {
    grain: Option<Grain>,
}

impl Periods {
    /// Those of a project by its edition.
    pub(super) fn of(edition: &str) -> Self {
        let grain = When::read(edition).filter(|when| when.to_string() == edition).map(|when| when.grain);
        Self { grain }
    }

    /// The period that a field means; a finding without a place where it may mean
    /// another.
    pub(super) fn read<'t>(self, text: &'t str) -> Result<Cow<'t, str>, Box<Finding>> {
        let Some((grain, when)) = self.grain.zip(When::read(text)) else { return Ok(Cow::Borrowed(text)) };
        if grain == Grain::Month && is_january_or_october(text) {
            let year = when.year;
            let message = bilingual!(
                "“{text}”可能是 1 月，也可能是 10 月：2025.10 这样的数字会丢掉末尾的零",
                "`{text}` may be January or October: a number such as 2025.10 loses its last zero"
            );
            let help = bilingual!(
                "写 {year}-01 或 {year}-10，并把该列设为文本格式",
                "write {year}-01 or {year}-10, in a column formatted as text"
            );
            return Err(Box::new(Finding::new(Code::UnclearPeriod, message, help)));
        }
        let stands_for = match (grain, when.grain) {
            (wanted, found) if wanted == found => Some(when),
            // A spreadsheet keeps a month or a year as its first day.
            (Grain::Month, Grain::Day) if when.day == 1 => Some(When { grain, day: 0, ..when }),
            (Grain::Year, Grain::Day) if (when.part, when.day) == (1, 1) => {
                Some(When { grain, part: 0, day: 0, ..when })
            }
            (wanted, found) if found > wanted => None,
            // What is longer than a period is a mistake of another kind.
            _ => return Ok(Cow::Borrowed(text)),
        };
        match stands_for {
            Some(when) => Ok(Cow::Owned(when.to_string())),
            None => {
                let example = grain.example(when.year);
                let text = shown(text);
                Err(Box::new(Finding::new(
                    Code::UnclearPeriod,
                    bilingual!("“{text}”只是一期中的一段", "`{text}` is only a part of a period"),
                    bilingual!("写期次本身，例如 {example}", "write the period itself, such as {example}"),
                )))
            }
        }
    }
}

impl Grain {
    fn example(self, year: u32) -> String {
        When { grain: self, year, part: 1, day: 1 }.to_string()
    }
}

impl std::fmt::Display for When {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { grain, year, part, day } = *self;
        match grain {
            Grain::Year => write!(f, "{year:04}"),
            Grain::Half => write!(f, "{year:04}H{part}"),
            Grain::Quarter => write!(f, "{year:04}Q{part}"),
            Grain::Month => write!(f, "{year:04}-{part:02}"),
            Grain::Day => write!(f, "{year:04}-{part:02}-{day:02}"),
        }
    }
}

impl When {
    fn read(text: &str) -> Option<Self> {
        let plain: String =
            text.chars().map(half_width).filter(|letter| !letter.is_whitespace()).collect::<String>();
        let plain = plain.strip_suffix("00:00:00").unwrap_or(&plain);
        Self::named(plain).or_else(|| Self::of_digits(plain)).or_else(|| Self::of_parts(plain))
    }

    /// `2025Q1`, `2025年第一季度`, `2025年上半年`, `2025年度`.
    fn named(text: &str) -> Option<Self> {
        let year = year_of(text.get(..4)?)?;
        let rest = text.get(4..)?.trim_start_matches(['年', '-']);
        let of = |grain, part| Some(Self { grain, year, part, day: 0 });
        match rest {
            "" | "度" | "全年" if !text.ends_with('-') => return of(Grain::Year, 0),
            "上半年" | "H1" | "h1" => return of(Grain::Half, 1),
            "下半年" | "H2" | "h2" => return of(Grain::Half, 2),
            _ => {}
        }
        let quarter = rest
            .strip_prefix(['Q', 'q'])
            .or_else(|| rest.strip_suffix("季度").map(|rest| rest.trim_start_matches('第')));
        let quarter = match quarter? {
            "1" | "一" => 1,
            "2" | "二" => 2,
            "3" | "三" => 3,
            "4" | "四" => 4,
            _ => return None,
        };
        of(Grain::Quarter, quarter)
    }

    /// `202503`, `20250301`, or the number of a day in a spreadsheet.
    fn of_digits(text: &str) -> Option<Self> {
        let number: u32 = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())??;
        match text.len() {
            5 if (30_000..60_000).contains(&number) => Some(of_serial(number)),
            6 => Self::checked(number / 100, number % 100, None),
            8 => Self::checked(number / 10_000, number / 100 % 100, Some(number % 100)),
            _ => None,
        }
    }

    /// `2025年3月`, `2025.3.1`, `2025/03/01`, `2025-3`.
    fn of_parts(text: &str) -> Option<Self> {
        let text = text.trim_end_matches('份').trim_end_matches(['日', '号']);
        let text = text.strip_suffix('月').unwrap_or(text);
        let parts: Vec<&str> = text.split(['年', '月', '.', '/', '-']).collect();
        let number = |part: &str| -> Option<u32> {
            let short = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            short.then(|| part.parse().ok())?
        };
        match parts.as_slice() {
            [year, month] => Self::checked(year_of(year)?, number(month)?, None),
            [year, month, day] => Self::checked(year_of(year)?, number(month)?, Some(number(day)?)),
            _ => None,
        }
    }

    fn checked(year: u32, month: u32, day: Option<u32>) -> Option<Self> {
        let known = (1900..2200).contains(&year) && (1..=12).contains(&month);
        let day_known = day.is_none_or(|day| (1..=31).contains(&day));
        let grain = if day.is_some() { Grain::Day } else { Grain::Month };
        (known && day_known).then_some(Self { grain, year, part: month, day: day.unwrap_or(0) })
    }
}

fn year_of(text: &str) -> Option<u32> {
    let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?.filter(|year| (1900..2200).contains(year))
}

/// `2025.1`, which is also what a spreadsheet makes of the number 2025.10.
fn is_january_or_october(text: &str) -> bool {
    let plain: String = text.chars().map(half_width).collect();
    plain.split_once('.').is_some_and(|(_, month)| month == "1")
}

/// The day that a spreadsheet numbers so: 1 is the first of January 1900, and a
/// day that never was, 29 February 1900, has a number too. Civil dates after
/// Hinnant, "chrono-compatible low-level date algorithms".
fn of_serial(serial: u32) -> When {
    // Days from 1 March of the year 0 to 30 December 1899.
    let days = serial + 693_899;
    let era = days / 146_097;
    let of_era = days % 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u32::from(month <= 2);
    When { grain: Grain::Day, year, part: month, day }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(edition: &str, text: &str) -> Option<String> {
        Periods::of(edition).read(text).ok().map(Cow::into_owned)
    }

    #[test]
    fn a_period_is_the_same_however_it_is_written() {
        for text in [
            "2025年3月",
            "2025.3",
            "2025/3",
            "2025-03",
            "202503",
            "２０２５年３月",
            "2025年03月份",
            "2025-03-01",
            "45717",
        ] {
            assert_eq!(read("2025-12", text).as_deref(), Some("2025-03"), "{text}");
        }
        for text in ["2025年3月1日", "2025.3.1", "2025/3/1", "2025-03-01 00:00:00", "20250301", "45717"] {
            assert_eq!(read("2025-12-31", text).as_deref(), Some("2025-03-01"), "{text}");
        }
        for text in ["2025年第一季度", "2025年一季度", "2025Q1", "2025-Q1", "2025年1季度"] {
            assert_eq!(read("2025Q4", text).as_deref(), Some("2025Q1"), "{text}");
        }
        for text in ["2025", "2025年", "2025年度", "2025-01-01"] {
            assert_eq!(read("2025", text).as_deref(), Some("2025"), "{text}");
        }
        assert_eq!(read("2025H1", "2025年上半年").as_deref(), Some("2025H1"));
    }

    #[test]
    fn what_may_mean_another_period_is_not_guessed() {
        for (edition, text) in [("2025-10", "2025.1"), ("2025", "2025年3月"), ("2025-03", "2025-03-15")] {
            assert_eq!(read(edition, text), None, "{text}");
        }
    }

    #[test]
    fn other_words_stay_as_they_are() {
        for (edition, text) in
            [("第三届", "2025年"), ("2025", "第三届"), ("2025-03", "2025"), ("2025", "2025.13")]
        {
            assert_eq!(read(edition, text).as_deref(), Some(text), "{text}");
        }
    }

    #[test]
    fn days_of_a_spreadsheet_are_those_of_the_calendar() {
        // 1 January 2000 is 36526, 29 February 2024 is 45351, 31 December 2025 is 46022.
        for (serial, day) in [(36_526, "2000-01-01"), (45_351, "2024-02-29"), (46_022, "2025-12-31")] {
            assert_eq!(of_serial(serial).to_string(), day);
        }
    }
}
