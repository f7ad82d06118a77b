use std::collections::HashMap;

use super::tables::Tables;
use crate::definitions::ProjectDefinition;
use crate::diagnostics::{Code, Finding, Findings, bilingual, did_you_mean};
use crate::input::{Table, TableRow};
use crate::model::{Panel, Period, Registry, Row};
use crate::plan::Project;

/// Every period that a data file names, and the edition if a file names none.
pub(super) fn periods(project: &Project, tables: &Tables) -> Vec<Period> {
    let mut periods = Vec::new();
    for data in &project.data {
        let Some(header) = &data.period else {
            periods.push(Period::new(&project.edition));
            continue;
        };
        let table = tables.get(&data.file);
        if let Some((table, column)) = table.and_then(|table| Some((table, table.column(header)?))) {
            let named = table.rows().iter().map(|row| row.field(column));
            let mut named: Vec<&str> = named.filter(|period| !period.is_empty()).collect();
            named.sort_unstable();
            named.dedup();
            periods.extend(named.into_iter().map(Period::new));
        }
    }
    periods
}

/// The position of the edition; an edition without data is a finding.
pub(super) fn edition(project: &ProjectDefinition, panel: &Panel, findings: &mut Findings) -> Option<usize> {
    let edition = &project.project.edition;
    let position = panel.period(edition);
    if position.is_none() {
        let list: Vec<&str> = panel.periods().iter().map(Period::as_str).collect();
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
    table: &'a Table,
    unit: usize,
    /// The column of the period, or the edition's position.
    period: Result<usize, usize>,
}

impl<'a> KeyColumns<'a> {
    /// Finds the columns in a table; one that is not there is a finding.
    pub(super) fn find(
        tables: &'a Tables,
        path: &str,
        unit: &str,
        period: Option<&str>,
        edition: &str,
        panel: &Panel,
        findings: &mut Findings,
    ) -> Option<Self> {
        let table = tables.get(path)?;
        let unit = tables.column(path, unit, findings);
        let period = match period {
            Some(header) => Ok(tables.column(path, header, findings)?),
            None => Err(panel.period(edition)?),
        };
        Some(Self { table, unit: unit?, period })
    }

    /// The rows of the table with their position in the panel. Rows whose unit
    /// is unknown, or that repeat an earlier row, are findings and left out.
    pub(super) fn rows(&self, panel: &Panel, findings: &mut Findings) -> Vec<(usize, &'a TableRow)> {
        let mut first_lines: HashMap<usize, u32> = HashMap::new();
        let mut rows = Vec::with_capacity(self.table.rows().len());
        for row in self.table.rows() {
            let unit = self.unit_of(row, panel.units(), findings);
            let period = self.period_of(row, panel, findings);
            let (Some(unit), Some(period)) = (unit, period) else { continue };
            let position = panel.position(Row { unit, period });
            if let Some(first) = first_lines.get(&position) {
                findings.push(self.duplicate(row, *first));
                continue;
            }
            first_lines.insert(position, row.line);
            rows.push((position, row));
        }
        rows
    }

    fn unit_of(&self, row: &TableRow, units: &Registry, findings: &mut Findings) -> Option<usize> {
        let code = row.field(self.unit);
        if code.is_empty() {
            findings.push(empty_cell(self.table, row, self.unit));
            return None;
        }
        let position = units.position(code);
        if position.is_none() {
            findings.push(self.unknown_unit(row, code, units));
        }
        position
    }

    fn unknown_unit(&self, row: &TableRow, code: &str, units: &Registry) -> Finding {
        let named = units.iter().flat_map(|unit| [unit.code.as_str(), &unit.name.zh, &unit.name.en]);
        let near = did_you_mean(code, named).and_then(|near| {
            units.iter().find(|unit| [unit.code.as_str(), &unit.name.zh, &unit.name.en].contains(&near))
        });
        let help = match near {
            Some(unit) => {
                let (code, zh, en) = (&unit.code, &unit.name.zh, &unit.name.en);
                bilingual!("是否为 {code}（{zh}）？", "did you mean {code} ({en})?")
            }
            None => bilingual!(
                "更正代码，或把该单位加进单位名录",
                "correct the code, or add the unit to the registry"
            ),
        };
        Finding::new(
            Code::UnknownUnit,
            bilingual!("单位名录中没有“{code}”", "the registry has no unit `{code}`"),
            help,
        )
        .at(self.table.place(row, self.unit))
    }

    fn period_of(&self, row: &TableRow, panel: &Panel, findings: &mut Findings) -> Option<usize> {
        let column = match self.period {
            Ok(column) => column,
            Err(edition) => return Some(edition),
        };
        let period = row.field(column);
        if period.is_empty() {
            findings.push(empty_cell(self.table, row, column));
            return None;
        }
        let position = panel.period(period);
        if position.is_none() {
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
        let code = row.field(self.unit);
        let message = match self.period {
            Ok(column) => {
                let period = row.field(column);
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
    let header = table.headers().get(column).map_or("", String::as_str);
    Finding::new(
        Code::EmptyCell,
        bilingual!("“{header}”列是空的", "the column `{header}` is empty here"),
        bilingual!("填上内容，或删去这一行", "fill it in, or delete the row"),
    )
    .at(table.place(row, column))
}
