use std::sync::Arc;

use super::leaf::{decode, encode, log_of};
use super::slot::Slot;
use super::{Fault, Ground, Leaves, Space};
use crate::diagnostics::{Bilingual, bilingual};
use crate::index::aggregate::{self, Scored, score_node};
use crate::index::means::{Term, mean_of};
use crate::index::weigh;
use crate::model::{Cell, Column, Weights};
use crate::plan::{Aggregation, MissingPolicy, NodePlan, Rule};

/// Where the scores of an indicator or node are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// At a position of the leaves.
    Leaf(usize),
    /// At a position of the slots.
    Node(usize),
    /// Nowhere: the plan names what it does not have.
    Nothing,
}

/// How a node is computed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// Sums of weighted values times a number, column by column.
    Sum(f64),
    /// Sums of weighted logarithms.
    Product,
    /// A mean of another kind, row by row.
    Rows,
    /// As an evaluation does it: formulas, methods that compare units, weights by
    /// group, scores lent by groups.
    Whole,
}

impl Kind {
    pub(super) fn of(node: &NodePlan) -> Self {
        let Rule::Aggregate { method, missing, overrides, .. } = &node.rule else { return Kind::Whole };
        if method.compares() || !overrides.is_empty() || missing.policy == MissingPolicy::GroupScore {
            return Kind::Whole;
        }
        match method {
            Aggregation::Arithmetic => Kind::Sum(1.0),
            Aggregation::WeightedSum { total } => Kind::Sum(total.unwrap_or(1.0)),
            Aggregation::Geometric => Kind::Product,
            _ => Kind::Rows,
        }
    }
}

/// A node ready to be computed.
#[derive(Debug)]
pub(super) struct NodeProgram {
    pub(super) kind: Kind,
    pub(super) inputs: Vec<Source>,
    /// Position of each input's weight in the layout.
    pub(super) weights: Vec<usize>,
    pub(super) node: NodePlan,
}

impl NodeProgram {
    /// Computes the node into the slot at its position.
    pub(super) fn run(
        &self,
        at: usize,
        ground: &Ground<'_>,
        leaves: &Leaves,
        space: &mut Space,
    ) -> Result<(), Fault> {
        let Space { slots, weights, factors, shares, .. } = space;
        let end = slots.len();
        let (below, above) = slots.split_at_mut(at.min(end));
        let Some(slot) = above.first_mut() else { return Ok(()) };
        let mut inputs = Inputs { sources: &self.inputs, leaves, below };
        self.weigh(weights, factors, &mut inputs, ground, shares)?;
        let units = ground.units();
        match self.kind {
            Kind::Sum(times) => {
                inputs.need_values();
                sum(&inputs, shares, times, false, units, slot);
            }
            Kind::Product => {
                inputs.need_logs();
                sum(&inputs, shares, 1.0, true, units, slot);
            }
            Kind::Rows => {
                inputs.need_values();
                slot.values.clear();
                slot.values.resize(units, f64::NAN);
                (slot.has_values, slot.has_logs) = (true, false);
            }
            Kind::Whole => {
                inputs.need_values();
                return self.whole(&inputs, shares, factors, ground, slot);
            }
        }
        self.mend(&inputs, shares, units, slot)
    }

    /// The weights of the inputs, summing to 1: those of the draw, or those that
    /// the data give times what the draw multiplies them by.
    fn weigh(
        &self,
        weights: &[f64],
        factors: &[f64],
        inputs: &mut Inputs<'_>,
        ground: &Ground<'_>,
        shares: &mut Vec<f64>,
    ) -> Result<(), Fault> {
        shares.clear();
        let Rule::Aggregate { children, weighting, .. } = &self.node.rule else { return Ok(()) };
        if weighting.reads_data() {
            inputs.need_values();
            let columns = inputs.columns(ground.units());
            let columns: Vec<&Column> = columns.iter().map(Arc::as_ref).collect();
            let found = weigh::weights(weighting, children, &columns, &whole_ground(ground));
            match found {
                Some(Ok(found)) => {
                    let factor = |at: &usize| factors.get(*at).copied().unwrap_or(1.0);
                    let found = found.as_slice().iter().zip(&self.weights);
                    shares.extend(found.map(|(weight, at)| weight * factor(at)));
                }
                Some(Err(problem)) => return Err(self.fault(problem)),
                None => {}
            }
        } else {
            shares.extend(self.weights.iter().map(|at| weights.get(*at).copied().unwrap_or(0.0)));
        }
        let sum: f64 = shares.iter().sum();
        if sum > 0.0 {
            shares.iter_mut().for_each(|share| *share /= sum);
        }
        Ok(())
    }

    /// Computes the rows that have no number cell by cell: those that lack a
    /// child, and those that the method refuses.
    fn mend(&self, inputs: &Inputs<'_>, shares: &[f64], units: usize, slot: &mut Slot) -> Result<(), Fault> {
        let Rule::Aggregate { method, children, missing, .. } = &self.node.rule else { return Ok(()) };
        for row in 0..units {
            let numbers = if slot.has_values { &slot.values } else { &slot.logs };
            if numbers.get(row).is_some_and(|number| number.is_finite()) {
                continue;
            }
            let term = |(at, weight): (usize, &f64)| Term {
                cell: decode(inputs.value(at, row)),
                weight: *weight,
                lent: false,
            };
            let terms = shares.iter().enumerate().map(term);
            match mean_of(method, missing, terms, children) {
                Scored::Cell(cell) => {
                    let number = encode(cell);
                    if let Some(value) = slot.values.get_mut(row).filter(|_| slot.has_values) {
                        *value = number;
                    }
                    if let Some(log) = slot.logs.get_mut(row).filter(|_| slot.has_logs) {
                        *log = log_of(number);
                    }
                }
                Scored::Outside { input, .. } => return Err(self.refused(input.as_ref())),
            }
        }
        Ok(())
    }

