/// Points of one Owen-scrambled Sobol sequence: coordinates from 0 on and below 1,
/// in steps of 2⁻²⁴. Any power of 2 of first points is balanced in every
/// dimension (Burley 2020, Journal of Computer Graphics Techniques 9(4)).
///
/// Sequences of different seeds are independently scrambled. `point` is below
/// 65,536 and `dimension` below 256; beyond, numbers repeat.
pub fn owen_sobol(point: u32, dimension: u32, seed: u32) -> f64 {
    f64::from(sobol_burley::sample(point % 65_536, dimension % 256, seed))
}

/// Indices of Sobol from one design.
#[derive(Clone, Debug, PartialEq)]
pub struct SobolShares {
    /// Mean of the output over A and B.
    pub mean: f64,
    /// Its variance (divided by the number of values).
    pub variance: f64,
    /// Variance explained by each input alone, not yet divided by `variance`.
    pub first: Vec<f64>,
    /// Variance that each input has a part in, not yet divided by `variance`.
    pub total: Vec<f64>,
}

/// First-order and total variances from the outputs of the design A, B and A with
/// column i from B: mean((yB − m)(yABi − yA)), **centred** at the mean m of A and B
/// (Saltelli and others 2010, Computer Physics Communications 181: 259-270), and
/// mean((yA − yABi)²) / 2 (Jansen 1999). All slices have one value per point;
/// `None` without points.
///
/// Centring leaves the expectation as it is and takes out the share of the error
/// that comes from the mean being far from 0.
pub fn sobol_shares(a: &[f64], b: &[f64], mixed: &[Vec<f64>]) -> Option<SobolShares> {
    let points = a.len();
    if points == 0 || b.len() != points || mixed.iter().any(|column| column.len() != points) {
        return None;
    }
    let count = points as f64;
    let mean = (a.iter().sum::<f64>() + b.iter().sum::<f64>()) / (2.0 * count);
    let square = |value: &f64| (value - mean) * (value - mean);
    let variance = (a.iter().map(square).sum::<f64>() + b.iter().map(square).sum::<f64>()) / (2.0 * count);
    let first = |column: &Vec<f64>| {
        let terms = a.iter().zip(b).zip(column).map(|((a, b), mixed)| (b - mean) * (mixed - a));
        terms.sum::<f64>() / count
    };
    let total = |column: &Vec<f64>| {
        let terms = a.iter().zip(column).map(|(a, mixed)| (a - mixed) * (a - mixed));
        terms.sum::<f64>() / (2.0 * count)
    };
    Some(SobolShares {
        mean,
        variance,
        first: mixed.iter().map(first).collect(),
        total: mixed.iter().map(total).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_points_are_balanced() {
        for dimension in [0, 7, 255] {
            let mut cells = [0; 16];
            for point in 0..256 {
                let x = owen_sobol(point, dimension, 3);
                assert!((0.0..1.0).contains(&x));
                cells[(x * 16.0) as usize] += 1;
            }
            assert_eq!(cells, [16; 16], "dimension {dimension}");
        }
    }

    /// y = x over the two points 0 and 1, B the reverse of A: V = 1/4. Mixed
    /// equals B, so the first-order part is mean((b − ½)(b − a)) = ½ and the
    /// total one mean((a − b)²)/2 = ½.
    #[test]
    fn sums_are_those_of_the_formulas() {
        let found = sobol_shares(&[0.0, 1.0], &[1.0, 0.0], &[vec![1.0, 0.0]]).unwrap();
        assert_eq!((found.mean, found.variance), (0.5, 0.25));
        assert_eq!((found.first[0], found.total[0]), (0.5, 0.5));
        assert_eq!(sobol_shares(&[], &[], &[]), None);
        assert_eq!(sobol_shares(&[1.0], &[1.0], &[vec![]]), None);
    }
}
