use std::collections::BTreeMap;

use super::messages::unknown;
use super::{Corrections, Stated, stated_of};
use crate::diagnostics::{Findings, Place};
use crate::ledger::Correction;
use crate::model::{Cell, Panel, Row};
use crate::plan::Framework;

/// Corrections by the value that they are about, in the order in which they were
/// made.
#[derive(Debug, Default)]
pub(in super::super) struct Overlay {
    by_cell: BTreeMap<(usize, usize), Vec<Step>>,
}

/// One correction of a value.
#[derive(Debug)]
pub(in super::super) struct Step {
    pub(in super::super) revision: usize,
    pub(in super::super) correction: Correction,
    pub(in super::super) place: Place,
}

impl Step {
    /// What the value was before, as far as that can be read.
    pub(in super::super) fn old_stated(&self) -> Option<Stated> {
        stated_of(&self.correction.old)
    }

    /// The value that holds after it; none if it was refused.
    pub(in super::super) fn new_cell(&self) -> Option<Cell> {
        match stated_of(&self.correction.new).filter(|_| self.correction.holds())? {
            Stated::Cell(cell) => Some(cell),
            Stated::Unreadable => None,
        }
    }
}

impl Overlay {
    /// Finds the variable and row of each correction; one that there is none for is
    /// a finding.
    pub(in super::super) fn new(
        corrections: &Corrections,
        panel: &Panel,
        framework: &Framework,
        findings: &mut Findings,
    ) -> Self {
        let mut by_cell: BTreeMap<(usize, usize), Vec<Step>> = BTreeMap::new();
        for one in &corrections.all {
            let (revision, correction, place) = (one.revision, one.correction.clone(), one.place.clone());
            match address(&correction, panel, framework) {
                Some(at) => by_cell.entry(at).or_default().push(Step { revision, correction, place }),
                None => findings.push(unknown(revision, &correction).at(place)),
            }
        }
        Self { by_cell }
    }

    /// The correction whose new value stands in the place of what is read.
    pub(in super::super) fn over(&self, at: (usize, usize)) -> Option<&Step> {
        self.by_cell.get(&at)?.iter().rev().find(|step| step.correction.holds())
    }

    /// The corrections of each value, by variable and row.
    pub(in super::super) fn iter(&self) -> impl Iterator<Item = ((usize, usize), &[Step])> {
        self.by_cell.iter().map(|(at, steps)| (*at, steps.as_slice()))
    }
}

fn address(correction: &Correction, panel: &Panel, framework: &Framework) -> Option<(usize, usize)> {
    let unit = panel.units().position(&correction.unit)?;
    let period = panel.period(&correction.period)?;
    let variable = framework.variables().position(|spec| spec.id.as_str() == correction.indicator)?;
    Some((variable, panel.position(Row { unit, period })))
}
