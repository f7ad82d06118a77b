//! Where a finding is, for programs that look from the current folder.

use std::fmt::Write as _;
use std::path::Path;

use benchline::diagnostics::{Finding, Lang, Place, Position};

/// The path of a file of the project from the current folder, its parts separated
/// by `/`; as it stands where there is no such file.
pub(super) fn path(place: &Place, project: &Path) -> String {
    let inside = project.join(&place.file);
    let inside = inside.strip_prefix(".").unwrap_or(&inside);
    if inside.exists() { inside.to_string_lossy().replace('\\', "/") } else { place.file.clone() }
}

/// A path as a reference of RFC 3986: what is not allowed in one is written by its
/// bytes, `%E6%95%B0`.
pub(super) fn uri(path: &str) -> String {
    path.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

/// Fact and deed. A cell of a workbook has no line that could be pointed at, so it
/// is named.
pub(super) fn message(finding: &Finding, lang: Lang) -> String {
    let words = format!("{}\n{}", finding.message.get(lang), finding.help.get(lang));
    match &finding.place {
        Some(place) if matches!(place.position, Some(Position::Cell { .. })) => format!("{place}\n{words}"),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn other_letters_are_written_by_their_bytes() {
        // 数 is E6 95 B0 in UTF-8.
        assert_eq!(uri("data/数 1%.csv"), "data/%E6%95%B0%201%25.csv");
        assert_eq!(uri("benchline:city-data/units.csv"), "benchline%3Acity-data/units.csv");
    }
}
