//! Material and insight → view of a report about one unit.

mod advice;
mod bands;
mod cards;
mod change;
mod dimensions;
mod doubt;
mod facts;
mod gaps;
mod head;
mod indicators;
mod marks;
mod method;
mod models;
mod path;
mod position;
mod revisions;
mod shared;
mod signals;
mod trend;
mod wanted;

use std::collections::BTreeMap;

use serde::Serialize;

use super::Scope;
use crate::diagnostics::Lang;
use crate::insight::{Insight, UnitInsight};
use crate::model::Id;
use crate::plan::Audience;
use crate::report::view::{Document, UnitReport};
use crate::report::{Material, Numbers, TemplateError, Templates, Words, labels};
use facts::Facts;
use shared::Shared;

type Said = Result<String, TemplateError>;

/// Groups of fewer units are not compared with, and their quartiles are none: a
/// position among four says little. A limit of statistics, for every reader; that of
/// disclosure is the policy's `small_cells`.
const SMALL_GROUP: usize = 5;

/// The view of the report about one unit, given by its position in the registry.
/// Who makes many reports keeps [`UnitReporter`].
pub fn unit_report(
    material: Material<'_>,
    insight: &Insight,
    templates: &Templates,
    lang: Lang,
    unit: usize,
) -> Result<UnitReport, TemplateError> {
    UnitReporter::new(material, insight, templates, lang)?.report(unit)
}

/// Makes the views of the reports about the units of an edition in one language:
/// words are read, axes and swarms laid out once for all.
#[derive(Debug)]
pub struct UnitReporter<'a> {
    material: Material<'a>,
    insight: &'a Insight,
    words: Words,
    labels: BTreeMap<String, String>,
    shared: Shared,
}

impl<'a> UnitReporter<'a> {
    /// A maker of reports for the audience of `material`.
    pub fn new(
        material: Material<'a>,
        insight: &'a Insight,
        templates: &Templates,
        lang: Lang,
    ) -> Result<Self, TemplateError> {
        let mut words = Words::new(templates, lang)?;
        words.define("whole", shared::whole_name(&material, &words)?);
        let mut labels = labels::labels(templates, lang)?;
        labels.retain(|key, _| key.starts_with("unit_") || key == "status_synthetic");
        let shared = {
            let numbers = Numbers::new(material.framework.score, lang);
            Shared::new(&Scope { material, words: &words, numbers, lang }, insight)
        };
        Ok(Self { material, insight, words, labels, shared })
    }

    /// The view of one report.
    pub fn report(&self, unit: usize) -> Result<UnitReport, TemplateError> {
        let lang = self.words.lang();
        let numbers = Numbers::new(self.material.framework.score, lang);
        let scope = Scope { material: self.material, words: &self.words, numbers, lang };
        let empty = UnitInsight::default();
        let own = self.insight.units.get(unit).unwrap_or(&empty);
        let one = One { scope, insight: self.insight, shared: &self.shared, unit, own };
        let facts = Facts::of(&one)?;
        match self.material.disclosure.audience {
            Audience::Internal => self.internal(&one, &facts),
            Audience::Public => self.public(&one, &facts),
        }
    }

    fn internal(&self, one: &One<'_>, facts: &Facts) -> Result<UnitReport, TemplateError> {
        let scored = one.is_scored();
        Ok(UnitReport {
            lead: head::lead(one, facts)?,
            position: position::plot(one, facts)?,
            dimensions: if scored { dimensions::plot(one, facts)? } else { None },
            cards: cards::cards(one)?,
            gaps: gaps::gaps(one, facts)?,
            indicators: indicators::table(one, facts)?,
            wanted: wanted::wanted(one, facts)?,
            path: path::plot(one, facts)?,
            change: change::plot(one, facts)?,
            trend: trend::plot(one, facts)?,
            doubt: doubt::plot(one, facts)?,
            signals: signals::signals(one, facts)?,
            models: models::models(one, facts)?,
            advice: advice::advice(one, facts)?,
            revisions: revisions::revisions(one)?,
            method: method::method(one, facts)?,
            ..self.frame(one, facts)?
        })
    }

