//! Material and audit → view of the statistical audit annex.

mod blocks;
pub(super) mod doubt;
mod drivers;
mod intervals;
mod links;
mod removal;
mod run;
mod sources;
mod varied;

use super::{Scope, tables};
use crate::coherence::Coherence;
use crate::diagnostics::Lang;
use crate::plan::Audience;
use crate::report::view::{AuditAnnex, CoherenceSection, DoubtSection};
use crate::report::{AuditMaterial, Material, Numbers, TemplateError, Templates, Words, labels};
use doubt::DoubtFacts;
pub(super) use intervals::whole_places;

/// Most things named of one kind of finding.
const NAMED: usize = 8;

/// The view of the statistical audit annex in one language, about what an audit
/// `found`.
pub fn audit_annex(
    material: Material<'_>,
    found: AuditMaterial<'_>,
    templates: &Templates,
    lang: Lang,
) -> Result<AuditAnnex, TemplateError> {
    let words = Words::new(templates, lang)?;
    let numbers = Numbers::new(material.framework.score, lang);
    let scope = Scope { material, words: &words, numbers, lang };
    let audit = Audit { scope: &scope, found, facts: DoubtFacts::of(&scope, found.robustness)?, templates };
    let mut document = scope.document()?;
    let name = document.title.clone();
    document.title =
        scope.words.say("audit_document_title", serde_json::json!({ "title": document.title }))?;
    Ok(AuditAnnex {
        schema: AuditAnnex::SCHEMA,
        lang: lang.code(),
        labels: labels::labels(templates, lang)?,
        document,
        name,
        audience: audit.audience()?,
        bands: tables::bands(&scope)?,
        doubt: doubt::section(&scope, found.robustness, &audit.facts)?,
        reading: audit.guidance(&["draws", "interval", "sources", "share"], "audit_reading")?,
        overview: intervals::overview(&audit)?,
        intervals: intervals::pages(&audit)?,
        sources: sources::section(&audit)?,
        varied: varied::section(&audit)?,
        removal: removal::section(&audit)?,
        coherence: audit.coherence(found.coherence)?,
        limits: audit.guidance(&["truth", "assumptions", "ranks", "data"], "audit_limit")?,
        run: run::facts(&audit)?,
        failures: run::failures(&audit)?,
        colophon: scope.colophon()?,
    })
}

/// How sure ranks and ratings are, as a section of the report; `None` without an
/// audit, or one that had nothing to draw.
pub(super) fn section(
    scope: &Scope<'_>,
    templates: &Templates,
) -> Result<Option<DoubtSection>, TemplateError> {
    let Some(found) = scope.material.audit else { return Ok(None) };
    let audit = Audit { scope, found, facts: DoubtFacts::of(scope, found.robustness)?, templates };
    if !audit.facts.drawn {
        return Ok(None);
    }
    Ok(Some(DoubtSection {
        doubt: doubt::section(scope, found.robustness, &audit.facts)?,
        overview: intervals::overview(&audit)?,
        driver_plot: drivers::plot(&audit)?,
        note: scope.words.say("audit_section_note", &audit.facts)?,
    }))
}

/// What every part of the annex needs.
struct Audit<'a> {
    scope: &'a Scope<'a>,
    found: AuditMaterial<'a>,
    facts: DoubtFacts,
    templates: &'a Templates,
}

impl Audit<'_> {
    /// Whether single units may be spoken of.
    fn shows_units(&self) -> bool {
        crate::report::shows_units(&self.scope.material)
    }

    fn audience(&self) -> Result<Option<String>, TemplateError> {
        let material = &self.scope.material;
        let word = match material.disclosure.audience {
            Audience::Internal => "national_internal",
            Audience::Public => "national_public",
        };
        material.project.policy.public.is_some().then(|| self.scope.words.word(word)).transpose()
    }

    /// Short texts by key: `PREFIX_KEY_title` and `PREFIX_KEY_text`.
    fn guidance(
        &self,
        keys: &[&str],
        prefix: &str,
    ) -> Result<Vec<crate::report::view::Guidance>, TemplateError> {
        let of = |key: &&str| {
            Ok(crate::report::view::Guidance {
                title: self.scope.words.say(&format!("{prefix}_{key}_title"), &self.facts)?,
                text: self.scope.words.say(&format!("{prefix}_{key}_text"), &self.facts)?,
            })
        };
        keys.iter().map(of).collect()
    }

    fn coherence(&self, found: &Coherence) -> Result<Option<CoherenceSection>, TemplateError> {
        if found.elements.is_empty() {
            return Ok(None);
        }
        let context = blocks::facts(self, found);
        Ok(Some(CoherenceSection {
            headline: self.scope.words.say("audit_coherence_headline", &context)?,
            lead: self.scope.words.say("audit_coherence_lead", &context)?,
            reading: super::coherence_reading(
                self.scope.material,
                found,
                self.templates,
                self.scope.lang,
                (self.shows_units(), NAMED),
            )?,
            reading_title: self.scope.words.say("audit_flags_title", &context)?,
            reading_note: self.scope.words.say("audit_flags_note", &context)?,
            links: links::table(self, found, &context)?,
            map: links::map(self, found, &context)?,
            weights: links::weights(self, found, &context)?,
            blocks: blocks::table(self, found, &context)?,
            indicators: blocks::indicators(self, found, &context)?,
        }))
    }
}
