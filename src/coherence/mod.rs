//! The statistical audit of an index: whether data, structure and weights do
//! what the framework says they do. It changes no result.

mod blocks;
mod comparison;
mod coverage;
mod distributions;
mod flags;
mod ground;
mod influence;
mod links;
mod ranks;
mod result;
mod table;
mod thresholds;

use crate::index::Evaluation;
use crate::plan::Framework;
use crate::validate::IndexInput;
use ground::Ground;
use table::Table;

pub use comparison::{Comparison, RankChange, VariantCorrelation, Within, compare_variants};
pub use ranks::unit_summary;
pub use result::{
    Block, BlockOf, Coherence, Component, Components, Correlation, CorrelationMatrix, CorrelationTriple,
    Coverage, Crowding, Distribution, Dominance, Element, Flag, FlagKind, GroupRanks, IndicatorCoverage,
    Influence, Influencer, Link, LinkReading, MemberCoverage, Pair, SizeLink, Standing, Statistics,
    UnitCoverage, UnitRanks,
};
pub use thresholds::Thresholds;

/// Audits the edition of an evaluation. It cannot fail: what the data cannot
/// give is absent, and what is wrong with them is a [`Flag`].
pub fn assess(
    input: &IndexInput,
    framework: &Framework,
    evaluation: &Evaluation,
    thresholds: Thresholds,
) -> Coherence {
    let ground = Ground::new(input, framework, evaluation, thresholds);
    let table = Table::new(&ground);
    let mut audit = Coherence {
        coverage: coverage::coverage(&ground),
        distributions: distributions::distributions(&ground),
        crowding: distributions::crowding(&ground),
        blocks: blocks::blocks(&ground, &table),
        links: links::links(&ground, &table),
        pairs: links::pairs(&ground, &table),
        sizes: links::sizes(&ground),
        influence: influence::influence(&ground),
        dominance: ranks::dominance(&ground),
        groups: ranks::groups(&ground),
        flags: Vec::new(),
        thresholds,
        assessed: ground.assessed,
        elements: ground.elements,
    };
    audit.flags = flags::flags(&audit);
    audit
}
