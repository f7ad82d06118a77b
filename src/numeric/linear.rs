//! Small systems of linear equations, solved in a fixed order so that every
//! machine gets the same bits.

/// A square symmetric matrix, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Symmetric {
    size: usize,
    cells: Vec<f64>,
}

/// Smallest share of its diagonal that a pivot may be: below, a column is a
/// combination of those before it.
const LEAST_PIVOT: f64 = 1e-10;

impl Symmetric {
    /// A matrix of zeros.
    pub fn zeros(size: usize) -> Self {
        Self { size, cells: vec![0.0; size * size] }
    }

    /// Number of rows.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The cell at a row and column; 0 outside.
    pub fn get(&self, row: usize, column: usize) -> f64 {
        self.cells.get(row * self.size + column).copied().unwrap_or(0.0)
    }

    /// Adds to a cell; its mirror image is the caller's to keep.
    pub fn add(&mut self, row: usize, column: usize, value: f64) {
        if let Some(cell) = self.cells.get_mut(row * self.size + column) {
            *cell += value;
        }
    }

    /// The rows and columns at `positions`.
    pub fn part(&self, positions: &[usize]) -> Self {
        let cells = positions.iter().flat_map(|row| positions.iter().map(|column| self.get(*row, *column)));
        Self { size: positions.len(), cells: cells.collect() }
    }

    /// Solves A x = b for a positive definite A by Cholesky's decomposition;
    /// `None` if A is not, that is, if its columns are collinear.
    ///
    /// ```
    /// # use benchline::numeric::Symmetric;
    /// let mut a = Symmetric::zeros(2);
    /// for (row, column, value) in [(0, 0, 4.0), (0, 1, 2.0), (1, 0, 2.0), (1, 1, 5.0)] {
    ///     a.add(row, column, value);
    /// }
    /// assert_eq!(a.solve(&[8.0, 12.0]), Some(vec![1.0, 2.0]));
    /// ```
    pub fn solve(&self, right: &[f64]) -> Option<Vec<f64>> {
        self.decompose().map(|lower| lower.solve(right))
    }

    /// The triangle L with A = L Lᵀ; `None` unless A is positive definite.
    pub fn decompose(&self) -> Option<Cholesky> {
        let mut lower = Symmetric::zeros(self.size);
        for row in 0..self.size {
            for column in 0..=row {
                let done: f64 = (0..column).map(|at| lower.get(row, at) * lower.get(column, at)).sum();
                let rest = self.get(row, column) - done;
                let cell = if row == column {
                    let sound = rest.is_finite() && rest > LEAST_PIVOT * self.get(row, row).abs();
                    if !sound {
                        return None;
                    }
                    rest.sqrt()
                } else {
                    rest / lower.get(column, column)
                };
                lower.add(row, column, cell);
            }
        }
        Some(Cholesky(lower))
    }
}

/// The lower triangle of a decomposed matrix.
#[derive(Clone, Debug)]
pub struct Cholesky(Symmetric);

impl Cholesky {
    /// Solves A x = b.
    pub fn solve(&self, right: &[f64]) -> Vec<f64> {
        let (lower, size) = (&self.0, self.0.size);
        let mut forward: Vec<f64> = Vec::with_capacity(size);
        for row in 0..size {
            let done: f64 = forward.iter().enumerate().map(|(at, x)| lower.get(row, at) * x).sum();
            forward.push((right.get(row).copied().unwrap_or(0.0) - done) / lower.get(row, row));
        }
        let mut backward: Vec<f64> = Vec::with_capacity(size);
        for row in (0..size).rev() {
            let done: f64 =
                backward.iter().enumerate().map(|(at, x)| lower.get(size - 1 - at, row) * x).sum();
            backward.push((forward.get(row).copied().unwrap_or(0.0) - done) / lower.get(row, row));
        }
        backward.reverse();
        backward
    }
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
    if y.len() <= x.len() + 1 {
        return None;
    }
    let (mean_y, means) = (super::mean(y)?, x.iter().map(|x| super::mean(x)).collect::<Option<Vec<f64>>>()?);
    let centred: Vec<Vec<f64>> =
        x.iter().zip(&means).map(|(x, mean)| x.iter().map(|x| x - mean).collect()).collect();
    let mut products = Symmetric::zeros(x.len());
    let mut right = Vec::with_capacity(x.len());
    for (row, a) in centred.iter().enumerate() {
        for (column, b) in centred.iter().enumerate() {
            products.add(row, column, dot(a, b));
        }
        right.push(a.iter().zip(y).map(|(a, y)| a * (y - mean_y)).sum());
    }
    let slopes = products.solve(&right)?;
    let constant = mean_y - dot(&slopes, &means);
    Some(std::iter::once(constant).chain(slopes).collect())
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
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
