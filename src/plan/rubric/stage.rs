use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostics::Bilingual;
use crate::model::Id;
use crate::numeric::Exact;

use super::{Operation, Term};

/// A stage: one or more rounds, after which entries are placed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Id of the stage.
    pub id: Id,
    /// What it is called.
    pub name: Bilingual,
    /// Its rounds in the order in which they are held.
    #[serde(rename = "round")]
    #[schemars(length(min = 1))]
    pub rounds: Vec<StageRound>,
    /// How its score is made; left out, the sum of its rounds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<StageScore>,
    /// What parts entries of equal score, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<TieBreak>,
    /// Who goes on to the next stage; left out, everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advance: Option<Advance>,
}

/// A round: one scheme applied once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StageRound {
    /// Id of the round, unique in the rubric.
    pub id: Id,
    /// What it is called.
    pub name: Bilingual,
    /// How it is scored.
    pub scheme: Id,
    /// What `times-round` multiplies with: rounds of one scheme may differ in it.
    #[serde(default = "super::scheme::one")]
    pub factor: Exact,
    /// What parts entries of equal score in the round's own placing, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<TieBreak>,
}

/// How a stage's score is made from rounds and earlier stages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StageScore {
    /// What is added up: the score of a `round`, or a `part` of it, or the score
    /// of an earlier `stage`.
    #[schemars(length(min = 1))]
    pub terms: Vec<Term>,
    /// What is done to the sum, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Operation>,
}

/// A figure that parts entries of equal score. One of `part`, `round` and
/// `stage` is given; `part` may go with `round`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TieBreak {
    /// A part, of the round that `round` names, or of the stage's only round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Id>,
    /// The score of a round, or the round of the part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<Id>,
    /// The score of a stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Id>,
    /// Which figure is better.
    #[serde(default)]
    pub prefer: Prefer,
    /// Compares the numbers of a part one by one from the best down, where the
    /// part has several: the best attempt, then the second best.
    #[serde(default)]
    pub countback: bool,
}

/// Which of two figures is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Prefer {
    /// The higher one.
    #[default]
    Higher,
    /// The lower one.
    Lower,
}

/// How entries that nothing parts share places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sharing {
    /// 1, 2, 2, 4.
    #[default]
    Competition,
    /// 1, 2, 2, 3.
    Dense,
}

/// Who goes on. One of `quota`, `share` and `minimum` is given; `minimum` may go
/// with either of the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Advance {
    /// How many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<u32>,
    /// Which share of the entries placed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Exact>,
    /// How a share becomes a number.
    #[serde(default)]
    pub share_rounding: ShareRounding,
    /// The least score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Exact>,
    /// A fact, such as `field`: the quota then holds for each of its values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// What happens to entries of equal standing at the cut.
    pub at_cut: AtCut,
    /// How many of the next are reserves.
    #[serde(default)]
    pub reserves: u32,
}

/// What happens to entries of equal standing at a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AtCut {
    /// All of them go on.
    All,
    /// None of them goes on.
    None,
    /// The jury must place them: a finding until it does.
    Decide,
}

/// How a share of entries becomes a number of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ShareRounding {
    /// Never more than the share.
    #[default]
    Down,
    /// Never less than the share.
    Up,
    /// The nearest number, a half up.
    HalfUp,
}

/// A ranking of members by a part of a round that is marked per member.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Individual {
    /// Id of the ranking, unlike that of any stage.
    pub id: Id,
    /// What it is called.
    pub name: Bilingual,
    /// The round.
    pub round: Id,
    /// The part, which leaves one number per member.
    pub part: Id,
    /// What parts members of equal score, in order: further such parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<TieBreak>,
}

/// A prize. One of `count`, `share` and `minimum` is given; `minimum` may go with
/// either of the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Prize {
    /// Id of the prize.
    pub id: Id,
    /// What it is called.
    pub name: Bilingual,
    /// The stage or the ranking of members that it is given by. Prizes of one
    /// ranking are given one after the other, from the top.
    pub of: Id,
    /// How many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// Which share of those placed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Exact>,
    /// How a share becomes a number.
    #[serde(default)]
    pub share_rounding: ShareRounding,
    /// The least score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Exact>,
    /// Scores at most this far below the last winner's win too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<Exact>,
    /// What happens to entries of equal standing at its lower boundary.
    #[serde(default)]
    pub boundary: Boundary,
}

/// What happens to entries of equal standing across the boundary of a prize.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Boundary {
    /// All get the higher prize; the next prize has so many fewer.
    #[default]
    Reduce,
    /// All get the higher prize; the next prize keeps its number.
    Keep,
    /// All get the lower prize.
    Lower,
}
