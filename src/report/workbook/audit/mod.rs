//! `audit.xlsx`: how sure ranks and ratings are and whether data, structure and
//! weights fit, one table per sheet, in both languages.

mod coherence;
mod doubt;
mod quality;
mod table;
mod units;

use rust_xlsxwriter::{Workbook, XlsxError};

use super::{Book, WorkbookWords, method};
use crate::diagnostics::Failure;
use crate::model::Id;
use crate::report::sheets::{Styles, properties};
use crate::report::{AuditMaterial, Material, audit, release};

/// The workbook of the audit; empty bytes without one.
pub fn audit_workbook(material: Material<'_>, words: &WorkbookWords) -> Result<Vec<u8>, Failure> {
    let Some(found) = material.audit else { return Ok(Vec::new()) };
    write(material, found, words).map_err(|error| Failure::Internal(format!("audit.xlsx: {error}")))
}

fn write(
    material: Material<'_>,
    found: AuditMaterial<'_>,
    words: &WorkbookWords,
) -> Result<Vec<u8>, XlsxError> {
    let styles = Styles::new();
    let score = styles.decimals(Some(material.evaluation.plan.score.decimals));
    let book = Book { material, words, styles, score, release: release::Release::new(material) };
    let (doubt, coherence) = (found.robustness, found.coherence);
    let mut tables = vec![doubt::summary(&book, doubt)];
    if audit::shows_units(&material) {
        tables.push(units::intervals(&book, doubt));
        tables.push(units::distribution(&book, doubt));
    }
    tables.extend([
        doubt::assumptions(&book, doubt),
        doubt::sensitivity(&book, doubt),
        doubt::removal(&book, doubt),
        coherence::links(&book, coherence),
        coherence::pairs(&book, coherence),
        coherence::blocks(&book, coherence),
        coherence::components(&book, coherence),
        coherence::weights(&book, coherence),
        quality::indicators(&book, coherence),
    ]);
    if audit::shows_units(&material) {
        tables.push(quality::units(&book, coherence));
    }
    tables.push(quality::flags(&book, coherence));
    let project = material.project;
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&project.title, &project.publisher, &project.date)?);
    for table in tables {
        workbook.push_worksheet(table.sheet(&book)?);
    }
    workbook.push_worksheet(method::notes(&book)?);
    workbook.save_to_buffer()
}

/// The name of an indicator or node in both languages on one line; its id where
/// it has none.
fn name_of(book: &Book<'_>, id: &Id) -> String {
    let name = book.material.framework.name_of(id);
    name.map_or_else(|| id.to_string(), |name| super::words::both(name).replace('\n', " "))
}
