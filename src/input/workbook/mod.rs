//! Workbooks as people's spreadsheet programs write them: XLSX, XLS and ODS to
//! sheets of texts, each at its row and column.

mod cells;
mod limits;

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, Ods, Range, Reader, Sheet as SheetInfo, SheetVisible, Xls, Xlsx, XlsxError};

use crate::diagnostics::{Code, Finding, Findings, Place, bilingual};
use crate::digest::sha256;
use limits::{MAX_CELLS, MAX_COLUMN, MAX_UNPACKED};

/// One visible sheet of a workbook.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// The file's path within the project.
    pub(super) file: Arc<str>,
    /// SHA-256 of the file.
    pub(super) sha256: String,
    /// The sheet's name.
    pub(super) name: Arc<str>,
    /// Texts that are not blank by row and column, both from 1.
    pub(super) rows: BTreeMap<u32, BTreeMap<u32, String>>,
}

/// A kind of workbook, told by its first bytes and its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Xlsx,
    Xls,
    Ods,
}

/// Why a workbook cannot be read.
enum Refusal {
    Encrypted,
    TooLarge(String),
    Unreadable(String),
}

impl Format {
    /// The kind of workbook that `bytes` are, unless they are none.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        const ZIP: &[u8] = b"PK\x03\x04";
        const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
        if bytes.starts_with(COMPOUND) {
            return Some(Format::Xls);
        }
        let head = bytes.get(..256.min(bytes.len())).unwrap_or_default();
        let is_ods = head.windows(15).any(|part| part == b"opendocument.sp");
        bytes.starts_with(ZIP).then_some(if is_ods { Format::Ods } else { Format::Xlsx })
    }
}

/// The visible sheets of a workbook in their order. A workbook that cannot be
/// read whole is a finding.
pub(super) fn sheets(
    file: &str,
    bytes: Vec<u8>,
    format: Format,
    findings: &mut Findings,
) -> Option<Vec<Sheet>> {
    let sha256 = sha256(&bytes);
    let read = match format {
        Format::Xlsx => limits::check_zip(&bytes).and_then(|()| xlsx(bytes)),
        Format::Ods => limits::check_zip(&bytes).and_then(|()| ods(bytes)),
        Format::Xls => xls(bytes),
    };
    match read {
        Ok(sheets) => {
            let name: Arc<str> = file.into();
            let with_file = |(sheet, rows): (String, Rows)| Sheet {
                file: name.clone(),
                sha256: sha256.clone(),
                name: sheet.into(),
                rows,
            };
            Some(sheets.into_iter().map(with_file).collect())
        }
        Err(refusal) => {
            findings.push(refused(file, &refusal));
            None
        }
    }
}

type Rows = BTreeMap<u32, BTreeMap<u32, String>>;
type Named = Vec<(String, Rows)>;

/// Rows in the making: the number of cells is bounded, and so is their column.
#[derive(Default)]
struct Filling {
    rows: Rows,
    cells: usize,
}

impl Filling {
    /// Puts a text at a row and column that count from 0.
    fn put(&mut self, row: u32, column: u32, text: String) -> Result<(), Refusal> {
        if text.trim().is_empty() {
            return Ok(());
        }
        self.cells += 1;
        if column >= MAX_COLUMN {
            return Err(Refusal::TooLarge(format!("{} > {MAX_COLUMN}", column + 1)));
        }
        if self.cells > MAX_CELLS {
            return Err(Refusal::TooLarge(format!("> {MAX_CELLS}")));
        }
        self.rows.entry(row + 1).or_default().insert(column + 1, text);
        Ok(())
    }
}

fn visible(sheets: &[SheetInfo]) -> Vec<String> {
    let shown = sheets.iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    shown.map(|sheet| sheet.name.clone()).collect()
}

