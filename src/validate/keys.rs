use std::collections::HashMap;

use super::dates::Periods;
use super::headers::Headers;
use super::names::Names;
use super::tables::Tables;
use crate::definitions::ProjectDefinition;
use crate::diagnostics::{Code, Finding, Findings, bilingual, shown};
use crate::input::{Table, TableRow};
use crate::model::{Panel, Period, Row};
use crate::plan::Project;

/// What the rows of every table are held against.
pub(super) struct Context<'a> {
    pub(super) tables: &'a Tables,
    pub(super) headers: &'a Headers<'a>,
    pub(super) panel: &'a Panel,
    pub(super) names: &'a Names<'a>,
    pub(super) edition: &'a str,
    /// How the periods of tables are read.
    pub(super) periods: Periods,
    /// Whether no unit of the registry was lost, so that others are unknown.
    pub(super) all_units: bool,
    /// Whether no period of the data was lost, so that others are unknown.
    pub(super) all_periods: bool,
}

/// Every period that a data file names, and the edition if a file names none.
pub(super) fn periods(project: &Project, tables: &Tables) -> Vec<Period> {
    let (mut periods, read) = (Vec::new(), Periods::of(&project.edition));
    for (file, period) in named_periods(project, tables) {
        let Some(header) = period else {
            periods.push(Period::new(&project.edition));
            continue;
        };
        let table = tables.get(file);
        if let Some((table, column)) = table.and_then(|table| Some((table, table.column(header)?))) {
            let named = table.rows().iter().map(|row| row.field(column));
            let mut named: Vec<&str> = named.filter(|period| !period.is_empty()).collect();
            named.sort_unstable();
            named.dedup();
            // One that may mean another is reported with its row.
            periods.extend(named.into_iter().filter_map(|text| read.read(text).ok()).map(Period::new));
        }
    }
    periods
}

/// The path of every table of data and of dial tests, with the header of its
/// periods if it has one.
fn named_periods<'a>(
    project: &'a Project,
    tables: &'a Tables,
) -> impl Iterator<Item = (&'a str, Option<&'a str>)> {
    let data = project.data.iter().map(|data| (data.file.as_str(), data.period.as_deref()));
    let calls = project.calls.iter().map(|calls| (calls.file.as_str(), calls.period.as_deref()));
    data.chain(calls).flat_map(|(file, period)| tables.named(file).map(move |path| (path, period)))
}

/// Whether the periods of every data file could be read.
pub(super) fn periods_are_whole(project: &Project, tables: &Tables) -> bool {
    named_periods(project, tables).all(|(file, period)| {
        let table = tables.get(file).filter(|table| table.is_whole());
        table.is_some_and(|table| period.is_none_or(|header| table.column(header).is_some()))
    })
}

/// The position of the edition; an edition without data is a finding.
pub(super) fn edition(
    project: &ProjectDefinition,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Option<usize> {
    let edition = context.edition;
    let position = context.panel.period(edition);
    // Without any table there is nothing to name the periods of.
    if position.is_none() && context.all_periods && !context.panel.periods().is_empty() {
        let list: Vec<&str> = context.panel.periods().iter().map(Period::as_str).collect();
        let (first, last) = (list.first().unwrap_or(&"—"), list.last().unwrap_or(&"—"));
        findings.push(
            Finding::new(
                Code::UnknownPeriod,
                bilingual!("数据中没有“{edition}”这一期", "the data have no period `{edition}`"),
                bilingual!("数据的期次从 {first} 到 {last}", "the data run from {first} to {last}"),
            )
            .at(project.place(&["edition".into()])),
        );
    }
    position
}

/// The columns that say which unit and period a row is about.
pub(super) struct KeyColumns<'a> {
    context: &'a Context<'a>,
    table: &'a Table,
    unit: usize,
    /// The column of the period, or the edition's position.
    period: Result<usize, usize>,
}

impl<'a> KeyColumns<'a> {
    /// Finds the columns in a table; one that is not there is a finding.
    pub(super) fn find(
        context: &'a Context<'a>,
        path: &str,
        unit: &str,
        period: Option<&str>,
        findings: &mut Findings,
    ) -> Option<Self> {
        let table = context.tables.get(path)?;
        let unit = context.headers.find(path, unit, findings);
        let period = match period {
            Some(header) => Ok(context.headers.find(path, header, findings)?),
            None => Err(context.panel.period(context.edition)?),
        };
        Some(Self { context, table, unit: unit?, period })
    }

