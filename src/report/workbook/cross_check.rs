use rust_xlsxwriter::{Worksheet, XlsxError};

use super::Book;
use super::words::both;
use crate::index::CrossCheck;

/// One row per unit: its rank by the index and by each method, and the
/// difference. Above the heads of a method stands its rank correlation.
pub(super) fn sheet(book: &Book<'_>, found: &CrossCheck) -> Result<Worksheet, XlsxError> {
    let mut page = book.page("workbook_cross", "workbook_cross_note")?;
    let code = page.column(&book.words.head("workbook_code"), 10.0)?;
    let name = page.column(&book.words.head("workbook_name"), 24.0)?;
    let index = page.column(&book.words.head("workbook_cross_index"), 12.0)?;
    page.text((page.above(), name), &book.words.line("workbook_cross_correlation"), &book.styles.note)?;
    let mut columns = Vec::new();
    for ranking in &found.rankings {
        let method = book.words.head(&format!("workbook_cross_{}", ranking.method.word().replace('-', "_")));
        let rank = page.column(&method, 14.0)?;
        let shift = page.column(&book.words.head("workbook_cross_shift"), 12.0)?;
        if let Some(correlation) = ranking.correlation {
            page.number((page.above(), rank), correlation, &book.styles.decimals(Some(3)))?;
        }
        columns.push((ranking, rank, shift));
    }
    for (at, (row, unit)) in book.units().enumerate() {
        let Some(outcome) = book.material.evaluation.outcomes.get(row).and_then(|outcome| outcome.rank)
        else {
            continue;
        };
        let line = page.next_row();
        page.text((line, code), unit.code.as_str(), &book.styles.text)?;
        page.text((line, name), &both(&unit.name).replace('\n', " "), &book.styles.text)?;
        page.number((line, index), outcome.value, &book.styles.number)?;
        for (ranking, rank, shift) in &columns {
            if let Some(place) = ranking.places.get(at).copied().flatten() {
                page.number((line, *rank), place.rank, &book.styles.number)?;
                page.number((line, *shift), place.shift(), &book.styles.number)?;
            }
        }
    }
    page.finish(2, &[])
}
