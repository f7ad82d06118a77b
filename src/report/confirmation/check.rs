//! The sheet that counts replies by formulas, and on which persons sign.

use rust_xlsxwriter::utility::quote_sheet_name;
use rust_xlsxwriter::{Formula, Worksheet, XlsxError, row_col_to_cell, row_col_to_cell_absolute};

use super::ConfirmationWriter;
use super::table::{Layout, STATUSES};
use crate::model::Unit;
use crate::report::sheets::{Page, Top};

/// Who signs.
const SIGNED: [&str; 4] = ["filled", "reviewed", "head", "date"];

impl ConfirmationWriter<'_> {
    /// The self-check of the table, with one sentence above all that says whether it
    /// can be sent.
    pub(super) fn check(&self, unit: &Unit, layout: &Layout) -> Result<Worksheet, XlsxError> {
        let (words, styles) = (&self.words, &self.styles);
        let top = Top {
            name: &words.say("confirm_check_tab", (), self.lang)?,
            title: &self.title(unit)?,
            note: &words.line("confirm_check_note", ())?,
            above: 2,
            head_height: 24,
        };
        let mut page = Page::new(styles, &top)?;
        let what = page.column(&words.line("confirm_check_what", ())?, 44.0)?;
        let count = page.column(&words.line("confirm_check_count", ())?, 34.0)?;
        let column = |row| row_col_to_cell_absolute(row, layout.status);
        let tab = quote_sheet_name(&layout.tab);
        let range = format!("{tab}!{}:{}", column(layout.rows.0), column(layout.rows.1));
        let all = f64::from(layout.rows.1 - layout.rows.0 + 1);
        let mut rows = Vec::new();
        for status in STATUSES {
            let row = page.next_row();
            rows.push(row);
            page.text((row, what), &words.line(&format!("confirm_status_{status}"), ())?, &styles.text)?;
            let formula = format!("=COUNTIF({range},\"{}\")", self.status(status)?);
            let now = if status == "pending" { all } else { 0.0 };
            page.formula((row, count), &formula, now, &styles.row)?;
        }
        self.verdict(&mut page, &rows, count, all)?;
        page.next_row();
        for person in SIGNED {
            let row = page.next_row();
            page.sheet.set_row_height(row, 24)?;
            page.text((row, what), &words.line(&format!("confirm_signed_{person}"), ())?, &styles.strong)?;
            page.sheet.write_blank(row, count, &styles.entry_text)?;
        }
        page.lock();
        page.finish(1, &[])
    }

    /// Whether the sheet can be sent.
    fn verdict(&self, page: &mut Page<'_>, rows: &[u32], count: u16, all: f64) -> Result<(), XlsxError> {
        let [pending, _, _, wrong @ ..] = rows else { return Ok(()) };
        let (Some(first), Some(last)) = (wrong.first(), wrong.last()) else { return Ok(()) };
        let cell = |row: &u32| row_col_to_cell(*row, count);
        let left = format!("{}+SUM({}:{})", cell(pending), cell(first), cell(last));
        let (ready, open) =
            (self.words.line("confirm_check_ready", ())?, self.words.line("confirm_check_left", ())?);
        let formula = format!("=IF({left}=0,\"✓ {ready}\",({left})&\" {open}\")");
        let formula = Formula::new(formula).set_result(format!("{all} {open}"));
        page.sheet.write_formula_with_format(2, 0, formula, &self.styles.strong)?;
        page.alarm(((2, 0), (2, 0)), &format!("={left}>0"))
    }
}
