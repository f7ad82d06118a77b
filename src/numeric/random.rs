//! Random numbers that are the same bits on every machine: ChaCha8 for the bits,
//! `libm` for the functions. The distributions of `rand_distr` take logarithms from
//! the platform, so they are written out here.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// A stream of random numbers that depends on a seed and a number alone, so that
/// draws can be made in any order and on any thread.
#[derive(Clone, Debug)]
pub struct Stream(ChaCha8Rng);

impl Stream {
    /// The stream of a draw.
    pub fn new(seed: u64, number: u64) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(number);
        Self(generator)
    }

    /// Uniform on the open interval from 0 to 1, in steps of 2⁻⁵³.
    pub fn uniform(&mut self) -> f64 {
        const STEP: f64 = 1.0 / (1_u64 << 53) as f64;
        ((self.0.next_u64() >> 11) as f64 + 0.5) * STEP
    }

    /// A whole number below `count`, each equally likely but for 2⁻³²; 0 for a
    /// count of 0.
    pub fn below(&mut self, count: u32) -> u32 {
        let bits = self.0.next_u64() >> 32;
        ((bits * u64::from(count)) >> 32) as u32
    }

    /// Standard normal.
    pub fn normal(&mut self) -> f64 {
        standard_normal_quantile(self.uniform())
    }

    /// Gamma of a shape > 0 and scale 1, by rejection (Marsaglia and Tsang 2000,
    /// ACM Transactions on Mathematical Software 26: 363-372).
    pub fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let boost = libm::pow(self.uniform(), 1.0 / shape);
            return self.gamma(shape + 1.0) * boost;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let root = 1.0 + c * x;
            if root <= 0.0 {
                continue;
            }
            let v = root * root * root;
            let u = self.uniform();
            let square = x * x;
            if u < 1.0 - 0.0331 * square * square
                || libm::log(u) < 0.5 * square + d * (1.0 - v + libm::log(v))
            {
                return d * v;
            }
        }
    }

    /// Beta of two positive shapes.
    pub fn beta(&mut self, a: f64, b: f64) -> f64 {
        let (x, y) = (self.gamma(a), self.gamma(b));
        let sum = x + y;
        if sum > 0.0 { x / sum } else { 0.5 }
    }

    /// Student's t of so many degrees of freedom, > 0.
    pub fn student(&mut self, degrees: f64) -> f64 {
        let normal = self.normal();
        let chi_square = 2.0 * self.gamma(degrees / 2.0);
        normal / (chi_square / degrees).sqrt()
    }

    /// Shares that sum to 1, from a Dirichlet distribution of positive parameters.
    pub fn dirichlet(&mut self, parameters: &[f64]) -> Vec<f64> {
        let parts: Vec<f64> = parameters.iter().map(|parameter| self.gamma(*parameter)).collect();
        let sum: f64 = parts.iter().sum();
        parts.iter().map(|part| part / sum).collect()
    }
}

/// The standard normal quantile of a probability strictly between 0 and 1, to
/// about 16 digits (Wichura 1988, algorithm AS 241, Applied Statistics 37:
/// 477-484).
pub fn standard_normal_quantile(probability: f64) -> f64 {
    let q = probability - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * polynomial(&CENTRE.0, r) / polynomial(&CENTRE.1, r);
    }
    let tail = if q < 0.0 { probability } else { 1.0 - probability };
    let r = (-libm::log(tail)).sqrt();
    let value = if r <= 5.0 {
        polynomial(&MIDDLE.0, r - 1.6) / polynomial(&MIDDLE.1, r - 1.6)
    } else {
        polynomial(&FAR.0, r - 5.0) / polynomial(&FAR.1, r - 5.0)
    };
    if q < 0.0 { -value } else { value }
}

/// Coefficients from the constant on.
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

/// Numerator and denominator.
type Ratio = ([f64; 8], [f64; 8]);

