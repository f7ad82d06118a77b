mod hidden;
mod invisible;
mod layout;
mod marks;
mod measures;
mod remarks;
mod sheet;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostics::{Bilingual, Code, Finding, Findings, Place, Position, bilingual, shown};

use super::TextFile;
use super::fields::{field_span, record_span};
use invisible::Invisible;
use layout::Layout;
pub(super) use layout::MOST_TITLES;
pub use layout::look;
pub use measures::{known_measure, split_measure};

/// A CSV file or a sheet of a workbook, with a header row. Every row has as many
/// fields as the header; fields and headers are trimmed.
#[derive(Clone, Debug)]
pub struct Table {
    source: Source,
    headers: Vec<String>,
    rows: Vec<TableRow>,
    whole: bool,
    /// Units of measure that stand in a row below the headers, by column.
    measures: BTreeMap<usize, String>,
    /// Columns whose text nobody is to see.
    hidden: BTreeSet<usize>,
    /// Whether what stands in place of the headers is data that nobody is to see.
    hides_headers: bool,
}

/// Where a table was read.
#[derive(Clone, Debug)]
enum Source {
    /// A CSV text; the header starts at the byte `header`.
    Text { file: TextFile, header: usize, separator: u8 },
    /// A sheet; the header stands in the row `header`, from 1.
    Sheet { file: Arc<str>, sha256: String, sheet: Arc<str>, header: u32 },
    /// Rows kept on record, each with the place where it was first written.
    Record { file: Arc<str>, sha256: String, places: Vec<Place> },
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
    /// A table of rows that are kept in the file `name`, whose bytes hash to
    /// `sha256`, each with the place that its fields have. Rows have as many fields
    /// as there are headers, and are numbered from 1.
    pub fn of_record(name: &str, sha256: &str, headers: &[&str], rows: Vec<(Vec<String>, Place)>) -> Self {
        let (fields, places): (Vec<Vec<String>>, Vec<Place>) = rows.into_iter().unzip();
        let numbered = fields.into_iter().zip(1..);
        Self {
            source: Source::Record { file: name.into(), sha256: sha256.to_owned(), places },
            headers: headers.iter().map(|header| (*header).to_owned()).collect(),
            rows: numbered
                .map(|(fields, line)| TableRow { fields: fields.into(), line, offset: 0 })
                .collect(),
            whole: true,
            measures: BTreeMap::new(),
            hidden: BTreeSet::new(),
            hides_headers: false,
        }
    }

    /// A table with the headers of `layout` and no rows yet.
    fn of_layout(source: Source, layout: &Layout, whole: bool) -> Self {
        let measures = layout.measures.iter().map(|(column, unit)| (*column as usize - 1, unit.clone()));
        Self {
            source,
            headers: layout.headers.clone(),
            rows: Vec::new(),
            whole,
            measures: measures.collect(),
            hidden: BTreeSet::new(),
            hides_headers: false,
        }
    }

