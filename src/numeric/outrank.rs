//! Methods that compare units with each other: Copeland, TOPSIS, VIKOR and the
//! rank-sum ratio. A table is a list of units, each with one value per child.

use rayon::prelude::*;

use super::rank::{RankMethod, count_below, rank_descending, relatively_equal};

/// A difference of weights within this of zero is a tie.
const TIE: f64 = 1e-9;

/// Copeland scores: pairs won less pairs lost against the units in `field`, a
/// pair being won with more than half of the weight: `o = Σ w[x > y] + ½ Σ w[x = y]`
/// over the children that both have. Values equal up to the tie tolerance are
/// equal, and so are sums of weights, so neither rounding nor the order of units
/// decides. A unit without any value has no score. n² · children / threads.
///
/// ```
/// # use benchline::numeric::copeland;
/// // The first beats both others on two of three; the others beat each other once.
/// let table = [[3.0, 3.0, 1.0], [2.0, 1.0, 3.0], [1.0, 2.0, 2.0]];
/// let table: Vec<Vec<Option<f64>>> = table.iter().map(|row| row.iter().copied().map(Some).collect()).collect();
/// let third = 1.0 / 3.0;
/// assert_eq!(copeland(&table, &[third; 3], &[true; 3]), [Some(2.0), Some(0.0), Some(-2.0)]);
/// ```
pub fn copeland(table: &[Vec<Option<f64>>], weights: &[f64], field: &[bool]) -> Vec<Option<f64>> {
    let width = weights.len();
    let places = places(table, width);
    let rows: Vec<&[u32]> = places.chunks(width.max(1)).collect();
    let in_field: Vec<usize> = (0..table.len()).filter(|at| field.get(*at) == Some(&true)).collect();
    rows.par_iter()
        .enumerate()
        .map(|(at, own)| {
            if own.iter().all(|place| *place == 0) {
                return None;
            }
            let others = in_field.iter().filter(|other| **other != at).filter_map(|other| rows.get(*other));
            let won: i64 = others.map(|other| sign(own, other, weights)).sum();
            Some(won as f64)
        })
        .collect()
}

/// The places of each unit's values among those of a child, 1 being the best and
/// 0 no value, unit by unit.
fn places(table: &[Vec<Option<f64>>], width: usize) -> Vec<u32> {
    let mut places = vec![0; table.len() * width];
    for child in 0..width {
        let column: Vec<Option<f64>> = table.iter().map(|row| row.get(child).copied().flatten()).collect();
        for (at, rank) in rank_descending(&column, RankMethod::Dense).into_iter().enumerate() {
            if let (Some(place), Some(rank)) = (places.get_mut(at * width + child), rank) {
                *place = rank.value as u32;
            }
        }
    }
    places
}

/// 1 if `own` outranks `other`, −1 if it is outranked. o − ½ is half the weight
/// won less the weight lost, and both pairs sum it in the same order.
fn sign(own: &[u32], other: &[u32], weights: &[f64]) -> i64 {
    let mut balance = 0.0;
    for ((own, other), weight) in own.iter().zip(other).zip(weights) {
        if *own != 0 && *other != 0 {
            balance += weight * (f64::from(u8::from(own < other)) - f64::from(u8::from(own > other)));
        }
    }
    i64::from(balance > TIE) - i64::from(balance < -TIE)
}

/// The best and the worst value of each child among the units in `field`.
fn extents(table: &[Vec<f64>], field: &[bool], width: usize) -> Vec<(f64, f64)> {
    (0..width)
        .map(|child| {
            let own = table.iter().zip(field).filter(|(_, in_field)| **in_field);
            let values = own.filter_map(|(row, _)| row.get(child).copied());
            values.fold((f64::NEG_INFINITY, f64::INFINITY), |(best, worst), value| {
                (best.max(value), worst.min(value))
            })
        })
        .collect()
}

/// Which share of the way from worst to best a value is; a child without spread
/// tells nobody apart.
fn share((best, worst): (f64, f64), value: f64) -> f64 {
    if relatively_equal(best, worst) { 0.0 } else { (value - worst) / (best - worst) }
}

/// TOPSIS (Hwang and Yoon 1981): distance to the worst over the sum of the
/// distances to the worst and to the best, of weighted values min-max scaled over
/// the units in `field`. ½ where nothing differs.
///
/// ```
/// # use benchline::numeric::topsis;
/// let table = [vec![1.0, 0.0], vec![0.0, 0.0], vec![1.0, 1.0]];
/// assert_eq!(topsis(&table, &[0.5, 0.5], &[true; 3]), [0.5, 0.0, 1.0]);
/// ```
pub fn topsis(table: &[Vec<f64>], weights: &[f64], field: &[bool]) -> Vec<f64> {
    let extents = extents(table, field, weights.len());
    let score = |row: &Vec<f64>| {
        let (mut up, mut down) = (0.0, 0.0);
        for ((value, weight), extent) in row.iter().zip(weights).zip(&extents) {
            let at = share(*extent, *value);
            let top = if relatively_equal(extent.0, extent.1) { 0.0 } else { 1.0 };
            up += weight * (top - at) * weight * (top - at);
            down += weight * at * weight * at;
        }
        let (up, down) = (up.sqrt(), down.sqrt());
        if up + down > 0.0 { down / (up + down) } else { 0.5 }
    };
    table.iter().map(score).collect()
}

