use serde::Serialize;

use crate::model::Id;

/// Weights on paper against weights in effect, of what counts towards a node
/// (Paruolo, Saisana and Saltelli 2013; Becker, Saisana, Paruolo and
/// Vandecasteele 2017).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Influence {
    /// The node.
    pub node: Id,
    /// Whether its indicators are weighed, not its children.
    pub by_indicators: bool,
    /// One for each of them.
    pub of: Vec<Influencer>,
}

/// The weight of one element, on paper and in effect.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Influencer {
    /// The element.
    pub id: Id,
    /// Its share of the node on paper: the product of weights down the tree.
    /// They sum to 1.
    pub nominal: f64,
    /// Correlation ratio, linear: r² with the node. The share of the node's
    /// variance that would go if this element were known.
    pub linear: Option<f64>,
    /// Correlation ratio, spline: R² of a restricted cubic spline of the node on
    /// the element. Never below `linear`.
    pub spline: Option<f64>,
    /// `linear` over the sum of all: the weight in effect; they sum to 1.
    pub linear_share: Option<f64>,
    /// `spline` over the sum of all; they sum to 1.
    pub spline_share: Option<f64>,
    /// `spline_share` / `nominal`: 1 is balance. `None` where the weight is 0.
    pub ratio: Option<f64>,
}
