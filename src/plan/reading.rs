use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostics::Bilingual;
use crate::model::Id;

/// How reports read the results of a framework. It changes no result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Reading {
    /// The score of a dimension or an indicator below which it counts as weak.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weak_below: Option<f64>,
    /// How many of the best bands reports count together as leading: 2 for A+
    /// and A.
    #[schemars(range(min = 1))]
    pub leading: usize,
    /// The kinds of group named under a unit in lists, at most two. Left out: the
    /// one with a map and the second of the others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 2))]
    pub named_by: Vec<Id>,
    /// A rate that is claimed beside the one that shows whether it is true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub false_closure: Option<FalseClosure>,
}

impl Default for Reading {
    fn default() -> Self {
        Self { weak_below: None, leading: 1, named_by: Vec::new(), false_closure: None }
    }
}

/// Two indicators in one measure: what units claim to have closed and what was
/// found resolved. Their difference is shown, never scored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FalseClosure {
    /// The indicator of what is claimed: 办结率.
    pub claimed: Id,
    /// The indicator of what was found: 解决率.
    pub achieved: Id,
    /// The difference beyond which a unit is counted.
    #[schemars(range(min = 0.0))]
    pub wide: f64,
}

/// A theme of improvement that indicators belong to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Id of the theme.
    pub id: Id,
    /// What it is called.
    pub name: Bilingual,
    /// What to do, in one or two sentences.
    pub advice: Bilingual,
}
