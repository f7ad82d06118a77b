use serde::Serialize;

use crate::numeric::nearly_equal;

/// Where one value stands among those of several units; higher is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    /// Units compared, itself included.
    pub n: usize,
    /// How many have less.
    pub below: usize,
    /// How many others have the same.
    pub tied: usize,
}

impl Position {
    /// The position of `value` among `values`, which include it. Values that
    /// differ by rounding noise are the same.
    ///
    /// ```
    /// # use benchline::insight::Position;
    /// // By hand: 70 and 80 are less, one other has 90 too, 95 is more.
    /// let position = Position::of(90.0, &[70.0, 90.0, 95.0, 90.0, 80.0]);
    /// assert_eq!((position.n, position.below, position.tied, position.above()), (5, 2, 1, 1));
    /// // Ahead of 2 of the 4 others.
    /// assert_eq!(position.ahead_of(), Some(0.5));
    /// assert_eq!(position.rank(), 2);
    /// ```
    pub fn of(value: f64, values: &[f64]) -> Self {
        let same = values.iter().filter(|other| nearly_equal(**other, value)).count();
        let below = values.iter().filter(|other| **other < value && !nearly_equal(**other, value)).count();
        Self { n: values.len(), below, tied: same.saturating_sub(1) }
    }

    /// How many have more.
    pub fn above(&self) -> usize {
        self.n.saturating_sub(1 + self.below + self.tied)
    }

    /// The share of the other units that have less; `None` without others. A
    /// tie is not ahead of anybody in it.
    pub fn ahead_of(&self) -> Option<f64> {
        let others = self.n.checked_sub(1).filter(|others| *others > 0)?;
        Some(self.below as f64 / others as f64)
    }

    /// The place from the top, shared by ties: 1 is first.
    pub fn rank(&self) -> usize {
        self.above() + 1
    }
}
