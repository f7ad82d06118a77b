use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Id;

/// What a mean does about children without a value. A framework must say it:
/// there is no silent default.
///
/// A child that is *not applicable* never counts against a unit: it leaves the
/// mean, and the weights of the others are rescaled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MissingPlan {
    /// What happens when a child is missing.
    pub policy: MissingPolicy,
    /// The share of children that must be present for a score, 0 to 1, under
    /// `rescale` and `group-score`; for example 0.65. Substituted scores do not
    /// count as present.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub availability: f64,
    /// The kind of group whose members lend their mean score, under
    /// `group-score`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Id>,
}

/// What happens when a child is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MissingPolicy {
    /// The parent is missing too.
    RequireAll,
    /// The weights of the others are rescaled to sum to 1.
    Rescale,
    /// The mean score of the ranked units of the same group stands in, in the
    /// same period, as in the SDG Index; where the group has none, the weights of
    /// the others are rescaled.
    GroupScore,
}
