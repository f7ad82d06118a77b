use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Other methods that rank the units of the edition beside the index, on the same
/// normalised scores and weights. They change no result: where they agree with
/// the index, the order does not hang on the choice of method.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CrossCheckPlan {
    /// The methods, in the order of the documents.
    #[schemars(length(min = 1))]
    pub methods: Vec<CrossMethod>,
    /// What they compare units by.
    #[serde(default)]
    pub over: CrossOver,
}

/// A method that ranks units beside the index; each is described under
/// [`Aggregation`](super::Aggregation).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CrossMethod {
    /// Relative closeness to the best (Hwang and Yoon 1981).
    Topsis,
    /// Compromise ranking (Opricovic 1998), majority and worst regret weighing the same.
    Vikor,
    /// Weighted rank-sum ratio (田凤调 1988).
    RankSumRatio,
    /// Copeland's outranking: pairs won less pairs lost.
    Copeland,
}

/// What a cross-check compares units by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CrossOver {
    /// The indicators, with their weights in the index.
    #[default]
    Indicators,
    /// The children of the index, with their weights.
    Dimensions,
}

impl CrossMethod {
    /// Every method.
    pub const ALL: [CrossMethod; 4] =
        [CrossMethod::Topsis, CrossMethod::Vikor, CrossMethod::RankSumRatio, CrossMethod::Copeland];

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            CrossMethod::Topsis => "topsis",
            CrossMethod::Vikor => "vikor",
            CrossMethod::RankSumRatio => "rank-sum-ratio",
            CrossMethod::Copeland => "copeland",
        }
    }

    /// Whether a unit must have all values to be compared.
    pub fn needs_all(self) -> bool {
        self != CrossMethod::Copeland
    }
}
