use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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

/// One category of a categorical scale.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// The number that stands for it in the data.
    pub value: f64,
    /// What it earns.
    pub score: f64,
}

/// Scores of the worst and of the best.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreRange {
    /// The worst value's score.
    pub from: f64,
    /// The best value's score.
    pub to: f64,
}

/// What happens where the unit that a distance is measured to is itself the
/// worst, so that there is no distance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WorstReference {
    /// It is an error: the indicator tells nobody apart.
    #[default]
    Refuse,
    /// As in COINr with a cap: what is better earns the reference's score, and
    /// what equals it has none.
    Missing,
}

impl WorstReference {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
    pub(super) fn is_refused(&self) -> bool {
        *self == WorstReference::Refuse
    }
}
