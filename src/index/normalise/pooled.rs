//! Scales that the values of ranked units make, pool by pool.

use super::refusal::{ConstantIn, Distance, Refusal};
use super::{scales, scored};
use crate::index::pool;
use crate::model::{Cell, Column, Direction};
use crate::numeric::{count_below, mean, quantile, relatively_equal, standard_deviation};
use crate::plan::{Curve, Normalisation, Pool, ScoreRange, WorstReference};
use crate::validate::IndexInput;

/// What a pool makes of a value that is turned so that higher is better.
type Score = Box<dyn Fn(f64) -> f64>;

/// Normalises by one of the methods that compare values with each other.
pub(super) fn normalise(
    input: &IndexInput,
    column: &Column,
    direction: Direction,
    method: &Normalisation,
) -> Result<Column, Refusal> {
    let over = method.pool().unwrap_or_default();
    let panel = input.panel();
    let mut cells = vec![Cell::MISSING; column.len()];
    for rows in pool::ranges(panel, over) {
        let present = pool::present(panel, column, rows.clone());
        let Some((first_row, _)) = present.first() else { continue };
        let values = present.iter().map(|(_, value)| direction.orient(*value)).collect();
        let of_values = present.iter().map(|(row, _)| *row).collect();
        let pool = ValuePool { values, rows: of_values, first_row: *first_row, over, direction };
        let reference = |unit: &str| reference(input, column, unit, rows.start, over);
        if let Some(full) = pool.without_distance(method, reference) {
            for row in rows {
                if let Some(cell) = cells.get_mut(row) {
                    *cell = pool.beyond_worst(column.cell(row), full);
                }
            }
            continue;
        }
        let score = score_of(&pool, method, reference)?;
        for row in rows.clone() {
            if let Some(cell) = cells.get_mut(row) {
                *cell = scored(column, row, |value| score(direction.orient(value)))?;
            }
        }
    }
    Ok(cells.into_iter().collect())
}

/// The value of the reference unit in the pool that starts at a row; over all
/// periods, that of the edition.
fn reference(input: &IndexInput, column: &Column, unit: &str, start: usize, over: Pool) -> Option<f64> {
    let start = match over {
        Pool::Period => start,
        Pool::AllPeriods => input.panel().rows_of(input.edition()).start,
    };
    column.value(start + input.panel().units().position(unit)?)
}

fn score_of(
    pool: &ValuePool,
    method: &Normalisation,
    reference: impl Fn(&str) -> Option<f64>,
) -> Result<Score, Refusal> {
    match method {
        Normalisation::MinMax { from, to, .. } | Normalisation::DistanceToMax { from, to, .. } => {
            let (low, high) = pool.range()?;
            let (from, to) = (*from, *to);
            Ok(Box::new(move |value| from + (to - from) * (value - low) / (high - low)))
        }
        Normalisation::PercentileGoalposts { low, high, curve, from, scale, .. } => {
            percentile_goalposts(pool, (*low, *high), *curve, (*from, *scale))
        }
        Normalisation::DistanceToReference { unit, cap, from, to, .. } => {
            let target = reference(unit).map(|value| pool.direction.orient(value));
            distance(pool, target, *cap, (*from, *to), || Distance::ToUnit(unit.clone()))
        }
        Normalisation::DistanceToTarget { target, cap, from, to, .. } => {
            let oriented = Some(pool.direction.orient(*target));
            distance(pool, oriented, *cap, (*from, *to), || Distance::ToTarget(*target))
        }
        Normalisation::FractionOfMax { from, to, .. } => {
            let high = pool.values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            if high <= 0.0 {
                return Err(Refusal::NoDistance(pool.first_row, Distance::OfMax(high)));
            }
            let (from, to) = (*from, *to);
            Ok(Box::new(move |value| from + (to - from) * (value / high)))
        }
        Normalisation::ZScore { mean: centre, deviation, .. } => {
            pool.range()?;
            let (average, spread) = pool.moments()?;
            let (centre, deviation) = (*centre, *deviation);
            Ok(Box::new(move |value| centre + deviation * (value - average) / spread))
        }
        Normalisation::Rank { range, .. } => ranks(pool, *range, 1.0),
        Normalisation::Borda { range, .. } => ranks(pool, *range, 0.0),
        Normalisation::PercentileRank { from, scale, .. } => {
            ranks(pool, Some(ScoreRange { from: *from, to: *scale }), 0.0)
        }
        // Fixed scales are no business of pools.
        _ => Ok(Box::new(|value| value)),
    }
}

