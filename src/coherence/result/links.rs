use serde::Serialize;

use super::CorrelationTriple;
use crate::model::Id;

/// How an element correlates with a node that it counts towards.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Link {
    /// The element.
    pub id: Id,
    /// The node.
    pub node: Id,
    /// Whether the node is its parent.
    pub parent: bool,
    /// Whether it is the only child of that node, whose correlation says nothing.
    pub only: bool,
    /// The correlations of their scores.
    pub correlations: CorrelationTriple,
    /// What Pearson's r says.
    pub reading: LinkReading,
}

/// What a correlation with a parent says (JRC practice).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkReading {
    /// Below 0: it pulls the other way.
    Negative,
    /// From 0 and below 0.3: it hardly shows in the node.
    Weak,
    /// From 0.3 to 0.92.
    Sound,
    /// Above 0.92: the node hardly says more than it does.
    Dominant,
    /// There is no correlation, or it is an only child.
    Unknown,
}

/// Two indicators, or two siblings, that say much the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// The first in the order of the elements.
    pub one: Id,
    /// The other.
    pub other: Id,
    /// The parent that they share; `None` if they do not.
    pub node: Option<Id>,
    /// Pearson's r of their scores.
    pub r: f64,
    /// Whether |r| is above the threshold of collinear pairs (0.92); else it is
    /// above that of high ones (0.4), which is looked for among siblings only.
    pub collinear: bool,
}

/// How an indicator as read correlates with a context variable, most of which
/// are measures of size: above 0.2 it may be measuring size.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SizeLink {
    /// The indicator.
    pub id: Id,
    /// The context variable.
    pub variable: Id,
    /// Pearson's r of the values as they are scored (after division by a
    /// denominator, if any) with the variable.
    pub r: f64,
    /// Units with both.
    pub n: usize,
    /// Whether the indicator is divided by that variable.
    pub divided: bool,
}