/// Streams the cells, so that one far-out cell does not fill the memory.
fn xlsx(bytes: Vec<u8>) -> Result<Named, Refusal> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(xlsx_refusal)?;
    let mut sheets = Vec::new();
    for name in visible(book.sheets_metadata()) {
        let mut reader = match book.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            // A sheet of charts has no cells.
            Err(XlsxError::WorksheetNotFound(_) | XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(xlsx_refusal(error)),
        };
        let percents: Vec<bool> = reader.styles().iter().map(cells::shows_percent).collect();
        let mut filling = Filling::default();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(xlsx_refusal)? {
            let (row, column) = cell.get_position();
            let percent = percents.get(style).copied().unwrap_or(false);
            filling.put(row, column, cells::text(&Data::from(cell.get_value().clone()), percent))?;
        }
        sheets.push((name, filling.rows));
    }
    Ok(sheets)
}

fn xlsx_refusal(error: XlsxError) -> Refusal {
    match error {
        XlsxError::Password => Refusal::Encrypted,
        other => Refusal::Unreadable(other.to_string()),
    }
}

fn xls(bytes: Vec<u8>) -> Result<Named, Refusal> {
    // An encrypted workbook of the new format comes in the container of the old.
    const ENCRYPTED: [u8; 32] = *b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    if bytes.windows(ENCRYPTED.len()).any(|part| part == ENCRYPTED) {
        return Err(Refusal::Encrypted);
    }
    let book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsError::Password => Refusal::Encrypted,
        other => Refusal::Unreadable(other.to_string()),
    })?;
    dense(book)
}

fn ods(bytes: Vec<u8>) -> Result<Named, Refusal> {
    let book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::OdsError::Password => Refusal::Encrypted,
        other => Refusal::Unreadable(other.to_string()),
    })?;
    dense(book)
}

/// The sheets of a workbook whose cells cannot be streamed.
fn dense<S: std::io::Read + std::io::Seek, R: Reader<S>>(mut book: R) -> Result<Named, Refusal>
where
    R::Error: std::fmt::Display,
{
    let names = visible(book.sheets_metadata());
    let mut sheets = Vec::new();
    for name in names {
        let range = book.worksheet_range(&name).map_err(|error| Refusal::Unreadable(error.to_string()))?;
        sheets.push((name, filled(&range)?));
    }
    Ok(sheets)
}

fn filled(range: &Range<Data>) -> Result<Rows, Refusal> {
    let (first_row, first_column) = range.start().unwrap_or_default();
    let mut filling = Filling::default();
    for (row, column, cell) in range.used_cells() {
        let at = |offset: usize, first: u32| u32::try_from(offset).unwrap_or(u32::MAX).saturating_add(first);
        filling.put(at(row, first_row), at(column, first_column), cells::text(cell, false))?;
    }
    Ok(filling.rows)
}

fn refused(file: &str, refusal: &Refusal) -> Finding {
    let finding = match refusal {
        Refusal::Encrypted => Finding::new(
            Code::WorkbookEncrypted,
            bilingual!(
                "工作簿有打开密码，无法读取",
                "the workbook is protected by a password and cannot be read"
            ),
            bilingual!(
                "在 Excel 或 WPS 中取消密码后另存",
                "remove the password in Excel or WPS and save it again"
            ),
        ),
        Refusal::TooLarge(what) => {
            let unpacked = MAX_UNPACKED / (1024 * 1024);
            Finding::new(
                Code::WorkbookTooLarge,
                bilingual!(
                    "工作簿超出限度（{what}），没有读取",
                    "the workbook is beyond the limits ({what}) and was not read"
                ),
                bilingual!(
                    "只留需要的表和单元格；限度：解开后 {unpacked} MB，每表 {MAX_CELLS} 个单元格、{MAX_COLUMN} 列",
                    "keep only the sheets and cells that are needed; the limits are {unpacked} MB unpacked, {MAX_CELLS} cells and {MAX_COLUMN} columns a sheet"
                ),
            )
        }
        Refusal::Unreadable(problem) => Finding::new(
            Code::WorkbookUnreadable,
            bilingual!(
                "工作簿已损坏或不是 xlsx、xls、ods：{problem}",
                "the workbook is damaged, or not xlsx, xls or ods: {problem}"
            ),
            bilingual!("在 Excel 或 WPS 中打开并另存为 xlsx", "open it in Excel or WPS and save it as xlsx"),
        ),
    };
    finding.at(Place::file(file))
}
