use rust_xlsxwriter::{ColNum, Format, Formula, RowNum, Worksheet, XlsxError, row_col_to_cell};

use super::Book;
use super::styles::Styles;

/// The row of the heads; above it are the title, a note, and what stands over
/// single columns, so that filters and sorting leave those alone.
pub(super) const HEAD: RowNum = 3;
/// The row of weights and measures.
pub(super) const ABOVE: RowNum = 2;

/// A sheet with a title, a note, heads that stay in sight, and rows below them.
pub(super) struct Page {
    pub(super) sheet: Worksheet,
    columns: ColNum,
    rows: RowNum,
}

impl Page {
    /// A page named by the word `name`.
    pub(super) fn new(book: &Book<'_>, name: &str, note: &str) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(book.words.line(name))?;
        let project = book.material.project;
        let (title, edition) = (&project.title, &project.edition);
        let heading = format!("{} {} · {edition} · {}", title.zh, title.en, book.words.line(name));
        sheet.write_string_with_format(0, 0, heading, &book.styles.title)?;
        let status = if project.synthetic { book.words.line("workbook_synthetic") } else { String::new() };
        let note = if note.is_empty() { String::new() } else { book.words.line(note) };
        let note = [status, note].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
        sheet.write_string_with_format(1, 0, note.join("  ·  "), &book.styles.note)?;
        sheet.set_landscape().set_print_fit_to_pages(1, 0).set_paper_size(9);
        Ok(Self { sheet, columns: 0, rows: 0 })
    }

    /// Adds a column of some width.
    pub(super) fn column(&mut self, book: &Book<'_>, head: &str, width: f64) -> Result<ColNum, XlsxError> {
        let column = self.columns;
        self.sheet.write_string_with_format(HEAD, column, head, &book.styles.head)?;
        self.sheet.set_column_width(column, width)?;
        self.columns += 1;
        Ok(column)
    }

    /// Starts the next row.
    pub(super) fn next_row(&mut self) -> RowNum {
        self.rows += 1;
        HEAD + self.rows
    }

    /// Writes a text, which stays a text whatever it starts with.
    pub(super) fn text(
        &mut self,
        at: (RowNum, ColNum),
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        if !text.is_empty() {
            self.sheet.write_string_with_format(at.0, at.1, text, format)?;
        }
        Ok(())
    }

    /// Writes a number.
    pub(super) fn number(
        &mut self,
        at: (RowNum, ColNum),
        number: f64,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.sheet.write_number_with_format(at.0, at.1, number, format).map(|_| ())
    }

    /// Writes `value` as the weighted mean of other cells of its row if it is that,
    /// else as a number. Each part is a column, the weight above it and the value
    /// in it.
    pub(super) fn mean(
        &mut self,
        at: (RowNum, ColNum),
        value: f64,
        parts: &[(ColNum, f64, Option<f64>)],
        format: &Format,
    ) -> Result<(), XlsxError> {
        let present = || parts.iter().filter_map(|(_, weight, part)| Some((*weight, (*part)?)));
        let (sum, weights): (f64, f64) =
            present().fold((0.0, 0.0), |(sum, all), (weight, part)| (sum + weight * part, all + weight));
        if parts.is_empty() || weights <= 0.0 || (sum / weights - value).abs() > 1e-9 {
            return self.number(at, value, format);
        }
        let cell = |column: ColNum| row_col_to_cell(at.0, column);
        let weight = |column: ColNum| {
            let name = rust_xlsxwriter::column_number_to_name(column);
            format!("{name}${}", ABOVE + 1)
        };
        let terms = |term: &dyn Fn(ColNum) -> String| {
            parts.iter().map(|(column, _, _)| term(*column)).collect::<Vec<_>>().join("+")
        };
        let sum = terms(&|column| format!("{}*{}", weight(column), cell(column)));
        let formula = if parts.iter().all(|(_, _, part)| part.is_some()) {
            format!("=({sum})/({})", terms(&weight))
        } else {
            let counted = terms(&|column| format!("{}*ISNUMBER({})", weight(column), cell(column)));
            format!("=({sum})/({counted})")
        };
        let formula = Formula::new(formula).set_result(value.to_string());
        self.sheet.write_formula_with_format(at.0, at.1, formula, format).map(|_| ())
    }

    /// The finished sheet: the first `fixed` columns and the heads stay in sight,
    /// the heads carry filters, the columns `bars` have bars.
    pub(super) fn finish(mut self, fixed: ColNum, bars: &[ColNum]) -> Result<Worksheet, XlsxError> {
        let (last_row, last_column) = (HEAD + self.rows.max(1), self.columns.saturating_sub(1));
        self.sheet.set_freeze_panes(HEAD + 1, fixed)?;
        self.sheet.autofilter(HEAD, 0, last_row, last_column)?;
        self.sheet.set_row_height(HEAD, 44)?;
        self.sheet.set_repeat_rows(HEAD, HEAD)?;
        for column in bars {
            self.sheet.add_conditional_format(HEAD + 1, *column, last_row, *column, &Styles::bar())?;
        }
        Ok(self.sheet)
    }
}
