use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::scale::{Category, Curve, Pool, ScoreRange, Step, WorstReference};

/// How an indicator gets onto the common scale (Handbook, step 5). The
/// indicator's direction is taken in here: afterwards higher is better.
///
/// y is the value, or minus the value where lower is better; min, max, mean and
/// ranks are those of y among the ranked units of the pool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "method", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Normalisation {
    /// The value as it is: for formulas, and for scores that already are on
    /// the common scale.
    None,
    /// Share of the way between fixed bounds, clipped to 0..1, times `scale`.
    Goalposts {
        /// The value that earns 0 (or full marks, when lower is better).
        low: f64,
        /// The value that earns full marks (or 0, when lower is better).
        high: f64,
        /// Straight or logarithmic between the bounds.
        #[serde(default)]
        curve: Curve,
        /// What the worse bound earns.
        #[serde(default, skip_serializing_if = "is_zero")]
        from: f64,
        /// What full marks are.
        #[serde(default = "hundred")]
        #[schemars(extend("exclusiveMinimum" = 0.0))]
        scale: f64,
    },
    /// As `goalposts`, between two quantiles (type 7) of the values.
    PercentileGoalposts {
        /// The lower quantile, 0 to 1.
        #[schemars(range(min = 0.0, max = 1.0))]
        low: f64,
        /// The upper quantile, 0 to 1.
        #[schemars(range(min = 0.0, max = 1.0))]
        high: f64,
        /// Straight or logarithmic: quantiles are taken on the curve.
        #[serde(default)]
        curve: Curve,
        /// What the worse bound earns.
        #[serde(default, skip_serializing_if = "is_zero")]
        from: f64,
        /// What full marks are.
        #[serde(default = "hundred")]
        #[schemars(extend("exclusiveMinimum" = 0.0))]
        scale: f64,
        /// The values compared.
        #[serde(default)]
        over: Pool,
    },
    /// Share of the way between fixed bounds, not clipped.
    Scaled {
        /// The value that earns `from` (or `to`, when lower is better).
        low: f64,
        /// The value that earns `to` (or `from`, when lower is better).
        high: f64,
        /// What the worse bound earns.
        #[serde(default)]
        from: f64,
        /// What the better bound earns.
        #[serde(default = "hundred")]
        to: f64,
    },
    /// Share of the way between the smallest and the largest value.
    MinMax {
        /// The worst value's score.
        #[serde(default)]
        from: f64,
        /// The best value's score.
        #[serde(default = "hundred")]
        to: f64,
        /// The values compared.
        #[serde(default)]
        over: Pool,
    },
    /// 1 − (max − y) / (max − min): 1 is the best value, 0 the worst.
    DistanceToMax {
        /// The worst value's score.
        #[serde(default)]
        from: f64,
        /// The best value's score.
        #[serde(default = "one")]
        to: f64,
        /// The values compared.
        #[serde(default)]
        over: Pool,
    },
    /// 1 − (r − y) / (r − min), where r is the value of a reference unit.
    DistanceToReference {
        /// Code of the reference unit, which may be a benchmark.
        unit: String,
        /// Whether what is better than the reference earns no more than it.
        #[serde(default = "yes")]
        cap: bool,
        /// What happens where the reference is itself the worst value.
        #[serde(default, skip_serializing_if = "WorstReference::is_refused")]
        worst_reference: WorstReference,
        /// The worst value's score.
        #[serde(default)]
        from: f64,
        /// The reference's score.
        #[serde(default = "one")]
        to: f64,
        /// The values compared. Over all periods, r is that of the edition.
        #[serde(default)]
        over: Pool,
    },
    /// (y − min) / (t − min), where t is a target in the indicator's own unit.
    DistanceToTarget {
        /// The target.
        target: f64,
        /// Whether what is better than the target earns no more than it.
        #[serde(default = "yes")]
        cap: bool,
        /// The worst value's score.
        #[serde(default)]
        from: f64,
        /// The target's score.
        #[serde(default = "one")]
        to: f64,
        /// The values compared.
        #[serde(default)]
        over: Pool,
    },
    /// value / max. Refused where lower is better.
    FractionOfMax {
        /// The score of a value of 0.
        #[serde(default)]
        from: f64,
        /// The largest value's score.
        #[serde(default = "one")]
        to: f64,
        /// The values compared.
        #[serde(default)]
        over: Pool,
    },
    /// Distance from the mean in sample standard deviations (n − 1).
    ZScore {
        /// The score of the mean.
        #[serde(default)]
        mean: f64,
        /// What one standard deviation is worth.
        #[serde(default = "one")]
        #[schemars(extend("exclusiveMinimum" = 0.0))]
        deviation: f64,
        /// The values compared.
        #[serde(default)]
        over: Pool,
    },
    /// Rank from the worst, which is 1; ties take the lowest rank.
    Rank {
        /// Where the ranks 1 to n are stretched to; left out, they stay.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        range: Option<ScoreRange>,
        /// The values compared.
        #[serde(default)]
        over: Pool,
    },
    /// Share of the others that are worse, times `scale`.
    PercentileRank {
        /// What the worst value earns.
        #[serde(default, skip_serializing_if = "is_zero")]
        from: f64,
        /// What the best value earns.
        #[serde(default = "hundred")]
        #[schemars(extend("exclusiveMinimum" = 0.0))]
        scale: f64,
        /// The values compared.
        #[serde(default)]
        over: Pool,
    },
    /// Borda points: how many are worse.
    Borda {
        /// Where the points 0 to n − 1 are stretched to; left out, they stay.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        range: Option<ScoreRange>,
        /// The values compared.
        #[serde(default)]
        over: Pool,
    },
    /// A table of steps: the score of the highest step that the value reaches.
    Steps {
        /// The score below the first step.
        below: f64,
        /// The steps, rising.
        #[schemars(length(min = 1))]
        steps: Vec<Step>,
    },
    /// A table of values that stand for categories.
    Categories {
        /// The categories; any other value is a finding.
        #[schemars(length(min = 1))]
        categories: Vec<Category>,
    },
    /// Nothing short of a floor, full marks from a target on, in proportion
    /// between them.
    LinearThreshold {
        /// The value that still counts: above the target where lower is better.
        floor: f64,
        /// The value from which on marks are full.
        target: f64,
        /// What falling short of the floor earns.
        #[serde(default)]
        below: f64,
        /// What the floor itself earns.
        #[serde(default)]
        at_floor: f64,
        /// What full marks are.
        #[serde(default = "hundred")]
        scale: f64,
    },
}

