//! What every workbook is laid out with: formats of cells ([`Styles`]) and sheets
//! with a title, a note and heads that stay in sight ([`Page`]). A page also takes
//! what people fill in: open cells, choices, bounds, notes, locks.
//!
//! A text is a text: whatever stands in the data, no cell starts a formula.

mod entry;
mod page;
mod styles;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, XlsxError};

use crate::diagnostics::{Bilingual, Lang};
use crate::store::Tool;

pub(super) use entry::Bounds;
pub(super) use entry::Scale;
pub(super) use page::{Page, Top};
pub(super) use styles::Styles;

/// Title, author, program and date of a workbook: the date is the project's, so
/// equal results give equal bytes.
pub(super) fn properties(
    title: &Bilingual,
    publisher: &Bilingual,
    date: &str,
) -> Result<DocProperties, XlsxError> {
    Ok(DocProperties::new()
        .set_title(title.get(Lang::Zh))
        .set_author(publisher.get(Lang::Zh))
        .set_comment(Tool::this().to_string())
        .set_creation_datetime(&ExcelDateTime::parse_from_str(date)?))
}

/// A name that a sheet may have: without the signs that spreadsheets refuse, at
/// most 31 characters.
pub(super) fn tab(name: &str) -> String {
    let kept = name.chars().filter(|letter| !"[]:*?/\\'".contains(*letter));
    kept.take(31).collect()
}

#[cfg(test)]
mod tests {
    use super::tab;

    #[test]
    fn a_tab_has_no_sign_that_spreadsheets_refuse_and_31_characters() {
        assert_eq!(tab("初赛/A组[1]"), "初赛A组1");
        assert_eq!(tab(&"长".repeat(40)).chars().count(), 31);
    }
}
