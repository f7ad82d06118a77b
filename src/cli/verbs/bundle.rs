use std::path::Path;

use benchline::diagnostics::{Failure, Findings};
use benchline::project;
use serde_json::json;

use crate::cli::exit::Exit;
use crate::cli::render::Reporter;

/// Writes the reference bundle of a project's edition.
pub fn run(folder: &Path, out: Option<&Path>, reporter: &Reporter) -> Result<Exit, Failure> {
    let mut findings = Findings::new();
    let target = out.map_or_else(|| folder.join("bundle"), Path::to_owned);
    let scored = project::open(folder, &mut findings).and_then(|open| project::score(open, &mut findings));
    let written = match scored.filter(|_| !findings.has_errors()) {
        Some(scored) => project::publish_bundle(&scored, &target, &mut findings)?,
        None => None,
    };
    let text = || {
        let shown = written.as_ref()?.display();
        Some(match reporter.say("zh", "en") {
            "zh" => format!("已写入 {shown}\n各单位自测：benchline assess --reference {shown} 数据文件\n"),
            _ => format!(
                "written to {shown}\nfor units to score themselves: benchline assess --reference {shown} DATAFILE\n"
            ),
        })
    };
    let json = || Some(json!({ "bundle": written.as_ref()? }));
    reporter.finish(folder, findings, text, json)
}
