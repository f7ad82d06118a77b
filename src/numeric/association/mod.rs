//! Correlations of columns with gaps, over the rows that have both values.

mod inversions;
mod kendall;

pub use kendall::kendall;
use statrs::function::beta::checked_beta_reg;

use super::rank::relatively_equal;

/// Values closer than this share of the column's largest are equal: noise about
/// zero has no relative measure of its own.
const NOISE: f64 = 1e-12;

/// Marks a row without a value.
const GAP: u32 = u32::MAX;

/// A column made ready to be correlated with many others: sorted once.
#[derive(Clone, Debug, PartialEq)]
pub struct Sorted {
    values: Vec<f64>,
    /// Place of each row's value among the different ones, from 0; [`GAP`] for
    /// none. Values that differ by rounding noise are the same.
    places: Vec<u32>,
    /// The rows with a value, smallest first, equal ones in row order.
    order: Vec<u32>,
    distinct: u32,
}

/// A correlation and what it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Association {
    /// Within −1..=1.
    pub r: f64,
    /// Rows with both values.
    pub n: usize,
    /// Two-sided p-value of none; `None` for fewer than three rows.
    pub p: Option<f64>,
}

impl Sorted {
    /// A column of at most `u32::MAX` − 1 rows, without NaN.
    #[allow(clippy::indexing_slicing, reason = "positions come from enumerate() over the same slice")]
    pub fn new(column: &[Option<f64>]) -> Self {
        let values: Vec<f64> = column.iter().map(|value| value.unwrap_or(0.0)).collect();
        let present = column.iter().enumerate().filter(|(_, value)| value.is_some());
        let mut order: Vec<u32> = present.map(|(row, _)| row as u32).collect();
        order.sort_by(|a, b| values[*a as usize].total_cmp(&values[*b as usize]).then(a.cmp(b)));
        let noise = NOISE * values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
        let mut places = vec![GAP; values.len()];
        let (mut leader, mut place) = (None::<f64>, 0);
        for row in &order {
            let value = values[*row as usize];
            let same = |leader: f64| relatively_equal(leader, value) || (leader - value).abs() <= noise;
            if !leader.is_some_and(same) {
                place += u32::from(leader.is_some());
                leader = Some(value);
            }
            places[*row as usize] = place;
        }
        // Equal values in row order, whatever noise put before what.
        order.sort_by_key(|row| (places[*row as usize], *row));
        Self { values, places, distinct: if order.is_empty() { 0 } else { place + 1 }, order }
    }

    /// Rows with a value.
    pub fn count(&self) -> usize {
        self.order.len()
    }

    /// Different values.
    pub fn distinct(&self) -> usize {
        self.distinct as usize
    }

    /// How many rows have each different value, the smallest value first.
    #[allow(clippy::indexing_slicing, reason = "places are below `distinct` unless they are gaps")]
    pub fn counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.distinct as usize];
        for place in self.places.iter().filter(|place| **place != GAP) {
            counts[*place as usize] += 1;
        }
        counts
    }

    /// The place of a row's value among the different ones, the smallest 0;
    /// `None` for a gap.
    pub fn place_of(&self, row: usize) -> Option<u32> {
        self.places.get(row).copied().filter(|place| *place != GAP)
    }

    fn value(&self, row: u32) -> Option<f64> {
        let place = self.places.get(row as usize).filter(|place| **place != GAP);
        place.and(self.values.get(row as usize).copied())
    }

    fn place(&self, row: u32) -> Option<u32> {
        self.place_of(row as usize)
    }

    /// The rows that both have, in row order.
    fn shared(&self, other: &Sorted) -> Vec<u32> {
        let rows = 0..self.values.len().min(other.values.len()) as u32;
        rows.filter(|row| self.place(*row).is_some() && other.place(*row).is_some()).collect()
    }
}

