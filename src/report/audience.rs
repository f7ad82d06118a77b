use serde::{Deserialize, Serialize};

/// Who a document is for, which decides how much of the results it may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Those who are assessed, and those who assess them: everything computed.
    Internal,
    /// Everybody: nothing finer than the publication policy allows.
    Public,
}

impl Audience {
    /// As folders and views name it.
    pub fn code(self) -> &'static str {
        match self {
            Audience::Internal => "internal",
            Audience::Public => "public",
        }
    }
}
