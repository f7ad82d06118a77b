use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::cache::{Cache, Key};
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::model::{Cell, Column, Direction, Id, Matrix, Normalised, Role};
use crate::numeric::{count_below, mean, relatively_equal, standard_deviation};
use crate::plan::{Curve, IndicatorPlan, Normalisation, Plan, Pool, Step};
use crate::validate::IndexInput;

/// One normalised indicator, or why it cannot be normalised.
pub(super) type Normalisable = Result<Arc<Column>, Refusal>;

/// Why an indicator cannot be normalised.
#[derive(Clone, Debug)]
pub(super) enum Refusal {
    /// It does not vary in a pool.
    Constant(ConstantIn),
    /// The result is beyond the range of numbers in a row.
    NotFinite(usize),
}

/// The pool in which an indicator does not vary.
#[derive(Clone, Debug)]
pub(super) struct ConstantIn {
    /// A row of the pool.
    row: usize,
    /// How many values the pool has.
    values: usize,
    over: Pool,
}

/// Puts every indicator of the plan on the common scale, higher is better: one
/// column per indicator, in the order of the plan.
///
/// Methods that compare with other values compare with those of ranked units.
pub fn normalise(input: &IndexInput, plan: &Plan) -> Result<Matrix<Normalised>, Findings> {
    normalise_with(input, plan, &Cache::default()).map(|(matrix, _)| matrix)
}

pub(super) fn normalise_with(
    input: &IndexInput,
    plan: &Plan,
    cache: &Cache<Normalisable>,
) -> Result<(Matrix<Normalised>, Vec<Key>), Findings> {
    let results: Vec<(Key, Option<usize>, Normalisable)> = plan
        .indicators
        .par_iter()
        .map(|indicator| {
            let position = input.indicators().iter().position(|id| *id == indicator.id);
            let key = Key::of(indicator, &[]);
            let column = cache.get(key, || match position.and_then(|at| input.raw().column(at)) {
                Some(raw) => normalise_column(input, raw, indicator).map(Arc::new),
                None => Ok(Arc::new((0..input.raw().rows()).map(|_| Cell::MISSING).collect())),
            });
            (key, position, column)
        })
        .collect();
    let mut findings = Findings::new();
    let (mut keys, mut columns) = (Vec::new(), Vec::new());
    for (indicator, (key, position, result)) in plan.indicators.iter().zip(results) {
        match result {
            Ok(column) => {
                keys.push(key);
                columns.push(column);
            }
            Err(Refusal::Constant(constant)) => {
                findings.push(constant_finding(input, &indicator.id, position, &constant));
            }
            Err(Refusal::NotFinite(row)) => {
                findings.push(not_finite_finding(input, &indicator.id, position, row));
            }
        }
    }
    match Matrix::new(input.raw().rows(), columns) {
        Some(matrix) if findings.is_empty() => Ok((matrix, keys)),
        _ => Err(findings),
    }
}

fn constant_finding(input: &IndexInput, id: &Id, position: Option<usize>, constant: &ConstantIn) -> Finding {
    let (unit, period) = input.named(constant.row);
    let observation = position.map(|at| input.observation(at, constant.row));
    let value = observation.and_then(|observation| observation.cell.value()).unwrap_or_default();
    let (zh, en) = match constant.over {
        Pool::Period => (format!("在 {period} 期"), format!("in {period}")),
        Pool::AllPeriods => ("在各期".to_owned(), "in all periods".to_owned()),
    };
    let message = match constant.values {
        1 => bilingual!(
            "指标“{id}”{zh}只有一个单位（{unit}）有数值，没有差别，无法按离散程度标准化",
            "only one unit ({unit}) has a value of the indicator `{id}` {en}; it does not vary, so it cannot be normalised by its spread"
        ),
        _ => bilingual!(
            "指标“{id}”{zh}所有参评单位都是 {value}，没有差别，无法按离散程度标准化",
            "the indicator `{id}` is {value} for every ranked unit {en}; it does not vary, so it cannot be normalised by its spread"
        ),
    };
    let finding = Finding::new(
        Code::ConstantIndicator,
        message,
        bilingual!(
            "改用固定目标值（`goalposts`），或删去该指标",
            "use fixed `goalposts`, or take the indicator out"
        ),
    );
    match observation.and_then(|observation| observation.origin) {
        Some(origin) => finding.at(input.place(origin)),
        None => finding,
    }
}

fn not_finite_finding(input: &IndexInput, id: &Id, position: Option<usize>, row: usize) -> Finding {
    let (unit, period) = input.named(row);
    let finding = Finding::new(
        Code::OutsideDomain,
        bilingual!(
            "指标“{id}”在 {period} 期的数值过大或过小（{unit}），无法标准化",
            "values of the indicator `{id}` in {period} are too large or too small to be normalised ({unit})"
        ),
        bilingual!("核对数值，或换一个计量单位", "check the values, or use another unit of measure"),
    );
    match position.and_then(|at| input.observation(at, row).origin) {
        Some(origin) => finding.at(input.place(origin)),
        None => finding,
    }
}

