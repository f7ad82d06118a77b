use std::collections::{BTreeMap, BTreeSet};

use super::Material;
use crate::index::{quarters, small_samples};
use crate::model::Id;
use crate::plan::{Audience, Detail, Rule};

/// What result tables show of single units to an audience.
pub(super) struct Release<'a> {
    material: Material<'a>,
    nodes: Vec<&'a Id>,
    indicators: Vec<&'a Id>,
    quarters: BTreeMap<&'a Id, Vec<Option<u8>>>,
    /// By row, what would tell the value of a small sample.
    withheld: BTreeMap<usize, BTreeSet<Id>>,
}

/// A result as an audience may see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shown {
    /// There is none, or none to be seen.
    Nothing,
    /// The quarter of the ranked units, 1 the best.
    Quarter(u8),
    /// The unrounded score.
    Score(f64),
}

impl<'a> Release<'a> {
    pub(super) fn new(material: Material<'a>) -> Self {
        let disclosure = material.disclosure;
        let nodes = match disclosure.dimensions {
            Detail::None => Vec::new(),
            // Quarters of many nodes would tell much of the index together.
            Detail::Quarters => dimensions(material),
            Detail::Scores => material.framework.nodes.iter().map(|node| &node.id).collect(),
        };
        let indicators = match disclosure.indicators {
            Detail::None => Vec::new(),
            Detail::Quarters | Detail::Scores => material.input.indicators().iter().collect(),
        };
        let by_quarter = |detail: Detail, ids: &[&'a Id]| match detail {
            Detail::Quarters => ids.to_vec(),
            Detail::None | Detail::Scores => Vec::new(),
        };
        let in_quarters =
            [by_quarter(disclosure.dimensions, &nodes), by_quarter(disclosure.indicators, &indicators)];
        let quarters = in_quarters
            .concat()
            .into_iter()
            .map(|id| (id, quarters(material.input, material.evaluation, id, disclosure.small_cells)))
            .collect();
        let rows = 0..material.input.panel().rows();
        let withheld =
            rows.map(|row| (row, withheld(material, row))).filter(|(_, ids)| !ids.is_empty()).collect();
        Self { material, nodes, indicators, quarters, withheld }
    }

    /// The nodes of which anything is shown.
    pub(super) fn nodes(&self) -> &[&'a Id] {
        &self.nodes
    }

    /// The indicators of which anything is shown.
    pub(super) fn indicators(&self) -> &[&'a Id] {
        &self.indicators
    }

    /// Whether nodes are shown by quarter.
    pub(super) fn nodes_by_quarter(&self) -> bool {
        self.material.disclosure.dimensions == Detail::Quarters
    }

    /// Whether indicators are shown by quarter.
    pub(super) fn indicators_by_quarter(&self) -> bool {
        self.material.disclosure.indicators == Detail::Quarters
    }

    /// Whether the result of an indicator or node is withheld in a row, since a value
    /// of few cases could be told from it.
    pub(super) fn withholds(&self, id: &Id, row: usize) -> bool {
        self.withheld.get(&row).is_some_and(|ids| ids.contains(id))
    }

    /// The result of a node or a normalised indicator in a row.
    pub(super) fn result(&self, id: &Id, row: usize) -> Shown {
        if self.withholds(id, row) {
            return Shown::Nothing;
        }
        if let Some(quarters) = self.quarters.get(id) {
            return quarters.get(row).copied().flatten().map_or(Shown::Nothing, Shown::Quarter);
        }
        if !self.nodes.contains(&id) && !self.indicators.contains(&id) {
            return Shown::Nothing;
        }
        let score = self.material.evaluation.column(id).and_then(|column| column.value(row));
        score.map_or(Shown::Nothing, Shown::Score)
    }
}

/// What small samples cost the public of a row, where it sees indicators.
pub(super) fn withheld(material: Material<'_>, row: usize) -> BTreeSet<Id> {
    let disclosure = material.disclosure;
    if disclosure.audience == Audience::Internal || disclosure.indicators == Detail::None {
        return BTreeSet::new();
    }
    let nodes = disclosure.dimensions == Detail::Scores;
    small_samples(material.input, material.evaluation, disclosure.small_cells, nodes, row)
}

/// The children of the index.
fn dimensions(material: Material<'_>) -> Vec<&Id> {
    let plan = &material.evaluation.plan;
    match plan.node(&plan.index).map(|node| &node.rule) {
        Some(Rule::Aggregate { children, .. }) => children.iter().collect(),
        Some(Rule::Formula(formula)) => formula.names().iter().collect(),
        None => Vec::new(),
    }
}
