//! The forms that numbers of persons have.

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// 11 digits under a prefix that is given out for mobile phones.
    Mobile,
    /// An area code and 7 or 8 digits.
    Landline,
    /// 18 digits with place, day of birth and check digit (GB 11643-1999).
    Identity,
    /// The same, but for the check digit.
    NearlyIdentity,
    /// 15 digits with place and day of birth, as issued until 1999.
    OldIdentity,
    /// An address of e-mail.
    Mail,
}

/// Whether 11 digits begin as numbers of mobile phones do.
pub fn is_mobile(digits: &[u8]) -> bool {
    match digits {
        [b'1', b'3' | b'7' | b'8', ..] => true,
        [b'1', b'4', third, ..] => (b'5'..=b'9').contains(third),
        [b'1', b'5', third, ..] => *third != b'4',
        [b'1', b'6', third, ..] => matches!(third, b'2' | b'5' | b'6' | b'7'),
        [b'1', b'9', third, ..] => *third != b'4',
        _ => false,
    }
}

/// Whether digits are an area code: `010`, `02x`, or four digits from `03` to `09`.
pub fn is_area(digits: &[u8]) -> bool {
    matches!(digits, [b'0', b'1', b'0'] | [b'0', b'2', _] | [b'0', b'3'..=b'9', _, _])
}

/// Weights of the 17 digits and the check characters of GB 11643-1999.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";

/// What 18 digits, of which the last may be an X, are; `None` without a valid place
/// and day of birth.
pub fn identity(text: &str) -> Option<Number> {
    let (body, last) = text.split_at_checked(17)?;
    let year: u32 = body.get(6..10)?.parse().ok()?;
    if !body.bytes().all(|byte| byte.is_ascii_digit()) || !(1900..=2099).contains(&year) {
        return None;
    }
    if !is_place(body) || !is_day(body.get(10..14)?) {
        return None;
    }
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    let check = CHECKS.get((sum % 11) as usize).copied();
    match last.to_ascii_uppercase().bytes().next() {
        last if last == check => Some(Number::Identity),
        Some(b'0'..=b'9' | b'X') => Some(Number::NearlyIdentity),
        _ => None,
    }
}

/// What 15 digits are. Born before 1940 nobody has one that counts, and numbers of
/// work orders have a year like 25 there.
pub fn old_identity(text: &str) -> Option<Number> {
    let year: u32 = text.get(6..8)?.parse().ok()?;
    (year >= 40 && is_place(text) && is_day(text.get(8..12)?)).then_some(Number::OldIdentity)
}

/// Codes of provinces (GB/T 2260), of Hong Kong, Macao and Taiwan, and of residence
/// permits of foreigners.
fn is_place(text: &str) -> bool {
    let code: u32 = text.get(..2).and_then(|code| code.parse().ok()).unwrap_or(0);
    matches!(code, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83 | 91)
}

fn is_day(text: &str) -> bool {
    let part = |range| text.get(range).and_then(|part: &str| part.parse::<u32>().ok()).unwrap_or(0);
    let last = match part(0..2) {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 29,
        _ => return false,
    };
    (1..=last).contains(&part(2..4))
}
