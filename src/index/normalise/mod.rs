//! Indicators onto the common scale (Handbook, step 5): fixed scales, scales
//! from a pool of values, and what they refuse.

mod pooled;
mod refusal;
mod scales;

use std::sync::Arc;

use rayon::prelude::*;

use super::cache::{Cache, Key};
use super::prepare::{Caches, prepare_with};
use crate::diagnostics::Findings;
use crate::model::{Cell, Column, Matrix, Normalised, Treated};
use crate::plan::{IndicatorPlan, Normalisation, Plan};
use crate::validate::IndexInput;
use refusal::Refusal;

/// One normalised indicator, or why it cannot be normalised.
pub(super) type Normalisable = Result<Arc<Column>, Refusal>;

/// Puts every indicator of the plan on the common scale, higher is better: one
/// column per indicator, in the order of the plan. The stages before, which the
/// plan may ask for, are run first.
///
/// Methods that compare with other values compare with those of ranked units.
pub fn normalise(input: &IndexInput, plan: &Plan) -> Result<Matrix<Normalised>, Findings> {
    let (prepared, keys) = prepare_with(input, plan, &Caches::default())?;
    normalise_with(input, plan, (&prepared.treated, &keys), &Cache::default()).map(|(matrix, _)| matrix)
}

pub(super) fn normalise_with(
    input: &IndexInput,
    plan: &Plan,
    (treated, keys): (&Matrix<Treated>, &[Key]),
    cache: &Cache<Normalisable>,
) -> Result<(Matrix<Normalised>, Vec<Key>), Findings> {
    let sources = treated.columns().par_iter().zip(keys);
    let results: Vec<(Key, Normalisable)> = plan
        .indicators
        .par_iter()
        .zip(sources)
        .map(|(indicator, (column, key))| {
            let key = Key::of(&(&indicator.direction, &indicator.normalise), &[*key]);
            (key, cache.get(key, || normalise_column(input, column, indicator).map(Arc::new)))
        })
        .collect();
    let mut findings = Findings::new();
    let (mut keys, mut columns) = (Vec::new(), Vec::new());
    for (indicator, (key, result)) in plan.indicators.iter().zip(results) {
        match result {
            Ok(column) => {
                keys.push(key);
                columns.push(column);
            }
            Err(refusal) => findings.append(refusal.findings(input, indicator)),
        }
    }
    match Matrix::new(input.raw().rows(), columns) {
        Some(matrix) if findings.is_empty() => Ok((matrix, keys)),
        _ => Err(findings),
    }
}

/// One indicator of the plan on the common scale.
pub(super) fn normalise_again(
    input: &IndexInput,
    plan: &Plan,
    at: usize,
    treated: &Column,
) -> Result<Column, Findings> {
    let Some(indicator) = plan.indicators.get(at) else { return Err(Findings::new()) };
    normalise_column(input, treated, indicator).map_err(|refusal| refusal.findings(input, indicator))
}

fn normalise_column(input: &IndexInput, column: &Column, plan: &IndicatorPlan) -> Result<Column, Refusal> {
    let direction = plan.direction;
    let each = |score: &dyn Fn(f64) -> f64| map(column, score);
    match &plan.normalise {
        Normalisation::None => each(&|value| value),
        Normalisation::Goalposts { low, high, curve, from, scale } => {
            each(&|value| from + (scale - from) * scales::goalposts(value, *low, *high, *curve, direction))
        }
        Normalisation::Scaled { low, high, from, to } => {
            each(&|value| from + (to - from) * scales::share(value, *low, *high, direction))
        }
        Normalisation::Steps { below, steps } => each(&|value| scales::step_score(value, *below, steps)),
        Normalisation::Categories { categories } => scales::categories(column, categories),
        Normalisation::LinearThreshold { floor, target, below, at_floor, scale } => {
            let (floor, target) = (direction.orient(*floor), direction.orient(*target));
            let scores =
                scales::Threshold { floor, target, below: *below, at_floor: *at_floor, full: *scale };
            each(&|value| scores.of(direction.orient(value)))
        }
        data_driven => pooled::normalise(input, column, direction, data_driven),
    }
}

fn map(column: &Column, score: impl Fn(f64) -> f64) -> Result<Column, Refusal> {
    (0..column.len()).map(|row| scored(column, row, &score)).collect()
}

fn scored(column: &Column, row: usize, score: impl Fn(f64) -> f64) -> Result<Cell, Refusal> {
    match column.cell(row) {
        Cell::Value(value) => Cell::finite(score(value)).ok_or(Refusal::NotFinite(row)),
        absent => Ok(absent),
    }
}
