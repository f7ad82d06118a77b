use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Id;

use super::{Aggregation, Imputation, MissingPlan, Normalisation, ScreeningPlan, Treatment, Weighting};

/// How sure an audit makes itself of each rank and rating: which choices of the
/// plan are varied, whether sampling error is carried, and how often.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RobustnessPlan {
    /// How often the index is computed anew, for each source of doubt.
    #[schemars(range(min = 20, max = 1_000_000))]
    pub draws: u32,
    /// Seed of the draws; left out, the project's.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0))]
    pub seed: Option<i64>,
    /// Whether values that rest on samples are drawn anew within their sampling
    /// error.
    pub sampling: bool,
    /// The share of draws in the first so many places is reported.
    #[schemars(length(max = 6), inner(range(min = 1)))]
    pub top: Vec<u32>,
    /// Which assumptions drive the ranks; left out, it is not asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sobol: Option<SobolPlan>,
    /// Whether every indicator and dimension is left out once, and every unit.
    pub removal: bool,
    /// The choices that are varied, each with its alternatives.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vary: Vec<Vary>,
}

impl Default for RobustnessPlan {
    fn default() -> Self {
        Self {
            draws: 1_000,
            seed: None,
            sampling: true,
            top: vec![10],
            sobol: None,
            removal: true,
            vary: Vec::new(),
        }
    }
}

/// How first-order and total indices of Sobol are estimated: `scrambles`
/// independent Owen scrambles of a Sobol sequence of `base` points; with d
/// assumptions that is scrambles · base · (d + 2) evaluations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SobolPlan {
    /// Points of each scramble: a power of 2.
    #[schemars(range(min = 16, max = 65_536))]
    pub base: u32,
    /// How many scrambles; the interval is made from their spread.
    #[schemars(range(min = 16, max = 256))]
    pub scrambles: u32,
}

impl Default for SobolPlan {
    fn default() -> Self {
        Self { base: 256, scrambles: 16 }
    }
}