    /// Computes the node as an evaluation does.
    fn whole(
        &self,
        inputs: &Inputs<'_>,
        shares: &[f64],
        factors: &[f64],
        ground: &Ground<'_>,
        slot: &mut Slot,
    ) -> Result<(), Fault> {
        let mut node = self.node.clone();
        if let Rule::Aggregate { weights, weighting, overrides, .. } = &mut node.rule {
            *weighting = Default::default();
            if let Ok(drawn) = Weights::from_shares(shares) {
                *weights = drawn;
            }
            for one in overrides {
                let own = one.weights.as_slice().iter().zip(&self.weights);
                let own: Vec<f64> =
                    own.map(|(weight, at)| weight * factors.get(*at).copied().unwrap_or(1.0)).collect();
                one.weights = Weights::from_shares(&own).unwrap_or_else(|_| one.weights.clone());
            }
        }
        let columns = inputs.columns(ground.units());
        let columns: Vec<&Column> = columns.iter().map(Arc::as_ref).collect();
        let result = score_node(&node, &columns, &whole_ground(ground));
        if let Some(outside) = result.outside.first() {
            return Err(self.refused(outside.input.as_ref()));
        }
        slot.values.clear();
        slot.values.extend(result.column.cells().map(encode));
        (slot.has_values, slot.has_logs) = (true, false);
        Ok(())
    }

    fn refused(&self, child: Option<&crate::model::Id>) -> Fault {
        let node = &self.node.id;
        self.fault(match child {
            Some(child) => bilingual!(
                "“{node}”的汇总办法不接受“{child}”的某个得分（多为零或负数）",
                "the method of `{node}` does not take some score of `{child}`, mostly zero or less"
            ),
            None => {
                bilingual!("“{node}”对某个单位算不出有限的结果", "`{node}` has no finite value for some unit")
            }
        })
    }

    fn fault(&self, problem: Bilingual) -> Fault {
        Fault { node: Some(self.node.id.clone()), problem }
    }
}

fn whole_ground<'a>(ground: &'a Ground<'_>) -> aggregate::Ground<'a> {
    aggregate::Ground::of(&ground.panel, 0)
}

/// Σ weight · value of the inputs, or of their logarithms, into the slot.
fn sum(inputs: &Inputs<'_>, shares: &[f64], times: f64, logs: bool, units: usize, slot: &mut Slot) {
    let into = if logs { &mut slot.logs } else { &mut slot.values };
    into.clear();
    into.resize(units, 0.0);
    for (at, weight) in shares.iter().enumerate() {
        let numbers = inputs.numbers(at, logs);
        if numbers.len() != units {
            into.fill(f64::NAN);
        }
        for (sum, number) in into.iter_mut().zip(numbers) {
            *sum += weight * number;
        }
    }
    if shares.iter().all(|share| *share == 0.0) {
        into.fill(f64::NAN);
    }
    if times != 1.0 {
        into.iter_mut().for_each(|sum| *sum *= times);
    }
    (slot.has_values, slot.has_logs) = (!logs, logs);
}

/// The inputs of a node.
struct Inputs<'a> {
    sources: &'a [Source],
    leaves: &'a Leaves,
    below: &'a mut [Slot],
}

impl Inputs<'_> {
    fn need_values(&mut self) {
        for source in self.sources {
            if let Source::Node(at) = source
                && let Some(slot) = self.below.get_mut(*at)
            {
                slot.need_values();
            }
        }
    }

    fn need_logs(&mut self) {
        for source in self.sources {
            if let Source::Node(at) = source
                && let Some(slot) = self.below.get_mut(*at)
            {
                slot.need_logs();
            }
        }
    }

    /// The numbers of an input, empty where there are none.
    fn numbers(&self, at: usize, logs: bool) -> &[f64] {
        match self.sources.get(at) {
            Some(Source::Leaf(leaf)) => match self.leaves.columns.get(*leaf) {
                Some(leaf) if logs => leaf.logs(),
                Some(leaf) => leaf.values(),
                None => &[],
            },
            Some(Source::Node(node)) => match self.below.get(*node) {
                Some(slot) if logs => &slot.logs,
                Some(slot) => &slot.values,
                None => &[],
            },
            _ => &[],
        }
    }

    /// The value of an input in a row, absences as numbers that are none.
    fn value(&self, at: usize, row: usize) -> f64 {
        let absent = encode(Cell::MISSING);
        match self.sources.get(at) {
            Some(Source::Node(node)) => match self.below.get(*node) {
                Some(slot) if slot.has_values => slot.values.get(row).copied().unwrap_or(absent),
                Some(slot) => {
                    let log = slot.logs.get(row).copied().unwrap_or(absent);
                    if log.is_nan() { log } else { libm::exp(log) }
                }
                None => absent,
            },
            _ => self.numbers(at, false).get(row).copied().unwrap_or(absent),
        }
    }

    /// The inputs as columns.
    fn columns(&self, units: usize) -> Vec<Arc<Column>> {
        let column = |at: usize| Arc::new((0..units).map(|row| decode(self.value(at, row))).collect());
        (0..self.sources.len()).map(column).collect()
    }
}
