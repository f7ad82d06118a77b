//! XML as a stream of events. Entities of one's own are refused, so nothing in
//! it can grow.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::Refusal;

pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    buffer: Vec<u8>,
}

impl<'a> Xml<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let mut reader = Reader::from_reader(bytes);
        reader.config_mut().check_end_names = false;
        Self { reader, buffer: Vec::new() }
    }

    pub(super) fn next(&mut self) -> Result<Event<'_>, Refusal> {
        self.buffer.clear();
        self.reader.read_event_into(&mut self.buffer).map_err(|error| Refusal::Unreadable(error.to_string()))
    }

    /// Calls `take` with every tag that opens.
    pub(super) fn each(mut self, mut take: impl FnMut(&BytesStart<'_>)) -> Result<(), Refusal> {
        loop {
            match self.next()? {
                Event::Start(tag) | Event::Empty(tag) => take(&tag),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// The text up to the next end of a tag `name`.
    pub(super) fn text_until(&mut self, name: &str) -> Result<String, Refusal> {
        let mut text = String::new();
        loop {
            match self.next()? {
                Event::End(tag) if tag.local_name().as_ref() == name => return Ok(text),
                Event::Eof => return Err(Refusal::Unreadable(format!("<{name}>"))),
                event => append(&mut text, &event)?,
            }
        }
    }
}

/// Adds what an event says as text.
pub(super) fn append(text: &mut String, event: &Event<'_>) -> Result<(), Refusal> {
    match event {
        Event::Text(part) => text.push_str(&part.xml10_content()),
        Event::CData(part) => text.push_str(&part.xml10_content()),
        Event::GeneralRef(name) => {
            let resolved = name.resolve_char_ref().map_err(|error| Refusal::Unreadable(error.to_string()))?;
            let named = name.xml10_content();
            let letter = resolved.or(match &*named {
                "lt" => Some('<'),
                "gt" => Some('>'),
                "amp" => Some('&'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                _ => None,
            });
            text.push(letter.ok_or_else(|| Refusal::Unreadable(format!("&{named};")))?);
        }
        _ => {}
    }
    Ok(())
}

/// The value of an attribute by its name without prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// Whether an attribute says yes.
pub(super) fn flag(tag: &BytesStart<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|value| value == "1" || value == "true")
}

pub(super) fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name)?.parse().ok()
}

/// The rows and the columns of `B2` or `A1:C3`, from 1 and with both ends.
pub(super) fn of_range(text: &str) -> Option<((u32, u32), (u32, u32))> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let (first, last) = (of_cell(first)?, of_cell(last)?);
    Some(((first.0, last.0), (first.1, last.1)))
}

/// The row and column of `B2`, from 1.
fn of_cell(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase);
    let column = letters
        .clone()
        .try_fold(0_u32, |sum, letter| sum.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1))?;
    let row: u32 = text.get(letters.count()..)?.parse().ok()?;
    (column > 0 && row > 0).then_some((row, column))
}

#[cfg(test)]
mod tests {
    use super::of_range;

    #[test]
    fn ranges_are_read_as_spreadsheets_write_them() {
        assert_eq!(of_range("B2"), Some(((2, 2), (2, 2))));
        assert_eq!(of_range("A1:AB30"), Some(((1, 30), (1, 28))));
        for bad in ["", "A", "7", "a1", "A0", "ZZZZZZZZZZ1", "A99999999999"] {
            assert_eq!(of_range(bad), None, "{bad}");
        }
    }
}