/// 1 − Q of VIKOR (Opricovic 1998), higher being better: Q = v (S − min S) /
/// (max S − min S) + (1 − v) (R − min R) / (max R − min R), S the weighted sum and
/// R the largest of the regrets w (best − x) / (best − worst), extremes over the
/// units in `field`.
///
/// ```
/// # use benchline::numeric::vikor;
/// let table = [vec![4.0, 4.0], vec![0.0, 0.0], vec![4.0, 0.0]];
/// // S: 0, 1, ½; R: 0, ½, ½; Q of the third: ½ · ½ + ½ · 1
/// assert_eq!(vikor(&table, &[0.5, 0.5], &[true; 3], 0.5), [1.0, 0.0, 0.25]);
/// ```
pub fn vikor(table: &[Vec<f64>], weights: &[f64], field: &[bool], majority: f64) -> Vec<f64> {
    let extents = extents(table, field, weights.len());
    let regrets: Vec<Vec<f64>> = table
        .iter()
        .map(|row| {
            let (sum, worst) = row.iter().zip(weights).zip(&extents).fold(
                (0.0, 0.0_f64),
                |(sum, worst), ((value, weight), extent)| {
                    let spread = !relatively_equal(extent.0, extent.1);
                    let regret = if spread { weight * (1.0 - share(*extent, *value)) } else { 0.0 };
                    (sum + regret, worst.max(regret))
                },
            );
            vec![sum, worst]
        })
        .collect();
    let spans = self::extents(&regrets, field, 2);
    let part = |row: &[f64], at: usize| match (spans.get(at), row.get(at)) {
        (Some(span), Some(value)) => share(*span, *value),
        _ => 0.0,
    };
    regrets.iter().map(|row| 1.0 - (majority * part(row, 0) + (1.0 - majority) * part(row, 1))).collect()
}

/// Weighted rank-sum ratio (田凤调 1988): Σ w · R / n, R the rank from the worst
/// among the n units in `field`, ties averaged.
///
/// ```
/// # use benchline::numeric::rank_sum_ratio;
/// let table = [vec![9.0, 1.0], vec![5.0, 1.0], vec![1.0, 7.0], vec![1.0, 0.0]];
/// // Ranks: 4, 3, 1.5, 1.5 and 2.5, 2.5, 4, 1
/// assert_eq!(rank_sum_ratio(&table, &[0.5, 0.5], &[true; 4]), [0.8125, 0.6875, 0.6875, 0.3125]);
/// ```
pub fn rank_sum_ratio(table: &[Vec<f64>], weights: &[f64], field: &[bool]) -> Vec<f64> {
    let mut ratios = vec![0.0; table.len()];
    for (child, weight) in weights.iter().enumerate() {
        let value = |row: &Vec<f64>| row.get(child).copied().unwrap_or(0.0);
        let own = table.iter().zip(field).filter(|(_, in_field)| **in_field);
        let mut sorted: Vec<f64> = own.map(|(row, _)| value(row)).collect();
        sorted.sort_by(f64::total_cmp);
        let n = sorted.len().max(1) as f64;
        for ((row, ratio), in_field) in table.iter().zip(&mut ratios).zip(field) {
            let below = count_below(&sorted, value(row));
            let up_to =
                sorted.partition_point(|other| *other <= value(row) || relatively_equal(*other, value(row)));
            let tied = up_to.saturating_sub(below) as f64;
            // A unit of the field is one of its own tie.
            let rank = below as f64 + if *in_field { (tied + 1.0) / 2.0 } else { tied / 2.0 + 1.0 };
            *ratio += weight * rank / n;
        }
    }
    ratios
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[f64]]) -> Vec<Vec<Option<f64>>> {
        rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect()
    }

    /// Weights 0.1 + 0.2 + 0.2 against 0.5 are a tie, though 0.1 + 0.2 + 0.2 is
    /// not 0.5 in binary in every order.
    #[test]
    fn half_of_the_weight_is_a_tie() {
        let weights = [0.1, 0.5, 0.2, 0.2];
        let rows = table(&[&[1.0, 0.0, 1.0, 1.0], &[0.0, 1.0, 0.0, 0.0]]);
        assert_eq!(copeland(&rows, &weights, &[true; 2]), [Some(0.0), Some(0.0)]);
        let third = [1.0 / 3.0 + 0.1, 1.0 / 3.0 - 0.1, 0.1 / 3.0, 0.9 / 3.0];
        let mut reversed = rows.clone();
        reversed.reverse();
        let mut back = copeland(&reversed, &third, &[true; 2]);
        back.reverse();
        assert_eq!(copeland(&rows, &third, &[true; 2]), back);
    }

    #[test]
    fn benchmarks_are_compared_and_count_for_nobody() {
        let rows = table(&[&[1.0], &[2.0], &[9.0]]);
        assert_eq!(copeland(&rows, &[1.0], &[true, true, false]), [Some(-1.0), Some(1.0), Some(2.0)]);
        let rows = vec![vec![Some(1.0), None], vec![None, Some(1.0)], vec![None, None]];
        assert_eq!(copeland(&rows, &[0.5, 0.5], &[true; 3]), [Some(0.0), Some(0.0), None]);
    }
}
