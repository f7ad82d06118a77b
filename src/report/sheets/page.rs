use rust_xlsxwriter::{ColNum, Format, Formula, RowNum, Worksheet, XlsxError};

use super::{Styles, tab};

/// What stands above the heads of a sheet.
pub(in crate::report) struct Top<'a> {
    /// Name of the tab; signs that spreadsheets refuse are left out.
    pub(in crate::report) name: &'a str,
    /// First line.
    pub(in crate::report) title: &'a str,
    /// Second line.
    pub(in crate::report) note: &'a str,
    /// Rows between the second line and the heads, for what stands over single
    /// columns: filters and sorting leave those alone.
    pub(in crate::report) above: RowNum,
    /// Height of the row of heads, in points.
    pub(in crate::report) head_height: u16,
}

/// A sheet with a title, a note, heads that stay in sight, and rows below them.
pub(in crate::report) struct Page<'s> {
    pub(in crate::report) sheet: Worksheet,
    pub(super) styles: &'s Styles,
    head: RowNum,
    head_height: u16,
    columns: ColNum,
    rows: RowNum,
}

impl<'s> Page<'s> {
    pub(in crate::report) fn new(styles: &'s Styles, top: &Top<'_>) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(tab(top.name))?;
        sheet.write_string_with_format(0, 0, top.title, &styles.title)?;
        sheet.write_string_with_format(1, 0, top.note, &styles.note)?;
        sheet.set_landscape().set_print_fit_to_pages(1, 0).set_paper_size(9);
        let (head, head_height) = (2 + top.above, top.head_height);
        Ok(Self { sheet, styles, head, head_height, columns: 0, rows: 0 })
    }

    /// Adds a column of some width.
    pub(in crate::report) fn column(&mut self, head: &str, width: f64) -> Result<ColNum, XlsxError> {
        let column = self.columns;
        self.sheet.write_string_with_format(self.head, column, head, &self.styles.head)?;
        self.sheet.set_column_width(column, width)?;
        self.columns += 1;
        Ok(column)
    }

    /// Starts the next row.
    pub(in crate::report) fn next_row(&mut self) -> RowNum {
        self.rows += 1;
        self.head + self.rows
    }

    /// The row of the heads.
    pub(in crate::report) fn head(&self) -> RowNum {
        self.head
    }

    /// The last row begun.
    pub(in crate::report) fn last_row(&self) -> RowNum {
        self.head + self.rows.max(1)
    }

    /// The row between the note and the heads.
    pub(in crate::report) fn above(&self) -> RowNum {
        self.head.saturating_sub(1)
    }

    /// Writes a text, which stays a text whatever it starts with.
    pub(in crate::report) fn text(
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
    pub(in crate::report) fn number(
        &mut self,
        at: (RowNum, ColNum),
        number: f64,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.sheet.write_number_with_format(at.0, at.1, number, format).map(|_| ())
    }

    /// Writes a formula that already shows its result.
    pub(in crate::report) fn formula(
        &mut self,
        at: (RowNum, ColNum),
        formula: &str,
        result: f64,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let formula = Formula::new(formula).set_result(result.to_string());
        self.sheet.write_formula_with_format(at.0, at.1, formula, format).map(|_| ())
    }

    /// The finished sheet: the first `fixed` columns and the heads stay in sight,
    /// the heads carry filters, the columns `bars` have bars.
    pub(in crate::report) fn finish(
        mut self,
        fixed: ColNum,
        bars: &[ColNum],
    ) -> Result<Worksheet, XlsxError> {
        let (head, last) = (self.head, self.last_row());
        self.sheet.set_freeze_panes(head + 1, fixed)?;
        self.sheet.autofilter(head, 0, last, self.columns.saturating_sub(1))?;
        self.sheet.set_row_height(head, self.head_height)?;
        self.sheet.set_repeat_rows(head, head)?;
        for column in bars {
            self.sheet.add_conditional_format(head + 1, *column, last, *column, &Styles::bar())?;
        }
        Ok(self.sheet)
    }
}
