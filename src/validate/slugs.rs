use std::collections::HashMap;

use crate::diagnostics::{Code, Finding, Findings, bilingual, shown};
use crate::input::{Table, TableRow};

/// The slugs of a registry so far, with their lines.
#[derive(Default)]
pub(super) struct Slugs<'a> {
    lines: HashMap<&'a str, u32>,
}

impl<'a> Slugs<'a> {
    /// Reads a slug; one that file names cannot hold on every system, or that
    /// another unit has, is a finding.
    pub(super) fn read(
        &mut self,
        table: &Table,
        row: &'a TableRow,
        column: usize,
        findings: &mut Findings,
    ) -> Option<String> {
        let slug = row.field(column);
        if slug.is_empty() {
            return None;
        }
        let word = shown(slug);
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let finding = if !slug.bytes().all(is_plain) || slug.starts_with('-') {
            Finding::new(
                Code::BadSlug,
                bilingual!("“{word}”不能作文件名", "`{word}` cannot name files"),
                bilingual!(
                    "用小写字母、数字和连字符，例如 `wuhan`",
                    "write small letters, digits and hyphens, such as `wuhan`"
                ),
            )
        } else if let Some(first) = self.lines.get(slug) {
            Finding::new(
                Code::BadSlug,
                bilingual!(
                    "文件名“{word}”重复，第 {first} 行已有",
                    "the slug `{word}` is used twice, first on line {first}"
                ),
                bilingual!("改成各不相同的", "give each unit its own"),
            )
        } else {
            self.lines.insert(slug, row.line);
            return Some(slug.to_owned());
        };
        findings.push(finding.at(table.place(row, column)));
        None
    }
}
