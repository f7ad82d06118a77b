use std::collections::BTreeMap;

use super::Material;
use crate::index::quarters;
use crate::model::Id;
use crate::plan::{Detail, Rule};

/// What result tables show of single units to an audience.
pub(super) struct Release<'a> {
    material: Material<'a>,
    nodes: Vec<&'a Id>,
    indicators: Vec<&'a Id>,
    quarters: BTreeMap<&'a Id, Vec<Option<u8>>>,
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
        Self { material, nodes, indicators, quarters }
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

    /// The result of a node or a normalised indicator in a row.
    pub(super) fn result(&self, id: &Id, row: usize) -> Shown {
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

/// The children of the index.
fn dimensions(material: Material<'_>) -> Vec<&Id> {
    let plan = &material.evaluation.plan;
    match plan.node(&plan.index).map(|node| &node.rule) {
        Some(Rule::Aggregate { children, .. }) => children.iter().collect(),
        Some(Rule::Formula(formula)) => formula.names().iter().collect(),
        None => Vec::new(),
    }
}
