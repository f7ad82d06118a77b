use std::sync::Arc;

use crate::diagnostics::{Bilingual, Code, Finding, Findings, Place, Position, bilingual, shown};

use super::TextFile;
use super::fields::{field_span, record_span, unclosed_quote};
use super::layout::Layout;
use super::workbook::Sheet;

/// A CSV file or a sheet of a workbook, with a header row. Every row has as many
/// fields as the header; fields and headers are trimmed.
#[derive(Clone, Debug)]
pub struct Table {
    source: Source,
    headers: Vec<String>,
    rows: Vec<TableRow>,
    whole: bool,
}

/// Where a table was read.
#[derive(Clone, Debug)]
enum Source {
    /// A CSV text; the header starts at the byte `header`.
    Text { file: TextFile, header: usize, separator: u8 },
    /// A sheet; the header stands in the row `header`, from 1.
    Sheet { file: Arc<str>, sha256: String, sheet: Arc<str>, header: u32 },
}

/// One row of a table.
#[derive(Clone, Debug)]
pub struct TableRow {
    fields: csv::StringRecord,
    /// Line of the row's first character, or row of the sheet, from 1.
    pub line: u32,
    offset: usize,
}

impl TableRow {
    /// The text of a field, trimmed; empty beyond the end.
    pub fn field(&self, column: usize) -> &str {
        self.fields.get(column).unwrap_or_default().trim()
    }

    fn is_blank(&self) -> bool {
        self.fields.iter().all(|field| field.trim().is_empty())
    }
}

impl Table {
    /// Reads a CSV text whose fields are separated by commas, or by semicolons or
    /// tabs if its header has these and no comma. Rows that do not fit the header
    /// are findings and left out; `None` when there is nothing to go on with.
    pub fn parse(file: TextFile, findings: &mut Findings) -> Option<Self> {
        let text = file.text.clone();
        let separator = separator(&text);
        let mut records: Vec<TableRow> = Records::new(&text, separator).collect();
        let torn = records.last().and_then(|last| unclosed_quote(&text, last.offset, separator));
        if let Some(quote) = torn {
            // What follows the mark is neither that field nor rows of its own.
            records.pop();
            findings.push(unclosed(&file, quote));
        }
        let mut records = records.into_iter();
        let Some(header) = records.next() else {
            if torn.is_none() {
                findings.push(empty_file(&file.name, bilingual!("文件是空的", "the file is empty")));
            }
            return None;
        };
        if let Some(finding) = wrong_separator(&file, &header) {
            findings.push(finding);
            return None;
        }
        let headers = header.fields.iter().map(|name| name.trim().to_owned()).collect();
        let source = Source::Text { file, header: header.offset, separator };
        Self { headers, rows: Vec::new(), whole: torn.is_none(), source }.filled(records, findings)
    }

