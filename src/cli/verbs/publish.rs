use std::path::{Path, PathBuf};

use benchline::diagnostics::{Failure, Findings};
use benchline::project::{self, Request, ScoredProject, Selection};

use crate::cli::args::{AtRevision, Making};

use crate::cli::exit::Exit;
use crate::cli::render::Reporter;

/// Makes everything that the project declares.
pub fn run(
    folder: &Path,
    making: Making,
    at: AtRevision,
    out: Option<&Path>,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    make(folder, making.of(Selection::Run), at, &target(folder, out, "out"), reporter)
}

/// Makes the reports only.
pub fn report(
    folder: &Path,
    making: Making,
    at: AtRevision,
    out: Option<&Path>,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    make(folder, making.of(Selection::Report), at, &target(folder, out, "report"), reporter)
}

fn target(folder: &Path, out: Option<&Path>, name: &str) -> PathBuf {
    out.map_or_else(|| folder.join(name), Path::to_owned)
}

fn make(
    folder: &Path,
    request: Request,
    at: AtRevision,
    target: &Path,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    if project::is_contest(folder) {
        return super::contest::publish(folder, request, target, reporter);
    }
    let mut findings = Findings::new();
    let made = open_and_publish(folder, request, at.revision, target, reporter, &mut findings)?;
    let folder_made = made.as_ref().map(|(_, published)| published.as_path());
    reporter.finish_folder(folder, findings, folder_made)
}

/// Opens, computes and publishes a project.
pub fn open_and_publish(
    folder: &Path,
    request: Request,
    revision: Option<usize>,
    target: &Path,
    reporter: &Reporter,
    findings: &mut Findings,
) -> Result<Option<(ScoredProject, PathBuf)>, Failure> {
    let Some(open) = project::open_at(folder, revision, findings) else { return Ok(None) };
    let Some(scored) = project::score(open, findings) else { return Ok(None) };
    if findings.has_errors() {
        return Ok(None);
    }
    let published =
        reporter.while_shown(|on_step| project::publish(&scored, request, target, on_step, findings))?;
    Ok(published.map(|folder| (scored, folder)))
}
