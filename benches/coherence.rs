//! Time of the statistical audit, one cell in twenty empty, and of the three
//! correlations of one pair of columns. Run with `cargo bench --bench coherence`.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "benchmarks write their projects and fail loudly"
)]

#[path = "support/generated.rs"]
mod generated;

use benchline::coherence::{Thresholds, assess};
use benchline::diagnostics::Findings;
use benchline::numeric::{Sorted, kendall, pearson, spearman};
use benchline::project;
use divan::{Bencher, black_box};
use generated::{SIZES, generated};

fn main() {
    divan::main();
}

/// Everything in the audit but the evaluation before it.
#[divan::bench(args = SIZES, sample_count = 5)]
fn assess_generated(bencher: Bencher<'_, '_>, (units, indicators): (usize, usize)) {
    let folder = generated(units, indicators, 5);
    let open = project::open(folder.path(), &mut Findings::new()).expect("a sound project");
    let scored = project::score(open, &mut Findings::new()).expect("scores");
    let framework = &scored.project.framework.framework;
    bencher.bench_local(|| {
        black_box(assess(&scored.project.input, framework, &scored.evaluation, Thresholds::default()))
    });
}

/// Two columns of so many rows, half of whose values are tied.
fn columns(rows: usize) -> (Sorted, Sorted) {
    let mut state = 11_u64;
    let mut next = |range: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % range) as f64
    };
    let mut column = || Sorted::new(&(0..rows).map(|_| Some(next(rows as u64))).collect::<Vec<_>>());
    (column(), column())
}

#[divan::bench(args = [342, 3_000, 50_000, 1_000_000])]
fn pair_pearson(bencher: Bencher<'_, '_>, rows: usize) {
    let (x, y) = columns(rows);
    bencher.bench_local(|| black_box(pearson(&x, &y)));
}

#[divan::bench(args = [342, 3_000, 50_000, 1_000_000])]
fn pair_spearman(bencher: Bencher<'_, '_>, rows: usize) {
    let (x, y) = columns(rows);
    bencher.bench_local(|| black_box(spearman(&x, &y)));
}

#[divan::bench(args = [342, 3_000, 50_000, 1_000_000])]
fn pair_kendall(bencher: Bencher<'_, '_>, rows: usize) {
    let (x, y) = columns(rows);
    bencher.bench_local(|| black_box(kendall(&x, &y)));
}
