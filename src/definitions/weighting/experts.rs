//! Weights that a sheet of experts gives, once it is read.

use super::super::document::at;
use super::super::framework::FrameworkDefinition;
use crate::diagnostics::Place;
use crate::model::{Id, Weights};
use crate::plan::{Aggregation, Expert, ExpertSheet, Rule, Weighting, budget_shares};

/// A node whose experts are still to be read.
#[derive(Clone, Debug)]
pub struct AwaitedExperts {
    /// The node.
    pub node: Id,
    /// Its children.
    pub children: Vec<Id>,
    /// Where their points stand.
    pub sheet: ExpertSheet,
    /// Where the framework names that.
    pub place: Place,
}

impl FrameworkDefinition {
    /// The nodes whose experts are still to be read. Until they are, their
    /// children weigh the same.
    pub fn awaited_experts(&self) -> Vec<AwaitedExperts> {
        let specs = self.framework.nodes.iter().enumerate();
        let awaited = specs.filter_map(|(index, spec)| {
            let Some(Weighting::Budget { experts, sheet: Some(sheet), .. }) = &spec.weighting else {
                return None;
            };
            let children = self.plan.node(&spec.id)?.inputs().to_vec();
            let place =
                self.document.place(&[&at!["node", index][..], &at!["weighting", "sheet", "file"]].concat());
            experts.is_empty().then(|| AwaitedExperts {
                node: spec.id.clone(),
                children,
                sheet: sheet.as_ref().clone(),
                place,
            })
        });
        awaited.collect()
    }

    /// Puts experts where a sheet was named: one number of points per child of
    /// the node, in their order. Nothing happens if they make no weights.
    pub fn settle_experts(&mut self, node: &Id, experts: Vec<Expert>) -> Option<()> {
        let planned = self.plan.nodes.iter_mut().find(|planned| planned.id == *node)?;
        let Rule::Aggregate { method, children, weights, weighting, .. } = &mut planned.rule else {
            return None;
        };
        let spec = self.framework.nodes.iter_mut().find(|spec| spec.id == *node)?;
        let means: Vec<f64> = budget_shares(&experts)?.iter().map(|share| share.mean).collect();
        *weights = Weights::from_shares(&means).ok()?;
        if let (Aggregation::WeightedSum { total }, Some(Aggregation::WeightedSum { total: None })) =
            (method, &spec.aggregate)
        {
            *total = Some(means.iter().sum());
        }
        // A plan says what is run, wherever it was read.
        let settled = |sheet| Weighting::Budget { of: children.clone(), experts: experts.clone(), sheet };
        let sheet = match spec.weighting.take() {
            Some(Weighting::Budget { sheet, .. }) => sheet,
            _ => None,
        };
        *weighting = settled(None);
        spec.weighting = Some(settled(sheet));
        Some(())
    }
}
