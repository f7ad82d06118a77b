use std::collections::BTreeMap;

use super::linear::Symmetric;
use super::{mean, standard_deviation};

/// Most rounds of [`expectation_maximisation`].
const ROUNDS: usize = 500;

/// Largest change of a standardised mean or covariance at which it stops.
const TOLERANCE: f64 = 1e-10;

/// Means and covariances of a joint normal distribution.
struct Normal {
    means: Vec<f64>,
    covariances: Symmetric,
}

/// The expected values of the missing cells under a joint normal distribution
/// whose means and covariances are estimated by expectation maximisation
/// (Dempster, Laird and Rubin 1977; Little and Rubin, *Statistical Analysis with
/// Missing Data*, 11.2). One column per variable; cells that are there stay.
/// `None` if a variable has fewer than two different values or if variables are
/// collinear.
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
    let rows = columns.first()?.len();
    let standard = |row: usize| -> Vec<Option<f64>> {
        let cells = columns.iter().map(|column| column.get(row).copied().flatten());
        cells.zip(&scales).map(|(cell, (mean, sd))| Some((cell? - mean) / sd)).collect()
    };
    let rows: Vec<Vec<Option<f64>>> = (0..rows).map(standard).collect();
    // Rows that lack the same variables share a decomposition.
    let mut patterns: BTreeMap<Vec<bool>, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        patterns.entry(row.iter().map(Option::is_some).collect()).or_default().push(at);
    }
    let mut normal = start(columns.len());
    for _ in 0..ROUNDS {
        let (next, filled) = round(&rows, &patterns, &normal)?;
        let moved = distance(&normal, &next);
        normal = next;
        if moved < TOLERANCE {
            return Some(unscaled(columns, &filled, &scales));
        }
    }
    let (_, filled) = round(&rows, &patterns, &normal)?;
    Some(unscaled(columns, &filled, &scales))
}

fn scale(column: &[Option<f64>]) -> Option<(f64, f64)> {
    let present: Vec<f64> = column.iter().copied().flatten().collect();
    let spread = standard_deviation(&present).filter(|spread| *spread > 0.0 && spread.is_finite())?;
    Some((mean(&present)?, spread))
}

fn start(size: usize) -> Normal {
    let mut covariances = Symmetric::zeros(size);
    for at in 0..size {
        covariances.add(at, at, 1.0);
    }
    Normal { means: vec![0.0; size], covariances }
}

/// One round: the expected cells under `normal`, and the distribution that they
/// make likeliest.
fn round(
    rows: &[Vec<Option<f64>>],
    patterns: &BTreeMap<Vec<bool>, Vec<usize>>,
    normal: &Normal,
) -> Option<(Normal, Vec<Vec<f64>>)> {
    let size = normal.means.len();
    let mut filled: Vec<Vec<f64>> = vec![Vec::new(); rows.len()];
    let mut covariances = Symmetric::zeros(size);
    for (pattern, members) in patterns {
        let (known, lacking): (Vec<usize>, Vec<usize>) =
            (0..size).partition(|at| pattern.get(*at).copied().unwrap_or(false));
        let decomposed = normal.covariances.part(&known).decompose()?;
        // Regression of each lacking variable on the known ones.
        let slopes: Vec<Vec<f64>> = lacking
            .iter()
            .map(|at| {
                let right: Vec<f64> = known.iter().map(|known| normal.covariances.get(*known, *at)).collect();
                decomposed.solve(&right)
            })
            .collect();
        for member in members {
            let Some(row) = rows.get(*member) else { continue };
            let expected = expected(row, &known, &lacking, &slopes, &normal.means);
            if let Some(slot) = filled.get_mut(*member) {
                *slot = expected;
            }
        }
        let count = members.len() as f64;
        for (a, slopes) in lacking.iter().zip(&slopes) {
            for b in &lacking {
                let explained: f64 = slopes
                    .iter()
                    .zip(&known)
                    .map(|(slope, at)| slope * normal.covariances.get(*at, *b))
                    .sum();
                covariances.add(*a, *b, count * (normal.covariances.get(*a, *b) - explained));
            }
        }
    }
    Some((likeliest(&filled, covariances, size), filled))
}

fn expected(
    row: &[Option<f64>],
    known: &[usize],
    lacking: &[usize],
    slopes: &[Vec<f64>],
    means: &[f64],
) -> Vec<f64> {
    let mean = |at: usize| means.get(at).copied().unwrap_or(0.0);
    let mut filled: Vec<f64> = row.iter().map(|cell| cell.unwrap_or(0.0)).collect();
    let distances: Vec<f64> =
        known.iter().map(|at| row.get(*at).copied().flatten().unwrap_or(0.0) - mean(*at)).collect();
    for (at, slopes) in lacking.iter().zip(slopes) {
        let shift: f64 = slopes.iter().zip(&distances).map(|(slope, distance)| slope * distance).sum();
        if let Some(cell) = filled.get_mut(*at) {
            *cell = mean(*at) + shift;
        }
    }
    filled
}

/// Means and covariances of filled rows, with what their uncertainty adds.
fn likeliest(filled: &[Vec<f64>], mut covariances: Symmetric, size: usize) -> Normal {
    let n = filled.len() as f64;
    let mut means = vec![0.0; size];
    for row in filled {
        for (mean, value) in means.iter_mut().zip(row) {
            *mean += value / n;
        }
    }
    for row in filled {
        let distances: Vec<f64> = row.iter().zip(&means).map(|(value, mean)| value - mean).collect();
        for (a, first) in distances.iter().enumerate() {
            for (b, second) in distances.iter().enumerate() {
                covariances.add(a, b, first * second);
            }
        }
    }
    let mut shared = Symmetric::zeros(size);
    for a in 0..size {
        for b in 0..size {
            shared.add(a, b, covariances.get(a, b) / n);
        }
    }
    Normal { means, covariances: shared }
}

fn distance(a: &Normal, b: &Normal) -> f64 {
    let means = a.means.iter().zip(&b.means).map(|(a, b)| (a - b).abs());
    let size = a.means.len();
    let cells = (0..size).flat_map(|row| (0..size).map(move |column| (row, column)));
    let cells =
        cells.map(|(row, column)| (a.covariances.get(row, column) - b.covariances.get(row, column)).abs());
    means.chain(cells).fold(0.0, f64::max)
}

fn unscaled(columns: &[Vec<Option<f64>>], filled: &[Vec<f64>], scales: &[(f64, f64)]) -> Vec<Vec<f64>> {
    let expected =
        |row: usize, at: usize| filled.get(row).and_then(|row| row.get(at)).copied().unwrap_or(0.0);
    let mut all = Vec::with_capacity(columns.len());
    for (at, (column, (mean, sd))) in columns.iter().zip(scales).enumerate() {
        let cells = column.iter().enumerate();
        all.push(cells.map(|(row, cell)| cell.unwrap_or(mean + sd * expected(row, at))).collect());
    }
    all
}
