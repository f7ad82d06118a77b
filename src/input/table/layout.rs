use std::collections::BTreeMap;

use super::super::workbook::Sheet;
use super::invisible::visible;
use super::measures;

/// Rows from the top among which the header is looked for.
pub(in crate::input) const MOST_TITLES: usize = 30;

/// Where the header of a sheet is and what it says.
pub(super) struct Layout {
    /// One header per column from the first column of the sheet on; empty where
    /// the sheet has none.
    pub(super) headers: Vec<String>,
    /// The row of the header, or the lower of its two rows, from 1.
    pub(super) last_header: u32,
}

impl Layout {
    /// The layout of a sheet: its header is the first row with a cell `key`, or
    /// else the one with the most words. A row below it that has no value in the
    /// column of `key` and no number anywhere is the header's second row: its
    /// names stand below the names of groups of columns. Units of measure below
    /// columns that have a name each are no names.
    pub(super) fn of(sheet: &Sheet, key: &str) -> Option<Self> {
        let tops = || sheet.rows.iter().take(MOST_TITLES);
        let with_key = tops().find(|(_, cells)| cells.values().any(|text| visible(text) == key));
        let (row, upper) = with_key.or_else(|| wordiest(tops()))?;
        let key_column = upper.iter().find(|(_, text)| visible(text) == key).map_or(1, |(column, _)| *column);
        let lower = sheet.rows.get(&(row + 1)).filter(|cells| {
            with_key.is_some()
                && !cells.contains_key(&key_column)
                && cells.values().all(|text| !is_number(text))
                && cells.len() > 1
                && !measures::are(cells.values().map(String::as_str))
        });
        let headers = match lower {
            Some(lower) => two_rows(upper, lower),
            None => one_row(upper),
        };
        Some(Self { headers, last_header: row + u32::from(lower.is_some()) })
    }
}

/// The first of the rows with the most words.
fn wordiest<'a>(
    rows: impl Iterator<Item = (&'a u32, &'a BTreeMap<u32, String>)>,
) -> Option<(&'a u32, &'a BTreeMap<u32, String>)> {
    let is_word = |text: &&String| !is_number(text) && !text.starts_with('=');
    let words = |cells: &BTreeMap<u32, String>| cells.values().filter(is_word).count();
    // Of equal ones the last counts, so the rows are taken from below.
    rows.collect::<Vec<_>>().into_iter().rev().max_by_key(|(_, cells)| words(cells))
}

fn one_row(cells: &BTreeMap<u32, String>) -> Vec<String> {
    let last = cells.keys().next_back().copied().unwrap_or(0);
    (1..=last).map(|column| cells.get(&column).cloned().unwrap_or_default()).collect()
}

/// The lower name where there is one, else the upper; the names of two groups
/// that share a lower name are put before it: `上半年/接通率`.
fn two_rows(upper: &BTreeMap<u32, String>, lower: &BTreeMap<u32, String>) -> Vec<String> {
    let last = [upper, lower].iter().filter_map(|cells| cells.keys().next_back().copied()).max().unwrap_or(0);
    // The name of a group stands in its first column and holds for those after it.
    let group = |column: u32| upper.range(..=column).next_back().map_or("", |(_, name)| name.as_str());
    let shared = |name: &String| lower.values().filter(|other| *other == name).count() > 1;
    (1..=last)
        .map(|column| match (lower.get(&column), upper.get(&column)) {
            (Some(name), _) if shared(name) => format!("{}/{name}", group(column)),
            (Some(name), _) => name.clone(),
            (None, Some(name)) => name.clone(),
            (None, None) => String::new(),
        })
        .collect()
}

pub(super) fn is_number(text: &str) -> bool {
    text.trim_end_matches('%').parse::<f64>().is_ok()
}
