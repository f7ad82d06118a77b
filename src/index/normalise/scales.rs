//! Scales that no other unit's value can move.

use super::refusal::Refusal;
use crate::model::{Cell, Column, Direction};
use crate::plan::{Category, Curve, Step};

/// `value` as it lies on a curve. What has no logarithm is below everything.
pub(super) fn on_curve(curve: Curve, value: f64) -> f64 {
    match curve {
        Curve::Linear => value,
        Curve::Log if value > 0.0 => libm::log(value),
        Curve::Log => f64::NEG_INFINITY,
    }
}

/// (x − low) / (high − low) clipped to 0..1, from the other end when lower is
/// better; on a log curve with ln of everything. A value that has no logarithm
/// is below any lower goalpost.
pub(super) fn goalposts(value: f64, low: f64, high: f64, curve: Curve, direction: Direction) -> f64 {
    between(on_curve(curve, value), on_curve(curve, low), on_curve(curve, high), direction)
}

/// The same for what lies on the curve already.
pub(super) fn between(value: f64, low: f64, high: f64, direction: Direction) -> f64 {
    let share = ((value - low) / (high - low)).clamp(0.0, 1.0);
    match direction {
        Direction::Higher => share,
        Direction::Lower => 1.0 - share,
    }
}

/// (x − low) / (high − low); where lower is better with −x between −high and −low.
pub(super) fn share(value: f64, low: f64, high: f64, direction: Direction) -> f64 {
    match direction {
        Direction::Higher => (value - low) / (high - low),
        Direction::Lower => (high - value) / (high - low),
    }
}

/// The score of the highest step that `value` reaches.
pub(super) fn step_score(value: f64, below: f64, steps: &[Step]) -> f64 {
    steps.iter().take_while(|step| value >= step.at_least).last().map_or(below, |step| step.score)
}

/// The score of each value's category. Fails with the rows whose value is none.
pub(super) fn categories(column: &Column, categories: &[Category]) -> Result<Column, Refusal> {
    let score = |value: f64| categories.iter().find(|one| one.value == value).map(|one| one.score);
    let mut unknown = Vec::new();
    let cells = column.cells().enumerate().map(|(row, cell)| match cell {
        Cell::Value(value) => score(value).and_then(Cell::finite).unwrap_or_else(|| {
            unknown.push(row);
            Cell::MISSING
        }),
        absent => absent,
    });
    let column = cells.collect();
    if unknown.is_empty() { Ok(column) } else { Err(Refusal::UnknownCategory(unknown)) }
}

/// A floor and a target, turned so that higher is better.
pub(super) struct Threshold {
    pub(super) floor: f64,
    pub(super) target: f64,
    /// What falling short of the floor earns.
    pub(super) below: f64,
    pub(super) at_floor: f64,
    /// What reaching the target earns.
    pub(super) full: f64,
}

impl Threshold {
    pub(super) fn of(&self, value: f64) -> f64 {
        if value < self.floor {
            self.below
        } else if value >= self.target {
            self.full
        } else {
            let share = (value - self.floor) / (self.target - self.floor);
            self.at_floor + (self.full - self.at_floor) * share
        }
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

    #[test]
    fn a_floor_belongs_to_what_it_opens() {
        let threshold = Threshold { floor: 80.0, target: 100.0, below: 0.0, at_floor: 60.0, full: 100.0 };
        assert_eq!(
            [79.9, 80.0, 90.0, 100.0, 120.0].map(|v| threshold.of(v)),
            [0.0, 60.0, 80.0, 100.0, 100.0]
        );
    }
}
