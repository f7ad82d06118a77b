#![allow(clippy::disallowed_methods, reason = "store is the module that writes files")]

mod target;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::TempDir;

use target::{foreign_file, swap_in};

use super::aside::staging_folder;
use super::{DocumentFailure, MANIFEST, Manifest, ManifestEntry};
use crate::diagnostics::{Code, Failure, Finding, Findings, Place, bilingual};
use crate::digest::sha256;

/// An output folder in the making. Files go to a hidden folder beside the
/// target; [`OutputFolder::publish`] swaps it in. Dropped unpublished, it leaves
/// the target as it was.
#[derive(Debug)]
pub struct OutputFolder {
    target: PathBuf,
    staging: TempDir,
    entries: Mutex<Vec<ManifestEntry>>,
}

impl OutputFolder {
    /// Starts a folder that is to become `target`. A target that holds a file which
    /// benchline did not write is a finding: it will not be replaced.
    pub fn begin(target: &Path, findings: &mut Findings) -> Result<Option<Self>, Failure> {
        if let Some(foreign) = foreign_file(target) {
            let shown = foreign.display();
            findings.push(
                Finding::new(
                    Code::OutputNotOurs,
                    bilingual!(
                        "“{shown}”不是 benchline 写的，或写后被改动过，输出文件夹不会被替换",
                        "`{shown}` was not written by benchline, or was changed since, so the output folder is not replaced"
                    ),
                    bilingual!(
                        "把它移走，或用 `--out` 指定新的或空的文件夹",
                        "move it away, or name a new or empty folder with `--out`"
                    ),
                )
                .at(Place::file(shown.to_string())),
            );
            return Ok(None);
        }
        // A link to a folder stays a link; the folder behind it is replaced.
        let target = &std::fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        let name = target.file_name().map_or_else(|| "out".into(), |name| name.to_string_lossy());
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        std::fs::create_dir_all(parent).map_err(Failure::io("create", parent))?;
        let staging = staging_folder(&name, parent)?;
        Ok(Some(Self { target: target.to_owned(), staging, entries: Mutex::default() }))
    }

    /// Writes one file; `name` may name folders with `/`. Several threads may
    /// write at once.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        self.put(name, bytes)?;
        let entry = ManifestEntry { path: name.to_owned(), sha256: sha256(bytes) };
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
        Ok(())
    }

    /// The files written so far, in order of path.
    pub fn entries(&self) -> Vec<ManifestEntry> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner).clone();
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        entries
    }

    /// Writes the manifest, with the files written so far as its outputs, and
    /// swaps the folder in.
    pub fn publish(self, mut manifest: Manifest) -> Result<PathBuf, Failure> {
        manifest.outputs = self.entries();
        self.put(MANIFEST, &written(&manifest)?)?;
        swap_in(self.staging.path(), &self.target)?;
        // What was there before is now in the staging folder and goes with it;
        // if nothing was there, the folder has moved and there is nothing to drop.
        let staging = self.staging.keep();
        if staging.exists() {
            std::fs::remove_dir_all(&staging).map_err(Failure::io("remove", &staging))?;
        }
        Ok(self.target)
    }

    /// Writes a manifest into the folder `inside`, of what was written there.
    pub fn write_manifest(&self, inside: &str, of_all: &Manifest) -> Result<(), Failure> {
        let own = |path: &str| path.strip_prefix(inside)?.strip_prefix('/').map(str::to_owned);
        let mut manifest = of_all.clone();
        let entries = self.entries().into_iter();
        manifest.outputs =
            entries.filter_map(|entry| Some(ManifestEntry { path: own(&entry.path)?, ..entry })).collect();
        let failures = manifest.failures.into_iter();
        manifest.failures = failures
            .filter_map(|failure| Some(DocumentFailure { path: own(&failure.path)?, ..failure }))
            .collect();
        self.write(&format!("{inside}/{MANIFEST}"), &written(&manifest)?)
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.staging.path().join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(Failure::io("create", parent))?;
        }
        std::fs::write(&path, bytes).map_err(Failure::io("write", &path))
    }
}

fn written(manifest: &Manifest) -> Result<Vec<u8>, Failure> {
    let mut json = serde_json::to_vec_pretty(manifest)
        .map_err(|error| Failure::Internal(format!("{MANIFEST}: {error}")))?;
    json.push(b'\n');
    Ok(json)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        Manifest {
            schema: Manifest::SCHEMA.to_owned(),
            tool: super::super::Tool::this(),
            made_by: "run".to_owned(),
            edition: "2025".to_owned(),
            seed: 1,
            plan_sha256: String::new(),
            plan: serde_json::Value::Null,
            inputs: Vec::new(),
            outputs: Vec::new(),
            failures: Vec::new(),
        }
    }

    fn made(target: &Path, name: &str) {
        let folder = OutputFolder::begin(target, &mut Findings::new()).unwrap().unwrap();
        folder.write(name, b"x").unwrap();
        folder.publish(manifest()).unwrap();
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_folder_is_replaced_whole() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("out");
        made(&target, "first.csv");
        made(&target, "second.csv");
        assert_eq!(names(&target), [MANIFEST, "second.csv"]);
        assert_eq!(names(root.path()), ["out"]);
    }

    #[test]
    fn an_unpublished_folder_leaves_no_trace() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("out");
        made(&target, "first.csv");
        let folder = OutputFolder::begin(&target, &mut Findings::new()).unwrap().unwrap();
        folder.write("second.csv", b"x").unwrap();
        drop(folder);
        assert_eq!(names(&target), ["first.csv", MANIFEST]);
        assert_eq!(names(root.path()), ["out"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_a_killed_run_left_is_cleared_away() {
        let root = tempfile::tempdir().unwrap();
        let ended = std::process::Command::new("true").spawn().unwrap();
        let id = ended.id();
        ended.wait_with_output().unwrap();
        std::fs::create_dir(root.path().join(format!(".out.partial-{id}-abc"))).unwrap();
        std::fs::create_dir(root.path().join(format!(".out.partial-{}-abc", std::process::id()))).unwrap();
        made(&root.path().join("out"), "first.csv");
        assert_eq!(
            names(root.path()),
            [format!(".out.partial-{}-abc", std::process::id()), "out".to_owned()]
        );
    }

    #[test]
    fn a_file_that_somebody_added_is_not_lost() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("out");
        made(&target, "first.csv");
        std::fs::write(target.join("comments.docx"), b"x").unwrap();
        let mut findings = Findings::new();
        assert!(OutputFolder::begin(&target, &mut findings).unwrap().is_none());
        let finding = findings.iter().next().unwrap();
        assert!(finding.message.en.contains("comments.docx"), "{finding:?}");

        std::fs::remove_file(target.join("comments.docx")).unwrap();
        std::fs::write(target.join("first.csv"), b"edited by hand").unwrap();
        assert!(OutputFolder::begin(&target, &mut findings).unwrap().is_none());
    }

    #[test]
    fn what_is_not_ours_is_not_replaced() {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("thesis.docx"), b"x").unwrap();
        let mut findings = Findings::new();
        assert!(OutputFolder::begin(root.path(), &mut findings).unwrap().is_none());
        assert!(findings.has_errors());
        crate::store::create_folder(root.path(), &[("a".into(), Vec::new())], &mut findings).unwrap();
        assert_eq!(names(root.path()), ["thesis.docx"]);
    }
}
