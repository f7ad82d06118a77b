/// Whether `text` is a time such as `2025-12-01T09:30:00+08:00`: a date, `T`, hours
/// and minutes, seconds if wished, and the offset from UTC.
pub fn is_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else { return false };
    let zone = time.find(['Z', '+', '-']);
    let Some((clock, offset)) = zone.and_then(|at| Some((time.get(..at)?, time.get(at..)?))) else {
        return false;
    };
    let offset_fits = offset == "Z"
        || offset.strip_prefix(['+', '-']).is_some_and(|hours| fits(hours, ':', &[(0, 14), (0, 59)]));
    let clock_fits = fits(clock, ':', &[(0, 23), (0, 59)]) || fits(clock, ':', &[(0, 23), (0, 59), (0, 60)]);
    let date_fits = date.split_once('-').is_some_and(|(year, rest)| {
        year.len() == 4
            && year.bytes().all(|byte| byte.is_ascii_digit())
            && fits(rest, '-', &[(1, 12), (1, 31)])
    });
    date_fits && clock_fits && offset_fits
}

/// Whether the text is numbers of two digits within these bounds.
fn fits(text: &str, between: char, bounds: &[(u32, u32)]) -> bool {
    let parts: Vec<&str> = text.split(between).collect();
    let within = |(part, (low, high)): (&&str, &(u32, u32))| {
        let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits && part.parse().is_ok_and(|number: u32| (*low..=*high).contains(&number))
    };
    parts.len() == bounds.len() && parts.iter().zip(bounds).all(within)
}

/// Seconds from the start of 1970 to a time such as [`is_time`] takes; the day is
/// found as Hinnant's `days_from_civil` does.
pub fn instant(text: &str) -> Option<i64> {
    let (date, time) = text.split_once('T').filter(|_| is_time(text))?;
    let zone = time.find(['Z', '+', '-'])?;
    let (clock, offset) = (time.get(..zone)?, time.get(zone..)?);
    let numbers = |text: &str, between: char| -> Vec<i64> {
        text.split(between).map(|part| part.parse().unwrap_or(0)).collect()
    };
    let &[year, month, day] = numbers(date, '-').as_slice() else { return None };
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let year = year - i64::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * shifted + 2) / 5 + day - 1;
    let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let seconds = |parts: &[i64]| parts.iter().zip([3600, 60, 1]).map(|(part, worth)| part * worth).sum();
    let ahead: i64 = seconds(&numbers(offset.trim_start_matches(['+', '-', 'Z']), ':'));
    let ahead = if offset.starts_with('-') { -ahead } else { ahead };
    let clock: i64 = seconds(&numbers(clock, ':'));
    Some((days - 719_468) * 86_400 + clock - ahead)
}

/// The time so many seconds after 1970 began, in UTC: `2025-12-01T01:30:00Z`.
///
/// The date is found by counting from 1 March of year 0, as Hinnant's
/// `civil_from_days` does (<https://howardhinnant.github.io/date_algorithms.html>).
pub fn utc(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Dates by `date -u -d @SECONDS`.
    #[test]
    fn seconds_become_a_date() {
        assert_eq!(utc(0), "1970-01-01T00:00:00Z");
        assert_eq!(utc(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(utc(1_764_547_199), "2025-11-30T23:59:59Z");
        assert!(is_time(&utc(1_764_547_199)));
    }

    /// Times by `date -u -d TIME +%s`.
    #[test]
    fn a_time_becomes_seconds() {
        assert_eq!(instant("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(instant("2000-02-29T08:00+08:00"), Some(951_782_400));
        assert_eq!(instant("2025-11-30T18:59:59-05:00"), Some(1_764_547_199));
        assert_eq!(instant("2025-11-30"), None);
    }

    #[test]
    fn a_time_has_an_offset() {
        assert!(is_time("2025-12-01T09:30+08:00") && is_time("2025-12-01T09:30:05Z"));
        for bad in
            ["2025-12-01", "2025-12-01T09:30", "2025-12-01 09:30Z", "2025-13-01T09:30Z", "25-12-01T9:30Z"]
        {
            assert!(!is_time(bad), "{bad}");
        }
    }
}
