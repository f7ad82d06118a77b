use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Two numbers whose distance is within this share of the larger one, or of 1,
/// are equal: sums in another order differ by less, decisions by more.
pub const TIE_TOLERANCE: f64 = 1e-9;

/// Whether two numbers are equal up to [`TIE_TOLERANCE`].
pub fn nearly_equal(a: f64, b: f64) -> bool {
    (a - b).abs() <= TIE_TOLERANCE * a.abs().max(b.abs()).max(1.0)
}

/// What ties do to the places after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RankMethod {
    /// 1, 2, 2, 4: places are left out after a tie.
    Competition,
    /// 1, 2, 2, 3: no place is left out.
    Dense,
    /// 1, 2.5, 2.5, 4: tied places are averaged.
    Average,
}

/// A place in an order.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rank {
    /// 1 is first; a half with [`RankMethod::Average`].
    pub value: f64,
    /// Whether the place is shared.
    pub tied: bool,
    /// What ties did to the places after them.
    pub method: RankMethod,
}

/// Ranks `values`, the largest first; absent values have no place. Values equal
/// within [`TIE_TOLERANCE`] of the best value of their tie share a place.
///
/// ```
/// # use benchline::numeric::{rank_descending, RankMethod};
/// let values = [Some(3.0), Some(9.0), None, Some(9.0), Some(1.0)];
/// let ranks: Vec<_> = rank_descending(&values, RankMethod::Competition)
///     .iter().map(|rank| rank.map(|rank| rank.value)).collect();
/// assert_eq!(ranks, [Some(3.0), Some(1.0), None, Some(1.0), Some(4.0)]);
/// ```
#[allow(clippy::indexing_slicing, reason = "positions come from enumerate() over the same slice")]
pub fn rank_descending(values: &[Option<f64>], method: RankMethod) -> Vec<Option<Rank>> {
    let mut order: Vec<(usize, f64)> =
        values.iter().enumerate().filter_map(|(at, value)| value.map(|value| (at, value))).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut places = vec![None; values.len()];
    let (mut before, mut dense) = (0, 0);
    for tie in order.chunk_by_leader(|leader, other| nearly_equal(leader.1, other.1)) {
        dense += 1;
        let value = match method {
            RankMethod::Competition => (before + 1) as f64,
            RankMethod::Dense => f64::from(dense),
            RankMethod::Average => before as f64 + (tie.len() + 1) as f64 / 2.0,
        };
        for (at, _) in tie {
            places[*at] = Some(Rank { value, tied: tie.len() > 1, method });
        }
        before += tie.len();
    }
    places
}

/// The different values among `values`, largest first, each with the number of
/// values tied with it: those within [`TIE_TOLERANCE`] of the best of their tie.
pub(super) fn ties(values: &[f64]) -> Vec<(f64, usize)> {
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let chunks = sorted.chunk_by_leader(|leader, other| nearly_equal(*leader, *other));
    chunks.into_iter().filter_map(|tie| Some((*tie.first()?, tie.len()))).collect()
}

/// Whether two numbers are equal up to [`TIE_TOLERANCE`] of the larger one:
/// measured values may all be tiny.
pub fn relatively_equal(a: f64, b: f64) -> bool {
    (a - b).abs() <= TIE_TOLERANCE * a.abs().max(b.abs())
}

/// How many of `sorted` (ascending) are smaller than `value`, those
/// [relatively equal](relatively_equal) left out.
pub fn count_below(sorted: &[f64], value: f64) -> usize {
    sorted.partition_point(|other| *other < value && !relatively_equal(*other, value))
}

trait ChunkByLeader<T> {
    /// Like `chunk_by`, but compares every element with the first of its chunk,
    /// so that a chain of near-ties cannot join values that are far apart.
    fn chunk_by_leader(&self, same: impl Fn(&T, &T) -> bool) -> Vec<&[T]>;
}

impl<T> ChunkByLeader<T> for [T] {
    fn chunk_by_leader(&self, same: impl Fn(&T, &T) -> bool) -> Vec<&[T]> {
        let mut chunks = Vec::new();
        let mut rest = self;
        while let Some(leader) = rest.first() {
            let length = rest.iter().take_while(|other| same(leader, other)).count().max(1);
            let (chunk, tail) = rest.split_at(length);
            chunks.push(chunk);
            rest = tail;
        }
        chunks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranks(values: &[f64], method: RankMethod) -> Vec<f64> {
        let values: Vec<_> = values.iter().copied().map(Some).collect();
        rank_descending(&values, method).iter().map(|rank| rank.unwrap().value).collect()
    }

    #[test]
    fn each_method_treats_ties_its_own_way() {
        let values = [5.0, 7.0, 5.0, 1.0];
        assert_eq!(ranks(&values, RankMethod::Competition), [2.0, 1.0, 2.0, 4.0]);
        assert_eq!(ranks(&values, RankMethod::Dense), [2.0, 1.0, 2.0, 3.0]);
        assert_eq!(ranks(&values, RankMethod::Average), [2.5, 1.0, 2.5, 4.0]);
    }

    #[test]
    fn rounding_noise_is_a_tie_and_a_chain_of_noise_is_not() {
        assert_eq!(ranks(&[0.1 + 0.2, 0.3], RankMethod::Competition), [1.0, 1.0]);
        let chain = [1.0, 1.0 - 0.8e-9, 1.0 - 1.6e-9];
        assert_eq!(ranks(&chain, RankMethod::Competition), [1.0, 1.0, 3.0]);
    }

    #[test]
    fn equal_values_are_not_below() {
        assert_eq!(count_below(&[1.0, 2.0, 2.0, 3.0], 2.0 + 1e-12), 1);
        assert_eq!(count_below(&[1e-12, 2e-12], 2e-12), 1);
        assert_eq!(count_below(&[], 2.0), 0);
    }
}
