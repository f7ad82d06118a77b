use std::collections::BTreeMap;

use nalgebra::{Cholesky, DMatrix, DVector};

use super::linear::decompose;
use super::{mean, standard_deviation};

/// Most rounds of [`expectation_maximisation`].
const ROUNDS: usize = 500;

/// Largest change of a standardised mean or covariance at which it stops.
const TOLERANCE: f64 = 1e-10;

/// The expected values of the missing cells under a joint normal distribution
/// whose means and covariances are estimated by expectation maximisation
/// (Dempster, Laird and Rubin 1977; Little and Rubin, *Statistical Analysis with
/// Missing Data*, 11.2). One column per variable; cells that are there stay.
/// `None` if a variable has fewer than two different values or if variables are
/// collinear.
///
/// A round inverts the covariances once and then works on what is missing only:
/// with p variables it costs p³, and p per missing cell.
///
/// With one incomplete variable the estimate is that of the regression on the
/// others:
///
/// ```
/// # use benchline::numeric::expectation_maximisation;
/// // y = 1 + 1.4 x by least squares on the four pairs, so 8.0 at x = 5
/// let x = [1.0, 2.0, 3.0, 4.0, 5.0].map(Some).to_vec();
/// let y = vec![Some(2.0), Some(5.0), Some(4.0), Some(7.0), None];
/// let filled = expectation_maximisation(&[x, y]).unwrap();
/// assert!((filled[1][4] - 8.0).abs() < 1e-6);
/// ```
pub fn expectation_maximisation(columns: &[Vec<Option<f64>>]) -> Option<Vec<Vec<f64>>> {
    let scales: Vec<(f64, f64)> = columns.iter().map(|column| scale(column)).collect::<Option<_>>()?;
    let mut sample = Sample::new(columns, &scales);
    let mut normal = Normal::standard(columns.len());
    for _ in 0..ROUNDS {
        let next = sample.round(&normal)?;
        let moved = normal.distance(&next);
        normal = next;
        if moved < TOLERANCE {
            break;
        }
    }
    Some(sample.unscaled(columns, &scales))
}

/// Mean and standard deviation of what is there.
fn scale(column: &[Option<f64>]) -> Option<(f64, f64)> {
    let present: Vec<f64> = column.iter().copied().flatten().collect();
    let spread = standard_deviation(&present).filter(|spread| *spread > 0.0 && spread.is_finite())?;
    Some((mean(&present)?, spread))
}

/// Means and covariances of a joint normal distribution.
struct Normal {
    means: DVector<f64>,
    covariances: DMatrix<f64>,
}

impl Normal {
    fn standard(size: usize) -> Self {
        Self { means: DVector::zeros(size), covariances: DMatrix::identity(size, size) }
    }

    fn distance(&self, other: &Self) -> f64 {
        (&self.means - &other.means).amax().max((&self.covariances - &other.covariances).amax())
    }
}

/// Standardised rows, filled in as expected so far.
struct Sample {
    /// One column per row of the data, so that a row is contiguous.
    cells: DMatrix<f64>,
    /// The rows by the variables that they lack: they share a decomposition.
    patterns: BTreeMap<Vec<usize>, Vec<usize>>,
    /// The sums of what is there, by variable.
    sums: DVector<f64>,
    /// The sums of the products of two variables over rows that have both.
    products: DMatrix<f64>,
}

#[allow(clippy::indexing_slicing, reason = "positions are those of the variables, which all sizes come from")]
impl Sample {
    fn new(columns: &[Vec<Option<f64>>], scales: &[(f64, f64)]) -> Self {
        let rows = columns.first().map_or(0, Vec::len);
        // A missing cell is 0 here and thus adds nothing to sums and products.
        let standard = columns.iter().zip(scales).flat_map(|(column, (mean, sd))| {
            column.iter().map(move |cell| cell.map_or(0.0, |value| (value - mean) / sd))
        });
        let standard = DMatrix::from_iterator(rows, columns.len(), standard);
        let mut patterns: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        for row in 0..rows {
            let lacks = |at: &usize| columns.get(*at).is_some_and(|column| column.get(row) == Some(&None));
            patterns.entry((0..columns.len()).filter(lacks).collect()).or_default().push(row);
        }
        Self {
            sums: standard.row_sum_tr(),
            products: standard.tr_mul(&standard),
            cells: standard.transpose(),
            patterns,
        }
    }