    /// Takes a sheet. Its header is the first row in which `key` stands, so that
    /// titles above it do no harm; without one, the first row of two fields.
    pub(super) fn of_sheet(sheet: Sheet, key: &str, findings: &mut Findings) -> Option<Self> {
        let Some(layout) = Layout::of(&sheet, key) else {
            let name = shown(&sheet.name);
            let message = bilingual!("工作表“{name}”是空的", "the sheet `{name}` is empty");
            findings.push(empty_file(&sheet.file, message));
            return None;
        };
        let width = layout.headers.len();
        let first = layout.last_header + 1;
        let source = Source::Sheet {
            file: sheet.file.clone(),
            sha256: sheet.sha256.clone(),
            sheet: sheet.name.clone(),
            header: layout.last_header,
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
        Self { source, headers: layout.headers, rows: Vec::new(), whole: true }
            .filled(rows.into_iter(), findings)
    }

    fn filled(mut self, rows: impl Iterator<Item = TableRow>, findings: &mut Findings) -> Option<Self> {
        self.report_duplicate_headers(findings);
        self.take(rows, findings);
        if self.rows.is_empty() {
            if self.whole {
                let message = match &self.source {
                    Source::Text { .. } => {
                        bilingual!("文件只有表头，没有数据行", "the file has a header and no rows")
                    }
                    Source::Sheet { sheet, .. } => {
                        let sheet = shown(sheet);
                        bilingual!(
                            "工作表“{sheet}”只有表头，没有数据行",
                            "the sheet `{sheet}` has a header and no rows"
                        )
                    }
                };
                findings.push(empty_file(self.name(), message));
            }
            return None;
        }
        Some(self)
    }

    fn take(&mut self, records: impl Iterator<Item = TableRow>, findings: &mut Findings) {
        for row in records.filter(|row| !row.is_blank()) {
            if self.fits(&row) {
                self.rows.push(row);
            } else {
                self.whole = false;
                findings.push(self.ragged(&row));
            }
        }
    }

    /// Whether every row of the file is here: none had to be left out.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// Path of the file it was read from, within the project.
    pub fn name(&self) -> &str {
        match &self.source {
            Source::Text { file, .. } => &file.name,
            Source::Sheet { file, .. } => file,
        }
    }

    /// The sheet of a workbook it was read from.
    pub fn sheet(&self) -> Option<&str> {
        match &self.source {
            Source::Text { .. } => None,
            Source::Sheet { sheet, .. } => Some(sheet),
        }
    }

    /// SHA-256 of the file.
    pub fn sha256(&self) -> &str {
        match &self.source {
            Source::Text { file, .. } => &file.sha256,
            Source::Sheet { sha256, .. } => sha256,
        }
    }

    /// The headers from left to right.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The position of a header.
    pub fn column(&self, header: &str) -> Option<usize> {
        self.headers.iter().position(|name| name == header)
    }

    /// The rows from top to bottom.
    pub fn rows(&self) -> &[TableRow] {
        &self.rows
    }

    /// Where a field is.
    pub fn place(&self, row: &TableRow, column: usize) -> Place {
        let place = match &self.source {
            Source::Text { file, separator, .. } => {
                file.place(field_span(&file.text, row.offset, *separator, column))
            }
            Source::Sheet { .. } => self.cell(row.line, column),
        };
        match self.headers.get(column) {
            Some(header) => place.about(header),
            None => place,
        }
    }

    /// Where a field is, given by the line of its row and its position from 1.
    pub fn place_on(&self, line: u32, field: u16) -> Option<Place> {
        let row = self.rows.binary_search_by_key(&line, |row| row.line).ok()?;
        Some(self.place(self.rows.get(row)?, usize::from(field).checked_sub(1)?))
    }

    /// Where a header is.
    pub fn header_place(&self, column: usize) -> Place {
        match &self.source {
            Source::Text { file, header, separator } => {
                file.place(field_span(&file.text, *header, *separator, column))
            }
            Source::Sheet { header, .. } => self.cell(*header, column),
        }
    }

    /// Where the row of headers is.
    pub fn header_row_place(&self) -> Place {
        match &self.source {
            Source::Text { file, header, separator } => {
                file.place(record_span(&file.text, *header, *separator))
            }
            Source::Sheet { header, .. } => {
                let first = self.headers.iter().position(|name| !name.is_empty()).unwrap_or(0);
                self.cell(*header, first)
            }
        }
    }

    /// A cell by the row of its sheet, from 1, and its column, from 0.
    fn cell(&self, row: u32, column: usize) -> Place {
        let sheet = self.sheet().unwrap_or_default().to_owned();
        let position = Position::Cell { sheet, row: row as usize, column: column + 1 };
        Place { position: Some(position), ..Place::file(self.name()) }
    }

    fn fits(&self, row: &TableRow) -> bool {
        let width = self.headers.len();
        row.fields.len() >= width && row.fields.iter().skip(width).all(|extra| extra.trim().is_empty())
    }

    fn ragged(&self, row: &TableRow) -> Finding {
        let (found, wanted) = (row.fields.len(), self.headers.len());
        let column = found.min(wanted).saturating_sub(usize::from(found < wanted));
        Finding::new(
            Code::RaggedRow,
            bilingual!(
                "此行有 {found} 个字段，表头有 {wanted} 个",
                "the row has {found} fields and the header has {wanted}"
            ),
            if found < wanted {
                bilingual!(
                    "补上缺少的字段；没有值的字段也要写逗号",
                    "add the missing fields; a field without a value needs its comma too"
                )
            } else {
                bilingual!(
                    "删去多余的逗号，或给含逗号的文本加英文双引号；数字不写千位分隔符",
                    "delete the extra commas, or put double quotes around text that contains one; write numbers without thousands separators"
                )
            },
        )
        .at(self.place(row, column))
    }

    fn report_duplicate_headers(&self, findings: &mut Findings) {
        for (column, header) in self.headers.iter().enumerate() {
            let first = self.column(header).filter(|first| *first < column && !header.is_empty());
            if let Some(first) = first {
                let (first, header) = (first + 1, shown(header));
                findings.push(
                    Finding::new(
                        Code::DuplicateHeader,
                        bilingual!(
                            "列名“{header}”重复，第 {first} 列已用过",
                            "the header `{header}` is used twice, first in column {first}"
                        ),
                        bilingual!("删除多余的列或改名", "delete one of the columns or rename it"),
                    )
                    .at(self.header_place(column)),
                );
            }
        }
    }
}

/// The records of a CSV text with the place of each.
struct Records<'a> {
    text: &'a str,
    records: csv::StringRecordsIntoIter<&'a [u8]>,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, separator: u8) -> Self {
        let mut reader = csv::ReaderBuilder::new();
        reader.has_headers(false).flexible(true).delimiter(separator);
        let reader = reader.from_reader(text.as_bytes());
        Self { text, records: reader.into_records() }
    }
}

