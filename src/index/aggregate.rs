use std::sync::Arc;

use indexmap::IndexMap;
use rayon::prelude::*;

use super::cache::{Cache, Key};
use super::domain::OutsideDomain;
use super::formula;
use crate::diagnostics::bilingual;
use crate::model::{Absence, Cell, Column, Id, Matrix, Normalised};
use crate::numeric::{arithmetic_mean, geometric_mean, harmonic_mean};
use crate::plan::{Aggregation, Formula, MissingPlan, MissingPolicy, NodePlan, Plan, Rule};

/// Fewest rows worth a thread of their own.
const ROWS_PER_TASK: usize = 1_024;

/// The scores of all nodes.
#[derive(Clone, Debug, Default)]
pub struct NodeScores {
    /// One column per node, children before parents.
    pub columns: IndexMap<Id, Arc<Column>>,
    /// Rows that a node has no value for; they are missing in its column.
    pub outside: Vec<OutsideDomain>,
}

/// The result of one node.
pub(super) type NodeResult = (Arc<Column>, Arc<[OutsideDomain]>);

/// Computes every node of the plan from normalised indicators, which are in the
/// order of the plan.
pub fn aggregate(normalised: &Matrix<Normalised>, plan: &Plan) -> NodeScores {
    let keys: Vec<Key> = plan.indicators.iter().map(|indicator| Key::of(indicator, &[])).collect();
    aggregate_with(normalised, &keys, plan, &Cache::default())
}

pub(super) fn aggregate_with(
    normalised: &Matrix<Normalised>,
    keys: &[Key],
    plan: &Plan,
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
        let (column, outside) = cache.get(key, || {
            let columns: Vec<&Column> = inputs.iter().map(|(column, _)| column.as_ref()).collect();
            score_node(node, &columns, normalised.rows())
        });
        scores.outside.extend(outside.iter().cloned());
        known.insert(&node.id, (column.clone(), key));
        scores.columns.insert(node.id.clone(), column);
    }
    scores
}

fn score_node(node: &NodePlan, inputs: &[&Column], rows: usize) -> NodeResult {
    let scored: Vec<Scored> = (0..rows)
        .into_par_iter()
        .with_min_len(ROWS_PER_TASK)
        .map(|row| {
            let cells = inputs.iter().map(|column| column.cell(row));
            match &node.rule {
                Rule::Aggregate { method, children, weights, missing } => {
                    mean_of(*method, missing, cells.zip(weights.as_slice().iter().copied()), children)
                }
                Rule::Formula(formula) => formula_of(formula, cells),
            }
        })
        .collect();
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
enum Scored {
    Cell(Cell),
    Outside { input: Option<Id>, problem: crate::diagnostics::Bilingual },
}

fn mean_of(
    method: Aggregation,
    missing: &MissingPlan,
    cells: impl Iterator<Item = (Cell, f64)>,
    children: &[Id],
) -> Scored {
    let (mut terms, mut absent, mut inapplicable) = (Vec::with_capacity(children.len()), 0, 0);
    for (child, (cell, weight)) in children.iter().zip(cells) {
        match cell {
            Cell::Value(value) if value <= 0.0 && method.needs_positive() && weight > 0.0 => {
                return Scored::Outside {
                    input: Some(child.clone()),
                    problem: bilingual!(
                        "“{child}”的得分为 {value}，几何平均与调和平均只接受正数",
                        "the score of `{child}` is {value}, and geometric and harmonic means take positive values only"
                    ),
                };
            }
            Cell::Value(value) => terms.push((weight, value)),
            Cell::Absent(Absence::NotApplicable) => inapplicable += 1,
            Cell::Absent(_) => absent += 1,
        }
    }
    if inapplicable == children.len() {
        return Scored::Cell(Cell::Absent(Absence::NotApplicable));
    }
    let expected = terms.len() + absent;
    let too_few = match missing.policy {
        MissingPolicy::RequireAll => absent > 0,
        // A share of 2 in 3 must pass a threshold of 2/3 written in decimals.
        MissingPolicy::Rescale => (terms.len() as f64) + 1e-9 < missing.availability * expected as f64,
    };
    let sum: f64 = terms.iter().map(|(weight, _)| weight).sum();
    if too_few || terms.is_empty() || sum <= 0.0 {
        return Scored::Cell(Cell::MISSING);
    }
    for (weight, _) in &mut terms {
        *weight /= sum;
    }
    let value = match method {
        Aggregation::Arithmetic => arithmetic_mean(&terms),
        Aggregation::Geometric => geometric_mean(&terms),
        Aggregation::Harmonic => harmonic_mean(&terms),
    };
    match Cell::finite(value) {
        Some(cell) => Scored::Cell(cell),
        None => Scored::Outside {
            input: None,
            problem: bilingual!("汇总结果超出可表示的范围", "the result is beyond the range of numbers"),
        },
    }
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
