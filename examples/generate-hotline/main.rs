//! Writes the sample editions of the hotline index into `city-data/sample/`.
//!
//! Everything in them is invented: `cargo run --release --example generate-hotline`
//! gives the same bytes on every machine, and a test says so. A city's quality is
//! the sum of its tier, its region, its province and its own luck; each dimension
//! and each indicator adds to it, so that indicators correlate as they do in
//! reality. Values are that quality on the goalposts of the framework, with a
//! ceiling at 100 %. Shares are drawn as successes of a sample, dial tests call by
//! call with testers of different severity.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a tool of the repository that fails loudly"
)]

mod calls;
mod cities;
mod dice;
mod editions;
mod indicators;

fn main() -> std::io::Result<()> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("city-data/sample");
    std::fs::create_dir_all(&folder)?;
    for (name, text) in editions::files() {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(())
}
