//! Letters that are not seen: they would make two names differ that look alike,
//! or show one that is not there.

use super::{Table, TableRow};
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual, is_invisible, named_letter};

/// The invisible letters that were taken out of a table.
#[derive(Default)]
pub(super) struct Invisible {
    first: Option<(Place, char)>,
    count: usize,
}

impl Invisible {
    /// Takes the invisible letters out of a row.
    pub(super) fn strip(&mut self, table: &Table, row: &mut TableRow) {
        if row.fields.as_slice().is_ascii() || !row.fields.as_slice().chars().any(is_invisible) {
            return;
        }
        for (column, field) in row.fields.iter().enumerate() {
            if let Some(letter) = field.chars().find(|letter| is_invisible(*letter)) {
                self.count += 1;
                self.first.get_or_insert_with(|| (table.place(row, column), letter));
            }
        }
        row.fields = row.fields.iter().map(visible).collect();
    }

    /// Takes them out of the headers.
    pub(super) fn strip_headers(&mut self, table: &mut Table) {
        for column in 0..table.headers.len() {
            let Some(header) = table.headers.get(column) else { return };
            if let Some(letter) = header.chars().find(|letter| is_invisible(*letter)) {
                self.count += 1;
                self.first.get_or_insert_with(|| (table.header_place(column), letter));
                let header = visible(header);
                table.headers.splice(column..=column, [header]);
            }
        }
    }

    /// Says where the first one was.
    pub(super) fn report(self, findings: &mut Findings) {
        let Some((place, letter)) = self.first else { return };
        let (letter, count) = (named_letter(letter), self.count);
        findings.push(
            Finding::new(
                Code::InvisibleLetters,
                bilingual!(
                    "有看不见的字符（如 {letter}）的共 {count} 格，读取时已去掉，此为第一处",
                    "cells with letters that are not seen, such as {letter}: {count}; they were left out, and this is the first"
                ),
                bilingual!(
                    "在单元格中重新输入，不要粘贴；查明它从何而来",
                    "type the cell anew instead of pasting it, and find out where it came from"
                ),
            )
            .at(place),
        );
    }
}

/// A text without letters that are not seen.
pub(super) fn visible(text: &str) -> String {
    text.chars().filter(|letter| !is_invisible(*letter)).collect::<String>().trim().to_owned()
}
