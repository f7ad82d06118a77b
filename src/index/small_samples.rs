use std::collections::BTreeSet;

use super::Evaluation;
use crate::model::Id;
use crate::plan::NodePlan;
use crate::validate::IndexInput;

/// The indicators and nodes of a single unit, in one row, that are withheld from who may
/// not see what fewer than `least` persons or calls said: indicators whose value
/// rests on a sample of fewer and, where `nodes` are shown as scores, what else it
/// takes so that no weighted mean tells the one that is missing: of the children of
/// a node that is shown none or at least two are withheld, of one that is withheld
/// at least one. The index is shown in any case.
pub fn small_samples(
    input: &IndexInput,
    evaluation: &Evaluation,
    least: usize,
    nodes: bool,
    row: usize,
) -> BTreeSet<Id> {
    let is_few = |at: usize| {
        let observation = input.observation(at, row);
        let n = observation.sample.and_then(|sample| sample.n).and_then(|n| usize::try_from(n).ok());
        observation.cell.value().is_some() && n.is_some_and(|n| n < least)
    };
    let indicators = input.indicators().iter().enumerate();
    let mut withheld: BTreeSet<Id> =
        indicators.filter(|(at, _)| is_few(*at)).map(|(_, id)| id.clone()).collect();
    if nodes {
        protect(evaluation, row, &mut withheld);
    }
    withheld
}

/// Withholds more until nothing that is withheld follows from what is shown. Each
/// turn adds one, so it ends.
fn protect(evaluation: &Evaluation, row: usize, withheld: &mut BTreeSet<Id>) {
    let index = &evaluation.plan.index;
    while let Some(more) =
        evaluation.plan.nodes.iter().find_map(|node| needed(evaluation, row, node, withheld))
    {
        if more == *index || !withheld.insert(more) {
            return;
        }
    }
}

/// What to withhold so that a node and its children do not tell each other.
fn needed(evaluation: &Evaluation, row: usize, node: &NodePlan, withheld: &BTreeSet<Id>) -> Option<Id> {
    let has = |id: &Id| evaluation.column(id).and_then(|column| column.value(row)).is_some();
    let children: Vec<&Id> = node.inputs().iter().filter(|id| has(id)).collect();
    let hidden = children.iter().filter(|id| withheld.contains(**id)).count();
    let told = if withheld.contains(&node.id) { hidden == 0 } else { hidden == 1 };
    if !told {
        return None;
    }
    let is_node = |id: &Id| evaluation.plan.node(id).is_some();
    let mut others: Vec<&Id> = children.into_iter().filter(|id| !withheld.contains(*id)).collect();
    others.sort_by_key(|id| is_node(id));
    others.first().map(|id| (*id).clone()).or_else(|| Some(node.id.clone()))
}
