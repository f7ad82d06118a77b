use std::collections::{HashMap, HashSet};

use super::node::{Kind, NodeProgram, Source};
use super::{Fault, Ground, Leaves, Space};
use crate::model::Id;
use crate::plan::{Plan, Requirement, Rule};

/// Where the weight of each child of each node stands in one list: that of the
/// plan as declared, so that plans edited in other ways share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    /// The weights as declared.
    pub(crate) weights: Vec<f64>,
    /// Node and child of each.
    pub(crate) edges: Vec<(Id, Id)>,
}

impl Layout {
    pub(crate) fn of(plan: &Plan) -> Self {
        let mut layout = Self::default();
        for node in &plan.nodes {
            let Rule::Aggregate { children, weights, .. } = &node.rule else { continue };
            for (child, weight) in children.iter().zip(weights.as_slice()) {
                layout.edges.push((node.id.clone(), child.clone()));
                layout.weights.push(*weight);
            }
        }
        layout
    }

    /// Position of the weight of a child.
    pub(crate) fn position(&self, node: &Id, child: &Id) -> Option<usize> {
        self.edges.iter().position(|(parent, one)| parent == node && one == child)
    }
}

/// The nodes of a plan compiled for one period: those that the index and the
/// gates of its rating need, children before parents.
#[derive(Debug)]
pub(crate) struct Program {
    pub(super) nodes: Vec<NodeProgram>,
    /// The index among them.
    pub(super) index: Source,
    /// Where each indicator and node is found.
    pub(super) sources: HashMap<Id, Source>,
}

impl Program {
    /// Compiles the nodes of `plan`, whose weights stand in a list laid out like
    /// `layout`. A child that the layout does not know has no weight.
    pub(crate) fn new(plan: &Plan, layout: &Layout) -> Self {
        let needed = needed(plan);
        let leaves = plan.indicators.iter().enumerate();
        let mut sources: HashMap<Id, Source> =
            leaves.map(|(at, indicator)| (indicator.id.clone(), Source::Leaf(at))).collect();
        let mut nodes = Vec::new();
        for node in plan.nodes.iter().filter(|node| needed.contains(&node.id)) {
            let source = |id: &Id| sources.get(id).copied().unwrap_or(Source::Nothing);
            let inputs: Vec<Source> = node.inputs().iter().map(source).collect();
            let weights = node.inputs().iter().map(|child| layout.position(&node.id, child));
            let weights = weights.map(|at| at.unwrap_or(usize::MAX)).collect();
            nodes.push(NodeProgram { kind: Kind::of(node), inputs, weights, node: node.clone() });
            sources.insert(node.id.clone(), Source::Node(nodes.len() - 1));
        }
        let index = sources.get(&plan.index).copied().unwrap_or(Source::Nothing);
        Self { nodes, index, sources }
    }

    /// Computes the index of every ranked unit that passed screening from the
    /// leaves and from the weights in `space`, into its scores.
    pub(crate) fn run(&self, ground: &Ground<'_>, leaves: &Leaves, space: &mut Space) -> Result<(), Fault> {
        space.slots.resize_with(self.nodes.len().max(space.slots.len()), Default::default);
        for (at, node) in self.nodes.iter().enumerate() {
            node.run(at, ground, leaves, space)?;
        }
        let units = ground.units();
        space.scores.clear();
        match self.index {
            Source::Node(at) => {
                if let Some(slot) = space.slots.get_mut(at) {
                    slot.need_values();
                    space.scores.extend_from_slice(&slot.values);
                }
            }
            Source::Leaf(at) => {
                space.scores.extend(leaves.columns.get(at).iter().flat_map(|leaf| leaf.values()));
            }
            Source::Nothing => {}
        }
        space.scores.resize(units, f64::NAN);
        for (unit, score) in space.scores.iter_mut().enumerate() {
            let screened = leaves.failed_screening.get(unit).copied().unwrap_or(false);
            if screened || !ground.ranked.get(unit).copied().unwrap_or(false) {
                *score = f64::NAN;
            }
        }
        Ok(())
    }
}

/// The nodes below the index and below what gates ask for.
fn needed(plan: &Plan) -> HashSet<&Id> {
    let gates = plan.rating.iter().flat_map(|rating| &rating.gates);
    let floors = gates.flat_map(|gate| match &gate.requires {
        Requirement::Floor { of, .. } => of.as_slice(),
        _ => &[],
    });
    let mut open: Vec<&Id> = std::iter::once(&plan.index).chain(floors).collect();
    let mut needed = HashSet::new();
    while let Some(id) = open.pop() {
        if needed.insert(id) {
            open.extend(plan.node(id).map_or(&[][..], |node| node.inputs()));
        }
    }
    needed
}
