use std::collections::{BTreeMap, HashMap};

use super::headers::Headers;
use super::keys::empty_cell;
use super::slugs::Slugs;
use super::tables::Tables;
use crate::definitions::{FrameworkDefinition, ProjectDefinition};
use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual, shown, suggestion};
use crate::input::{Table, TableRow, look};
use crate::model::{Id, Origin, Registry, Role, Unit, UnitCode};
use crate::plan::Group;

/// The registry as read.
#[derive(Default)]
pub(super) struct Registered {
    pub(super) units: Registry,
    /// Where each unit's code is.
    pub(super) origins: HashMap<UnitCode, Origin>,
    /// Whether every row became a unit.
    pub(super) whole: bool,
}

/// Reads the registry of units; `None` when the file or its columns are not there.
pub(super) fn read(
    project: &ProjectDefinition,
    framework: &FrameworkDefinition,
    tables: &Tables,
    headers: &Headers<'_>,
    findings: &mut Findings,
) -> Option<Registered> {
    let file = &project.project.units;
    let table = tables.get(&file.file)?;
    let mut column = |header: &str| headers.find(&file.file, header, findings);
    let (code, zh, en) = (column(&file.code), column(&file.name_zh), column(&file.name_en));
    let role = file.role.as_deref().and_then(&mut column);
    let short_zh = file.short_zh.as_deref().and_then(&mut column);
    let short_en = file.short_en.as_deref().and_then(&mut column);
    let slug = file.slug.as_deref().and_then(&mut column);
    let group_columns: Vec<(&Id, Option<usize>)> =
        file.groups.iter().map(|(id, header)| (id, column(header))).collect();
    let groups = declared_groups(project, framework, &group_columns, findings);
    let (code, zh, en) = (code?, zh?, en?);

    let mut lines: HashMap<String, u32> = HashMap::new();
    let mut units = Vec::with_capacity(table.rows().len());
    let mut origins = HashMap::new();
    let mut slugs = Slugs::default();
    for row in table.rows() {
        for column in [code, zh, en] {
            if row.field(column).is_empty() {
                findings.push(empty_cell(table, row, column));
            }
        }
        let text = row.field(code);
        if text.is_empty() {
            continue;
        }
        // Two codes that look alike are one.
        if let Some(first) = lines.get(&look(text)) {
            findings.push(duplicate(table, row, code, *first));
            continue;
        }
        lines.insert(look(text), row.line);
        origins.insert(UnitCode::new(text), tables.origin(&file.file, row, code));
        let either = |short: Option<usize>, full: usize| {
            let short = short.map(|column| row.field(column)).filter(|short| !short.is_empty());
            short.unwrap_or(row.field(full)).to_owned()
        };
        units.push(Unit {
            code: UnitCode::new(text),
            name: Bilingual { zh: row.field(zh).to_owned(), en: row.field(en).to_owned() },
            short: Bilingual { zh: either(short_zh, zh), en: either(short_en, en) },
            slug: slug.and_then(|column| slugs.read(table, row, column, findings)),
            role: role.map_or(Role::Ranked, |column| role_of(table, row, column, findings)),
            groups: members(table, row, &groups, findings),
        });
    }
    let whole = table.is_whole() && units.len() == table.rows().len();
    Some(Registered { units: units.into_iter().collect(), origins, whole })
}

fn duplicate(table: &Table, row: &TableRow, column: usize, first: u32) -> Finding {
    let code = shown(row.field(column));
    Finding::new(
        Code::DuplicateUnit,
        bilingual!(
            "名录中单位“{code}”重复，第 {first} 行已有",
            "the unit `{code}` is in the registry twice, first on line {first}"
        ),
        bilingual!("每个单位只写一行", "write one row for each unit"),
    )
    .at(table.place(row, column))
}

fn role_of(table: &Table, row: &TableRow, column: usize, findings: &mut Findings) -> Role {
    match row.field(column) {
        "ranked" | "" => Role::Ranked,
        "benchmark" => Role::Benchmark,
        other => {
            let other = shown(other);
            findings.push(
                Finding::new(
                    Code::BadValue,
                    bilingual!("“{other}”不是单位的角色", "`{other}` is not a role of a unit"),
                    bilingual!(
                        "写 `ranked`（参评）或 `benchmark`（只作参照）",
                        "write `ranked` or `benchmark` (scored for comparison only)"
                    ),
                )
                .at(table.place(row, column)),
            );
            Role::Ranked
        }
    }
}

/// The groups that the framework declares and the registry has a column for.
fn declared_groups<'a>(
    project: &ProjectDefinition,
    framework: &'a FrameworkDefinition,
    columns: &[(&Id, Option<usize>)],
    findings: &mut Findings,
) -> Vec<(&'a Group, usize)> {
    let groups = &framework.framework.groups;
    let mut declared = Vec::new();
    for (id, column) in columns {
        match (groups.iter().find(|group| group.id == **id), column) {
            (Some(group), Some(column)) => declared.push((group, *column)),
            (Some(_), None) => {}
            (None, _) => {
                let known = groups.iter().map(|group| group.id.as_str());
                let help = suggestion(
                    id.as_str(),
                    known,
                    bilingual!(
                        "先在框架中用 `[[group]]` 声明",
                        "declare it in the framework with `[[group]]`"
                    ),
                );
                findings.push(
                    Finding::new(
                        Code::UnknownReference,
                        bilingual!("框架中没有分组“{id}”", "the framework has no group `{id}`"),
                        help,
                    )
                    .at(project.document.place_of_key(&[
                        "units".into(),
                        "groups".into(),
                        id.as_str().into(),
                    ])),
                );
            }
        }
    }
    declared
}

fn members(
    table: &Table,
    row: &TableRow,
    groups: &[(&Group, usize)],
    findings: &mut Findings,
) -> BTreeMap<Id, Id> {
    let mut members = BTreeMap::new();
    for (group, column) in groups {
        let text = row.field(*column);
        if text.is_empty() {
            continue;
        }
        let named = |member: &&crate::plan::GroupMember| {
            member.id.as_str() == text || member.name.zh == text || member.name.en == text
        };
        match group.members.iter().find(named) {
            Some(member) => {
                members.insert(group.id.clone(), member.id.clone());
            }
            None => {
                let known: Vec<&str> = group.members.iter().map(|member| member.id.as_str()).collect();
                let list = known.join(", ");
                let (id, text) = (&group.id, shown(text));
                findings.push(
                    Finding::new(
                        Code::UnknownGroupMember,
                        bilingual!("分组“{id}”没有“{text}”", "the group `{id}` has no member `{text}`"),
                        bilingual!(
                            "可用：{list}；无则留空",
                            "the choices are {list}; leave it empty if none applies"
                        ),
                    )
                    .at(table.place(row, *column)),
                );
            }
        }
    }
    members
}
