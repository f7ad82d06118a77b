//! Linear equations. Decompositions and products of columns run in a fixed order
//! and without the instructions of one machine, so that every machine gets the
//! same bits: no general product of matrices, which picks its own.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

use super::mean;

/// Smallest share of its diagonal that a pivot may be: below, a column is a
/// combination of those before it.
const LEAST_PIVOT: f64 = 1e-10;

/// Cholesky's decomposition of a symmetric matrix; `None` unless it is positive
/// definite, that is, if its columns are collinear.
pub(super) fn decompose(matrix: DMatrix<f64>) -> Option<Cholesky<f64, Dyn>> {
    let diagonal = matrix.diagonal();
    let decomposed = Cholesky::new(matrix)?;
    let pivots = decomposed.l_dirty().diagonal();
    let sound = |(pivot, own): (&f64, &f64)| pivot * pivot > LEAST_PIVOT * own.abs();
    pivots.iter().zip(diagonal.iter()).all(sound).then_some(decomposed)
}

/// The constant and the slopes of the least squares fit of `y` on the columns
/// `x`, which have one value per value of `y`. `None` if there are no more
/// values than coefficients, or if the columns are collinear or constant.
///
/// ```
/// # use benchline::numeric::least_squares;
/// // y = 1 + 2 a − b
/// let (a, b) = (vec![0.0, 1.0, 2.0, 3.0], vec![1.0, 0.0, 1.0, 5.0]);
/// let fit = least_squares(&[a, b], &[0.0, 3.0, 4.0, 2.0]).unwrap();
/// assert!([1.0, 2.0, -1.0].iter().zip(fit).all(|(a, b)| (a - b).abs() < 1e-12));
/// ```
pub fn least_squares(x: &[Vec<f64>], y: &[f64]) -> Option<Vec<f64>> {
    if y.len() <= x.len() + 1 || x.iter().any(|column| column.len() != y.len()) {
        return None;
    }
    let mean_y = mean(y)?;
    let means: Vec<f64> = x.iter().map(|x| mean(x)).collect::<Option<_>>()?;
    let centred = x.iter().zip(&means).flat_map(|(x, mean)| x.iter().map(move |x| x - mean));
    let centred = DMatrix::from_iterator(y.len(), x.len(), centred);
    let right = centred.tr_mul(&DVector::from_iterator(y.len(), y.iter().map(|y| y - mean_y)));
    let slopes = decompose(centred.tr_mul(&centred))?.solve(&right);
    let constant = mean_y - slopes.iter().zip(&means).map(|(slope, mean)| slope * mean).sum::<f64>();
    Some(std::iter::once(constant).chain(slopes.iter().copied()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collinear_columns_have_no_fit() {
        let a = vec![1.0, 2.0, 3.0, 4.0, 5.0];
        let twice = a.iter().map(|a| 2.0 * a).collect();
        assert_eq!(least_squares(&[a, twice], &[1.0, 2.0, 3.0, 5.0, 4.0]), None);
        assert_eq!(least_squares(&[vec![1.0, 1.0, 1.0]], &[1.0, 2.0, 3.0]), None);
        assert_eq!(least_squares(&[vec![1.0, 2.0]], &[1.0, 2.0]), None, "two points fix two coefficients");
    }
}
