use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What becomes of columns that hold personal data: numbers of phones and identity
/// cards, addresses of e-mail, names of persons.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Privacy {
    /// What is done with them.
    pub personal: Personal,
    /// Path within the project of the file that holds the key of `hash`, at least 16
    /// letters. It is never shown, nor part of any output.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// Columns that look so and hold nothing personal.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<String>,
}

impl Privacy {
    /// Whether it is what holds where nothing is said.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// What is done with a column of personal data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Personal {
    /// An error.
    #[default]
    Refuse,
    /// Columns that only tell one from another (`cluster` of dial tests) are read as
    /// keyed SHA-256 (HMAC, RFC 2104); others are not read.
    Hash,
    /// They are not read.
    Drop,
}
