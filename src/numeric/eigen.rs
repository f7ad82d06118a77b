use nalgebra::{DMatrix, SymmetricEigen};

/// A positive eigenvector, summing to 1, and its eigenvalue.
#[derive(Clone, Debug, PartialEq)]
pub struct Eigenpair {
    /// The eigenvalue.
    pub value: f64,
    /// The eigenvector.
    pub vector: Vec<f64>,
}

/// Most rounds of the power iteration; a positive matrix needs some dozens.
const MOST_ROUNDS: usize = 10_000;

/// The largest eigenvalue of a positive square matrix and its eigenvector, by
/// power iteration (Perron's theorem: both are positive and unique). `None` for
/// any other matrix.
pub fn principal_eigenvector(matrix: &[Vec<f64>]) -> Option<Eigenpair> {
    let size = matrix.len();
    let sound = |row: &Vec<f64>| row.len() == size && row.iter().all(|cell| cell.is_finite() && *cell > 0.0);
    if size == 0 || !matrix.iter().all(sound) {
        return None;
    }
    let times = |vector: &[f64]| -> Vec<f64> {
        matrix.iter().map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum()).collect()
    };
    let mut vector = vec![1.0 / size as f64; size];
    for _ in 0..MOST_ROUNDS {
        let next = times(&vector);
        let sum: f64 = next.iter().sum();
        let next: Vec<f64> = next.iter().map(|part| part / sum).collect();
        let moved = next.iter().zip(&vector).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        vector = next;
        if moved <= 1e-16 {
            break;
        }
    }
    let products = times(&vector);
    let value = products.iter().zip(&vector).map(|(product, part)| product / part).sum::<f64>() / size as f64;
    Some(Eigenpair { value, vector })
}

/// The eigenvalues of a symmetric matrix, largest first, each with its unit
/// eigenvector, whose sum is not negative.
pub fn symmetric_eigen(matrix: &[Vec<f64>]) -> Vec<(f64, Vec<f64>)> {
    let size = matrix.len();
    let cell = |row: usize, column: usize| matrix.get(row).and_then(|row| row.get(column)).copied();
    let dense = DMatrix::from_fn(size, size, |row, column| cell(row, column).unwrap_or(0.0));
    let eigen = SymmetricEigen::new(dense);
    let mut pairs: Vec<(f64, Vec<f64>)> = eigen
        .eigenvalues
        .iter()
        .zip(eigen.eigenvectors.column_iter())
        .map(|(value, vector)| {
            let vector: Vec<f64> = vector.iter().copied().collect();
            let sign = if vector.iter().sum::<f64>() < 0.0 { -1.0 } else { 1.0 };
            (*value, vector.into_iter().map(|part| sign * part).collect())
        })
        .collect();
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    pairs
}

/// Pearson's correlation; `None` for columns without spread or of unequal length.
pub fn correlation(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() != y.len() || x.is_empty() {
        return None;
    }
    let (mean_x, mean_y) = (x.iter().sum::<f64>() / x.len() as f64, y.iter().sum::<f64>() / y.len() as f64);
    let products = |a: &[f64], b: &[f64], mean_a: f64, mean_b: f64| -> f64 {
        a.iter().zip(b).map(|(a, b)| (a - mean_a) * (b - mean_b)).sum()
    };
    let scale = products(x, x, mean_x, mean_x) * products(y, y, mean_y, mean_y);
    (scale > 0.0 && scale.is_finite())
        .then(|| (products(x, y, mean_x, mean_y) / scale.sqrt()).clamp(-1.0, 1.0))
}

/// Solves `matrix` · x = `right`; `None` when it is singular.
pub(super) fn solve(matrix: &[Vec<f64>], right: &[f64]) -> Option<Vec<f64>> {
    let size = right.len();
    let cell = |row: usize, column: usize| matrix.get(row).and_then(|row| row.get(column)).copied();
    let dense = DMatrix::from_fn(size, size, |row, column| cell(row, column).unwrap_or(0.0));
    let solution = dense.lu().solve(&nalgebra::DVector::from_column_slice(right))?;
    let solution: Vec<f64> = solution.iter().copied().collect();
    solution.iter().all(|part| part.is_finite()).then_some(solution)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [[2, 1], [1, 2]] has 3 with (1, 1)/√2 and 1 with (1, −1)/√2.
    #[test]
    fn eigenvalues_of_a_small_matrix() {
        let matrix = [vec![2.0, 1.0], vec![1.0, 2.0]];
        let pairs = symmetric_eigen(&matrix);
        assert!((pairs[0].0 - 3.0).abs() < 1e-14 && (pairs[1].0 - 1.0).abs() < 1e-14);
        assert!((pairs[0].1[0] - 0.5_f64.sqrt()).abs() < 1e-14);
        let pair = principal_eigenvector(&matrix).unwrap();
        assert!((pair.value - 3.0).abs() < 1e-14 && (pair.vector[0] - 0.5).abs() < 1e-14);
        assert_eq!(principal_eigenvector(&[vec![1.0, -1.0], vec![1.0, 1.0]]), None);
    }

    #[test]
    fn correlations() {
        assert_eq!(correlation(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]), Some(1.0));
        assert_eq!(correlation(&[1.0, 2.0, 3.0], &[1.0, 1.0, 1.0]), None);
        // Deviations (-1, 0, 1) and (-1, 1, 0): 1 / 2.
        assert!((correlation(&[1.0, 2.0, 3.0], &[1.0, 3.0, 2.0]).unwrap() - 0.5).abs() < 1e-15);
    }
}
