//! Pure mathematics on slices. Knows nothing of units, cells or plans.
//!
//! Logarithms, exponentials and powers come from `libm`, never from the
//! platform, so that every machine computes the same bits; sums run in the
//! order of the slice.

mod breaks;
mod exact;
mod mean;
mod rank;
mod rounding;
mod summary;

pub use breaks::natural_breaks;
pub use exact::Exact;
pub use mean::{arithmetic_mean, geometric_mean, harmonic_mean};
pub use rank::{
    Rank, RankMethod, TIE_TOLERANCE, count_below, nearly_equal, rank_descending, relatively_equal,
};
pub use rounding::{Rounding, fixed, round_to};
pub use summary::{mean, median, quantile, standard_deviation};
