use std::path::Path;

use benchline::diagnostics::{Failure, Findings};
use benchline::project::{self, Request};
use serde_json::json;

use super::scored;
use crate::cli::exit::Exit;
use crate::cli::render::Reporter;

/// Makes the selected outputs of a contest.
pub fn run(folder: &Path, request: Request, target: &Path, reporter: &Reporter) -> Result<Exit, Failure> {
    let mut findings = Findings::new();
    let published = match scored(folder, &mut findings) {
        Some(scored) if !findings.has_errors() => {
            let progress = reporter.progress();
            let on_step = |step| progress.step(step);
            let published = project::publish_contest(&scored, request, target, &on_step, &mut findings);
            progress.finish();
            published?
        }
        _ => None,
    };
    let text = || {
        let published = published.as_ref()?;
        Some(format!("{} {}\n", reporter.say("已写入", "written to"), published.display()))
    };
    let json = || Some(json!({ "folder": published.as_ref()? }));
    reporter.finish_partial(folder, findings, text, json)
}
