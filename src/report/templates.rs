use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/report-templates");

/// The texts of the report templates by their path in `report-templates/`. A
/// project's own file takes the place of the one that comes with the program.
#[derive(Clone, Debug)]
pub struct Templates {
    texts: BTreeMap<String, String>,
    fonts: Vec<FontFile>,
}

/// A font of a project: the bytes of a `.ttf`, `.otf` or `.ttc` file.
#[derive(Clone, Debug)]
pub struct FontFile {
    /// Its path in the project.
    pub path: String,
    /// What is in it.
    pub bytes: Arc<[u8]>,
}

impl Templates {
    /// The templates that come with the program, each replaced by what `own`
    /// gives for its path.
    pub fn with_overrides(mut own: impl FnMut(&str) -> Option<String>) -> Self {
        let mut texts = BTreeMap::new();
        let mut open = vec![&EMBEDDED];
        while let Some(folder) = open.pop() {
            open.extend(folder.dirs());
            for file in folder.files() {
                let path = file.path().to_string_lossy().replace('\\', "/");
                if let Some(text) = own(&path).or_else(|| file.contents_utf8().map(str::to_owned)) {
                    texts.insert(path, text);
                }
            }
        }
        Self { texts, fonts: Vec::new() }
    }

    /// The templates that come with the program.
    pub fn embedded() -> Self {
        Self::with_overrides(|_| None)
    }

    /// The same with fonts for characters that those of the program lack.
    #[must_use]
    pub fn with_fonts(self, fonts: Vec<FontFile>) -> Self {
        Self { fonts, ..self }
    }

    /// The fonts of the project, in order of path.
    pub fn fonts(&self) -> &[FontFile] {
        &self.fonts
    }

    /// The text of a template.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    /// All templates by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }
}
