use statrs::distribution::{Binomial, DiscreteCDF as _};

/// The probability of at least `successes` among `n` independent trials that each
/// succeed with probability `p`; 1 where there is no such distribution.
///
/// ```
/// # use benchline::numeric::binomial_tail;
/// assert!((binomial_tail(2, 2, 0.25) - 0.0625).abs() < 1e-12);
/// ```
pub fn binomial_tail(successes: u64, n: u64, p: f64) -> f64 {
    let Some(below) = successes.checked_sub(1) else { return 1.0 };
    Binomial::new(p, n).map_or(1.0, |trials| trials.sf(below))
}

/// The probability of at least `successes` among independent trials of which each
/// has its own probability: the tail of the Poisson binomial distribution, by
/// convolution.
pub fn poisson_binomial_tail(successes: usize, probabilities: &[f64]) -> f64 {
    // exactly[k]: probability of k successes so far.
    let mut exactly = vec![1.0];
    for p in probabilities {
        let missed = exactly.iter().map(|before| before * (1.0 - p)).chain([0.0]);
        let hit = [0.0].into_iter().chain(exactly.iter().map(|before| before * p));
        exactly = missed.zip(hit).map(|(missed, hit)| missed + hit).collect();
    }
    exactly.iter().skip(successes).sum()
}

/// Which of several tests, given by their p-values, reject when the chance of any
/// false rejection is to be at most `level` (Holm 1979, Scandinavian Journal of
/// Statistics 6: 65-70).
pub fn holm(p_values: &[f64], level: f64) -> Vec<bool> {
    let mut order: Vec<(usize, f64)> = p_values.iter().copied().enumerate().collect();
    order.sort_by(|(_, one), (_, other)| one.total_cmp(other));
    let left = |rank: usize| (p_values.len() - rank) as f64;
    let passes = order.iter().enumerate().take_while(|(rank, (_, p))| *p <= level / left(*rank));
    let rejected: Vec<usize> = passes.map(|(_, (at, _))| *at).collect();
    (0..p_values.len()).map(|at| rejected.contains(&at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SciPy: `binom.sf(7, 20, 0.2)`, `binom.sf(99, 300, 0.2)`.
    #[test]
    fn the_tail_is_that_of_the_binomial_distribution() {
        assert!((binomial_tail(8, 20, 0.2) - 0.032_142_663_080_875_16).abs() < 1e-12);
        let far = binomial_tail(100, 300, 0.2);
        assert!((far / 4.275_106_293_552_326e-8 - 1.0).abs() < 1e-6, "{far}");
        assert_eq!((binomial_tail(0, 5, 0.3), binomial_tail(6, 5, 0.3)), (1.0, 0.0));
    }

    /// With one probability it is the binomial distribution; by hand, of .5 and .2
    /// at least one succeeds with 1 − .5 · .8 = .6.
    #[test]
    fn trials_may_have_probabilities_of_their_own() {
        assert!((poisson_binomial_tail(8, &[0.2; 20]) - binomial_tail(8, 20, 0.2)).abs() < 1e-12);
        assert!((poisson_binomial_tail(1, &[0.5, 0.2]) - 0.6).abs() < 1e-15);
        assert!((poisson_binomial_tail(2, &[0.5, 0.2]) - 0.1).abs() < 1e-15);
        assert_eq!((poisson_binomial_tail(0, &[]), poisson_binomial_tail(1, &[])), (1.0, 0.0));
    }

    /// By hand at .05: .01 ≤ .05/4, .013 ≤ .05/3, .03 > .05/2, so .04 does not reject
    /// either.
    #[test]
    fn holm_stops_at_the_first_that_does_not_reject() {
        assert_eq!(holm(&[0.03, 0.01, 0.04, 0.013], 0.05), [false, true, false, true]);
        assert_eq!(holm(&[], 0.05), Vec::<bool>::new());
    }
}
