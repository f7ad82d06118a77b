//! What a workbook may hold. Sizes are measured, not believed: what an archive
//! says of its parts can be a lie.

use std::io::{Cursor, Read as _};

use super::Refusal;

/// Most bytes that the XML parts of a workbook may have unpacked.
pub(super) const MAX_UNPACKED: u64 = 64 * 1024 * 1024;

/// Most parts of a workbook.
const MAX_PARTS: usize = 10_000;

/// Most cells of a workbook that hold something.
pub(super) const MAX_CELLS: usize = 1_000_000;

/// Most rows of a workbook that hold something: each takes up as much as some
/// fifteen cells.
pub(super) const MAX_ROWS: usize = 500_000;

/// Most bytes of text in the cells of a workbook: a shared string counts in every
/// cell that shows it.
pub(super) const MAX_TEXT: usize = 64 * 1024 * 1024;

/// Most columns of a sheet.
pub(super) const MAX_COLUMN: u32 = 2_000;

/// Most bytes of XML without a tag, and of one tag.
const MAX_RUN: usize = 1024 * 1024;

/// Deepest nesting of XML.
const MAX_DEPTH: usize = 256;

/// Most tags of a part that is read into memory whole.
const MAX_TAGS: usize = 1_000_000;

/// Refuses an archive whose parts, once unpacked, are beyond the limits. Parts
/// that are not XML are never unpacked.
pub(super) fn check_zip(bytes: &[u8]) -> Result<(), Refusal> {
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| Refusal::Unreadable(error.to_string()))?;
    if archive.len() > MAX_PARTS {
        return Err(Refusal::TooLarge(format!("{} > {MAX_PARTS}", archive.len())));
    }
    let mut left = MAX_UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(|error| Refusal::Unreadable(error.to_string()))?;
        let name = part.name().map_or_else(|_| String::new(), |name| name.to_lowercase());
        if part.encrypted() {
            return Err(Refusal::Encrypted);
        }
        drop(part);
        if name.ends_with(".xml") || name.ends_with(".rels") {
            // A sheet is read as a stream, everything else as a whole.
            let is_sheet = name.contains("/worksheets/") || name == "content.xml";
            let most_tags = if is_sheet { usize::MAX } else { MAX_TAGS };
            let part = archive.by_index(at).map_err(|error| Refusal::Unreadable(error.to_string()))?;
            left -= measure(part, left, most_tags)?;
        }
    }
    Ok(())
}

/// Unpacks a part and keeps nothing of it; gives how many bytes it has.
fn measure(mut part: impl std::io::Read, left: u64, most_tags: usize) -> Result<u64, Refusal> {
    let mut limited = part.by_ref().take(left + 1);
    let mut buffer = vec![0; 64 * 1024];
    let (mut size, mut shape) = (0_u64, Shape::default());
    loop {
        let count = limited.read(&mut buffer).map_err(|error| Refusal::Unreadable(error.to_string()))?;
        if count == 0 {
            return Ok(size);
        }
        size += count as u64;
        if size > left {
            return Err(Refusal::TooLarge(format!("> {} MB", MAX_UNPACKED / (1024 * 1024))));
        }
        shape.take(buffer.get(..count).unwrap_or_default());
        if shape.tags > most_tags || shape.depth > MAX_DEPTH || shape.longest > MAX_RUN {
            let Shape { tags, depth, longest, .. } = shape;
            return Err(Refusal::TooLarge(format!("XML: {tags} tags, depth {depth}, {longest} bytes")));
        }
    }
}

/// How much there is to a text of XML, without reading what it says.
#[derive(Default)]
struct Shape {
    tags: usize,
    open: usize,
    /// Deepest nesting so far.
    depth: usize,
    /// Longest way from one `<` to the next.
    longest: usize,
    since: usize,
    last: u8,
}

impl Shape {
    fn take(&mut self, bytes: &[u8]) {
        let mut from = 0;
        for at in memchr::memchr2_iter(b'<', b'>', bytes) {
            let before = match at.checked_sub(1) {
                Some(before) => bytes.get(before).copied().unwrap_or_default(),
                None => self.last,
            };
            if bytes.get(at) == Some(&b'<') {
                self.longest = self.longest.max(self.since + at - from);
                (self.since, from) = (0, at);
                self.tags += 1;
                self.open += 1;
                // What closes or declares opens nothing; it ends with the same sign.
                match bytes.get(at + 1) {
                    Some(b'/') => self.open = self.open.saturating_sub(2),
                    Some(b'!' | b'?') => self.open = self.open.saturating_sub(1),
                    _ => self.depth = self.depth.max(self.open),
                }
            } else if before == b'/' {
                self.open = self.open.saturating_sub(1);
            }
        }
        self.since += bytes.len() - from;
        self.longest = self.longest.max(self.since);
        self.last = bytes.last().copied().unwrap_or(self.last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Shape {
        let mut shape = Shape::default();
        shape.take(text.as_bytes());
        shape
    }

    #[test]
    fn nesting_is_what_is_open_at_once() {
        assert_eq!(shape("<?xml?><a><b x='1'/><b/><b>t</b></a>").depth, 2);
        assert_eq!(shape(&"<a>".repeat(900)).depth, 900);
        assert_eq!(shape(&"<a/>".repeat(900)).depth, 1);
        assert_eq!(shape("<a>0123456789</a>").longest, 13);
    }
}
