use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostics::Bilingual;
use crate::model::Id;

/// What a band asks besides the score. A unit that does not meet it keeps its
/// score and rank and gets the next band whose gates it meets; if there is none,
/// it is not rated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// Id of the gate.
    pub id: Id,
    /// What it asks, as reports say it.
    pub name: Bilingual,
    /// The bands that ask it; left out, all do, and who does not meet it is not
    /// rated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<Id>,
    /// What it asks.
    pub requires: Requirement,
}

/// What a gate asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Requirement {
    /// No score below a floor.
    Floor {
        /// The lowest score that passes, itself included.
        at_least: f64,
        /// The nodes and indicators, these by their normalised values; left out,
        /// all indicators of the index.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        of: Vec<Id>,
        /// What a missing score does.
        absent: AbsentScore,
    },
    /// An indicator's own value within bounds, both included.
    Value {
        /// The indicator.
        of: Id,
        /// The lowest value that passes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_least: Option<f64>,
        /// The highest value that passes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_most: Option<f64>,
        /// What a missing value does.
        absent: AbsentScore,
    },
    /// A share of the indicators of the index must have a value; what is not
    /// applicable is not expected.
    Availability {
        /// The lowest share that passes.
        #[schemars(range(min = 0.0, max = 1.0))]
        at_least: f64,
    },
}

/// What a score that is not there does to a gate. What is not applicable passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AbsentScore {
    /// It passes: nothing is known against the unit.
    Passes,
    /// It fails: the band must be shown to be deserved.
    Fails,
}
