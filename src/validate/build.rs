use std::sync::Arc;

use super::dates::Periods;
use super::headers::Headers;
use super::keys::{self, Context};
use super::names::Names;
use super::revisions::{Corrections, Overlay};
use super::units::{self, Registered};
use super::{IndexInput, Tables, copies, empty, forms, periods, plausibility, published, values};
use crate::definitions::{FrameworkDefinition, ProjectDefinition};
use crate::diagnostics::Findings;
use crate::model::{Id, Matrix, Panel};

/// Largest panel whose values are read although its edition is unknown.
const MAX_UNJUDGED_CELLS: usize = 5_000_000;

/// Whose data are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    AllUnits,
    SomeUnits,
    /// All, and single values may be unusable.
    ToCorrect,
}

/// Builds, and gives only what has no error.
pub(super) fn checked(
    project: &ProjectDefinition,
    framework: &FrameworkDefinition,
    tables: Arc<Tables>,
    corrections: &Corrections,
    extent: Extent,
    findings: &mut Findings,
) -> Option<IndexInput> {
    let mut own = Findings::new();
    let input = build(project, framework, tables, corrections, extent, &mut own);
    let sound = !own.has_errors();
    findings.append(own);
    input.filter(|_| sound)
}

fn build(
    project: &ProjectDefinition,
    framework: &FrameworkDefinition,
    tables: Arc<Tables>,
    corrections: &Corrections,
    extent: Extent,
    findings: &mut Findings,
) -> Option<IndexInput> {
    let headers = Headers::new(&project.project, framework, &tables);
    let read = units::read(project, framework, &tables, &headers, findings);
    let has_registry = read.is_some();
    // Without a registry the values can still be checked, though not placed.
    let Registered { units, origins: unit_origins, whole } = read.unwrap_or_default();
    let panel = Panel::new(units, keys::periods(&project.project, &tables));
    let names = Names::new(panel.units(), &framework.framework.groups);
    let context = Context {
        tables: &tables,
        headers: &headers,
        panel: &panel,
        names: &names,
        edition: &project.project.edition,
        periods: Periods::of(&project.project.edition),
        all_units: whole,
        all_periods: keys::periods_are_whole(&project.project, &tables),
    };
    let edition = keys::edition(project, &context, findings);
    let indicators: Vec<Id> = framework.framework.indicators.iter().map(|one| one.id.clone()).collect();
    // A column of running numbers taken for the period would make a vast panel.
    if edition.is_none() && panel.rows().saturating_mul(indicators.len()) > MAX_UNJUDGED_CELLS {
        return None;
    }
    copies::report(&project.project, &tables, findings);
    forms::check(&project.project, &framework.framework, &tables, &panel, findings);
    let overlay = Overlay::new(corrections, &panel, &framework.framework, findings);
    let mut values = values::read(project, framework, &context, &overlay, findings);
    match extent {
        Extent::ToCorrect => values.leave_out_faulty(),
        Extent::AllUnits | Extent::SomeUnits => values.tell_faults(findings),
    }
    let published = published::read(project, framework, &context, findings);
    headers.report_unused(findings);
    periods::report_thin(&project.project, &tables, findings);
    let edition = edition?;
    if extent == Extent::AllUnits {
        empty::report(project, framework, &context, &values, edition, findings);
        plausibility::report(project, framework, &context, &values, edition, findings);
    }
    let mut columns = values.columns;
    let contexts = columns.split_off(indicators.len().min(columns.len()));
    let contexts = framework.framework.contexts.iter().map(|one| one.id.clone()).zip(contexts).collect();
    let raw = Matrix::new(panel.rows(), columns)?;
    let (origins, samples, calls) = (values.origins, values.samples, values.calls);
    has_registry.then(|| IndexInput {
        panel,
        edition,
        indicators,
        raw,
        contexts,
        origins,
        samples,
        calls,
        unit_origins,
        tables: tables.clone(),
        published,
        revisions: values.revised.into_iter().map(|(at, revised)| (at, revised.cell)).collect(),
        faults: values.faults,
    })
}
