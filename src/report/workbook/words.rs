use std::collections::BTreeMap;

use crate::diagnostics::{Bilingual, Lang};
use crate::report::{TemplateError, Templates, labels};

/// The words of the workbook, in both languages side by side.
#[derive(Clone, Debug)]
pub struct WorkbookWords {
    words: BTreeMap<String, Bilingual>,
}

impl WorkbookWords {
    /// Reads the words.
    pub fn read(templates: &Templates) -> Result<Self, TemplateError> {
        let all = labels::read(templates, labels::FOLDER)?;
        Ok(Self { words: all.into_iter().map(|(key, (_, words))| (key, words)).collect() })
    }

    /// A word; its key, if a project's own file lacks it.
    fn get<'a>(&'a self, key: &'a str, lang: Lang) -> &'a str {
        self.words.get(key).map_or(key, |words| words.get(lang))
    }

    /// A word in both languages on two lines, as heads of columns have it.
    pub(in crate::report) fn head(&self, key: &str) -> String {
        format!("{}\n{}", self.get(key, Lang::Zh), self.get(key, Lang::En))
    }

    /// A word in one language.
    pub(in crate::report) fn word(&self, key: &str, lang: Lang) -> String {
        self.get(key, lang).to_owned()
    }

    /// A word in both languages on one line.
    pub(in crate::report) fn line(&self, key: &str) -> String {
        format!("{} {}", self.get(key, Lang::Zh), self.get(key, Lang::En))
    }
}

/// A name in both languages on two lines; on one, if they are equal.
pub(in crate::report) fn both(name: &Bilingual) -> String {
    let (zh, en) = (name.get(Lang::Zh), name.get(Lang::En));
    if zh == en { zh.to_owned() } else { format!("{zh}\n{en}") }
}