    /// The rows of the table with their position in the panel. Rows whose unit
    /// is unknown, or that repeat an earlier row, are findings and have none.
    pub(super) fn rows(&self, findings: &mut Findings) -> Vec<(Option<usize>, &'a TableRow)> {
        let mut first_lines: HashMap<usize, u32> = HashMap::new();
        let mut position_of = |row: &TableRow| {
            let unit = self.unit_of(row, findings);
            let period = self.period_of(row, findings);
            let position = self.context.panel.position(Row { unit: unit?, period: period? });
            if let Some(first) = first_lines.get(&position) {
                findings.push(self.duplicate(row, *first));
                return None;
            }
            first_lines.insert(position, row.line);
            Some(position)
        };
        self.table.rows().iter().map(|row| (position_of(row), row)).collect()
    }

    /// The rows of the table with their position in the panel, where a unit may have
    /// many. Rows whose unit is unknown are findings and have none.
    pub(super) fn every_row(&self, findings: &mut Findings) -> Vec<(Option<usize>, &'a TableRow)> {
        let mut position_of = |row: &TableRow| {
            let unit = self.unit_of(row, findings);
            let period = self.period_of(row, findings);
            Some(self.context.panel.position(Row { unit: unit?, period: period? }))
        };
        self.table.rows().iter().map(|row| (position_of(row), row)).collect()
    }

    fn unit_of(&self, row: &TableRow, findings: &mut Findings) -> Option<usize> {
        let code = row.field(self.unit);
        if code.is_empty() {
            findings.push(empty_cell(self.table, row, self.unit));
            return None;
        }
        match self.context.names.find(code) {
            Ok(position) => Some(position),
            // A unit that the registry has lost may be the one that is meant.
            Err(finding) => {
                if self.context.all_units {
                    findings.push(finding.at(self.table.place(row, self.unit)));
                }
                None
            }
        }
    }

    fn period_of(&self, row: &TableRow, findings: &mut Findings) -> Option<usize> {
        let column = match self.period {
            Ok(column) => column,
            Err(edition) => return Some(edition),
        };
        let period = row.field(column);
        if period.is_empty() {
            findings.push(empty_cell(self.table, row, column));
            return None;
        }
        let period = match self.context.periods.read(period) {
            Ok(period) => period,
            Err(unclear) => {
                findings.push(unclear.at(self.table.place(row, column)));
                return None;
            }
        };
        let position = self.context.panel.period(&period);
        if position.is_none() && self.context.all_periods {
            let period = shown(&period);
            findings.push(
                Finding::new(
                    Code::UnknownPeriod,
                    bilingual!("数据文件没有“{period}”这一期", "no data file has the period `{period}`"),
                    bilingual!("更正期次，或补上数据", "correct the period, or add its data"),
                )
                .at(self.table.place(row, column)),
            );
        }
        position
    }

    fn duplicate(&self, row: &TableRow, first: u32) -> Finding {
        let code = shown(row.field(self.unit));
        let message = match self.period {
            Ok(column) => {
                let period = shown(row.field(column));
                bilingual!(
                    "单位“{code}”在 {period} 期重复，第 {first} 行已有",
                    "the unit `{code}` occurs twice in {period}, first on line {first}"
                )
            }
            Err(_) => bilingual!(
                "单位“{code}”重复，第 {first} 行已有",
                "the unit `{code}` occurs twice, first on line {first}"
            ),
        };
        Finding::new(
            Code::DuplicateUnit,
            message,
            bilingual!("保留正确的一行，删去另一行", "keep the right row and delete the other"),
        )
        .at(self.table.place(row, self.unit))
    }
}

/// A cell that must say something and does not.
pub(super) fn empty_cell(table: &Table, row: &TableRow, column: usize) -> Finding {
    let header = shown(table.headers().get(column).map_or("", String::as_str));
    Finding::new(
        Code::EmptyCell,
        bilingual!("“{header}”列是空的", "the column `{header}` is empty here"),
        bilingual!("填上内容，或删去这一行", "fill it in, or delete the row"),
    )
    .at(table.place(row, column))
}
