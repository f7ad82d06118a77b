use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the scores of children become the score of their parent (Handbook on
/// Constructing Composite Indicators, OECD/JRC 2008, step 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "method", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Aggregation {
    /// Weighted arithmetic mean: a strength makes up for a weakness in full.
    Arithmetic,
    /// Weighted geometric mean: it makes up in part. Refuses values of zero or less.
    Geometric,
    /// Weighted harmonic mean: it makes up least. Refuses values of zero or less.
    Harmonic,
}

impl Aggregation {
    /// Whether values of zero or less have no mean of this kind.
    pub fn needs_positive(self) -> bool {
        !matches!(self, Aggregation::Arithmetic)
    }
}
