//! The statistical audit of an index: whether data, structure and weights do
//! what the framework says they do. It changes no result.

mod result;
mod thresholds;

pub use result::{
    Block, BlockOf, Coherence, Component, Components, Correlation, CorrelationMatrix, CorrelationTriple,
    Coverage, Crowding, Distribution, Dominance, Element, Flag, FlagKind, GroupRanks, IndicatorCoverage,
    Influence, Influencer, Link, LinkReading, MemberCoverage, Pair, SizeLink, Standing, Statistics,
    UnitCoverage, UnitRanks,
};
pub use thresholds::Thresholds;
