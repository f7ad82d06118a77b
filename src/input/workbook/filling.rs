//! Sheets in the making, within limits.

use std::collections::BTreeMap;

use super::Refusal;
use super::limits::{MAX_CELLS, MAX_COLUMN, MAX_ROWS, MAX_TEXT};

/// Texts that are not blank by row and column, both from 1.
pub(in crate::input) type Rows = BTreeMap<u32, BTreeMap<u32, String>>;

/// What a sheet is apart from the texts of its cells. Rows and columns count
/// from 1, and ranges include both ends.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct Marks {
    /// Ranges of rows that are not shown.
    pub(in crate::input) hidden_rows: Vec<(u32, u32)>,
    /// Ranges of columns that are not shown.
    pub(in crate::input) hidden_columns: Vec<(u32, u32)>,
    /// Cells that were joined into one.
    pub(in crate::input) merged: Vec<Merged>,
}

/// Cells that were joined into one, which has the content of the first.
#[derive(Clone, Copy, Debug)]
pub(in crate::input) struct Merged {
    pub(in crate::input) rows: (u32, u32),
    pub(in crate::input) columns: (u32, u32),
}

/// Most marks of one kind that are kept of a sheet.
const MAX_MARKS: usize = 100_000;

impl Marks {
    pub(super) fn hide_rows(&mut self, first: u32, last: u32) {
        push(&mut self.hidden_rows, (first, last));
    }

    pub(super) fn hide_columns(&mut self, first: u32, last: u32) {
        push(&mut self.hidden_columns, (first, last));
    }

    pub(super) fn merge(&mut self, rows: (u32, u32), columns: (u32, u32)) {
        push(&mut self.merged, Merged { rows, columns });
    }
}

fn push<T>(marks: &mut Vec<T>, mark: T) {
    if marks.len() < MAX_MARKS {
        marks.push(mark);
    }
}

/// What the sheets of a workbook may still take in.
pub(super) struct Budget {
    rows: usize,
    cells: usize,
    text: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { rows: MAX_ROWS, cells: MAX_CELLS, text: MAX_TEXT }
    }
}

impl Budget {
    /// Refuses what is more than is left.
    pub(super) fn spend(&mut self, cells: usize, text: usize) -> Result<(), Refusal> {
        match (self.cells.checked_sub(cells), self.text.checked_sub(text)) {
            (Some(cells), Some(text)) => {
                (self.cells, self.text) = (cells, text);
                Ok(())
            }
            (None, _) => Err(Refusal::TooLarge(format!("> {MAX_CELLS}"))),
            (_, None) => Err(Refusal::TooLarge(format!("> {} MB", MAX_TEXT / (1024 * 1024)))),
        }
    }
}

/// A sheet in the making.
pub(super) struct Filling<'a> {
    pub(super) rows: Rows,
    pub(super) marks: Marks,
    budget: &'a mut Budget,
}

impl<'a> Filling<'a> {
    pub(super) fn new(budget: &'a mut Budget) -> Self {
        Self { rows: Rows::new(), marks: Marks::default(), budget }
    }

    /// Puts a text at a row and column that count from 0.
    pub(super) fn put(&mut self, row: u32, column: u32, text: String) -> Result<(), Refusal> {
        if text.trim().is_empty() {
            return Ok(());
        }
        if column >= MAX_COLUMN {
            return Err(Refusal::TooLarge(format!("{} > {MAX_COLUMN}", u64::from(column) + 1)));
        }
        self.budget.spend(1, text.len())?;
        let cells = self.rows.entry(row.saturating_add(1)).or_default();
        if cells.is_empty() {
            let left = self.budget.rows.checked_sub(1);
            self.budget.rows = left.ok_or_else(|| Refusal::TooLarge(format!("> {MAX_ROWS}")))?;
        }
        cells.insert(column + 1, text);
        Ok(())
    }
}
