//! ODS as a stream: repeated cells are counted before they are made, and what is
//! hidden, merged or a percentage is kept.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use calamine::Data;
use quick_xml::events::{BytesStart, Event};

use super::filling::{Budget, Filling};
use super::limits::MAX_UNPACKED;
use super::xml::{Xml, append, attribute, number};
use super::{Named, Refusal, cells};

/// The visible sheets.
pub(super) fn read(bytes: &[u8]) -> Result<Named, Refusal> {
    let unreadable = |error: &dyn std::fmt::Display| Refusal::Unreadable(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    let mut part = |name: &str| -> Result<Vec<u8>, Refusal> {
        let mut unpacked = Vec::new();
        let part = archive.by_name(name).map_err(|error| unreadable(&error))?;
        part.take(MAX_UNPACKED).read_to_end(&mut unpacked).map_err(|error| unreadable(&error))?;
        Ok(unpacked)
    };
    if let Ok(manifest) = part("META-INF/manifest.xml") {
        let mut encrypted = false;
        Xml::new(&manifest).each(|tag| encrypted |= tag.local_name().as_ref() == "encryption-data")?;
        if encrypted {
            return Err(Refusal::Encrypted);
        }
    }
    content(&part("content.xml")?)
}

fn content(bytes: &[u8]) -> Result<Named, Refusal> {
    let mut budget = Budget::default();
    let (mut sheets, mut xml) = (Vec::new(), Xml::new(bytes));
    let (mut style, mut hidden) = (None, BTreeSet::new());
    loop {
        match xml.next()? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "style" => {
                style = attribute(&tag, "name");
            }
            Event::Start(tag) | Event::Empty(tag)
                if tag.local_name().as_ref() == "table-properties"
                    && attribute(&tag, "display").as_deref() == Some("false") =>
            {
                hidden.extend(style.take());
            }
            Event::Start(tag) if tag.local_name().as_ref() == "table" => {
                let name = attribute(&tag, "name").unwrap_or_default();
                let shown = attribute(&tag, "style-name").is_none_or(|style| !hidden.contains(&style));
                let mut sheet = Sheet { filling: Filling::new(&mut budget), row: 0, column: 0 };
                sheet.read(&mut xml)?;
                let Filling { rows, marks, .. } = sheet.filling;
                if shown {
                    sheets.push((name, rows, marks));
                }
            }
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

/// A sheet in the making; the row and the column that come next, from 0.
struct Sheet<'a> {
    filling: Filling<'a>,
    row: u32,
    column: u32,
}

impl Sheet<'_> {
    /// Reads up to the end of the sheet. Tables within cells are passed over.
    fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        loop {
            match xml.next()? {
                Event::Start(tag) if tag.local_name().as_ref() == "table-row" => {
                    let (count, shown) = (repeated(&tag, "number-rows-repeated"), is_shown(&tag));
                    self.read_row(xml, count, shown)?;
                }
                Event::Empty(tag) if tag.local_name().as_ref() == "table-row" => {
                    self.row = self.row.saturating_add(repeated(&tag, "number-rows-repeated"));
                }
                Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "table-column" => {
                    let next = self.column.saturating_add(repeated(&tag, "number-columns-repeated"));
                    if !is_shown(&tag) {
                        self.filling.marks.hide_columns(self.column + 1, next);
                    }
                    self.column = next;
                }
                Event::Start(tag) if tag.local_name().as_ref() == "shapes" => skip(xml, "shapes")?,
                Event::End(tag) if tag.local_name().as_ref() == "table" => return Ok(()),
                Event::Eof => return Err(Refusal::Unreadable("<table>".to_owned())),
                _ => {}
            }
        }
    }

    fn read_row(&mut self, xml: &mut Xml<'_>, count: u32, shown: bool) -> Result<(), Refusal> {
        self.column = 0;
        let mut cells: Vec<(u32, u32, String)> = Vec::new();
        loop {
            let (cell, open, covered) = match xml.next()? {
                Event::Start(tag) if is_cell(&tag) => (Cell::of(&tag), true, is_covered(&tag)),
                Event::Empty(tag) if is_cell(&tag) => (Cell::of(&tag), false, is_covered(&tag)),
                Event::End(tag) if tag.local_name().as_ref() == "table-row" => break,
                Event::Eof => return Err(Refusal::Unreadable("<table-row>".to_owned())),
                _ => continue,
            };
            let content = if open { paragraphs(xml)? } else { String::new() };
            let text = if covered { String::new() } else { cell.text(content) };
            if cell.spans != (1, 1) {
                let rows = (self.row + 1, self.row.saturating_add(cell.spans.0));
                self.filling.marks.merge(rows, (self.column + 1, self.column.saturating_add(cell.spans.1)));
            }
            if !text.trim().is_empty() {
                cells.push((self.column, cell.repeated, text));
            }
            self.column = self.column.saturating_add(cell.repeated);
        }
        if !cells.is_empty() {
            self.put(&cells, count, shown)?;
        }
        self.row = self.row.saturating_add(count);
        Ok(())
    }

    /// Puts cells, each as often as it is repeated, into rows repeated `count` times.
    fn put(&mut self, cells: &[(u32, u32, String)], count: u32, shown: bool) -> Result<(), Refusal> {
        let total = cells.iter().map(|(_, times, _)| u64::from(*times)).sum::<u64>() * u64::from(count);
        if total > super::limits::MAX_CELLS as u64 {
            return Err(Refusal::TooLarge(format!("{total} > {}", super::limits::MAX_CELLS)));
        }
        for row in 0..count {
            let row = self.row.saturating_add(row);
            for (column, times, text) in cells {
                for offset in 0..*times {
                    self.filling.put(row, column.saturating_add(offset), text.clone())?;
                }
            }
        }
        if !shown {
            self.filling.marks.hide_rows(self.row + 1, self.row.saturating_add(count));
        }
        Ok(())
    }
}

