use super::inversions::inversions;
use super::{Association, Sorted};

/// Kendall's tau-b with its p-value by the normal approximation, the variance
/// corrected for ties (Kendall 1970), in n log n steps (Knight 1966). `None` as
/// with [`pearson`](super::pearson).
///
/// ```
/// # use benchline::numeric::{Sorted, kendall};
/// let column = |values: [f64; 4]| Sorted::new(&values.map(Some));
/// // 5 pairs run alike, none against, 1 is tied in y: 5 / √(6 · 5).
/// let found = kendall(&column([1.0, 5.0, 6.0, 99.0]), &column([2.0, 2.0, 7.0, 8.0])).unwrap();
/// assert!((found.r - 5.0 / 30.0_f64.sqrt()).abs() < 1e-15);
/// ```
pub fn kendall(x: &Sorted, y: &Sorted) -> Option<Association> {
    let pair = |row: &u32| Some((x.place(*row)?, y.place(*row)?));
    let mut pairs: Vec<(u32, u32)> = x.order.iter().filter_map(pair).collect();
    // Already in the order of x: only its ties are left to sort.
    for tie in pairs.chunk_by_mut(|a, b| a.0 == b.0).filter(|tie| tie.len() > 1) {
        tie.sort_unstable_by_key(|pair| pair.1);
    }
    let in_x = tied(pairs.chunk_by(|a, b| a.0 == b.0).map(<[_]>::len));
    let in_both = tied(pairs.chunk_by(|a, b| a == b).map(<[_]>::len));
    let mut seconds: Vec<u32> = pairs.iter().map(|pair| pair.1).collect();
    let swaps = inversions(&mut seconds);
    let in_y = tied(seconds.chunk_by(|a, b| a == b).map(<[_]>::len));
    let n = pairs.len();
    let all = pairs_of(n);
    let (free_x, free_y) = (all - in_x.pairs, all - in_y.pairs);
    if free_x <= 0.0 || free_y <= 0.0 {
        return None;
    }
    let numerator = all - in_x.pairs - in_y.pairs + in_both.pairs - 2.0 * swaps as f64;
    let r = (numerator / (free_x.sqrt() * free_y.sqrt())).clamp(-1.0, 1.0);
    Some(Association { r, n, p: kendall_p(numerator, n, &in_x, &in_y) })
}

fn kendall_p(numerator: f64, n: usize, x: &Tied, y: &Tied) -> Option<f64> {
    if n < 3 {
        return None;
    }
    let n = n as f64;
    let whole = n * (n - 1.0) * (2.0 * n + 5.0);
    let variance = (whole - x.spread - y.spread) / 18.0
        + x.triples * y.triples / (9.0 * n * (n - 1.0) * (n - 2.0))
        + 2.0 * x.pairs * y.pairs / (n * (n - 1.0));
    (variance > 0.0).then(|| libm::erfc(numerator.abs() / (2.0 * variance).sqrt()))
}

/// Sums over the ties of a column, of t values each.
struct Tied {
    /// t(t − 1) / 2.
    pairs: f64,
    /// t(t − 1)(t − 2).
    triples: f64,
    /// t(t − 1)(2t + 5).
    spread: f64,
}

fn tied(lengths: impl Iterator<Item = usize>) -> Tied {
    lengths.fold(Tied { pairs: 0.0, triples: 0.0, spread: 0.0 }, |sum, length| {
        let t = length as f64;
        Tied {
            pairs: sum.pairs + pairs_of(length),
            triples: sum.triples + t * (t - 1.0) * (t - 2.0),
            spread: sum.spread + t * (t - 1.0) * (2.0 * t + 5.0),
        }
    })
}

fn pairs_of(n: usize) -> f64 {
    n as f64 * (n as f64 - 1.0) / 2.0
}
