//! How sure ranks and ratings are: the plan is edited and the values are drawn
//! anew many times over, and what comes of it is counted.
//!
//! Two sources of doubt, apart and together: choices that could have been made
//! otherwise ([`Vary`](crate::plan::Vary)) and the sampling error of values that
//! rest on samples. What a draw does depends on the seed and its number alone, so
//! results are the same bits on any number of threads.

mod count;
mod edit;
mod engine;
mod factor;
mod removal;
mod result;
mod run;
mod sampling;
mod sensitivity;
mod sets;
mod summary;
mod words;

use crate::numeric::Stream;

pub use result::{
    Alternative, Assumption, DrawFailure, Estimate, LeaveOut, Quantiles, RankCounts, Removal, RemovalEffect,
    Reuse, Robustness, SampledIndicator, SamplingBase, Sensitivity, SobolIndex, UnitDoubt, Variant,
};
pub use run::{replay, robustness};
pub use sets::{RANK_SET_LEVEL, rank_sets};
pub use summary::CERTAINTY;

/// Streams that draw the options of draws.
const CHOICE_STREAMS: u64 = 1;
/// Streams that draw values within their sampling error.
const SAMPLE_STREAMS: u64 = 2;
/// Streams that draw sets of weights.
const SET_STREAMS: u64 = 3;

/// Streams that scramble points.
const SCRAMBLE_STREAMS: u64 = 4;

/// The stream of a number below 2⁵⁶ for one purpose.
fn stream(seed: u64, purpose: u64, number: u64) -> Stream {
    Stream::new(seed, purpose << 56 | number)
}
