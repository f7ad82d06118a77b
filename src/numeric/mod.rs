//! Pure mathematics on slices. Knows nothing of units, cells or plans.
//!
//! Logarithms, exponentials and powers come from `libm`, never from the
//! platform, so that every machine computes the same bits; sums run in the
//! order of the slice.

mod breaks;
mod exact;
mod expectation;
mod linear;
mod mean;
mod rank;
mod rounding;
mod shape;
mod summary;
mod winsorise;

pub use breaks::natural_breaks;
pub use exact::Exact;
pub use expectation::expectation_maximisation;
pub use linear::{Cholesky, Symmetric, least_squares};
pub use mean::{arithmetic_mean, geometric_mean, harmonic_mean};
pub use rank::{
    Rank, RankMethod, TIE_TOLERANCE, count_below, nearly_equal, rank_descending, relatively_equal,
};
pub use rounding::{Rounding, fixed, round_to};
pub use shape::{excess_kurtosis, skewness};
pub use summary::{mean, median, quantile, standard_deviation};
pub use winsorise::{ShapeBounds, Winsorised, winsorise};
