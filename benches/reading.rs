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
