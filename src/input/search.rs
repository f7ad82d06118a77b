#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "input is the module that reads files"
)]

use std::path::Path;

use super::Folder;
use super::table::MOST_TITLES;
use super::workbook::{self, Format};
use crate::diagnostics::{Findings, Place, Position};

/// Where a file is that a person names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// In the folder, by its path there.
    Inside(String),
    /// Elsewhere.
    Outside,
    /// Nowhere.
    Absent,
}

/// A cell of a workbook that starts with a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The sheet that it is on.
    pub sheet: String,
    /// Its text, trimmed.
    pub text: String,
    /// Where it is.
    pub place: Place,
}

impl Folder {
    /// The first cell near the top of a visible sheet of the workbook at `path` that
    /// starts with `mark`. `None` also for files that are no workbooks; one that cannot
    /// be read is a finding.
    pub fn find_cell(&self, path: &str, mark: &str, findings: &mut Findings) -> Option<Marked> {
        let bytes = self.read_bytes(path, None, findings)?;
        let format = Format::of(&bytes)?;
        let sheets = workbook::sheets(path, bytes, format, findings)?;
        sheets.iter().find_map(|sheet| {
            let rows = sheet.rows.iter().take(MOST_TITLES);
            let mut cells =
                rows.flat_map(|(row, cells)| cells.iter().map(|(column, text)| (*row, *column, text.trim())));
            let (row, column, text) = cells.find(|(_, _, text)| text.starts_with(mark))?;
            let name = sheet.name.to_string();
            let position = Position::Cell { sheet: name.clone(), row: row as usize, column: column as usize };
            let place = Place { position: Some(position), ..Place::file(path) };
            Some(Marked { sheet: name, text: text.to_owned(), place })
        })
    }

    /// The first cell, or field of a text, that has `letter` in the file at `path`,
    /// without an excerpt: there may be more in the line than is to be shown.
    pub fn place_of(&self, path: &str, letter: char) -> Option<Place> {
        let mut ignored = Findings::new();
        let bytes = self.read_bytes(path, None, &mut ignored)?;
        let Some(format) = Format::of(&bytes) else {
            let text = self.read_text(path, None, &mut ignored)?.text;
            let at = text.find(letter)?;
            let start = text.get(..at)?.rfind([',', ';', '\t', '\n', '"']).map_or(0, |end| end + 1);
            return Some(Place { excerpt: None, ..Place::in_text(path, &text, start..at) });
        };
        workbook::sheets(path, bytes, format, &mut ignored)?.iter().find_map(|sheet| {
            let mut cells = sheet.rows.iter().flat_map(|(row, cells)| {
                cells.iter().map(|(column, text)| (*row as usize, *column as usize, text))
            });
            let (row, column, _) = cells.find(|(_, _, text)| text.contains(letter))?;
            let position = Position::Cell { sheet: sheet.name.to_string(), row, column };
            Some(Place { position: Some(position), ..Place::file(path) })
        })
    }

    /// Looks for a file by its path within the folder, then from where the program
    /// runs.
    pub fn named(&self, named: &str) -> Named {
        let plain = named.strip_prefix("./").unwrap_or(named);
        if self.has(plain) {
            return Named::Inside(plain.to_owned());
        }
        let (Ok(root), Ok(file)) = (self.root().canonicalize(), Path::new(named).canonicalize()) else {
            return Named::Absent;
        };
        match file.strip_prefix(root) {
            Ok(inside) => {
                let parts = inside.components().map(|part| part.as_os_str().to_string_lossy());
                Named::Inside(parts.collect::<Vec<_>>().join("/"))
            }
            Err(_) => Named::Outside,
        }
    }
}
