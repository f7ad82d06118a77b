use rust_xlsxwriter::{
    Formula, RowNum, Worksheet, XlsxError, row_col_to_cell, row_col_to_cell_absolute,
    utility::quote_sheet_name,
};

use super::data::NOT_APPLICABLE;
use super::{Form, Layout, one_line};
use crate::plan::Variable;
use crate::report::sheets::{Page, Top};

impl Form<'_, '_> {
    /// The sheet that says, by formulas, what of the data is missing or wrong.
    pub(super) fn check(&self, layout: &Layout) -> Result<Worksheet, XlsxError> {
        let writer = self.writer;
        let title = format!("{} · {}", writer.line("check"), self.title());
        let (name, note) = (writer.line("check"), writer.line("check_note"));
        let top = Top { name: &name, title: &title, note: &note, above: 2, head_height: 32 };
        let mut page = Page::new(&writer.styles, &top)?;
        let indicator = page.column(&writer.words.head("workbook_indicator"), 38.0)?;
        let value = page.column(&writer.words.head("forms_check_value"), 14.0)?;
        let state = page.column(&writer.words.head("forms_check_state"), 30.0)?;
        let mut states = Vec::new();
        for (variable, source) in writer.asked.iter().zip(&layout.rows) {
            let row = page.next_row();
            page.text((row, indicator), &one_line(variable.name), &writer.styles.text)?;
            let cell = reference(layout, *source, layout.value);
            let shown = Formula::new(format!("=IF({cell}=\"\",\"—\",{cell})")).set_result("—");
            page.sheet.write_formula_with_format(row, value, shown, &writer.styles.row)?;
            let formula = Formula::new(format!("={}", self.state(layout, *source, variable)));
            let formula = formula.set_result(writer.line("empty"));
            page.sheet.write_formula_with_format(row, state, formula, &writer.styles.row)?;
            states.push(row_col_to_cell(row, state));
        }
        self.verdict(&mut page, &states)?;
        let (first, last) = (page.head() + 1, page.last_row());
        for wrong in ["no_number", "outside", "sample"] {
            let rule = format!("={}=\"{}\"", row_col_to_cell(first, state), writer.line(wrong));
            page.alarm(((first, state), (last, state)), &rule)?;
        }
        page.lock();
        page.finish(1, &[])
    }

    /// A formula that gives in words what a row of data is like.
    fn state(&self, layout: &Layout, row: RowNum, variable: &Variable<'_>) -> String {
        let writer = self.writer;
        let cell = reference(layout, row, layout.value);
        let word = |key: &str| format!("\"{}\"", writer.line(key));
        let bounds = variable.range.map_or((None, None), |range| (range.min, range.max));
        let outside: Vec<String> = bounds
            .0
            .map(|min| format!("{cell}<{min}"))
            .into_iter()
            .chain(bounds.1.map(|max| format!("{cell}>{max}")))
            .collect();
        let sample = layout.sample.filter(|_| writer.project.asks_for_sample(variable.id)).map(|n| {
            let (n, k) = (reference(layout, row, n), reference(layout, row, n + 1));
            format!("IF(ISNUMBER({k}),IF(ISNUMBER({n}),{k}>{n},TRUE),FALSE)")
        });
        let fine = match sample {
            Some(wrong) => format!("IF({wrong},{},{})", word("sample"), word("fine")),
            None => word("fine"),
        };
        let number = match outside.as_slice() {
            [] => fine,
            tests => format!("IF(OR({}),{},{fine})", tests.join(","), word("outside")),
        };
        let said: Vec<String> = NOT_APPLICABLE.iter().map(|said| format!("{cell}=\"{said}\"")).collect();
        let text = format!("IF(OR({}),{},{})", said.join(","), word("not_applicable"), word("no_number"));
        format!("IF({cell}=\"\",{},IF(ISNUMBER({cell}),{number},{text}))", word("empty"))
    }

    /// How many are fine, how many are to be corrected.
    fn verdict(&self, page: &mut Page<'_>, states: &[String]) -> Result<(), XlsxError> {
        let (Some(first), Some(last)) = (states.first(), states.last()) else { return Ok(()) };
        let writer = self.writer;
        let counted = |key: &str| format!("COUNTIF({first}:{last},\"{}\")", writer.line(key));
        let fine = [counted("fine"), counted("not_applicable")].join("+");
        let wrong = ["no_number", "outside", "sample"].map(counted).join("+");
        let count = states.len();
        let (ready, left) = (writer.line("ready"), writer.line("wrong"));
        let formula = format!("=({fine})&\" {ready} {count} · \"&({wrong})&\" {left}\"");
        let formula = Formula::new(formula).set_result(format!("0 {ready} {count} · 0 {left}"));
        page.sheet.write_formula_with_format(2, 0, formula, &writer.styles.strong)?;
        page.alarm(((2, 0), (2, 0)), &format!("=({wrong})>0"))
    }
}

/// A cell of the sheet of data, as formulas of another sheet have it.
fn reference(layout: &Layout, row: RowNum, column: u16) -> String {
    format!("{}!{}", quote_sheet_name(&layout.tab), row_col_to_cell_absolute(row, column))
}
