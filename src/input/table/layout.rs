use std::collections::BTreeMap;

use super::super::workbook::Sheet;
use super::invisible::visible;
use super::measures;

/// Rows from the top among which the header is looked for.
pub(in crate::input) const MOST_TITLES: usize = 100;

/// Most rows of a header, one of units of measure left out.
const MOST_LEVELS: usize = 3;

/// The texts of a row by column, from 1; none is blank.
pub(super) type Cells = BTreeMap<u32, String>;

/// What the header of a table says.
#[derive(Default)]
pub(super) struct Layout {
    /// One header per column from the first column on; empty where there is none.
    pub(super) headers: Vec<String>,
    /// The rows that it was put together from.
    pub(super) levels: Vec<Cells>,
    /// The units of measure in a row below, which is no part of it.
    pub(super) measures: Cells,
}

impl Layout {
    /// The layout of a sheet and the last row of its header, from 1. The header is
    /// the first row with a cell `key`, or else the one with the most words.
    pub(super) fn of_sheet(sheet: &Sheet, key: &str) -> Option<(Self, u32)> {
        let tops = || sheet.rows.iter().take(MOST_TITLES);
        let with_key = tops().find(|(_, cells)| cells.values().any(|text| is_key(text, key)));
        let (row, top) = with_key.or_else(|| wordiest(tops()))?;
        let below = (row + 1..).map_while(|next| sheet.rows.get(&next).cloned());
        let layout = Self::of(top.clone(), below, key);
        let more = u32::try_from(layout.levels.len()).unwrap_or(1) - 1;
        Some((layout, row + more))
    }

    /// The layout of the header that starts with the row `top`. A row below it that
    /// has no value in the column of `key` and no number anywhere belongs to the
    /// header: its names stand below the names of groups of columns. Units of
    /// measure are no names.
    pub(super) fn of(top: Cells, below: impl Iterator<Item = Cells>, key: &str) -> Self {
        let key_column = top.iter().find(|(_, text)| is_key(text, key)).map(|(column, _)| *column);
        let mut layout = Self { levels: vec![top.clone()], ..Self::default() };
        let mut names = top;
        let belongs = |cells: &Cells| {
            key_column.is_some_and(|key| !cells.contains_key(&key))
                && cells.len() > 1
                && (measures::are(cells.values().map(String::as_str))
                    || cells.values().all(|text| is_name(text)))
        };
        for cells in below.take(MOST_LEVELS).take_while(belongs) {
            if measures::are(cells.values().map(String::as_str)) {
                layout.measures = cells;
                break;
            }
            if layout.levels.len() == MOST_LEVELS {
                break;
            }
            names = joined(&names, &cells);
            layout.levels.push(cells);
        }
        let last = names.keys().next_back().copied().unwrap_or(0);
        layout.headers = (1..=last).map(|column| names.get(&column).cloned().unwrap_or_default()).collect();
        layout
    }

    /// Whether these fields of a row, from the first on, are a row of this header
    /// once more.
    pub(super) fn repeats(&self, fields: &[&str]) -> bool {
        let filled = || (1_u32..).zip(fields).filter(|(_, text)| !text.is_empty());
        filled().count() > 1
            && self.levels.iter().any(|level| {
                filled().all(|(column, text)| level.get(&column).is_some_and(|name| alike(name, text)))
            })
    }
}

/// The first of the rows with the most words, of those above some number if there
/// are any: what stands below all numbers are signatures.
fn wordiest<'a>(rows: impl Iterator<Item = (&'a u32, &'a Cells)>) -> Option<(&'a u32, &'a Cells)> {
    let is_word = |text: &&String| !is_number(text) && !text.starts_with('=');
    let words = |cells: &Cells| cells.values().filter(is_word).count();
    let rows: Vec<_> = rows.collect();
    let above = rows.iter().rposition(|(_, cells)| cells.values().any(|text| is_number(text)));
    // Of equal ones the last counts, so the rows are taken from below.
    rows.into_iter().take(above.unwrap_or(usize::MAX).max(1)).rev().max_by_key(|(_, cells)| words(cells))
}

/// A header as it looks: the width of letters, compatibility forms, spaces and line
/// breaks make no difference (Unicode normalisation form KC).
pub fn look(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    text.nfkc().filter(|letter| !letter.is_whitespace()).collect()
}

fn alike(one: &str, other: &str) -> bool {
    one == other || look(one) == look(other)
}

/// Whether a cell is the header `key`.
pub(super) fn is_key(text: &str, key: &str) -> bool {
    // Most cells need no second look.
    text == key || ((1..4 * key.len() + 16).contains(&text.len()) && alike(&visible(text), key))
}

/// The lower name where there is one, else the upper; the names of two groups
/// that share a lower name are put before it: `上半年/接通率`.
fn joined(upper: &Cells, lower: &Cells) -> Cells {
    let last = [upper, lower].iter().filter_map(|cells| cells.keys().next_back().copied()).max().unwrap_or(0);
    // The name of a group stands in its first column and holds for those after it.
    let group = |column: u32| upper.range(..=column).next_back().map_or("", |(_, name)| name.as_str());
    let shared = |name: &String| lower.values().filter(|other| *other == name).count() > 1;
    let name = |column: u32| match (lower.get(&column), upper.get(&column)) {
        (Some(name), _) if shared(name) => Some(format!("{}/{name}", group(column))),
        (Some(name), _) | (None, Some(name)) => Some(name.clone()),
        (None, None) => None,
    };
    (1..=last).filter_map(|column| Some((column, name(column)?))).collect()
}

/// Whether a text may name a column: it is no number, and no word for nothing.
fn is_name(text: &str) -> bool {
    let text = look(text);
    !is_number(&text) && !["-", "—", "——", "/", "无", "暂无", "无数据", "N/A"].contains(&&*text)
}

pub(super) fn is_number(text: &str) -> bool {
    text.trim_end_matches('%').parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(line: &str) -> Cells {
        let named = (1..).zip(line.split(',')).filter(|(_, text)| !text.is_empty());
        named.map(|(column, text)| (column, text.to_owned())).collect()
    }

    fn layout(lines: &[&str]) -> Layout {
        let mut rows = lines.iter().map(|line| cells(line));
        Layout::of(rows.next().unwrap(), rows, "code")
    }

    #[test]
    fn a_header_may_have_three_rows_and_one_of_units() {
        let three = layout(&["code,热线,,", ",接听,,评价", ",接通率,时长,满意度", ",%,（秒）,%", "A,1,2,3"]);
        assert_eq!(three.headers, ["code", "接通率", "时长", "满意度"]);
        assert_eq!((three.levels.len(), three.measures.len()), (3, 3));
        let one = layout(&["code,x,y", "A,1,2"]);
        assert_eq!((one.levels.len(), one.headers.len()), (1, 3));
        for row in [",—,暂无", ",８８．４％,３０"] {
            assert_eq!(layout(&["code,x,y", row]).levels.len(), 1, "{row}");
        }
    }

    #[test]
    fn a_row_of_the_header_is_known_again() {
        let two = layout(&["code,接 听,", ",接通率,时长", "A,1,2"]);
        assert!(two.repeats(&["code", "接听", ""]) && two.repeats(&["", "接通率", "时长"]));
        assert!(!two.repeats(&["code", "投诉", ""]) && !two.repeats(&["code", "", ""]));
    }
}
