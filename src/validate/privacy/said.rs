//! What is said of personal data.

use super::words::Kind;
use super::{Guard, column};
use crate::diagnostics::{Bilingual, Code, Finding, bilingual, shown};
use crate::plan::Personal;

impl Guard<'_> {
    pub(super) fn said(
        &self,
        (header, number): (&str, usize),
        personal: &column::Personal,
        used: bool,
        identifier: bool,
    ) -> Finding {
        let (kind, count) = (named(personal.kind), personal.count);
        let (zh, en) = (kind.zh, kind.en);
        let column = column_named(header, number);
        let (of_zh, of_en) = (column.zh, column.en);
        let found = bilingual!("{of_zh}有 {count} 格像{zh}", "{count} cells of {of_en} look like {en}");
        let (zh, en) = (&found.zh, &found.en);
        match self.privacy.personal {
            Personal::Refuse => Finding::new(Code::PersonalColumn, found, to_mend(self.names)),
            Personal::Hash if identifier && !used => Finding::new(
                Code::PersonalColumnPassed,
                bilingual!("{zh}，已换成散列值", "{en}; they were read as hashes"),
                by_policy(),
            ),
            Personal::Hash | Personal::Drop if used || identifier => Finding::new(
                Code::PersonalColumnUsed,
                bilingual!("{zh}，而项目要用这一列", "{en}, and the project uses the column"),
                bilingual!(
                    "换用不含个人信息的列；区分来电的 `cluster` 列可用 `personal = \"hash\"`；若不是个人信息，写进 `[privacy]` 的 `allow`",
                    "use a column without personal data; a `cluster` of calls may be hashed by `personal = \"hash\"`; if they are nothing personal, list the column in `allow` of `[privacy]`"
                ),
            ),
            Personal::Hash | Personal::Drop => Finding::new(
                Code::PersonalColumnPassed,
                bilingual!("{zh}，没有读取", "{en}; they were not read"),
                by_policy(),
            ),
        }
    }
}

pub(super) fn named(kind: Kind) -> Bilingual {
    match kind {
        Kind::Phone => bilingual!("电话号码", "numbers of phones"),
        Kind::Identity => bilingual!("身份证件号码", "numbers of identity cards"),
        Kind::Mail => bilingual!("电子邮箱", "addresses of e-mail"),
        Kind::Name => bilingual!("人名", "names of persons"),
    }
}

fn to_mend(is_index: bool) -> Bilingual {
    let hash = if is_index { "、\"hash\"" } else { "" };
    let hashed = if is_index { " or `\"hash\"`" } else { "" };
    bilingual!(
        "删去这一列；或在 benchline.toml 写 `[privacy]` 和 `personal = \"drop\"`{hash}，程序便不读它；若不是个人信息，写进 `[privacy]` 的 `allow`",
        "delete the column; or write `[privacy]` with `personal = \"drop\"`{hashed} into benchline.toml, and it is not read; if they are nothing personal, list the column in its `allow`"
    )
}

fn by_policy() -> Bilingual {
    bilingual!("按 `[privacy]` 的规定；无须处理", "as `[privacy]` says; nothing needs doing")
}

/// A column by its header, or by its number where the header is data as well.
fn column_named(header: &str, number: usize) -> Bilingual {
    let header = shown(header);
    match header.as_str() {
        "" => bilingual!("第 {number} 列", "column {number}"),
        _ => bilingual!("“{header}”列", "the column `{header}`"),
    }
}

/// What should be the header of a column and is personal.
pub(super) fn header_is_data(number: usize, kind: Kind) -> Finding {
    let kind = named(kind);
    let (zh, en) = (kind.zh, kind.en);
    Finding::new(
        Code::PersonalColumn,
        bilingual!("第 {number} 列的列名像{zh}", "the header of column {number} looks like {en}"),
        bilingual!(
            "第一行若是数据，在它上面加一行列名；若是列名，改名",
            "if the first row is data, write a row of headers above it; if it is the header, rename it"
        ),
    )
}
