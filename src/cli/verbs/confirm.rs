use std::path::Path;

use benchline::diagnostics::{Failure, Findings};
use benchline::project;
use serde_json::json;

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
        Some(open) => {
            let progress = reporter.progress();
            let on_step = |step| progress.step(step);
            let published = project::publish_confirmations(open, units, &target, &on_step, &mut findings);
            progress.finish();
            published?
        }
        None => None,
    };
    let text = || {
        let published = published.as_ref()?;
        Some(format!("{} {}\n", reporter.say("已写入", "written to"), published.display()))
    };
    let json = || Some(json!({ "folder": published.as_ref()? }));
    reporter.finish_partial(folder, findings, text, json)
}
