use std::path::Path;

use benchline::diagnostics::{Failure, Findings};
use benchline::project;
use serde_json::json;

use crate::cli::exit::Exit;
use crate::cli::render::Reporter;

/// Opens and computes the project without making its outputs: what a method cannot
/// take is a finding too. The findings are written into `sheets`, if that is given.
pub fn run(folder: &Path, sheets: Option<&Path>, reporter: &Reporter) -> Result<Exit, Failure> {
    if project::is_contest(folder) {
        return super::contest::check(folder, sheets, reporter);
    }
    let mut findings = Findings::new();
    let scored = project::open(folder, &mut findings).and_then(|open| project::score(open, &mut findings));
    let counts = scored.as_ref().map(|scored| {
        let input = &scored.project.input;
        (input.panel().units().len(), input.panel().periods().len(), input.indicators().len())
    });
    let sent = match sheets {
        Some(sheets) => project::send_back(&mut findings, sheets, reporter.lang)?,
        None => None,
    };
    let text = || {
        let (units, periods, indicators) = counts?;
        let ok = reporter.say("项目可用", "the project is sound");
        let line = match reporter.say("zh", "en") {
            "zh" => format!("{ok}：{units} 个单位，{periods} 期，{indicators} 项指标\n"),
            _ => format!("{ok}: {units} units, {periods} periods, {indicators} indicators\n"),
        };
        Some(line)
    };
    let json = || {
        let (units, periods, indicators) = counts?;
        Some(json!({ "units": units, "periods": periods, "indicators": indicators }))
    };
    reporter.finish_sent(folder, findings, sent.as_deref(), text, json)
}
