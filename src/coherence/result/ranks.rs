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

/// How often the order of two units depends on no weight.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Dominance {
    /// Pairs compared.
    pub pairs: usize,
    /// Pairs of which one unit is ahead in every indicator.
    pub dominant: usize,
    /// `dominant` / `pairs`.
    pub share: f64,
}
