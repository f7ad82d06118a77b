//! The records of a sheet.

use calamine::{Data, ExcelDateTime, ExcelDateTimeType};

use super::super::filling::{Budget, Filling};
use super::super::{Refusal, cells};
use super::formats::Kind;
use super::records::{Record, Records};
use super::strings::Segments;
use super::{BOF, Book, EOF, damaged};

const ROW: u16 = 0x0208;
const COLUMN_INFO: u16 = 0x007D;
const NUMBER: u16 = 0x0203;
const RK: u16 = 0x027E;
const MUL_RK: u16 = 0x00BD;
const LABEL: u16 = 0x0204;
const RICH_LABEL: u16 = 0x00D6;
const LABEL_SST: u16 = 0x00FD;
const BOOL_ERROR: u16 = 0x0205;
const FORMULA: u16 = 0x0006;
const STRING: u16 = 0x0207;
const MERGED: u16 = 0x00E5;

/// Reads the sheet that starts at the beginning of `stream`.
pub(super) fn read<'a>(stream: &[u8], book: &Book, budget: &'a mut Budget) -> Result<Filling<'a>, Refusal> {
    let mut sheet = Sheet { book, filling: Filling::new(budget), formula: None };
    let mut depth = 0_usize;
    for record in Records::new(stream) {
        let record = record?;
        match record.kind {
            BOF => depth += 1,
            EOF if depth <= 1 => return Ok(sheet.filling),
            EOF => depth -= 1,
            // Charts within the sheet have records of their own.
            _ if depth > 1 => {}
            _ => sheet.take(&record)?,
        }
    }
    Err(damaged())
}

struct Sheet<'a, 'b> {
    book: &'b Book,
    filling: Filling<'a>,
    /// The cell of a formula whose text comes in a record of its own.
    formula: Option<(u16, u16)>,
}

impl Sheet<'_, '_> {
    fn take(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        match record.kind {
            NUMBER => {
                let value = record.f64(6).ok_or_else(damaged)?;
                let text = self.shown(value, record.u16(4));
                self.put(record, text)
            }
            RK => {
                let value = record.u32(6).map(decoded).ok_or_else(damaged)?;
                let text = self.shown(value, record.u16(4));
                self.put(record, text)
            }
            MUL_RK => self.take_many(record),
            LABEL_SST => {
                let at = record.u32(6).ok_or_else(damaged)? as usize;
                let text = self.book.strings.get(at).map_or(String::new(), |text| text.trim().to_owned());
                self.put(record, text)
            }
            LABEL | RICH_LABEL => {
                let text = string(record, 6).ok_or_else(damaged)?;
                self.put(record, text)
            }
            BOOL_ERROR => {
                let text = judged(record.u8(6), record.u8(7) == Some(1));
                self.put(record, text.to_owned())
            }
            FORMULA => self.take_formula(record),
            STRING => match self.formula.take() {
                Some((row, column)) => {
                    let text = string(record, 0).ok_or_else(damaged)?;
                    self.filling.put(u32::from(row), u32::from(column), text)
                }
                None => Ok(()),
            },
            _ => {
                self.mark(record);
                Ok(())
            }
        }
    }

    fn put(&mut self, record: &Record<'_>, text: String) -> Result<(), Refusal> {
        let (row, column) = record.u16(0).zip(record.u16(2)).ok_or_else(damaged)?;
        self.filling.put(u32::from(row), u32::from(column), text)
    }

    /// Several numbers beside each other.
    fn take_many(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        let (row, first) = record.u16(0).zip(record.u16(2)).ok_or_else(damaged)?;
        let count = record.data.len().saturating_sub(6) / 6;
        for offset in 0..count {
            let at = 4 + offset * 6;
            let value = record.u32(at + 2).map(decoded).ok_or_else(damaged)?;
            let text = self.shown(value, record.u16(at));
            let column = u32::from(first).saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
            self.filling.put(u32::from(row), column, text)?;
        }
        Ok(())
    }

