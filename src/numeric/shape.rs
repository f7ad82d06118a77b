use super::mean;

/// Sample skewness, corrected for bias (G1 of Joanes and Gill 1998; `type = 2`
/// in R's e1071). With d = x − mean: √n · Σd³ / (Σd²)^1.5 · √(n(n − 1)) / (n − 2).
/// `None` for fewer than three values or values that do not vary.
///
/// ```
/// # use benchline::numeric::skewness;
/// // d = −2, −1, 3: Σd³ = 18, Σd² = 14
/// let expected = 3.0_f64.sqrt() * 18.0 / (14.0 * 14.0_f64.sqrt()) * 6.0_f64.sqrt();
/// assert!((skewness(&[1.0, 2.0, 6.0]).unwrap() - expected).abs() < 1e-14);
/// assert_eq!(skewness(&[1.0, 2.0]), None);
/// ```
pub fn skewness(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    let moments = Moments::of(values).filter(|_| values.len() >= 3)?;
    let biased = n.sqrt() * moments.cubes / (moments.squares * moments.squares.sqrt());
    finite(biased * (n * (n - 1.0)).sqrt() / (n - 2.0))
}

/// Sample excess kurtosis, corrected for bias (G2 of Joanes and Gill 1998). With
/// r = n · Σd⁴ / (Σd²)²: ((n + 1)(r − 3) + 6)(n − 1) / ((n − 2)(n − 3)). `None`
/// for fewer than four values or values that do not vary.
///
/// ```
/// # use benchline::numeric::excess_kurtosis;
/// // d = −1, −1, −1, 3: Σd⁴ = 84, Σd² = 12, r = 7/3; (5 · (−2/3) + 6) · 3 / 2 = 4
/// assert!((excess_kurtosis(&[1.0, 1.0, 1.0, 5.0]).unwrap() - 4.0).abs() < 1e-14);
/// assert_eq!(excess_kurtosis(&[1.0, 2.0, 3.0]), None);
/// ```
pub fn excess_kurtosis(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    let moments = Moments::of(values).filter(|_| values.len() >= 4)?;
    let r = n * moments.fourths / (moments.squares * moments.squares);
    finite(((n + 1.0) * (r - 3.0) + 6.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0)))
}

/// Sums of powers of the distances from the mean.
struct Moments {
    squares: f64,
    cubes: f64,
    fourths: f64,
}

impl Moments {
    fn of(values: &[f64]) -> Option<Self> {
        let mean = mean(values)?;
        let mut moments = Moments { squares: 0.0, cubes: 0.0, fourths: 0.0 };
        for value in values {
            let distance = value - mean;
            let square = distance * distance;
            moments.squares += square;
            moments.cubes += square * distance;
            moments.fourths += square * square;
        }
        (moments.squares > 0.0).then_some(moments)
    }
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}
