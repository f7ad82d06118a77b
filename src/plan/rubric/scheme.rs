use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostics::Bilingual;
use crate::model::Id;
use crate::numeric::Exact;

use super::Operation;

/// A way of scoring one round: what is marked, and how marks become the score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// Id of the scheme.
    pub id: Id,
    /// The part that is the round's score.
    pub score: Id,
    /// What is marked.
    #[serde(rename = "criterion")]
    #[schemars(length(min = 1))]
    pub criteria: Vec<Criterion>,
    /// The parts of the score; each may use those before it.
    #[serde(rename = "part")]
    #[schemars(length(min = 1))]
    pub parts: Vec<Part>,
}

/// Something marked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Id of the criterion; a column of this name holds its marks.
    pub id: Id,
    /// What it is called; a column of either name holds its marks too.
    pub name: Bilingual,
    /// Where its marks come from and what they do.
    #[serde(default)]
    pub kind: CriterionKind,
    /// The panel that marks it; left out, it is measured and has no judge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panel: Option<Id>,
    /// The lowest mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Exact>,
    /// The highest mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Exact>,
    /// Most decimal places of a mark; left out, any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimals: Option<u8>,
    /// The step between marks, such as 0.25; left out, none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Exact>,
    /// Its weight or factor, which `weigh` and `weighted-mean` use.
    #[serde(default = "one")]
    pub weight: Exact,
    /// Whether each member is marked.
    #[serde(default)]
    pub per_member: bool,
    /// Whether each attempt is marked.
    #[serde(default)]
    pub per_attempt: bool,
    /// The kind of event whose value is the mark; without the event it is 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// Whether a mark may be absent; it is then left out.
    #[serde(default)]
    pub optional: bool,
    /// What exactly is looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<Bilingual>,
}

/// Where marks come from and what they do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CriterionKind {
    /// A judgement.
    #[default]
    Judged,
    /// A measurement or count: right answers, seconds.
    Measured,
    /// Taken away; written as a positive number.
    Deduction,
    /// Added on top.
    Bonus,
}

/// A part of a score: marks or terms, and what is done to them, in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Id of the part.
    pub id: Id,
    /// What it is called.
    pub name: Bilingual,
    /// The criteria whose marks it starts from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Id>,
    /// Instead of marks, what is added up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Term>,
    /// What is done, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Operation>,
    /// The decimal places that tables show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<u8>,
}

/// One summand; exactly one of `part`, `attempt`, `round` and `stage` is given,
/// but for a `part` of a `round` in the score of a stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// An earlier part of the scheme, or a part of the round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Id>,
    /// The attempts' own value of this name, such as `base`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<String>,
    /// The score of a round of this stage or an earlier one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<Id>,
    /// The score of an earlier stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Id>,
    /// What it is multiplied with.
    #[serde(default = "one")]
    pub times: Exact,
}

pub(super) fn one() -> Exact {
    Exact::from(1)
}

impl Scheme {
    /// The position of the criterion of this id.
    pub fn criterion(&self, id: &Id) -> Option<usize> {
        self.criteria.iter().position(|criterion| criterion.id == *id)
    }

    /// The position of the part of this id.
    pub fn part(&self, id: &Id) -> Option<usize> {
        self.parts.iter().position(|part| part.id == *id)
    }
}
