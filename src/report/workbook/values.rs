use rust_xlsxwriter::{Worksheet, XlsxError};

use super::Book;
use super::words::both;
use crate::model::{Absence, Cell};

/// One row per unit: the values of all indicators as read.
pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = book.page("workbook_values", "workbook_values_note")?;
    let code = page.column(&book.words.head("workbook_code"), 10.0)?;
    let name = page.column(&book.words.head("workbook_name"), 24.0)?;
    page.text((page.above(), name), &book.words.line("workbook_measure"), &book.styles.note)?;
    let input = book.material.input;
    let mut columns = Vec::new();
    for (at, id) in input.indicators().iter().enumerate() {
        let spec = book.material.framework.indicator(id);
        let head = spec.map(|spec| both(&spec.name)).unwrap_or_default();
        let column = page.column(&head, 14.0)?;
        let measure = spec.map(|spec| both(&spec.measure).replace('\n', " ")).unwrap_or_default();
        page.text((page.above(), column), &measure, &book.styles.note)?;
        columns.push((at, column));
    }
    for (row, unit) in book.units() {
        let at = page.next_row();
        page.text((at, code), unit.code.as_str(), &book.styles.text)?;
        page.text((at, name), &both(&unit.name).replace('\n', " "), &book.styles.text)?;
        for (indicator, column) in &columns {
            let id = input.indicators().get(*indicator);
            let withheld = id.is_some_and(|id| book.release.withholds(id, row));
            let cell = input.observation(*indicator, row).cell;
            match if withheld { Cell::Absent(Absence::Suppressed) } else { cell } {
                Cell::Value(value) => page.number((at, *column), value, &book.styles.number)?,
                Cell::Absent(absence) => {
                    page.text((at, *column), &absent(book, absence), &book.styles.absent)?;
                }
            }
        }
    }
    page.finish(2, &[])
}

fn absent(book: &Book<'_>, absence: Absence) -> String {
    match absence {
        Absence::Missing => "—".to_owned(),
        Absence::NotApplicable => book.words.line("workbook_not_applicable"),
        Absence::Suppressed => book.words.line("workbook_suppressed"),
    }
}
