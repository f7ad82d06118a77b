use std::collections::BTreeSet;

use super::columns;
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
        columns.filter(|(_, column)| is_empty(column)).map(|(indicator, _)| indicator).collect();
    for (index, data) in project.project.data.iter().enumerate() {
        let Some((held, periods)) = outdated(data, framework, context) else { continue };
        if !held.iter().any(|indicator| empty.contains(indicator)) {
            continue;
        }
        empty.retain(|indicator| !held.contains(indicator));
        findings.push(ends_before(data, &periods, context.edition).at(project.place(&[
            "data".into(),
            index.into(),
            "file".into(),
        ])));
    }
    for indicator in empty {
        let Some(spec) = framework.framework.indicators.get(indicator) else { continue };
        let (id, period) = (&spec.id, context.edition);
        findings.push(
            Finding::new(
                Code::NoValues,
                bilingual!(
                    "指标“{id}”在 {period} 期没有任何数值",
                    "the indicator `{id}` has no value in {period}"
                ),
                bilingual!("补上数据，或从框架中删去该指标", "add its data, or take it out of the framework"),
            )
            .at(framework.document.place(&["indicator".into(), indicator.into(), "id".into()])),
        );
    }
}

/// The indicators and the periods of a file that has no row of the edition.
fn outdated<'a>(
    data: &DataFile,
    framework: &FrameworkDefinition,
    context: &Context<'a>,
) -> Option<(BTreeSet<usize>, BTreeSet<&'a str>)> {
    let table = context.tables.get(&data.file)?;
    let period = table.column(data.period.as_ref()?)?;
    let periods: BTreeSet<&str> = table.rows().iter().map(|row| row.field(period)).collect();
    let held = columns::of_indicators(data, framework, table);
    let held = held.iter().map(|found| found.indicator).collect();
    (!periods.contains(context.edition)).then_some((held, periods))
}

fn ends_before(data: &DataFile, periods: &BTreeSet<&str>, edition: &str) -> Finding {
    let file = &data.file;
    let (first, last) = (periods.first().unwrap_or(&"—"), periods.last().unwrap_or(&"—"));
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
