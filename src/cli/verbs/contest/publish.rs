use std::path::Path;

use benchline::diagnostics::{Failure, Findings};
use benchline::project::{self, Request};

use super::scored;
use crate::cli::exit::Exit;
use crate::cli::render::Reporter;

/// Makes the selected outputs of a contest.
pub fn run(folder: &Path, request: Request, target: &Path, reporter: &Reporter) -> Result<Exit, Failure> {
    let mut findings = Findings::new();
    let published = match scored(folder, &mut findings) {
        Some(scored) if !findings.has_errors() => reporter.while_shown(|on_step| {
            project::publish_contest(&scored, request, target, on_step, &mut findings)
        })?,
        _ => None,
    };
    reporter.finish_folder(folder, findings, published.as_deref())
}
