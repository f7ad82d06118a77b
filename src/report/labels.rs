use std::collections::BTreeMap;

use super::{TemplateError, Templates};
use crate::diagnostics::{Bilingual, Lang};

const FILE: &str = "labels.toml";

/// The fixed words of the templates in one language, by key.
pub(super) fn labels(templates: &Templates, lang: Lang) -> Result<BTreeMap<String, String>, TemplateError> {
    let all = read(templates, FILE)?;
    Ok(all.into_iter().map(|(key, words)| (key, words.get(lang).to_owned())).collect())
}

/// A TOML file of words in both languages, by key.
pub(super) fn read(templates: &Templates, file: &str) -> Result<BTreeMap<String, Bilingual>, TemplateError> {
    let text = templates.get(file).ok_or_else(|| TemplateError::new(file, "not found"))?;
    toml::from_str(text).map_err(|error| TemplateError::new(file, error))
}
