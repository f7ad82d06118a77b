use serde::Serialize;

/// A statistical audit in plain words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoherenceReading {
    /// What the figures of an audit are.
    pub terms: Vec<CoherenceTerm>,
    /// What was found, kind by kind in the order of the audit.
    pub found: Vec<CoherenceFound>,
    /// Said in its place where nothing was found.
    pub none: String,
}

/// One figure of an audit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoherenceTerm {
    /// What it is called.
    pub term: String,
    /// What it is, in one to three sentences.
    pub means: String,
}

/// Everything found of one kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoherenceFound {
    /// The kind, as in `audit.json`.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// What it means for a reader of the index.
    pub means: String,
    /// What to do about it.
    pub deed: String,
    /// How many there are.
    pub count: usize,
    /// One line for each, the furthest from its threshold first; at most as many
    /// as were asked for.
    pub items: Vec<String>,
    /// That there are more, if there are.
    pub more: Option<String>,
}