    /// Bands, and words where the internal report has numbers.
    fn public(&self, one: &One<'_>, facts: &Facts) -> Result<UnitReport, TemplateError> {
        let mut report = self.frame(one, facts)?;
        report.head.score = None;
        report.head.notes = Vec::new();
        report.head.headline = bands::headline(one, facts)?;
        report.lead = bands::lead(one, facts)?;
        report.band_counts = bands::counts(one, facts)?;
        report.quarters = bands::quarters(one, facts)?;
        report.wanted = wanted::wanted(one, facts)?;
        report.method = method::public(one, facts)?;
        Ok(report)
    }

    fn frame(&self, one: &One<'_>, facts: &Facts) -> Result<UnitReport, TemplateError> {
        let audience = self.material.disclosure.audience;
        let public = audience == Audience::Public;
        Ok(UnitReport {
            schema: UnitReport::SCHEMA,
            lang: one.scope.lang.code(),
            audience: audience.folder(),
            code: one.scope.unit(one.unit).map_or(String::new(), |unit| unit.code.to_string()),
            labels: self.labels.clone(),
            document: Document { title: one.say("unit_document_title", facts)?, ..one.scope.document()? },
            edges: head::edges(one, facts, public)?,
            bands: self.shared.bands.clone(),
            head: head::head(one, facts)?,
            lead: Vec::new(),
            position: None,
            band_counts: None,
            quarters: None,
            dimensions: None,
            cards: Vec::new(),
            gaps: None,
            indicators: None,
            wanted: None,
            path: None,
            change: None,
            trend: None,
            doubt: None,
            signals: None,
            models: None,
            advice: None,
            revisions: None,
            method: Vec::new(),
        })
    }
}

/// What every part of one report needs.
struct One<'a> {
    scope: Scope<'a>,
    insight: &'a Insight,
    shared: &'a Shared,
    unit: usize,
    own: &'a UnitInsight,
}

impl One<'_> {
    fn say(&self, key: &str, context: impl Serialize) -> Said {
        self.scope.words.say(key, context)
    }

    fn is_scored(&self) -> bool {
        !self.own.positions.is_empty()
    }

    /// The name of an indicator by its position in the insight.
    fn indicator_name(&self, indicator: usize) -> String {
        let id = self.insight.indicators.get(indicator).map(|one| &one.id);
        id.map_or(String::new(), |id| self.scope.name_of(id))
    }

    fn dimension_name(&self, dimension: usize) -> String {
        let id = self.insight.dimensions.get(dimension).map(|one| &one.id);
        id.map_or(String::new(), |id| self.scope.name_of(id))
    }

    /// The raw value of an indicator in the edition.
    fn value(&self, unit: usize, indicator: usize) -> Option<f64> {
        let position = self.insight.indicators.get(indicator)?.position;
        self.scope.material.input.raw().column(position)?.value(self.scope.row(unit))
    }

    /// A value with its unit of measure, the two never apart.
    fn measured(&self, indicator: usize, value: f64) -> String {
        self.shared.measured(&self.scope, self.insight, indicator, value)
    }

    fn own_value(&self, indicator: usize) -> String {
        self.value(self.unit, indicator).map_or("—".to_owned(), |value| self.measured(indicator, value))
    }

    /// The peers compared with: position in the insight's, the nation first.
    fn compared(&self) -> Vec<usize> {
        let kind_of = |at: &usize| self.insight.peers.get(*at).map(|peers| peers.kind.clone());
        let of =
            |kind: &Id| self.own.peers.iter().copied().find(|at| kind_of(at) == Some(Some(kind.clone())));
        self.own
            .peers
            .first()
            .copied()
            .into_iter()
            .chain(self.insight.compared.iter().filter_map(of))
            .collect()
    }

    fn peers_name(&self, peers: usize) -> Result<String, TemplateError> {
        self.shared.peers_name(&self.scope, self.insight, peers)
    }
}
