use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which units have enough data to be assessed, period by period (Handbook,
/// step 3; the JRC asks for 65 % in its audits). A unit that has not is left out
/// of every comparison and listed as not assessed, with the reason.
///
/// Only indicators that count towards the index are counted. What is not
/// applicable is not expected.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScreeningPlan {
    /// What is counted.
    #[serde(default)]
    pub by: Screen,
    /// The share of expected values that must be there.
    #[serde(default = "two_thirds")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub availability: f64,
    /// The share of the values there that must differ from zero.
    #[serde(default = "one_in_twenty")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub non_zero: f64,
}

/// What screening counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Screen {
    /// Missing values.
    #[default]
    Missing,
    /// Zeros among the values.
    Zeros,
    /// Both: failing one is enough.
    Both,
}

fn two_thirds() -> f64 {
    2.0 / 3.0
}

fn one_in_twenty() -> f64 {
    0.05
}
