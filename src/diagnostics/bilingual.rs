use std::fmt;

use super::safe::on_one_line;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A language that benchline speaks.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Simplified Chinese, the first language.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Both languages, the first one first.
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// The ISO 639-1 code, as used in file names and declarations.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The same words in Chinese and in English: a name, a sentence, a message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Bilingual {
    /// The words in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// The same word in both languages: a code, a symbol.
    pub fn same(word: impl Into<String>) -> Self {
        let en = word.into();
        Self { zh: en.clone(), en }
    }

    /// The same words as a message may show them: on one line, nothing unseen, no
    /// numbers of persons.
    pub(super) fn on_one_line(self) -> Self {
        Self { zh: on_one_line(&self.zh), en: on_one_line(&self.en) }
    }
}

/// Characters of a value that a message shows.
const MOST_SHOWN: usize = 40;

/// A value as messages show it: on one line, shortened when it is long.
pub fn shown(value: &str) -> String {
    let line = on_one_line(value);
    match line.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// Builds a [`Bilingual`] from a Chinese and an English format string; both
/// capture variables from the place of the call.
macro_rules! bilingual {
    ($zh:literal, $en:literal $(,)?) => {
        $crate::diagnostics::Bilingual { zh: format!($zh), en: format!($en) }
    };
}
pub(crate) use bilingual;
