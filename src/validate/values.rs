use std::sync::Arc;

use super::columns::{self, Found};
use super::keys::KeyColumns;
use super::numbers;
use super::tables::Tables;
use crate::definitions::{FrameworkDefinition, ProjectDefinition};
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::input::{Table, TableRow};
use crate::model::{Absence, Cell, Column, Origin, Panel};
use crate::plan::{DataFile, IndicatorSpec};

/// The values of all indicators, one column each in the order of the framework.
pub(super) struct Values {
    pub(super) columns: Vec<Arc<Column>>,
    /// Where each value was read, by indicator and row.
    pub(super) origins: Vec<Vec<Option<Origin>>>,
}

/// Reads the data files of a project into columns.
pub(super) fn read(
    project: &ProjectDefinition,
    framework: &FrameworkDefinition,
    tables: &Tables,
    panel: &Panel,
    findings: &mut Findings,
) -> Values {
    let found: Vec<(&DataFile, Option<&Table>, Vec<Found<'_>>)> = project
        .project
        .data
        .iter()
        .map(|data| {
            let table = tables.get(&data.file);
            (data, table, table.map_or(Vec::new(), |table| columns::of_indicators(data, framework, table)))
        })
        .collect();
    columns::check(project, framework, &found, findings);
    let mut builder = Builder {
        specs: &framework.framework.indicators,
        tables,
        cells: vec![vec![Cell::MISSING; panel.rows()]; framework.framework.indicators.len()],
        origins: vec![vec![None; panel.rows()]; framework.framework.indicators.len()],
        findings,
    };
    for (data, table, columns) in &found {
        if let Some(table) = table {
            builder.read_file(data, table, columns, &project.project.edition, panel);
        }
    }
    Values {
        columns: builder.cells.into_iter().map(|cells| Arc::new(cells.into_iter().collect())).collect(),
        origins: builder.origins,
    }
}

struct Builder<'a> {
    specs: &'a [IndicatorSpec],
    tables: &'a Tables,
    cells: Vec<Vec<Cell>>,
    origins: Vec<Vec<Option<Origin>>>,
    findings: &'a mut Findings,
}

impl Builder<'_> {
    fn read_file(
        &mut self,
        data: &DataFile,
        table: &Table,
        columns: &[Found<'_>],
        edition: &str,
        panel: &Panel,
    ) {
        let period = data.period.as_deref();
        let keys =
            KeyColumns::find(self.tables, &data.file, &data.unit, period, edition, panel, self.findings);
        let rows = keys.map_or(Vec::new(), |keys| keys.rows(panel, self.findings));
        for found in columns {
            let Some(column) = table.column(found.header) else { continue };
            for (position, row) in &rows {
                self.read_cell(data, table, row, column, found.indicator, *position);
            }
        }
    }

    fn read_cell(
        &mut self,
        data: &DataFile,
        table: &Table,
        row: &TableRow,
        column: usize,
        indicator: usize,
        position: usize,
    ) {
        let text = row.field(column);
        let is = |words: &[String]| words.iter().any(|word| word == text);
        if text.is_empty() || is(&data.missing) {
            return;
        }
        let cell = if is(&data.not_applicable) {
            Cell::Absent(Absence::NotApplicable)
        } else {
            let Some(number) = numbers::read(table, row, column, self.findings) else { return };
            self.check_range(table, row, column, indicator, number);
            Cell::Value(number)
        };
        let origin = self.tables.origin(&data.file, row, column);
        if let Some(first) = self.store(indicator, position, cell, origin) {
            let text = row.field(column);
            let other = self.tables.place(first).map_or(String::new(), |place| place.to_string());
            self.findings.push(
                Finding::new(
                    Code::ConflictingValue,
                    bilingual!("“{text}”与 {other} 的值不同", "`{text}` differs from the value at {other}"),
                    bilingual!(
                        "查明哪个正确，改成一致或删去一个",
                        "find out which is right; make them equal or delete one"
                    ),
                )
                .at(table.place(row, column)),
            );
        }
    }

    /// Keeps the first value of a cell; gives back where that was read if this
    /// one differs.
    fn store(&mut self, indicator: usize, position: usize, cell: Cell, origin: Origin) -> Option<Origin> {
        let known_cell = self.cells.get_mut(indicator).and_then(|cells| cells.get_mut(position));
        let known_origin = self.origins.get_mut(indicator).and_then(|rows| rows.get_mut(position));
        let (known_cell, known_origin) = (known_cell?, known_origin?);
        if known_origin.is_none() {
            *known_cell = cell;
            *known_origin = Some(origin);
        }
        known_origin.filter(|_| *known_cell != cell)
    }

    fn check_range(&mut self, table: &Table, row: &TableRow, column: usize, indicator: usize, number: f64) {
        let Some(range) = self.specs.get(indicator).and_then(|spec| spec.range) else { return };
        let below = range.min.is_some_and(|min| number < min);
        let above = range.max.is_some_and(|max| number > max);
        if below || above {
            let bound = |bound: Option<f64>| bound.map_or("…".to_owned(), |bound| bound.to_string());
            let (min, max, header) =
                (bound(range.min), bound(range.max), table.headers().get(column).map_or("", String::as_str));
            self.findings.push(
                Finding::new(
                    Code::OutOfRange,
                    bilingual!(
                        "“{header}”列的 {number} 超出取值范围 {min} 到 {max}",
                        "{number} in column `{header}` is outside {min} to {max}"
                    ),
                    bilingual!(
                        "更正数值；若确实如此，放宽框架中的 `range`",
                        "correct the value; if it is right, widen `range` in the framework"
                    ),
                )
                .at(table.place(row, column)),
            );
        }
    }
}
