use std::collections::HashSet;

use super::headers::Headers;
use crate::definitions::{FrameworkDefinition, ProjectDefinition, Step};
use crate::diagnostics::{Code, Finding, Findings, bilingual, suggestion};
use crate::input::Table;
use crate::plan::{DataFile, Variable};

/// An indicator or context variable that a data file holds.
pub(super) struct Found<'a> {
    /// Position in [`Framework::variables`](crate::plan::Framework::variables).
    pub(super) variable: usize,
    /// The header of its column.
    pub(super) header: &'a str,
}

/// The indicators and context variables of a data file: those it declares, else
/// those whose declared header, id or name is in the table's header.
pub(super) fn of_variables<'a>(
    data: &'a DataFile,
    framework: &'a FrameworkDefinition,
    table: &Table,
) -> Vec<Found<'a>> {
    let all = framework.framework.variables().enumerate();
    all.filter_map(|(variable, spec)| {
        let declared = data.indicators.as_ref().map(|ids| ids.contains(spec.id));
        let stated = data.columns.contains_key(spec.id);
        let header = header_of(data, spec, table);
        let wanted = declared.unwrap_or(stated || header.is_some());
        wanted.then(|| Found { variable, header: header.unwrap_or(fallback(data, spec)) })
    })
    .collect()
}

fn header_of<'a>(data: &'a DataFile, spec: Variable<'a>, table: &Table) -> Option<&'a str> {
    if let Some(stated) = data.columns.get(spec.id) {
        return table.column(stated).map(|_| stated.as_str());
    }
    [spec.id.as_str(), &spec.name.zh, &spec.name.en].into_iter().find(|header| table.column(header).is_some())
}

fn fallback<'a>(data: &'a DataFile, spec: Variable<'a>) -> &'a str {
    data.columns.get(spec.id).map_or(spec.id.as_str(), String::as_str)
}

/// Reports indicators that a file should hold and does not, and indicators that
/// no file holds.
pub(super) fn check(
    project: &ProjectDefinition,
    framework: &FrameworkDefinition,
    headers: &Headers<'_>,
    found: &[(&DataFile, Option<&Table>, Vec<Found<'_>>)],
    findings: &mut Findings,
) {
    for (index, (data, table, columns)) in found.iter().enumerate() {
        for column in columns {
            if let Some(table) = table.filter(|table| table.column(column.header).is_none()) {
                findings.push(headers.missing(table, &[column.header]));
            }
        }
        check_named(index, data, project, framework, findings);
    }
    let unread = found.iter().any(|(_, table, _)| table.is_none());
    let called = |spec: &Variable<'_>| {
        let reductions = project.project.calls.iter().flat_map(|calls| &calls.reduce);
        reductions.into_iter().any(|reduction| reduction.indicator == *spec.id)
    };
    let held: HashSet<usize> =
        found.iter().flat_map(|(_, _, columns)| columns.iter().map(|column| column.variable)).collect();
    for (index, spec) in framework.framework.variables().enumerate() {
        if !unread && !held.contains(&index) && !called(&spec) {
            let tables: Vec<&Table> = found.iter().filter_map(|(_, table, _)| *table).collect();
            findings.push(without_column(spec, &tables, headers, project));
        }
    }
}

/// Reports indicators that the data file at `index` names and the framework
/// does not have.
fn check_named(
    index: usize,
    data: &DataFile,
    project: &ProjectDefinition,
    framework: &FrameworkDefinition,
    findings: &mut Findings,
) {
    let ids = || framework.framework.variables().map(|spec| spec.id.as_str());
    let at = |key: &str, step: Step| ["data".into(), index.into(), key.into(), step];
    let listed = data.indicators.iter().flatten().enumerate();
    let listed = listed.map(|(item, id)| (id, project.place(&at("indicators", item.into()))));
    let keys = data.columns.keys();
    let keys = keys.map(|id| (id, project.document.place_of_key(&at("columns", id.as_str().into()))));
    let samples = data.samples.keys();
    let samples = samples.map(|id| (id, project.document.place_of_key(&at("samples", id.as_str().into()))));
    for (id, place) in listed.chain(keys).chain(samples) {
        if ids().any(|known| known == id.as_str()) {
            continue;
        }
        let help = suggestion(
            id.as_str(),
            ids(),
            bilingual!("写框架中指标的标识", "write the id of an indicator of the framework"),
        );
        findings.push(
            Finding::new(
                Code::UnknownReference,
                bilingual!("框架中没有指标“{id}”", "the framework has no indicator `{id}`"),
                help,
            )
            .at(place),
        );
    }
}

/// A single file is the one that misses the column; of several, it is the one
/// with a header like it.
fn without_column(
    spec: Variable<'_>,
    tables: &[&Table],
    headers: &Headers<'_>,
    project: &ProjectDefinition,
) -> Finding {
    let names = [spec.id.as_str(), &spec.name.zh, &spec.name.en];
    if let [table] = tables {
        return headers.missing(table, &names);
    }
    let id = spec.id;
    let message = match spec.is_context {
        false => bilingual!("没有一个数据文件含有指标“{id}”", "no data file holds the indicator `{id}`"),
        true => {
            bilingual!("没有一个数据文件含有背景变量“{id}”", "no data file holds the context variable `{id}`")
        }
    };
    let near = tables.iter().find_map(|table| Some((table, headers.nearest(table, &names)?)));
    match near.and_then(|(table, near)| Some((table, near, table.column(near)?))) {
        Some((table, near, column)) => Finding::new(
            Code::MissingColumn,
            message,
            bilingual!(
                "是否为列“{near}”？改列名，或用 `columns` 指明",
                "is it the column `{near}`? Rename it, or say so in `columns`"
            ),
        )
        .at(table.header_place(column)),
        None => Finding::new(
            Code::MissingColumn,
            message,
            bilingual!("把该列加进某个数据文件", "add the column to one of the data files"),
        )
        .at(project.place(&["data".into(), 0.into(), "file".into()])),
    }
}
