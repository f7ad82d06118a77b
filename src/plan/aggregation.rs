use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Bounds;

/// How the scores of children become the score of their parent (Handbook on
/// Constructing Composite Indicators, OECD/JRC 2008, step 6). Each node has its
/// own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "method", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Aggregation {
    /// Weighted arithmetic mean: a strength makes up for a weakness in full.
    Arithmetic,
    /// Weighted geometric mean: it makes up in part. Refuses values of zero or less.
    Geometric,
    /// Weighted harmonic mean: it makes up least. Refuses values of zero or less.
    Harmonic,
    /// Weighted power mean (Σ w·x^p)^(1/p); 0 is the geometric mean, 1 the
    /// arithmetic one. Refuses values of zero or less for p ≤ 0, below zero else.
    GeneralisedMean {
        /// The exponent p.
        power: f64,
    },
    /// The value that half of the weight lies below; halfway between two when
    /// exactly half lies below both.
    WeightedMedian,
    /// Sum of weight times value: points add up.
    WeightedSum {
        /// What the weights sum to; left out, what the stated shares sum to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(extend("exclusiveMinimum" = 0.0))]
        total: Option<f64>,
    },
    /// The smallest value: nothing makes up for it. Reads no weights.
    Minimum,
    /// Ordered weighted average (Yager 1988): weights go to places, the best
    /// value first. Reads no weights of children and needs all of them.
    Owa {
        /// One weight per place, on any scale.
        #[schemars(length(min = 1))]
        weights: Vec<f64>,
    },
    /// Mazziotta-Pareto index M ∓ S·cv, cv = S/M (Mazziotta and Pareto 2016): an
    /// arithmetic mean with a penalty for imbalance. Reads no weights. Neither
    /// monotone nor bounded by its children. Refuses a mean of zero or less.
    MazziottaPareto {
        /// Whether imbalance lowers or raises the score.
        #[serde(default)]
        penalty: Penalty,
        /// What the sum of squares is divided by: the MPI of the R package
        /// Compind takes n − 1, its adjusted MPI n.
        divisor: Divisor,
    },
    /// Copeland's outranking: in how many pairs the unit wins, less how many it
    /// loses, among ranked units of the period. A pair is won with more than half
    /// of the weight of the children that both have; ties count half.
    Copeland,
    /// Benefit of the doubt: each unit with the weights that suit it best, so
    /// that no ranked unit of the period would exceed 1 with them (Melyn and
    /// Moesen 1991). Reads no weights; needs all children; refuses negative values.
    BenefitOfTheDoubt {
        /// Bounds of each child's share of the score.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        shares: Option<Bounds>,
        /// Bounds of each child's share of the weights.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        weights: Option<Bounds>,
        /// What full marks are.
        #[serde(default = "one")]
        #[schemars(extend("exclusiveMinimum" = 0.0))]
        scale: f64,
    },
    /// Relative closeness to the best of the ranked units (Hwang and Yoon 1981),
    /// on the children min-max scaled over them; 0 to 1. Needs all children.
    Topsis,
    /// Compromise ranking (Opricovic 1998): 1 − Q, so that higher is better. Needs
    /// all children.
    Vikor {
        /// The weight of the majority beside that of the worst regret.
        #[serde(default = "half")]
        #[schemars(range(min = 0.0, max = 1.0))]
        majority: f64,
    },
    /// Weighted rank-sum ratio (田凤调 1988): Σ w·rank / n, the worst rank being
    /// 1, ties averaged. Needs all children.
    RankSumRatio,
}

/// What imbalance among children does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Penalty {
    /// It lowers the score, where higher is better.
    #[default]
    Down,
    /// It raises the score, where higher is worse.
    Up,
}

/// What a sum of squared deviations is divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Divisor {
    /// n − 1: the sample standard deviation.
    #[serde(rename = "n-1")]
    Sample,
    /// n.
    #[serde(rename = "n")]
    Population,
}

impl Aggregation {
    /// Whether values of zero or less have no result.
    pub fn needs_positive(&self) -> bool {
        match self {
            Aggregation::Geometric | Aggregation::Harmonic => true,
            Aggregation::GeneralisedMean { power } => *power <= 0.0,
            _ => false,
        }
    }

    /// Whether negative values have no result.
    pub fn needs_non_negative(&self) -> bool {
        matches!(self, Aggregation::GeneralisedMean { .. } | Aggregation::BenefitOfTheDoubt { .. })
    }

    /// Whether the weights of children matter.
    pub fn reads_weights(&self) -> bool {
        !matches!(
            self,
            Aggregation::Minimum
                | Aggregation::Owa { .. }
                | Aggregation::MazziottaPareto { .. }
                | Aggregation::BenefitOfTheDoubt { .. }
        )
    }

    /// Whether a unit's score depends on other units.
    pub fn compares(&self) -> bool {
        matches!(
            self,
            Aggregation::Copeland
                | Aggregation::BenefitOfTheDoubt { .. }
                | Aggregation::Topsis
                | Aggregation::Vikor { .. }
                | Aggregation::RankSumRatio
        )
    }
}

fn one() -> f64 {
    1.0
}

fn half() -> f64 {
    0.5
}
