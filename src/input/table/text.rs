//! CSV texts as tables.

use super::super::TextFile;
use super::super::fields::{record_span, unclosed_quote};
use super::layout::{Cells, Layout, MOST_TITLES, is_key};
use super::{Source, Table, TableRow, empty_file};
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual};

impl Table {
    /// Reads a CSV text whose fields are separated by commas, or by semicolons or
    /// tabs if its header has these and no comma. Rows that do not fit the header
    /// are findings and left out; `None` when there is nothing to go on with.
    ///
    /// The header is the first row with a field `key`, so that titles above it do
    /// no harm; without one, the first row.
    pub fn parse(file: TextFile, key: &str, findings: &mut Findings) -> Option<Self> {
        let text = file.text.clone();
        let separator = separator(&text, key);
        if let Some(finding) = beyond_limits(&file, separator) {
            findings.push(finding);
            return None;
        }
        let mut records: Vec<TableRow> = Records::new(&text, separator).collect();
        let torn = records.last().and_then(|last| unclosed_quote(&text, last.offset, separator));
        if let Some(quote) = torn {
            // What follows the mark is neither that field nor rows of its own.
            records.pop();
            findings.push(unclosed(&file, quote));
        }
        let is_header = |record: &TableRow| record.fields.iter().any(|field| is_key(field, key));
        let titles = records.iter().take(MOST_TITLES).position(is_header).unwrap_or(0);
        let records = records.get(titles..).unwrap_or_default();
        let Some(header) = records.first() else {
            if torn.is_none() {
                findings.push(empty_file(&file.name, bilingual!("文件是空的", "the file is empty")));
            }
            return None;
        };
        if let Some(finding) = wrong_separator(&file, header) {
            findings.push(finding);
            return None;
        }
        let mut layout = Layout::of(cells(header), records.iter().skip(1).map(cells), key);
        layout.headers.resize(header.fields.len().max(layout.headers.len()), String::new());
        // Places of headers are those of the lowest row of names.
        let lowest = records.get(layout.levels.len() - 1).map_or(header.offset, |row| row.offset);
        let rows = records.iter().skip(layout.levels.len()).cloned();
        let source = Source::Text { file, header: lowest, separator };
        Self::of_layout(source, &layout, torn.is_none()).filled(key, &layout, rows, findings)
    }
}

/// The fields of a record that are not blank, by their position from 1.
fn cells(record: &TableRow) -> Cells {
    let fields = (1..).zip(record.fields.iter().map(str::trim)).filter(|(_, field)| !field.is_empty());
    fields.map(|(column, field)| (column, field.to_owned())).collect()
}

/// Most lines of a text, which are those of a sheet in a spreadsheet.
const MAX_LINES: usize = 1_048_576;

/// Most separators of a text.
const MAX_FIELDS: usize = 5_000_000;

/// A text with more lines or fields than are read.
fn beyond_limits(file: &TextFile, separator: u8) -> Option<Finding> {
    let (mut lines, mut fields) = (0_usize, 0_usize);
    for at in memchr::memchr2_iter(b'\n', separator, file.text.as_bytes()) {
        match file.text.as_bytes().get(at) {
            Some(b'\n') => lines += 1,
            _ => fields += 1,
        }
    }
    let finding = Finding::new(
        Code::TableTooLarge,
        bilingual!(
            "表有 {lines} 行、{fields} 个分隔符，超出限度，没有读取",
            "the table has {lines} lines and {fields} separators, which is beyond the limits; it was not read"
        ),
        bilingual!(
            "只留需要的行列，或拆成几个文件；限度：{MAX_LINES} 行、{MAX_FIELDS} 个分隔符",
            "keep only the rows and columns that are needed, or split the file; the limits are {MAX_LINES} lines and {MAX_FIELDS} separators"
        ),
    );
    (lines > MAX_LINES || fields > MAX_FIELDS).then(|| finding.at(Place::file(&*file.name)))
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

/// The separator of a text, by the line of its header: the one that sets the field
/// `key` apart, or else the first that the line has.
fn separator(text: &str, key: &str) -> u8 {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let sets_apart = |line: &str, separator: &u8| {
        let mut fields = line.split(char::from(*separator)).take(MOST_COLUMNS);
        fields.any(|field| is_key(field.trim_matches([' ', '"']), key))
    };
    let any = |line: &str| SEPARATORS.into_iter().find(|separator| line.contains(char::from(*separator)));
    let apart = lines().take(MOST_TITLES).find_map(|line| {
        let found = SEPARATORS.into_iter().find(|separator| sets_apart(line, separator))?;
        // A line of the key alone has no separator.
        line.contains(char::from(found)).then_some(found)
    });
    apart.or_else(|| any(lines().next()?)).unwrap_or(b',')
}

/// Fields of a line among which the key is looked for, to tell the separator.
const MOST_COLUMNS: usize = 5_000;

const SEPARATORS: [u8; 3] = [b',', b'\t', b';'];

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

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> (Option<Table>, Findings) {
        let mut findings = Findings::new();
        (Table::parse(TextFile::embedded("t.csv", text), "code", &mut findings), findings)
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

    #[test]
    fn titles_notes_and_totals_are_no_rows_of_data() {
        let text = "2025 年报送,,\n\ncode,name,x\nA,甲,1\nB,乙,2\n,合计,3\n注：数据截至 12 月,,\n";
        let (table, findings) = table(text);
        let table = table.unwrap();
        assert_eq!(table.headers(), ["code", "name", "x"]);
        assert_eq!(table.rows().len(), 2);
        let places: Vec<String> =
            findings.iter().filter_map(|one| Some(one.place.as_ref()?.to_string())).collect();
        assert_eq!(places, ["t.csv:6:2", "t.csv:7:1"]);
        assert!(!findings.has_errors());
    }
}
