use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How an indicator gets onto the common scale (Handbook, step 5). The
/// indicator's direction is taken in here: afterwards higher is better.
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
        /// What full marks are.
        #[serde(default = "hundred")]
        #[schemars(extend("exclusiveMinimum" = 0.0))]
        scale: f64,
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
        /// The values compared.
        #[serde(default)]
        over: Pool,
    },
    /// Share of the others that are worse, times `scale`.
    PercentileRank {
        /// What the best value earns.
        #[serde(default = "hundred")]
        #[schemars(extend("exclusiveMinimum" = 0.0))]
        scale: f64,
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
}

/// How the way between goalposts is measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Curve {
    /// In the indicator's own unit.
    #[default]
    Linear,
    /// In natural logarithms.
    Log,
}

/// The values that a data-driven method compares a value with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Pool {
    /// Those of the same period.
    #[default]
    Period,
    /// Those of all periods, so that periods compare.
    AllPeriods,
}

/// One step of a step scale.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The value from which the step counts, itself included.
    pub at_least: f64,
    /// What it earns.
    pub score: f64,
}

fn hundred() -> f64 {
    100.0
}

fn one() -> f64 {
    1.0
}
