//! What messages may repeat of an input: no control characters, and no number
//! that may be a person's.

use std::borrow::Cow;

/// Letters that are not seen and can change how others are shown: zero-width
/// signs, and those that turn the direction of writing.
pub fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{00AD}'
            | '\u{034F}'
            | '\u{061C}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{17B4}'
            | '\u{17B5}'
            | '\u{180B}'..='\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

/// `text` on one line, with a sign for each letter that is not seen, and numbers
/// of persons masked.
pub(super) fn on_one_line(text: &str) -> String {
    let text = text.replace("\r\n", "⏎");
    let mut line = String::with_capacity(text.len());
    for letter in masked(&text).chars() {
        match letter {
            '\n' | '\r' => line.push('⏎'),
            _ if is_invisible(letter) => line.push_str(&named(letter)),
            _ if letter.is_control() => line.push('\u{FFFD}'),
            _ => line.push(letter),
        }
    }
    line
}

/// An invisible letter by its number: `⟨U+200B⟩`.
pub fn named(letter: char) -> String {
    format!("⟨U+{:04X}⟩", u32::from(letter))
}

/// `text` with stars for the digits of what may be the number of a mobile phone
/// (11 digits) or of an identity card (15 or 18). Every letter keeps its place.
pub(super) fn masked(text: &str) -> Cow<'_, str> {
    if text.bytes().filter(u8::is_ascii_digit).count() < 11 {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes.get(at..).map_or(0, run_length);
        let is_alone =
            at.checked_sub(1).and_then(|before| bytes.get(before)).is_none_or(|byte| *byte != b'.');
        if is_alone && bytes.get(at..at + run).is_some_and(is_personal) {
            // The first three digits tell which kind of number it was.
            let hidden = bytes.iter_mut().take(at + run).skip(at + 3);
            hidden.filter(|byte| byte.is_ascii_digit()).for_each(|byte| *byte = b'*');
        }
        at += run.max(1);
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// How many bytes belong to the number that begins here, `-` and spaces between
/// its digits included.
fn run_length(bytes: &[u8]) -> usize {
    let mut length = 0;
    while bytes.get(length).is_some_and(u8::is_ascii_digit) {
        length += 1;
        let between = matches!(bytes.get(length), Some(b'-' | b' '));
        if between && bytes.get(length + 1).is_some_and(u8::is_ascii_digit) {
            length += 1;
        }
    }
    length
}

fn is_personal(run: &[u8]) -> bool {
    let groups: Vec<usize> = run.split(|byte| !byte.is_ascii_digit()).map(<[u8]>::len).collect();
    let is_mobile =
        run.first() == Some(&b'1') && run.get(1).is_some_and(|digit| (b'3'..=b'9').contains(digit));
    match groups.as_slice() {
        [11] | [3, 4, 4] => is_mobile,
        // The last of 18 may be an X.
        [15 | 17 | 18] | [6, 8, 4] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_persons_are_not_repeated() {
        for (text, shown) in [
            ("电话13812345678", "电话138********"),
            ("138-1234-5678", "138-****-****"),
            ("11010519491231002X", "110**************X"),
            ("110105194912310021", "110***************"),
            ("420100,武汉市,96.2,14", "420100,武汉市,96.2,14"),
            ("2025-12-01 00:00:00", "2025-12-01 00:00:00"),
            ("0.13812345678", "0.13812345678"),
            ("12345678901234", "12345678901234"),
        ] {
            assert_eq!(masked(text), shown, "{text}");
            assert_eq!(masked(text).len(), text.len());
        }
    }

    #[test]
    fn a_message_shows_what_is_not_seen() {
        assert_eq!(on_one_line("a\u{202E}b\u{1B}[31m\nc"), "a⟨U+202E⟩b\u{FFFD}[31m⏎c");
    }
}
