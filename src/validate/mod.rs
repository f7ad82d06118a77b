//! Definitions × tables → [`IndexInput`], the only data that an evaluation
//! takes. One rule per file; every rule goes on after a finding.

mod build;
mod calls;
mod cells;
mod columns;
mod confirmation;
mod contest;
mod copies;
mod corrections;
mod dates;
mod edited;
mod empty;
mod experts;
mod forms;
mod headers;
mod keys;
mod long;
mod measures;
mod names;
mod not_numbers;
mod numbers;
mod owners;
mod percents;
mod periods;
mod plausibility;
mod privacy;
mod published;
mod registry;
mod replies;
mod revisions;
mod samples;
mod settle;
mod slugs;
mod tables;
mod units;
mod values;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::definitions::{FrameworkDefinition, ProjectDefinition};
use crate::diagnostics::{Findings, Place};
use crate::model::{Cell, Column, Id, Matrix, Observation, Origin, Panel, Raw, Sample, UnitCode};
use build::{Extent, checked};
use revisions::Fault;

pub use confirmation::confirmation_digest;
pub use contest::{
    Attempt, CONTEST_FILE, ContestInput, ContestTables, Entry, Event, EventKind, Judge, Mark, MarkKey,
    Member, RoundInput, SheetColumn, holds_events, read_happenings, read_sheets, read_sheets_again,
    recused_sign,
};
pub use corrections::{
    Asked, Known, UNIT_HEADS, check_repeated, is_code, read_corrections, screen_corrections,
};
pub use experts::read_experts;
pub use forms::asked_digest;
pub use owners::tell_units;
pub use privacy::personal_in_log;
pub use published::{Cited, Published, PublishedRow};
pub use registry::read_units;
pub use replies::{Replies, evidence_named, read_replies};
pub use revisions::{Corrections, RevisedCell, Stated, check_files, stated_of, text_of};
pub use tables::{InputFile, Tables};

/// Validated data of an index project: values of indicators for every unit in
/// every period, with the place each came from.
#[derive(Clone, Debug)]
pub struct IndexInput {
    panel: Panel,
    edition: usize,
    indicators: Vec<Id>,
    raw: Matrix<Raw>,
    contexts: Vec<(Id, Arc<Column>)>,
    origins: Vec<Vec<Option<Origin>>>,
    samples: Vec<Vec<Option<Sample>>>,
    calls: BTreeMap<(usize, usize), Vec<u32>>,
    unit_origins: HashMap<UnitCode, Origin>,
    tables: Arc<Tables>,
    published: Vec<Published>,
    /// Values that a revision put in the place of others, by variable and row.
    revisions: BTreeMap<(usize, usize), RevisedCell>,
    /// Values that cannot be used and count as missing; none in sound data.
    faults: BTreeMap<(usize, usize), Fault>,
}

impl IndexInput {
    /// Checks the tables of a project, with corrections in the place of what they
    /// are about, against its definitions. Everything wrong is a finding; `None` if
    /// any of that is an error.
    pub fn new(
        project: &ProjectDefinition,
        framework: &FrameworkDefinition,
        tables: Arc<Tables>,
        corrections: &Corrections,
        findings: &mut Findings,
    ) -> Option<Self> {
        checked(project, framework, tables, corrections, Extent::AllUnits, findings)
    }

    /// The same for data that are about to be corrected: what is wrong with single
    /// values is kept with them and no finding, and they count as missing.
    pub fn to_correct(
        project: &ProjectDefinition,
        framework: &FrameworkDefinition,
        tables: Arc<Tables>,
        corrections: &Corrections,
        findings: &mut Findings,
    ) -> Option<Self> {
        checked(project, framework, tables, corrections, Extent::ToCorrect, findings)
    }

    /// The same tables with other corrections, checked anew.
    pub fn with_corrections(
        &self,
        project: &ProjectDefinition,
        framework: &FrameworkDefinition,
        corrections: &Corrections,
        findings: &mut Findings,
    ) -> Option<Self> {
        Self::new(project, framework, self.tables.clone(), corrections, findings)
    }