    /// One round: fills in what `normal` lets expect, and returns the
    /// distribution that this makes likeliest. With K the inverse of the
    /// covariances, what a row lacks (m) follows from what it has by
    /// `x = µ − K_mm⁻¹ K_m· (x − µ)`, with covariances `K_mm⁻¹`.
    fn round(&mut self, normal: &Normal) -> Option<Normal> {
        let size = normal.means.len();
        let precision = decompose(normal.covariances.clone())?.inverse();
        let mut sums = self.sums.clone();
        let (mut halves, mut doubt) = (DMatrix::zeros(size, size), DMatrix::zeros(size, size));
        for (lacking, rows) in self.patterns.iter().filter(|(lacking, _)| !lacking.is_empty()) {
            let part = Cholesky::new(precision.select_rows(lacking).select_columns(lacking))?;
            let spread = part.inverse() * rows.len() as f64;
            for (from, to) in lacking.iter().enumerate() {
                for (other, column) in lacking.iter().zip(spread.column_iter()) {
                    doubt[(*to, *other)] += column[from];
                }
            }
            for row in rows {
                let mut row = self.cells.column_mut(*row);
                let mut distances = &row - &normal.means;
                lacking.iter().for_each(|at| distances[*at] = 0.0);
                let pulls = lacking.iter().map(|at| precision.column(*at).dot(&distances));
                let shifts = part.solve(&DVector::from_iterator(lacking.len(), pulls));
                for (at, shift) in lacking.iter().zip(shifts.iter()) {
                    row[*at] = normal.means[*at] - shift;
                    sums[*at] += row[*at];
                }
                // Products of two filled cells come twice, here and mirrored.
                let mut half = row.clone_owned();
                lacking.iter().for_each(|at| half[*at] *= 0.5);
                lacking.iter().for_each(|at| halves.column_mut(*at).axpy(row[*at], &half, 1.0));
            }
        }
        let n = self.cells.ncols() as f64;
        let means = sums / n;
        let products = (&self.products + &halves + halves.transpose() + doubt) / n;
        let covariances = DMatrix::from_fn(size, size, |a, b| products[(a, b)] - means[a] * means[b]);
        Some(Normal { means, covariances })
    }

    /// All cells in the units of the data: as they came, or as expected.
    fn unscaled(&self, columns: &[Vec<Option<f64>>], scales: &[(f64, f64)]) -> Vec<Vec<f64>> {
        let filled = |at: usize, row: usize| self.cells.get((at, row)).copied().unwrap_or(0.0);
        let columns = columns.iter().zip(scales).enumerate().map(|(at, (column, (mean, sd)))| {
            let cells = column.iter().enumerate();
            cells.map(|(row, cell)| cell.unwrap_or_else(|| mean + sd * filled(at, row))).collect()
        });
        columns.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cement data of Draper and Smith as Rubin thinned them out; the
    /// likeliest means are 6.655, 49.965, 11.769, 27.047 and 95.423 (Little and
    /// Rubin, *Statistical Analysis with Missing Data*, factored likelihood of
    /// monotone data).
    #[test]
    fn the_likeliest_means_of_the_cement_data() {
        let first = [7., 1., 11., 11., 7., 11., 3., 1., 2., 21., 1., 11., 10.];
        let second = [26., 29., 56., 31., 52., 55., 71., 31., 54., 47., 40., 66., 68.];
        let third = [6., 15., 8., 8., 6., 9., 17., 22., 18., 4., 23., 9., 8.];
        let fourth = [60., 52., 20., 47., 33., 22., 6., 44., 22., 26., 34., 12., 12.];
        let heat = [78.5, 74.3, 104.3, 87.6, 95.9, 109.2, 102.7, 72.5, 93.1, 115.9, 83.8, 113.3, 109.4];
        let known = |values: [f64; 13], count: usize| -> Vec<Option<f64>> {
            values.iter().enumerate().map(|(at, value)| (at < count).then_some(*value)).collect()
        };
        let columns =
            [known(first, 9), known(second, 9), known(third, 13), known(fourth, 6), known(heat, 13)];
        let filled = expectation_maximisation(&columns).unwrap();
        for (column, expected) in filled.iter().zip([6.655, 49.965, 11.769, 27.047, 95.423]) {
            assert!((mean(column).unwrap() - expected).abs() < 5e-4, "{:?} {expected}", mean(column));
        }
        // The same, computed row by row with the covariances instead of their inverse.
        assert!((filled[0][9] - 12.890_665_2).abs() < 1e-6 && (filled[3][6] - 0.879_810_5).abs() < 1e-6);
    }

    #[test]
    fn collinear_variables_have_no_distribution() {
        let x: Vec<Option<f64>> = (0..6).map(|at| Some(f64::from(at))).collect();
        let twice = (0..6).map(|at| Some(2.0 * f64::from(at))).collect();
        let other = [Some(3.0), Some(1.0), None, Some(4.0), Some(1.0), Some(5.0)].to_vec();
        assert_eq!(expectation_maximisation(&[x, twice, other]), None);
    }
}