    /// The value that a formula had when the file was saved.
    fn take_formula(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        let value = record.data.get(6..14).ok_or_else(damaged)?;
        let text = match value {
            [0, .., 0xFF, 0xFF] => {
                self.formula = record.u16(0).zip(record.u16(2));
                return Ok(());
            }
            [1, _, value, .., 0xFF, 0xFF] => judged(Some(*value), false).to_owned(),
            [2, _, value, .., 0xFF, 0xFF] => judged(Some(*value), true).to_owned(),
            [.., 0xFF, 0xFF] => String::new(),
            _ => self.shown(record.f64(6).unwrap_or_default(), record.u16(4)),
        };
        self.put(record, text)
    }

    /// A number as its cell shows it, to the last digit.
    fn shown(&self, value: f64, style: Option<u16>) -> String {
        let date = || ExcelDateTime::new(value, ExcelDateTimeType::DateTime, self.book.since_1904);
        match self.book.formats.of(style.unwrap_or(0)) {
            Kind::Number => cells::text(&Data::Float(value), false),
            Kind::Percent => cells::text(&Data::Float(value), true),
            Kind::Date => cells::text(&Data::DateTime(date()), false),
        }
    }

    fn mark(&mut self, record: &Record<'_>) {
        let marks = &mut self.filling.marks;
        let at = |offset: usize| record.u16(offset).map(|at| u32::from(at) + 1);
        match record.kind {
            ROW if record.u16(12).is_some_and(|flags| flags & 0x20 != 0) => {
                if let Some(row) = at(0) {
                    marks.hide_rows(row, row);
                }
            }
            COLUMN_INFO if record.u16(8).is_some_and(|flags| flags & 1 != 0) => {
                if let Some((first, last)) = at(0).zip(at(2)) {
                    marks.hide_columns(first, last);
                }
            }
            MERGED => {
                for one in 0..usize::from(record.u16(0).unwrap_or(0)) {
                    let base = 2 + one * 8;
                    let corners = (at(base), at(base + 2), at(base + 4), at(base + 6));
                    let (Some(top), Some(bottom), Some(left), Some(right)) = corners else { return };
                    marks.merge((top, bottom), (left, right));
                }
            }
            _ => {}
        }
    }
}

/// A string with its length before it.
fn string(record: &Record<'_>, at: usize) -> Option<String> {
    let length = usize::from(record.u16(at)?);
    let text = Segments::of(record.data.get(at + 2..)?, &record.more).unicode(length)?;
    Some(text.trim().to_owned())
}

/// The number in an `RkNumber` ([MS-XLS] 2.5.217).
fn decoded(rk: u32) -> f64 {
    let value =
        if rk & 2 != 0 { f64::from(rk.cast_signed() >> 2) } else { f64::from_bits(u64::from(rk & !3) << 32) };
    if rk & 1 != 0 { value / 100.0 } else { value }
}

/// A truth value, or an error ([MS-XLS] 2.5.10).
fn judged(value: Option<u8>, is_error: bool) -> &'static str {
    match (value.unwrap_or(0), is_error) {
        (0, false) => "FALSE",
        (_, false) => "TRUE",
        (0x00, true) => "#NULL!",
        (0x07, true) => "#DIV/0!",
        (0x17, true) => "#REF!",
        (0x1D, true) => "#NAME?",
        (0x24, true) => "#NUM!",
        (0x2A, true) => "#N/A",
        (_, true) => "#VALUE!",
    }
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn packed_numbers_are_those_of_the_specification() {
        // [MS-XLS] 2.5.217: an integer, a hundredth of one, and the upper bits of a double.
        assert_eq!(decoded(25 << 2 | 2), 25.0);
        assert_eq!(decoded(9530 << 2 | 3), 95.3);
        assert_eq!(decoded(0x3FF0_0000), 1.0);
        assert_eq!(decoded((-7_i32 << 2 | 2).cast_unsigned()), -7.0);
    }
}
