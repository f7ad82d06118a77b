use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Pool;

/// What is done about outliers before normalisation (Handbook, step 3.4; the
/// default rule is that of COINr's `Treat`). Bounds and shapes are taken from
/// ranked units that passed screening.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "method", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Treatment {
    /// Nothing.
    #[default]
    None,
    /// Nothing while |skewness| < `skewness` or kurtosis < `kurtosis`. Else a few
    /// points are moved to the next value inwards; if that does not do, all
    /// values are transformed.
    Outliers {
        /// Most points that may be moved.
        #[serde(default = "five")]
        winsorise: u32,
        /// What is tried when moving points does not do.
        #[serde(default)]
        transform: Transform,
        /// The exponent of `box-cox`; 0 is the logarithm.
        #[serde(default, skip_serializing_if = "is_zero")]
        lambda: f64,
        /// When a transform is kept.
        #[serde(default)]
        keep_transform: KeepTransform,
        /// Smallest absolute skewness of an outlying distribution.
        #[serde(default = "two")]
        #[schemars(extend("exclusiveMinimum" = 0.0))]
        skewness: f64,
        /// Smallest excess kurtosis of an outlying distribution.
        #[serde(default = "three_and_a_half")]
        kurtosis: f64,
        /// The values judged together.
        #[serde(default)]
        over: Pool,
    },
    /// A transform of all values, whatever their shape.
    Transform {
        /// Which.
        transform: Transform,
        /// The exponent of `box-cox`; 0 is the logarithm.
        #[serde(default, skip_serializing_if = "is_zero")]
        lambda: f64,
        /// The values that give the transform its bounds.
        #[serde(default)]
        over: Pool,
    },
}

/// A rising function that draws in a long tail. x is the value, min, max and
/// range are those of the pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Transform {
    /// x.
    None,
    /// ln x; refuses values of zero or less.
    Log,
    /// ln(x − min + 0.01 range).
    #[default]
    LogCt,
    /// As `log-ct` for a right tail; −ln(max + 0.01 range − x) for a left one.
    LogCtPlus,
    /// ln(x − min + 1).
    LogCtOrig,
    /// (z^λ − 1) / λ with z = x − min + 1; ln z for λ = 0.
    BoxCox,
}

/// When a transform is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeepTransform {
    /// Only if it ends closer to passing than the values as read; otherwise they
    /// stay as they were, and a note says so.
    #[default]
    Improves,
    /// Whatever it leads to, as COINr does.
    Always,
}

impl Treatment {
    /// Whether values stay as they are.
    pub fn is_none(&self) -> bool {
        *self == Treatment::None
    }

    /// Whether values may leave the indicator's own unit.
    pub fn transforms(&self) -> bool {
        match self {
            Treatment::None => false,
            Treatment::Outliers { transform, .. } | Treatment::Transform { transform, .. } => {
                *transform != Transform::None
            }
        }
    }
}

fn five() -> u32 {
    5
}

fn two() -> f64 {
    2.0
}

fn three_and_a_half() -> f64 {
    3.5
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_zero(number: &f64) -> bool {
    *number == 0.0
}
