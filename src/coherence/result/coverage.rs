use serde::Serialize;

use crate::model::Id;

/// How complete the data of the edition are, as read and before anything was
/// filled in. JRC practice asks for 65 % of every unit and every indicator.
/// Cells that do not apply to a unit are not expected of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coverage {
    /// The nodes that `UnitCoverage::nodes` follows: each node of the index.
    pub nodes: Vec<Id>,
    /// Every ranked unit, assessed or not, in registry order.
    pub units: Vec<UnitCoverage>,
    /// Every indicator of the index.
    pub indicators: Vec<IndicatorCoverage>,
    /// Share of all expected cells that have a value; `None` if none is expected.
    pub share: Option<f64>,
}

/// How complete one unit's data are.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitCoverage {
    /// Which unit.
    pub unit: usize,
    /// Indicators that apply to it.
    pub expected: usize,
    /// Those with a value.
    pub present: usize,
    /// Those whose value is zero.
    pub zeros: usize,
    /// `present` / `expected`; `None` if nothing applies.
    pub share: Option<f64>,
    /// The share of values that are not zero; `None` without values.
    pub non_zero: Option<f64>,
    /// The share of the indicators below each of [`Coverage::nodes`].
    pub nodes: Vec<Option<f64>>,
    /// Whether `share` reaches the threshold.
    pub passes: bool,
}

/// How complete one indicator is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndicatorCoverage {
    /// Which.
    pub id: Id,
    /// Ranked units that it applies to.
    pub expected: usize,
    /// Those with a value.
    pub present: usize,
    /// `present` / `expected`; `None` if it applies to nobody.
    pub share: Option<f64>,
    /// Whether `share` reaches the threshold.
    pub passes: bool,
    /// The same for every member with units, kind by kind in the order of the
    /// framework.
    pub members: Vec<MemberCoverage>,
}

/// How complete an indicator is among the units of a group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MemberCoverage {
    /// The kind of group.
    pub kind: Id,
    /// The member.
    pub member: Id,
    /// Units that it applies to.
    pub expected: usize,
    /// Those with a value.
    pub present: usize,
    /// `present` / `expected`; `None` if it applies to nobody.
    pub share: Option<f64>,
    /// Whether `share` reaches the threshold.
    pub passes: bool,
}
