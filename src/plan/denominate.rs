use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Id;

/// An indicator divided by a context variable, so that large and small units
/// compare: value / `by` × `factor` (Handbook, step 5.3).
///
/// A unit without the variable has no value; a variable of zero or less is a
/// finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Denominator {
    /// The context variable.
    pub by: Id,
    /// What the quotient is multiplied by: 10000 makes a rate per 10,000.
    #[serde(default = "one")]
    #[schemars(extend("exclusiveMinimum" = 0.0))]
    pub factor: f64,
}

fn one() -> f64 {
    1.0
}
