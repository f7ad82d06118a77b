//! `results.xlsx` of a contest: standings, every round judge by judge with live
//! formulas, all marks, events, rules and sources. It carries the date of the
//! project, so equal results give equal bytes. Exact numbers are computed before;
//! a cell holds the nearest binary number and shows the declared decimals.

mod lists;
mod page;
mod rounds;
mod standings;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use serde::Serialize;

use super::{ContestMaterial, TemplateError, Templates, Words};
use crate::diagnostics::{Bilingual, Failure, Lang};
use crate::numeric::Rounding;
use crate::store::Tool;
use page::Styles;

/// The workbook of a contest.
pub fn contest_workbook(material: ContestMaterial<'_>, templates: &Templates) -> Result<Vec<u8>, Failure> {
    let words = Both::new(templates).map_err(|error| Failure::Internal(error.problem))?;
    write(material, &words).map_err(|error| Failure::Internal(format!("results.xlsx: {error}")))
}

fn write(material: ContestMaterial<'_>, words: &Both) -> Result<Vec<u8>, XlsxError> {
    let book = Book { material, words, styles: Styles::new() };
    let project = material.project;
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new()
            .set_title(project.title.get(Lang::Zh))
            .set_author(project.publisher.get(Lang::Zh))
            .set_comment(Tool::this().to_string())
            .set_creation_datetime(&ExcelDateTime::parse_from_str(&project.date)?),
    );
    for sheet in standings::sheets(&book)? {
        workbook.push_worksheet(sheet);
    }
    for sheet in rounds::sheets(&book)? {
        workbook.push_worksheet(sheet);
    }
    workbook.push_worksheet(lists::marks(&book)?);
    workbook.push_worksheet(lists::events(&book)?);
    workbook.push_worksheet(lists::rules(&book)?);
    workbook.push_worksheet(lists::sources(&book)?);
    workbook.save_to_buffer()
}

/// The words in both languages.
struct Both {
    zh: Words,
    en: Words,
}

impl Both {
    fn new(templates: &Templates) -> Result<Self, TemplateError> {
        Ok(Self { zh: Words::new(templates, Lang::Zh)?, en: Words::new(templates, Lang::En)? })
    }

    /// Chinese over English.
    fn head(&self, key: &str) -> Result<String, XlsxError> {
        self.joined(key, (), "\n")
    }

    /// Chinese and English on one line.
    fn line(&self, key: &str, context: impl Serialize + Copy) -> Result<String, XlsxError> {
        self.joined(key, context, " · ")
    }

    fn joined(&self, key: &str, context: impl Serialize + Copy, between: &str) -> Result<String, XlsxError> {
        let say =
            |words: &Words| words.say(key, context).map_err(|error| XlsxError::ParameterError(error.problem));
        let (zh, en) = (say(&self.zh)?, say(&self.en)?);
        Ok(if zh == en { zh } else { format!("{zh}{between}{en}") })
    }
}

/// A name in both languages.
fn both(name: &Bilingual) -> String {
    if name.zh == name.en { name.zh.clone() } else { format!("{}\n{}", name.zh, name.en) }
}

/// What every sheet is made from.
struct Book<'a> {
    material: ContestMaterial<'a>,
    words: &'a Both,
    styles: Styles,
}

impl Book<'_> {
    /// Whether a spreadsheet's ROUND does what the rules do.
    fn rounds_as_sheets_do(&self) -> bool {
        self.material.rubric.rounding == Rounding::HalfUp
    }
}
