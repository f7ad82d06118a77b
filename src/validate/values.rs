use std::collections::BTreeMap;
use std::sync::Arc;

use super::calls;
use super::cells::Cells;
use super::columns::{self, Found};
use super::keys::{Context, KeyColumns};
use super::numbers;
use super::samples::{self, SampleReader};
use crate::definitions::{FrameworkDefinition, ProjectDefinition};
use crate::diagnostics::{Code, Finding, Findings, bilingual, shown};
use crate::input::{Table, TableRow};
use crate::model::{Absence, Cell, Column, Origin, Sample};
use crate::plan::{DataFile, Variable};

/// The values of all indicators and context variables, one column each in the
/// order of [`Framework::variables`](crate::plan::Framework::variables).
pub(super) struct Values {
    pub(super) columns: Vec<Arc<Column>>,
    /// Where each value was read, by variable and row.
    pub(super) origins: Vec<Vec<Option<Origin>>>,
    /// What sample each value rests on, by variable and row; no rows for a
    /// variable without samples.
    pub(super) samples: Vec<Vec<Option<Sample>>>,
    /// The lines of the calls that a value was reduced from, by variable and row.
    pub(super) calls: BTreeMap<(usize, usize), Vec<u32>>,
}

/// Reads the data files of a project into columns.
pub(super) fn read(
    project: &ProjectDefinition,
    framework: &FrameworkDefinition,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Values {
    let (tables, rows) = (context.tables, context.panel.rows());
    let found: Vec<(&DataFile, Option<&Table>, Vec<Found<'_>>)> = project
        .project
        .data
        .iter()
        .map(|data| {
            let table = tables.get(&data.file);
            (data, table, table.map_or(Vec::new(), |table| columns::of_variables(data, framework, table)))
        })
        .collect();
    columns::check(project, framework, context.headers, &found, findings);
    let specs: Vec<Variable<'_>> = framework.framework.variables().collect();
    let cells = Cells::new(specs.len(), rows);
    let mut builder = Builder { specs, context, cells, findings };
    for (data, table, columns) in &found {
        if let Some(table) = table {
            builder.read_file(data, table, columns);
        }
    }
    let Builder { mut cells, findings, .. } = builder;
    calls::read(project, framework, context, &mut cells, findings);
    Values {
        columns: cells.cells.into_iter().map(|cells| Arc::new(cells.into_iter().collect())).collect(),
        origins: cells.origins,
        samples: cells.samples,
        calls: cells.calls,
    }
}

struct Builder<'a> {
    specs: Vec<Variable<'a>>,
    context: &'a Context<'a>,
    cells: Cells,
    findings: &'a mut Findings,
}

impl Builder<'_> {
    fn read_file(&mut self, data: &DataFile, table: &Table, columns: &[Found<'_>]) {
        let period = data.period.as_deref();
        let keys = KeyColumns::find(self.context, &data.file, &data.unit, period, self.findings);
        let rows = match keys {
            Some(keys) => keys.rows(self.findings),
            None => table.rows().iter().map(|row| (None, row)).collect(),
        };
        for found in columns {
            let Some(column) = table.column(found.header) else { continue };
            let Some(spec) = self.specs.get(found.variable).copied() else { continue };
            let sample = data.samples.get(spec.id).and_then(|columns| {
                SampleReader::find(columns, &data.file, table, self.context.headers, self.findings)
            });
            for (position, row) in &rows {
                let field = Field { data, table, row, column, variable: found.variable };
                let kept = self.read_field(&field, *position);
                if let (Some(reader), Some((position, value))) = (&sample, kept) {
                    let read = samples::Sampled { spec, text: field.text(), value };
                    if let Some(sample) = reader.read(&read, row, self.findings) {
                        self.cells.keep_sample((found.variable, position), sample);
                    }
                }
            }
        }
    }

    /// Reads and checks a field; it is kept if its row has a position. Gives the
    /// position and the number kept.
    fn read_field(&mut self, field: &Field<'_>, position: Option<usize>) -> Option<(usize, f64)> {
        let text = field.text();
        let is = |words: &[String]| words.iter().any(|word| word == text);
        // What the project says about a word goes before what people mean by it.
        let declared = is(&field.data.not_applicable).then_some(Absence::NotApplicable);
        let declared = declared.or_else(|| is(&field.data.missing).then_some(Absence::Missing));
        let cell = match declared.or_else(|| numbers::absence(text)) {
            Some(Absence::NotApplicable) => Cell::Absent(Absence::NotApplicable),
            Some(_) => return None,
            None => {
                let measure = self.specs.get(field.variable).map_or("", |spec| &spec.measure.zh);
                let number = numbers::read(field.table, field.row, field.column, measure, self.findings)?;
                self.check_range(field, number);
                Cell::Value(number)
            }
        };
        let position = position?;
        let origin = self.context.tables.origin(&field.data.file, field.row, field.column);
        let at = (field.variable, position);
        if let Some(first) = self.cells.keep(at, cell, origin) {
            let id = self.specs.get(field.variable)?.id;
            let conflict = self.cells.conflict(at, id, &shown(text), first, self.context);
            self.findings.push(conflict.at(field.table.place(field.row, field.column)));
            return None;
        }
        Some((position, cell.value()?))
    }

    fn check_range(&mut self, field: &Field<'_>, number: f64) {
        let Some(range) = self.specs.get(field.variable).and_then(|spec| spec.range) else { return };
        let header = shown(field.table.headers().get(field.column).map_or("", String::as_str));
        let message = match (range.min, range.max) {
            (Some(min), _) if number < min => bilingual!(
                "“{header}”列的 {number} 小于下限 {min}",
                "{number} in column `{header}` is below {min}"
            ),
            (_, Some(max)) if number > max => bilingual!(
                "“{header}”列的 {number} 大于上限 {max}",
                "{number} in column `{header}` is above {max}"
            ),
            _ => return,
        };
        self.findings.push(
            Finding::new(
                Code::OutOfRange,
                message,
                bilingual!(
                    "更正数值；若确实如此，放宽框架中的 `range`",
                    "correct the value; if it is right, widen `range` in the framework"
                ),
            )
            .at(field.table.place(field.row, field.column)),
        );
    }
}

/// A field that may hold a value of an indicator or a context variable.
struct Field<'a> {
    data: &'a DataFile,
    table: &'a Table,
    row: &'a TableRow,
    column: usize,
    variable: usize,
}

impl<'a> Field<'a> {
    fn text(&self) -> &'a str {
        self.row.field(self.column)
    }
}
