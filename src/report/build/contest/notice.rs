//! The public notice of winners.

use serde_json::json;

use super::scope::Scope;
use super::{matter, prizes};
use crate::report::TemplateError;
use crate::report::build::date_text;
use crate::report::labels;
use crate::report::templates::Templates;
use crate::report::view::contest::PublicNotice;

pub(super) fn notice(scope: &Scope<'_>, templates: &Templates) -> Result<PublicNotice, TemplateError> {
    let project = scope.material.project;
    let title = scope.text(&project.title);
    let mut tables = prizes::tables(scope)?;
    for table in &mut tables {
        for row in table.groups.iter_mut().flat_map(|group| &mut group.rows) {
            row.place = Some(prizes::place_words(scope, row)?);
            row.members = None;
        }
    }
    let shared =
        tables.iter().flat_map(|table| &table.groups).flat_map(|group| &group.rows).any(|row| row.tied);
    let won: Vec<usize> =
        tables.iter().map(|table| table.groups.iter().map(|group| group.rows.len()).sum()).collect();
    let facts = json!({
        "title": title,
        "stage": scope.last_stage().map(|(stage, _)| scope.text(&stage.name)),
        "stages": scope.material.rubric.stages.len(),
        "rubric": scope.text(&scope.material.rubric.name),
        "version": scope.material.rubric.version,
        "won": won,
        "entries": scope.entries_noun(),
        "shared": shared,
    });
    let lines = |key: &str| -> Result<Vec<String>, TemplateError> {
        let text = scope.say(key, &facts)?;
        Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
    };
    Ok(PublicNotice {
        schema: PublicNotice::SCHEMA,
        lang: scope.lang.code(),
        labels: labels::labels(templates, scope.lang)?,
        document: matter::document(scope, "contest_notice_kind")?,
        title_lines: vec![title.to_owned(), scope.say("contest_notice_title", &facts)?],
        opening: lines("contest_notice_opening")?,
        closing: lines("contest_notice_closing")?,
        issuer: vec![scope.text(&project.publisher).to_owned(), date_text(&project.date, scope.lang)],
        tables,
    })
}
