//! What a text holds of persons: numbers of phones and identity cards, addresses of
//! e-mail, and names that a label announces. Found in whatever spelling, and starred.

mod beside;
mod groups;
mod labels;
mod mail;
mod shapes;

use std::borrow::Cow;
use std::ops::Range;

pub use beside::SURNAMES;
pub use labels::NAMED;
pub use shapes::{Number, identity, is_mobile, old_identity};

use groups::Groups;

/// What is personal about a part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonalKind {
    /// The number of a phone.
    Phone,
    /// The number of an identity card.
    Identity,
    /// An address of e-mail.
    Mail,
    /// A name of a person.
    Name,
}

/// A part of a text that may be personal, in characters.
#[derive(Clone, Debug, PartialEq)]
struct Part {
    kind: PersonalKind,
    range: Range<usize>,
    /// Whether it is so likely to be one that a text may be refused for it: numbers
    /// of work orders are starred, but not refused.
    likely: bool,
}

/// Digits that stay, so that a reader sees what kind of number it was.
const SHOWN: usize = 3;

/// What is very likely personal in a text: a number or an address before a name.
pub fn personal_in(text: &str) -> Option<PersonalKind> {
    let parts = parts(&letters_of(text)?).into_iter().filter(|part| part.likely);
    parts.map(|part| part.kind).min_by_key(|kind| *kind == PersonalKind::Name)
}

/// `text` with stars for what may be personal: digits after the third, what stands
/// before the `@` of an address, names after a label. Every character keeps its
/// place.
pub fn masked(text: &str) -> Cow<'_, str> {
    let Some(mut letters) = letters_of(text) else { return Cow::Borrowed(text) };
    let parts = parts(&letters);
    if parts.is_empty() {
        return Cow::Borrowed(text);
    }
    for Part { kind, range, .. } in parts {
        let is_number = matches!(kind, PersonalKind::Phone | PersonalKind::Identity);
        let mut digits = 0;
        for letter in letters.get_mut(range).unwrap_or_default() {
            digits += usize::from(groups::digit(*letter).is_some());
            let hidden = match is_number {
                true => digits > SHOWN && groups::digit(*letter).is_some(),
                false => !letter.is_whitespace(),
            };
            if hidden {
                *letter = if letter.is_ascii() { '*' } else { '＊' };
            }
        }
    }
    Cow::Owned(letters.into_iter().collect())
}

/// The characters of a text that may have something personal in it.
fn letters_of(text: &str) -> Option<Vec<char>> {
    let digits = || text.chars().filter(|letter| groups::digit(*letter).is_some()).take(7).count();
    let may = text.contains(['@', '＠']) || digits() == 7 || labels::may_announce(text);
    may.then(|| text.chars().collect())
}

/// Everything that may be personal, from left to right.
fn parts(letters: &[char]) -> Vec<Part> {
    let mut parts = mail::parts(letters);
    let announced = labels::numbers(letters);
    let groups = Groups::of(letters);
    let mut at = 0;
    while let Some(first) = groups.get(at) {
        let found = groups.number_at(letters, at).or_else(|| {
            let is_announced = announced.contains(&first.start());
            groups.announced_at(at).filter(|_| is_announced)
        });
        match found {
            Some((count, part)) => {
                parts.push(part);
                at += count.max(1);
            }
            None => at += 1,
        }
    }
    parts.extend(beside::names(letters, &parts));
    parts.extend(labels::names(letters));
    parts.sort_by_key(|part| part.range.start);
    parts
}

#[cfg(test)]
mod tests;
