use serde::Serialize;

/// How other methods rank the units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CrossCheckView {
    /// Heading.
    pub title: String,
    /// What it comes to.
    pub text: String,
    /// One per method.
    pub rows: Vec<CrossRow>,
}

/// How one method ranks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CrossRow {
    /// The method.
    pub method: String,
    /// How many units are compared.
    pub compared: String,
    /// Rank correlation with the index.
    pub correlation: Option<String>,
    /// Mean difference of ranks.
    pub mean: String,
    /// Largest difference of ranks.
    pub most: String,
    /// The units farthest apart, where the report ranks units one by one.
    pub movers: Option<String>,
}
