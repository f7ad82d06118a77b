//! Digits in groups, and the groups that make a number of a person.

use std::ops::Range;

use super::shapes::{Number, identity, is_area, is_mobile, old_identity};
use super::{Part, PersonalKind};
use crate::diagnostics::is_invisible;

/// The value of a digit, full-width, mathematical and circled ones among them.
pub(super) fn digit(letter: char) -> Option<u8> {
    let value = u32::from(letter);
    let digit = match letter {
        '0'..='9' => value - u32::from('0'),
        '０'..='９' => value - u32::from('０'),
        '\u{1D7CE}'..='\u{1D7FF}' => (value - 0x1D7CE) % 10,
        '①'..='⑨' => value - u32::from('①') + 1,
        '⓪' => 0,
        _ => return None,
    };
    u8::try_from(digit).ok()
}

/// Digits that nothing stands between, but for what is not seen.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Their characters in the text.
    range: Range<usize>,
    /// They in ASCII.
    digits: String,
    /// Whether few separators lead from the group before to this one.
    joined: bool,
    /// Whether one of these is a dot.
    dotted: bool,
}

impl Group {
    pub(super) fn start(&self) -> usize {
        self.range.start
    }
}

/// The groups of digits of a text.
pub(super) struct Groups(Vec<Group>);

/// Most separators between two groups of a number.
const MOST_BETWEEN: usize = 3;

/// Most groups of a number: one for each digit.
const MOST_GROUPS: usize = 18;

/// How people group the 11 digits of a mobile phone. Not among them is what ranges
/// and years look like.
const MOBILE: &[&[usize]] = &[&[11], &[3, 4, 4], &[3, 8], &[7, 4], &[3, 3, 5], &[2, 3, 3, 3], &[3, 2, 3, 3]];

/// How people group the 7 or 8 digits of a landline.
const LOCAL: &[&[usize]] = &[&[7], &[8], &[4, 4], &[3, 4], &[4, 3], &[2, 2, 2, 2]];

/// How people group the 18 digits of an identity card.
const IDENTITY: &[&[usize]] = &[
    &[18],
    &[6, 8, 4],
    &[6, 4, 4, 4],
    &[6, 4, 2, 2, 4],
    &[3, 3, 4, 4, 4],
    &[4, 4, 4, 4, 2],
    &[6, 12],
    &[14, 4],
    &[6, 6, 6],
    &[3, 3, 4, 2, 2, 4],
];

impl Groups {
    pub(super) fn of(letters: &[char]) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        let mut between = Some((0, false, false));
        for (at, letter) in letters.iter().enumerate() {
            if let Some(digit) = digit(*letter) {
                let digit = char::from(b'0' + digit);
                match (groups.last_mut(), between) {
                    (Some(last), Some((0, _, false))) => {
                        last.digits.push(digit);
                        last.range.end = at + 1;
                    }
                    (last, gap) => {
                        let joined = last.is_some() && gap.is_some();
                        let dotted = gap.is_some_and(|(_, dotted, _)| dotted);
                        groups.push(Group { range: at..at + 1, digits: digit.into(), joined, dotted });
                    }
                }
                between = Some((0, false, false));
            } else if !is_invisible(*letter) {
                let separator = is_separator(*letter);
                between = between.filter(|(count, ..)| separator && *count < MOST_BETWEEN);
                let is_dot = matches!(letter, '.' | '．' | '·' | '•');
                between = between.map(|(count, dotted, _)| (count + 1, dotted || is_dot, true));
            }
        }
        Self(groups)
    }

    pub(super) fn get(&self, at: usize) -> Option<&Group> {
        self.0.get(at)
    }

    /// The longest number of a person that begins with the group `at`, and how many
    /// groups it has.
    pub(super) fn number_at(&self, letters: &[char], at: usize) -> Option<(usize, Part)> {
        let most = self.joined_from(at).min(MOST_GROUPS);
        (1..=most).rev().find_map(|count| {
            let window = self.0.get(at..at + count)?;
            let number = Window::of(window, letters);
            let (kind, likely) = number.kind()?;
            let range = window.first()?.range.start..window.last()?.range.end;
            Some((count, Part { kind, range, likely }))
        })
    }

    /// The 7 to 12 digits that follow a label such as `电话：`, unless they are a
    /// number that anybody may call for no more than the price of a call at home.
    pub(super) fn announced_at(&self, at: usize) -> Option<(usize, Part)> {
        let most = self.joined_from(at).min(3);
        let lengths = |count| {
            let groups = self.0.get(at..at + count).unwrap_or_default();
            groups.iter().map(|group| group.digits.len()).sum::<usize>()
        };
        let count = (1..=most).rev().find(|count| (7..=12).contains(&lengths(*count)))?;
        let window = self.0.get(at..at + count)?;
        let digits: String = window.iter().map(|group| group.digits.as_str()).collect();
        let is_public = digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"));
        let range = window.first()?.range.start..window.last()?.range.end;
        (!is_public).then_some((count, Part { kind: PersonalKind::Phone, range, likely: true }))
    }

    fn joined_from(&self, at: usize) -> usize {
        let rest = self.0.get(at + 1..).unwrap_or_default();
        1 + rest.iter().take_while(|group| group.joined).count()
    }
}

fn is_separator(letter: char) -> bool {
    letter != '\t' && letter != '\n' && letter.is_whitespace() || "-_.()+（）＋－–—‐‑−·•．".contains(letter)
}

/// Neighbouring groups that may be one number.
struct Window<'a> {
    groups: &'a [Group],
    /// Their digits, and how many each has.
    digits: String,
    lengths: Vec<usize>,
    /// Whether a `+` stands before.
    plus: bool,
    /// Whether an X follows, and no letter or digit after it.
    has_x: bool,
    /// Whether what is before and a dot make a decimal number of it.
    is_fraction: bool,
}

