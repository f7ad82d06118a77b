use std::sync::Arc;

use indexmap::IndexMap;
use rayon::prelude::*;

use super::cache::{Cache, Key};
use super::domain::OutsideDomain;
use super::formula;
use super::means::{Term, mean_of};
use super::substitute::{Lent, lend};
use super::{across, weigh};
use crate::diagnostics::{Bilingual, bilingual};
use crate::model::{Cell, Column, Id, Matrix, Normalised, Panel, Role, Weights};
use crate::plan::{Formula, NodePlan, Plan, Rule, WeightOverride};

/// Fewest rows worth a thread of their own.
const ROWS_PER_TASK: usize = 1_024;

/// The scores of all nodes.
#[derive(Clone, Debug, Default)]
pub struct NodeScores {
    /// One column per node, children before parents.
    pub columns: IndexMap<Id, Arc<Column>>,
    /// Rows that a node has no value for; they are missing in its column.
    pub outside: Vec<OutsideDomain>,
    /// Nodes whose weights the data do not give, and why.
    pub unweighable: Vec<(Id, Bilingual)>,
    /// The weights of nodes that take them from data, as run.
    pub weights: IndexMap<Id, Weights>,
    /// Cells for which the mean of a group stood in, by node and child.
    pub lent: IndexMap<Id, Vec<LentCell>>,
}

/// A child's cell that a group's mean stands in for.
#[derive(Clone, Debug, PartialEq)]
pub struct LentCell {
    /// The child.
    pub child: Id,
    /// The row.
    pub row: usize,
    /// The mean that stands in.
    pub value: f64,
}

/// The result of one node.
#[derive(Clone, Debug)]
pub(super) struct NodeResult {
    pub(super) column: Arc<Column>,
    pub(super) outside: Arc<[OutsideDomain]>,
    weights: Option<Result<Weights, Bilingual>>,
    lent: Arc<[LentCell]>,
}

/// What a node must know of the rows besides their values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground<'a> {
    rows: usize,
    /// The panel, and the position of the reported period.
    panel: Option<(&'a Panel, usize)>,
}

impl<'a> Ground<'a> {
    pub(super) fn of(panel: &'a Panel, edition: usize) -> Self {
        Self { rows: panel.rows(), panel: Some((panel, edition)) }
    }

    pub(super) fn has_edition(&self) -> bool {
        self.panel.is_some()
    }

    /// The rows of the reported period.
    pub(super) fn edition(&self) -> std::ops::Range<usize> {
        self.panel.map_or(0..self.rows, |(panel, edition)| panel.rows_of(edition))
    }

    /// The rows of each period.
    pub(super) fn periods(&self) -> Vec<std::ops::Range<usize>> {
        match self.panel {
            Some((panel, _)) => (0..panel.periods().len()).map(|period| panel.rows_of(period)).collect(),
            None => std::iter::once(0..self.rows).collect(),
        }
    }

    pub(super) fn is_ranked(&self, row: usize) -> bool {
        let unit = |panel: &'a Panel| panel.units().get(panel.row(row).unit);
        self.panel.is_none_or(|(panel, _)| unit(panel).is_some_and(|unit| unit.role == Role::Ranked))
    }

    /// The member of a kind of group that a row's unit belongs to.
    pub(super) fn member(&self, row: usize, group: &Id) -> Option<&'a Id> {
        let (panel, _) = self.panel?;
        panel.units().get(panel.row(row).unit)?.groups.get(group)
    }
}

/// Computes every node of the plan from normalised indicators, which are in the
/// order of the plan, with the weights that the plan states: nothing is known
/// here of units, so rows are one period of ranked units without groups.
pub fn aggregate(normalised: &Matrix<Normalised>, plan: &Plan) -> NodeScores {
    let keys: Vec<Key> = plan.indicators.iter().map(|indicator| Key::of(indicator, &[])).collect();
    let ground = Ground { rows: normalised.rows(), panel: None };
    aggregate_with(normalised, &keys, plan, &ground, &Cache::default())
}

