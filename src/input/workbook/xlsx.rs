//! XLSX: values by calamine, and by one more look at the sheet what that does not
//! tell: hidden rows and columns, merged cells, formulas without a value.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx, XlsxError};
use quick_xml::events::{BytesStart, Event};

use super::filling::{Budget, Filling, Rows};
use super::xml::{Xml, attribute, flag, number, of_range};
use super::{Named, Refusal, cells, visible};

/// The visible sheets. Cells are streamed, so that one far-out cell does not fill
/// the memory.
pub(super) fn read(bytes: &[u8]) -> Result<Named, Refusal> {
    let paths = sheet_paths(bytes)?;
    for path in paths.values() {
        if part(bytes, path).is_some_and(|sheet| is_misplaced(&sheet)) {
            return Err(Refusal::Unreadable(path.clone()));
        }
    }
    let mut budget = Budget::default();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(refusal)?;
    let mut sheets = Vec::new();
    for name in visible(book.sheets_metadata()) {
        let mut filling = Filling::new(&mut budget);
        let mut reader = match book.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            // A sheet of charts has no cells.
            Err(XlsxError::WorksheetNotFound(_) | XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(refusal(error)),
        };
        let percents: Vec<bool> = reader.styles().iter().map(cells::shows_percent).collect();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(refusal)? {
            let (row, column) = cell.get_position();
            let percent = percents.get(style).copied().unwrap_or(false);
            filling.put(row, column, cells::text(&Data::from(cell.get_value().clone()), percent))?;
        }
        drop(reader);
        if let Some(path) = paths.get(&name) {
            look(bytes, path, &mut filling)?;
        }
        sheets.push((name, filling.rows, filling.marks));
    }
    Ok(sheets)
}

fn refusal(error: XlsxError) -> Refusal {
    match error {
        XlsxError::Password => Refusal::Encrypted,
        other => Refusal::Unreadable(other.to_string()),
    }
}

/// A part of the archive, which was measured before.
fn part(bytes: &[u8], path: &str) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut unpacked = Vec::new();
    archive.by_name(path).ok()?.take(super::limits::MAX_UNPACKED).read_to_end(&mut unpacked).ok()?;
    Some(unpacked)
}

/// The path in the archive of each sheet, by its name.
fn sheet_paths(bytes: &[u8]) -> Result<BTreeMap<String, String>, Refusal> {
    let (Some(book), Some(links)) =
        (part(bytes, "xl/workbook.xml"), part(bytes, "xl/_rels/workbook.xml.rels"))
    else {
        return Ok(BTreeMap::new());
    };
    let mut targets = BTreeMap::new();
    Xml::new(&links).each(|tag| {
        if tag.local_name().as_ref() == "Relationship"
            && let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target"))
        {
            let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            targets.insert(id, path);
        }
    })?;
    let mut paths = BTreeMap::new();
    Xml::new(&book).each(|tag| {
        if tag.local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (attribute(tag, "name"), attribute(tag, "id"))
            && let Some(path) = targets.get(&id)
        {
            paths.insert(name, path.clone());
        }
    })?;
    Ok(paths)
}

/// Whether a sheet names a cell or a row beyond `XFD1048576`, at least by the number
/// of its letters or digits, or a range whose end comes before its beginning: the
/// library would overflow in counting them.
fn is_misplaced(sheet: &[u8]) -> bool {
    memchr::memchr_iter(b'=', sheet).any(|at| {
        let before = sheet.get(..at).unwrap_or_default().trim_ascii_end();
        let name = before.strip_suffix(b"ref").or_else(|| before.strip_suffix(b"r"));
        let value = sheet.get(at + 1..).unwrap_or_default().trim_ascii_start();
        // Without a blank before and a quotation mark it is part of a name or a text.
        let [b'"' | b'\'', value @ ..] = value else { return false };
        name.and_then(<[u8]>::last).is_some_and(u8::is_ascii_whitespace) && is_beyond(value)
    })
}

/// Whether a value begins with a place that cannot be.
fn is_beyond(value: &[u8]) -> bool {
    let length = value.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b':').count();
    let place = value.get(..length).and_then(|place| std::str::from_utf8(place).ok()).unwrap_or_default();
    let too_long = |cell: &str| {
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        digits > 7 || cell.len() - digits > 3
    };
    let backwards = |(rows, columns): ((u32, u32), (u32, u32))| rows.0 > rows.1 || columns.0 > columns.1;
    let is_range = place.contains(':');
    place.split(':').any(too_long) || is_range && of_range(&place.to_ascii_uppercase()).is_some_and(backwards)
}

/// Marks what is hidden or merged, and puts the formulas that have no value.
fn look(bytes: &[u8], path: &str, filling: &mut Filling<'_>) -> Result<(), Refusal> {
    let Some(sheet) = part(bytes, path) else { return Ok(()) };
    let has = |needle: &str| memchr::memmem::find(&sheet, needle.as_bytes()).is_some();
    if !["hidden=", "<f", ":f>", "mergeCell"].into_iter().any(has) {
        return Ok(());
    }
    let mut xml = Xml::new(&sheet);
    let (mut row, mut cell) = (0_u32, None);
    loop {
        match xml.next()? {
            Event::Start(tag) if tag.local_name().as_ref() == "f" => {
                let formula = xml.text_until("f")?;
                if let Some(at) = cell.and_then(|tag| at_cell(tag, &filling.rows)) {
                    filling.put(at.0 - 1, at.1 - 1, format!("={formula}"))?;
                }
                cell = None;
            }
            // One that is shared with another cell says so, and no more.
            Event::Empty(tag) if tag.local_name().as_ref() == "f" => {
                if let Some(at) = cell.take().and_then(|tag| at_cell(tag, &filling.rows)) {
                    filling.put(at.0 - 1, at.1 - 1, "=…".to_owned())?;
                }
            }
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "row" => {
                    row = number(&tag, "r").unwrap_or(row + 1);
                    if flag(&tag, "hidden") {
                        filling.marks.hide_rows(row, row);
                    }
                }
                "col" if flag(&tag, "hidden") => {
                    if let (Some(first), Some(last)) = (number(&tag, "min"), number(&tag, "max")) {
                        filling.marks.hide_columns(first, last);
                    }
                }
                // A formula may give an empty text.
                "c" => cell = position(&tag).filter(|_| attribute(&tag, "t").as_deref() != Some("str")),
                "mergeCell" => {
                    if let Some((rows, columns)) = attribute(&tag, "ref").and_then(|range| of_range(&range)) {
                        filling.marks.merge(rows, columns);
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn position(tag: &BytesStart<'_>) -> Option<(u32, u32)> {
    let (rows, columns) = of_range(&attribute(tag, "r")?)?;
    Some((rows.0, columns.0))
}

/// The place of a cell that has no text, so that its formula has no value.
fn at_cell(at: (u32, u32), rows: &Rows) -> Option<(u32, u32)> {
    let filled = rows.get(&at.0).is_some_and(|row| row.contains_key(&at.1));
    (!filled).then_some(at)
}
