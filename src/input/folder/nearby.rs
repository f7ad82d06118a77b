//! What there is where a folder lacks the file that it is known by.

use std::path::Path;

/// Most entries of a folder that are looked at.
const MOST_ENTRIES: usize = 1_000;

/// What stands at or below a path in place of a folder with a certain file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nearby {
    /// There is nothing at the path.
    NoFolder,
    /// The path is that of a file.
    File,
    /// The folder holds a file of almost that name: with another ending added, or
    /// in other letters.
    Misnamed(String),
    /// Folders within the folder hold the file, in order of their names.
    Below(Vec<String>),
    /// Nothing of use.
    Nothing,
}

impl Nearby {
    /// Looks at `root`, which has no file `name`.
    pub fn of(root: &Path, name: &str) -> Self {
        if root.is_file() {
            return Self::File;
        }
        let Ok(entries) = std::fs::read_dir(root) else { return Self::NoFolder };
        let entries = entries.take(MOST_ENTRIES).filter_map(Result::ok);
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        let is_alike = |found: &&String| {
            let found = found.to_lowercase();
            found.trim_end_matches(".txt") == name || format!("{found}.toml") == name
        };
        let misnamed = names.iter().find(|found| is_alike(found) && root.join(found).is_file());
        if let Some(found) = misnamed {
            return Self::Misnamed(found.clone());
        }
        names.retain(|folder| root.join(folder).join(name).is_file());
        match names.is_empty() {
            true => Self::Nothing,
            false => Self::Below(names),
        }
    }
}
