use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Id;

use super::Pool;

/// What stands in for a missing value of an indicator (Handbook, step 3). Every
/// value that was filled in is marked in all outputs; what cannot be filled in
/// stays missing and is noted. A value that is not applicable is never filled in.
///
/// Figures are taken from ranked units that passed screening; benchmarks are
/// filled in with the same figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "method", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Imputation {
    /// Nothing: aggregation deals with what is missing.
    #[default]
    None,
    /// The mean of the indicator.
    Mean {
        /// A kind of group: the mean of the unit's own group.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        within: Option<Id>,
        /// The values averaged.
        #[serde(default)]
        over: Pool,
    },
    /// The median of the indicator.
    Median {
        /// A kind of group: the median of the unit's own group.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        within: Option<Id>,
        /// The values compared.
        #[serde(default)]
        over: Pool,
    },
    /// What the unit's other indicators let expect: their mean on a scale from
    /// the worst to the best value, taken back to the indicator's own unit.
    RowMean {
        /// The indicators averaged.
        #[serde(default)]
        of: RowScope,
        /// The values that make the scale.
        #[serde(default)]
        over: Pool,
    },
    /// The unit's last value before.
    Latest {
        /// How old it may be: years where periods are numbers, else periods.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(min = 0.0))]
        max_age: Option<f64>,
    },
    /// On the straight line between the unit's values before and after; nothing
    /// outside them.
    Linear,
    /// As `linear`, and the first or last value outside them.
    LinearConstant,
    /// The unit's last value before, else its first value after.
    Constant,
    /// What a linear regression on other indicators of the unit predicts, fitted
    /// by least squares on the units that have them all.
    Regression {
        /// The indicators it is predicted from.
        #[schemars(length(min = 1))]
        on: Vec<Id>,
        /// The units it is fitted on.
        #[serde(default)]
        over: Pool,
    },
    /// The expected value under a joint normal distribution of all indicators
    /// with this method, estimated by expectation maximisation.
    Em {
        /// The values it is fitted on.
        #[serde(default)]
        over: Pool,
    },
}

/// Which indicators of a unit stand in for a missing one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RowScope {
    /// All that count towards a node.
    #[default]
    All,
    /// Those under the same parent.
    Siblings,
}

impl Imputation {
    /// Whether nothing is filled in.
    pub fn is_none(&self) -> bool {
        *self == Imputation::None
    }
}
