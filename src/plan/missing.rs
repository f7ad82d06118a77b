use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a mean does about children without a value. A framework must say it:
/// there is no silent default.
///
/// A child that is *not applicable* never counts against a unit: it leaves the
/// mean, and the weights of the others are rescaled.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MissingPlan {
    /// What happens when a child is missing.
    pub policy: MissingPolicy,
    /// The share of children that must be present for a score, 0 to 1, under
    /// `rescale`; for example 0.65.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub availability: f64,
}

/// What happens when a child is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MissingPolicy {
    /// The parent is missing too.
    RequireAll,
    /// The weights of the others are rescaled to sum to 1.
    Rescale,
}
