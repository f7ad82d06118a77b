//! What messages may repeat of an input: no control characters, and no number
//! that may be a person's.

use super::personal::masked;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_shows_what_is_not_seen() {
        assert_eq!(on_one_line("a\u{202E}b\u{1B}[31m\nc"), "a⟨U+202E⟩b\u{FFFD}[31m⏎c");
    }
}
