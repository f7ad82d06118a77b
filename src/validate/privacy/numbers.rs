//! Numbers of persons: mobile phones, landlines, identity cards; addresses of e-mail.

use unicode_normalization::UnicodeNormalization as _;

pub(super) use crate::diagnostics::Number;
use crate::diagnostics::{identity, is_mobile, old_identity};

/// The first number of a person in a value, and whether it is all of the value.
/// Full-width digits, spaces, hyphens and `+86` make no difference.
pub(super) fn find(value: &str) -> Option<(Number, bool)> {
    if value.len() < 7 {
        return None;
    }
    let text: String = value.nfkc().filter(|letter| !letter.is_whitespace()).collect();
    if is_mail(&text) {
        return Some((Number::Mail, true));
    }
    if text.bytes().filter(u8::is_ascii_digit).count() < 10 {
        return None;
    }
    let belongs = |letter: char| letter.is_ascii_alphanumeric() || "-+().*".contains(letter);
    let found = text.split(|letter| !belongs(letter)).find_map(|part| Some((part, number(part)?)));
    found.map(|(part, number)| (number, part.len() == text.len()))
}

/// The digits of a value, as they are compared: no separators, no `+86`.
pub(super) fn bare(value: &str) -> String {
    let text: String = value.nfkc().filter(|letter| !letter.is_whitespace()).collect();
    match number(&text) {
        Some(Number::Mail) | None => text.to_lowercase(),
        Some(_) => digits(&text).to_uppercase(),
    }
}

fn number(part: &str) -> Option<Number> {
    let digits = digits(part);
    let all = digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.len() {
        11 if all && is_mobile(digits.as_bytes()) => Some(Number::Mobile),
        10..=12 if all && has_area(part) => Some(Number::Landline),
        18 => identity(&digits),
        15 if all => old_identity(&digits),
        _ => None,
    }
}

fn digits(part: &str) -> String {
    let digits: String = part.chars().filter(|letter| !"-()".contains(*letter)).collect();
    let rest = digits.strip_prefix("+86").or_else(|| digits.strip_prefix("0086"));
    let rest = rest.or_else(|| digits.strip_prefix("86").filter(|rest| rest.len() == 11));
    rest.unwrap_or(&digits).to_owned()
}

/// `0551-12345678`, `(010)12345678`: only a separator tells it from other numbers.
fn has_area(part: &str) -> bool {
    let part = part.trim_start_matches('(').replace(')', "-");
    part.split_once('-').is_some_and(|(area, rest)| {
        let rest = rest.trim_start_matches('-');
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        area.starts_with('0')
            && (3..=4).contains(&area.len())
            && (7..=8).contains(&rest.len())
            && digits(rest)
    })
}

fn is_mail(text: &str) -> bool {
    text.is_ascii()
        && text.split_once('@').is_some_and(|(local, domain)| {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte);
            let ending = domain.rsplit_once('.').map_or("", |(_, ending)| ending);
            !local.is_empty() && local.bytes().chain(domain.bytes()).all(plain) && ending.len() >= 2
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_persons_are_known_by_their_form() {
        for (value, found) in [
            ("13812345678", Some((Number::Mobile, true))),
            ("+86 138-1234-5678", Some((Number::Mobile, true))),
            ("８６１３８１２３４５６７８", Some((Number::Mobile, true))),
            ("请回电13812345678，谢谢", Some((Number::Mobile, false))),
            ("0551-62345678", Some((Number::Landline, true))),
            ("（010）62345678", Some((Number::Landline, true))),
            // The example of GB 11643-1999.
            ("11010519491231002X", Some((Number::Identity, true))),
            ("440524188001010014", None),
            ("110105194912310021", Some((Number::NearlyIdentity, true))),
            ("110105491231002", Some((Number::OldIdentity, true))),
            ("a.b@example.org", Some((Number::Mail, true))),
            ("340100250101001", None),
            ("340100000000", None),
            ("GD13812345678", None),
            ("13812345678.5", None),
            ("12345678901", None),
            ("138****5678", None),
            ("2025-12-01 08:30:00", None),
            ("0551-12345", None),
        ] {
            assert_eq!(find(value), found, "{value}");
        }
        assert_eq!(bare("+86 138-1234-5678"), bare("１３８１２３４５６７８"));
    }
}
