use std::collections::BTreeMap;
use std::sync::Arc;

use super::calls;
use super::cells::Cells;
use super::columns::{self, Source};
use super::keys::{Context, KeyColumns, empty_cell};
use super::long::{Subject, Subjects};
use super::numbers;
use super::percents::{Percents, Seen};
use super::revisions::{Fault, Overlay, RevisedCell, Stated};
use super::samples::{SampleReader, Sampled};
use super::settle::settle;
use crate::definitions::{FrameworkDefinition, ProjectDefinition};
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual, shown};
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
    /// What cannot be used as it stands, by variable and row.
    pub(super) faults: BTreeMap<(usize, usize), Fault>,
    /// The values that a revision put there.
    pub(super) revised: BTreeMap<(usize, usize), Revised>,
}

impl Values {
    /// Reports what cannot be used.
    pub(super) fn tell_faults(&mut self, findings: &mut Findings) {
        for fault in std::mem::take(&mut self.faults).into_values() {
            findings.append(fault.findings);
        }
    }

    /// Counts what cannot be used as missing.
    pub(super) fn leave_out_faulty(&mut self) {
        for (variable, column) in self.columns.iter_mut().enumerate() {
            let faulty = |row: usize| self.faults.contains_key(&(variable, row));
            if self.faults.range((variable, 0)..(variable + 1, 0)).next().is_some() {
                let cells = column.cells().enumerate();
                let cells = cells.map(|(row, cell)| if faulty(row) { Cell::MISSING } else { cell });
                *column = Arc::new(cells.collect());
            }
        }
    }
}

/// A revised value.
pub(super) struct Revised {
    pub(super) cell: RevisedCell,
    /// Where the revision is.
    pub(super) by: Place,
    /// The cell that was revised; none if no file has one.
    pub(super) place: Option<Place>,
}

/// Reads the data files of a project into columns.
pub(super) fn read(
    project: &ProjectDefinition,
    framework: &FrameworkDefinition,
    context: &Context<'_>,
    overlay: &Overlay,
    findings: &mut Findings,
) -> Values {
    let sources = columns::sources(&project.project, framework, context.tables);
    columns::check(project, framework, context.headers, &sources, findings);
    let specs: Vec<Variable<'_>> = framework.framework.variables().collect();
    let cells = Cells::new(specs.len(), context.panel.rows(), overlay);
    let percents = Percents::default();
    let mut builder = Builder { specs, framework, context, cells, percents, findings };
    for source in &sources {
        match (source.table, &source.data.long) {
            (Some(table), None) => builder.read_wide(source, table),
            (Some(table), Some(long)) => builder.read_long(source, table, long),
            (None, _) => {}
        }
    }
    let Builder { specs, mut cells, percents, findings, .. } = builder;
    for (at, doubt) in percents.doubts() {
        match at {
            Some(at) => cells.doubt(at, "", Findings::from(doubt)),
            None => findings.push(doubt),
        }
    }
    calls::read(project, framework, context, &mut cells, findings);
    cells.report_conflicts(context, findings);
    settle(cells, &specs, context, findings)
}

struct Builder<'a> {
    specs: Vec<Variable<'a>>,
    framework: &'a FrameworkDefinition,
    context: &'a Context<'a>,
    cells: Cells<'a>,
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
        let (Some(reader), Some(read)) = (sample, kept) else { return };
        let mut doubts = Findings::new();
        let sample = reader.read(&read, field.row, &mut doubts, self.findings);
        let Some(position) = position else { return };
        let at = (field.variable, position);
        if !read.is_revised {
            self.cells.doubt(at, field.text(), doubts);
        }
        if let Some(sample) = sample {
            self.cells.keep_sample(at, sample);
        }
    }

    /// Reads a field, and keeps it if its row has a position; checks what holds,
    /// which is what a revision puts in its place, if there is one. Gives the number
    /// that holds in a kept cell.
    fn read_field(&mut self, field: &Field<'a>, position: Option<usize>) -> Option<Sampled<'a>> {
        let spec = self.specs.get(field.variable).copied()?;
        let at = position.map(|position| (field.variable, position));
        let origin = self.context.tables.origin(field.path, field.row, field.column);
        let mut doubts = Findings::new();
        let stated = field.stated(spec, &mut doubts);
        let overlay = self.cells.overlay;
        let step = at.and_then(|at| overlay.over(at));
        if let Stated::Cell(Cell::Value(value)) = stated {
            doubts.extend(field.beyond(spec, value));
            // Percentages are held against each other, which takes those that hold.
            if spec.whole() == 100.0 && step.is_none() {
                let Field { table, row, column, variable, .. } = *field;
                self.percents.take(field.entry, Seen { table, row, column, at, variable, value });
            }
        }
        let Some(at) = at else {
            self.findings.append(doubts);
            return None;
        };
        if stated == Stated::Cell(Cell::MISSING) {
            if step.is_some() {
                self.cells.blanks.entry(at).or_insert(origin);
            }
        } else if let Some(first) = self.cells.keep(at, stated, origin) {
            self.cells.disagree(at, spec.id, &shown(field.text()), (first, origin), self.context);
            return None;
        }
        self.cells.doubt(at, field.text(), doubts);
        match step {
            Some(step) => {
                let value = step.new_cell().and_then(Cell::value)?;
                Some(Sampled { spec, text: &step.correction.new, value, is_revised: true })
            }
            None => Some(Sampled { spec, text: field.text(), value: stated.value()?, is_revised: false }),
        }
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

    /// What it says. What the project says about a word goes before what people mean
    /// by it.
    fn stated(&self, spec: Variable<'_>, findings: &mut Findings) -> Stated {
        let text = self.text();
        let is = |words: &[String]| words.iter().any(|word| word == text);
        let declared = is(&self.data.not_applicable).then_some(Absence::NotApplicable);
        let declared = declared.or_else(|| is(&self.data.missing).then_some(Absence::Missing));
        if let Some(absence) = declared.or_else(|| numbers::absence(text)) {
            return Stated::Cell(Cell::Absent(absence));
        }
        let number = numbers::read(self.table, self.row, self.column, &spec.measure.zh, findings);
        number.map_or(Stated::Unreadable, |number| Stated::Cell(Cell::Value(number)))
    }

    /// A number outside the range of its variable.
    fn beyond(&self, spec: Variable<'_>, number: f64) -> Option<Finding> {
        let range = spec.range?;
        let header = || shown(self.table.headers().get(self.column).map_or("", String::as_str));
        let message = match (range.min, range.max) {
            (Some(min), _) if number < min => {
                let header = header();
                bilingual!(
                    "“{header}”列的 {number} 小于下限 {min}",
                    "{number} in column `{header}` is below {min}"
                )
            }
            (_, Some(max)) if number > max => {
                let header = header();
                bilingual!(
                    "“{header}”列的 {number} 大于上限 {max}",
                    "{number} in column `{header}` is above {max}"
                )
            }
            _ => return None,
        };
        let help = bilingual!(
            "更正数值；若确实如此，放宽框架中的 `range`",
            "correct the value; if it is right, widen `range` in the framework"
        );
        let finding = Finding::new(Code::OutOfRange, message, help);
        Some(finding.at(self.table.place(self.row, self.column)))
    }
}