const CENTRE: Ratio = (
    [
        3.387_132_872_796_366_6,
        1.331_416_678_917_843_8e2,
        1.971_590_950_306_551_4e3,
        1.373_169_376_550_946e4,
        4.592_195_393_154_987e4,
        6.726_577_092_700_87e4,
        3.343_057_558_358_813e4,
        2.509_080_928_730_122_6e3,
    ],
    [
        1.0,
        4.231_333_070_160_091e1,
        6.871_870_074_920_579e2,
        5.394_196_021_424_751e3,
        2.121_379_430_158_659_7e4,
        3.930_789_580_009_271e4,
        2.872_908_573_572_194_3e4,
        5.226_495_278_852_854e3,
    ],
);

const MIDDLE: Ratio = (
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        2.417_807_251_774_506e-1,
        2.272_384_498_926_918_4e-2,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        6.897_673_349_851e-1,
        1.481_039_764_274_800_8e-1,
        1.519_866_656_361_645_7e-2,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
);

const FAR: Ratio = (
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        2.965_605_718_285_048_7e-1,
        2.653_218_952_657_612_4e-2,
        1.242_660_947_388_078_4e-3,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        5.998_322_065_558_88e-1,
        1.369_298_809_227_358e-1,
        1.487_536_129_085_061_5e-2,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_7e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
);

#[cfg(test)]
mod tests {
    use super::*;

    /// The check values of AS 241, and the usual table.
    #[test]
    fn quantiles_of_the_normal_distribution() {
        let cases = [
            (0.25, -0.674_489_750_196_081_7),
            (0.001, -3.090_232_306_167_813_7),
            (1e-20, -9.262_340_089_798_409),
            (0.975, 1.959_963_984_540_054),
            (0.5, 0.0),
        ];
        for (probability, expected) in cases {
            let found = standard_normal_quantile(probability);
            assert!((found - expected).abs() < 1e-14 * expected.abs().max(1.0), "{probability}: {found}");
        }
    }

    fn moments(draws: usize, mut draw: impl FnMut(&mut Stream) -> f64) -> (f64, f64) {
        let mut stream = Stream::new(7, 1);
        let values: Vec<f64> = (0..draws).map(|_| draw(&mut stream)).collect();
        let mean = values.iter().sum::<f64>() / draws as f64;
        let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
        (mean, squares / (draws - 1) as f64)
    }

    /// Mean and variance in closed form, within five standard errors.
    #[test]
    fn moments_are_those_of_the_distributions() {
        let n = 200_000;
        let check = |found: (f64, f64), mean: f64, variance: f64| {
            let error = 5.0 * (variance / n as f64).sqrt();
            assert!((found.0 - mean).abs() < error, "mean {} for {mean}", found.0);
            assert!((found.1 / variance - 1.0).abs() < 0.05, "variance {} for {variance}", found.1);
        };
        check(moments(n, Stream::uniform), 0.5, 1.0 / 12.0);
        check(moments(n, Stream::normal), 0.0, 1.0);
        for shape in [0.5, 1.0, 4.5, 200.5] {
            check(moments(n, |stream| stream.gamma(shape)), shape, shape);
        }
        let beta = |a: f64, b: f64| (a / (a + b), a * b / ((a + b) * (a + b) * (a + b + 1.0)));
        for (a, b) in [(18.5, 0.5), (0.5, 3.5), (90.5, 11.5)] {
            let (mean, variance) = beta(a, b);
            check(moments(n, |stream| stream.beta(a, b)), mean, variance);
        }
        check(moments(n, |stream| stream.student(23.0)), 0.0, 23.0 / 21.0);
        let (mean, variance) = beta(30.0, 70.0);
        check(moments(n, |stream| stream.dirichlet(&[30.0, 50.0, 20.0])[0]), mean, variance);
    }

    #[test]
    fn a_stream_depends_on_seed_and_number_alone() {
        let first = |seed, number| Stream::new(seed, number).uniform().to_bits();
        assert_eq!(first(1, 2), first(1, 2));
        assert_ne!(first(1, 2), first(1, 3));
        assert_ne!(first(1, 2), first(2, 2));
    }

    #[test]
    fn whole_numbers_stay_below_their_count() {
        let mut stream = Stream::new(3, 0);
        let mut counts = [0_u32; 5];
        for _ in 0..10_000 {
            counts[stream.below(5) as usize] += 1;
        }
        assert!(counts.iter().all(|count| (1_800..2_200).contains(count)), "{counts:?}");
        assert_eq!(stream.below(0), 0);
    }
}
