//! Time of each stage. Run with `cargo bench`.

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

use std::path::{Path, PathBuf};

use benchline::diagnostics::{Findings, Lang};
use benchline::index::{Evaluator, evaluate};
use benchline::model::Weights;
use benchline::numeric;
use benchline::plan::Rule;
use benchline::project::{self, OpenProject, ScoredProject};
use benchline::report::{Templates, index_report, typeset};
use divan::{Bencher, black_box};
use generated::{SIZES, generated};

fn main() {
    divan::main();
}

fn hdi() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hdi-2022")
}

fn open(path: &Path) -> OpenProject {
    project::open(path, &mut Findings::new()).expect("a sound project")
}

fn scored(path: &Path) -> ScoredProject {
    project::score(open(path), &mut Findings::new()).expect("scores")
}

/// Reads and checks definitions and data.
#[divan::bench(args = SIZES, sample_count = 10)]
fn open_generated(bencher: Bencher<'_, '_>, (units, indicators): (usize, usize)) {
    let folder = generated(units, indicators, 0);
    bencher.bench_local(|| black_box(open(folder.path())));
}

/// Normalises, aggregates, ranks.
#[divan::bench(args = SIZES, sample_count = 10)]
fn evaluate_generated(bencher: Bencher<'_, '_>, (units, indicators): (usize, usize)) {
    let folder = generated(units, indicators, 0);
    let open = open(folder.path());
    bencher.bench_local(|| black_box(evaluate(&open.input, &open.framework.plan).unwrap()));
}

/// The same with other weights of the index, everything else being known.
#[divan::bench(args = SIZES, sample_count = 10)]
fn evaluate_other_weights(bencher: Bencher<'_, '_>, (units, indicators): (usize, usize)) {
    let folder = generated(units, indicators, 0);
    let open = open(folder.path());
    let evaluator = Evaluator::new(&open.input);
    evaluator.evaluate(&open.framework.plan).unwrap();
    let mut share = 1.0;
    bencher.bench_local(|| {
        share += 1.0;
        let mut plan = open.framework.plan.clone();
        if let Some(Rule::Aggregate { weights, .. }) = plan.nodes.last_mut().map(|node| &mut node.rule) {
            *weights = Weights::from_shares(&[share, 1.0, 1.0, 1.0]).unwrap();
        }
        black_box(evaluator.evaluate(&plan).unwrap())
    });
}

/// So many units by 24 children, from a small generator.
fn table(units: usize) -> Vec<Vec<f64>> {
    let mut state = 7_u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / 167_772.16
    };
    (0..units).map(|_| (0..24).map(|_| next()).collect()).collect()
}

/// Outranking of every pair of units: grows with the square.
#[divan::bench(args = [342, 1_000, 3_000], sample_count = 5)]
fn copeland(bencher: Bencher<'_, '_>, units: usize) {
    let table: Vec<Vec<Option<f64>>> =
        table(units).into_iter().map(|row| row.into_iter().map(Some).collect()).collect();
    let (weights, field) = (vec![1.0 / 24.0; 24], vec![true; units]);
    bencher.bench_local(|| black_box(numeric::copeland(&table, &weights, &field)));
}

/// One linear programme per unit over six children.
#[divan::bench(args = [342, 1_000, 3_000], sample_count = 3)]
fn benefit_of_the_doubt(bencher: Bencher<'_, '_>, units: usize) {
    let table: Vec<Vec<f64>> =
        table(units).into_iter().map(|row| row.into_iter().take(6).collect()).collect();
    let field = vec![true; units];
    let bounds = numeric::DoubtBounds::default();
    bencher.bench_local(|| black_box(numeric::benefit_of_the_doubt(&table, &field, bounds)));
}

/// Weights from the data: correlations of 24 columns and their first component.
#[divan::bench(args = [342, 3_000, 50_000], sample_count = 5)]
fn principal_component(bencher: Bencher<'_, '_>, units: usize) {
    let table = table(units);
    let columns: Vec<Vec<f64>> =
        (0..24).map(|child| table.iter().map(|row| row[child] + row[0]).collect()).collect();
    bencher.bench_local(|| black_box(numeric::principal_weights(&columns)));
}

/// Natural breaks into five bands.
#[divan::bench(args = [342, 3_000, 50_000], sample_count = 5)]
fn natural_breaks(bencher: Bencher<'_, '_>, units: usize) {
    let scores: Vec<f64> = table(units).iter().map(|row| row[0]).collect();
    bencher.bench_local(|| black_box(numeric::natural_breaks(&scores, 5)));
}

/// Opens, checks, computes and compares the Human Development Index, 33 periods.
#[divan::bench(sample_count = 20)]
fn hdi_open_and_score(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| black_box(scored(&hdi())));
}

/// Typesets its report in Chinese, 193 units.
#[divan::bench(sample_count = 5)]
fn hdi_report(bencher: Bencher<'_, '_>) {
    let scored = scored(&hdi());
    let templates = Templates::embedded();
    bencher.bench_local(|| {
        let view = index_report(scored.material(), &templates, Lang::Zh).unwrap();
        black_box(typeset(&view, &templates).unwrap())
    });
}
