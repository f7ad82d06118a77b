use std::path::Path;

use super::bundled;
use crate::diagnostics::{Failure, Findings};
use crate::store;

/// The example project that new index projects are copied from.
const STARTER: &str = "starter";

/// What a new project starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Starter {
    /// Definitions, and tables with a header only.
    Empty,
    /// Definitions, and a few invented units.
    Sample,
}

/// Writes a new index project into the folder `target`; a folder that holds
/// something is a finding, and nothing is written. Gives the paths written.
pub fn create(target: &Path, starter: Starter, findings: &mut Findings) -> Result<Vec<String>, Failure> {
    let mut files = bundled::example(STARTER);
    if starter == Starter::Empty {
        for (path, bytes) in &mut files {
            if path.ends_with(".csv") {
                let header = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1);
                bytes.truncate(header);
            }
        }
    }
    store::create_folder(target, &files, findings)?;
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// Writes an example project that comes with the program into `target`, where
/// it may be already.
pub fn unpack_example(name: &str, target: &Path, findings: &mut Findings) -> Result<(), Failure> {
    store::unpack(target, &bundled::example(name), findings)
}
