use serde::Serialize;

use super::evaluate::Evaluation;
use crate::model::{Absence, Cell, Id};
use crate::numeric::nearly_equal;
use crate::plan::{AbsentScore, Plan, Requirement};
use crate::validate::IndexInput;

/// Why a unit does not meet a gate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GateFailure {
    /// Position of the gate in the rating plan.
    pub gate: usize,
    /// The node or indicator at fault; absent when it is the availability.
    pub of: Option<Id>,
    /// What was found: a score, a value or a share; absent when it is missing.
    pub found: Option<f64>,
}

/// The gates that a row does not meet, in the order of the plan, each with
/// everything at fault.
pub fn gate_failures(input: &IndexInput, evaluation: &Evaluation, row: usize) -> Vec<GateFailure> {
    let gates = evaluation.plan.rating.as_ref().map_or(&[][..], |rating| &rating.gates);
    let of_gate = |(gate, one): (usize, &crate::plan::Gate)| {
        failures(input, evaluation, &one.requires, row).into_iter().map(move |(of, found)| GateFailure {
            gate,
            of,
            found,
        })
    };
    gates.iter().enumerate().flat_map(of_gate).collect()
}

/// What of a requirement a row does not meet.
fn failures(
    input: &IndexInput,
    evaluation: &Evaluation,
    requires: &Requirement,
    row: usize,
) -> Vec<(Option<Id>, Option<f64>)> {
    match requires {
        Requirement::Floor { at_least, of, absent } => {
            let all = || evaluation.plan.indicators_of(&evaluation.plan.index);
            let of: Vec<&Id> = if of.is_empty() { all() } else { of.iter().collect() };
            let cell = |id: &Id| evaluation.column(id).map_or(Cell::MISSING, |column| column.cell(row));
            let fault = |id: &Id| fails(cell(id), Some(*at_least), None, *absent);
            of.into_iter().filter_map(|id| fault(id).map(|found| (Some(id.clone()), found))).collect()
        }
        Requirement::Value { of, at_least, at_most, absent } => {
            let fault = fails(raw(input, of, row), *at_least, *at_most, *absent);
            fault.map(|found| (Some(of.clone()), found)).into_iter().collect()
        }
        Requirement::Availability { at_least } => {
            let share = availability(input, &evaluation.plan, row);
            let low = share.filter(|share| is_short(*share, *at_least));
            low.map(|share| (None, Some(share))).into_iter().collect()
        }
    }
}

/// What is wrong with a cell: `Some(None)` when it is its absence.
pub(super) fn fails(
    cell: Cell,
    at_least: Option<f64>,
    at_most: Option<f64>,
    absent: AbsentScore,
) -> Option<Option<f64>> {
    match cell {
        Cell::Value(value) => {
            let within = at_least.is_none_or(|bound| value >= bound || nearly_equal(value, bound))
                && at_most.is_none_or(|bound| value <= bound || nearly_equal(value, bound));
            (!within).then_some(Some(value))
        }
        Cell::Absent(Absence::NotApplicable) => None,
        Cell::Absent(_) => (absent == AbsentScore::Fails).then_some(None),
    }
}

/// The share of the indicators of the index that a row has a value of, as read;
/// `None` when none is applicable.
fn availability(input: &IndexInput, plan: &Plan, row: usize) -> Option<f64> {
    let (mut present, mut expected) = (0_usize, 0_usize);
    for id in plan.indicators_of(&plan.index) {
        match raw(input, id, row) {
            Cell::Value(_) => (present, expected) = (present + 1, expected + 1),
            Cell::Absent(Absence::NotApplicable) => {}
            Cell::Absent(_) => expected += 1,
        }
    }
    (expected > 0).then(|| present as f64 / expected as f64)
}

fn is_short(share: f64, at_least: f64) -> bool {
    share < at_least && !nearly_equal(share, at_least)
}

/// Whether a row has at least this share of the indicators of the index.
pub(super) fn share_present(input: &IndexInput, plan: &Plan, row: usize, at_least: f64) -> bool {
    availability(input, plan, row).is_none_or(|share| !is_short(share, at_least))
}

fn raw(input: &IndexInput, id: &Id, row: usize) -> Cell {
    let position = input.indicators().iter().position(|indicator| indicator == id);
    position.map_or(Cell::MISSING, |at| input.observation(at, row).cell)
}
