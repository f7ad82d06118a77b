//! Confirmation sheets: what the data say of one unit, for it to confirm or correct.
//! As a workbook with open cells for replies only, which is read back by its key; the
//! view of the same sheet on paper is built in `build::confirmation`. Scores are not
//! on it: a unit confirms data.

mod check;
mod rows;
mod table;

use rust_xlsxwriter::{Workbook, XlsxError};

use super::contest_workbook::Both;
use super::sheets::{Styles, properties};
use super::{TemplateError, Templates};
use crate::diagnostics::{Failure, Lang};
use crate::model::Unit;
use crate::plan::{ConfirmationKey, Framework, Project};
use crate::validate::{IndexInput, confirmation_digest};
pub(super) use rows::{SheetRow, decimals, sheet_rows};

/// What confirmation sheets are made from. Nothing need have been computed.
#[derive(Clone, Copy, Debug)]
pub struct ConfirmationMaterial<'a> {
    /// What the project declares.
    pub project: &'a Project,
    /// What is measured.
    pub framework: &'a Framework,
    /// The data.
    pub input: &'a IndexInput,
}

impl ConfirmationMaterial<'_> {
    /// The key of the sheet of a unit, given by its position.
    pub fn key(&self, unit: usize) -> Option<ConfirmationKey> {
        Some(ConfirmationKey {
            edition: self.project.edition.clone(),
            unit: self.input.panel().units().get(unit)?.code.to_string(),
            digest: confirmation_digest(self.input, unit),
        })
    }
}

/// Writes confirmation sheets as workbooks: words are read once for all.
pub struct ConfirmationWriter<'a> {
    material: ConfirmationMaterial<'a>,
    words: Both,
    styles: Styles,
    /// The language of what is not in both.
    lang: Lang,
}

impl<'a> ConfirmationWriter<'a> {
    /// A writer.
    pub fn new(material: ConfirmationMaterial<'a>, templates: &Templates) -> Result<Self, TemplateError> {
        let lang = material.project.languages.first().copied().unwrap_or(Lang::Zh);
        Ok(Self { material, words: Both::new(templates)?, styles: Styles::new(), lang })
    }

    /// The workbook of a unit, given by its position. It carries the date of the
    /// project, so equal data give equal bytes.
    pub fn workbook(&self, unit: usize) -> Result<Vec<u8>, Failure> {
        self.write(unit).map_err(|error| Failure::Internal(format!("confirmation sheet: {error}")))
    }

    fn write(&self, at: usize) -> Result<Vec<u8>, XlsxError> {
        let Some(unit) = self.material.input.panel().units().get(at) else {
            return Err(XlsxError::ParameterError("a sheet of no unit".to_owned()));
        };
        let project = self.material.project;
        let mut workbook = Workbook::new();
        workbook.set_properties(&properties(&project.title, &project.publisher, &project.date)?);
        let rows = sheet_rows(self.material, at);
        let (table, layout) = self.table(at, unit, &rows)?;
        workbook.push_worksheet(table);
        workbook.push_worksheet(self.check(unit, &layout)?);
        workbook.save_to_buffer()
    }

    /// Title of both sheets: what they are and whose.
    fn title(&self, unit: &Unit) -> Result<String, XlsxError> {
        let kind = self.words.line("confirm_kind", ())?;
        let (zh, en) = (unit.name.get(Lang::Zh), unit.name.get(Lang::En));
        let name = if zh == en { zh.to_owned() } else { format!("{zh} {en}") };
        Ok(format!("{kind}  —  {name}"))
    }
}
