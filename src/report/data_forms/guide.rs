use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{Form, one_line, range};
use crate::report::sheets::{Page, Top};

impl Form<'_, '_> {
    /// How to fill in, and what each indicator is.
    pub(super) fn guide(&self) -> Result<Worksheet, XlsxError> {
        let writer = self.writer;
        let title = format!("{} · {}", writer.line("guide"), self.title());
        let (name, note) = (writer.line("guide"), writer.line("guide_note"));
        let top = Top { name: &name, title: &title, note: &note, above: 6, head_height: 32 };
        let styles = &writer.styles;
        let mut page = Page::new(styles, &top)?;
        page.text((2, 0), &writer.line("how"), &styles.strong)?;
        for (row, step) in (3..).zip(["how_1", "how_2", "how_3", "how_4"]) {
            page.text((row, 0), &format!("{}. {}", row - 2, writer.line(step)), &styles.row)?;
        }
        let name = page.column(&writer.words.head("workbook_indicator"), 30.0)?;
        let measure = page.column(&writer.words.head("workbook_measure"), 14.0)?;
        let possible = page.column(&writer.words.head("forms_range"), 12.0)?;
        let better = page.column(&writer.words.head("workbook_direction"), 18.0)?;
        let said = page.column(&writer.words.head("forms_definition"), 90.0)?;
        for variable in &writer.asked {
            let row = page.next_row();
            page.text((row, name), &one_line(variable.name), &styles.wrapped)?;
            page.text((row, measure), &one_line(variable.measure), &styles.wrapped)?;
            page.text((row, possible), &range(variable.range).unwrap_or_default(), &styles.wrapped)?;
            page.text((row, better), &writer.direction(variable), &styles.wrapped)?;
            let definition = writer.definition(variable).join("\n");
            page.text((row, said), &definition, &styles.wrapped)?;
            page.sheet.set_row_height(row, 4.0 + 14.0 * lines(&definition).max(2.0))?;
        }
        page.lock();
        page.finish(1, &[])
    }
}

/// About how many lines of the column of definitions a text takes.
fn lines(text: &str) -> f64 {
    text.lines()
        .map(|line| 1 + line.chars().map(|letter| 1 + usize::from(!letter.is_ascii())).sum::<usize>() / 90)
        .sum::<usize>() as f64
}
