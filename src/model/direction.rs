use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which way is better. Normalisation takes it in, and nothing after
/// normalisation has one, so no value can be turned round twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// A higher value is better.
    Higher,
    /// A lower value is better.
    Lower,
}

impl Direction {
    /// `value` turned so that higher is better.
    pub fn orient(self, value: f64) -> f64 {
        match self {
            Direction::Higher => value,
            Direction::Lower => -value,
        }
    }
}