/// Pearson's r. `None` for fewer than two shared rows, or where one of the two
/// does not vary among them.
///
/// ```
/// # use benchline::numeric::{Sorted, pearson};
/// let column = |values: [f64; 4]| Sorted::new(&values.map(Some));
/// // Deviations (−1.5, −.5, .5, 1.5) and (−1.5, .5, −.5, 1.5): 4 / 5.
/// let found = pearson(&column([1.0, 2.0, 3.0, 4.0]), &column([1.0, 3.0, 2.0, 4.0])).unwrap();
/// assert!((found.r - 0.8).abs() < 1e-15 && found.n == 4);
/// // t = .8 √2 / .6 with 2 degrees of freedom: p = 1 − t / √(2 + t²) = .2.
/// assert!((found.p.unwrap() - 0.2).abs() < 1e-12);
/// ```
pub fn pearson(x: &Sorted, y: &Sorted) -> Option<Association> {
    let rows = x.shared(y);
    if !vary(x, &rows) || !vary(y, &rows) {
        return None;
    }
    let of = |column: &Sorted| -> Vec<f64> { rows.iter().filter_map(|row| column.value(*row)).collect() };
    associated(&of(x), &of(y))
}

/// Spearman's rho: Pearson's r of the ranks among the shared rows, ties averaged
/// (Spearman 1904). `None` as with [`pearson`].
///
/// ```
/// # use benchline::numeric::{Sorted, spearman};
/// let column = |values: [f64; 4]| Sorted::new(&values.map(Some));
/// // Ranks (1, 2, 3, 4) and (1.5, 1.5, 3, 4): 4.5 / √(5 · 4.5).
/// let found = spearman(&column([1.0, 5.0, 6.0, 99.0]), &column([2.0, 2.0, 7.0, 8.0])).unwrap();
/// assert!((found.r - 0.9_f64.sqrt()).abs() < 1e-15);
/// ```
pub fn spearman(x: &Sorted, y: &Sorted) -> Option<Association> {
    let rows = x.shared(y);
    if !vary(x, &rows) || !vary(y, &rows) {
        return None;
    }
    associated(&average_ranks(x, &rows), &average_ranks(y, &rows))
}

/// Pearson's r with its p-value: Student's t with n − 2 degrees of freedom, which
/// is the regularised incomplete beta function of 1 − r² at (n − 2) / 2 and 1/2.
fn associated(x: &[f64], y: &[f64]) -> Option<Association> {
    let r = super::correlation(x, y)?;
    let n = x.len();
    let rest = ((1.0 - r) * (1.0 + r)).clamp(0.0, 1.0);
    let p = match n {
        ..=2 => None,
        _ if rest == 0.0 => Some(0.0),
        _ => checked_beta_reg((n - 2) as f64 / 2.0, 0.5, rest).ok().filter(|p| p.is_finite()),
    };
    Some(Association { r, n, p })
}

/// Whether a column takes more than one value on these rows.
fn vary(column: &Sorted, rows: &[u32]) -> bool {
    let mut places = rows.iter().filter_map(|row| column.place(*row));
    let first = places.next();
    places.any(|place| Some(place) != first)
}

