use std::path::Path;

use benchline::diagnostics::{Failure, Findings};
use benchline::project;

use crate::cli::exit::Exit;
use crate::cli::render::Reporter;

/// The folder of blank score sheets within a project.
const FORMS: &str = "forms";

/// Makes blank score sheets.
pub fn run(
    folder: &Path,
    rounds: &[String],
    out: Option<&Path>,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let mut findings = Findings::new();
    let target = out.map_or_else(|| folder.join(FORMS), Path::to_owned);
    let published = match project::open_contest(folder, &mut findings) {
        Some(contest) => reporter.while_shown(|on_step| {
            project::publish_forms(contest, rounds, &target, on_step, &mut findings)
        })?,
        None => None,
    };
    reporter.finish_folder(folder, findings, published.as_deref())
}
