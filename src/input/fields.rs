use std::ops::Range;

/// The fields of one CSV record where they stand in the text. A quotation mark
/// opens a field only as its first character, as for the `csv` crate.
pub(super) struct Fields<'a> {
    text: &'a str,
    separator: u8,
    /// Where the next field starts; nothing once the record has ended.
    next: Option<usize>,
}

/// One field of a record.
pub(super) struct Field {
    /// Its bytes, quotation marks included.
    pub(super) span: Range<usize>,
    /// Whether the text ends before its quotation mark is closed.
    pub(super) unclosed: bool,
}

impl<'a> Fields<'a> {
    /// The fields of the record that starts at `offset`.
    pub(super) fn at(text: &'a str, offset: usize, separator: u8) -> Self {
        Self { text, separator, next: Some(offset) }
    }
}

impl Iterator for Fields<'_> {
    type Item = Field;

    fn next(&mut self) -> Option<Field> {
        let start = self.next.take()?;
        let bytes = self.text.as_bytes();
        let mut open = bytes.get(start) == Some(&b'"');
        let mut at = start + usize::from(open);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' if open && bytes.get(at + 1) == Some(&b'"') => at += 1,
                b'"' => open = false,
                separator if *separator == self.separator && !open => {
                    self.next = Some(at + 1);
                    break;
                }
                b'\n' | b'\r' if !open => break,
                _ => {}
            }
            at += 1;
        }
        Some(Field { span: start..at.min(bytes.len()), unclosed: open })
    }
}

/// The bytes of a field, spaces and quotation marks left out, in the record that
/// starts at `offset`. Fields beyond the end of the record are empty spans there.
pub(super) fn field_span(text: &str, offset: usize, separator: u8, column: usize) -> Range<usize> {
    let mut end = offset;
    for (position, field) in Fields::at(text, offset, separator).enumerate() {
        if position == column {
            return content(text, field.span);
        }
        end = field.span.end;
    }
    end..end
}

/// The bytes of a record, line break left out.
pub(super) fn record_span(text: &str, offset: usize, separator: u8) -> Range<usize> {
    let end = Fields::at(text, offset, separator).last().map_or(offset, |field| field.span.end);
    offset..end
}

/// Where the quotation mark stands that the record at `offset` never closes.
pub(super) fn unclosed_quote(text: &str, offset: usize, separator: u8) -> Option<usize> {
    Fields::at(text, offset, separator).find(|field| field.unclosed).map(|field| field.span.start)
}

fn content(text: &str, span: Range<usize>) -> Range<usize> {
    let raw = text.get(span.clone()).unwrap_or_default();
    let trimmed = raw.trim();
    let unquoted = trimmed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let shown = unquoted.filter(|_| raw.starts_with('"')).unwrap_or(trimmed);
    let from = span.start + raw.find(shown).unwrap_or(0);
    from..from + shown.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(text: &str, column: usize) -> &str {
        &text[field_span(text, 0, b',', column)]
    }

    #[test]
    fn a_quotation_mark_opens_a_field_only_at_its_start() {
        assert_eq!(field("a\"b,c", 1), "c");
        assert_eq!(field("\"a\"\"b,c\",d", 0), "a\"\"b,c");
        assert_eq!(field("\"a\nb\",d\ne", 1), "d");
        assert_eq!(field(" \"a,b\",c", 0), "\"a");
        assert_eq!(field("a,b", 7), "");
    }

    #[test]
    fn an_unclosed_quotation_mark_is_found() {
        assert_eq!(unclosed_quote("a,\"b,c\nd,e\n", 0, b','), Some(2));
        assert_eq!(unclosed_quote("a,\"\"", 0, b','), None);
        assert_eq!(unclosed_quote("a,\"\"\"", 0, b','), Some(2));
        assert_eq!(unclosed_quote("a\",b", 0, b','), None);
    }
}
