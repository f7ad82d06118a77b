//! Definitions × tables → [`IndexInput`], the only data that an evaluation
//! takes. One rule per file; every rule goes on after a finding.

mod columns;
mod keys;
mod numbers;
mod published;
mod tables;
mod units;
mod values;

use std::sync::Arc;

use crate::definitions::{FrameworkDefinition, ProjectDefinition};
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual};
use crate::model::{Cell, Column, Id, Matrix, Observation, Origin, Panel, Raw};

pub use published::{Published, PublishedRow};
pub use tables::{InputFile, Tables};

/// Validated data of an index project: values of indicators for every unit in
/// every period, with the place each came from.
#[derive(Clone, Debug)]
pub struct IndexInput {
    panel: Panel,
    edition: usize,
    indicators: Vec<Id>,
    raw: Matrix<Raw>,
    origins: Vec<Vec<Option<Origin>>>,
    tables: Arc<Tables>,
    published: Vec<Published>,
}

impl IndexInput {
    /// Checks the tables of a project against its definitions. Everything wrong
    /// is a finding; `None` if any of that is an error.
    pub fn new(
        project: &ProjectDefinition,
        framework: &FrameworkDefinition,
        tables: Arc<Tables>,
        findings: &mut Findings,
    ) -> Option<Self> {
        let mut own = Findings::new();
        let input = build(project, framework, tables, &mut own);
        let sound = !own.has_errors();
        findings.append(own);
        input.filter(|_| sound)
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

    /// The value of an indicator in a row, with where it was read.
    pub fn observation(&self, indicator: usize, row: usize) -> Observation {
        Observation {
            cell: self.raw.column(indicator).map_or(Cell::MISSING, |column| column.cell(row)),
            origin: self.origins.get(indicator).and_then(|rows| rows.get(row).copied().flatten()),
        }
    }

    /// The place of an origin.
    pub fn place(&self, origin: Origin) -> Place {
        self.tables.place(origin).unwrap_or_else(|| Place::file("?"))
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

fn build(
    project: &ProjectDefinition,
    framework: &FrameworkDefinition,
    tables: Arc<Tables>,
    findings: &mut Findings,
) -> Option<IndexInput> {
    let registry = units::read(project, framework, &tables, findings);
    let periods = keys::periods(&project.project, &tables);
    let panel = Panel::new(registry?, periods);
    let values = values::read(project, framework, &tables, &panel, findings);
    let published = published::read(project, framework, &tables, &panel, findings);
    tables.report_unused(project, framework, findings);
    let edition = keys::edition(project, &panel, findings)?;
    let indicators: Vec<Id> = framework.framework.indicators.iter().map(|one| one.id.clone()).collect();
    report_empty(framework, &values, &panel, edition, findings);
    let raw = Matrix::new(panel.rows(), values.columns)?;
    Some(IndexInput { panel, edition, indicators, raw, origins: values.origins, tables, published })
}

/// An indicator without any value in the edition is a mistake, not a gap.
fn report_empty(
    framework: &FrameworkDefinition,
    values: &values::Values,
    panel: &Panel,
    edition: usize,
    findings: &mut Findings,
) {
    let complete = !findings.has_errors();
    for (index, (indicator, column)) in framework.framework.indicators.iter().zip(&values.columns).enumerate()
    {
        let empty = |column: &Column| panel.rows_of(edition).all(|row| column.value(row).is_none());
        if complete && empty(column) {
            let id = &indicator.id;
            let at = ["indicator".into(), index.into(), "id".into()];
            findings.push(
                Finding::new(
                    Code::NoValues,
                    bilingual!(
                        "指标“{id}”在本期没有任何数值",
                        "the indicator `{id}` has no value in the edition"
                    ),
                    bilingual!(
                        "补上数据，或从框架中删去该指标",
                        "add its data, or take it out of the framework"
                    ),
                )
                .at(framework.document.place(&at)),
            );
        }
    }
}
