use std::collections::BTreeMap;
use std::sync::Arc;

use super::calls;
use super::cells::Cells;
use super::columns::{self, Source};
use super::keys::{Context, KeyColumns, empty_cell};
use super::long::{Subject, Subjects};
use super::numbers;
use super::percents::{Percents, Seen};
use super::samples::{self, SampleReader};
use crate::definitions::{FrameworkDefinition, ProjectDefinition};
use crate::diagnostics::{Code, Finding, Findings, bilingual, shown};
use crate::input::{Table, TableRow};
use crate::model::{Absence, Cell, Column, Origin, Sample};
use crate::plan::{DataFile, LongColumns, Variable};

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
    let sources = columns::sources(&project.project, framework, context.tables);
    columns::check(project, framework, context.headers, &sources, findings);
    let specs: Vec<Variable<'_>> = framework.framework.variables().collect();
    let cells = Cells::new(specs.len(), context.panel.rows());
    let percents = Percents::default();
    let mut builder = Builder { specs, framework, context, cells, percents, findings };
    for source in &sources {
        match (source.table, &source.data.long) {
            (Some(table), None) => builder.read_wide(source, table),
            (Some(table), Some(long)) => builder.read_long(source, table, long),
            (None, _) => {}
        }
    }
    let Builder { mut cells, percents, findings, .. } = builder;
    percents.report(findings);
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
    framework: &'a FrameworkDefinition,
    context: &'a Context<'a>,
    cells: Cells,
    percents: Percents<'a>,
    findings: &'a mut Findings,
}

impl<'a> Builder<'a> {
    /// Reads a table with a column for each variable.
    fn read_wide(&mut self, source: &Source<'a>, table: &'a Table) {
        let Source { entry, data, path, .. } = *source;
        let keys = KeyColumns::find(self.context, path, &data.unit, data.period.as_deref(), self.findings);
        let rows = match keys {
            Some(keys) => keys.rows(self.findings),
            None => table.rows().iter().map(|row| (None, row)).collect(),
        };
        for found in &source.found {
            let Some(column) = table.column(found.header) else { continue };
            let Some(spec) = self.specs.get(found.variable).copied() else { continue };
            let sample = data.samples.get(spec.id).and_then(|columns| {
                SampleReader::find(columns, path, table, self.context.headers, self.findings)
            });
            for (position, row) in &rows {
                let field = Field { entry, data, path, table, row, column, variable: found.variable };
                self.read_observation(&field, *position, sample.as_ref());
            }
        }
    }

    /// Reads a table with a row for each value.
    fn read_long(&mut self, source: &Source<'a>, table: &'a Table, long: &LongColumns) {
        let Source { entry, data, path, .. } = *source;
        let headers = self.context.headers;
        let keys = KeyColumns::find(self.context, path, &data.unit, data.period.as_deref(), self.findings);
        let named = headers.find(path, &long.indicator, self.findings);
        let value = headers.find(path, &long.value, self.findings);
        let sample = long.sample.as_ref();
        let sample =
            sample.and_then(|columns| SampleReader::find(columns, path, table, headers, self.findings));
        let (Some(_), Some(column)) = (named, value) else { return };
        let Some(subjects) = Subjects::find(data, long, self.framework, table) else { return };
        let rows = match keys {
            Some(keys) => keys.every_row(self.findings),
            None => table.rows().iter().map(|row| (None, row)).collect(),
        };
        for (position, row) in rows {
            match subjects.of(row) {
                Subject::Variable(variable) => {
                    let field = Field { entry, data, path, table, row, column, variable };
                    self.read_observation(&field, position, sample.as_ref());
                }
                Subject::PassedOver => {}
                Subject::Blank if row.field(column).is_empty() => {}
                Subject::Blank => self.findings.push(empty_cell(table, row, subjects.column())),
                Subject::Unknown => self.findings.push(subjects.unknown(table, row)),
            }
        }
    }

    /// Reads a field and what sample it rests on.
    fn read_observation(
        &mut self,
        field: &Field<'a>,
        position: Option<usize>,
        sample: Option<&SampleReader<'_>>,
    ) {
        let kept = self.read_field(field, position);
        let (Some(reader), Some((position, value))) = (sample, kept) else { return };
        let Some(spec) = self.specs.get(field.variable).copied() else { return };
        let read = samples::Sampled { spec, text: field.text(), value };
        if let Some(sample) = reader.read(&read, field.row, self.findings) {
            self.cells.keep_sample((field.variable, position), sample);
        }
    }

    /// Reads and checks a field; it is kept if its row has a position. Gives the
    /// position and the number kept.
    fn read_field(&mut self, field: &Field<'a>, position: Option<usize>) -> Option<(usize, f64)> {
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
                if self.specs.get(field.variable).is_some_and(|spec| spec.whole() == 100.0) {
                    let Field { table, row, column, .. } = *field;
                    let seen = Seen { table, row, column, value: number };
                    self.percents.take(field.entry, field.variable, seen);
                }
                Cell::Value(number)
            }
        };
        let position = position?;
        let origin = self.context.tables.origin(field.path, field.row, field.column);
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
    /// Position of the file's entry in the project.
    entry: usize,
    data: &'a DataFile,
    path: &'a str,
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
