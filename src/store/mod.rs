//! Output folders: written aside, swapped in whole or not at all, and listed
//! with their hashes in a manifest. Documents are kept for the next run in a
//! cache by what they were made from. A journal is a file that only grows, a page
//! one that is replaced again and again.

mod aside;
mod cache;
mod files;
mod journal;
mod manifest;
mod output;
mod page;

pub use cache::DocumentCache;
pub use files::{create_folder, unpack};
pub use journal::Journal;
pub use manifest::{DocumentFailure, FailureReason, Manifest, ManifestEntry, Tool};
pub use output::OutputFolder;
pub use page::Page;

/// Name of the manifest in an output folder.
pub const MANIFEST: &str = "manifest.json";
