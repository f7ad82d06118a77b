//! Files that a person names, wherever they lie, and those in folders.

#![allow(clippy::disallowed_methods, reason = "input is the module that reads files")]

use std::path::{Path, PathBuf};

use super::Folder;
use super::pattern::{MAX_FILES, is_seen, may_be_table};
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual, shown};

/// Deepest folder within a folder that is looked into.
const MOST_LEVELS: usize = 8;

/// A file that a person named, or that lies in a folder that a person named.
#[derive(Clone, Debug)]
pub struct Given {
    /// The folder that it is read from: the named one, or that of the named file.
    pub folder: Folder,
    /// Its path in there, with `/`.
    pub name: String,
    /// Whether it was found in a folder.
    pub is_listed: bool,
}

impl Given {
    /// The folder that it lies in.
    pub fn beside(&self) -> Folder {
        match self.name.rsplit_once('/') {
            Some((folder, _)) => Folder::new(self.folder.root().join(folder)),
            None => self.folder.clone(),
        }
    }
}

/// The files at `paths` in their order; of a folder, every file in and below it
/// that may be a table, in the order of their paths. What programs leave behind
/// while a file is open and hidden files are passed over. A folder without any is a
/// finding.
pub fn given(paths: &[PathBuf], findings: &mut Findings) -> Vec<Given> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
            let name = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
            let folder = Folder::new(parent.unwrap_or(Path::new(".")));
            files.push(Given { folder, name, is_listed: false });
            continue;
        }
        let mut names = Vec::new();
        below(path, "", MOST_LEVELS, &mut names);
        names.sort_unstable();
        if names.is_empty() || names.len() > MAX_FILES {
            findings.push(not_so_many(&path.to_string_lossy(), names.len()));
            names.clear();
        }
        let folder = Folder::new(path);
        let listed = |name| Given { folder: folder.clone(), name, is_listed: true };
        files.extend(names.into_iter().map(listed));
    }
    files
}

/// Adds the paths of the tables in `root`/`folder`. Folders that are links are not
/// looked into.
fn below(root: &Path, folder: &str, levels: usize, names: &mut Vec<String>) {
    for entry in std::fs::read_dir(root.join(folder)).into_iter().flatten().flatten() {
        let Ok(name) = entry.file_name().into_string() else { continue };
        if !is_seen(&name) {
            continue;
        }
        let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            if levels > 0 {
                below(root, &path, levels - 1, names);
            }
        } else if may_be_table(&path) && root.join(&path).is_file() {
            names.push(path);
        }
    }
}

/// A folder without tables, or with more than are read.
fn not_so_many(path: &str, count: usize) -> Finding {
    let folder = shown(path);
    let finding = match count {
        0 => Finding::new(
            Code::NoFileMatches,
            bilingual!("文件夹“{folder}”中没有表", "there is no table in the folder `{folder}`"),
            bilingual!(
                "检查文件夹的名称，并把交回的文件放进去",
                "check the name of the folder and put what was handed in into it"
            ),
        ),
        _ => Finding::new(
            Code::NoFileMatches,
            bilingual!(
                "文件夹“{folder}”中有 {count} 个表，最多 {MAX_FILES} 个",
                "there are {count} tables in the folder `{folder}`, and at most {MAX_FILES} are read"
            ),
            bilingual!("分几个文件夹", "name a folder in it"),
        ),
    };
    finding.at(Place::file(path))
}
