//! Writes the invented data of the bundled example projects `season-2025` (a
//! skills competition of four stages) and `cases-2025` (a selection of cases):
//!
//! ```text
//! cargo run --release --example generate-season
//! ```
//!
//! Everything follows from a seed; a test makes the files anew and compares
//! bytes. Who takes part is not invented here but read from
//! `season-2025/data/entries.csv`: 180 cities of the registry and the hotlines of
//! the 27 provinces and regions, with the word 示例 on every page that names them.

mod cases;
mod dice;
mod last;
mod season;
mod tables;

use std::path::Path;

#[allow(clippy::disallowed_methods, reason = "an example is no part of the program")]
fn main() -> std::io::Result<()> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let files = [("season-2025", season::files()), ("cases-2025", cases::files())];
    for (project, files) in files {
        for (name, text) in files {
            let path = examples.join(project).join("data").join(name);
            std::fs::write(&path, text)?;
            println!("{}", path.display());
        }
    }
    Ok(())
}
