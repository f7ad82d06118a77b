use std::path::Path;

use benchline::diagnostics::{Failure, Findings};
use benchline::project;

use crate::cli::exit::Exit;
use crate::cli::render::Reporter;

/// The folder of confirmation sheets within a project.
const SHEETS: &str = "confirm";

/// Makes the sheets on which units confirm their data.
pub fn run(
    folder: &Path,
    units: &[String],
    out: Option<&Path>,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let mut findings = Findings::new();
    let target = out.map_or_else(|| folder.join(SHEETS), Path::to_owned);
    let published = match project::open(folder, &mut findings) {
        Some(open) => reporter.while_shown(|on_step| {
            project::publish_confirmations(open, units, &target, on_step, &mut findings)
        })?,
        None => None,
    };
    reporter.finish_folder(folder, findings, published.as_deref())
}
