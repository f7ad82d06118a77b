#![allow(clippy::disallowed_methods, reason = "store is the module that writes files")]

use std::path::Path;

use tempfile::TempDir;

use crate::diagnostics::Failure;

/// Temporary files and folders are private unless told otherwise: these are for
/// whom the user's umask lets in.
pub(super) fn open_to_all<'a, 'b, 'c>(
    builder: &'a mut tempfile::Builder<'b, 'c>,
) -> &'a mut tempfile::Builder<'b, 'c> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o777));
    }
    builder
}

/// A folder beside the target.
pub(super) fn staging_folder(name: &str, parent: &Path) -> Result<TempDir, Failure> {
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
fn has_ended(process: &str) -> bool {
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
