use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SampleColumns;

/// The columns of a table in long layout: one row per value, which names its
/// indicator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LongColumns {
    /// Column of the indicator: its id, its name in either language, or what
    /// `columns` says it is called.
    pub indicator: String,
    /// Column of the value.
    pub value: String,
    /// Columns that say what sample the value rests on; empty where it rests on
    /// none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<SampleColumns>,
}
