use std::collections::BTreeMap;

use super::{TemplateError, Templates};
use crate::diagnostics::{Bilingual, Lang};

/// The folder of the fixed words, one file per kind of document.
pub(super) const FOLDER: &str = "labels/";

/// The fixed words of the templates in one language, by key.
pub(super) fn labels(templates: &Templates, lang: Lang) -> Result<BTreeMap<String, String>, TemplateError> {
    let all = read(templates, FOLDER)?;
    Ok(all.into_iter().map(|(key, (_, words))| (key, words.get(lang).to_owned())).collect())
}

/// The words in both languages in all TOML files of a folder, by key, each with
/// its file. A key that two files share is an error.
pub(super) fn read(
    templates: &Templates,
    folder: &str,
) -> Result<BTreeMap<String, (String, Bilingual)>, TemplateError> {
    let mut all = BTreeMap::new();
    let files = templates.iter().filter(|(path, _)| path.starts_with(folder) && path.ends_with(".toml"));
    for (file, text) in files {
        let words: BTreeMap<String, Bilingual> =
            toml::from_str(text).map_err(|error| TemplateError::new(file, error))?;
        for (key, words) in words {
            if let Some((first, _)) = all.insert(key.clone(), (file.to_owned(), words)) {
                return Err(TemplateError::new(file, format!("`{key}` is in {first} too")));
            }
        }
    }
    Ok(all)
}