pub(super) fn aggregate_with(
    normalised: &Matrix<Normalised>,
    keys: &[Key],
    plan: &Plan,
    ground: &Ground<'_>,
    cache: &Cache<NodeResult>,
) -> NodeScores {
    let indicators = plan.indicators.iter().zip(normalised.columns()).zip(keys);
    let mut known: IndexMap<&Id, (Arc<Column>, Key)> =
        indicators.map(|((indicator, column), key)| (&indicator.id, (column.clone(), *key))).collect();
    let mut scores = NodeScores::default();
    for node in &plan.nodes {
        let absent =
            || (Arc::new((0..normalised.rows()).map(|_| Cell::MISSING).collect()), Key::of(&"absent", &[]));
        let inputs: Vec<(Arc<Column>, Key)> =
            node.inputs().iter().map(|id| known.get(id).cloned().unwrap_or_else(absent)).collect();
        let input_keys: Vec<Key> = inputs.iter().map(|(_, key)| *key).collect();
        let key = Key::of(node, &input_keys);
        let result = cache.get(key, || {
            let columns: Vec<&Column> = inputs.iter().map(|(column, _)| column.as_ref()).collect();
            score_node(node, &columns, ground)
        });
        scores.outside.extend(result.outside.iter().cloned());
        match result.weights {
            Some(Ok(weights)) => {
                scores.weights.insert(node.id.clone(), weights);
            }
            Some(Err(problem)) => scores.unweighable.push((node.id.clone(), problem)),
            None => {}
        }
        if !result.lent.is_empty() {
            scores.lent.insert(node.id.clone(), result.lent.to_vec());
        }
        known.insert(&node.id, (result.column.clone(), key));
        scores.columns.insert(node.id.clone(), result.column);
    }
    scores
}

pub(super) fn score_node(node: &NodePlan, inputs: &[&Column], ground: &Ground<'_>) -> NodeResult {
    let mut lent = Lent::default();
    let mut found = None;
    let scored: Vec<Scored> = match &node.rule {
        Rule::Aggregate { method, children, weights, missing, weighting, overrides } => {
            found = weigh::weights(weighting, children, inputs, ground);
            let weights = match &found {
                Some(Ok(found)) => found,
                _ => weights,
            };
            if method.compares() {
                let node = across::Across { method, missing, children, weights: weights.as_slice() };
                across::scored(&node, inputs, ground)
            } else {
                lent = lend(missing, inputs, ground);
                by_row(ground.rows, |row| {
                    let weights = weights_of(row, weights, overrides, ground).as_slice().iter();
                    let terms = inputs.iter().zip(weights).enumerate().map(|(child, (column, weight))| {
                        let stand_in = lent.get(child, row);
                        let cell = stand_in.map_or_else(|| column.cell(row), Cell::Value);
                        Term { cell, weight: *weight, lent: stand_in.is_some() }
                    });
                    mean_of(method, missing, terms, children)
                })
            }
        }
        Rule::Formula(formula) => {
            by_row(ground.rows, |row| formula_of(formula, inputs.iter().map(|column| column.cell(row))))
        }
    };
    let (column, outside) = settled(node, scored);
    NodeResult { column, outside, weights: found, lent: lent.cells(node.inputs()) }
}

fn by_row(rows: usize, score: impl Fn(usize) -> Scored + Sync + Send) -> Vec<Scored> {
    (0..rows).into_par_iter().with_min_len(ROWS_PER_TASK).map(score).collect()
}

/// The weights for the unit of a row: those of its group, if it has its own.
fn weights_of<'a>(
    row: usize,
    weights: &'a Weights,
    overrides: &'a [WeightOverride],
    ground: &Ground<'_>,
) -> &'a Weights {
    let own = overrides.iter().find(|one| ground.member(row, &one.group) == Some(&one.member));
    own.map_or(weights, |own| &own.weights)
}

/// The column of a node, and the rows that have no value for want of one that
/// the node can take.
fn settled(node: &NodePlan, scored: Vec<Scored>) -> (Arc<Column>, Arc<[OutsideDomain]>) {
    let outside = scored.iter().enumerate().filter_map(|(row, scored)| match scored {
        Scored::Cell(_) => None,
        Scored::Outside { input, problem } => {
            Some(OutsideDomain { node: node.id.clone(), input: input.clone(), row, problem: problem.clone() })
        }
    });
    let outside: Arc<[OutsideDomain]> = outside.collect();
    let cells = scored.into_iter().map(|scored| match scored {
        Scored::Cell(cell) => cell,
        Scored::Outside { .. } => Cell::MISSING,
    });
    (Arc::new(cells.collect()), outside)
}

/// What one node makes of one row.
pub(super) enum Scored {
    Cell(Cell),
    Outside { input: Option<Id>, problem: Bilingual },
}

fn formula_of(formula: &Formula, cells: impl Iterator<Item = Cell>) -> Scored {
    let Some(values) = cells.map(Cell::value).collect::<Option<Vec<f64>>>() else {
        return Scored::Cell(Cell::MISSING);
    };
    match Cell::finite(formula::value_of(formula.expression(), &values)) {
        Some(cell) => Scored::Cell(cell),
        None => {
            let pairs = formula.names().iter().zip(&values);
            let values =
                pairs.map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join(", ");
            Scored::Outside {
                input: None,
                problem: bilingual!(
                    "当 {values} 时，公式算不出有限的结果",
                    "the formula has no finite value for {values}"
                ),
            }
        }
    }
}
