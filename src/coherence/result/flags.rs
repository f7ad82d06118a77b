use serde::Serialize;

use crate::model::Id;

/// Something that a reader of the index should know; a report puts it into words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flag {
    /// What it is about.
    pub kind: FlagKind,
    /// The indicator or node; `None` where it is a unit.
    pub id: Option<Id>,
    /// The other indicator, the parent or the variable of size.
    pub with: Option<Id>,
    /// The unit.
    pub unit: Option<usize>,
    /// The figure; `None` where there is none to give.
    pub value: Option<f64>,
    /// What it was held against.
    pub threshold: Option<f64>,
}

/// What a [`Flag`] is about, in the order of the audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FlagKind {
    /// A unit with too few values.
    UnitCoverage,
    /// An indicator with too few values.
    IndicatorCoverage,
    /// An indicator that does not vary: it tells nobody apart.
    Constant,
    /// An indicator shaped by outliers even after treatment.
    Outliers,
    /// Too many units with the highest score.
    Ceiling,
    /// An index in which many units share a score.
    Ties,
    /// An element that pulls against its parent.
    NegativeLink,
    /// An element that hardly shows in its parent.
    WeakLink,
    /// An element that all but is its parent.
    DominantLink,
    /// Two elements that say the same.
    Collinear,
    /// An indicator that follows a variable of size.
    Size,
    /// Children that measure more than one thing: more than one eigenvalue above 1.
    Components,
    /// Children that hardly measure one thing together: alpha below 0.7.
    Alpha,
    /// An element whose weight in effect is far from that on paper.
    Weight,
}
