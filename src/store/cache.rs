#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "store is the module that writes files"
)]

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::digest::sha256;

/// Most bytes that the documents of a cache take up after [`DocumentCache::trim`].
const LIMIT: u64 = 512 * 1024 * 1024;

/// How the files of a document in the making begin.
const PARTIAL: &str = "partial-";

/// Documents kept by the hash of everything that they were made from, so that an
/// interrupted run goes on where it was and an unchanged one is quick. A file
/// appears whole or not at all, and is checked against its hash when read: what
/// is damaged is made anew. A folder that cannot be written is no cache, and
/// nothing fails for it.
#[derive(Clone, Debug)]
pub struct DocumentCache {
    folder: Option<PathBuf>,
}

impl DocumentCache {
    /// The cache in `folder`, which is made with the first document.
    pub fn in_folder(folder: PathBuf) -> Self {
        super::aside::remove_abandoned(PARTIAL, &folder);
        Self { folder: Some(folder) }
    }

    /// A cache that keeps nothing.
    pub fn none() -> Self {
        Self { folder: None }
    }

    /// The document kept under `key`.
    pub fn get(&self, key: &str) -> Option<Vec<u8>> {
        let path = self.folder.as_ref()?.join(key);
        let mut bytes = std::fs::read(&path).ok()?;
        let head = bytes.iter().position(|byte| *byte == b'\n')?;
        let document = bytes.split_off(head + 1);
        bytes.truncate(head);
        if sha256(&document).as_bytes() != bytes {
            // Whoever cannot remove it will find it damaged again.
            let _ = std::fs::remove_file(&path);
            return None;
        }
        // What was used last goes last. A clock that cannot be set costs only that.
        let _ = std::fs::File::options()
            .append(true)
            .open(&path)
            .and_then(|file| file.set_modified(SystemTime::now()));
        Some(document)
    }

    /// Keeps `document` under `key`. A full disk keeps nothing.
    pub fn put(&self, key: &str, document: &[u8]) {
        let Some(folder) = &self.folder else { return };
        if std::fs::create_dir_all(folder).is_err() || !kept_out_of_git(folder) {
            return;
        }
        let prefix = format!("{PARTIAL}{}-", std::process::id());
        let Ok(mut file) = tempfile::Builder::new().prefix(&prefix).tempfile_in(folder) else { return };
        let head = format!("{}\n", sha256(document));
        let written = std::io::Write::write_all(&mut file, head.as_bytes())
            .and_then(|()| std::io::Write::write_all(&mut file, document));
        if written.is_ok() {
            let _ = file.persist(folder.join(key));
        }
    }

    /// Removes what was used longest ago, until the rest fits the limit.
    pub fn trim(&self) {
        self.trim_to(LIMIT);
    }

    fn trim_to(&self, limit: u64) {
        let Some(folder) = &self.folder else { return };
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut files: Vec<(SystemTime, u64, PathBuf)> = entries
            .filter(|entry| entry.file_name() != GITIGNORE)
            .filter_map(|entry| {
                let about = entry.metadata().ok()?;
                Some((about.modified().ok()?, about.len(), entry.path()))
            })
            .collect();
        files.sort();
        let mut total: u64 = files.iter().map(|(_, length, _)| length).sum();
        for (_, length, path) in files {
            if total <= limit {
                break;
            }
            if std::fs::remove_file(path).is_ok() {
                total -= length;
            }
        }
    }
}

const GITIGNORE: &str = ".gitignore";

/// Whether the folder can be written: a file in it tells git to pass it over.
fn kept_out_of_git(folder: &Path) -> bool {
    let path = folder.join(GITIGNORE);
    std::fs::read(&path).is_ok_and(|text| text == b"*\n") || std::fs::write(path, "*\n").is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_kept_comes_back_and_what_is_damaged_does_not() {
        let root = tempfile::tempdir().unwrap();
        let cache = DocumentCache::in_folder(root.path().join("cache"));
        assert_eq!(cache.get("a"), None);
        cache.put("a", b"one\ntwo");
        assert_eq!(cache.get("a").as_deref(), Some(b"one\ntwo".as_slice()));
        let path = root.path().join("cache/a");
        let mut bytes = std::fs::read(&path).unwrap();
        *bytes.last_mut().unwrap() = b'x';
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(cache.get("a"), None);
        assert!(!path.exists());
        for bytes in [&b""[..], b"no line feed", b"\n"] {
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(cache.get("a"), None, "{bytes:?}");
        }
    }

    #[test]
    fn what_was_used_longest_ago_goes_first() {
        let root = tempfile::tempdir().unwrap();
        let cache = DocumentCache::in_folder(root.path().to_owned());
        for (age, key) in [(30, "a"), (20, "b"), (10, "c")] {
            cache.put(key, &[0; 1000]);
            let file = std::fs::File::options().append(true).open(root.path().join(key)).unwrap();
            file.set_modified(SystemTime::now() - std::time::Duration::from_secs(age)).unwrap();
        }
        cache.get("a").unwrap();
        cache.trim_to(2500);
        assert_eq!(names(root.path()), [".gitignore", "a", "c"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_a_killed_run_left_is_cleared_away() {
        let root = tempfile::tempdir().unwrap();
        let ended = std::process::Command::new("true").spawn().unwrap();
        let id = ended.id();
        ended.wait_with_output().unwrap();
        std::fs::write(root.path().join(format!("{PARTIAL}{id}-x")), "half").unwrap();
        let own = format!("{PARTIAL}{}-x", std::process::id());
        std::fs::write(root.path().join(&own), "half").unwrap();
        DocumentCache::in_folder(root.path().to_owned());
        assert_eq!(names(root.path()), [own]);
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_no_cache() {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("file"), "x").unwrap();
        let cache = DocumentCache::in_folder(root.path().join("file/cache"));
        cache.put("a", b"x");
        assert_eq!(cache.get("a"), None);
    }
}
