use serde::Serialize;

use crate::numeric::{mean, median, quantile, standard_deviation};

/// How a score is spread. Quantiles are of type 7.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Spread {
    /// Number of scores.
    pub n: usize,
    /// Arithmetic mean.
    pub mean: f64,
    /// Sample standard deviation; none of fewer than two.
    pub deviation: Option<f64>,
    /// Smallest.
    pub min: f64,
    /// The value that one in ten is below.
    pub p10: f64,
    /// First quartile.
    pub q1: f64,
    /// Median.
    pub median: f64,
    /// Third quartile.
    pub q3: f64,
    /// The value that one in ten is above.
    pub p90: f64,
    /// Largest.
    pub max: f64,
}

impl Spread {
    /// The spread of `scores`; `None` for no scores.
    pub fn of(scores: &[f64]) -> Option<Self> {
        // Sorted once: the quantiles sort what is in order in no time.
        let mut sorted = scores.to_vec();
        sorted.sort_by(f64::total_cmp);
        let at = |p| quantile(&sorted, p);
        Some(Self {
            n: scores.len(),
            mean: mean(scores)?,
            deviation: standard_deviation(scores),
            min: at(0.0)?,
            p10: at(0.1)?,
            q1: at(0.25)?,
            median: median(&sorted)?,
            q3: at(0.75)?,
            p90: at(0.9)?,
            max: at(1.0)?,
        })
    }
}

/// A count out of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// How many.
    pub count: usize,
    /// Out of how many.
    pub of: usize,
}

impl Count {
    /// How many of `values` satisfy `counts`.
    pub(super) fn among(values: &[f64], counts: impl Fn(f64) -> bool) -> Self {
        Self { count: values.iter().filter(|value| counts(**value)).count(), of: values.len() }
    }

    /// The share, 0 out of nothing.
    pub fn share(self) -> f64 {
        self.count as f64 / self.of.max(1) as f64
    }
}
