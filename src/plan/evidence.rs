use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostics::Bilingual;
use crate::model::Id;

/// A kind of evidence: dial tests, operating statistics, questionnaires. A
/// framework may bound the share that one kind has in the index, so that no
/// later change of weights breaks its promise unseen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceKind {
    /// Id of the kind.
    pub id: Id,
    /// What it is called.
    pub name: Bilingual,
    /// Largest share in the index of all its indicators, in per cent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 100.0))]
    pub at_most: Option<f64>,
    /// Smallest share in the index of all its indicators, in per cent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 100.0))]
    pub at_least: Option<f64>,
}