    fn filled(
        mut self,
        key: &str,
        layout: &Layout,
        rows: impl Iterator<Item = TableRow>,
        findings: &mut Findings,
    ) -> Option<Self> {
        let mut invisible = Invisible::default();
        invisible.strip_headers(&mut self);
        self.report_duplicate_headers(findings);
        self.take(key, layout, rows, &mut invisible, findings);
        invisible.report(findings);
        if self.rows.is_empty() {
            if self.whole {
                let message = match &self.source {
                    Source::Text { .. } | Source::Record { .. } => {
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

    fn take(
        &mut self,
        key: &str,
        layout: &Layout,
        records: impl Iterator<Item = TableRow>,
        invisible: &mut Invisible,
        findings: &mut Findings,
    ) {
        let key = self.column(key);
        for mut row in records {
            invisible.strip(self, &mut row);
            if row.is_blank() {
                continue;
            }
            let remark = remarks::of(&row, key, layout);
            if let Some((column, remark)) = remark {
                let place = self.place(&row, column);
                // Who signed, or is named in a note, is not repeated.
                let excerpt = place.excerpt.filter(|_| !remark.is_text());
                let place = Place { excerpt, ..place };
                findings.push(remarks::passed_over(remark, row.field(column)).at(place));
            } else if self.fits(&row) {
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
            Source::Sheet { file, .. } | Source::Record { file, .. } => file,
        }
    }

    /// The sheet of a workbook it was read from.
    pub fn sheet(&self) -> Option<&str> {
        match &self.source {
            Source::Text { .. } | Source::Record { .. } => None,
            Source::Sheet { sheet, .. } => Some(sheet),
        }
    }

    /// SHA-256 of the file.
    pub fn sha256(&self) -> &str {
        match &self.source {
            Source::Text { file, .. } => &file.sha256,
            Source::Sheet { sha256, .. } | Source::Record { sha256, .. } => sha256,
        }
    }

    /// The headers from left to right.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The position of a header; where none is written so, that of the only one that
    /// looks like it ([`look`]).
    pub fn column(&self, header: &str) -> Option<usize> {
        let exact = self.headers.iter().position(|name| name == header);
        exact.or_else(|| {
            let wanted = look(header);
            let mut alike = (0..).zip(&self.headers).filter(|(_, name)| look(name) == wanted);
            let first = alike.next().filter(|(_, name)| !name.is_empty());
            first.filter(|_| alike.next().is_none()).map(|(column, _)| column)
        })
    }

    /// The unit of measure that stands below the header of a column.
    pub fn measure(&self, column: usize) -> Option<&str> {
        self.measures.get(&column).map(String::as_str)
    }

    /// What parts the fields of a CSV text.
    pub fn separator(&self) -> Option<char> {
        match &self.source {
            Source::Text { separator, .. } => Some(char::from(*separator)),
            Source::Sheet { .. } | Source::Record { .. } => None,
        }
    }

    /// The rows from top to bottom.
    pub fn rows(&self) -> &[TableRow] {
        &self.rows
    }

    /// Where a field is.
    pub fn place(&self, row: &TableRow, column: usize) -> Place {
        let place = match &self.source {
            Source::Text { file, separator, .. } => {
                let place = file.place(field_span(&file.text, row.offset, *separator, column));
                // The line has in it what is hidden.
                Place { excerpt: place.excerpt.filter(|_| !self.hides_any()), ..place }
            }
            Source::Sheet { .. } => self.cell(row.line, column),
            Source::Record { file, places, .. } => {
                let at = (row.line as usize).checked_sub(1);
                let place = at.and_then(|at| places.get(at)).cloned();
                return place.unwrap_or_else(|| Place::file(&**file));
            }
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
                self.of_headers(file.place(field_span(&file.text, *header, *separator, column)))
            }
            Source::Sheet { header, .. } => self.cell(*header, column),
            Source::Record { file, .. } => Place::file(&**file),
        }
    }

    /// Where the row of headers is.
    pub fn header_row_place(&self) -> Place {
        match &self.source {
            Source::Text { file, header, separator } => {
                self.of_headers(file.place(record_span(&file.text, *header, *separator)))
            }
            Source::Sheet { header, .. } => {
                let first = self.headers.iter().position(|name| !name.is_empty()).unwrap_or(0);
                self.cell(*header, first)
            }
            Source::Record { file, .. } => Place::file(&**file),
        }
    }

    fn of_headers(&self, place: Place) -> Place {
        Place { excerpt: place.excerpt.filter(|_| !self.hides_headers), ..place }
    }

    /// A cell by the row of its sheet, from 1, and its column, from 0.
    fn cell(&self, row: u32, column: usize) -> Place {
        let sheet = self.sheet().unwrap_or_default().to_owned();
        let position = Position::Cell { sheet, row: row as usize, column: column + 1 };
        Place { position: Some(position), ..Place::file(self.name()) }
    }

    fn fits(&self, row: &TableRow) -> bool {
        let width = self.headers.len();
        let long = row.fields.len() > width;
        row.fields.len() >= width
            && row.fields.iter().skip(width).all(|extra| extra.trim().is_empty())
            && !(long && split_number(row).is_some())
    }

    fn ragged(&self, row: &TableRow) -> Finding {
        let (found, wanted) = (row.fields.len(), self.headers.len());
        let column = split_number(row)
            .filter(|_| found > wanted)
            .unwrap_or(found.min(wanted).saturating_sub(usize::from(found < wanted)));
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

    /// One finding for each name, at its second column.
    fn report_duplicate_headers(&self, findings: &mut Findings) {
        let mut columns: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (column, header) in self.headers.iter().enumerate().filter(|(_, header)| !header.is_empty()) {
            columns.entry(header).or_default().push(column);
        }
        for (header, columns) in columns {
            let [first, second, more @ ..] = &*columns else { continue };
            let (first, header, times) = (first + 1, shown(header), more.len() + 2);
            let message = match more {
                [] => bilingual!(
                    "列名“{header}”重复，第 {first} 列已用过",
                    "the header `{header}` is used twice, first in column {first}"
                ),
                _ => bilingual!(
                    "列名“{header}”用了 {times} 次，最先在第 {first} 列",
                    "the header `{header}` is used {times} times, first in column {first}"
                ),
            };
            let help = bilingual!("删除多余的列或改名", "delete one of the columns or rename it");
            findings.push(Finding::new(Code::DuplicateHeader, message, help).at(self.header_place(*second)));
        }
    }
}

/// Where a row seems to hold a number with a thousands separator that was taken for
/// the end of the field: `1,087`.
fn split_number(row: &TableRow) -> Option<usize> {
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let fields: Vec<&str> = row.fields.iter().collect();
    fields.windows(2).position(|pair| match pair {
        [first, second] => {
            let second = second.split('.').next().unwrap_or_default();
            digits(first, 3) && !first.starts_with('0') && second.len() == 3 && digits(second, 3)
        }
        _ => false,
    })
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