fn normalise_column(input: &IndexInput, raw: &Column, plan: &IndicatorPlan) -> Result<Column, Refusal> {
    let direction = plan.direction;
    let each = |score: &dyn Fn(f64) -> f64| map(raw, score);
    match &plan.normalise {
        Normalisation::None => each(&|value| value),
        Normalisation::Goalposts { low, high, curve, scale } => {
            each(&|value| scale * goalposts(value, *low, *high, *curve, direction))
        }
        Normalisation::Steps { below, steps } => each(&|value| step_score(value, *below, steps)),
        Normalisation::MinMax { from, to, over } => pooled(input, raw, direction, *over, |pool| {
            let (low, high) = pool.range()?;
            Ok(move |value: f64| from + (to - from) * (value - low) / (high - low))
        }),
        Normalisation::ZScore { mean: centre, deviation, over } => {
            pooled(input, raw, direction, *over, |pool| {
                pool.range()?;
                let (average, spread) = pool.moments()?;
                Ok(move |value: f64| centre + deviation * (value - average) / spread)
            })
        }
        Normalisation::Rank { over } => pooled(input, raw, direction, *over, |pool| {
            let sorted = pool.sorted();
            Ok(move |value: f64| (count_below(&sorted, value) + 1) as f64)
        }),
        Normalisation::PercentileRank { scale, over } => pooled(input, raw, direction, *over, |pool| {
            pool.range()?;
            let sorted = pool.sorted();
            let others = (sorted.len() - 1) as f64;
            Ok(move |value: f64| scale * (count_below(&sorted, value) as f64 / others).min(1.0))
        }),
    }
}

/// (x − low) / (high − low) clipped to 0..1, from the other end when lower is
/// better; on a log curve with ln of everything. A value that has no logarithm
/// is below any lower goalpost.
fn goalposts(value: f64, low: f64, high: f64, curve: Curve, direction: Direction) -> f64 {
    let on_curve = |x: f64| match curve {
        Curve::Linear => x,
        Curve::Log if x > 0.0 => libm::log(x),
        Curve::Log => f64::NEG_INFINITY,
    };
    let (value, low, high) = (on_curve(value), on_curve(low), on_curve(high));
    let share = ((value - low) / (high - low)).clamp(0.0, 1.0);
    match direction {
        Direction::Higher => share,
        Direction::Lower => 1.0 - share,
    }
}

fn step_score(value: f64, below: f64, steps: &[Step]) -> f64 {
    steps.iter().take_while(|step| value >= step.at_least).last().map_or(below, |step| step.score)
}

/// The values that a data-driven method compares with, turned so that higher is
/// better.
struct ValuePool {
    values: Vec<f64>,
    first_row: usize,
    over: Pool,
}

impl ValuePool {
    /// Smallest and largest value; fails unless they differ.
    fn range(&self) -> Result<(f64, f64), Refusal> {
        let low = self.values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = self.values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if relatively_equal(low, high) {
            let values = self.values.len();
            return Err(Refusal::Constant(ConstantIn { row: self.first_row, values, over: self.over }));
        }
        Ok((low, high))
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

/// Maps the rows of each pool by the function that `method` makes of the pool.
fn pooled<F: Fn(f64) -> f64>(
    input: &IndexInput,
    raw: &Column,
    direction: Direction,
    over: Pool,
    method: impl Fn(&ValuePool) -> Result<F, Refusal>,
) -> Result<Column, Refusal> {
    let panel = input.panel();
    let ranges: Vec<Range<usize>> = match over {
        Pool::Period => (0..panel.periods().len()).map(|period| panel.rows_of(period)).collect(),
        Pool::AllPeriods => std::iter::once(0..panel.rows()).collect(),
    };
    let is_ranked =
        |row: usize| panel.units().get(panel.row(row).unit).is_some_and(|unit| unit.role == Role::Ranked);
    let mut cells = vec![Cell::MISSING; raw.len()];
    for rows in ranges {
        let present: Vec<(usize, f64)> = rows
            .clone()
            .filter(|row| is_ranked(*row))
            .filter_map(|row| Some((row, direction.orient(raw.value(row)?))))
            .collect();
        let Some((first_row, _)) = present.first() else { continue };
        let values = present.iter().map(|(_, value)| *value).collect();
        let pool = ValuePool { first_row: *first_row, values, over };
        let score = method(&pool)?;
        for row in rows {
            if let Some(cell) = cells.get_mut(row) {
                *cell = scored(raw, row, |value| score(direction.orient(value)))?;
            }
        }
    }
    Ok(cells.into_iter().collect())
}

fn map(raw: &Column, score: impl Fn(f64) -> f64) -> Result<Column, Refusal> {
    (0..raw.len()).map(|row| scored(raw, row, &score)).collect()
}

fn scored(raw: &Column, row: usize, score: impl Fn(f64) -> f64) -> Result<Cell, Refusal> {
    match raw.cell(row) {
        Cell::Value(value) => Cell::finite(score(value)).ok_or(Refusal::NotFinite(row)),
        absent => Ok(absent),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goalposts_clip_and_turn() {
        let share = |value, direction| goalposts(value, 20.0, 85.0, Curve::Linear, direction);
        assert_eq!(share(52.5, Direction::Higher), 0.5);
        assert_eq!(share(90.0, Direction::Higher), 1.0);
        assert_eq!(share(10.0, Direction::Lower), 1.0);
        assert_eq!(goalposts(0.0, 100.0, 75_000.0, Curve::Log, Direction::Higher), 0.0);
        let half = goalposts(1_000.0, 100.0, 10_000.0, Curve::Log, Direction::Higher);
        assert!((half - 0.5).abs() < 1e-15);
    }

    #[test]
    fn a_step_counts_from_its_own_value() {
        let steps = [Step { at_least: 30.0, score: 60.0 }, Step { at_least: 95.0, score: 100.0 }];
        let scores = [29.9, 30.0, 94.9, 95.0].map(|value| step_score(value, 0.0, &steps));
        assert_eq!(scores, [0.0, 60.0, 60.0, 100.0]);
    }
}
