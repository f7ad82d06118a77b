//! What the statistical audit of an edition finds, as plain data.
//!
//! Shares and correlations are fractions, never per cent. A figure that the data
//! cannot give is `None`; no field is ever NaN. Units are positions in the
//! registry, indicators and nodes are ids.

mod blocks;
mod coverage;
mod distributions;
mod flags;
mod influence;
mod links;
mod ranks;

use serde::Serialize;

pub use blocks::{Block, BlockOf, Component, Components, Correlation, CorrelationMatrix, CorrelationTriple};
pub use coverage::{Coverage, IndicatorCoverage, MemberCoverage, UnitCoverage};
pub use distributions::{Crowding, Distribution, Statistics};
pub use flags::{Flag, FlagKind};
pub use influence::{Influence, Influencer};
pub use links::{Link, LinkReading, Pair, SizeLink};
pub use ranks::{Dominance, GroupRanks, Standing, UnitRanks};

use super::Thresholds;

/// The statistical audit of an edition, as the Joint Research Centre of the
/// European Commission does it (OECD/JRC Handbook 2008, steps 4, 6 and 8).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coherence {
    /// From where on a figure is flagged.
    pub thresholds: Thresholds,
    /// The units compared: ranked, with a score in the edition; in registry
    /// order. All but coverage and raw statistics are theirs.
    pub assessed: Vec<usize>,
    /// The elements of the index: the indicators, then the nodes, children
    /// before parents, the index last. Nothing that is only reported beside it.
    pub elements: Vec<Element>,
    /// How complete the data are.
    pub coverage: Coverage,
    /// Statistics of each indicator, in the order of `elements`.
    pub distributions: Vec<Distribution>,
    /// Ceilings and ties of each element's scores, in the order of `elements`.
    pub crowding: Vec<Crowding>,
    /// Elements that belong together: all of a level, and all children of a node.
    pub blocks: Vec<Block>,
    /// Correlation of every element with each node that it counts towards, the
    /// parents first, the index last.
    pub links: Vec<Link>,
    /// Siblings, and indicators across the index, that say much the same.
    pub pairs: Vec<Pair>,
    /// Indicators that follow a variable of size.
    pub sizes: Vec<SizeLink>,
    /// Weights on paper against weights in effect, node by node; of the index
    /// also by indicators.
    pub influence: Vec<Influence>,
    /// Pairs of units whose order no weights can turn; `None` for fewer than two
    /// units or more than [`Thresholds::most_dominance_units`].
    pub dominance: Option<Dominance>,
    /// Ranks within each kind of group, in the order of the framework.
    pub groups: Vec<GroupRanks>,
    /// What is worth a word, in the order of the audit.
    pub flags: Vec<Flag>,
}

/// An indicator or a node of the index.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Element {
    /// Which.
    pub id: crate::model::Id,
    /// How many steps it is above the indicators, which are on 1.
    pub level: usize,
    /// Whether it is an indicator.
    pub indicator: bool,
    /// Its weight in the index; `None` below a formula.
    pub weight: Option<f64>,
}

impl Coherence {
    /// The block of the children of a node.
    pub fn children_of(&self, node: &crate::model::Id) -> Option<&Block> {
        self.blocks.iter().find(|block| matches!(&block.of, BlockOf::Children { node: of } if of == node))
    }

    /// The flags of one kind.
    pub fn flagged(&self, kind: FlagKind) -> impl Iterator<Item = &Flag> {
        self.flags.iter().filter(move |flag| flag.kind == kind)
    }
}
