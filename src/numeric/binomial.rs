use statrs::distribution::{Beta, ContinuousCDF as _};

/// The interval of Jeffreys for a share of `successes` among `n`, which need not be
/// whole: the central `level` of Beta(successes + 1/2, n − successes + 1/2). The
/// lower end is 0 without any success and the upper end 1 without any failure
/// (Brown, Cai and DasGupta 2001, Statistical Science 16: 101-133). `None` when
/// there is no such sample.
pub fn jeffreys_interval(successes: f64, n: f64, level: f64) -> Option<(f64, f64)> {
    let is_sample = n > 0.0 && (0.0..=n).contains(&successes) && (0.0..1.0).contains(&level);
    if !is_sample {
        return None;
    }
    let share = Beta::new(successes + 0.5, n - successes + 0.5).ok()?;
    let tail = (1.0 - level) / 2.0;
    let low = if successes <= 0.0 { 0.0 } else { share.inverse_cdf(tail) };
    let high = if successes >= n { 1.0 } else { share.inverse_cdf(1.0 - tail) };
    (low.is_finite() && high.is_finite()).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use super::jeffreys_interval;

    /// 95 % limits for n = 7, as SciPy's `beta.ppf` gives them.
    #[test]
    fn the_limits_are_those_of_the_beta_distribution() {
        let cases = [(2.0, 0.064_728_27, 0.647_661_65), (3.0, 0.138_864_22, 0.765_498_75)];
        for (successes, low, high) in cases {
            let found = jeffreys_interval(successes, 7.0, 0.95).unwrap();
            assert!((found.0 - low).abs() < 1e-7 && (found.1 - high).abs() < 1e-7, "{successes}: {found:?}");
        }
    }

    #[test]
    fn all_and_none_reach_the_ends() {
        let all = jeffreys_interval(18.0, 18.0, 0.9).unwrap();
        let none = jeffreys_interval(0.0, 18.0, 0.9).unwrap();
        assert_eq!((all.1, none.0), (1.0, 0.0));
        assert!((all.0 - (1.0 - none.1)).abs() < 1e-9, "the interval is symmetric");
        assert!(all.0 > 0.85 && all.0 < 1.0);
        assert_eq!(jeffreys_interval(3.0, 2.0, 0.9), None);
        assert_eq!(jeffreys_interval(0.0, 0.0, 0.9), None);
    }
}
