use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::headers::Headers;
use super::long;
use super::measures;
use super::tables::Tables;
use crate::definitions::{FrameworkDefinition, ProjectDefinition, Step};
use crate::diagnostics::{Code, Finding, Findings, bilingual, suggestion};
use crate::input::{Table, look, split_measure};
use crate::plan::{DataFile, Project, Variable};

/// An indicator or context variable that a data file holds.
pub(super) struct Found<'a> {
    /// Position in [`Framework::variables`](crate::plan::Framework::variables).
    pub(super) variable: usize,
    /// The header of its column.
    pub(super) header: &'a str,
}

/// A table of data and what it holds.
pub(super) struct Source<'a> {
    /// Position of its entry in the project.
    pub(super) entry: usize,
    pub(super) data: &'a DataFile,
    pub(super) path: &'a str,
    pub(super) table: Option<&'a Table>,
    pub(super) found: Vec<Found<'a>>,
}

/// Every table of data of a project, in its order. What most tables of a pattern
/// hold all of them are to hold.
pub(super) fn sources<'a>(
    project: &'a Project,
    framework: &'a FrameworkDefinition,
    tables: &'a Tables,
) -> Vec<Source<'a>> {
    let mut sources = Vec::new();
    for (entry, data) in project.data.iter().enumerate() {
        let of_entry = tables.named(&data.file).map(|path| {
            let table = tables.get(path);
            let found = table.map_or(Vec::new(), |table| of_variables(data, framework, table));
            Source { entry, data, path, table, found }
        });
        let mut of_entry: Vec<Source<'_>> = of_entry.collect();
        if data.long.is_none() {
            complete(&mut of_entry);
        }
        sources.append(&mut of_entry);
    }
    sources
}

/// Adds to each table what more than half of the tables of its pattern hold.
fn complete(sources: &mut [Source<'_>]) {
    let mut held: BTreeMap<usize, (&str, usize)> = BTreeMap::new();
    for found in sources.iter().flat_map(|source| &source.found) {
        held.entry(found.variable).or_insert((found.header, 0)).1 += 1;
    }
    let read = sources.iter().filter(|source| source.table.is_some()).count();
    held.retain(|_, (_, count)| *count * 2 > read);
    for source in sources.iter_mut().filter(|source| source.table.is_some()) {
        let own: BTreeSet<usize> = source.found.iter().map(|found| found.variable).collect();
        let lacks = held.iter().filter(|(variable, _)| !own.contains(variable));
        source.found.extend(lacks.map(|(variable, (header, _))| Found { variable: *variable, header }));
    }
}

/// The indicators and context variables of a data file: those it declares, else
/// those whose declared header, id or name is in the table's header. A table in
/// long layout has those that its rows name, all in the column of values.
pub(super) fn of_variables<'a>(
    data: &'a DataFile,
    framework: &'a FrameworkDefinition,
    table: &'a Table,
) -> Vec<Found<'a>> {
    if let Some(long) = &data.long {
        let named = long::variables(data, long, framework, table);
        return named.into_iter().map(|variable| Found { variable, header: &long.value }).collect();
    }
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

/// The header under which a table has a variable: the one that the project states,
/// or the id or a name of the variable, with or without its unit of measure.
fn header_of<'a>(data: &'a DataFile, spec: Variable<'a>, table: &'a Table) -> Option<&'a str> {
    if let Some(stated) = data.columns.get(spec.id) {
        return table.column(stated).map(|_| stated.as_str());
    }
    let names = [spec.id.as_str(), &spec.name.zh, &spec.name.en];
    names.into_iter().find(|header| table.column(header).is_some()).or_else(|| {
        let names = names.map(look);
        let is_named =
            |header: &&String| split_measure(header).is_some_and(|(name, _)| names.contains(&look(name)));
        let mut named = table.headers().iter().filter(is_named);
        let first = named.next()?;
        named.next().is_none().then_some(first)
    })
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
    sources: &[Source<'_>],
    findings: &mut Findings,
) {
    for source in sources.iter().filter(|source| source.data.long.is_none()) {
        let Some(table) = source.table else { continue };
        for column in source.found.iter().filter(|column| table.column(column.header).is_none()) {
            findings.push(headers.missing(table, &[column.header]));
        }
    }
    measures::check(framework, sources, findings);
    for (index, data) in project.project.data.iter().enumerate() {
        check_named(index, data, project, framework, findings);
    }
    let unread = sources.iter().any(|source| source.table.is_none())
        || project.project.data.iter().any(|data| headers.tables().named(&data.file).next().is_none());
    let called = |spec: &Variable<'_>| {
        let reductions = project.project.calls.iter().flat_map(|calls| &calls.reduce);
        reductions.into_iter().any(|reduction| reduction.indicator == *spec.id)
    };
    let held: HashSet<usize> =
        sources.iter().flat_map(|source| source.found.iter().map(|column| column.variable)).collect();
    let wide = sources.iter().all(|source| source.data.long.is_none());
    for (index, spec) in framework.framework.variables().enumerate() {
        if !unread && !held.contains(&index) && !called(&spec) {
            let tables = sources.iter().filter_map(|source| source.table);
            findings.push(without_column(spec, &tables.collect::<Vec<_>>(), wide, headers, project));
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
    wide: bool,
    headers: &Headers<'_>,
    project: &ProjectDefinition,
) -> Finding {
    let names = [spec.id.as_str(), &spec.name.zh, &spec.name.en];
    if let ([table], true) = (tables, wide) {
        return headers.missing(table, &names);
    }
    let id = spec.id;
    let message = match spec.is_context {
        false => bilingual!("没有一个数据文件含有指标“{id}”", "no data file holds the indicator `{id}`"),
        true => {
            bilingual!("没有一个数据文件含有背景变量“{id}”", "no data file holds the context variable `{id}`")
        }
    };
    let near =
        tables.iter().filter(|_| wide).find_map(|table| Some((table, headers.nearest(table, &names)?)));
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
            match wide {
                true => bilingual!("把该列加进某个数据文件", "add the column to one of the data files"),
                false => bilingual!("把该指标加进某个数据文件", "add the indicator to one of the data files"),
            },
        )
        .at(project.place(&["data".into(), 0.into(), "file".into()])),
    }
}
