//! Unicode strings, which may run on in the records that continue theirs
//! ([MS-XLS] 2.5.293–296).

use super::super::Refusal;
use super::records::Record;

/// A place in the data of a record and of those that continue it.
pub(super) struct Segments<'a> {
    data: &'a [u8],
    more: std::slice::Iter<'a, &'a [u8]>,
}

impl<'a> Segments<'a> {
    pub(super) fn of(data: &'a [u8], more: &'a [&'a [u8]]) -> Self {
        Self { data, more: more.iter() }
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        while self.data.is_empty() {
            self.data = self.more.next()?;
        }
        let (first, rest) = self.data.split_first()?;
        self.data = rest;
        Some(*first)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes([self.u8()?, self.u8()?, self.u8()?, self.u8()?]))
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            while self.data.is_empty() {
                self.data = self.more.next()?;
            }
            let step = count.min(self.data.len());
            self.data = self.data.get(step..)?;
            count -= step;
        }
        Some(())
    }

    /// A string of `length` letters with its byte of flags, and what comes with
    /// it passed over.
    pub(super) fn unicode(&mut self, length: usize) -> Option<String> {
        let flags = self.u8()?;
        let runs = if flags & 0x08 != 0 { usize::from(self.u16()?) } else { 0 };
        let extended = if flags & 0x04 != 0 { self.u32()? as usize } else { 0 };
        let text = self.letters(length, flags & 1 != 0)?;
        self.skip(runs * 4)?;
        self.skip(extended)?;
        Some(text)
    }

    fn letters(&mut self, length: usize, mut wide: bool) -> Option<String> {
        let mut units: Vec<u16> = Vec::new();
        while units.len() < length {
            if self.data.is_empty() {
                // A string that is continued says anew how its letters are written.
                self.data = self.more.next()?;
                wide = self.u8()? & 1 != 0;
                continue;
            }
            units.push(if wide { self.u16()? } else { u16::from(self.u8()?) });
        }
        Some(String::from_utf16_lossy(&units))
    }
}

/// The strings that cells share.
pub(super) fn shared(record: &Record<'_>) -> Result<Vec<String>, Refusal> {
    let mut segments = Segments::of(record.data, &record.more);
    let count = segments.u32().and_then(|_| segments.u32()).ok_or_else(super::damaged)?;
    let mut strings = Vec::new();
    for _ in 0..count {
        let string = segments.u16().and_then(|length| segments.unicode(usize::from(length)));
        strings.push(string.ok_or_else(super::damaged)?);
        if strings.len() > super::super::limits::MAX_CELLS {
            return Err(Refusal::TooLarge(format!("> {}", super::super::limits::MAX_CELLS)));
        }
    }
    Ok(strings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_runs_on_in_another_width() {
        let more: [&[u8]; 1] = [&[1, 0x66, 0x6B]];
        let mut segments = Segments::of(&[0, b'a', b'b'], &more);
        assert_eq!(segments.unicode(3).as_deref(), Some("ab武"));
        assert_eq!(Segments::of(&[0, b'a'], &[]).unicode(2), None);
    }
}