/// Ranks from the worst, counted from `first`, or stretched so that the worst
/// value earns `from` and the best `to`.
fn ranks(pool: &ValuePool, range: Option<ScoreRange>, first: f64) -> Result<Score, Refusal> {
    let sorted = pool.sorted();
    let Some(ScoreRange { from, to }) = range else {
        return Ok(Box::new(move |value| count_below(&sorted, value) as f64 + first));
    };
    pool.range()?;
    let others = (sorted.len() - 1) as f64;
    Ok(Box::new(move |value| from + (to - from) * (count_below(&sorted, value) as f64 / others).min(1.0)))
}

/// 1 at the target and 0 at the worst value.
fn distance(
    pool: &ValuePool,
    target: Option<f64>,
    cap: bool,
    (from, to): (f64, f64),
    what: impl Fn() -> Distance,
) -> Result<Score, Refusal> {
    let low = pool.worst();
    let reached = |target: &f64| *target > low && !relatively_equal(*target, low);
    let Some(target) = target.filter(reached) else {
        return Err(Refusal::NoDistance(pool.first_row, what()));
    };
    Ok(Box::new(move |value| {
        let share = (value - low) / (target - low);
        from + (to - from) * if cap { share.min(1.0) } else { share }
    }))
}

fn percentile_goalposts(
    pool: &ValuePool,
    (low, high): (f64, f64),
    curve: Curve,
    (from, full): (f64, f64),
) -> Result<Score, Refusal> {
    let direction = pool.direction;
    let curved: Vec<f64> =
        pool.values.iter().map(|value| scales::on_curve(curve, direction.orient(*value))).collect();
    let without = curved.iter().zip(&pool.rows).filter(|(value, _)| !value.is_finite());
    let without: Vec<usize> = without.map(|(_, row)| *row).collect();
    if !without.is_empty() {
        return Err(Refusal::NoLogarithm(without));
    }
    match (quantile(&curved, low), quantile(&curved, high)) {
        (Some(low), Some(high)) if low < high && !relatively_equal(low, high) => Ok(Box::new(move |value| {
            let value = scales::on_curve(curve, direction.orient(value));
            from + (full - from) * scales::between(value, low, high, direction)
        })),
        _ => Err(pool.constant()),
    }
}

/// The values that a data-driven method compares with, turned so that higher is
/// better.
struct ValuePool {
    values: Vec<f64>,
    /// The row of each value.
    rows: Vec<usize>,
    first_row: usize,
    over: Pool,
    direction: Direction,
}

impl ValuePool {
    /// Smallest and largest value; fails unless they differ.
    fn range(&self) -> Result<(f64, f64), Refusal> {
        let low = self.worst();
        let high = self.values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if relatively_equal(low, high) { Err(self.constant()) } else { Ok((low, high)) }
    }

    fn worst(&self) -> f64 {
        self.values.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// The reference's score, where the reference is the worst value and the
    /// plan does without a distance.
    fn without_distance(
        &self,
        method: &Normalisation,
        reference: impl Fn(&str) -> Option<f64>,
    ) -> Option<f64> {
        let Normalisation::DistanceToReference {
            unit,
            cap: true,
            worst_reference: WorstReference::Missing,
            to,
            ..
        } = method
        else {
            return None;
        };
        let value = self.direction.orient(reference(unit)?);
        (relatively_equal(value, self.worst()) || value < self.worst()).then_some(*to)
    }

    /// Full marks for what is better than the worst value, nothing for what
    /// equals it.
    fn beyond_worst(&self, cell: Cell, full: f64) -> Cell {
        match cell {
            Cell::Value(value) if self.direction.orient(value) > self.worst() => Cell::Value(full),
            Cell::Value(_) => Cell::MISSING,
            absent => absent,
        }
    }

    fn constant(&self) -> Refusal {
        Refusal::Constant(ConstantIn { row: self.first_row, values: self.values.len(), over: self.over })
    }

    /// Mean and standard deviation, which must be fit to divide by.
    fn moments(&self) -> Result<(f64, f64), Refusal> {
        match (mean(&self.values), standard_deviation(&self.values)) {
            (Some(mean), Some(spread)) if mean.is_finite() && spread.is_finite() && spread > 0.0 => {
                Ok((mean, spread))
            }
            _ => Err(Refusal::NotFinite(self.first_row)),
        }
    }

    fn sorted(&self) -> Vec<f64> {
        let mut sorted = self.values.clone();
        sorted.sort_by(f64::total_cmp);
        sorted
    }
}
