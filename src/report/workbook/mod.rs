//! `results.xlsx`: results, scores with live formulas, values, data quality,
//! method and notes, as far as its audience may see them. It carries the date of
//! the project, so equal results give equal bytes.

mod method;
mod page;
mod quality;
mod results;
mod scores;
mod styles;
mod values;
mod words;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::Material;
use super::release::Release;
use crate::diagnostics::{Failure, Lang};
use crate::model::{Role, Unit};
use crate::plan::Detail;
use crate::store::Tool;
use styles::Styles;

pub use words::WorkbookWords;

/// The workbook of the edition.
pub fn workbook(material: Material<'_>, words: &WorkbookWords) -> Result<Vec<u8>, Failure> {
    write(material, words).map_err(|error| Failure::Internal(format!("results.xlsx: {error}")))
}

fn write(material: Material<'_>, words: &WorkbookWords) -> Result<Vec<u8>, XlsxError> {
    let book = Book { material, words, styles: Styles::new(&material), release: Release::new(material) };
    let disclosure = material.disclosure;
    let mut workbook = Workbook::new();
    workbook.set_properties(&book.properties()?);
    workbook.push_worksheet(results::sheet(&book)?);
    if disclosure.scores && disclosure.dimensions == Detail::Scores {
        workbook.push_worksheet(scores::sheet(&book)?);
    }
    if disclosure.indicators == Detail::Scores {
        workbook.push_worksheet(values::sheet(&book)?);
    }
    workbook.push_worksheet(quality::sheet(&book)?);
    workbook.push_worksheet(method::sheet(&book)?);
    workbook.push_worksheet(method::notes(&book)?);
    workbook.save_to_buffer()
}

/// What every sheet is made from.
struct Book<'a> {
    material: Material<'a>,
    words: &'a WorkbookWords,
    styles: Styles,
    release: Release<'a>,
}

impl<'a> Book<'a> {
    fn properties(&self) -> Result<DocProperties, XlsxError> {
        let project = self.material.project;
        Ok(DocProperties::new()
            .set_title(project.title.get(Lang::Zh))
            .set_author(project.publisher.get(Lang::Zh))
            .set_comment(Tool::this().to_string())
            .set_creation_datetime(&ExcelDateTime::parse_from_str(&project.date)?))
    }

    /// The units in order of code, each with its row in the edition.
    fn units(&self) -> impl Iterator<Item = (usize, &'a Unit)> {
        let start = self.material.input.panel().rows_of(self.material.input.edition()).start;
        self.material.input.panel().units().iter().enumerate().map(move |(at, unit)| (start + at, unit))
    }

    /// What a unit takes part in, in words.
    fn status(&self, row: usize, unit: &Unit) -> String {
        let scored =
            self.material.evaluation.outcomes.get(row).is_some_and(|outcome| outcome.score.is_some());
        self.words.line(match (unit.role, scored) {
            (Role::Benchmark, _) => "workbook_benchmark",
            (Role::Ranked, true) => "workbook_ranked",
            (Role::Ranked, false) => "workbook_unassessed",
        })
    }
}
