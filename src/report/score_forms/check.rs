//! The sheet that says, by formulas, what of the marks is missing or wrong.

use rust_xlsxwriter::{
    ColNum, Formula, RowNum, Worksheet, XlsxError, row_col_to_cell, row_col_to_cell_absolute,
    utility::quote_sheet_name,
};

use super::Sheet;
use super::layout::{Block, Layout};
use super::marks::scale_of;
use crate::contest::FormCell;
use crate::report::sheets::{Page, Top};
use crate::validate::recused_sign;

const KEYS: [&str; 6] = ["need", "filled", "missing", "outside", "fine", "text"];

/// What a row of the sheet counts.
struct Count {
    block: Block,
    need: u32,
}

impl Sheet<'_, '_> {
    /// The self-check: the whole sheet, then criterion by criterion, then entry by
    /// entry.
    pub(super) fn check(&self, layout: &Layout) -> Result<Worksheet, XlsxError> {
        let (words, styles) = (&self.writer.words, &self.writer.styles);
        let title = format!("{}  —  {}", words.line("day_form_check_tab", ())?, self.title);
        let top = Top {
            name: &words.say("day_form_check_tab", (), self.lang)?,
            title: &title,
            note: &words.line("day_form_check_note", ())?,
            above: 2,
            head_height: 32,
        };
        let mut page = Page::new(styles, &top)?;
        let name = page.column(&words.head("day_form_check_what")?, 26.0)?;
        let mut columns = Vec::new();
        for key in KEYS {
            columns.push(page.column(&words.head(&format!("day_form_check_{key}"))?, 12.0)?);
        }
        let all = page.next_row();
        page.text((all, name), &words.line("day_form_check_all", ())?, &styles.strong)?;
        for (at, criterion) in self.criteria.iter().enumerate() {
            let row = page.next_row();
            page.text((row, name), criterion.name.get(self.lang), &styles.text)?;
            let Some(column) = layout.criteria.get(at) else { continue };
            let need = self.form.rows.iter().filter(|row| row.cells.get(at) == Some(&FormCell::Open)).count();
            let block = ((layout.rows.0, *column), (layout.rows.1, *column));
            let count = Count { block, need: u32::try_from(need).unwrap_or(u32::MAX) };
            self.line(&mut page, row, &columns, &count, Some(at))?;
        }
        self.sums(&mut page, all, &columns)?;
        for (entry, rows) in &layout.entries {
            let row = page.next_row();
            let code = self.writer.material.input.entries().get(*entry).map_or("", |entry| &entry.code);
            page.text((row, name), code, &styles.text)?;
            let own = self.form.rows.iter().filter(|row| row.entry == *entry);
            let need = own.flat_map(|row| &row.cells).filter(|cell| **cell == FormCell::Open).count();
            let Some(block) = layout.across(*rows) else { continue };
            let count = Count { block, need: u32::try_from(need).unwrap_or(u32::MAX) };
            self.line(&mut page, row, &columns, &count, None)?;
        }
        self.verdict(&mut page, all, &columns)?;
        let last = page.last_row();
        if let (Some(missing), Some(text)) = (columns.get(2), columns.last()) {
            page.alarm(((all, *missing), (last, *text)), &format!("={}>0", row_col_to_cell(all, *missing)))?;
        }
        page.lock();
        page.finish(1, &[])
    }

