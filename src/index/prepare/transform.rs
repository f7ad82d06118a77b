use crate::numeric::skewness;
use crate::plan::Transform;

/// The share of the range by which `log-ct` keeps its logarithms off zero.
const OFFSET: f64 = 0.01;

/// A transform with the figures of its pool filled in. Rising in all cases, so
/// that a direction stays what it was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Curve {
    /// ln x.
    Log,
    /// ln(x − low + offset), x no lower than low.
    FromLow { low: f64, offset: f64 },
    /// −ln(high + offset − x), x no higher than high.
    ToHigh { high: f64, offset: f64 },
    /// (z^λ − 1) / λ with z = x − low + 1, x no lower than low.
    Power { low: f64, lambda: f64 },
}

impl Curve {
    /// The curve of `transform` over a pool; `None` where it has none: for
    /// `none`, and for values that do not vary.
    pub(super) fn new(transform: Transform, lambda: f64, values: &[f64]) -> Option<Self> {
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let offset = OFFSET * (high - low);
        if high <= low || !offset.is_finite() {
            return None;
        }
        match transform {
            Transform::None => None,
            Transform::Log => Some(Curve::Log),
            Transform::LogCtPlus if skewness(values).is_some_and(|skewness| skewness <= 0.0) => {
                Some(Curve::ToHigh { high, offset })
            }
            Transform::LogCt | Transform::LogCtPlus => Some(Curve::FromLow { low, offset }),
            Transform::LogCtOrig => Some(Curve::FromLow { low, offset: 1.0 }),
            Transform::BoxCox => Some(Curve::Power { low, lambda }),
        }
    }

    /// The transformed value; `None` if there is none. A benchmark beyond the
    /// end where the curve breaks off counts as that end.
    pub(super) fn of(&self, value: f64) -> Option<f64> {
        let result = match *self {
            Curve::Log if value <= 0.0 => return None,
            Curve::Log => libm::log(value),
            Curve::FromLow { low, offset } => libm::log(value.max(low) - low + offset),
            Curve::ToHigh { high, offset } => -libm::log(high + offset - value.min(high)),
            Curve::Power { low, lambda: 0.0 } => libm::log(value.max(low) - low + 1.0),
            Curve::Power { low, lambda } => (libm::pow(value.max(low) - low + 1.0, lambda) - 1.0) / lambda,
        };
        result.is_finite().then_some(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [f64; 5] = [1.0, 2.0, 3.0, 4.0, 101.0];

    fn of(transform: Transform, lambda: f64, value: f64) -> f64 {
        Curve::new(transform, lambda, &VALUES).unwrap().of(value).unwrap()
    }

    #[test]
    fn transforms_by_hand() {
        // min 1, range 100, skewness above 0
        assert_eq!(of(Transform::LogCt, 0.0, 1.0), 0.0);
        assert!((of(Transform::LogCt, 0.0, 2.0) - libm::log(2.0)).abs() < 1e-15);
        assert_eq!(of(Transform::LogCtPlus, 0.0, 2.0), of(Transform::LogCt, 0.0, 2.0));
        assert!((of(Transform::LogCtOrig, 0.0, 4.0) - libm::log(4.0)).abs() < 1e-15);
        assert_eq!(of(Transform::BoxCox, 0.5, 4.0), 2.0);
        assert_eq!(of(Transform::BoxCox, 0.0, 4.0), of(Transform::LogCtOrig, 0.0, 4.0));
        assert_eq!(of(Transform::Log, 0.0, 1.0), 0.0);
        assert_eq!(Curve::Log.of(0.0), None);
    }

    #[test]
    fn a_left_tail_is_drawn_in_from_the_other_end() {
        let mirrored = VALUES.map(|value| -value);
        let curve = Curve::new(Transform::LogCtPlus, 0.0, &mirrored).unwrap();
        assert_eq!(curve, Curve::ToHigh { high: -1.0, offset: 1.0 });
        assert!(curve.of(-101.0).unwrap() < curve.of(-4.0).unwrap());
        assert_eq!(curve.of(5.0), curve.of(-1.0), "a benchmark beyond the end");
    }

    #[test]
    fn what_does_not_vary_has_no_curve() {
        assert_eq!(Curve::new(Transform::LogCt, 0.0, &[2.0, 2.0]), None);
        assert_eq!(Curve::new(Transform::LogCt, 0.0, &[]), None);
    }
}
