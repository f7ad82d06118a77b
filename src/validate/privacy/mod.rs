//! Personal data in tables: what looks so is refused, hashed or not read, before
//! anything else sees it, and no message repeats it.

mod column;
mod key;
mod numbers;
mod words;

use std::collections::BTreeSet;

use crate::diagnostics::{Bilingual, Code, Finding, Findings, Place, bilingual, shown};
use crate::input::{Folder, Table};
use crate::plan::{Personal, Privacy, Project};
use key::Key;
use words::Kind;

/// What a project does about personal data.
pub(super) struct Guard<'a> {
    privacy: &'a Privacy,
    key: Option<Key>,
    /// Whether names of persons are looked for: contests have lists of them.
    names: bool,
}

/// What the project says of the columns of one table.
#[derive(Default)]
pub(super) struct Declared<'a> {
    /// Columns that only tell one from another.
    pub(super) identifiers: BTreeSet<&'a str>,
    /// Columns whose values count.
    pub(super) used: BTreeSet<&'a str>,
    /// Columns to pass over.
    pub(super) ignored: BTreeSet<&'a str>,
}

impl<'a> Guard<'a> {
    /// The guard of an index project; `place` is where its policy stands.
    pub(super) fn of_index(
        folder: &Folder,
        privacy: &'a Privacy,
        place: &Place,
        findings: &mut Findings,
    ) -> Self {
        Self { privacy, key: Key::read(folder, privacy, place, findings), names: true }
    }

    /// The guard of a contest, whose names of persons are wanted.
    pub(super) fn of_contest(privacy: &'a Privacy) -> Self {
        Self { privacy, key: None, names: false }
    }

    /// Deals with every column of a table that looks personal, and takes the excerpts
    /// from what was found in its file before. `None` if a column that counts is.
    pub(super) fn screen(
        &self,
        mut table: Table,
        declared: &Declared<'_>,
        findings: &mut Findings,
    ) -> Option<Table> {
        let mut refused = false;
        let mut said = Vec::new();
        for column in 0..table.headers().len() {
            let header = table.headers().get(column).cloned().unwrap_or_default();
            if self.privacy.allow.contains(&header) {
                continue;
            }
            let is_used = declared.used.contains(header.as_str());
            let Some(personal) = column::judge(&table, column, self.names && !is_used) else { continue };
            let row = table.rows().get(personal.first);
            let place = row.map_or_else(|| table.header_place(column), |row| table.place(row, column));
            let is_identifier = declared.identifiers.contains(header.as_str());
            match &self.key {
                Some(key) if is_identifier && !is_used => table.replace(column, |value| key.hash(value)),
                _ => table.replace(column, |_| String::new()),
            }
            if declared.ignored.contains(header.as_str()) && !is_used && !is_identifier {
                continue;
            }
            let finding = self.said(&header, &personal, is_used, is_identifier);
            refused |= finding.code != Code::PersonalColumnPassed && (is_used || is_identifier);
            said.push(finding.at(place));
        }
        if table.hides_any() {
            findings.conceal();
            said.iter_mut().for_each(Finding::conceal);
        }
        findings.extend(said);
        (!refused).then_some(table)
    }

    fn said(&self, header: &str, personal: &column::Personal, used: bool, identifier: bool) -> Finding {
        let (header, kind, count) = (shown(header), named(personal.kind), personal.count);
        let (zh, en) = (kind.zh, kind.en);
        let found = bilingual!(
            "“{header}”列有 {count} 格像{zh}",
            "{count} cells of the column `{header}` look like {en}"
        );
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

/// What a project says of the columns of the table at `path`, which it names `named`.
pub(super) fn declared<'a>(project: &'a Project, path: &str, names: impl Fn(&str) -> bool) -> Declared<'a> {
    let mut of = Declared::default();
    let is = |file: &str| file == path || names(file);
    let units = &project.units;
    if is(&units.file) {
        of.used.extend([units.code.as_str(), &units.name_zh, &units.name_en]);
        let optional = [&units.role, &units.short_zh, &units.short_en, &units.slug];
        of.used.extend(optional.into_iter().filter_map(|column| column.as_deref()));
        of.used.extend(units.groups.values().map(String::as_str));
        of.ignored.extend(units.ignore.iter().map(String::as_str));
    }
    for data in project.data.iter().filter(|data| is(&data.file)) {
        of.used.insert(&data.unit);
        of.used.extend(data.period.as_deref());
        of.used.extend(data.columns.values().map(String::as_str));
        of.used.extend(data.long.iter().flat_map(|long| [long.indicator.as_str(), &long.value]));
        of.ignored.extend(data.ignore.iter().map(String::as_str));
    }
    for calls in project.calls.iter().filter(|calls| is(&calls.file)) {
        of.used.insert(&calls.unit);
        of.used.extend(calls.period.as_deref());
        of.used.extend(calls.reduce.iter().filter_map(|reduction| reduction.column()));
        of.used.extend(calls.reduce.iter().flat_map(|reduction| reduction.filter.keys().map(String::as_str)));
        of.identifiers.extend(calls.cluster.iter().map(String::as_str));
        of.ignored.extend(calls.ignore.iter().map(String::as_str));
    }
    for published in project.published.iter().filter(|published| is(&published.file)) {
        of.used.extend([published.unit.as_str(), &published.score]);
        of.ignored.extend(published.ignore.iter().map(String::as_str));
    }
    of
}

fn named(kind: Kind) -> Bilingual {
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
