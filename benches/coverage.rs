//! How often intervals hold what they are to hold. Run with
//! `cargo bench --bench coverage`; docs/robustness.md prints what it found.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a study writes its table and fails loudly"
)]

use benchline::numeric::{RankMethod, Stream, jeffreys_interval, quantile, rank_descending};
use benchline::robustness::rank_sets;
use rayon::prelude::*;

/// Draws of each analysis, and analyses of each design.
const DRAWS: usize = 400;
const ANALYSES: u64 = 400;

/// Units with true shares, and calls to each.
struct Design {
    name: &'static str,
    shares: Vec<f64>,
    calls: u32,
}

/// What an analysis found: units whose true rank the 5-95 % interval of drawn
/// ranks and the confidence set hold, and the widths of both.
#[derive(Default)]
struct Held {
    intervals: f64,
    sets: f64,
    interval_width: f64,
    set_width: f64,
}

fn main() {
    jeffreys();
    println!("\n{:<58} {:>9} {:>7} {:>9} {:>7}", "design", "interval", "width", "set", "width");
    for design in designs() {
        let all: Vec<Held> = (0..ANALYSES).into_par_iter().map(|seed| analysis(&design, seed)).collect();
        let mean = |part: fn(&Held) -> f64| all.iter().map(part).sum::<f64>() / all.len() as f64;
        println!(
            "{:<58} {:>9.3} {:>7.1} {:>9.3} {:>7.1}",
            design.name,
            mean(|one| one.intervals),
            mean(|one| one.interval_width),
            mean(|one| one.sets),
            mean(|one| one.set_width)
        );
    }
}

fn designs() -> Vec<Design> {
    let even =
        |from: f64, step: f64, count: usize| (0..count).map(|at| from + step * at as f64).collect::<Vec<_>>();
    let mut stream = Stream::new(99, 0);
    let spread: Vec<f64> = (0..50).map(|_| (0.8 + 0.06 * stream.normal()).clamp(0.55, 0.97)).collect();
    vec![
        Design {
            name: "separated: 25 units, gaps .018, 5,000 calls each",
            shares: even(0.52, 0.018, 25),
            calls: 5_000,
        },
        Design {
            name: "near-tied: 50 units, gaps .0005, 200 calls each",
            shares: even(0.80, 0.0005, 50),
            calls: 200,
        },
        Design {
            name: "noisy: 50 units, true spread = standard error, 44 calls",
            shares: spread.clone(),
            calls: 44,
        },
        Design { name: "the same with 18 calls", shares: spread.clone(), calls: 18 },
        Design { name: "the same with 400 calls", shares: spread, calls: 400 },
    ]
}

fn ranks(scores: &[f64]) -> Vec<f64> {
    let scores: Vec<Option<f64>> = scores.iter().copied().map(Some).collect();
    rank_descending(&scores, RankMethod::Competition).into_iter().map(|rank| rank.unwrap().value).collect()
}

/// Samples every unit, draws its share from Beta(k + 1/2, n − k + 1/2) and looks
/// whether its true rank is held.
fn analysis(design: &Design, seed: u64) -> Held {
    let mut stream = Stream::new(seed, 1);
    let truth = ranks(&design.shares);
    let n = f64::from(design.calls);
    let draws: Vec<Vec<f64>> = design
        .shares
        .iter()
        .map(|share| {
            let k = (0..design.calls).filter(|_| stream.uniform() < *share).count() as f64;
            (0..DRAWS).map(|_| stream.beta(k + 0.5, n - k + 0.5)).collect()
        })
        .collect();
    let by_draw: Vec<Vec<f64>> =
        (0..DRAWS).map(|draw| ranks(&draws.iter().map(|unit| unit[draw]).collect::<Vec<_>>())).collect();
    let sets = rank_sets(&draws).expect("enough draws");
    let units = design.shares.len() as f64;
    let mut held = Held::default();
    for (unit, (first, last)) in sets.into_iter().enumerate() {
        let own: Vec<f64> = by_draw.iter().map(|ranks| ranks[unit]).collect();
        let (low, high) = (quantile(&own, 0.05).unwrap(), quantile(&own, 0.95).unwrap());
        let rank = truth[unit];
        held.intervals += f64::from(u8::from(low <= rank && rank <= high)) / units;
        held.interval_width += (high - low) / units;
        let (first, last) = (f64::from(first), f64::from(last));
        held.sets += f64::from(u8::from(first <= rank && rank <= last)) / units;
        held.set_width += (last - first) / units;
    }
    held
}

/// Exact coverage of the 90 % interval of Jeffreys, over the shares from .5 to 1.
fn jeffreys() {
    println!("Jeffreys, 90 %, shares .5 to 1: mean, worst and best coverage");
    for n in [5_u32, 10, 18, 24, 44, 100, 200, 400] {
        let size = f64::from(n);
        let limits: Vec<(f64, f64)> =
            (0..=n).map(|k| jeffreys_interval(f64::from(k), size, 0.9).expect("a sample")).collect();
        let coverages: Vec<f64> =
            (0..=500).map(|at| covered(&limits, n, 0.5 + f64::from(at) / 1_000.0)).collect();
        let mean = coverages.iter().sum::<f64>() / coverages.len() as f64;
        let worst = coverages.iter().copied().fold(1.0, f64::min);
        let best = coverages.iter().copied().fold(0.0, f64::max);
        println!("n = {n:>3}: {mean:.3}  {worst:.3}  {best:.3}");
    }
}

/// The probability that an interval holds the share, by the binomial distribution.
fn covered(limits: &[(f64, f64)], n: u32, share: f64) -> f64 {
    let (mut probability, mut sum) = (share.powi(n as i32), 0.0);
    for (k, (low, high)) in limits.iter().enumerate().rev() {
        sum += if *low <= share && share <= *high { probability } else { 0.0 };
        probability *= k as f64 / (f64::from(n) - k as f64 + 1.0) * (1.0 - share) / share;
    }
    sum
}
