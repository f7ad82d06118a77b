//! Output folders: written aside, swapped in whole or not at all, and listed
//! with their hashes in a manifest. Documents are kept for the next run in a
//! cache by what they were made from. A journal is a file that only grows.

mod cache;
mod journal;
mod manifest;
mod output;

pub use cache::DocumentCache;
pub use journal::Journal;
pub use manifest::{DocumentFailure, FailureReason, Manifest, ManifestEntry, Tool};
pub use output::{OutputFolder, create_folder, unpack};

/// Name of the manifest in an output folder.
pub const MANIFEST: &str = "manifest.json";
