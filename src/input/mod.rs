//! The only reader of files. It turns a path within a project into text, and a
//! CSV text or a sheet of a workbook into a [`Table`] whose every field can be
//! found again in the file.
//!
//! Nothing here knows what a table is about.

mod fields;
mod folder;
mod given;
mod pattern;
mod search;
mod table;
mod text;
mod workbook;

pub use folder::{Bundled, Folder, Nearby};
pub use given::{Given, given};
pub use pattern::is_pattern;
pub use search::{Marked, Named};
pub use table::{Table, TableRow, known_measure, look, split_measure};
pub use text::TextFile;
