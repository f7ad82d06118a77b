//! Blank score sheets as workbooks: one of a judge and round, blind, with open
//! cells for marks only, and a sheet of formulas that counts what is missing. They
//! carry the date of the project, so equal forms give equal bytes.

mod check;
mod layout;
mod marks;

use rust_xlsxwriter::{Workbook, XlsxError};
use serde_json::json;

use super::contest_workbook::Both;
use super::sheets::{Styles, properties, tab};
use super::{ContestMaterial, TemplateError, Templates};
use crate::contest::{FormKey, ScoreForm};
use crate::diagnostics::{Failure, Lang};
use crate::plan::Criterion;
pub(super) use marks::{is_summed, range_facts, reason};

/// Writes blank score sheets as workbooks: words are read once for all.
pub struct ScoreFormWriter<'a> {
    material: ContestMaterial<'a>,
    words: Both,
    styles: Styles,
}

impl<'a> ScoreFormWriter<'a> {
    /// A writer.
    pub fn new(material: ContestMaterial<'a>, templates: &Templates) -> Result<Self, TemplateError> {
        Ok(Self { material, words: Both::new(templates)?, styles: Styles::new() })
    }

    /// The workbook of a form.
    pub fn workbook(&self, form: &ScoreForm) -> Result<Vec<u8>, Failure> {
        self.write(form).map_err(|error| Failure::Internal(format!("score sheet: {error}")))
    }

    fn write(&self, form: &ScoreForm) -> Result<Vec<u8>, XlsxError> {
        let Some(sheet) = Sheet::of(self, form)? else {
            return Err(XlsxError::ParameterError("a form of no round".to_owned()));
        };
        let project = self.material.project;
        let mut workbook = Workbook::new();
        workbook.set_properties(&properties(&project.title, &project.publisher, &project.date)?);
        let (marks, layout) = sheet.marks()?;
        workbook.push_worksheet(marks);
        workbook.push_worksheet(sheet.check(&layout)?);
        workbook.save_to_buffer()
    }
}

/// The key of a form: the text by which it is known again.
pub fn form_key(material: ContestMaterial<'_>, form: &ScoreForm) -> Option<FormKey> {
    let (_, round) = material.rubric.rounds().nth(form.round)?;
    let judge = form.judge.and_then(|judge| material.input.judges().get(judge));
    Some(FormKey {
        edition: material.project.edition.clone(),
        round: round.id.to_string(),
        judge: judge.map(|judge| judge.code.clone()),
    })
}

/// A form with all that its two sheets say.
struct Sheet<'s, 'a> {
    writer: &'s ScoreFormWriter<'a>,
    form: &'s ScoreForm,
    criteria: Vec<&'a Criterion>,
    /// The language of the heads.
    lang: Lang,
    /// Round and judge.
    title: String,
    /// The name of the sheet of marks.
    tab: String,
}

impl<'s, 'a> Sheet<'s, 'a> {
    fn of(writer: &'s ScoreFormWriter<'a>, form: &'s ScoreForm) -> Result<Option<Self>, XlsxError> {
        let ContestMaterial { project, rubric, input, .. } = writer.material;
        let Some((_, round)) = rubric.rounds().nth(form.round) else { return Ok(None) };
        let Some(scheme) = rubric.scheme(&round.scheme) else { return Ok(None) };
        let lang = project.languages.first().copied().unwrap_or(Lang::Zh);
        let code = form.judge.and_then(|judge| input.judges().get(judge)).map(|judge| judge.code.as_str());
        let names = |lang| json!({ "round": round.name.get(lang), "code": code });
        let title = writer.words.each("day_form_title", names)?;
        let judge = writer.words.each("day_form_judge", names)?;
        Ok(Some(Self {
            writer,
            form,
            criteria: form.criteria.iter().filter_map(|at| scheme.criteria.get(*at)).collect(),
            lang,
            title: format!("{title}  —  {judge}"),
            tab: tab(&writer.words.say("day_form_marks_tab", (), lang)?),
        }))
    }
}
