//! Weights found from data: one share per column, on any scale. Columns are of
//! equal length, without gaps.

use super::eigen::{correlation, solve, symmetric_eigen};
use super::rank::relatively_equal;
use super::summary::standard_deviation;
use super::varimax::varimax;

/// Why data give no weights. Columns by position.
#[derive(Clone, Debug, PartialEq)]
pub enum NoWeights {
    /// Too few rows to judge by.
    TooFew {
        /// Rows there are.
        rows: usize,
        /// Rows needed.
        needed: usize,
    },
    /// A column does not vary.
    Constant(usize),
    /// A column has a negative value, or only zeros.
    NotShares(usize),
    /// Two columns say the same.
    Collinear(usize, usize),
    /// The columns depend on each other.
    Singular,
    /// These columns would weigh less than nothing.
    Negative(Vec<usize>),
}

/// Shares of columns, or why there are none.
pub type Shares = Result<Vec<f64>, NoWeights>;

/// Two correlations closer to 1 than this are one column twice.
const COLLINEAR: f64 = 1e-9;

/// The standard deviation of each column.
///
/// ```
/// # use benchline::numeric::deviation_weights;
/// let shares = deviation_weights(&[vec![1.0, 3.0], vec![1.0, 7.0]]).unwrap();
/// assert!((shares[1] / shares[0] - 3.0).abs() < 1e-12);
/// ```
pub fn deviation_weights(columns: &[Vec<f64>]) -> Shares {
    deviations(columns)
}

/// 1 − H / ln n of each column, H = −Σ p ln p over the shares p of its sum, with
/// 0 ln 0 = 0. A column of equal values weighs nothing.
///
/// ```
/// # use benchline::numeric::entropy_weights;
/// // H = ln 2 for the first column and 0 for the second, whose 0 ln 0 is 0.
/// assert_eq!(entropy_weights(&[vec![1.0, 1.0], vec![0.0, 5.0]]), Ok(vec![0.0, 1.0]));
/// ```
pub fn entropy_weights(columns: &[Vec<f64>]) -> Shares {
    enough(columns, 2)?;
    let rows = columns.first().map_or(0, Vec::len) as f64;
    let of = |(at, column): (usize, &Vec<f64>)| {
        let sum: f64 = column.iter().sum();
        if column.iter().any(|value| *value < 0.0) || sum <= 0.0 || !sum.is_finite() {
            return Err(NoWeights::NotShares(at));
        }
        let shares = column.iter().map(|value| value / sum).filter(|share| *share > 0.0);
        let entropy: f64 = shares.map(|share| -share * libm::log(share)).sum();
        Ok((1.0 - entropy / libm::log(rows)).max(0.0))
    };
    let shares: Vec<f64> = columns.iter().enumerate().map(of).collect::<Result<_, _>>()?;
    // Rounding leaves a column of equal values an entropy a hair below ln n.
    Ok(shares.into_iter().map(|share| if share < 1e-15 { 0.0 } else { share }).collect())
}

/// Standard deviation times Σ (1 − r) over the other columns, the columns
/// min-max scaled first (Diakoulaki, Mavrotas and Papayannakis 1995).
///
/// ```
/// # use benchline::numeric::critic_weights;
/// // Scaled, all three deviate alike; r is 1/2 or −1/2.
/// let columns = [vec![0.0, 1.0, 2.0], vec![0.0, 20.0, 10.0], vec![5.0, 0.0, 10.0]];
/// let shares = critic_weights(&columns).unwrap();
/// // Σ (1 − r): 0.5 + 0.5, 0.5 + 1.5, 0.5 + 1.5
/// assert!((shares[1] / shares[0] - 2.0).abs() < 1e-12 && (shares[2] / shares[0] - 2.0).abs() < 1e-12);
/// ```
pub fn critic_weights(columns: &[Vec<f64>]) -> Shares {
    enough(columns, 2)?;
    deviations(columns)?;
    let scaled: Vec<Vec<f64>> = columns.iter().map(|column| min_max(column)).collect();
    let deviations = deviations(&scaled)?;
    let correlations = correlations(&scaled)?;
    let conflict = |row: &Vec<f64>| row.iter().map(|r| 1.0 - r).sum::<f64>();
    Ok(deviations.iter().zip(&correlations).map(|(deviation, row)| deviation * conflict(row)).collect())
}

