#![allow(clippy::disallowed_methods, reason = "store is the module that writes files")]

use std::path::{Path, PathBuf};

use crate::diagnostics::Failure;
use crate::digest::sha256;
use crate::store::{MANIFEST, Manifest, ManifestEntry};

/// A file in `target` that benchline did not write there, or `target` itself if
/// it is no folder of outputs; `None` when it may be replaced.
pub(super) fn foreign_file(target: &Path) -> Option<PathBuf> {
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
pub(super) fn swap_in(staging: &Path, target: &Path) -> Result<(), Failure> {
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
