use super::linear::least_squares;
use super::summary::quantile;

/// Places of the knots of a restricted cubic spline with five knots (Harrell
/// 2001, Regression Modeling Strategies, table 2.3).
const KNOTS: [f64; 5] = [0.05, 0.275, 0.5, 0.725, 0.95];

/// R² of a restricted cubic spline of `y` on `x`: cubic between five knots at
/// fixed quantiles of `x`, straight beyond them. An estimate of the correlation
/// ratio V(E(y | x)) / V(y). Knots that coincide count once; with fewer than
/// three, or too few values for the fit, it is r². `None` for columns of
/// unequal length or without spread.
///
/// ```
/// # use benchline::numeric::spline_fit;
/// // y follows x exactly, though not along a line: r² is 0 for a parabola.
/// let x: Vec<f64> = (-50..=50).map(f64::from).collect();
/// let y: Vec<f64> = x.iter().map(|x| x * x).collect();
/// assert!(spline_fit(&x, &y).unwrap() > 0.99);
/// ```
pub fn spline_fit(x: &[f64], y: &[f64]) -> Option<f64> {
    let r = super::correlation(x, y)?;
    let linear = r * r;
    Some(explained(x, y).map_or(linear, |spline| spline.clamp(linear, 1.0)))
}

fn explained(x: &[f64], y: &[f64]) -> Option<f64> {
    let mean_y = super::mean(y)?;
    let (low, high) = x
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(*value), high.max(*value)));
    let scaled: Vec<f64> = x.iter().map(|value| (value - low) / (high - low)).collect();
    let mut knots: Vec<f64> = KNOTS.iter().filter_map(|place| quantile(&scaled, *place)).collect();
    knots.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    if knots.len() < 3 {
        return None;
    }
    let mut columns = vec![scaled.clone()];
    columns.extend(curved(&scaled, &knots));
    let fit = least_squares(&columns, y)?;
    let (constant, slopes) = fit.split_first()?;
    let (mut residual, mut whole) = (0.0, 0.0);
    for (row, value) in y.iter().enumerate() {
        let parts = columns.iter().zip(slopes).filter_map(|(column, slope)| Some(column.get(row)? * slope));
        let error = value - constant - parts.sum::<f64>();
        residual += error * error;
        whole += (value - mean_y) * (value - mean_y);
    }
    let share = 1.0 - residual / whole;
    share.is_finite().then_some(share)
}

/// The columns of a restricted cubic spline beside the straight one: with knots
/// t1 … tk, for j up to k − 2,
/// (x − tj)₊³ − (x − tk−1)₊³ (tk − tj)/(tk − tk−1) + (x − tk)₊³ (tk−1 − tj)/(tk − tk−1).
fn curved(x: &[f64], knots: &[f64]) -> Vec<Vec<f64>> {
    let [first @ .., before, last] = knots else { return Vec::new() };
    let cube = |value: f64| if value > 0.0 { value * value * value } else { 0.0 };
    let of = |knot: &f64| {
        let (left, right) = ((last - knot) / (last - before), (before - knot) / (last - before));
        let at = |x: &f64| cube(x - knot) - cube(x - before) * left + cube(x - last) * right;
        x.iter().map(at).collect()
    };
    first.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_its_own_spline() {
        let x: Vec<f64> = (0..40).map(f64::from).collect();
        let y: Vec<f64> = x.iter().map(|x| 3.0 - 2.0 * x).collect();
        assert!((spline_fit(&x, &y).unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(spline_fit(&x, &vec![1.0; 40]), None);
    }

    /// R² by SciPy 1.17: cardinal natural cubic splines at the same knots, fitted
    /// by `numpy.linalg.lstsq`.
    #[test]
    fn the_fit_is_that_of_another_basis() {
        let x: Vec<f64> = (1..=40).map(|at| f64::from(at * 7919 % 101)).collect();
        let bend = |(x, at): (&f64, i32)| (x - 40.0) * (x - 40.0) / 50.0 + f64::from(at * 31 % 17);
        let y: Vec<f64> = x.iter().zip(1..=40).map(bend).collect();
        assert!((spline_fit(&x, &y).unwrap() - 0.947_036_383_112_907_5).abs() < 1e-12);
        let r = super::super::correlation(&x, &y).unwrap();
        assert!((r * r - 0.381_752_469_051_730_4).abs() < 1e-12);
    }

    #[test]
    fn two_values_give_the_square_of_r() {
        let (x, y) = ([0.0, 0.0, 1.0, 1.0, 1.0], [1.0, 2.0, 2.0, 3.0, 2.0]);
        let r = super::super::correlation(&x, &y).unwrap();
        assert_eq!(spline_fit(&x, &y), Some(r * r));
        let two = spline_fit(&[1.0, 2.0], &[3.0, 5.0]).unwrap();
        assert!((two - 1.0).abs() < 1e-15);
    }
}
