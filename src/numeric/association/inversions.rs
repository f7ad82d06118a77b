/// Runs up to this length are sorted in place: shorter merges cost more.
const RUN: usize = 8;

/// Sorts, and counts the pairs that were the wrong way round.
pub(super) fn inversions(values: &mut Vec<u32>) -> u64 {
    let mut count = values.chunks_mut(RUN).map(sort_run).sum();
    let (mut spare, mut width) = (values.clone(), RUN);
    while width < values.len() {
        for (from, to) in values.chunks(2 * width).zip(spare.chunks_mut(2 * width)) {
            let (left, right) = from.split_at(width.min(from.len()));
            count += merge(left, right, to);
        }
        std::mem::swap(values, &mut spare);
        width *= 2;
    }
    count
}

/// Sorts a short run by swaps of neighbours, each of which mends one pair.
#[allow(clippy::indexing_slicing, reason = "both positions are within the run")]
fn sort_run(run: &mut [u32]) -> u64 {
    let mut swaps = 0;
    for end in 1..run.len() {
        let mut at = end;
        while at > 0 && run[at - 1] > run[at] {
            run.swap(at - 1, at);
            at -= 1;
            swaps += 1;
        }
    }
    swaps
}

/// Merges two sorted runs into a slice as long as both; each element of the right
/// one passes those of the left that are larger. Without branches, which random
/// data would mispredict.
#[allow(clippy::indexing_slicing, reason = "positions stay below the lengths, which add up to `to`")]
fn merge(left: &[u32], right: &[u32], to: &mut [u32]) -> u64 {
    let (mut l, mut r, mut passed) = (0, 0, 0);
    while l < left.len() && r < right.len() {
        let (one, other) = (left[l], right[r]);
        let second = other < one;
        to[l + r] = if second { other } else { one };
        passed += if second { (left.len() - l) as u64 } else { 0 };
        r += usize::from(second);
        l += usize::from(!second);
    }
    let (rest_left, rest_right) = (&left[l..], &right[r..]);
    let (to_left, to_right) = to[l + r..].split_at_mut(rest_left.len());
    to_left.copy_from_slice(rest_left);
    to_right.copy_from_slice(rest_right);
    passed
}
