use std::fmt;
use std::ops::Range;

use serde::Serialize;

/// Where a finding is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The file as the project names it, with `/` between folders.
    pub file: String,
    /// Where in the file; absent when the file as a whole is meant.
    #[serde(flatten)]
    pub position: Option<Position>,
    /// What it is about, in the words of the file: a column, a key, a unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The line around it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<Excerpt>,
}

/// A position inside a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Position {
    /// In a text file.
    Text {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
    },
    /// In a workbook.
    Cell {
        /// The sheet's name.
        #[serde(serialize_with = "as_masked")]
        sheet: String,
        /// Row, from 1.
        row: usize,
        /// Column, from 1.
        column: usize,
    },
}

/// One line of a text file with the part that is meant, for showing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Excerpt {
    /// The line, shortened around the part when it is long.
    pub text: String,
    /// First byte of the part within `text`.
    pub start: usize,
    /// Byte after the part within `text`.
    pub end: usize,
}

/// Characters shown before and after the part of a long line.
const CONTEXT: usize = 48;

impl Place {
    /// The file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: named(file.into()), position: None, subject: None, excerpt: None }
    }

    /// The bytes `span` of `text`, which is the content of `file`. A span that
    /// runs over several lines is shown up to the end of its first line.
    pub fn in_text(file: impl Into<String>, text: &str, span: Range<usize>) -> Self {
        let start = floor_boundary(text, span.start);
        let before = text.get(..start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let rest = text.get(line_start..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r');
        let position = Position::Text {
            line: before.matches('\n').count() + 1,
            column: text.get(line_start..start).unwrap_or_default().chars().count() + 1,
        };
        let part = start - line_start..floor_boundary(text, span.end).max(start) - line_start;
        Self {
            file: named(file.into()),
            position: Some(position),
            subject: None,
            excerpt: Some(Excerpt::around(line, part)),
        }
    }

    /// The same place, saying what it is about.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(super::shown(&subject.into()));
        self
    }
}

impl Place {
    /// The position within the file: `D17` in a workbook, `line:column` in a text;
    /// empty for the file as a whole.
    pub fn spot(&self) -> String {
        match &self.position {
            None => String::new(),
            Some(Position::Text { line, column }) => format!("{line}:{column}"),
            Some(Position::Cell { row, column, .. }) => format!("{}{row}", column_letters(*column)),
        }
    }
}

/// `file:line:column`, or `file › sheet › D17` in a workbook.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.position {
            None => write!(f, "{}", self.file),
            Some(Position::Text { line, column }) => write!(f, "{}:{line}:{column}", self.file),
            Some(Position::Cell { sheet, row, column }) => {
                let sheet = super::shown(sheet);
                write!(f, "{} › {sheet} › {}{row}", self.file, column_letters(*column))
            }
        }
    }
}

impl Excerpt {
    fn around(line: &str, part: Range<usize>) -> Self {
        let shown = super::masked(line);
        // Stars keep the characters' places, not the bytes'.
        let place = |at: usize| {
            let count = line.get(..floor_boundary(line, at)).unwrap_or_default().chars().count();
            shown.char_indices().nth(count).map_or(shown.len(), |(at, _)| at)
        };
        let (before, rest) = shown.split_at(place(part.start));
        let (part, after) = rest.split_at(place(part.end).saturating_sub(before.len()));
        let kept_before: String = tail(before, CONTEXT);
        let kept_part: String = part.chars().take(2 * CONTEXT).collect();
        let kept_after: String = after.chars().take(CONTEXT).collect();
        let dots = |cut: bool| if cut { "…" } else { "" };
        let lead = format!("{}{kept_before}", dots(kept_before.len() < before.len()));
        let part_cut = dots(kept_part.len() < part.len());
        let after_cut = dots(kept_after.len() < after.len());
        let start = lead.len();
        let end = start + kept_part.len();
        Self { text: format!("{lead}{kept_part}{part_cut}{kept_after}{after_cut}"), start, end }
    }
}

/// The name of a file, in which clerks may have written numbers of their own.
fn named(file: String) -> String {
    super::masked(&file).into_owned()
}

fn as_masked<S: serde::Serializer>(text: &str, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&super::masked(text))
}

fn tail(text: &str, count: usize) -> String {
    let skip = text.chars().count().saturating_sub(count);
    text.chars().skip(skip).collect()
}

/// The largest character boundary of `text` that is not after `at`.
fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A column number from 1 as a spreadsheet shows it: 1 is A, 27 is AA.
fn column_letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        column /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_characters_not_bytes() {
        let text = "甲,乙\n丙丁,fifty\n";
        let at = text.find("fifty").unwrap();
        let place = Place::in_text("data/a.csv", text, at..at + 5);
        assert_eq!(place.to_string(), "data/a.csv:2:4");
        let excerpt = place.excerpt.unwrap();
        assert_eq!(&excerpt.text[excerpt.start..excerpt.end], "fifty");
    }

    #[test]
    fn a_long_line_is_shortened_around_the_part() {
        let text = format!("{}KERNEL{}", "x".repeat(400), "y".repeat(400));
        let excerpt = Place::in_text("f", &text, 400..406).excerpt.unwrap();
        assert_eq!(&excerpt.text[excerpt.start..excerpt.end], "KERNEL");
        assert!(excerpt.text.starts_with('…') && excerpt.text.ends_with('…'));
        assert!(excerpt.text.chars().count() < 120);
    }

    #[test]
    fn a_cell_is_named_as_in_a_spreadsheet() {
        let place = Place {
            position: Some(Position::Cell { sheet: "运行指标".into(), row: 17, column: 28 }),
            ..Place::file("2025.xlsx")
        };
        assert_eq!(place.to_string(), "2025.xlsx › 运行指标 › AB17");
    }
}
