use std::collections::BTreeMap;

use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

use super::{TemplateError, Templates, labels};
use crate::diagnostics::Lang;

/// The folder of the sentences, one file per kind of document.
const FOLDER: &str = "narratives/";

/// The sentences of a report in one language. Rendering is strict: a name that
/// the context lacks is an error, never an empty place in a sentence.
#[derive(Debug)]
pub struct Words {
    lang: Lang,
    environment: Environment<'static>,
    /// The file of each sentence.
    files: BTreeMap<String, String>,
}

impl Words {
    /// Reads the sentences of `lang`.
    pub fn new(templates: &Templates, lang: Lang) -> Result<Self, TemplateError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.add_filter("lower_first", |text: String| change_first(&text, false));
        environment.add_filter("upper_first", |text: String| change_first(&text, true));
        let mut files = BTreeMap::new();
        for (key, (file, sentence)) in labels::read(templates, FOLDER)? {
            environment
                .add_template_owned(key.clone(), sentence.get(lang).to_owned())
                .map_err(|error| TemplateError::new(format!("{file}: {key}.{lang}"), error))?;
            files.insert(key, file);
        }
        Ok(Self { lang, environment, files })
    }

    /// Lets every sentence speak of `name`, besides what its context has.
    pub fn define(&mut self, name: &'static str, text: String) {
        self.environment.add_global(name, text);
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The sentence `key` about `context`.
    pub fn say(&self, key: &str, context: impl Serialize) -> Result<String, TemplateError> {
        self.environment
            .get_template(key)
            .and_then(|template| template.render(minijinja::value::Serde(context)))
            .map_err(|error| {
                let file = self.files.get(key).map_or(FOLDER, String::as_str);
                TemplateError::new(format!("{file}: {key}.{}", self.lang), error)
            })
    }

    /// The sentence `key`, which is about nothing in particular.
    pub fn word(&self, key: &str) -> Result<String, TemplateError> {
        self.say(key, ())
    }
}

/// The text with its first letter in upper or lower case; an abbreviation, such
/// as `HDI`, stays.
fn change_first(text: &str, upper: bool) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let abbreviation = letters.clone().next().is_some_and(char::is_uppercase);
    if upper {
        first.to_uppercase().chain(letters).collect()
    } else if abbreviation {
        text.to_owned()
    } else {
        first.to_lowercase().chain(letters).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_letters_change_and_abbreviations_stay() {
        assert_eq!(change_first("Health", false), "health");
        assert_eq!(change_first("HDI, female", false), "HDI, female");
        assert_eq!(change_first("a mean", true), "A mean");
        assert_eq!(change_first("教育", false), "教育");
    }

    #[test]
    fn a_name_that_is_not_there_is_an_error() {
        let words = Words::new(&Templates::embedded(), Lang::En).unwrap();
        let error = words.say("figure_top_title", serde_json::json!({})).unwrap_err();
        assert!(error.template.contains("figure_top_title.en"), "{error:?}");
        assert_eq!(words.word("word_formula").unwrap(), "a formula");
    }
}
