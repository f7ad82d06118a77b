use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Id;

/// A sheet of dial tests: one row for each call, reduced to the values of
/// indicators with their samples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CallFile {
    /// Path within the project.
    pub file: String,
    /// Column of the unit that was called, by code or name.
    pub unit: String,
    /// Column of the period; left out, every row is of the edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// Columns that together tell which calls of a unit may resemble each other:
    /// the tester, the day. They widen the standard errors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cluster: Vec<String>,
    /// What the calls are reduced to.
    #[schemars(length(min = 1))]
    pub reduce: Vec<Reduction>,
    /// Columns to pass over without a warning.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
}

/// How the calls of a unit become the value of an indicator: as a `share` or as a
/// `mean`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reduction {
    /// The indicator.
    pub indicator: Id,
    /// Column that says yes or no; the value is the share of yes. Calls without a
    /// word count neither way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<String>,
    /// Column of numbers; the value is their mean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean: Option<String>,
    /// The calls that count: a column and the words that it may hold.
    #[serde(default, rename = "where", skip_serializing_if = "IndexMap::is_empty")]
    pub filter: IndexMap<String, Vec<String>>,
}

impl Reduction {
    /// The column that is reduced.
    pub fn column(&self) -> Option<&str> {
        self.share.as_deref().or(self.mean.as_deref())
    }
}
