//! Addresses of e-mail.

use super::{Part, PersonalKind};

/// The part before the `@` of every address in a text.
pub(super) fn parts(letters: &[char]) -> Vec<Part> {
    let ats = letters.iter().enumerate().filter(|(_, letter)| matches!(letter, '@' | '＠'));
    let found = ats.filter_map(|(at, _)| {
        let before = letters.get(..at)?.iter().rev().take_while(|letter| is_local(**letter)).count();
        let after: String = letters
            .get(at + 1..)?
            .iter()
            .map_while(|letter| plain(*letter))
            .filter(|letter| *letter != '%')
            .collect();
        let ending = after.trim_end_matches(['.', '-']).rsplit_once('.').map_or("", |(_, ending)| ending);
        let is_address =
            before > 0 && ending.len() > 1 && ending.bytes().all(|byte| byte.is_ascii_alphabetic());
        is_address.then_some(Part { kind: PersonalKind::Mail, range: at - before..at, likely: true })
    });
    found.collect()
}

fn is_local(letter: char) -> bool {
    plain(letter).is_some()
}

/// A letter of an address in ASCII, if it is one.
fn plain(letter: char) -> Option<char> {
    let ascii = match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xFEE0)?,
        _ => letter,
    };
    (ascii.is_ascii_alphanumeric() || "._%+-".contains(ascii)).then_some(ascii)
}