/// What the tag of a cell says.
struct Cell {
    repeated: u32,
    /// Rows and columns that it takes up.
    spans: (u32, u32),
    kind: String,
    value: Option<String>,
    formula: Option<String>,
}

impl Cell {
    fn of(tag: &BytesStart<'_>) -> Self {
        let kind = match attribute(tag, "value-type") {
            // `calcext:value-type` stands after `office:value-type`, and alone says so.
            Some(kind) if tag.attributes_raw().contains("calcext:value-type=\"error\"") => {
                drop(kind);
                "error".to_owned()
            }
            kind => kind.unwrap_or_default(),
        };
        let value = match kind.as_str() {
            "date" => attribute(tag, "date-value"),
            "time" => attribute(tag, "time-value"),
            "boolean" => attribute(tag, "boolean-value"),
            "string" => attribute(tag, "string-value"),
            "error" => None,
            _ => attribute(tag, "value"),
        };
        let span = |name: &str| number(tag, name).unwrap_or(1).max(1);
        Self {
            repeated: repeated(tag, "number-columns-repeated"),
            spans: (span("number-rows-spanned"), span("number-columns-spanned")),
            kind,
            value,
            formula: attribute(tag, "formula"),
        }
    }

    /// Its text, where `content` is what it shows.
    fn text(&self, content: String) -> String {
        let value = self.value.as_deref();
        match (self.kind.as_str(), value) {
            ("float" | "currency" | "percentage", Some(value)) => match value.parse() {
                Ok(number) => cells::text(&Data::Float(number), self.kind == "percentage"),
                Err(_) => value.to_owned(),
            },
            ("date", Some(value)) => value.strip_suffix("T00:00:00").unwrap_or(value).replace('T', " "),
            ("boolean", Some(value)) => value.to_uppercase(),
            ("time", Some(value)) => clock(value),
            ("string", Some(value)) if content.is_empty() => value.trim().to_owned(),
            ("", None) if content.is_empty() => {
                let formula = self.formula.as_deref();
                formula.map_or(String::new(), |formula| format!("={}", formula.trim_start_matches("of:=")))
            }
            _ => content.trim().to_owned(),
        }
    }
}

/// `PT00H14M00S` as `00:14:00`.
fn clock(duration: &str) -> String {
    let parts = duration.trim_start_matches("PT").trim_end_matches('S');
    parts.replace(['H', 'M'], ":")
}

/// Whether a cell is part of a larger one, so that what it holds is not seen.
fn is_covered(tag: &BytesStart<'_>) -> bool {
    tag.local_name().as_ref() == "covered-table-cell"
}

fn is_cell(tag: &BytesStart<'_>) -> bool {
    matches!(tag.local_name().as_ref(), "table-cell" | "covered-table-cell")
}

fn repeated(tag: &BytesStart<'_>, name: &str) -> u32 {
    number(tag, name).unwrap_or(1).max(1)
}

fn is_shown(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "visibility").is_none_or(|word| word == "visible")
}

/// The paragraphs of a cell up to its end, notes left out.
fn paragraphs(xml: &mut Xml<'_>) -> Result<String, Refusal> {
    let (mut text, mut some) = (String::new(), false);
    loop {
        match xml.next()? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "p" if some => text.push('\n'),
                "p" => some = true,
                "annotation" => skip(xml, "annotation")?,
                "table" => skip(xml, "table")?,
                // How letters are pronounced, and what is drawn over the cell.
                "ruby-text" => skip(xml, "ruby-text")?,
                name if tag.name().as_ref().starts_with("draw:") => {
                    let name = name.to_owned();
                    skip(xml, &name)?;
                }
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "s" => {
                    text.extend(std::iter::repeat_n(' ', number(&tag, "c").unwrap_or(1).min(1000) as usize))
                }
                "tab" => text.push('\t'),
                "line-break" => text.push('\n'),
                _ => {}
            },
            Event::End(tag) if matches!(tag.local_name().as_ref(), "table-cell" | "covered-table-cell") => {
                return Ok(text);
            }
            Event::Eof => return Err(Refusal::Unreadable("<table-cell>".to_owned())),
            event => append(&mut text, &event)?,
        }
    }
}

/// Passes over everything up to the end of the tag `name`, which may hold others
/// of its name.
fn skip(xml: &mut Xml<'_>, name: &str) -> Result<(), Refusal> {
    let mut depth = 1;
    loop {
        match xml.next()? {
            Event::Start(tag) if tag.local_name().as_ref() == name => depth += 1,
            Event::End(tag) if tag.local_name().as_ref() == name => depth -= 1,
            Event::Eof => return Err(Refusal::Unreadable(format!("<{name}>"))),
            _ => {}
        }
        if depth == 0 {
            return Ok(());
        }
    }
}
