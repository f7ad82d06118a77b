//! Personal data in texts that stay: reasons in logs, names of files and sheets.

use super::named;
use crate::diagnostics::PersonalKind;
use crate::diagnostics::{Code, Finding, Place, bilingual, personal_in, shown};
use crate::input::Table;

/// A text that is to be written into a log, and what is personal in it. `key` is
/// where it stands.
pub fn personal_in_log(key: &str, kind: PersonalKind) -> Finding {
    let (key, kind) = (shown(key), named(kind));
    let (zh, en) = (kind.zh, kind.en);
    Finding::new(
        Code::PersonalInLog,
        bilingual!("“{key}”中像有{zh}，而日志不能改", "`{key}` seems to hold {en}, and a log is for good"),
        bilingual!(
            "删去它，写事由和文号；没有写入任何东西",
            "leave it out and write the matter and a number of the file; nothing was written"
        ),
    )
}

/// Names of the file and the sheet of a table that hold a number of a person.
pub(super) fn names(table: &Table) -> Option<Finding> {
    let said = |zh: &str, en: &str, name: &str| {
        let kind = named(personal_in(name)?);
        let name = shown(name);
        Some((bilingual!("{zh}“{name}”中像有", "{en} `{name}` seems to hold "), kind))
    };
    let sheet = || said("工作表名", "the name of the sheet", table.sheet().unwrap_or_default());
    let (name, kind) = said("文件名", "the name of the file", table.name()).or_else(sheet)?;
    let (zh, en) = (format!("{}{}", name.zh, kind.zh), format!("{}{}", name.en, kind.en));
    let finding = Finding::new(
        Code::PersonalName,
        bilingual!("{zh}", "{en}"),
        bilingual!(
            "改名：成果和清单会列出读过的文件",
            "rename it: outputs and manifests list the files that were read"
        ),
    );
    Some(finding.at(Place::file(table.name())))
}