impl<'a> Window<'a> {
    fn of(groups: &'a [Group], letters: &[char]) -> Self {
        let digits = groups.iter().map(|group| group.digits.as_str()).collect();
        let lengths = groups.iter().map(|group| group.digits.len()).collect();
        let start = groups.first().map_or(0, |group| group.range.start);
        let end = groups.last().map_or(0, |group| group.range.end);
        let before = start.checked_sub(1).and_then(|at| letters.get(at));
        let mut after =
            letters.get(end..).unwrap_or_default().iter().filter(|letter| !is_invisible(**letter));
        let is_x = |letter: &char| matches!(letter, 'X' | 'x' | 'Ｘ' | 'ｘ' | '×');
        let first = after.by_ref().find(|letter| !matches!(letter, ' ' | '-' | '－'));
        let has_x = first.is_some_and(is_x) && after.next().is_none_or(|next| !next.is_ascii_alphanumeric());
        let is_fraction = groups.first().is_some_and(|first| first.joined && first.dotted)
            && groups.iter().skip(1).all(|group| !group.dotted);
        Self { groups, digits, lengths, plus: matches!(before, Some('+' | '＋')), has_x, is_fraction }
    }

    fn kind(&self) -> Option<(PersonalKind, bool)> {
        if self.is_fraction {
            return None;
        }
        self.phone().map(|likely| (PersonalKind::Phone, likely)).or_else(|| self.identity())
    }

    /// Whether a dot stands between all groups or none: `1380.1234567` is a number
    /// with decimals.
    fn is_evenly_dotted(&self) -> bool {
        let dots = self.groups.iter().skip(1).filter(|group| group.dotted).count();
        dots == 0 || (dots > 1 && dots + 1 == self.groups.len())
    }

    fn phone(&self) -> Option<bool> {
        let (digits, lengths) = self.domestic();
        let bytes = digits.as_bytes();
        let spelled = |known: &[&[usize]], lengths: &[usize]| {
            known.contains(&lengths) || (lengths.len() > 6 && lengths.iter().all(|length| *length == 1))
        };
        let looks = matches!(bytes, [b'1', b'3'..=b'9', ..]) && bytes.len() == 11;
        if looks && spelled(MOBILE, lengths) && self.is_evenly_dotted() {
            return Some(is_mobile(bytes));
        }
        if self.landline() {
            return Some(true);
        }
        let is_foreign = self.plus && (10..=15).contains(&self.digits.len());
        (is_foreign && self.groups.iter().skip(1).all(|group| !group.dotted)).then_some(true)
    }

    /// Digits and groups without `86` before 11 digits.
    fn domestic(&self) -> (&str, &[usize]) {
        let rest = self.digits.strip_prefix("0086").or_else(|| self.digits.strip_prefix("86"));
        let Some(rest) = rest.filter(|rest| rest.len() == 11) else { return (&self.digits, &self.lengths) };
        match self.lengths.as_slice() {
            [13 | 15] => (rest, &[11]),
            [2 | 4, others @ ..] => (rest, others),
            _ => (&self.digits, &self.lengths),
        }
    }

    /// `0551-12345678`, `(010)12345678`, `+86 551 1234 5678`, `055112345678`.
    fn landline(&self) -> bool {
        let local = |digits: &[u8]| matches!(digits, [b'2'..=b'9', ..]);
        let (digits, lengths) = match (self.lengths.as_slice(), self.digits.as_str()) {
            ([2, rest @ ..], digits) if digits.starts_with("86") => (digits.get(2..), rest),
            ([4, rest @ ..], digits) if digits.starts_with("0086") => (digits.get(4..), rest),
            (all, digits) => (Some(digits), all),
        };
        let abroad = lengths.len() < self.lengths.len();
        let digits = digits.unwrap_or_default();
        let zeroed =
            if abroad && !digits.starts_with('0') { format!("0{digits}") } else { digits.to_owned() };
        let bytes = zeroed.as_bytes();
        if let [11 | 12] = lengths {
            let area = if matches!(bytes, [b'0', b'1' | b'2', ..]) { 3 } else { 4 };
            let (area, rest) = bytes.split_at_checked(area).unwrap_or_default();
            let eight = area.len() == 3;
            return is_area(area) && local(rest) && (7 + usize::from(eight)..=8).contains(&rest.len());
        }
        let [area, rest @ ..] = lengths else { return false };
        let area = area + (zeroed.len() - digits.len());
        let (area, number) = bytes.split_at_checked(area).unwrap_or_default();
        // Cities with an area code of three digits have numbers of eight.
        let is_long = area.len() == 4 || number.len() == 8;
        is_area(area) && local(number) && is_long && LOCAL.contains(&rest)
    }

    fn identity(&self) -> Option<(PersonalKind, bool)> {
        let mut text = self.digits.clone();
        let mut lengths = self.lengths.clone();
        if text.len() == 17 && self.has_x {
            text.push('X');
            lengths.iter_mut().next_back().into_iter().for_each(|last| *last += 1);
        }
        let number = match text.len() {
            15 => old_identity(&text),
            18 => identity(&text),
            _ => return None,
        };
        let likely = matches!(number, Some(Number::Identity | Number::OldIdentity));
        let is_grouped = match lengths.as_slice() {
            [15 | 18] | [6, 8, 4] => true,
            [6, 6, 3] => number.is_some(),
            others => number.is_some() && (IDENTITY.contains(&others) || others.iter().all(|one| *one == 1)),
        };
        is_grouped.then_some((PersonalKind::Identity, likely))
    }
}
