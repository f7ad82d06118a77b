use serde::Serialize;

use crate::model::Id;

/// Ranks of units among those of their group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupRanks {
    /// The kind of group.
    pub kind: Id,
    /// What is ranked: the index first, then its children.
    pub ids: Vec<Id>,
    /// Every assessed unit that belongs to a member: member by member in the
    /// order of the framework, by rank within.
    pub units: Vec<UnitRanks>,
}

/// Ranks of one unit within its member.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitRanks {
    /// Which unit.
    pub unit: usize,
    /// The member.
    pub member: Id,
    /// Its competition ranks, as [`GroupRanks::ids`].
    pub ranks: Vec<Option<usize>>,
}

/// Where a unit stands in one element.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standing {
    /// The indicator or node.
    pub id: Id,
    /// Its score; `None` where it has none.
    pub score: Option<f64>,
    /// Its competition rank among the assessed units.
    pub rank: Option<usize>,
    /// Units ranked.
    pub of: usize,
}

/// How often no weights of the index's children can turn the order of two units:
/// one is at least level in all of them and ahead in one. Over the units that
/// have them all.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Dominance {
    /// Pairs compared.
    pub pairs: usize,
    /// Those of them with a settled order.
    pub dominant: usize,
    /// `dominant` / `pairs`.
    pub share: f64,
}
