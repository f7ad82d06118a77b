use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use rayon::prelude::*;

use super::rank::nearly_equal;

/// What the benefit of the doubt is bounded by; shares from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DoubtBounds {
    /// The least and the most that w·x may be of the score.
    pub shares: Option<(f64, f64)>,
    /// The least and the most that w may be of the sum of weights.
    pub weights: Option<(f64, f64)>,
}

/// The score of one unit and the multipliers that give it.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// Σ w·x, at most 1 for a unit of the field.
    pub score: f64,
    /// One multiplier per child. They do not sum to 1 and are the unit's own.
    pub multipliers: Vec<f64>,
}

/// Benefit of the doubt (Melyn and Moesen 1991; Cherchye and others 2007): for
/// each unit the multipliers w ≥ 0 that make its own Σ w·x largest while Σ w·y ≤ 1
/// for every unit y in `field` and for itself. Values are not negative. `None`
/// where the bounds leave no solution, as when a value is zero and its share must
/// not be.
///
/// ```
/// # use benchline::numeric::{benefit_of_the_doubt, DoubtBounds};
/// let table = [vec![4.0, 1.0], vec![1.0, 4.0], vec![2.0, 2.0]];
/// let found = benefit_of_the_doubt(&table, &[true; 3], DoubtBounds::default());
/// let scores: Vec<f64> = found.iter().map(|one| one.as_ref().unwrap().score).collect();
/// // The third is best with w = (1/5, 1/5), which both others just allow.
/// for (score, expected) in scores.iter().zip([1.0, 1.0, 0.8]) {
///     assert!((score - expected).abs() < 1e-9);
/// }
/// ```
pub fn benefit_of_the_doubt(table: &[Vec<f64>], field: &[bool], bounds: DoubtBounds) -> Vec<Option<Doubt>> {
    let width = table.first().map_or(0, Vec::len);
    let peers: Vec<&Vec<f64>> =
        table.iter().zip(field).filter(|(_, in_field)| **in_field).map(|(row, _)| row).collect();
    // Multipliers of values between 0 and 1 are of the order of 1.
    let scales: Vec<f64> = (0..width)
        .map(|child| peers.iter().filter_map(|row| row.get(child)).copied().fold(0.0, f64::max))
        .map(|largest| if largest > 0.0 { largest } else { 1.0 })
        .collect();
    let scaled = |row: &Vec<f64>| -> Vec<f64> {
        row.iter().zip(&scales).map(|(value, scale)| value / scale).collect()
    };
    let front = front(&peers.iter().map(|row| scaled(row)).collect::<Vec<_>>());
    table
        .par_iter()
        .map(|row| {
            let own = scaled(row);
            let found = solve(&own, &front, &scales, bounds)?;
            let multipliers: Vec<f64> = found.iter().zip(&scales).map(|(part, scale)| part / scale).collect();
            let score = multipliers.iter().zip(row).map(|(part, value)| part * value).sum();
            Some(Doubt { score, multipliers })
        })
        .collect()
}

/// The rows that no other row equals or exceeds throughout: with multipliers of
/// zero or more, no other row can bind.
fn front(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let exceeds = |one: &[f64], other: &[f64]| one.iter().zip(other).all(|(a, b)| a >= b);
    let mut front: Vec<Vec<f64>> = Vec::new();
    for row in rows {
        if front.iter().any(|kept| exceeds(kept, row)) {
            continue;
        }
        front.retain(|kept| !exceeds(row, kept));
        front.push(row.clone());
    }
    // The order of units must not decide between equally good solutions.
    front.sort_by(|a, b| {
        a.iter().zip(b).map(|(a, b)| a.total_cmp(b)).find(|o| o.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
    });
    front
}

fn solve(own: &[f64], front: &[Vec<f64>], scales: &[f64], bounds: DoubtBounds) -> Option<Vec<f64>> {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let variables: Vec<Variable> =
        own.iter().map(|value| problem.add_var(*value, (0.0, f64::INFINITY))).collect();
    let terms = |row: &[f64]| -> Vec<(Variable, f64)> {
        variables.iter().copied().zip(row.iter().copied()).collect()
    };
    for peer in front.iter().map(Vec::as_slice).chain([own]) {
        problem.add_constraint(terms(peer), ComparisonOp::Le, 1.0);
    }
    // A share of a sum: part − bound · sum, part and sum being linear in w.
    let mut bound = |parts: &[f64], (least, most): (f64, f64)| {
        for at in 0..parts.len() {
            let row = |limit: f64| -> Vec<f64> {
                let part = |(other, value): (usize, &f64)| {
                    if other == at { value * (1.0 - limit) } else { -value * limit }
                };
                parts.iter().enumerate().map(part).collect()
            };
            if least > 0.0 {
                problem.add_constraint(terms(&row(least)), ComparisonOp::Ge, 0.0);
            }
            if most < 1.0 {
                problem.add_constraint(terms(&row(most)), ComparisonOp::Le, 0.0);
            }
        }
    };
    if let Some(shares) = bounds.shares {
        bound(own, shares);
    }
    if let Some(weights) = bounds.weights {
        // In scaled terms a weight is v / scale.
        let parts: Vec<f64> = scales.iter().map(|scale| 1.0 / scale).collect();
        let largest = parts.iter().copied().fold(0.0, f64::max);
        bound(&parts.iter().map(|part| part / largest).collect::<Vec<_>>(), weights);
    }
    let solution = problem.solve().ok()?.into_solution().ok()?;
    let found: Vec<f64> = variables.iter().map(|variable| solution.var_value(*variable).max(0.0)).collect();
    let score: f64 = found.iter().zip(own).map(|(part, value)| part * value).sum();
    let nothing = nearly_equal(score, 0.0) && own.iter().any(|value| *value > 0.0);
    (score.is_finite() && !(nothing && bounds != DoubtBounds::default())).then_some(found)
}
