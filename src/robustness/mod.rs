//! How sure ranks and ratings are: the plan is edited and the values are drawn
//! anew many times over, and what comes of it is counted.
//!
//! Two sources of doubt, apart and together: choices that could have been made
//! otherwise ([`Vary`](crate::plan::Vary)) and the sampling error of values that
//! rest on samples. What a draw does depends on the seed and its number alone, so
//! results are the same bits on any number of threads.

mod result;
mod summary;

pub use result::{
    Alternative, Assumption, DrawFailure, Estimate, LeaveOut, Quantiles, RankCounts, Removal, RemovalEffect,
    Reuse, Robustness, SampledIndicator, SamplingBase, Sensitivity, SobolIndex, UnitDoubt, Variant,
};
pub use summary::CERTAINTY;
