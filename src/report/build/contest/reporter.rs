//! Documents of which there are many: words are read once for all.

use std::collections::BTreeMap;

use super::scope::Scope;
use crate::diagnostics::Lang;
use crate::report::{ContestMaterial, TemplateError, Templates, Words, labels};

/// What the theme of all reports asks for.
const THEME: &str = "status_synthetic";

/// Makes the views of the single documents of a contest in one language:
/// certificates, feedback, score sheets, slides.
#[derive(Debug)]
pub struct ContestReporter<'a> {
    material: ContestMaterial<'a>,
    words: Words,
    labels: BTreeMap<String, String>,
}

impl<'a> ContestReporter<'a> {
    /// A maker of documents.
    pub fn new(
        material: ContestMaterial<'a>,
        templates: &Templates,
        lang: Lang,
    ) -> Result<Self, TemplateError> {
        let mut labels = labels::labels(templates, lang)?;
        labels.retain(|key, _| ["day_", "contest_", THEME].iter().any(|prefix| key.starts_with(prefix)));
        Ok(Self { material, words: Words::new(templates, lang)?, labels })
    }

    pub(super) fn scope(&self) -> Scope<'_> {
        Scope { material: self.material, words: &self.words, lang: self.words.lang() }
    }

    /// The fixed words whose keys start with one of `prefixes`: a small document
    /// carries only its own.
    pub(super) fn labels(&self, prefixes: &[&str]) -> BTreeMap<String, String> {
        let own = self
            .labels
            .iter()
            .filter(|(key, _)| prefixes.iter().chain(&[THEME]).any(|prefix| key.starts_with(prefix)));
        own.map(|(key, words)| (key.clone(), words.clone())).collect()
    }
}
