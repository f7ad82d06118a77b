use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// Random numbers of one purpose: the seed is the season's, the ChaCha stream
/// the purpose's, so that one purpose never shifts the numbers of another.
pub struct Dice(ChaCha12Rng);

impl Dice {
    /// The numbers of a seed in a stream.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha12Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Self(rng)
    }

    /// Evenly in the open interval from 0 to 1.
    pub fn unit(&mut self) -> f64 {
        ((self.0.next_u64() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    /// Normal, by Box and Muller; `libm`, so that machines agree.
    pub fn normal(&mut self, mean: f64, deviation: f64) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(self.unit()));
        mean + deviation * radius * libm::cos(2.0 * std::f64::consts::PI * self.unit())
    }

    /// The numbers below `n` in a random order.
    pub fn order(&mut self, n: usize) -> Vec<usize> {
        let mut keyed: Vec<(f64, usize)> = (0..n).map(|at| (self.unit(), at)).collect();
        keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
        keyed.into_iter().map(|(_, at)| at).collect()
    }
}
