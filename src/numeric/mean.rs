//! Weighted means. `terms` are (weight, value) pairs whose weights sum to 1.

/// Sum of w·x.
///
/// ```
/// # use benchline::numeric::arithmetic_mean;
/// assert_eq!(arithmetic_mean(&[(0.25, 8.0), (0.75, 4.0)]), 5.0);
/// ```
pub fn arithmetic_mean(terms: &[(f64, f64)]) -> f64 {
    terms.iter().map(|(weight, value)| weight * value).sum()
}

/// exp of the sum of w·ln x (Handbook on Constructing Composite Indicators,
/// step 6). Zero when a value with positive weight is zero or less: callers
/// refuse such values first and name them.
///
/// ```
/// # use benchline::numeric::geometric_mean;
/// assert!((geometric_mean(&[(0.5, 2.0), (0.5, 8.0)]) - 4.0).abs() < 1e-12);
/// ```
pub fn geometric_mean(terms: &[(f64, f64)]) -> f64 {
    if terms.iter().any(|(weight, value)| *weight > 0.0 && *value <= 0.0) {
        return 0.0;
    }
    let logs: f64 = terms.iter().filter(|(weight, _)| *weight > 0.0).map(|(w, x)| w * libm::log(*x)).sum();
    libm::exp(logs)
}

/// 1 / sum of w/x. Zero when a value with positive weight is zero or less, as
/// for [`geometric_mean`].
///
/// ```
/// # use benchline::numeric::harmonic_mean;
/// assert!((harmonic_mean(&[(0.5, 2.0), (0.5, 6.0)]) - 3.0).abs() < 1e-12);
/// ```
pub fn harmonic_mean(terms: &[(f64, f64)]) -> f64 {
    if terms.iter().any(|(weight, value)| *weight > 0.0 && *value <= 0.0) {
        return 0.0;
    }
    1.0 / terms.iter().filter(|(weight, _)| *weight > 0.0).map(|(w, x)| w / x).sum::<f64>()
}

/// (Σ w·x^p)^(1/p); the geometric mean for p = 0. Zero when p ≤ 0 and a value
/// with positive weight is zero or less.
///
/// ```
/// # use benchline::numeric::generalised_mean;
/// let terms = [(0.5, 1.0), (0.5, 7.0)];
/// assert!((generalised_mean(&terms, 2.0) - 5.0).abs() < 1e-12);
/// assert!((generalised_mean(&terms, 0.0) - 7.0_f64.sqrt()).abs() < 1e-12);
/// assert!((generalised_mean(&terms, -1.0) - 1.75).abs() < 1e-12);
/// ```
pub fn generalised_mean(terms: &[(f64, f64)], power: f64) -> f64 {
    if power == 0.0 {
        return geometric_mean(terms);
    }
    if power < 0.0 && terms.iter().any(|(weight, value)| *weight > 0.0 && *value <= 0.0) {
        return 0.0;
    }
    let powers = terms.iter().filter(|(weight, _)| *weight > 0.0).map(|(w, x)| w * libm::pow(*x, power));
    libm::pow(powers.sum(), 1.0 / power)
}

/// The smallest value that has half of the weight at or below it; halfway to
/// the next when exactly half is. NaN for no weight.
///
/// ```
/// # use benchline::numeric::weighted_median;
/// assert_eq!(weighted_median(&[(0.2, 9.0), (0.5, 4.0), (0.3, 1.0)]), 4.0);
/// assert_eq!(weighted_median(&[(0.25, 1.0), (0.25, 2.0), (0.25, 3.0), (0.25, 5.0)]), 2.5);
/// ```
pub fn weighted_median(terms: &[(f64, f64)]) -> f64 {
    let mut sorted: Vec<(f64, f64)> = terms.iter().copied().filter(|(weight, _)| *weight > 0.0).collect();
    sorted.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.total_cmp(&b.0)));
    let total: f64 = sorted.iter().map(|(weight, _)| weight).sum();
    let mut below = 0.0;
    for (at, (weight, value)) in sorted.iter().enumerate() {
        below += weight / total;
        // A half that is summed from parts must count as a half.
        if (below - 0.5).abs() <= 1e-12 {
            let next = sorted.get(at + 1).map_or(*value, |(_, next)| *next);
            return value + (next - value) / 2.0;
        }
        if below > 0.5 {
            return *value;
        }
    }
    f64::NAN
}

/// Ordered weighted average: `weights`, summing to 1, belong to the values from
/// the largest to the smallest (Yager 1988). NaN unless there are as many.
///
/// ```
/// # use benchline::numeric::ordered_average;
/// assert_eq!(ordered_average(&[2.0, 8.0, 4.0], &[0.5, 0.25, 0.25]), 5.5);
/// ```
pub fn ordered_average(values: &[f64], weights: &[f64]) -> f64 {
    if values.len() != weights.len() {
        return f64::NAN;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    sorted.iter().zip(weights).map(|(value, weight)| value * weight).sum()
}

/// Mazziotta-Pareto index: M − S²/M, or M + S²/M when `penalty` is −1, with the
/// sum of squares divided by n less `lost` degrees of freedom (Mazziotta and
/// Pareto 2016). The mean M must not be zero.
///
/// ```
/// # use benchline::numeric::mazziotta_pareto;
/// // mean 100, squares 200: S² = 100 with n, 200 with n − 1
/// assert_eq!(mazziotta_pareto(&[90.0, 110.0], 1.0, 0), 99.0);
/// assert_eq!(mazziotta_pareto(&[90.0, 110.0], 1.0, 1), 98.0);
/// assert_eq!(mazziotta_pareto(&[90.0, 110.0], -1.0, 0), 101.0);
/// ```
pub fn mazziotta_pareto(values: &[f64], penalty: f64, lost: usize) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    let divisor = values.len().saturating_sub(lost);
    if divisor == 0 {
        return mean;
    }
    mean - penalty * squares / divisor as f64 / mean
}
