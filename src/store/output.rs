#![allow(clippy::disallowed_methods, reason = "store is the module that writes files")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::TempDir;

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

/// Writes a new folder of files, such as a new project. A folder that exists
/// and is not empty is a finding, and nothing is written.
pub fn create_folder(
    target: &Path,
    files: &[(String, Vec<u8>)],
    findings: &mut Findings,
) -> Result<(), Failure> {
    let occupied =
        std::fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_some()) || target.is_file();
    if occupied {
        let shown = target.display();
        findings.push(
            Finding::new(
                Code::OutputNotOurs,
                bilingual!("“{shown}”已存在且不是空文件夹", "`{shown}` exists and is not an empty folder"),
                bilingual!("换一个新的文件夹", "choose a new folder"),
            )
            .at(Place::file(shown.to_string())),
        );
        return Ok(());
    }
    write_all(target, files)
}

/// Writes files that come with the program, unless they are there already. One
/// that is there with other bytes is a finding, and nothing is written.
pub fn unpack(target: &Path, files: &[(String, Vec<u8>)], findings: &mut Findings) -> Result<(), Failure> {
    let mut absent = Vec::new();
    for (name, bytes) in files {
        let path = target.join(name);
        match std::fs::read(&path) {
            Ok(found) if found == *bytes => {}
            Ok(_) => {
                let shown = path.display();
                findings.push(
                    Finding::new(
                        Code::OutputNotOurs,
                        bilingual!(
                            "“{shown}”被改动过，不会覆盖",
                            "`{shown}` was changed and is not replaced"
                        ),
                        bilingual!(
                            "改回或删除它，或用 `--out` 指定别的文件夹",
                            "restore or delete it, or name another folder with `--out`"
                        ),
                    )
                    .at(Place::file(shown.to_string())),
                );
            }
            Err(_) => absent.push((name.clone(), bytes.clone())),
        }
    }
    if findings.has_errors() { Ok(()) } else { write_all(target, &absent) }
}

/// Each file appears whole or not at all.
fn write_all(target: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
    for (name, bytes) in files {
        let path = target.join(name);
        let parent = path.parent().unwrap_or(target);
        std::fs::create_dir_all(parent).map_err(Failure::io("create", parent))?;
        let mut file = open_to_all(&mut tempfile::Builder::new())
            .tempfile_in(parent)
            .map_err(Failure::io("create a file in", parent))?;
        file.write_all(bytes).map_err(Failure::io("write", &path))?;
        file.persist(&path).map_err(|error| Failure::io("write", &path)(error.error))?;
    }
    Ok(())
}

/// Temporary files and folders are private unless told otherwise: these are for
/// whom the user's umask lets in.
fn open_to_all<'a, 'b, 'c>(builder: &'a mut tempfile::Builder<'b, 'c>) -> &'a mut tempfile::Builder<'b, 'c> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o777));
    }
    builder
}

/// A folder beside the target.
fn staging_folder(name: &str, parent: &Path) -> Result<TempDir, Failure> {
    remove_abandoned(&format!(".{name}.partial-"), parent);
    let prefix = format!(".{name}.partial-{}-", std::process::id());
    let mut builder = tempfile::Builder::new();
    open_to_all(builder.prefix(&prefix));
    builder.tempdir_in(parent).map_err(Failure::io("create a folder in", parent))
}

/// Removes what processes that were killed left aside: its name has the process,
/// which is no more. Where that cannot be known, they stay.
pub(super) fn remove_abandoned(prefix: &str, parent: &Path) {
    for entry in std::fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(prefix)?.split('-').next());
        if process.is_some_and(has_ended) {
            // Whoever cannot remove it cannot be helped by knowing.
            let path = entry.path();
            let _ = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
        }
    }
}

/// Whether the process with the id `process` is no more. Where that cannot be
/// known, it has not ended.
pub(super) fn has_ended(process: &str) -> bool {
    #[cfg(unix)]
    {
        let process = process.parse().ok().and_then(rustix::process::Pid::from_raw);
        process.is_some_and(|process| {
            rustix::process::test_kill_process(process) == Err(rustix::io::Errno::SRCH)
        })
    }
    #[cfg(not(unix))]
    {
        let _ = process;
        false
    }
}

/// A file in `target` that benchline did not write there, or `target` itself if
/// it is no folder of outputs; `None` when it may be replaced.
fn foreign_file(target: &Path) -> Option<PathBuf> {
    if !target.exists() {
        return None;
    }
    let Ok(entries) = std::fs::read_dir(target) else { return Some(target.to_owned()) };
    let manifest = std::fs::read(target.join(MANIFEST)).ok();
    let manifest = manifest.and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok());
    let ours =
        manifest.filter(|manifest| manifest.schema == Manifest::SCHEMA).map(|manifest| manifest.outputs);
    let mut open: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    open.sort();
    while let Some(path) = open.pop() {
        if path.is_dir() && !path.is_symlink() {
            open.extend(
                std::fs::read_dir(&path).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())),
            );
            continue;
        }
        let inside = path.strip_prefix(target).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let unchanged =
            |entry: &ManifestEntry| std::fs::read(&path).is_ok_and(|bytes| sha256(&bytes) == entry.sha256);
        let listed = |entries: &Vec<ManifestEntry>| {
            inside == MANIFEST || entries.iter().any(|entry| entry.path == inside && unchanged(entry))
        };
        if !ours.as_ref().is_some_and(listed) {
            return Some(path);
        }
    }
    None
}

/// Puts `staging` in the place of `target` in one step where the system has
/// one, so that readers see the old folder or the new one; else in two steps,
/// undone if the second fails.
fn swap_in(staging: &Path, target: &Path) -> Result<(), Failure> {
    if !target.exists() {
        return std::fs::rename(staging, target).map_err(Failure::io("rename to", target));
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, staging, CWD, target, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    let aside = staging.with_extension("old");
    std::fs::rename(target, &aside).map_err(Failure::io("rename", target))?;
    if let Err(error) = std::fs::rename(staging, target) {
        std::fs::rename(&aside, target).map_err(Failure::io("put back", target))?;
        return Err(Failure::io("rename to", target)(error));
    }
    std::fs::rename(&aside, staging).map_err(Failure::io("rename", &aside))
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
        create_folder(root.path(), &[("a".into(), Vec::new())], &mut findings).unwrap();
        assert_eq!(names(root.path()), ["thesis.docx"]);
    }
}
