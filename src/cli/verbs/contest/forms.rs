use std::path::Path;

use benchline::diagnostics::{Failure, Findings};
use benchline::project::{self, FormsRequest};

use crate::cli::exit::Exit;
use crate::cli::render::Reporter;

/// The folder of blank score sheets within a project, or within that of a recount.
const FORMS: &str = "forms";

/// Makes blank score sheets.
pub fn run(
    folder: &Path,
    wanted: FormsRequest<'_>,
    out: Option<&Path>,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let mut findings = Findings::new();
    let own = wanted.recount.map_or(FORMS.to_owned(), |id| format!("recount/{id}/{FORMS}"));
    let target = out.map_or_else(|| folder.join(own), Path::to_owned);
    let published = match project::open_contest(folder, &mut findings) {
        Some(contest) => reporter.while_shown(|on_step| {
            project::publish_forms(contest, wanted, &target, on_step, &mut findings)
        })?,
        None => None,
    };
    reporter.finish_folder(folder, findings, published.as_deref())
}