/// Loadings of the first principal component of the correlation matrix, turned
/// so that their sum is positive. Columns that load against the others have no
/// weight: they are named.
///
/// ```
/// # use benchline::numeric::principal_weights;
/// // Two columns always load alike, whatever their correlation.
/// let shares = principal_weights(&[vec![1.0, 2.0, 4.0], vec![3.0, 5.0, 4.0]]).unwrap();
/// assert!((shares[0] - shares[1]).abs() < 1e-12);
/// ```
pub fn principal_weights(columns: &[Vec<f64>]) -> Shares {
    enough(columns, 3)?;
    let correlations = correlations(columns)?;
    distinct(&correlations)?;
    let loadings = symmetric_eigen(&correlations).into_iter().next().map(|(_, vector)| vector);
    not_negative(loadings.unwrap_or_default())
}

/// Factor analysis as in the Handbook (step 6, after Nicoletti, Scarpetta and
/// Boylaud 2000): factors with an eigenvalue of 1 or more (at least one) from the
/// correlation matrix, rotated by varimax; each column counts with its largest
/// squared loading. That is its share of a factor's variance times that factor's
/// share of the variance explained.
pub fn factor_weights(columns: &[Vec<f64>]) -> Shares {
    enough(columns, 3)?;
    let correlations = correlations(columns)?;
    distinct(&correlations)?;
    let pairs = symmetric_eigen(&correlations);
    let kept = pairs.iter().filter(|(value, _)| *value >= 1.0 - 1e-9).count().max(1);
    let mut factors: Vec<Vec<f64>> = pairs
        .iter()
        .take(kept)
        .map(|(value, vector)| vector.iter().map(|part| part * value.max(0.0).sqrt()).collect())
        .collect();
    varimax(&mut factors);
    let largest = |column: usize| {
        factors.iter().filter_map(|factor| factor.get(column)).map(|part| part * part).fold(0.0, f64::max)
    };
    Ok((0..columns.len()).map(largest).collect())
}

/// Shares such that the correlation of each column with their weighted
/// arithmetic mean is in the proportion of its importance. The correlations are
/// those of Σ w, so w solves Σ w = deviations × importances; columns that would
/// weigh less than nothing are named.
///
/// ```
/// # use benchline::numeric::importance_weights;
/// // Uncorrelated: importance 2 : 1 asks for w·s in 2 : 1, and s is 1 : 2.
/// let columns = [vec![1.0, -1.0, 1.0, -1.0], vec![2.0, 2.0, -2.0, -2.0]];
/// let shares = importance_weights(&columns, &[2.0, 1.0]).unwrap();
/// assert!((shares[0] / shares[1] - 4.0).abs() < 1e-12);
/// ```
pub fn importance_weights(columns: &[Vec<f64>], importances: &[f64]) -> Shares {
    enough(columns, 3)?;
    let deviations = deviations(columns)?;
    let correlations = correlations(columns)?;
    distinct(&correlations)?;
    // In units of deviations: R v = importances, w = v / deviation.
    let solution = solve(&correlations, importances).ok_or(NoWeights::Singular)?;
    let shares = solution.iter().zip(&deviations).map(|(part, deviation)| part / deviation).collect();
    not_negative(shares)
}

fn enough(columns: &[Vec<f64>], needed: usize) -> Result<(), NoWeights> {
    let rows = columns.first().map_or(0, Vec::len);
    if rows < needed { Err(NoWeights::TooFew { rows, needed }) } else { Ok(()) }
}

fn deviations(columns: &[Vec<f64>]) -> Shares {
    enough(columns, 2)?;
    let of = |(at, column): (usize, &Vec<f64>)| {
        let (low, high) = extent(column);
        let deviation = standard_deviation(column).filter(|_| !relatively_equal(low, high));
        deviation.filter(|deviation| *deviation > 0.0).ok_or(NoWeights::Constant(at))
    };
    columns.iter().enumerate().map(of).collect()
}

