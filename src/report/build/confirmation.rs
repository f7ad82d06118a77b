//! The data of one unit → the sheet on which it confirms them by hand.

use std::collections::BTreeMap;

use serde_json::json;

use super::date_text;
use crate::diagnostics::Lang;
use crate::model::{Absence, Cell};
use crate::plan::NoValue;
use crate::report::confirmation::{SheetRow, decimals, sheet_rows};
use crate::report::view::{ConfirmationGroup, ConfirmationRow, ConfirmationSheet, Document};
use crate::report::{ConfirmationMaterial, Numbers, TemplateError, Templates, Words, labels};

/// Makes the views of the confirmation sheets of an edition in one language: words
/// are read once for all.
#[derive(Debug)]
pub struct ConfirmationReporter<'a> {
    material: ConfirmationMaterial<'a>,
    words: Words,
    labels: BTreeMap<String, String>,
}

impl<'a> ConfirmationReporter<'a> {
    /// A maker of sheets.
    pub fn new(
        material: ConfirmationMaterial<'a>,
        templates: &Templates,
        lang: Lang,
    ) -> Result<Self, TemplateError> {
        let mut labels = labels::labels(templates, lang)?;
        labels.retain(|key, _| key.starts_with("confirm_") || key == "status_synthetic");
        Ok(Self { material, words: Words::new(templates, lang)?, labels })
    }

    /// The sheet of a unit, given by its position.
    pub fn sheet(&self, unit: usize) -> Result<ConfirmationSheet, TemplateError> {
        let lang = self.words.lang();
        let known = self.material.input.panel().units().get(unit);
        let rows = sheet_rows(self.material, unit);
        let count = |absence| rows.iter().filter(|row| row.cell == Cell::Absent(absence)).count();
        let facts = json!({
            "total": rows.len(), "missing": count(Absence::Missing),
            "inapplicable": count(Absence::NotApplicable),
        });
        Ok(ConfirmationSheet {
            schema: ConfirmationSheet::SCHEMA,
            lang: lang.code(),
            labels: self.labels.clone(),
            document: self.document()?,
            kind: self.words.word("confirm_kind")?,
            unit: known.map_or(String::new(), |unit| unit.name.get(lang).to_owned()),
            code: known.map_or(String::new(), |unit| unit.code.to_string()),
            key: self.material.key(unit).map(|key| key.to_string()).unwrap_or_default(),
            lead: self.words.say("confirm_lead", &facts)?,
            sum: self.words.say("confirm_sum", &facts)?,
            groups: self.groups(&rows)?,
        })
    }

    fn document(&self) -> Result<Document, TemplateError> {
        let (project, framework, lang) = (self.material.project, self.material.framework, self.words.lang());
        Ok(Document {
            title: project.title.get(lang).to_owned(),
            publisher: project.publisher.get(lang).to_owned(),
            edition: project.edition.clone(),
            framework: format!("{} {}", framework.name.get(lang), framework.version),
            date_iso: project.date.clone(),
            date_text: date_text(&project.date, lang),
            synthetic: project.synthetic,
            status_text: self.words.word(if project.synthetic { "word_synthetic" } else { "word_real" })?,
            unit_noun: framework.units.get(lang).to_owned(),
            description: framework.description.get(lang).to_owned(),
        })
    }

    /// Rows that follow one another in one dimension stand together.
    fn groups(&self, rows: &[SheetRow<'_>]) -> Result<Vec<ConfirmationGroup>, TemplateError> {
        let lang = self.words.lang();
        let mut groups: Vec<ConfirmationGroup> = Vec::new();
        for (number, row) in (1..).zip(rows) {
            let name = match row.dimension {
                Some(name) => name.get(lang).to_owned(),
                None if row.variable.is_context => self.words.word("confirm_context")?,
                None => self.words.word("confirm_other")?,
            };
            let made = self.row(number, row)?;
            match groups.last_mut() {
                Some(group) if group.name == name => group.rows.push(made),
                _ => groups.push(ConfirmationGroup { name, rows: vec![made] }),
            }
        }
        Ok(groups)
    }

    fn row(&self, number: usize, row: &SheetRow<'_>) -> Result<ConfirmationRow, TemplateError> {
        let lang = self.words.lang();
        let numbers = Numbers::new(self.material.framework.score, lang);
        let absence = match row.cell {
            Cell::Value(_) => None,
            Cell::Absent(Absence::Missing) => Some(NoValue::missing(lang).to_owned()),
            Cell::Absent(Absence::NotApplicable) => Some(NoValue::not_applicable(lang).to_owned()),
            Cell::Absent(Absence::Suppressed) => Some(self.words.word("confirm_suppressed")?),
        };
        let source = row.source.as_ref();
        Ok(ConfirmationRow {
            number,
            name: row.variable.name.get(lang).to_owned(),
            id: row.variable.id.to_string(),
            measure: row.variable.measure.get(lang).to_owned(),
            value: row.cell.value().map(|value| numbers.value(value, decimals(value))),
            absence,
            n: row.n.map(|n| numbers.fixed(f64::from(n), 0)),
            source: source
                .map(|source| self.words.say("confirm_source_text", source.facts(true)))
                .transpose()?,
        })
    }
}
