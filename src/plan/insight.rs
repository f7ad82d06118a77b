use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostics::Bilingual;
use crate::model::Id;

/// How a report about one unit is drawn from the results. It changes no result.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct InsightPlan {
    /// The kinds of group that a unit is compared with, at most two, the one of
    /// similar units last. Left out: the first two kinds of the framework of
    /// which no member has more than half of the units.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 2))]
    pub compare: Vec<Id>,
    /// How strengths and weaknesses are chosen.
    pub strengths: StrengthRule,
    /// What all units together are called: `全省`, `The province`. Left out, they
    /// are just all units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whole: Option<Bilingual>,
}

/// The rule by which an indicator is a strength of a unit; a weakness is its
/// mirror image. Neither is shown for a unit without a score, or with less than
/// 65 % of the values that apply to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "rule", rename_all = "kebab-case", deny_unknown_fields)]
pub enum StrengthRule {
    /// The indicators in which the unit is ahead of the most others: `count` of
    /// them, fewer if it has less than twice as many. Of equal ones the heavier
    /// comes first.
    Top {
        /// How many.
        #[serde(default = "three")]
        #[schemars(range(min = 1, max = 10))]
        count: usize,
    },
    /// Those at or above the unit's own `depth`-th highest percentile, equal
    /// ones included, and any indicator in which it is among the first three.
    Percentile {
        /// Which place in the unit's own order.
        #[serde(default = "ten")]
        #[schemars(range(min = 1, max = 40))]
        depth: usize,
    },
    /// The `count` indicators with the best ranks of the values as read, before
    /// anything was filled in; equal ranks in the order of the framework. The rule
    /// of COINr's `get_str_weak`.
    Rank {
        /// How many.
        #[serde(default = "five")]
        #[schemars(range(min = 1, max = 10))]
        count: usize,
        /// Ranks are those within the unit's group of this kind; left out, those
        /// of all units.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        within: Option<Id>,
    },
}

impl Default for StrengthRule {
    fn default() -> Self {
        Self::Top { count: three() }
    }
}

fn three() -> usize {
    3
}

fn five() -> usize {
    5
}

fn ten() -> usize {
    10
}

/// How much an improvement of an indicator takes, as its framework judges it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Effort {
    /// A matter of rules and habits.
    Low,
    /// A matter of people and training.
    Medium,
    /// A matter of money or of other bodies.
    High,
}

impl Effort {
    /// What one step of this effort counts when gains are compared: 1, 2 or 3.
    pub fn cost(self) -> f64 {
        match self {
            Effort::Low => 1.0,
            Effort::Medium => 2.0,
            Effort::High => 3.0,
        }
    }
}
