/// Cronbach's alpha, k² · c / S: c is the mean covariance of two of the k
/// columns, S the sum of all variances and covariances (Cronbach 1951). Each
/// covariance is over the rows that have both values. `None` for fewer than two
/// columns, a covariance over fewer than two rows, or S not above 0.
///
/// ```
/// # use benchline::numeric::cronbach_alpha;
/// let column = |values: [f64; 3]| values.map(Some).to_vec();
/// // Variances 1 and 1, covariance 1/2: 4 · (1/2) / 3.
/// let alpha = cronbach_alpha(&[column([1.0, 2.0, 3.0]), column([1.0, 3.0, 2.0])]).unwrap();
/// assert!((alpha - 2.0 / 3.0).abs() < 1e-15);
/// assert_eq!(cronbach_alpha(&[column([1.0, 2.0, 3.0])]), None);
/// ```
pub fn cronbach_alpha(columns: &[Vec<Option<f64>>]) -> Option<f64> {
    let count = columns.len();
    if count < 2 {
        return None;
    }
    let (mut variances, mut covariances) = (0.0, 0.0);
    for (at, one) in columns.iter().enumerate() {
        variances += covariance(one, one)?;
        for other in columns.iter().skip(at + 1) {
            covariances += 2.0 * covariance(one, other)?;
        }
    }
    let (count, sum) = (count as f64, variances + covariances);
    let alpha = count / (count - 1.0) * covariances / sum;
    (sum > 0.0 && alpha.is_finite()).then_some(alpha)
}

/// Sample covariance (divisor n − 1) over the rows that have both values.
fn covariance(x: &[Option<f64>], y: &[Option<f64>]) -> Option<f64> {
    let pairs = || x.iter().zip(y).filter_map(|(x, y)| Some(((*x)?, (*y)?)));
    let n = pairs().count();
    if n < 2 {
        return None;
    }
    let (sum_x, sum_y) = pairs().fold((0.0, 0.0), |sum, (x, y)| (sum.0 + x, sum.1 + y));
    let (mean_x, mean_y) = (sum_x / n as f64, sum_y / n as f64);
    let products: f64 = pairs().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    Some(products / (n - 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns that cancel each other out have no sum to share.
    #[test]
    fn opposites_and_single_rows_have_no_alpha() {
        let column = |values: [f64; 3]| values.map(Some).to_vec();
        assert_eq!(cronbach_alpha(&[column([1.0, 2.0, 3.0]), column([3.0, 2.0, 1.0])]), None);
        assert_eq!(cronbach_alpha(&[vec![Some(1.0)], vec![Some(2.0)]]), None);
        let gap = vec![Some(1.0), Some(2.0), Some(3.0), None];
        let other = vec![Some(1.0), Some(3.0), Some(2.0), None];
        assert!((cronbach_alpha(&[gap, other]).unwrap() - 2.0 / 3.0).abs() < 1e-15);
    }
}
