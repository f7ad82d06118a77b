//! Time to read and check 342 one-city files in five formats, with and without
//! mistakes. Run with `cargo bench --bench reading`.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "benchmarks write their projects and fail loudly"
)]

#[path = "../tests/it/batch/make.rs"]
mod make;
#[path = "../tests/it/batch/mistakes.rs"]
mod mistakes;

use std::path::Path;

use benchline::diagnostics::Findings;
use benchline::project;
use divan::{Bencher, black_box};
use tempfile::TempDir;

fn main() {
    divan::main();
}

#[divan::bench]
fn batch_of_342_files(bencher: Bencher<'_, '_>) {
    let (root, folder) = (Path::new(env!("CARGO_MANIFEST_DIR")), TempDir::new().unwrap());
    make::write(root, folder.path(), make::sound(root).into_values());
    bencher.bench_local(|| {
        let mut findings = Findings::new();
        black_box(project::open(folder.path(), &mut findings).expect("the batch is sound"));
    });
}

/// Every finding of one run: 25 mistakes among 342 files.
#[divan::bench]
fn batch_of_342_files_with_25_mistakes(bencher: Bencher<'_, '_>) {
    let (root, folder) = (Path::new(env!("CARGO_MANIFEST_DIR")), TempDir::new().unwrap());
    let (files, _) = mistakes::with_mistakes(root);
    make::write(root, folder.path(), files);
    bencher.bench_local(|| {
        let mut findings = Findings::new();
        assert!(black_box(project::open(folder.path(), &mut findings)).is_none());
        assert_eq!(findings.iter().count(), 25);
    });
}
