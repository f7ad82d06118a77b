use serde::Serialize;

use crate::model::Id;

/// How an indicator is distributed (Handbook, step 3 and 5).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Distribution {
    /// Which indicator.
    pub id: Id,
    /// Of the ranked units' values as read.
    pub raw: Statistics,
    /// Of their values after division, filling in and treatment of outliers.
    pub treated: Statistics,
}

/// Statistics of the values of one indicator, in its unit of measure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statistics {
    /// Units that could have a value.
    pub units: usize,
    /// Values there are.
    pub n: usize,
    /// Values other than zero.
    pub non_zero: usize,
    /// Different values.
    pub distinct: usize,
    /// How many share the most frequent value.
    pub most_frequent: usize,
    /// Smallest; `None` without values, as all below.
    pub min: Option<f64>,
    /// Largest.
    pub max: Option<f64>,
    /// Arithmetic mean.
    pub mean: Option<f64>,
    /// Quantile at one half.
    pub median: Option<f64>,
    /// Sample standard deviation; `None` for fewer than two values.
    pub deviation: Option<f64>,
    /// Sample skewness; `None` for fewer than three values, or equal ones.
    pub skewness: Option<f64>,
    /// Sample excess kurtosis; `None` for fewer than four values, or equal ones.
    pub kurtosis: Option<f64>,
    /// Whether |skewness| > 2 and kurtosis > 3.5: outliers shape it.
    pub outliers: bool,
    /// Whether there are at least two values and all are equal.
    pub constant: bool,
}

/// Whether scores still tell the assessed units apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Crowding {
    /// The indicator (its normalised scores) or node.
    pub id: Id,
    /// Units with a score.
    pub n: usize,
    /// Those with the highest score, if more than one score occurs.
    pub at_top: usize,
    /// Those with the lowest.
    pub at_bottom: usize,
    /// Those that share their score with another.
    pub tied: usize,
    /// `at_top` / `n`: the ceiling effect, a fault above 15 % (Terwee et al.
    /// 2007). `None` without scores, or if all are equal.
    pub ceiling: Option<f64>,
    /// `at_bottom` / `n`, the floor effect, alike.
    pub floor: Option<f64>,
    /// `tied` / `n`; `None` without scores.
    pub tie_share: Option<f64>,
}
