use super::{excess_kurtosis, skewness};

/// When a distribution counts as free of outliers: |skewness| below one bound or
/// excess kurtosis below the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShapeBounds {
    /// Bound of the absolute skewness.
    pub skewness: f64,
    /// Bound of the excess kurtosis.
    pub kurtosis: f64,
}

impl ShapeBounds {
    /// Whether `values` are free of outliers. Too few values to tell are.
    pub fn pass(&self, values: &[f64]) -> bool {
        match (skewness(values), excess_kurtosis(values)) {
            (Some(skewness), Some(kurtosis)) => self.admit(skewness, kurtosis),
            _ => true,
        }
    }

    /// Whether a distribution of this shape is free of outliers.
    pub fn admit(&self, skewness: f64, kurtosis: f64) -> bool {
        skewness.abs() < self.skewness || kurtosis < self.kurtosis
    }
}

/// What moving points inwards led to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Winsorised {
    /// Smallest value that is left; what was below is now there.
    pub low: f64,
    /// Largest value that is left; what was above is now there.
    pub high: f64,
    /// How many points moved.
    pub points: usize,
}

/// Moves the outermost points inwards, one distinct value at a time, until
/// `bounds` admit the distribution or `most` points have moved (COINr's
/// `winsorise`): at the upper end while the skewness is not negative, else at
/// the lower. Points that are equal move together and can overshoot `most`.
/// `None` for no values.
///
/// ```
/// # use benchline::numeric::{winsorise, ShapeBounds};
/// let bounds = ShapeBounds { skewness: 2.0, kurtosis: 3.5 };
/// let values = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 99.0];
/// let moved = winsorise(&values, bounds, 5).unwrap();
/// assert_eq!((moved.low, moved.high, moved.points), (1.0, 7.0, 1));
/// assert_eq!(winsorise(&values, bounds, 0).unwrap().points, 0);
/// ```
pub fn winsorise(values: &[f64], bounds: ShapeBounds, most: usize) -> Option<Winsorised> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (mut low, mut high) = (*sorted.first()?, *sorted.last()?);
    let (mut at_low, mut at_high) = (0, 0);
    let mut moved = values.to_vec();
    while !bounds.pass(&moved) && at_low + at_high < most {
        let upper = skewness(&moved).unwrap_or(0.0) >= 0.0;
        let start = sorted.partition_point(|value| *value <= low);
        let end = sorted.partition_point(|value| *value < high);
        // Where the two ends would meet, nothing is left to compare with.
        let next = if upper { end.checked_sub(1) } else { Some(start) };
        let Some(next) =
            next.and_then(|at| sorted.get(at)).copied().filter(|next| *next > low && *next < high)
        else {
            break;
        };
        if upper {
            high = next;
            at_high = sorted.len() - sorted.partition_point(|value| *value <= high);
        } else {
            low = next;
            at_low = sorted.partition_point(|value| *value < low);
        }
        for (moved, value) in moved.iter_mut().zip(values) {
            *moved = value.clamp(low, high);
        }
    }
    Some(Winsorised { low, high, points: at_low + at_high })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: ShapeBounds = ShapeBounds { skewness: 2.0, kurtosis: 3.5 };

    #[test]
    fn nothing_moves_where_nothing_stands_out() {
        let moved = winsorise(&[1.0, 2.0, 3.0, 4.0, 5.0], BOUNDS, 5).unwrap();
        assert_eq!(moved, Winsorised { low: 1.0, high: 5.0, points: 0 });
        assert_eq!(winsorise(&[], BOUNDS, 5), None);
    }

    #[test]
    fn equal_points_move_together_and_overshoot() {
        let mut values: Vec<f64> = (0..100).map(|at| f64::from(at) / 10.0).collect();
        values.extend([500.0; 3]);
        let moved = winsorise(&values, BOUNDS, 1).unwrap();
        assert_eq!((moved.high, moved.points), (9.9, 3));
    }

    #[test]
    fn the_lower_end_mirrors_the_upper() {
        let values = [-99.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];
        let moved = winsorise(&values, BOUNDS, 5).unwrap();
        assert_eq!((moved.low, moved.high, moved.points), (1.0, 7.0, 1));
    }

    #[test]
    fn values_that_cannot_be_mended_end_the_search() {
        let mut values = vec![0.0; 40];
        values.push(1.0);
        let moved = winsorise(&values, BOUNDS, 1_000).unwrap();
        assert_eq!(moved.points, 0, "moving the one point would leave nothing to compare");
    }
}
