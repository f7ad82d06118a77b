#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "input is the module that reads files"
)]

use std::path::Path;

use super::Folder;
use super::table::MOST_TITLES;
use super::workbook::{self, Format};
use crate::diagnostics::Findings;

impl Folder {
    /// The first cell near the top of a visible sheet of the workbook at `path` that
    /// starts with `mark`: the sheet's name and the cell's text. `None` also for files
    /// that are no workbooks; one that cannot be read is a finding.
    pub fn find_cell(&self, path: &str, mark: &str, findings: &mut Findings) -> Option<(String, String)> {
        let bytes = self.read_bytes(path, None, findings)?;
        let format = Format::of(&bytes)?;
        let sheets = workbook::sheets(path, bytes, format, findings)?;
        sheets.iter().find_map(|sheet| {
            let cells = sheet.rows.iter().take(MOST_TITLES).flat_map(|(_, cells)| cells.values());
            let text = cells.map(|text| text.trim()).find(|text| text.starts_with(mark))?;
            Some((sheet.name.to_string(), text.to_owned()))
        })
    }

    /// The path within the folder of a file that a person names: by that path, or
    /// from where the program runs. `None` for one that lies elsewhere or is not there.
    pub fn path_of(&self, named: &str) -> Option<String> {
        let plain = named.strip_prefix("./").unwrap_or(named);
        if self.has(plain) {
            return Some(plain.to_owned());
        }
        let (root, file) = (self.root().canonicalize().ok()?, Path::new(named).canonicalize().ok()?);
        let parts = file.strip_prefix(root).ok().filter(|_| file.is_file())?.components();
        Some(parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"))
    }
}
