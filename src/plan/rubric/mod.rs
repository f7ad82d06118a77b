//! What a rubric file declares: how marks become scores, scores placings and
//! placings prizes.

mod operation;
mod scheme;
mod stage;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostics::Bilingual;
use crate::model::Id;
use crate::numeric::Rounding;

pub use operation::{Axis, Centre, Constant, Limit, Operation, RankTies, Reference, SpreadRule, Threshold};
pub use scheme::{Criterion, CriterionKind, Part, Scheme, Term};
pub use stage::{
    Advance, AtCut, Boundary, Individual, Prefer, Prize, ShareRounding, Sharing, Stage, StageRound,
    StageScore, TieBreak,
};

/// A set of scoring rules, plain data. One TOML file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "benchline rubric")]
pub struct Rubric {
    /// What the rules are called.
    pub name: Bilingual,
    /// Version of the rules.
    pub version: String,
    /// In one or two sentences, what they are for.
    pub description: Bilingual,
    /// Who stands behind the rules, and where they are published.
    pub source: Bilingual,
    /// What the entries are called: `参赛队` / `teams`.
    pub entries: Bilingual,
    /// What happens to a value that lies exactly between two roundings, unless a
    /// step says otherwise.
    pub rounding: Rounding,
    /// How entries that share a score share places.
    #[serde(default)]
    pub places: Sharing,
    /// What entries get that did not come, gave up or were disqualified.
    #[serde(default)]
    pub absence: Absences,
    /// The panels of judges.
    #[serde(default, rename = "panel", skip_serializing_if = "Vec::is_empty")]
    pub panels: Vec<Panel>,
    /// Ways of scoring a round.
    #[serde(rename = "scheme")]
    #[schemars(length(min = 1))]
    pub schemes: Vec<Scheme>,
    /// The stages in the order in which they are held.
    #[serde(rename = "stage")]
    #[schemars(length(min = 1))]
    pub stages: Vec<Stage>,
    /// Rankings of members.
    #[serde(default, rename = "individual", skip_serializing_if = "Vec::is_empty")]
    pub individuals: Vec<Individual>,
    /// The prizes, the highest first.
    #[serde(default, rename = "prize", skip_serializing_if = "Vec::is_empty")]
    pub prizes: Vec<Prize>,
}

/// A panel of judges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Panel {
    /// Id of the panel.
    pub id: Id,
    /// What it is called.
    pub name: Bilingual,
    /// Facts, such as `province`, in which a judge and an entry may not agree: a
    /// judge who does agree is recused from the entry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recuse: Vec<String>,
    /// What stands for a mark of a judge who is absent.
    #[serde(default)]
    pub absent: AbsentJudge,
}

/// What stands for the marks of an absent judge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AbsentJudge {
    /// Nothing: the others decide.
    #[default]
    LeaveOut,
    /// The mean of the others' marks, unrounded.
    MeanOfOthers,
    /// Nothing can: an absent judge is a finding.
    Refuse,
}

/// What entries get that have no performance to be marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Absences {
    /// The entry, or a member, did not come.
    #[serde(default)]
    pub no_show: Absence,
    /// The entry gave up.
    #[serde(default)]
    pub forfeit: Absence,
}

/// What an absence is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Absence {
    /// No score and no place.
    #[default]
    Unranked,
    /// A score of 0.
    Zero,
}

impl Rubric {
    /// The scheme of this id.
    pub fn scheme(&self, id: &Id) -> Option<&Scheme> {
        self.schemes.iter().find(|scheme| scheme.id == *id)
    }

    /// The position of the panel of this id.
    pub fn panel(&self, id: &Id) -> Option<usize> {
        self.panels.iter().position(|panel| panel.id == *id)
    }

    /// The rounds of all stages, in the order in which they are held, with the
    /// position of the stage of each.
    pub fn rounds(&self) -> impl Iterator<Item = (usize, &StageRound)> {
        let stages = self.stages.iter().enumerate();
        stages.flat_map(|(at, stage)| stage.rounds.iter().map(move |round| (at, round)))
    }
}
