use super::leaf::{decode, encode};
use super::node::Source;
use super::{Ground, Leaves, Program, Space};
use crate::index::gates::{fails, share_present};
use crate::model::{Cell, Id};
use crate::plan::{AbsentScore, Plan, RatingPlan, Requirement};

/// What a gate asks, ready to be looked up.
#[derive(Debug)]
enum Check {
    /// Scores at or above a floor.
    Floor { at_least: f64, of: Vec<Source>, absent: AbsentScore },
    /// A value within bounds.
    Value { indicator: usize, at_least: Option<f64>, at_most: Option<f64>, absent: AbsentScore },
    /// Something that no draw changes: whether each unit meets it.
    Known(Vec<bool>),
}

/// The gates of a rating plan for the nodes of a program.
#[derive(Debug)]
pub(super) struct Gates {
    checks: Vec<Check>,
    /// The gates of each band, by position.
    of_band: Vec<Vec<usize>>,
}

impl Gates {
    pub(super) fn new(rating: &RatingPlan, plan: &Plan, program: &Program, ground: &Ground<'_>) -> Self {
        let below_index = plan.indicators_of(&plan.index);
        let source = |id: &Id| program.sources.get(id).copied().unwrap_or(Source::Nothing);
        let check = |requires: &Requirement| match requires {
            Requirement::Floor { at_least, of, absent } => {
                let all = || below_index.iter().map(|id| source(id)).collect();
                let of = if of.is_empty() { all() } else { of.iter().map(source).collect() };
                Check::Floor { at_least: *at_least, of, absent: *absent }
            }
            Requirement::Value { of, at_least, at_most, absent } => {
                let indicator = ground.input.indicators().iter().position(|id| id == of);
                Check::Value {
                    indicator: indicator.unwrap_or(usize::MAX),
                    at_least: *at_least,
                    at_most: *at_most,
                    absent: *absent,
                }
            }
            Requirement::Availability { at_least } => {
                let enough = |row| share_present(ground.input, plan, row, *at_least);
                Check::Known(ground.rows.clone().map(enough).collect())
            }
        };
        Self {
            checks: rating.gates.iter().map(|gate| check(&gate.requires)).collect(),
            of_band: (0..rating.bands.len()).map(|band| rating.gates_of(band).collect()).collect(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.checks.is_empty()
    }

    /// The first band from `band` down whose gates the unit meets all.
    pub(super) fn admit(
        &self,
        band: usize,
        unit: usize,
        ground: &Ground<'_>,
        leaves: &Leaves,
        drawn: &dyn Fn(usize, usize) -> Option<Cell>,
        space: &Space,
    ) -> Option<usize> {
        let meets = |gate: &usize| {
            self.checks.get(*gate).is_none_or(|check| check.meets(unit, ground, leaves, drawn, space))
        };
        let open = |band: &usize| self.of_band.get(*band).is_none_or(|gates| gates.iter().all(meets));
        (band..self.of_band.len()).find(open)
    }
}

impl Check {
    fn meets(
        &self,
        unit: usize,
        ground: &Ground<'_>,
        leaves: &Leaves,
        drawn: &dyn Fn(usize, usize) -> Option<Cell>,
        space: &Space,
    ) -> bool {
        match self {
            Check::Floor { at_least, of, absent } => of.iter().all(|source| {
                fails(cell(*source, unit, leaves, space), Some(*at_least), None, *absent).is_none()
            }),
            Check::Value { indicator, at_least, at_most, absent } => {
                let read = || {
                    ground.input.raw().column(*indicator).map(|column| column.cell(ground.rows.start + unit))
                };
                let cell = drawn(*indicator, unit).or_else(read).unwrap_or(Cell::MISSING);
                fails(cell, *at_least, *at_most, *absent).is_none()
            }
            Check::Known(met) => met.get(unit).copied().unwrap_or(true),
        }
    }
}

fn cell(source: Source, unit: usize, leaves: &Leaves, space: &Space) -> Cell {
    let absent = encode(Cell::MISSING);
    decode(match source {
        Source::Leaf(at) => {
            leaves.columns.get(at).and_then(|leaf| leaf.values().get(unit)).copied().unwrap_or(absent)
        }
        Source::Node(at) => space.slots.get(at).map_or(absent, |slot| {
            let values = if slot.has_values { &slot.values } else { &slot.logs };
            let number = values.get(unit).copied().unwrap_or(absent);
            if slot.has_values || number.is_nan() { number } else { libm::exp(number) }
        }),
        Source::Nothing => absent,
    })
}