impl Normalisation {
    /// The values that a data-driven method compares with; `None` for the others.
    pub fn pool(&self) -> Option<Pool> {
        match self {
            Normalisation::MinMax { over, .. }
            | Normalisation::PercentileGoalposts { over, .. }
            | Normalisation::DistanceToMax { over, .. }
            | Normalisation::DistanceToReference { over, .. }
            | Normalisation::DistanceToTarget { over, .. }
            | Normalisation::FractionOfMax { over, .. }
            | Normalisation::ZScore { over, .. }
            | Normalisation::Rank { over, .. }
            | Normalisation::PercentileRank { over, .. }
            | Normalisation::Borda { over, .. } => Some(*over),
            Normalisation::None
            | Normalisation::Goalposts { .. }
            | Normalisation::Scaled { .. }
            | Normalisation::Steps { .. }
            | Normalisation::Categories { .. }
            | Normalisation::LinearThreshold { .. } => None,
        }
    }

    /// Whether bounds are given in the indicator's own unit, so that values must
    /// still be in it.
    pub fn has_own_bounds(&self) -> bool {
        matches!(
            self,
            Normalisation::Goalposts { .. }
                | Normalisation::Scaled { .. }
                | Normalisation::DistanceToTarget { .. }
                | Normalisation::Steps { .. }
                | Normalisation::Categories { .. }
                | Normalisation::LinearThreshold { .. }
        )
    }
}

fn hundred() -> f64 {
    100.0
}

fn one() -> f64 {
    1.0
}

fn yes() -> bool {
    true
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_zero(number: &f64) -> bool {
    *number == 0.0
}
