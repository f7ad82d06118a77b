use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::numeric::{RankMethod, Rounding};

/// How scores are rounded for showing, ranking and rating. The unrounded score
/// is kept beside the rounded one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScorePlan {
    /// Decimal places kept.
    #[schemars(range(max = 8))]
    pub decimals: u8,
    /// What happens to a value that lies exactly between two roundings.
    pub rounding: Rounding,
}

/// Which form of the score decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The score as rounded for publication: what readers see is what counts.
    Rounded,
    /// The unrounded score.
    Raw,
}

/// How scores are ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RankPlan {
    /// Which form of the score is ranked.
    pub on: Basis,
    /// What ties do to the places after them.
    pub method: RankMethod,
}
