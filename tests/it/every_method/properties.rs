//! What scales and means promise, for any data.

use std::sync::OnceLock;

use benchline::index::{evaluate, normalise};
use proptest::prelude::*;

use super::*;

fn on_threads<T: Send>(threads: usize, run: impl FnOnce() -> T + Send) -> T {
    static POOLS: OnceLock<[rayon::ThreadPool; 2]> = OnceLock::new();
    let pools = POOLS.get_or_init(|| {
        [1, 4].map(|threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap())
    });
    pools[usize::from(threads > 1)].install(run)
}

/// The column `at` of the normalised indicators; absent where the scale refuses.
fn scaled(open: &OpenProject, plan: &Plan) -> Option<Vec<Option<f64>>> {
    let matrix = normalise(&open.input, plan).ok()?;
    let column = matrix.column(0)?;
    Some((0..column.len()).map(|row| column.value(row)).collect())
}

fn scores(open: &OpenProject, plan: &Plan) -> Vec<f64> {
    let evaluation = evaluate(&open.input, plan).unwrap_or_else(|findings| panic!("{findings:#?}"));
    let column = evaluation.column(&Id::from("index")).unwrap();
    (0..column.len()).map(|row| column.value(row).unwrap()).collect()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

/// Rows of children from 1 to 9; no column is constant and U0 has the best of
/// the first.
fn table() -> impl Strategy<Value = Vec<[u8; CHILDREN]>> {
    prop::collection::vec(prop::array::uniform3(1..=9_u8), 5..9).prop_filter("every column varies", |rows| {
        (0..CHILDREN).all(|child| rows.iter().any(|row| row[child] != rows[0][child]))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, failure_persistence: None, ..ProptestConfig::default() })]

    /// Bounded scales stay in range; monotone ones keep the order of values; the
    /// order of units and the number of threads change nothing; what others have
    /// does not move a score that is said to be a unit's own.
    #[test]
    fn scales_keep_what_they_promise(mut rows in table()) {
        for direction in [Direction::Higher, Direction::Lower] {
            let best = |row: &[u8; CHILDREN]| if direction == Direction::Higher { row[0] } else { 10 - row[0] };
            let at = (0..rows.len()).max_by_key(|at| best(&rows[*at])).unwrap();
            rows.swap(0, at);
            let (there, mut back) = (opened(&whole(&rows)), rows.clone());
            // U0 stays: it is the reference.
            back[1..].reverse();
            let back = opened(&whole(&back));
            for method in scales(direction) {
                let scale = scale_of(&method);
                if direction == Direction::Lower && !scale.lower {
                    continue;
                }
                let plan = with_scale(&there.framework.plan, direction, &method);
                let found = on_threads(1, || scaled(&there, &plan));
                prop_assert_eq!(&found, &on_threads(4, || scaled(&there, &plan)), "threads: {:?}", method);
                let found: Vec<f64> = found.unwrap().into_iter().map(|score| score.unwrap()).collect();
                let mut turned: Vec<f64> = scaled(&back, &plan).unwrap().into_iter().map(|score| score.unwrap()).collect();
                turned[1..].reverse();
                prop_assert!(found.iter().zip(&turned).all(|(a, b)| near(*a, *b)), "order of units: {:?}", method);
                if let Some((low, high)) = scale.range {
                    let inside = |score: &f64| (low - 1e-9..=high + 1e-9).contains(score);
                    prop_assert!(found.iter().all(inside), "{:?}: {:?}", method, found);
                }
                for (a, first) in rows.iter().zip(&found) {
                    for (b, second) in rows.iter().zip(&found) {
                        let worse = best(a) < best(b);
                        prop_assert!(!scale.monotone || !worse || *first <= second + 1e-9, "{:?}: {:?}", method, found);
                        prop_assert!(a[0] != b[0] || near(*first, *second), "equal values: {:?}", method);
                    }
                }
                if scale.alone {
                    let own = opened(&whole(&rows[..2]));
                    let alone: Vec<f64> = scaled(&own, &plan).unwrap().into_iter().map(|score| score.unwrap()).collect();
                    prop_assert_eq!(&alone[..], &found[..2], "others: {:?}", method);
                }
            }
        }
    }

    /// Means stay between their children, or in their own range; a better child
    /// never lowers a monotone one; the order of units and children, the scale of
    /// weights and threads change nothing; row reversal leaves Copeland to the bit.
    #[test]
    fn means_keep_what_they_promise(
        rows in table(),
        shares in prop::array::uniform3(1..9_u8),
        (unit, child) in (0..5_usize, 0..CHILDREN),
    ) {
        let there = opened(&whole(&rows));
        let back = opened(&whole(&rows.iter().rev().copied().collect::<Vec<_>>()));
        let mut improved = rows.clone();
        improved[unit][child] += 3;
        let improved = opened(&whole(&improved));
        let weights = |factor: f64| Weights::from_shares(&shares.map(|share| f64::from(share) * factor)).unwrap();
        for mean in means() {
            let of = mean_of(&mean);
            let plan = with_rule(&there.framework.plan, |method, _, own, _| {
                (*method, *own) = (mean.clone(), weights(1.0));
            });
            let found = on_threads(1, || scores(&there, &plan));
            prop_assert_eq!(&found, &on_threads(4, || scores(&there, &plan)), "threads: {:?}", mean);
            let mut turned = scores(&back, &plan);
            turned.reverse();
            let same = |other: &[f64]| found.iter().zip(other).all(|(a, b)| near(*a, *b));
            prop_assert!(same(&turned), "order of units: {:?}", mean);
            prop_assert!(mean != Aggregation::Copeland || found == turned, "row reversal: {:?}", found);
            let swapped = with_rule(&plan, |_, children, own, _| {
                children.reverse();
                *own = Weights::from_shares(&own.as_slice().iter().rev().copied().collect::<Vec<_>>()).unwrap();
            });
            prop_assert!(same(&scores(&there, &swapped)), "order of children: {:?}", mean);
            let tenfold = with_rule(&plan, |_, _, own, _| *own = weights(10.0));
            prop_assert!(same(&scores(&there, &tenfold)), "scale of weights: {:?}", mean);
            if of.monotone {
                let better = scores(&improved, &plan);
                prop_assert!(better[unit] >= found[unit] - 1e-9, "{:?}: {} to {}", mean, found[unit], better[unit]);
            }
            if let Some(range) = of.range {
                for (row, score) in rows.iter().zip(&found) {
                    let values = row.map(f64::from);
                    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
                    let most = values.iter().copied().fold(0.0, f64::max);
                    let (low, high) = range(least, most, rows.len() as f64);
                    prop_assert!((low - 1e-9..=high + 1e-9).contains(score), "{:?}: {} of {:?}", mean, score, row);
                }
            }
        }
    }
}
