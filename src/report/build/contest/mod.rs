//! A scored contest → views: words, numbers and places of dots.

mod certificates;
mod feedback;
mod feedback_criteria;
mod feedback_notes;
mod matter;
mod notes;
mod notice;
mod prizes;
mod reporter;
mod rounds;
mod rules;
mod scope;
mod score_sheets;
mod sheets;
mod sign_off;
mod slides;
mod stages;
mod standings;

use crate::diagnostics::Lang;
use crate::plan::Rubric;
use crate::report::view::contest::{ContestBook, PublicNotice, RuleStep};
use crate::report::{ContestMaterial, TemplateError, Templates, Words, labels};
pub use reporter::ContestReporter;
use rules::Speaker;
use scope::Scope;
pub(in crate::report) use scope::{Held, decimals, last_rounding, part_places, stage_places};
pub use sign_off::sign_off;

/// A sentence, or the template that failed.
type Said = Result<String, TemplateError>;

/// The view of a result book in one language.
pub fn contest_book(
    material: ContestMaterial<'_>,
    templates: &Templates,
    lang: Lang,
) -> Result<ContestBook, TemplateError> {
    let words = Words::new(templates, lang)?;
    let scope = Scope { material, words: &words, lang };
    let Some((stage, result)) = scope.last_stage() else {
        return Err(TemplateError::new("contest-book.typ", "a contest without stages"));
    };
    Ok(ContestBook {
        schema: ContestBook::SCHEMA,
        lang: lang.code(),
        labels: labels::labels(templates, lang)?,
        document: matter::document(&scope, "contest_book_kind")?,
        cover: matter::cover(&scope)?,
        rules: scope.speaker().rules()?,
        standings: standings::standings(&scope, stage, result)?,
        rounds: rounds::rounds(&scope, stage, result)?,
        prizes: prizes::prizes(&scope)?,
        path: stages::path(&scope)?,
        stages: stages::stages(&scope)?,
        teams: sheets::sheets(&scope, stage, result)?,
        notes: notes::notes(&scope)?,
        colophon: matter::colophon(&scope)?,
        signoff: matter::signoff(&scope)?,
    })
}

/// The view of a public notice in one language.
pub fn public_notice(
    material: ContestMaterial<'_>,
    templates: &Templates,
    lang: Lang,
) -> Result<PublicNotice, TemplateError> {
    let words = Words::new(templates, lang)?;
    notice::notice(&Scope { material, words: &words, lang }, templates)
}

/// The rules one by one in plain words.
pub(in crate::report) fn rules_in_words(
    rubric: &Rubric,
    words: &Words,
    lang: Lang,
) -> Result<Vec<RuleStep>, TemplateError> {
    Speaker { words, lang, rubric }.steps()
}
