use rust_xlsxwriter::{Worksheet, XlsxError};

use super::Book;
use super::words::both;
use crate::model::{Absence, Cell, Role};

/// One row per indicator: how many ranked units have a value, and why others
/// have none.
pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = book.page("workbook_quality", "")?;
    let words = book.words;
    let id = page.column(&words.head("workbook_code"), 24.0)?;
    let name = page.column(&words.head("workbook_indicator"), 40.0)?;
    let present = page.column(&words.head("workbook_count"), 12.0)?;
    let missing = page.column(&words.head("workbook_missing"), 12.0)?;
    let not_applicable = page.column(&words.head("workbook_not_applicable"), 16.0)?;
    let suppressed = page.column(&words.head("workbook_suppressed"), 12.0)?;
    let share = page.column(&words.head("workbook_share"), 14.0)?;
    let (input, styles) = (book.material.input, &book.styles);
    for (indicator, known) in input.indicators().iter().enumerate() {
        let at = page.next_row();
        page.text((at, id), known.as_str(), &styles.text)?;
        let spec = book.material.framework.indicator(known);
        page.text(
            (at, name),
            &spec.map(|spec| both(&spec.name)).unwrap_or_default().replace('\n', " "),
            &styles.text,
        )?;
        let cells: Vec<Cell> = book
            .units()
            .filter(|(_, unit)| unit.role == Role::Ranked)
            .map(|(row, _)| input.observation(indicator, row).cell)
            .collect();
        let count = |is: &dyn Fn(&Cell) -> bool| cells.iter().filter(|cell| is(cell)).count();
        let absent = |why: Absence| count(&|cell| *cell == Cell::Absent(why));
        let counts = [
            (present, count(&|cell| cell.value().is_some())),
            (missing, absent(Absence::Missing)),
            (not_applicable, absent(Absence::NotApplicable)),
            (suppressed, absent(Absence::Suppressed)),
        ];
        for (column, count) in counts {
            page.number((at, column), count as f64, &styles.number)?;
        }
        let lacking = absent(Absence::Missing) as f64 / cells.len().max(1) as f64;
        page.number((at, share), lacking, &styles.percent)?;
    }
    page.finish(2, &[share])
}
