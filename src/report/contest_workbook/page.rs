use rust_xlsxwriter::{
    ColNum, Color, Format, FormatAlign, FormatBorder, Formula, RowNum, Worksheet, XlsxError,
};

use super::Book;
use crate::numeric::Exact;

/// The row of the heads; above it are the title and a note.
pub(super) const HEAD: RowNum = 2;

const INK: Color = Color::RGB(0x0017_212B);
const MUTED: Color = Color::RGB(0x005F_6B76);
const RULE: Color = Color::RGB(0x00C6_CFD6);
const WASH: Color = Color::RGB(0x00DD_ECEE);
const ACCENT: Color = Color::RGB(0x00A8_421F);

/// The formats of cells.
pub(super) struct Styles {
    title: Format,
    note: Format,
    head: Format,
    /// Text that stays text whatever it starts with.
    pub(super) text: Format,
    /// The same, over several lines.
    pub(super) wrapped: Format,
    /// A mark that was left out.
    pub(super) struck: Format,
    /// A reason in place of a number.
    pub(super) reason: Format,
    plain: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        let plain = Format::new().set_font_name("Arial").set_font_size(10).set_font_color(INK);
        Self {
            title: plain.clone().set_bold().set_font_size(13),
            note: plain.clone().set_font_color(MUTED).set_font_size(9),
            head: plain
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(WASH)
                .set_border_bottom(FormatBorder::Thin)
                .set_border_bottom_color(RULE),
            text: plain.clone().set_quote_prefix(),
            wrapped: plain.clone().set_quote_prefix().set_text_wrap().set_align(FormatAlign::Top),
            struck: plain.clone().set_font_color(MUTED).set_font_strikethrough(),
            reason: plain.clone().set_font_color(ACCENT).set_align(FormatAlign::Right).set_quote_prefix(),
            plain,
        }
    }

    /// Numbers with so many decimals; as they are where none are declared.
    pub(super) fn decimals(&self, places: Option<u8>) -> Format {
        match places {
            Some(0) => self.plain.clone().set_num_format("0"),
            Some(places) => {
                self.plain.clone().set_num_format(format!("0.{}", "0".repeat(usize::from(places))))
            }
            None => self.plain.clone(),
        }
    }

    /// Left-out numbers with so many decimals.
    pub(super) fn struck(&self, places: u8) -> Format {
        self.struck.clone().set_num_format(format!("0.{}", "0".repeat(usize::from(places))))
    }
}

/// A sheet with a title, a note, heads that stay in sight, and rows below them.
pub(super) struct Page {
    pub(super) sheet: Worksheet,
    columns: ColNum,
    rows: RowNum,
}

impl Page {
    pub(super) fn new(book: &Book<'_>, name: &str, note: &str) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(tab(name))?;
        let project = book.material.project;
        let heading = format!("{} {} · {name}", project.title.zh, project.title.en);
        sheet.write_string_with_format(0, 0, heading, &book.styles.title)?;
        let status = if project.synthetic { book.words.line("word_synthetic", ())? } else { String::new() };
        let note = [status.as_str(), note].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
        sheet.write_string_with_format(1, 0, note.join("  ·  "), &book.styles.note)?;
        sheet.set_landscape().set_print_fit_to_pages(1, 0).set_paper_size(9);
        Ok(Self { sheet, columns: 0, rows: 0 })
    }

    pub(super) fn column(&mut self, book: &Book<'_>, head: &str, width: f64) -> Result<ColNum, XlsxError> {
        let column = self.columns;
        self.sheet.write_string_with_format(HEAD, column, head, &book.styles.head)?;
        self.sheet.set_column_width(column, width)?;
        self.columns += 1;
        Ok(column)
    }

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

    pub(super) fn number(
        &mut self,
        at: (RowNum, ColNum),
        number: f64,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.sheet.write_number_with_format(at.0, at.1, number, format).map(|_| ())
    }

    pub(super) fn exact(
        &mut self,
        at: (RowNum, ColNum),
        number: &Exact,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.number(at, number.to_f64(), format)
    }

    /// Writes a formula that already shows its exact result.
    pub(super) fn formula(
        &mut self,
        at: (RowNum, ColNum),
        formula: &str,
        result: &Exact,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let formula = Formula::new(formula).set_result(result.to_f64().to_string());
        self.sheet.write_formula_with_format(at.0, at.1, formula, format).map(|_| ())
    }

    /// The finished sheet: the first `fixed` columns and the heads stay in sight,
    /// the heads carry filters.
    pub(super) fn finish(mut self, fixed: ColNum) -> Result<Worksheet, XlsxError> {
        let (last_row, last_column) = (HEAD + self.rows.max(1), self.columns.saturating_sub(1));
        self.sheet.set_freeze_panes(HEAD + 1, fixed)?;
        self.sheet.autofilter(HEAD, 0, last_row, last_column)?;
        self.sheet.set_row_height(HEAD, 32)?;
        self.sheet.set_repeat_rows(HEAD, HEAD)?;
        Ok(self.sheet)
    }
}

/// A name that a sheet may have: without the signs that spreadsheets refuse, at
/// most 31 characters.
fn tab(name: &str) -> String {
    let kept = name.chars().filter(|letter| !"[]:*?/\\'".contains(*letter));
    kept.take(31).collect()
}
