//! Data-entry workbooks: what a unit is to report, with open cells for values only,
//! a sheet of formulas that says what is missing or wrong, and a guide. They carry
//! the date of the project, so equal forms give equal bytes.

mod check;
mod data;
mod guide;

use rust_xlsxwriter::{RowNum, Workbook, XlsxError};

use super::sheets::{Styles, properties};
use super::workbook::{WorkbookWords, both};
use super::{TemplateError, Templates};
use crate::diagnostics::{Bilingual, Failure};
use crate::model::{Direction, Unit};
use crate::plan::{DataFormKey, Framework, IndicatorSpec, Project, ValueRange, Variable};

/// Writes data-entry workbooks: words are read once for all.
pub struct DataFormWriter<'a> {
    project: &'a Project,
    asked: Vec<Variable<'a>>,
    framework: &'a Framework,
    digest: &'a str,
    words: WorkbookWords,
    styles: Styles,
}

impl<'a> DataFormWriter<'a> {
    /// A writer of forms that ask for what the project says; `digest` tells what
    /// that is: see [`asked_digest`](crate::validate::asked_digest).
    pub fn new(
        project: &'a Project,
        framework: &'a Framework,
        digest: &'a str,
        templates: &Templates,
    ) -> Result<Self, TemplateError> {
        let words = WorkbookWords::read(templates)?;
        let asked = project.asked(framework);
        Ok(Self { project, asked, framework, digest, words, styles: Styles::new() })
    }

    /// The workbook of a unit.
    pub fn workbook(&self, unit: &Unit) -> Result<Vec<u8>, Failure> {
        self.write(unit).map_err(|error| Failure::Internal(format!("data-entry workbook: {error}")))
    }

    fn write(&self, unit: &Unit) -> Result<Vec<u8>, XlsxError> {
        let project = self.project;
        let form = Form { writer: self, unit };
        let mut workbook = Workbook::new();
        workbook.set_properties(&properties(&project.title, &project.publisher, &project.date)?);
        let (data, layout) = form.data()?;
        workbook.push_worksheet(data);
        workbook.push_worksheet(form.check(&layout)?);
        workbook.push_worksheet(form.guide()?);
        workbook.save_to_buffer()
    }

    fn spec(&self, variable: &Variable<'_>) -> Option<&'a IndicatorSpec> {
        self.framework.indicators.iter().find(|spec| spec.id == *variable.id)
    }

    /// A word in both languages on one line.
    fn line(&self, key: &str) -> String {
        self.words.line(&format!("forms_{key}"))
    }

    /// Which way is better, in words.
    fn direction(&self, variable: &Variable<'_>) -> String {
        self.line(match self.spec(variable).map(|spec| spec.direction) {
            Some(Direction::Higher) => "higher",
            Some(Direction::Lower) => "lower",
            None => "context",
        })
    }

    /// What the indicator is, in both languages, a line for each thing said.
    fn definition(&self, variable: &Variable<'_>) -> Vec<String> {
        let Some(spec) = self.spec(variable) else { return Vec::new() };
        let parts = [
            ("definition", &spec.definition),
            ("numerator", &spec.numerator),
            ("denominator", &spec.denominator),
        ];
        let said = |(key, text): (&str, &Option<Bilingual>)| {
            let text = text.as_ref()?;
            Some(format!("{}: {}", self.line(key), both(text)))
        };
        parts.into_iter().filter_map(said).collect()
    }
}

/// The workbook of a unit in the making.
struct Form<'s, 'a> {
    writer: &'s DataFormWriter<'a>,
    unit: &'s Unit,
}

impl Form<'_, '_> {
    fn key(&self) -> DataFormKey {
        DataFormKey {
            edition: self.writer.project.edition.clone(),
            unit: self.unit.code.to_string(),
            asked: self.writer.digest.to_owned(),
        }
    }

    /// The first line of each sheet.
    fn title(&self) -> String {
        let project = self.writer.project;
        let unit = one_line(&self.unit.name);
        format!("{unit} · {} · {} · {}", self.writer.line("title"), one_line(&project.title), project.edition)
    }
}

/// Where on the sheet of data things are.
struct Layout {
    tab: String,
    value: u16,
    sample: Option<u16>,
    rows: Vec<RowNum>,
}

fn one_line(name: &Bilingual) -> String {
    both(name).replace('\n', " ")
}

/// A range of values as text; `None` where everything is possible.
fn range(range: Option<ValueRange>) -> Option<String> {
    match range.map(|range| (range.min, range.max))? {
        (Some(min), Some(max)) => Some(format!("{min}–{max}")),
        (Some(min), None) => Some(format!("≥ {min}")),
        (None, Some(max)) => Some(format!("≤ {max}")),
        (None, None) => None,
    }
}