    /// The counts of a block; of a column of one criterion also what its scale
    /// does not allow.
    fn line(
        &self,
        page: &mut Page<'_>,
        row: RowNum,
        columns: &[ColNum],
        count: &Count,
        criterion: Option<usize>,
    ) -> Result<(), XlsxError> {
        let format = &self.writer.styles.row;
        let [need, filled, missing, outside, fine, text] = columns else { return Ok(()) };
        let (need, filled) = ((row, *need), (row, *filled));
        let block = self.reference(count.block);
        let sign = recused_sign(self.lang);
        page.number(need, f64::from(count.need), format)?;
        let cell = |at: (RowNum, ColNum)| row_col_to_cell(at.0, at.1);
        page.formula(filled, &format!("=COUNTA({block})-COUNTIF({block},\"{sign}\")"), 0.0, format)?;
        let left = format!("={}-{}", cell(need), cell(filled));
        page.formula((row, *missing), &left, f64::from(count.need), format)?;
        let Some(criterion) = criterion.and_then(|at| self.criteria.get(at)) else { return Ok(()) };
        let scale = scale_of(criterion);
        let outside_of = |(sign, bound): (&str, Option<f64>)| {
            bound.map(|bound| format!("COUNTIF({block},\"{sign}{bound}\")"))
        };
        let bounds: Vec<String> =
            [("<", scale.low), (">", scale.high)].into_iter().filter_map(outside_of).collect();
        if !bounds.is_empty() {
            page.formula((row, *outside), &format!("={}", bounds.join("+")), 0.0, format)?;
        }
        // A mark that fits makes 1/TRUE, another 1/FALSE, which is an error; so is
        // a text, which is not counted here.
        let steps = scale.steps(&block);
        if !steps.is_empty() {
            let fits = steps.iter().map(|step| format!("({step})")).collect::<Vec<_>>().join("*");
            let formula = format!("=SUMPRODUCT(ISNUMBER({block})*ISERROR(1/({fits})))");
            page.formula((row, *fine), &formula, 0.0, format)?;
        }
        let texts = format!("={}-COUNT({block})", cell(filled));
        page.formula((row, *text), &texts, 0.0, format)
    }

    /// The first line: the sums of those of the criteria.
    fn sums(&self, page: &mut Page<'_>, all: RowNum, columns: &[ColNum]) -> Result<(), XlsxError> {
        let last = all + RowNum::try_from(self.criteria.len()).unwrap_or(0);
        let open = self.form.rows.iter().flat_map(|row| &row.cells).filter(|cell| **cell == FormCell::Open);
        let open = u32::try_from(open.count()).unwrap_or(u32::MAX);
        for (key, column) in KEYS.iter().zip(columns) {
            let range = format!("{}:{}", row_col_to_cell(all + 1, *column), row_col_to_cell(last, *column));
            let result = if ["need", "missing"].contains(key) { f64::from(open) } else { 0.0 };
            page.formula((all, *column), &format!("=SUM({range})"), result, &self.writer.styles.row_strong)?;
        }
        Ok(())
    }

    /// One sentence above all: whether the form can be handed in.
    fn verdict(&self, page: &mut Page<'_>, all: RowNum, columns: &[ColNum]) -> Result<(), XlsxError> {
        let [.., missing, _, _, text] = columns else { return Ok(()) };
        let words = &self.writer.words;
        let wrong = format!("SUM({}:{})", row_col_to_cell(all, *missing), row_col_to_cell(all, *text));
        let (ready, left) = (words.line("day_form_check_ready", ())?, words.line("day_form_check_left", ())?);
        let formula = format!("=IF({wrong}=0,\"✓ {ready}\",{wrong}&\" {left}\")");
        let open = self.form.rows.iter().flat_map(|row| &row.cells).filter(|cell| **cell == FormCell::Open);
        let formula = Formula::new(formula).set_result(format!("{} {left}", open.count()));
        page.sheet.write_formula_with_format(2, 0, formula, &self.writer.styles.strong)?;
        page.alarm(((2, 0), (2, 0)), &format!("={wrong}>0"))
    }

    /// A block of the sheet of marks, as formulas of another sheet have it.
    fn reference(&self, block: Block) -> String {
        let absolute = |(row, column): (RowNum, ColNum)| row_col_to_cell_absolute(row, column);
        format!("{}!{}:{}", quote_sheet_name(&self.tab), absolute(block.0), absolute(block.1))
    }
}
