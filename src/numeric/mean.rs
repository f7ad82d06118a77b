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
