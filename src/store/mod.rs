//! Output folders: written aside, swapped in whole or not at all, and listed
//! with their hashes in a manifest.

mod manifest;
mod output;

pub use manifest::{Manifest, ManifestEntry, Tool};
pub use output::{OutputFolder, create_folder, unpack};

/// Name of the manifest in an output folder.
pub const MANIFEST: &str = "manifest.json";