impl Iterator for Records<'_> {
    type Item = TableRow;

    fn next(&mut self) -> Option<TableRow> {
        // The text is UTF-8 and rows may have any length, so no record can fail.
        let fields = self.records.next()?.ok()?;
        let position = fields.position()?;
        // A record that follows blank lines is said to start at the first of them.
        let start = usize::try_from(position.byte()).ok()?;
        let rest = self.text.get(start..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let blank_lines = rest.get(..blank).unwrap_or_default().matches('\n').count();
        let line = u32::try_from(position.line() as usize + blank_lines).unwrap_or(u32::MAX);
        Some(TableRow { line, offset: start + blank, fields })
    }
}

/// The separator of a text, by its first line that is not blank.
fn separator(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    match header {
        _ if header.contains(',') => b',',
        _ if header.contains('\t') => b'\t',
        _ if header.contains(';') => b';',
        _ => b',',
    }
}

/// A file whose header is one field with a separator in it that no program
/// writes.
fn wrong_separator(file: &TextFile, header: &TableRow) -> Option<Finding> {
    let span = record_span(&file.text, header.offset, b',');
    let line = file.text.get(span.clone())?;
    if header.fields.len() > 1 {
        return None;
    }
    let at = line.find(['，', '；', '|'])?;
    let found = line.get(at..)?.chars().next()?;
    let start = span.start + at;
    Some(
        Finding::new(
            Code::WrongSeparator,
            bilingual!(
                "各列用“{found}”分隔，应为英文逗号",
                "the columns are separated by `{found}` instead of commas"
            ),
            bilingual!(
                "改用英文逗号：在 Excel 或 WPS 中另存为“CSV UTF-8（逗号分隔）”，或在文本编辑器中替换",
                "use commas: save it as \"CSV UTF-8 (comma delimited)\" in Excel or WPS, or replace them in a text editor"
            ),
        )
        .at(file.place(start..start + found.len_utf8())),
    )
}

fn unclosed(file: &TextFile, quote: usize) -> Finding {
    Finding::new(
        Code::UnclosedQuote,
        bilingual!(
            "此处的英文双引号没有配对，其后各行都被当作同一个字段",
            "this double quote is never closed, so all following rows are read as one field"
        ),
        bilingual!("补上右引号，或删去这个引号", "close the quote or delete it"),
    )
    .at(file.place(quote..quote + 1))
}

fn empty_file(name: &str, message: Bilingual) -> Finding {
    Finding::new(Code::EmptyFile, message, needs_header()).at(Place::file(name))
}

fn needs_header() -> Bilingual {
    bilingual!(
        "第一行写列名，其后每行一个单位",
        "write the column names in the first row and one unit in each row after it"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> (Option<Table>, Findings) {
        let mut findings = Findings::new();
        (Table::parse(TextFile::embedded("t.csv", text), &mut findings), findings)
    }

    #[test]
    fn a_field_is_found_again_behind_quotes_blank_lines_and_crlf() {
        let (table, findings) = table("code,name,x\r\n\r\nA,\"甲,\r\n乙\",1\r\n\r\nB, 丙 ,2\r\n");
        let table = table.unwrap();
        assert!(findings.is_empty());
        let places: Vec<_> = table.rows().iter().map(|row| table.place(row, 2).to_string()).collect();
        assert_eq!(places, ["t.csv:4:4", "t.csv:6:7"]);
        assert_eq!(table.rows().iter().map(|row| row.line).collect::<Vec<_>>(), [3, 6]);
        assert_eq!(table.place(&table.rows()[1], 1).to_string(), "t.csv:6:4");
        assert_eq!(table.rows()[1].field(1), "丙");
    }

    #[test]
    fn trailing_empty_fields_are_no_fault() {
        let (table, findings) = table("code,x\nA,1,,\n,,,\nB,2\n");
        assert!(findings.is_empty());
        assert_eq!(table.unwrap().rows().len(), 2);
    }
}
