//! Pure mathematics on slices. Knows nothing of units, cells or plans.
//!
//! Logarithms, exponentials and powers come from `libm`, never from the
//! platform, so that every machine computes the same bits; sums run in the
//! order of the slice.

mod association;
mod binomial;
mod breaks;
mod cluster;
mod doubt;
mod eigen;
mod exact;
mod expectation;
mod linear;
mod mean;
mod outrank;
mod random;
mod rank;
mod reliability;
mod rounding;
mod shape;
mod sobol;
mod spline;
mod summary;
mod suppression;
mod tails;
mod varimax;
mod weights;
mod winsorise;

pub use association::{Association, Sorted, kendall, pearson, spearman};
pub use binomial::jeffreys_interval;
pub use breaks::natural_breaks;
pub use cluster::{design_effect, intraclass_correlation};
pub use doubt::{Doubt, DoubtBounds, benefit_of_the_doubt};
pub use eigen::{Eigenpair, correlation, principal_eigenvector, symmetric_eigen};
pub use exact::Exact;
pub use expectation::expectation_maximisation;
pub use linear::least_squares;
pub use mean::{
    arithmetic_mean, generalised_mean, geometric_mean, harmonic_mean, mazziotta_pareto, ordered_average,
    weighted_median,
};
pub use outrank::{copeland, rank_sum_ratio, topsis, vikor};
pub use random::{Stream, standard_normal_quantile};
pub use rank::{
    Rank, RankMethod, TIE_TOLERANCE, count_below, nearly_equal, rank_descending, relatively_equal,
};
pub use reliability::cronbach_alpha;
pub use rounding::{Rounding, fixed, round_to};
pub use shape::{excess_kurtosis, skewness};
pub use sobol::{SobolShares, owen_sobol, sobol_shares};
pub use spline::spline_fit;
pub use summary::{mean, median, median_absolute_deviation, quantile, standard_deviation};
pub use suppression::{Withheld, suppress};
pub use tails::{binomial_tail, holm, poisson_binomial_tail};
pub use weights::{
    NoWeights, Shares, critic_weights, deviation_weights, entropy_weights, factor_weights,
    importance_weights, principal_weights,
};
pub use winsorise::{ShapeBounds, Winsorised, winsorise};
