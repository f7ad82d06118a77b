use rust_xlsxwriter::{ColNum, Format, Worksheet, XlsxError};

use crate::report::workbook::Book;

/// A cell of a table, with how it is written.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// Nothing.
    None,
    /// A text, which stays one.
    Text(String),
    /// A number as it is: counts, ranks.
    Plain(f64),
    /// A share, as a percentage.
    Share(f64),
    /// A number with so many decimals.
    Fixed(f64, u8),
}

impl Value {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Value::Text(text.into())
    }

    pub(super) fn count(count: impl TryInto<u32>) -> Self {
        count.try_into().map_or(Value::None, |count| Value::Plain(f64::from(count)))
    }

    /// A number with so many decimals, or nothing.
    pub(super) fn fixed(value: Option<f64>, decimals: u8) -> Self {
        value.map_or(Value::None, |value| Value::Fixed(value, decimals))
    }

    pub(super) fn share(value: Option<f64>) -> Self {
        value.map_or(Value::None, Value::Share)
    }
}

/// A sheet of one table.
pub(super) struct Table<'a> {
    /// The word that names it.
    pub(super) name: &'a str,
    /// The word of its note.
    pub(super) note: &'a str,
    /// Heads of the columns with their widths.
    pub(super) heads: Vec<(String, f64)>,
    /// The rows.
    pub(super) rows: Vec<Vec<Value>>,
    /// How many columns stay in sight.
    pub(super) fixed: ColNum,
    /// Columns with bars.
    pub(super) bars: Vec<ColNum>,
}

impl Table<'_> {
    /// The sheet.
    pub(super) fn sheet(self, book: &Book<'_>) -> Result<Worksheet, XlsxError> {
        let mut page = book.page(self.name, self.note)?;
        for (head, width) in &self.heads {
            page.column(head, *width)?;
        }
        let formats: Vec<Format> = (0..=6).map(|places| book.styles.decimals(Some(places))).collect();
        for row in &self.rows {
            let at = page.next_row();
            for (column, value) in (0..).zip(row) {
                match value {
                    Value::None => {}
                    Value::Text(text) => page.text((at, column), text, &book.styles.text)?,
                    Value::Plain(number) => page.number((at, column), *number, &book.styles.number)?,
                    Value::Share(share) => page.number((at, column), *share, &book.styles.percent)?,
                    Value::Fixed(number, places) => {
                        let format = formats.get(usize::from(*places)).unwrap_or(&book.styles.number);
                        page.number((at, column), *number, format)?;
                    }
                }
            }
        }
        page.finish(self.fixed, &self.bars)
    }
}

/// Heads by their words.
pub(super) fn heads(book: &Book<'_>, of: &[(&str, f64)]) -> Vec<(String, f64)> {
    of.iter().map(|(key, width)| (book.words.head(key), *width)).collect()
}
