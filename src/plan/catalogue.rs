use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{framework_schema, project_schema};
use crate::diagnostics::Bilingual;

/// A method that a framework or a project can name, and what it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MethodDoc {
    /// The stage: the key that names the method.
    pub stage: &'static str,
    /// The word in files.
    pub name: String,
    /// What it does, in a line.
    pub line: Bilingual,
    /// Its formula; empty where words say it all.
    pub formula: Bilingual,
    /// What it needs; empty for nothing.
    pub when: Bilingual,
    /// Who described it; empty for common knowledge.
    pub source: String,
}

/// The stages in order, each with the schema of its choices; the last stands in
/// project files.
const STAGES: [(&str, &str); 10] = [
    ("screen", "Screen"),
    ("impute", "Imputation"),
    ("treat", "Treatment"),
    ("normalise", "Normalisation"),
    ("weigh", "Weighting"),
    ("aggregate", "Aggregation"),
    ("missing", "MissingPolicy"),
    ("rank", "RankMethod"),
    ("rate", "RatingRule"),
    ("cross_check", "CrossMethod"),
];

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    zh: String,
    en: String,
    formula: Text,
    when: Text,
    source: String,
}

/// A text, or one for each language.
#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Same(String),
    Each(Bilingual),
}

impl Default for Text {
    fn default() -> Self {
        Text::Same(String::new())
    }
}

impl From<Text> for Bilingual {
    fn from(text: Text) -> Self {
        match text {
            Text::Same(text) => Bilingual { zh: text.clone(), en: text },
            Text::Each(each) => each,
        }
    }
}

/// Every method of every stage, in the order of stages and of the schema: what
/// can be written in a file is what is listed here.
pub fn methods() -> Vec<MethodDoc> {
    let schemas = [framework_schema(), project_schema()];
    let mut entries: BTreeMap<String, BTreeMap<String, Entry>> =
        toml::from_str(include_str!("methods.toml")).unwrap_or_default();
    let mut methods = Vec::new();
    for (stage, definition) in STAGES {
        let mut known = entries.remove(stage).unwrap_or_default();
        let place = format!("/$defs/{definition}");
        let choices = schemas.iter().find_map(|schema| schema.as_value().pointer(&place));
        for name in choices.map(names).unwrap_or_default() {
            let Entry { zh, en, formula, when, source } = known.remove(&name).unwrap_or_default();
            let (formula, when) = (formula.into(), when.into());
            methods.push(MethodDoc { stage, name, line: Bilingual { zh, en }, formula, when, source });
        }
    }
    methods
}

/// The words that tell the choices of a schema apart.
fn names(schema: &Json) -> Vec<String> {
    let list = |key: &str| schema.get(key).and_then(Json::as_array).into_iter().flatten();
    let tag = |choice: &Json| {
        let of = |key: &str| choice.pointer(&format!("/properties/{key}/const")).cloned();
        of("method").or_else(|| choice.get("const").cloned())
    };
    let tagged = list("oneOf").chain(list("anyOf")).filter_map(tag);
    let words = list("enum").cloned();
    tagged.chain(words).filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_is_described_and_nothing_else() {
        let methods = methods();
        let silent: Vec<&str> = methods
            .iter()
            .filter(|one| one.line.zh.is_empty() || one.line.en.is_empty())
            .map(|one| one.name.as_str())
            .collect();
        assert_eq!(silent, [""; 0]);
        let described: BTreeMap<String, BTreeMap<String, Entry>> =
            toml::from_str(include_str!("methods.toml")).unwrap();
        assert_eq!(methods.len(), described.values().map(BTreeMap::len).sum::<usize>());
        // Nothing says both languages in one breath.
        let chinese = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
        for one in &methods {
            assert!(!chinese(&one.when.en) && !chinese(&one.formula.en), "{}", one.name);
            assert!(one.when.zh.is_empty() == one.when.en.is_empty(), "{}", one.name);
        }
        assert!(methods.len() > 60, "{}", methods.len());
    }
}
