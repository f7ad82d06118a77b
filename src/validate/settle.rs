//! Revisions in the place of what was read.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cells::Cells;
use super::keys::Context;
use super::revisions::{Fault, RevisedCell, Step, beyond, replaced, stale};
use super::values::{Revised, Values};
use crate::diagnostics::{Finding, Findings, Severity};
use crate::model::{Cell, Precision};
use crate::plan::Variable;

/// Puts what revisions say in the place of what was read. A correction of another
/// value than there is, and a new value that cannot be, are findings; what was
/// wrong with a value that is replaced is a note.
pub(super) fn settle(
    mut cells: Cells<'_>,
    specs: &[Variable<'_>],
    context: &Context<'_>,
    findings: &mut Findings,
) -> Values {
    let mut revised = BTreeMap::new();
    for (at, steps) in cells.overlay.iter() {
        let fits = follows(&cells, at, steps, context, findings);
        let last = steps.iter().rev().find_map(|step| Some((step, step.new_cell()?)));
        let Some((step, new)) = last.filter(|_| fits) else { continue };
        let was = cells.stated(at);
        put(&mut cells, at, new);
        let place = origin(&cells, at).and_then(|origin| context.tables.place(origin));
        if let (Some(spec), Cell::Value(number)) = (specs.get(at.0), new) {
            findings.extend(beyond(*spec, number).map(|finding| finding.at(step.place.clone())));
        }
        if let Some(fault) = cells.faults.remove(&at) {
            findings.extend(notes(&fault, step));
        }
        let cell = RevisedCell { revision: step.revision, was };
        revised.insert(at, Revised { cell, by: step.place.clone(), place });
    }
    Values {
        columns: cells.cells.into_iter().map(|cells| Arc::new(cells.into_iter().collect())).collect(),
        origins: cells.origins,
        samples: cells.samples,
        calls: cells.calls,
        faults: cells.faults,
        revised,
    }
}

/// Whether each correction is one of the value that there is; one that is not is a
/// finding.
fn follows(
    cells: &Cells<'_>,
    at: (usize, usize),
    steps: &[Step],
    context: &Context<'_>,
    findings: &mut Findings,
) -> bool {
    let mut is = cells.stated(at);
    for step in steps {
        if step.old_stated() != Some(is) {
            let place = origin(cells, at).and_then(|origin| context.tables.place(origin));
            findings.push(stale(step, is).at(place.unwrap_or_else(|| step.place.clone())));
            return false;
        }
        is = step.new_cell().map_or(is, super::Stated::Cell);
    }
    true
}

fn origin(cells: &Cells<'_>, at: (usize, usize)) -> Option<crate::model::Origin> {
    cells.origins.get(at.0)?.get(at.1).copied().flatten()
}

fn put(cells: &mut Cells<'_>, at: (usize, usize), new: Cell) {
    if let Some(cell) = cells.cells.get_mut(at.0).and_then(|cells| cells.get_mut(at.1)) {
        *cell = new;
    }
    let origin = cells.origins.get_mut(at.0).and_then(|rows| rows.get_mut(at.1));
    if let Some(origin @ None) = origin {
        *origin = cells.blanks.get(&at).copied();
    }
    // Calls gave the old value: of the new one only their number is known.
    let sample = cells.samples.get_mut(at.0).and_then(|rows| rows.get_mut(at.1));
    if let Some(sample) = sample.and_then(Option::as_mut).filter(|_| cells.calls.contains_key(&at)) {
        sample.precision = Precision::Unknown;
    }
}

/// The errors of a value that was replaced, as notes.
fn notes(fault: &Fault, step: &Step) -> Vec<Finding> {
    let errors = fault.findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| replaced(finding, step)).collect()
}
