//! XLS: the records of BIFF8 in their compound file, after [MS-XLS]. Every length
//! is checked before it is used, and nothing is reserved by what a record claims;
//! see decision 121.

mod cells;
mod formats;
mod records;
mod strings;

use std::io::{Cursor, Read as _};

use super::filling::Budget;
use super::{Named, Refusal};
use formats::Formats;
use records::{Record, Records};
use strings::Segments;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const FILE_PASS: u16 = 0x002F;
const BOUND_SHEET: u16 = 0x0085;
const DATE_MODE: u16 = 0x0022;
const FORMAT: u16 = 0x041E;
const XF: u16 = 0x00E0;
const SST: u16 = 0x00FC;

/// The visible sheets.
pub(super) fn read(bytes: &[u8]) -> Result<Named, Refusal> {
    let stream = workbook_stream(bytes)?;
    let book = Book::read(&stream)?;
    let mut budget = Budget::default();
    let mut sheets = Vec::new();
    for (name, offset) in &book.sheets {
        let sheet = stream.get(*offset..).ok_or_else(damaged)?;
        let filling = cells::read(sheet, &book, &mut budget)?;
        sheets.push((name.clone(), filling.rows, filling.marks));
    }
    Ok(sheets)
}

/// The stream of the workbook. It cannot be longer than the file, whatever the
/// directory says of it.
fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let unreadable = |error: std::io::Error| Refusal::Unreadable(error.to_string());
    // An encrypted workbook of the new format comes in the container of the old.
    const ENCRYPTED: &[u8; 32] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    if memchr::memmem::find(bytes, ENCRYPTED).is_some() {
        return Err(Refusal::Encrypted);
    }
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(unreadable)?;
    if !file.is_stream("/Workbook") {
        let old = if file.is_stream("/Book") { "Excel 95" } else { "no workbook stream" };
        return Err(Refusal::Unreadable(old.to_owned()));
    }
    let stream = file.open_stream("/Workbook").map_err(unreadable)?;
    let mut read = Vec::new();
    stream.take(bytes.len() as u64).read_to_end(&mut read).map_err(unreadable)?;
    Ok(read)
}

/// What holds for all sheets.
struct Book {
    /// Name and offset of each visible sheet.
    sheets: Vec<(String, usize)>,
    strings: Vec<String>,
    formats: Formats,
    since_1904: bool,
}

impl Book {
    fn read(stream: &[u8]) -> Result<Self, Refusal> {
        let mut book =
            Self { sheets: Vec::new(), strings: Vec::new(), formats: Formats::default(), since_1904: false };
        let mut first = true;
        for record in Records::new(stream) {
            let record = record?;
            match record.kind {
                BOF if first && record.u16(0) != Some(0x0600) => {
                    return Err(Refusal::Unreadable("Excel 95".to_owned()));
                }
                FILE_PASS => return Err(Refusal::Encrypted),
                DATE_MODE => book.since_1904 = record.u16(0) == Some(1),
                BOUND_SHEET => book.sheets.extend(bound_sheet(&record)),
                FORMAT => book.formats.declare(&record),
                XF => book.formats.style(&record),
                SST => book.strings = strings::shared(&record)?,
                EOF => return Ok(book),
                _ => {}
            }
            first = false;
        }
        Err(damaged())
    }
}

/// The name and offset of a sheet of cells that is visible.
fn bound_sheet(record: &Record<'_>) -> Option<(String, usize)> {
    let offset = record.u32(0)? as usize;
    let is_shown = record.u8(4)? & 0b11 == 0 && record.u8(5)? == 0;
    let mut text = Segments::of(record.data.get(6..)?, &[]);
    let length = usize::from(text.u8()?);
    let name = text.unicode(length)?;
    is_shown.then(|| (name.replace('\0', ""), offset))
}

fn damaged() -> Refusal {
    Refusal::Unreadable("BIFF".to_owned())
}