    /// Checks tables of data of some units only, as [`IndexInput::new`] does but
    /// for one rule: indicators may be without any value.
    pub fn of_some(
        project: &ProjectDefinition,
        framework: &FrameworkDefinition,
        tables: Arc<Tables>,
        findings: &mut Findings,
    ) -> Option<Self> {
        checked(project, framework, tables, &Corrections::default(), Extent::SomeUnits, findings)
    }

    /// The same input with the data of one unit alone, given by position.
    #[must_use]
    pub fn only(&self, unit: usize) -> Self {
        let masked = |column: &Column| -> Arc<Column> {
            let rows = 0..self.panel.rows();
            let own = |row: usize| self.panel.row(row).unit == unit;
            let cell = |row: usize| if own(row) { column.cell(row) } else { Cell::MISSING };
            Arc::new(rows.map(cell).collect())
        };
        let columns = (0..self.indicators.len()).filter_map(|at| self.raw.column(at));
        let raw = Matrix::new(self.panel.rows(), columns.map(|column| masked(column)).collect());
        let contexts = self.contexts.iter().map(|(id, column)| (id.clone(), masked(column)));
        Self { raw: raw.unwrap_or_else(|| self.raw.clone()), contexts: contexts.collect(), ..self.clone() }
    }

    /// The units and periods that the rows of every column stand for.
    pub fn panel(&self) -> &Panel {
        &self.panel
    }

    /// Position of the reported period.
    pub fn edition(&self) -> usize {
        self.edition
    }

    /// The indicators, in the order of the framework and of the columns.
    pub fn indicators(&self) -> &[Id] {
        &self.indicators
    }

    /// The values as read.
    pub fn raw(&self) -> &Matrix<Raw> {
        &self.raw
    }

    /// The value of an indicator in a row, with where it was read and the sample
    /// it rests on.
    pub fn observation(&self, indicator: usize, row: usize) -> Observation {
        self.observed(self.raw.column(indicator), indicator, row)
    }

    /// The context variables, in the order of the framework.
    pub fn contexts(&self) -> &[(Id, Arc<Column>)] {
        &self.contexts
    }

    /// The value of a context variable in a row, with where it was read and the
    /// sample it rests on.
    pub fn context(&self, id: &Id, row: usize) -> Observation {
        let position = self.contexts.iter().position(|(known, _)| known == id);
        let column = position.and_then(|at| self.contexts.get(at)).map(|(_, column)| column);
        self.observed(column, position.map_or(usize::MAX, |at| self.indicators.len() + at), row)
    }

    fn observed(&self, column: Option<&Arc<Column>>, variable: usize, row: usize) -> Observation {
        Observation {
            cell: column.map_or(Cell::MISSING, |column| column.cell(row)),
            origin: self.origins.get(variable).and_then(|rows| rows.get(row).copied().flatten()),
            sample: self.samples.get(variable).and_then(|rows| rows.get(row).copied().flatten()),
        }
    }

    /// The lines of the calls that the value of an indicator in a row was reduced
    /// from, in the file of its origin; none if it was read as it is.
    pub fn calls(&self, indicator: usize, row: usize) -> &[u32] {
        self.calls.get(&(indicator, row)).map_or(&[], Vec::as_slice)
    }

    /// The place of an origin.
    pub fn place(&self, origin: Origin) -> Place {
        self.tables.place(origin).unwrap_or_else(|| Place::file("?"))
    }

    /// The code of the unit and the period of a row, as messages name them.
    pub fn named(&self, row: usize) -> (String, String) {
        self.panel.named(row)
    }

    /// Where the registry lists a unit.
    pub fn unit_place(&self, code: &UnitCode) -> Option<Place> {
        self.unit_origins.get(code).map(|origin| self.place(*origin))
    }

    /// The tables that it was read from.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// The files read, in the order of the project.
    pub fn files(&self) -> Vec<InputFile> {
        self.tables.files()
    }

    /// Results published elsewhere that the evaluation is to reproduce.
    pub fn published(&self) -> &[Published] {
        &self.published
    }
}
