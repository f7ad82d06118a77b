//! `results.xlsx` of a contest: standings, every round judge by judge with live
//! formulas, all marks, events, rules and sources. It carries the date of the
//! project, so equal results give equal bytes. Exact numbers are computed before;
//! a cell holds the nearest binary number and shows the declared decimals.

mod lists;
mod rounds;
mod standings;

use rust_xlsxwriter::{Workbook, XlsxError};
use serde::Serialize;

use super::sheets::{Page, Styles, Top, properties};
use super::{ContestMaterial, TemplateError, Templates, Words};
use crate::diagnostics::{Bilingual, Failure, Lang};
use crate::numeric::Rounding;

/// The workbook of a contest.
pub fn contest_workbook(material: ContestMaterial<'_>, templates: &Templates) -> Result<Vec<u8>, Failure> {
    let words = Both::new(templates).map_err(|error| Failure::Internal(error.problem))?;
    write(material, &words).map_err(|error| Failure::Internal(format!("results.xlsx: {error}")))
}

fn write(material: ContestMaterial<'_>, words: &Both) -> Result<Vec<u8>, XlsxError> {
    let book = Book { material, words, styles: Styles::new() };
    let project = material.project;
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&project.title, &project.publisher, &project.date)?);
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
pub(in crate::report) struct Both {
    zh: Words,
    en: Words,
}

impl Both {
    pub(in crate::report) fn new(templates: &Templates) -> Result<Self, TemplateError> {
        Ok(Self { zh: Words::new(templates, Lang::Zh)?, en: Words::new(templates, Lang::En)? })
    }

    /// Chinese over English.
    pub(in crate::report) fn head(&self, key: &str) -> Result<String, XlsxError> {
        self.joined(key, (), "\n")
    }

    /// Chinese and English on one line.
    pub(in crate::report) fn line(
        &self,
        key: &str,
        context: impl Serialize + Copy,
    ) -> Result<String, XlsxError> {
        self.joined(key, context, " · ")
    }

    /// The same with what it is about in the language of each.
    pub(in crate::report) fn each<C: Serialize>(
        &self,
        key: &str,
        context: impl Fn(Lang) -> C,
    ) -> Result<String, XlsxError> {
        let (zh, en) =
            (self.say(key, context(Lang::Zh), Lang::Zh)?, self.say(key, context(Lang::En), Lang::En)?);
        Ok(if zh == en { zh } else { format!("{zh} · {en}") })
    }

    /// A sentence in one language.
    pub(in crate::report) fn say(
        &self,
        key: &str,
        context: impl Serialize,
        lang: Lang,
    ) -> Result<String, XlsxError> {
        let words = match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        };
        words.say(key, context).map_err(|error| XlsxError::ParameterError(error.problem))
    }

    fn joined(&self, key: &str, context: impl Serialize + Copy, between: &str) -> Result<String, XlsxError> {
        let (zh, en) = (self.say(key, context, Lang::Zh)?, self.say(key, context, Lang::En)?);
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
    fn page(&self, name: &str, note: &str) -> Result<Page<'_>, XlsxError> {
        let project = self.material.project;
        let title = format!("{} {} · {name}", project.title.zh, project.title.en);
        let status = if project.synthetic { self.words.line("word_synthetic", ())? } else { String::new() };
        let note = [status.as_str(), note].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
        let note = note.join("  ·  ");
        Page::new(&self.styles, &Top { name, title: &title, note: &note, above: 0, head_height: 32 })
    }

    /// Whether a spreadsheet's ROUND does what the rules do.
    fn rounds_as_sheets_do(&self) -> bool {
        self.material.rubric.rounding == Rounding::HalfUp
    }
}
