use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::{Element, Thresholds};
use crate::index::Evaluation;
use crate::model::{Column, Id, Role};
use crate::numeric::Sorted;
use crate::plan::{Basis, Framework, NodePlan, Rule};
use crate::validate::IndexInput;

/// What all parts of an audit are drawn from.
pub(super) struct Ground<'a> {
    pub(super) input: &'a IndexInput,
    pub(super) framework: &'a Framework,
    pub(super) evaluation: &'a Evaluation,
    pub(super) thresholds: Thresholds,
    /// The ranked units, in registry order.
    pub(super) ranked: Vec<usize>,
    /// Those with a score.
    pub(super) assessed: Vec<usize>,
    /// Indicators, then nodes, children before parents, the index last.
    pub(super) elements: Vec<Element>,
    /// Scores of the assessed units, element by element.
    pub(super) scores: Vec<Vec<Option<f64>>>,
    /// The same, sorted.
    pub(super) sorted: Vec<Sorted>,
    places: HashMap<Id, usize>,
}

impl<'a> Ground<'a> {
    pub(super) fn new(
        input: &'a IndexInput,
        framework: &'a Framework,
        evaluation: &'a Evaluation,
        thresholds: Thresholds,
    ) -> Self {
        let start = input.panel().rows_of(input.edition()).start;
        let units = input.panel().units().iter().enumerate();
        let ranked: Vec<usize> =
            units.filter(|(_, unit)| unit.role == Role::Ranked).map(|(at, _)| at).collect();
        let has_score = |unit: &usize| {
            evaluation.outcomes.get(start + unit).is_some_and(|outcome| outcome.score.is_some())
        };
        let assessed: Vec<usize> = ranked.iter().copied().filter(has_score).collect();
        let elements = elements(framework, evaluation);
        let scores: Vec<Vec<Option<f64>>> = elements
            .iter()
            .map(|element| {
                let column = evaluation.column(&element.id);
                assessed.iter().map(|unit| column?.value(start + unit)).collect()
            })
            .collect();
        let sorted = scores.iter().map(|column| Sorted::new(column)).collect();
        let places = elements.iter().enumerate().map(|(at, element)| (element.id.clone(), at)).collect();
        Self { input, framework, evaluation, thresholds, ranked, assessed, elements, scores, sorted, places }
    }

    /// The row of a unit in the edition.
    pub(super) fn row(&self, unit: usize) -> usize {
        self.input.panel().rows_of(self.input.edition()).start + unit
    }

    /// The position of an element.
    pub(super) fn place(&self, id: &Id) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The positions of the indicators, which come first.
    pub(super) fn indicators(&self) -> &[Element] {
        let count = self.elements.iter().take_while(|element| element.indicator).count();
        self.elements.get(..count).unwrap_or_default()
    }

    /// The nodes of the index, children before parents, the index last.
    pub(super) fn nodes(&self) -> &[Element] {
        self.elements.get(self.indicators().len()..).unwrap_or_default()
    }

    /// What a node is made from, as positions.
    pub(super) fn children(&self, node: &Id) -> Vec<usize> {
        let inputs = self.evaluation.plan.node(node).map_or(&[][..], NodePlan::inputs);
        inputs.iter().filter_map(|id| self.place(id)).collect()
    }

    /// The weights of the children of a node on paper; `None` for a formula.
    pub(super) fn shares(&self, node: &Id) -> Option<&[f64]> {
        match &self.evaluation.plan.node(node)?.rule {
            Rule::Aggregate { weights, .. } => Some(weights.as_slice()),
            Rule::Formula(_) => None,
        }
    }

    /// The columns of indicators by id, at one stage before normalisation.
    pub(super) fn raw(&self, id: &Id) -> Option<&'a Arc<Column>> {
        let at = self.input.indicators().iter().position(|known| known == id)?;
        self.input.raw().column(at)
    }

    /// The position of an indicator in the plan.
    pub(super) fn in_plan(&self, id: &Id) -> Option<usize> {
        self.evaluation.plan.indicators.iter().position(|indicator| indicator.id == *id)
    }

    /// The values of these units in a column.
    pub(super) fn values(&self, column: &Column, units: &[usize]) -> Vec<Option<f64>> {
        units.iter().map(|unit| column.value(self.row(*unit))).collect()
    }

    /// Index scores of the assessed units as they are ranked.
    pub(super) fn ranked_scores(&self) -> Vec<Option<f64>> {
        let on = self.evaluation.plan.rank.on;
        let score = |unit: &usize| {
            let score = self.evaluation.outcomes.get(self.row(*unit))?.score?;
            Some(if on == Basis::Rounded { score.rounded } else { score.raw })
        };
        self.assessed.iter().map(score).collect()
    }

    /// Every member with units, kind by kind, with the ranked units that belong
    /// to it.
    pub(super) fn members(&self) -> Vec<(&'a Id, &'a Id, Vec<usize>)> {
        let mut members = Vec::new();
        for kind in &self.framework.groups {
            let mut of: BTreeMap<&Id, Vec<usize>> = BTreeMap::new();
            for unit in &self.ranked {
                let unit_of = self.input.panel().units().get(*unit);
                if let Some(member) = unit_of.and_then(|one| one.groups.get(&kind.id)) {
                    of.entry(member).or_default().push(*unit);
                }
            }
            let known = kind.members.iter();
            members.extend(known.filter_map(|member| Some((&kind.id, &member.id, of.remove(&member.id)?))));
        }
        members
    }
}

/// What the index is made from, with levels and weights.
fn elements(framework: &Framework, evaluation: &Evaluation) -> Vec<Element> {
    let plan = &evaluation.plan;
    let (mut open, mut below) = (vec![&plan.index], HashSet::new());
    while let Some(id) = open.pop() {
        if below.insert(id) {
            open.extend(plan.node(id).map_or(&[][..], NodePlan::inputs));
        }
    }
    let weights = plan.effective_weights();
    let mut levels: HashMap<&Id, usize> = HashMap::new();
    let indicators = plan.indicators.iter().map(|one| &one.id).filter(|id| below.contains(id));
    let mut elements: Vec<Element> = indicators
        .map(|id| Element { id: id.clone(), level: 1, indicator: true, weight: weights.get(id).copied() })
        .collect();
    for node in plan.nodes.iter().filter(|node| below.contains(&node.id)) {
        let level =
            1 + node.inputs().iter().map(|id| levels.get(id).copied().unwrap_or(1)).max().unwrap_or(0);
        levels.insert(&node.id, level);
        let weight = weights.get(&node.id).copied();
        elements.push(Element { id: node.id.clone(), level, indicator: false, weight });
    }
    // The order of the framework within a level; the index is above all.
    let listed: HashMap<&Id, usize> =
        framework.nodes.iter().enumerate().map(|(at, node)| (&node.id, at)).collect();
    elements.sort_by_key(|one| (!one.indicator, one.level, listed.get(&one.id).copied()));
    elements
}
