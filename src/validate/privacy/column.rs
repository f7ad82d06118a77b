use std::collections::BTreeSet;

use super::numbers::{self, Number};
use super::words::{self, Kind};
use crate::diagnostics::personal_in;
use crate::input::Table;

/// A column that looks as if it held personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Personal {
    pub(super) kind: Kind,
    /// Cells that look so.
    pub(super) count: usize,
    /// Position of the first of them among the rows.
    pub(super) first: usize,
}

/// Fewest filled cells that numbers of phones are told by alone.
const FEWEST: usize = 3;

/// Fewest filled cells that names are told by: of any column, and of one that says
/// who it was.
pub(super) const FEWEST_NAMES: (usize, usize) = (10, 2);

/// What a column holds. Its heading is believed as soon as one cell bears it out;
/// without it a share of the filled cells has to look so:
///
/// - identity cards: one, if more than half of all with place and day of birth have a
///   right check digit, of which chance gives 1 in 11;
/// - phones: half, but no running numbers (all alike in their first six digits); a
///   fifth, two at least, where they stand within a text;
/// - e-mail and identity cards of 15 digits: half;
/// - names (`names` says whether they are looked for, and how many cells there must
///   be): three quarters, of which more than half differ.
pub(super) fn judge(table: &Table, column: usize, names: Option<usize>) -> Option<Personal> {
    let (fewest, names) = (names.unwrap_or(usize::MAX), names.is_some());
    let heading = table.headers().get(column).and_then(|heading| words::announced(heading));
    let values = || table.rows().iter().map(|row| row.field(column));
    let found = |kind, looks: &dyn Fn(&str) -> bool| {
        let first = values().position(looks)?;
        Some(Personal { kind, count: values().filter(|value| looks(value)).count(), first })
    };
    let heading = heading.filter(|kind| names || *kind != Kind::Name);
    let announced = heading.and_then(|kind| found(kind, &|value| words::bears_out(kind, value)));
    if announced.is_some() {
        return announced;
    }
    let tally = Tally::of(values());
    if let Some(kind) = tally.kind() {
        let personal = found(kind, &|value| tally.looks(kind, value));
        // One slip in a column that counts is said of its cell.
        return personal.filter(|personal| names || 2 * personal.count >= tally.filled);
    }
    let filled = tally.filled;
    let may_be = values().filter(|value| words::may_be_name(value));
    let (count, different) = (may_be.clone().count(), may_be.collect::<BTreeSet<_>>().len());
    let are_names = filled >= fewest && 4 * count >= 3 * filled && 2 * different > count;
    if are_names { found(Kind::Name, &words::may_be_name) } else { None }
}

/// What is personal within the words of a column that outputs repeat. Any cell is
/// enough; one that is a number and nothing else is no words.
pub(super) fn within(table: &Table, column: usize) -> Option<Personal> {
    let is_words = |value: &str| value.contains(char::is_alphabetic);
    let cells = table.rows().iter().map(|row| row.field(column)).enumerate();
    let mut found =
        cells.filter(|(_, value)| is_words(value)).filter_map(|(at, value)| Some((at, personal_in(value)?)));
    let (first, kind) = found.next()?;
    Some(Personal { kind, count: 1 + found.filter(|(_, other)| *other == kind).count(), first })
}

/// How many cells of a column look like what.
#[derive(Default)]
struct Tally {
    filled: usize,
    phones: usize,
    phones_in_text: usize,
    identities: usize,
    nearly: usize,
    old: usize,
    mails: usize,
    /// The first six digits of numbers of mobile phones, and the numbers.
    stems: BTreeSet<String>,
    mobiles: BTreeSet<String>,
}

impl Tally {
    fn of<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let mut tally = Self::default();
        for value in values.filter(|value| !value.is_empty()) {
            tally.filled += 1;
            match numbers::find(value) {
                Some((Number::Mobile | Number::Landline, false)) => tally.phones_in_text += 1,
                Some((Number::Landline, true)) => tally.phones += 1,
                Some((Number::Mobile, true)) => tally.mobile(value),
                Some((Number::Identity, _)) => tally.identities += 1,
                Some((Number::NearlyIdentity, _)) => tally.nearly += 1,
                Some((Number::OldIdentity, _)) => tally.old += 1,
                Some((Number::Mail, _)) => tally.mails += 1,
                None => (),
            }
        }
        tally
    }

    fn mobile(&mut self, value: &str) {
        self.phones += 1;
        let bare = numbers::bare(value);
        self.stems.extend(bare.get(..6).map(str::to_owned));
        self.mobiles.insert(bare);
    }

    fn kind(&self) -> Option<Kind> {
        let half = |count: usize| count > 0 && 2 * count >= self.filled;
        let running = self.mobiles.len() >= FEWEST && self.stems.len() == 1;
        if self.identities > self.nearly || (half(self.old) && self.old >= FEWEST) {
            Some(Kind::Identity)
        } else if half(self.mails) {
            Some(Kind::Mail)
        } else if (half(self.phones) && self.phones >= FEWEST && !running)
            || (self.phones_in_text > 1 && 5 * self.phones_in_text >= self.filled)
        {
            Some(Kind::Phone)
        } else {
            None
        }
    }

    fn looks(&self, kind: Kind, value: &str) -> bool {
        let number = numbers::find(value).map(|(number, _)| number);
        match kind {
            Kind::Phone => matches!(number, Some(Number::Mobile | Number::Landline)),
            Kind::Identity => matches!(number, Some(Number::Identity | Number::OldIdentity)),
            Kind::Mail => number == Some(Number::Mail),
            Kind::Name => false,
        }
    }
}
