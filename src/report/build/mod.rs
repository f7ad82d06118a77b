//! Material → view: the words, numbers and positions of an index report.

mod advice;
mod audit;
mod change;
mod charts;
mod closure;
mod comparison;
mod confirmation;
pub mod contest;
mod cross_check;
mod dimensions;
mod facts;
mod group;
mod indicators;
mod map;
mod method;
mod normalisation_words;
mod places;
mod plan_words;
mod plots;
mod quality;
mod rating_words;
mod reading;
mod revisions;
mod rule_words;
mod stage_words;
mod summary;
mod tables;
mod unit;
mod withheld;

use super::view::{Colophon, Document, IndexReport, InputView};
use super::{Material, Numbers, TemplateError, Templates, Words, labels};
use crate::diagnostics::{Bilingual, Lang};
use crate::index::Outcome;
use crate::model::Unit;
use crate::store::Tool;
use facts::Facts;

pub use audit::audit_annex;
pub use confirmation::ConfirmationReporter;
pub use group::group_report;
pub use reading::coherence_reading;
pub use unit::{UnitReporter, unit_report};

/// The view of an index report in one language.
pub fn index_report(
    material: Material<'_>,
    templates: &Templates,
    lang: Lang,
) -> Result<IndexReport, TemplateError> {
    let words = Words::new(templates, lang)?;
    let numbers = Numbers::new(material.framework.score, lang);
    let scope = Scope { material, words: &words, numbers, lang };
    let facts = Facts::of(&scope)?;
    Ok(IndexReport {
        schema: IndexReport::SCHEMA,
        lang: lang.code(),
        labels: labels::labels(templates, lang)?,
        league_table: material.disclosure.league_table,
        document: scope.document()?,
        cover: summary::cover(&scope, &facts)?,
        bands: tables::bands(&scope)?,
        unrated_count: material.overview.unassessed.len(),
        summary: summary::summary(&scope, &facts)?,
        front: summary::front(&scope, &facts)?,
        distribution: charts::distribution(&scope, &facts)?,
        overall_headline: words.say("national_overall_headline", &facts)?,
        shares: change::bands(&scope, &facts)?,
        comparison: comparison::comparison(&scope, &facts)?,
        trend: charts::trend(&scope, &facts)?,
        members_lead: words.say("members_lead", &facts)?,
        members: tables::members(&scope)?,
        dimensions: dimensions::dimensions(&scope, &facts)?,
        map: map::section(&scope, &facts)?,
        change: change::section(&scope, &facts)?,
        doubt: audit::section(&scope, templates)?,
        advice: advice::section(&scope, &facts)?,
        ranking: tables::ranking(&scope, &facts)?,
        quality: quality::section(&scope, &facts)?,
        revisions: revisions::section(&scope)?,
        method: method::method(&scope, &facts)?,
        cross_check: cross_check::section(&scope)?,
        agreement: tables::agreement(&scope)?,
        colophon: scope.colophon()?,
    })
}

/// What every part of a report needs.
struct Scope<'a> {
    material: Material<'a>,
    words: &'a Words,
    numbers: Numbers,
    lang: Lang,
}

impl<'a> Scope<'a> {
    fn text(&self, words: &'a Bilingual) -> &'a str {
        words.get(self.lang)
    }

    fn unit(&self, position: usize) -> Option<&'a Unit> {
        self.material.input.panel().units().get(position)
    }

    fn unit_name(&self, position: usize) -> String {
        self.unit(position).map_or(String::new(), |unit| unit.name.get(self.lang).to_owned())
    }

    /// The row of a unit in the edition.
    fn row(&self, unit: usize) -> usize {
        self.material.input.panel().rows_of(self.material.input.edition()).start + unit
    }

    fn outcome(&self, unit: usize) -> Outcome {
        self.material.evaluation.outcomes.get(self.row(unit)).copied().unwrap_or_default()
    }

    /// The scores of the assessed units as readers see them, so that a dot
    /// stands on the side of a bound that its band says.
    fn shown_scores(&self) -> Vec<f64> {
        self.material.overview.assessed.iter().map(|unit| self.shown_score(*unit)).collect()
    }

    fn shown_score(&self, unit: usize) -> f64 {
        self.outcome(unit).score.map_or(0.0, |score| score.rounded)
    }

    fn name_of(&self, id: &crate::model::Id) -> String {
        self.material
            .framework
            .name_of(id)
            .map_or_else(|| id.to_string(), |name| name.get(self.lang).to_owned())
    }

    fn index_name(&self) -> &'a str {
        self.text(&self.material.framework.name)
    }

    fn units_noun(&self) -> &'a str {
        self.text(&self.material.framework.units)
    }

    fn status_text(&self) -> Result<String, TemplateError> {
        if self.material.project.synthetic {
            return self.words.word("word_synthetic");
        }
        self.words.word("word_real")
    }

    fn document(&self) -> Result<Document, TemplateError> {
        let (project, framework) = (self.material.project, self.material.framework);
        Ok(Document {
            title: self.text(&project.title).to_owned(),
            publisher: self.text(&project.publisher).to_owned(),
            edition: project.edition.clone(),
            framework: format!("{} {}", self.index_name(), framework.version),
            date_iso: project.date.clone(),
            date_text: date_text(&project.date, self.lang),
            synthetic: project.synthetic,
            status_text: self.status_text()?,
            unit_noun: self.units_noun().to_owned(),
            description: self.text(&framework.description).to_owned(),
        })
    }

    fn colophon(&self) -> Result<Colophon, TemplateError> {
        #[derive(serde::Serialize)]
        struct Context<'b> {
            publisher: &'b str,
            title: &'b str,
            date: String,
            source: &'b str,
            /// Number of the revision of the data.
            revision: Option<usize>,
        }
        let project = self.material.project;
        let context = Context {
            publisher: self.text(&project.publisher),
            title: self.text(&project.title),
            date: date_text(&project.date, self.lang),
            source: self.text(&self.material.framework.source),
            revision: super::revisions::last(self.material).map(|line| line.seq),
        };
        let input = |file: &crate::validate::InputFile| InputView {
            path: file.name.clone(),
            sha256: file.sha256.clone(),
        };
        Ok(Colophon {
            citation: self.words.say("citation", &context)?,
            attribution: self.text(&project.attribution).to_owned(),
            disclaimer: self.words.say("disclaimer", &context)?,
            tool: Tool::this().to_string(),
            seed: project.seed.to_string(),
            plan_sha256: self.material.plan_sha256.to_owned(),
            revision: revisions::provenance(self)?,
            inputs: self.material.files.iter().map(input).collect(),
        })
    }
}

/// `2024-03-13` as `2024 年 3 月 13 日` or `13 March 2024`.
fn date_text(iso: &str, lang: Lang) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let parts: Vec<usize> = iso.split('-').filter_map(|part| part.parse().ok()).collect();
    let [year, month, day] = parts.as_slice() else { return iso.to_owned() };
    let name = month.checked_sub(1).and_then(|at| MONTHS.get(at)).copied().unwrap_or_default();
    match lang {
        Lang::Zh => format!("{year} 年 {month} 月 {day} 日"),
        Lang::En => format!("{day} {name} {year}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_naturally() {
        assert_eq!(date_text("2024-03-05", Lang::Zh), "2024 年 3 月 5 日");
        assert_eq!(date_text("2024-03-05", Lang::En), "5 March 2024");
    }
}
