//! Workbooks as people's spreadsheet programs write them: XLSX, XLS and ODS to
//! sheets of texts, each at its row and column.

mod biff;
mod cells;
mod filling;
mod limits;
mod ods;
mod xlsx;
mod xml;

use std::sync::Arc;

use calamine::{Sheet as SheetInfo, SheetVisible};

use crate::diagnostics::{Code, Finding, Findings, Place, bilingual};
use crate::digest::sha256;
use limits::{MAX_CELLS, MAX_COLUMN, MAX_UNPACKED};

pub(super) use filling::{Marks, Merged, Rows};

/// One visible sheet of a workbook.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// The file's path within the project.
    pub(super) file: Arc<str>,
    /// SHA-256 of the file.
    pub(super) sha256: String,
    /// The sheet's name.
    pub(super) name: Arc<str>,
    /// Texts that are not blank.
    pub(super) rows: Rows,
    /// What else there is to the sheet.
    pub(super) marks: Marks,
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
        // A program that packs an ODS anew may put its kind anywhere.
        let has = |part: &[u8]| memchr::memmem::find(bytes, part).is_some();
        let is_ods = || {
            head.windows(15).any(|part| part == b"opendocument.sp")
                || (has(b"META-INF/manifest.xml") && has(b"content.xml") && !has(b"xl/workbook.xml"))
        };
        bytes.starts_with(ZIP).then(|| if is_ods() { Format::Ods } else { Format::Xlsx })
    }
}

/// Whether a file called a workbook is a page of HTML or XML, which web systems
/// export as such.
pub(super) fn is_markup(file: &str, bytes: &[u8]) -> bool {
    let ending = file.rsplit('.').next().unwrap_or_default().to_lowercase();
    let head = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    ["xls", "xlsx", "xlsm", "et", "ods", "fods"].contains(&ending.as_str()) && head.starts_with(b"<")
}

pub(super) fn markup(file: &str) -> Finding {
    Finding::new(
        Code::MarkupAsWorkbook,
        bilingual!(
            "文件名像工作簿，内容却是网页或 XML",
            "the file is called a workbook and holds a page of HTML or XML"
        ),
        bilingual!("在 Excel 或 WPS 中打开，另存为 xlsx", "open it in Excel or WPS and save it as xlsx"),
    )
    .at(Place::file(file))
}

/// A workbook in which there is nothing to read.
pub(super) fn empty(file: &str) -> Finding {
    Finding::new(
        Code::EmptyFile,
        bilingual!(
            "工作簿中没有可读的内容：工作表都是空的，或都隐藏了",
            "there is nothing to read in the workbook: its sheets are empty or hidden"
        ),
        bilingual!("填上数据，或取消隐藏工作表", "fill in the data, or show the sheet"),
    )
    .at(Place::file(file))
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
        Format::Xlsx => limits::check_zip(&bytes).and_then(|()| xlsx::read(&bytes)),
        Format::Ods => limits::check_zip(&bytes).and_then(|()| ods::read(&bytes)),
        Format::Xls => biff::read(&bytes),
    };
    drop(bytes);
    match read {
        Ok(sheets) => {
            let name: Arc<str> = file.into();
            let with_file = |(sheet, rows, marks): (String, Rows, Marks)| Sheet {
                file: name.clone(),
                sha256: sha256.clone(),
                name: sheet.into(),
                rows,
                marks,
            };
            Some(sheets.into_iter().map(with_file).collect())
        }
        Err(refusal) => {
            findings.push(refused(file, &refusal));
            None
        }
    }
}

/// Name, texts and marks of each sheet.
type Named = Vec<(String, Rows, Marks)>;

fn visible(sheets: &[SheetInfo]) -> Vec<String> {
    let shown = sheets.iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    shown.map(|sheet| sheet.name.clone()).collect()
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
                    "只留需要的表和单元格；限度：解开后 {unpacked} MB，{MAX_CELLS} 个单元格，每表 {MAX_COLUMN} 列",
                    "keep only the sheets and cells that are needed; the limits are {unpacked} MB unpacked, {MAX_CELLS} cells, and {MAX_COLUMN} columns a sheet"
                ),
            )
        }
        Refusal::Unreadable(problem) => Finding::new(
            Code::WorkbookUnreadable,
            bilingual!(
                "工作簿已损坏或不是 xlsx、xls、ods：{problem}",
                "the workbook is damaged, or not xlsx, xls or ods: {problem}"
            ),
            bilingual!(
                "在 Excel 或 WPS 中打开并另存为 xlsx；打不开就请对方重发",
                "open it in Excel or WPS and save it as xlsx; if that fails, ask for it again"
            ),
        ),
    };
    finding.at(Place::file(file))
}
