//! `results.xlsx`: results, scores with live formulas, values, data quality,
//! method and notes, as far as its audience may see them. It carries the date of
//! the project, so equal results give equal bytes.

mod audit;
mod cross_check;
mod mean;
mod method;
mod quality;
mod results;
mod revisions;
mod scores;
mod values;
mod words;

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::Material;
use super::release::Release;
use super::sheets::{Page, Styles, Top, properties};
use crate::diagnostics::Failure;
use crate::model::{Role, Unit};
use crate::plan::Detail;

pub use audit::audit_workbook;
pub use words::WorkbookWords;
pub(super) use words::both;

/// The workbook of the edition.
pub fn workbook(material: Material<'_>, words: &WorkbookWords) -> Result<Vec<u8>, Failure> {
    write(material, words).map_err(|error| Failure::Internal(format!("results.xlsx: {error}")))
}

fn write(material: Material<'_>, words: &WorkbookWords) -> Result<Vec<u8>, XlsxError> {
    let styles = Styles::new();
    let score = styles.decimals(Some(material.evaluation.plan.score.decimals));
    let book = Book { material, words, styles, score, release: Release::new(material) };
    let disclosure = material.disclosure;
    let mut workbook = Workbook::new();
    let project = material.project;
    workbook.set_properties(&properties(&project.title, &project.publisher, &project.date)?);
    workbook.push_worksheet(results::sheet(&book)?);
    if disclosure.scores && disclosure.dimensions == Detail::Scores {
        workbook.push_worksheet(scores::sheet(&book)?);
    }
    if disclosure.indicators == Detail::Scores {
        workbook.push_worksheet(values::sheet(&book)?);
    }
    if let Some(found) = material.cross_check.filter(|_| disclosure.ranks) {
        workbook.push_worksheet(cross_check::sheet(&book, found)?);
    }
    workbook.push_worksheet(quality::sheet(&book)?);
    if let Some(sheet) = revisions::sheet(&book)? {
        workbook.push_worksheet(sheet);
    }
    workbook.push_worksheet(method::sheet(&book)?);
    workbook.push_worksheet(method::notes(&book)?);
    workbook.save_to_buffer()
}

/// What every sheet is made from.
struct Book<'a> {
    material: Material<'a>,
    words: &'a WorkbookWords,
    styles: Styles,
    /// The format of scores.
    score: Format,
    release: Release<'a>,
}

impl<'a> Book<'a> {
    /// A page named by the word `name`.
    fn page(&self, name: &str, note: &str) -> Result<Page<'_>, XlsxError> {
        let project = self.material.project;
        let (title, edition) = (&project.title, &project.edition);
        let name = self.words.line(name);
        let heading = format!("{} {} · {edition} · {name}", title.zh, title.en);
        let status = if project.synthetic { self.words.line("workbook_synthetic") } else { String::new() };
        let note = if note.is_empty() { String::new() } else { self.words.line(note) };
        let note = [status, note].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
        let note = note.join("  ·  ");
        Page::new(&self.styles, &Top { name: &name, title: &heading, note: &note, above: 1, head_height: 44 })
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
