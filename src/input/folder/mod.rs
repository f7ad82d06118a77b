#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "input is the module that reads files"
)]

mod nearby;
mod path;
mod tables;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

pub use nearby::Nearby;
pub(super) use path::{stays_inside, unsafe_path};

use super::TextFile;
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual};

/// Largest file that is read, in bytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Largest project file or framework: read whole, it takes up many times as much.
const MAX_DEFINITION: u64 = 4 * 1024 * 1024;

/// A folder whose files are read by their path inside it. Paths that leave the
/// folder are refused, also by way of a symbolic link.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    /// Files that are not on disk, by path.
    made: BTreeMap<String, String>,
    bundled: Option<Bundled>,
}

/// The files that come with the program, by the path that a folder of one's own
/// would have them at.
pub type Bundled = fn(&str) -> Option<&'static [u8]>;

impl Folder {
    /// The folder at `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), made: BTreeMap::new(), bundled: None }
    }

    /// The same folder with one more file, which hides one of its path on disk.
    #[must_use]
    pub fn with_text(mut self, path: &str, text: String) -> Self {
        self.made.insert(path.to_owned(), text);
        self
    }

    /// The folder, in which a file that is not there is one that comes with the
    /// program, if it has one at this path.
    pub fn with_bundled(self, bundled: Bundled) -> Self {
        Self { bundled: Some(bundled), ..self }
    }

    /// The bytes of the bundled file at `path`, if the folder has none of its own.
    fn bundled(&self, path: &str) -> Option<&'static [u8]> {
        let own = self.made.contains_key(path) || self.root.join(path).exists();
        self.bundled.filter(|_| !own).and_then(|bundled| bundled(path))
    }

    /// What a file is called in messages: a bundled one says so.
    fn name_of(&self, path: &str) -> String {
        match self.bundled(path) {
            Some(_) => format!("benchline:{path}"),
            None => path.to_owned(),
        }
    }

    /// Where the folder is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether there is a file at `path`.
    pub fn has(&self, path: &str) -> bool {
        self.made.contains_key(path) || (stays_inside(path) && self.root.join(path).is_file())
    }

    /// Reads the file at `path` as UTF-8 text; what goes wrong is a finding, at
    /// `named_at` when that says where the path was written.
    pub fn read_text(
        &self,
        path: &str,
        named_at: Option<&Place>,
        findings: &mut Findings,
    ) -> Option<TextFile> {
        let most = if path.ends_with(".toml") { MAX_DEFINITION } else { MAX_BYTES };
        let bytes = self.read_limited(path, most, named_at, findings)?;
        TextFile::decode(path, bytes, findings)
    }

    /// Reads the file at `path` as bytes; what goes wrong is a finding.
    pub fn read_binary(&self, path: &str, findings: &mut Findings) -> Option<Vec<u8>> {
        self.read_bytes(path, None, findings)
    }

    /// Reads the bytes of the file at `path`; what goes wrong is a finding, as in
    /// [`read_text`](Self::read_text).
    pub fn read_bytes(
        &self,
        path: &str,
        named_at: Option<&Place>,
        findings: &mut Findings,
    ) -> Option<Vec<u8>> {
        self.read_limited(path, MAX_BYTES, named_at, findings)
    }

    fn read_limited(
        &self,
        path: &str,
        most: u64,
        named_at: Option<&Place>,
        findings: &mut Findings,
    ) -> Option<Vec<u8>> {
        let at = |finding: Finding| match named_at {
            Some(place) => finding.at(place.clone()),
            None => finding.at(Place::file(path)),
        };
        if let Some(text) = self.made.get(path) {
            return Some(text.clone().into_bytes());
        }
        if !stays_inside(path) || self.leaves_by_link(path) {
            findings.push(at(unsafe_path(path)));
            return None;
        }
        if let Some(bytes) = self.bundled(path) {
            return Some(bytes.to_vec());
        }
        if self.root.join(path).is_dir() {
            findings.push(at(Finding::new(
                Code::FileUnreadable,
                bilingual!("“{path}”是文件夹，不是文件", "`{path}` is a folder, not a file"),
                bilingual!(
                    "写到文件名为止，例如 `{path}/….csv`",
                    "name a file in it, such as `{path}/….csv`"
                ),
            )));
            return None;
        }
        if self.root.join(path).exists() && !self.root.join(path).is_file() {
            findings.push(at(Finding::new(
                Code::FileUnreadable,
                bilingual!("“{path}”不是普通文件", "`{path}` is no ordinary file"),
                bilingual!("换成普通文件", "name an ordinary file"),
            )));
            return None;
        }
        match self.open_limited(path, most) {
            Ok(bytes) if bytes.len() as u64 > most => {
                let limit = most / (1024 * 1024);
                findings.push(at(Finding::new(
                    Code::FileTooLarge,
                    bilingual!("“{path}”超过 {limit} MB", "`{path}` is larger than {limit} MB"),
                    bilingual!("拆成几个文件", "split it into several files"),
                )));
                None
            }
            Ok(bytes) => Some(bytes),
            Err(error) => {
                findings.push(at(unreadable(path, &error)));
                None
            }
        }
    }

    /// The names without `ending` of the files in the folder at `path` that have
    /// it, in order.
    pub fn names_in(&self, path: &str, ending: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.root.join(path)).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<String> =
            names.filter_map(|name| name.strip_suffix(ending).map(str::to_owned)).collect();
        names.sort_unstable();
        names
    }

    fn open_limited(&self, path: &str, most: u64) -> std::io::Result<Vec<u8>> {
        let file = std::fs::File::open(self.root.join(path))?;
        let mut bytes = Vec::new();
        file.take(most + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    pub(super) fn leaves_by_link(&self, path: &str) -> bool {
        match (self.root.canonicalize(), self.root.join(path).canonicalize()) {
            (Ok(root), Ok(target)) => !target.starts_with(root),
            _ => false,
        }
    }
}

fn unreadable(path: &str, error: &std::io::Error) -> Finding {
    if error.kind() == std::io::ErrorKind::NotFound {
        return Finding::new(
            Code::FileUnreadable,
            bilingual!("找不到文件“{path}”", "there is no file `{path}`"),
            bilingual!(
                "检查文件名和所在文件夹；区分大小写",
                "check the name and the folder; upper and lower case differ"
            ),
        );
    }
    Finding::new(
        Code::FileUnreadable,
        bilingual!("无法读取“{path}”：{error}", "`{path}` cannot be read: {error}"),
        bilingual!(
            "关闭占用它的程序，或检查权限",
            "close the program that holds it, or check its permissions"
        ),
    )
}
