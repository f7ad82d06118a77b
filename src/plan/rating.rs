use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostics::Bilingual;
use crate::model::Id;
use crate::numeric::nearly_equal;

use super::{Basis, Gate};

/// How scores are rated: a rule that gives every ranked unit with a score one
/// band, and gates that can hold a unit back from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RatingPlan {
    /// Which form of the score is rated.
    pub on: Basis,
    /// How a score finds its band; left out, by bounds on the score.
    #[serde(default, skip_serializing_if = "RatingRule::is_thresholds")]
    pub rule: RatingRule,
    /// The kind of group within whose members the rule compares: peers. Left
    /// out, all ranked units are compared with each other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Id>,
    /// The bands, best first.
    #[serde(rename = "band")]
    #[schemars(length(min = 1))]
    pub bands: Vec<Band>,
    /// What a band asks besides the score.
    #[serde(default, rename = "gate", skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<Gate>,
}

/// How a score finds its band. All but `thresholds` compare the ranked, scored
/// units of one period with each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "method", rename_all = "kebab-case", deny_unknown_fields)]
pub enum RatingRule {
    /// The bounds of a band are scores.
    #[default]
    Thresholds,
    /// The bounds of a band are sample standard deviations (n − 1) from the mean.
    ZBands,
    /// The bounds of a band are probabilities; the score at each is the quantile
    /// of type 7.
    Quantile,
    /// A band takes the places down to its `top`; the last takes the rest. A tie
    /// goes to the band of its best place.
    TopN,
    /// A band takes the places down to `top_share` of all; the last takes the
    /// rest. A tie goes to the band of its best place.
    Share {
        /// What becomes of a part of a place.
        #[serde(default)]
        places: Places,
    },
    /// The bands that leave the least sum of squares inside them (Fisher 1958,
    /// Jenks 1977), found exactly; equal scores stay together.
    NaturalBreaks,
}

/// How a share of the units becomes a number of places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Places {
    /// Never more than the share: 2.5 % of 342 are 8.
    #[default]
    Down,
    /// Never less than the share: 2.5 % of 342 are 9.
    Up,
}

/// One rating: the scores between two bounds, each of which says whether it
/// belongs. A bound left out is open. What the bounds measure is said by the
/// [`RatingRule`]; bands by place state `top` or `top_share` in their stead.
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
    /// Last place of the band, under `top-n`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub top: Option<u32>,
    /// Share of the units that this band and the better ones take, under `share`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = 1.0), extend("exclusiveMinimum" = 0.0))]
    pub top_share: Option<f64>,
}

impl Places {
    /// How many of `count` units are the `share` of them.
    pub fn of(self, share: f64, count: usize) -> usize {
        let exact = share * count as f64;
        // 0.1 × 30 must be 3 places however it is stored.
        let places = match self {
            Places::Down => (exact + 1e-9).floor(),
            Places::Up => (exact - 1e-9).ceil(),
        };
        places.max(0.0) as usize
    }
}

impl RatingRule {
    /// Whether the bounds of bands are scores.
    pub fn is_thresholds(&self) -> bool {
        *self == RatingRule::Thresholds
    }

    /// Whether bands have bounds.
    pub fn has_bounds(self) -> bool {
        matches!(self, RatingRule::Thresholds | RatingRule::ZBands | RatingRule::Quantile)
    }
}

impl Band {
    /// Whether `score` is in the band. A score [nearly equal](nearly_equal) to a
    /// bound is on it: rounding noise decides nothing.
    pub fn contains(&self, score: f64) -> bool {
        let on = |bound: f64| nearly_equal(score, bound);
        self.at_least.is_none_or(|bound| score >= bound || on(bound))
            && self.above.is_none_or(|bound| score > bound && !on(bound))
            && self.below.is_none_or(|bound| score < bound && !on(bound))
            && self.at_most.is_none_or(|bound| score <= bound || on(bound))
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
    /// The position of the band that claims `score` by its bounds.
    pub fn band_of(&self, score: f64) -> Option<usize> {
        self.bands.iter().position(|band| band.contains(score))
    }

    /// The gates of the band at a position, by position.
    pub fn gates_of(&self, band: usize) -> impl Iterator<Item = usize> {
        let id = self.bands.get(band).map(|band| &band.id);
        let guards = move |gate: &Gate| gate.bands.is_empty() || id.is_some_and(|id| gate.bands.contains(id));
        self.gates.iter().enumerate().filter(move |(_, gate)| guards(gate)).map(|(at, _)| at)
    }
}
