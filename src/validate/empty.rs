use std::borrow::Cow;
use std::collections::BTreeSet;

use super::columns;
use super::headers::Headers;
use super::keys::Context;
use super::values::Values;
use crate::definitions::{FrameworkDefinition, ProjectDefinition};
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::model::Column;
use crate::plan::DataFile;

/// An indicator without any value in the edition is a mistake, not a gap. Where
/// it is one because its file ends before the edition, the file is to blame.
/// Nothing is said when data are missing for another reason.
pub(super) fn report(
    project: &ProjectDefinition,
    framework: &FrameworkDefinition,
    context: &Context<'_>,
    values: &Values,
    edition: usize,
    findings: &mut Findings,
) {
    if findings.has_errors() || !context.tables.are_whole() {
        return;
    }
    let rows = context.panel.rows_of(edition);
    let is_empty = |column: &Column| rows.clone().all(|row| column.value(row).is_none());
    let columns = values.columns.iter().enumerate();
    let mut empty: BTreeSet<usize> =
        columns.filter(|(_, column)| is_empty(column)).map(|(variable, _)| variable).collect();
    for (index, data) in project.project.data.iter().enumerate() {
        let Some((held, periods)) = outdated(data, framework, context) else { continue };
        if !held.iter().any(|variable| empty.contains(variable)) {
            continue;
        }
        let concerned: Vec<usize> = empty.intersection(&held).copied().collect();
        empty.retain(|variable| !held.contains(variable));
        if let Some(lacking) = lacking(index, &held, &concerned, project, framework, context) {
            for finding in lacking {
                findings.push(finding);
            }
            continue;
        }
        findings.push(ends_before(data, &periods, context.edition).at(project.place(&[
            "data".into(),
            index.into(),
            "file".into(),
        ])));
    }
    let variables: Vec<_> = framework.framework.variables().collect();
    let indicators = framework.framework.indicators.len();
    for variable in empty {
        let Some(spec) = variables.get(variable) else { continue };
        let (id, period) = (spec.id, context.edition);
        let (zh, en, list, at) = match spec.is_context {
            true => ("背景变量", "context variable", "context", variable - indicators),
            false => ("指标", "indicator", "indicator", variable),
        };
        findings.push(
            Finding::new(
                Code::NoValues,
                bilingual!(
                    "{zh}“{id}”在 {period} 期没有任何数值",
                    "the {en} `{id}` has no value in {period}"
                ),
                bilingual!("补上数据，或从框架中删去该{zh}", "add its data, or take it out of the framework"),
            )
            .at(framework.document.place(&[list.into(), at.into(), "id".into()])),
        );
    }
}

/// Where another file holds the edition's values of some of the same indicators,
/// it is the one that should hold the `concerned` ones too: its columns are
/// missing.
fn lacking(
    index: usize,
    held: &BTreeSet<usize>,
    concerned: &[usize],
    project: &ProjectDefinition,
    framework: &FrameworkDefinition,
    context: &Context<'_>,
) -> Option<Vec<Finding>> {
    let others = project.project.data.iter().enumerate();
    let mut others = others.filter(|(other, data)| *other != index && data.long.is_none());
    let table = others.find_map(|(_, data)| {
        let mut tables = context.tables.named(&data.file).filter_map(|path| context.tables.get(path));
        let table = tables.next().filter(|_| tables.next().is_none())?;
        let shares =
            columns::of_variables(data, framework, table).iter().any(|found| held.contains(&found.variable));
        let is_current = outdated(data, framework, context).is_none();
        (shares && is_current).then_some(table)
    })?;
    let headers = Headers::new(&project.project, framework, context.tables);
    let data = project.project.data.get(index)?;
    let own = context.tables.named(&data.file).find_map(|path| context.tables.get(path))?;
    let own = columns::of_variables(data, framework, own);
    let missing = own.iter().filter(|found| concerned.contains(&found.variable));
    Some(missing.map(|found| headers.missing(table, &[found.header])).collect())
}

/// The indicators and the periods of a file, or of all files of a pattern, that
/// have no row of the edition.
fn outdated<'a>(
    data: &DataFile,
    framework: &FrameworkDefinition,
    context: &Context<'a>,
) -> Option<(BTreeSet<usize>, BTreeSet<Cow<'a, str>>)> {
    let (mut held, mut periods) = (BTreeSet::new(), BTreeSet::new());
    let header = data.period.as_ref()?;
    for table in context.tables.named(&data.file).filter_map(|path| context.tables.get(path)) {
        let Some(period) = table.column(header) else { continue };
        periods.extend(table.rows().iter().filter_map(|row| context.periods.read(row.field(period)).ok()));
        held.extend(columns::of_variables(data, framework, table).iter().map(|found| found.variable));
    }
    (!periods.contains(context.edition)).then_some((held, periods))
}

fn ends_before(data: &DataFile, periods: &BTreeSet<Cow<'_, str>>, edition: &str) -> Finding {
    let file = &data.file;
    let named = |period: Option<&Cow<'_, str>>| period.map_or("—", |period| &**period).to_owned();
    let (first, last) = (named(periods.first()), named(periods.last()));
    let (zh, en) = match first == last {
        true => (format!("只有 {first} 期"), format!("only {first}")),
        false => (format!("只有 {first} 到 {last} 期"), format!("only {first} to {last}")),
    };
    Finding::new(
        Code::UnknownPeriod,
        bilingual!("“{file}”没有 {edition} 期的行，{zh}", "`{file}` has no rows of {edition}, {en}"),
        bilingual!("补上这一期的行，或更正 `edition`", "add the rows of that period, or correct `edition`"),
    )
}
