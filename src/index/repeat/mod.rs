//! One period evaluated many times: what thousands of draws have in common is
//! compiled once, and a draw allocates next to nothing.
//!
//! [`Ground`] holds the units, [`Leaves`] the indicators on the common scale,
//! [`Program`] the nodes of a plan, [`Space`] the numbers of one draw. Scores,
//! ranks and bands are those of [`evaluate`](super::evaluate) up to rounding
//! noise; a test holds them against it.

mod gates;
mod leaf;
mod node;
mod places;
mod program;
mod redraw;
mod slot;

pub(crate) use leaf::{Leaf, Leaves};
pub(crate) use places::{Places, UNRATED};
pub(crate) use program::{Layout, Program};
pub(crate) use redraw::Redraw;
pub(crate) use slot::Space;

use std::ops::Range;

use crate::diagnostics::Bilingual;
use crate::model::{Id, Panel, Role};
use crate::validate::IndexInput;

/// The units of the reported period: the rows of everything here, in registry
/// order.
#[derive(Debug)]
pub(crate) struct Ground<'a> {
    pub(crate) input: &'a IndexInput,
    /// The same units in that period alone.
    panel: Panel,
    /// Their rows in the input.
    pub(crate) rows: Range<usize>,
    /// Which of them are ranked.
    pub(crate) ranked: Vec<bool>,
}

impl<'a> Ground<'a> {
    pub(crate) fn new(input: &'a IndexInput) -> Self {
        let panel = input.panel();
        let period = panel.periods().get(input.edition()).cloned();
        Self {
            input,
            panel: Panel::new(panel.units().clone(), period.into_iter().collect()),
            rows: panel.rows_of(input.edition()),
            ranked: panel.units().iter().map(|unit| unit.role == Role::Ranked).collect(),
        }
    }

    /// Number of units.
    pub(crate) fn units(&self) -> usize {
        self.ranked.len()
    }
}

/// Why a draw has no result.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fault {
    /// The node that has no value; absent where scores cannot be rated.
    pub(crate) node: Option<Id>,
    /// What is wrong, without the numbers of this one draw.
    pub(crate) problem: Bilingual,
}
