//! Percentages that may be out by a factor of a hundred.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Finding, bilingual, shown};
use crate::input::{Table, TableRow};

/// Fewest values that let a whole column be doubted.
const FEWEST: usize = 3;

/// The percentages that were read, by entry of the project and variable.
#[derive(Default)]
pub(super) struct Percents<'a> {
    seen: BTreeMap<(usize, usize), Vec<Seen<'a>>>,
}

/// A percentage and where it stands.
pub(super) struct Seen<'a> {
    /// Position of its variable.
    pub(super) variable: usize,
    /// Its variable and row in the panel, if it has one there.
    pub(super) at: Option<(usize, usize)>,
    pub(super) table: &'a Table,
    pub(super) row: &'a TableRow,
    pub(super) column: usize,
    pub(super) value: f64,
}

impl Seen<'_> {
    fn text(&self) -> &str {
        self.row.field(self.column)
    }

    /// Whether it says itself that it is a percentage.
    fn is_signed(&self) -> bool {
        self.text().ends_with(['%', '％'])
    }

    fn is_small(&self) -> bool {
        self.value <= 1.0 && !self.is_signed()
    }
}

impl<'a> Percents<'a> {
    /// Takes in a value of a variable whose unit of measure is %.
    pub(super) fn take(&mut self, entry: usize, seen: Seen<'a>) {
        if seen.value > 0.0 {
            self.seen.entry((entry, seen.variable)).or_default().push(seen);
        }
    }

    /// The columns in which some or all values may be fractions: each doubt with the
    /// variable and row of the value that it is about, if it is about one.
    pub(super) fn doubts(&self) -> Vec<(Option<(usize, usize)>, Finding)> {
        let mut doubts = Vec::new();
        for column in self.seen.values() {
            let (small, large): (Vec<&Seen<'_>>, Vec<&Seen<'_>>) =
                column.iter().partition(|seen| seen.is_small());
            if large.is_empty() {
                doubts.extend(all_small(&small).map(|doubt| (None, doubt)));
                continue;
            }
            let least = large.iter().map(|seen| seen.value).fold(f64::INFINITY, f64::min);
            let fits = |seen: &&&Seen<'_>| least >= 10.0 && seen.value * 100.0 >= least / 2.0;
            let doubtful: Vec<&&Seen<'_>> = small.iter().filter(fits).collect();
            if doubtful.len() > large.len() {
                let unsigned = large.iter().filter(|seen| !seen.is_signed());
                doubts.extend(unsigned.map(|seen| (seen.at, among_small(seen))));
            } else {
                doubts.extend(doubtful.into_iter().map(|seen| (seen.at, among_large(seen))));
            }
        }
        doubts
    }
}

fn header(seen: &Seen<'_>) -> String {
    shown(seen.table.headers().get(seen.column).map_or("", String::as_str))
}

/// A fraction among percentages.
fn among_large(seen: &Seen<'_>) -> Finding {
    let (header, text) = (header(seen), shown(seen.text()));
    let meant = (seen.value * 1e8).round() / 1e6;
    Finding::new(
        Code::MixedPercent,
        bilingual!(
            "“{header}”列的 {text} 像是小数，其他各值是百分数",
            "{text} in column `{header}` looks like a fraction among percentages"
        ),
        bilingual!(
            "若是 {meant}%，写 `{meant}`；若确实是 {text}%，写 `{text}%`",
            "write `{meant}` if {meant}% is meant, `{text}%` if it is right as it stands"
        ),
    )
    .at(seen.table.place(seen.row, seen.column))
}

/// A percentage among fractions.
fn among_small(seen: &Seen<'_>) -> Finding {
    let (header, text) = (header(seen), shown(seen.text()));
    Finding::new(
        Code::MixedPercent,
        bilingual!(
            "“{header}”列的 {text} 是百分数，其他各值像是小数",
            "{text} in column `{header}` is a percentage among what look like fractions"
        ),
        bilingual!(
            "统一写成百分数：其他各值乘以 100，或设为百分比格式",
            "write all as percentages: multiply the others by 100, or format their cells as percentages"
        ),
    )
    .at(seen.table.place(seen.row, seen.column))
}

fn all_small(small: &[&Seen<'_>]) -> Option<Finding> {
    let first = small.first().filter(|_| small.len() >= FEWEST)?;
    let (header, count) = (header(first), small.len());
    let finding = Finding::new(
        Code::DoubtfulPercent,
        bilingual!(
            "“{header}”列的计量单位是 %，而 {count} 个值都不超过 1",
            "column `{header}` is measured in %, and all of its {count} values are at most 1"
        ),
        bilingual!(
            "若是小数，乘以 100 或设为百分比格式；若确实如此之低，写上百分号",
            "multiply them by 100 or format the cells as percentages if they are fractions; write the percent sign if they are that low"
        ),
    );
    Some(finding.at(first.table.place(first.row, first.column)))
}