fn correlations(columns: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, NoWeights> {
    deviations(columns)?;
    let row = |(at, one): (usize, &Vec<f64>)| {
        columns
            .iter()
            .enumerate()
            .map(
                |(other, two)| {
                    if at == other { Ok(1.0) } else { correlation(one, two).ok_or(NoWeights::Constant(at)) }
                },
            )
            .collect::<Result<Vec<f64>, _>>()
    };
    columns.iter().enumerate().map(row).collect()
}

/// Refuses two columns that say the same.
fn distinct(correlations: &[Vec<f64>]) -> Result<(), NoWeights> {
    for (at, row) in correlations.iter().enumerate() {
        let same = |(other, r): (usize, &f64)| (other > at && r.abs() >= 1.0 - COLLINEAR).then_some(other);
        if let Some(other) = row.iter().enumerate().find_map(same) {
            return Err(NoWeights::Collinear(at, other));
        }
    }
    Ok(())
}

/// Shares a hair below zero are zero; the others are named.
fn not_negative(shares: Vec<f64>) -> Shares {
    let largest = shares.iter().copied().fold(0.0, f64::max);
    let tolerance = largest * 1e-12;
    let negative: Vec<usize> =
        shares.iter().enumerate().filter(|(_, share)| **share < -tolerance).map(|(at, _)| at).collect();
    if !negative.is_empty() || largest <= 0.0 {
        return Err(NoWeights::Negative(negative));
    }
    Ok(shares.into_iter().map(|share| share.max(0.0)).collect())
}

fn extent(column: &[f64]) -> (f64, f64) {
    let fold = |(low, high): (f64, f64), value: &f64| (low.min(*value), high.max(*value));
    column.iter().fold((f64::INFINITY, f64::NEG_INFINITY), fold)
}

fn min_max(column: &[f64]) -> Vec<f64> {
    let (low, high) = extent(column);
    column.iter().map(|value| (value - low) / (high - low)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_gives_no_weights_is_named() {
        let constant = [vec![1.0, 2.0, 4.0], vec![7.0, 7.0, 7.0]];
        assert_eq!(principal_weights(&constant), Err(NoWeights::Constant(1)));
        assert_eq!(critic_weights(&constant), Err(NoWeights::Constant(1)));
        let twice = [vec![1.0, 2.0, 4.0], vec![10.0, 20.0, 40.0]];
        assert_eq!(principal_weights(&twice), Err(NoWeights::Collinear(0, 1)));
        assert_eq!(entropy_weights(&[vec![1.0, -1.0, 2.0]]), Err(NoWeights::NotShares(0)));
        assert_eq!(principal_weights(&[vec![1.0, 2.0]]), Err(NoWeights::TooFew { rows: 2, needed: 3 }));
        // The third column runs against the first two.
        let against = [vec![1.0, 2.0, 3.0, 5.0], vec![1.0, 3.0, 2.0, 6.0], vec![9.0, 6.0, 5.0, 1.0]];
        assert_eq!(principal_weights(&against), Err(NoWeights::Negative(vec![2])));
    }

    /// Two unrelated pairs are two factors; each column loads on one of them, and
    /// the squared loading of a pair with correlation r is (1 + r) / 2.
    #[test]
    fn factors_of_two_pairs() {
        let a = [1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 1.0, -1.0];
        let b = [1.0, 1.0, -1.0, -1.0, 1.0, 1.0, -1.0, -1.0];
        let c = [1.0, 1.0, 1.0, 1.0, -1.0, -1.0, -1.0, -1.0];
        let mix = |x: &[f64], y: &[f64], share: f64| -> Vec<f64> {
            x.iter().zip(y).map(|(x, y)| share * x + (1.0 - share * share).sqrt() * y).collect()
        };
        let columns = [a.to_vec(), mix(&a, &c, 0.8), b.to_vec(), mix(&b, &c, 0.0)];
        // The last is c itself: it correlates with the second at 0.6.
        let shares = factor_weights(&columns).unwrap();
        assert_eq!(shares.len(), 4);
        assert!(shares.iter().all(|share| (0.0..=1.0 + 1e-12).contains(share)));
        let pairs = [a.to_vec(), mix(&a, &c, 0.8), b.to_vec()];
        let shares = factor_weights(&pairs).unwrap();
        assert!((shares[0] - 0.9).abs() < 1e-12 && (shares[1] - 0.9).abs() < 1e-12);
        assert!((shares[2] - 1.0).abs() < 1e-12);
    }
}