/// A choice of the plan and what may take its place. In every draw one of the
/// alternatives is taken, all with equal probability; what the plan itself
/// declares is one of them unless `declared = false`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "what", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Vary {
    /// What stands in for missing values.
    Imputation {
        /// The alternatives.
        #[schemars(length(min = 1))]
        alternatives: Vec<Imputation>,
        /// The indicators that take them; left out, those for which the plan
        /// declares a method, or all if it does for none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        indicators: Vec<Id>,
        /// Whether the plan's own choice is one of them.
        #[serde(default = "yes")]
        declared: bool,
    },
    /// What is done about outliers.
    Treatment {
        /// The alternatives; `{ method = "none" }` does nothing.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        alternatives: Vec<Treatment>,
        /// More of them: the declared treatment with so many points moved at most.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        winsorise: Vec<u32>,
        /// The indicators that take them; left out, those for which the plan
        /// declares a treatment, or all if it does for none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        indicators: Vec<Id>,
        /// Whether the plan's own choice is one of them.
        #[serde(default = "yes")]
        declared: bool,
    },
    /// How indicators get onto the common scale.
    Normalisation {
        /// The alternatives.
        #[schemars(length(min = 1))]
        alternatives: Vec<Normalisation>,
        /// The indicators that take them; left out, all but those of a step or
        /// category scale and those taken as they are.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        indicators: Vec<Id>,
        /// Whether the plan's own choice is one of them.
        #[serde(default = "yes")]
        declared: bool,
    },
    /// Every weight times its own random factor from 1 − `by` to 1 + `by`, then
    /// brought back to a sum of 1 among siblings.
    WeightNoise {
        /// The largest relative change.
        #[serde(default = "quarter")]
        #[schemars(range(max = 1.0), extend("exclusiveMinimum" = 0.0))]
        by: f64,
        /// How many sets of weights are drawn; each draw takes one of them.
        #[serde(default = "thousand")]
        #[schemars(range(min = 2, max = 100_000))]
        sets: u32,
        /// The nodes whose children are weighed anew; left out, all that read
        /// weights.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        nodes: Vec<Id>,
    },
    /// Weights from a Dirichlet distribution around those declared.
    WeightDirichlet {
        /// How close they stay: a weight w has the variance w(1 − w) /
        /// (concentration + 1).
        #[schemars(range(max = 1_000_000.0), extend("exclusiveMinimum" = 0.0))]
        concentration: f64,
        /// How many sets of weights are drawn; each draw takes one of them.
        #[serde(default = "thousand")]
        #[schemars(range(min = 2, max = 100_000))]
        sets: u32,
        /// The nodes whose children are weighed anew; left out, all that read
        /// weights.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        nodes: Vec<Id>,
    },
    /// Named sets of weights of the framework.
    WeightSets {
        /// The sets; left out, all of them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        sets: Vec<Id>,
        /// Whether the weights in use are one of them.
        #[serde(default = "yes")]
        declared: bool,
    },
    /// The experts of a budget allocation one by one, instead of their mean.
    WeightExperts {
        /// The node whose `weighting` is a budget allocation.
        node: Id,
        /// Whether their mean is one of the alternatives.
        #[serde(default = "yes")]
        declared: bool,
    },
    /// Where weights come from.
    Weighting {
        /// The alternatives.
        #[schemars(length(min = 1))]
        alternatives: Vec<Weighting>,
        /// The nodes whose children take them; left out, all that read weights.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        nodes: Vec<Id>,
        /// Whether the plan's own choice is one of them.
        #[serde(default = "yes")]
        declared: bool,
    },
    /// How children become the score of their parent.
    Aggregation {
        /// The alternatives.
        #[schemars(length(min = 1))]
        alternatives: Vec<Aggregation>,
        /// The nodes that take them; left out, all that are means.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        nodes: Vec<Id>,
        /// Whether the plan's own choice is one of them.
        #[serde(default = "yes")]
        declared: bool,
    },
    /// What absent children do.
    Missing {
        /// The alternatives.
        #[schemars(length(min = 1))]
        alternatives: Vec<MissingPlan>,
        /// The nodes that take them; left out, all that are means.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        nodes: Vec<Id>,
        /// Whether the plan's own choice is one of them.
        #[serde(default = "yes")]
        declared: bool,
    },
    /// Which units have enough data to be assessed.
    Screening {
        /// The alternatives.
        #[schemars(length(min = 1))]
        alternatives: Vec<ScreeningPlan>,
        /// Whether the plan's own choice is one of them.
        #[serde(default = "yes")]
        declared: bool,
    },
    /// One indicator is left out, its siblings sharing its weight.
    LeaveOut {
        /// The indicators; left out, each that counts towards the index by a mean.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        indicators: Vec<Id>,
        /// Whether leaving out none is one of the alternatives.
        #[serde(default = "yes")]
        declared: bool,
    },
}

impl Vary {
    /// The word of `what` in a project file.
    pub fn word(&self) -> &'static str {
        match self {
            Vary::Imputation { .. } => "imputation",
            Vary::Treatment { .. } => "treatment",
            Vary::Normalisation { .. } => "normalisation",
            Vary::WeightNoise { .. } => "weight-noise",
            Vary::WeightDirichlet { .. } => "weight-dirichlet",
            Vary::WeightSets { .. } => "weight-sets",
            Vary::WeightExperts { .. } => "weight-experts",
            Vary::Weighting { .. } => "weighting",
            Vary::Aggregation { .. } => "aggregation",
            Vary::Missing { .. } => "missing",
            Vary::Screening { .. } => "screening",
            Vary::LeaveOut { .. } => "leave-out",
        }
    }
}

fn yes() -> bool {
    true
}

fn quarter() -> f64 {
    0.25
}

fn thousand() -> u32 {
    1_000
}
