//! Sheets of workbooks as tables.

use super::super::workbook::Sheet;
use super::layout::{Layout, is_key};
use super::marks;
use super::{Source, Table, TableRow, empty_file};
use crate::diagnostics::{Findings, bilingual, shown};

impl Table {
    /// Takes a sheet. Its header is the first row in which `key` stands, so that
    /// titles above it do no harm; without one, the first row of two fields.
    pub(in crate::input) fn of_sheet(mut sheet: Sheet, key: &str, findings: &mut Findings) -> Option<Self> {
        let Some((mut layout, last_header)) = Layout::of_sheet(&sheet, key) else {
            let name = shown(&sheet.name);
            let message = bilingual!("工作表“{name}”是空的", "the sheet `{name}` is empty");
            findings.push(empty_file(&sheet.file, message));
            return None;
        };
        let first = last_header + 1;
        let key_column = layout.headers.iter().position(|header| is_key(header, key));
        if key_column.is_none() {
            // This is hardly the header: that is to be said, not that rows are longer.
            let ends = sheet.rows.range(first..).filter_map(|(_, cells)| cells.keys().next_back());
            let widest = ends.max().map_or(0, |column| *column as usize).max(layout.headers.len());
            layout.headers.resize(widest, String::new());
        }
        let width = layout.headers.len();
        let key_column = key_column.and_then(|at| u32::try_from(at + 1).ok());
        let numbers = marks::spread(&mut sheet.rows, &sheet.marks, first, key_column);
        let source = Source::Sheet {
            file: sheet.file.clone(),
            sha256: sheet.sha256.clone(),
            sheet: sheet.name.clone(),
            header: last_header,
        };
        let rows: Vec<TableRow> = sheet
            .rows
            .range(first..)
            .map(|(line, cells)| {
                let last = cells.keys().next_back().map_or(0, |column| *column as usize).max(width);
                let text = |column: usize| {
                    let column = u32::try_from(column).unwrap_or(u32::MAX);
                    cells.get(&column).map_or("", String::as_str)
                };
                TableRow { fields: (1..=last).map(text).collect(), line: *line, offset: 0 }
            })
            .collect();
        let table = Self::of_layout(source, &layout, true);
        let table = table.filled(key, &layout, rows.into_iter(), findings)?;
        table.report_marks(&sheet.marks, &numbers, findings);
        Some(table)
    }
}