/// Ranks among these rows from 1, ties averaged.
#[allow(clippy::indexing_slicing, reason = "places are below `distinct` unless they are gaps")]
fn average_ranks(column: &Sorted, rows: &[u32]) -> Vec<f64> {
    let mut counts = vec![0_u32; column.distinct as usize];
    for place in rows.iter().filter_map(|row| column.place(*row)) {
        counts[place as usize] += 1;
    }
    let mut before = 0.0;
    let mut ranks = Vec::with_capacity(counts.len());
    for count in counts {
        ranks.push(before + (f64::from(count) + 1.0) / 2.0);
        before += f64::from(count);
    }
    rows.iter().filter_map(|row| column.place(*row)).map(|place| ranks[place as usize]).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sorted(values: &[f64]) -> Sorted {
        Sorted::new(&values.iter().copied().map(Some).collect::<Vec<_>>())
    }

    /// Kendall (1970), Rank Correlation Methods, chapter 1: ten boys ranked by
    /// mathematics and by music; 21 pairs run alike and 24 against, tau = −3 / 45.
    #[test]
    fn kendalls_ten_boys() {
        let mathematics = [7.0, 4.0, 3.0, 10.0, 6.0, 2.0, 9.0, 8.0, 1.0, 5.0];
        let music = [5.0, 7.0, 3.0, 10.0, 1.0, 9.0, 6.0, 2.0, 8.0, 4.0];
        let found = kendall(&sorted(&mathematics), &sorted(&music)).unwrap();
        assert!((found.r + 3.0 / 45.0).abs() < 1e-15, "{}", found.r);
    }

    /// Values of scipy.stats 1.17 (`spearmanr`, `kendalltau(method="asymptotic")`)
    /// for two columns with ties.
    #[test]
    fn p_values_with_ties() {
        let x = sorted(&[12.0, 2.0, 1.0, 12.0, 2.0, 7.0, 7.0, 7.0]);
        let y = sorted(&[1.0, 4.0, 7.0, 1.0, 0.0, 3.0, 3.0, 9.0]);
        let (rho, tau) = (spearman(&x, &y).unwrap(), kendall(&x, &y).unwrap());
        assert!(
            (rho.r + 0.375_117_242_460_266_56).abs() < 1e-15
                && (tau.r + 0.368_037_369_049_288_85).abs() < 1e-15
        );
        assert!((rho.p.unwrap() - 0.359_849_721_305_451).abs() < 1e-12, "{rho:?}");
        assert!((tau.p.unwrap() - 0.237_398_035_684_464_71).abs() < 1e-12, "{tau:?}");
    }

    #[test]
    fn what_does_not_vary_has_no_correlation() {
        let gaps = Sorted::new(&[Some(1.0), Some(1.0), None, Some(2.0)]);
        let other = Sorted::new(&[Some(1.0), Some(3.0), Some(4.0), None]);
        assert_eq!(pearson(&gaps, &other), None, "1, 1 on the shared rows");
        assert_eq!(spearman(&gaps, &other), None);
        assert_eq!(kendall(&gaps, &other), None);
        let noise = sorted(&[0.1 + 0.2, 0.3, 0.3]);
        assert_eq!(pearson(&noise, &sorted(&[1.0, 2.0, 3.0])), None, "noise is no spread");
        assert_eq!(kendall(&Sorted::new(&[]), &Sorted::new(&[])), None);
    }

    #[test]
    fn two_rows_have_a_correlation_and_no_p_value() {
        let found = pearson(&sorted(&[1.0, 2.0]), &sorted(&[7.0, 5.0])).unwrap();
        assert_eq!((found.n, found.p), (2, None));
        assert!((found.r + 1.0).abs() < 1e-15);
    }

    /// Tau-b pair by pair.
    fn by_definition(pairs: &[(Option<u8>, Option<u8>)]) -> Option<f64> {
        let whole: Vec<(i32, i32)> =
            pairs.iter().filter_map(|(a, b)| Some((i32::from((*a)?), i32::from((*b)?)))).collect();
        let (mut numerator, mut in_x, mut in_y) = (0, 0, 0);
        for (at, one) in whole.iter().enumerate() {
            for other in &whole[..at] {
                let (dx, dy) = ((one.0 - other.0).signum(), (one.1 - other.1).signum());
                numerator += dx * dy;
                in_x += dx.abs();
                in_y += dy.abs();
            }
        }
        (in_x > 0 && in_y > 0)
            .then(|| f64::from(numerator) / (f64::from(in_x).sqrt() * f64::from(in_y).sqrt()))
    }

    proptest! {
        #[test]
        fn kendall_is_its_definition(
            pairs in prop::collection::vec((prop::option::weighted(0.9, 0_u8..12), prop::option::weighted(0.9, 0_u8..12)), 0..60)
        ) {
            let side = |values: Vec<Option<u8>>| {
                Sorted::new(&values.into_iter().map(|value| value.map(f64::from)).collect::<Vec<_>>())
            };
            let (x, y) = pairs.iter().copied().unzip();
            let (x, y) = (side(x), side(y));
            let (found, expected) = (kendall(&x, &y).map(|found| found.r), by_definition(&pairs));
            match (found, expected) {
                (Some(a), Some(b)) => prop_assert!((a - b).abs() < 1e-12, "{a} {b}"),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }
}
