use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostics::Bilingual;
use crate::model::Id;

use super::Basis;

/// How scores are rated: bands that together claim every score exactly once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RatingPlan {
    /// Which form of the score is rated.
    pub on: Basis,
    /// The bands, best first.
    #[serde(rename = "band")]
    #[schemars(length(min = 1))]
    pub bands: Vec<Band>,
}

/// One rating: the scores between two bounds, each of which says whether it
/// belongs. A bound left out is open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Id of the band.
    pub id: Id,
    /// What it is called.
    pub name: Bilingual,
    /// Lower bound that belongs to the band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
    /// Lower bound that does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<f64>,
    /// Upper bound that does not belong to the band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<f64>,
    /// Upper bound that does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<f64>,
}

impl Band {
    /// Whether `score` is in the band.
    pub fn contains(&self, score: f64) -> bool {
        self.at_least.is_none_or(|bound| score >= bound)
            && self.above.is_none_or(|bound| score > bound)
            && self.below.is_none_or(|bound| score < bound)
            && self.at_most.is_none_or(|bound| score <= bound)
    }

    /// The lower bound, whether it belongs or not.
    pub fn lower(&self) -> Option<f64> {
        self.at_least.or(self.above)
    }

    /// The upper bound, whether it belongs or not.
    pub fn upper(&self) -> Option<f64> {
        self.below.or(self.at_most)
    }
}

impl RatingPlan {
    /// The position of the band that claims `score`.
    pub fn band_of(&self, score: f64) -> Option<usize> {
        self.bands.iter().position(|band| band.contains(score))
    }
}
