use std::path::Path;

use benchline::diagnostics::{Failure, Findings};
use benchline::project;
use serde_json::json;

use super::scored;
use crate::cli::exit::Exit;
use crate::cli::render::Reporter;

/// Opens and scores the contest without making its outputs. The findings are
/// written into `sheets`, if that is given.
pub fn run(folder: &Path, sheets: Option<&Path>, reporter: &Reporter) -> Result<Exit, Failure> {
    let mut findings = Findings::new();
    let scored = scored(folder, &mut findings);
    let counts = scored.as_ref().map(|scored| {
        let input = &scored.contest.input;
        let marks: usize = input.rounds().iter().map(|round| round.marks.len()).sum();
        (input.entries().len(), input.judges().len(), scored.result.stages.len(), marks)
    });
    let sent = match sheets {
        Some(sheets) => project::send_back(&mut findings, sheets, reporter.lang)?,
        None => None,
    };
    let text = || {
        let (entries, judges, stages, marks) = counts?;
        let ok = reporter.say("赛事可用", "the contest is sound");
        let line = match reporter.say("zh", "en") {
            "zh" => {
                format!("{ok}：{entries} 个参赛者，{judges} 位评委，已进行 {stages} 个阶段，{marks} 个分数\n")
            }
            _ => format!("{ok}: {entries} entries, {judges} judges, {stages} stages held, {marks} marks\n"),
        };
        Some(line)
    };
    let json = || {
        let (entries, judges, stages, marks) = counts?;
        Some(json!({ "entries": entries, "judges": judges, "stages": stages, "marks": marks }))
    };
    reporter.finish_sent(folder, findings, sent.as_deref(), text, json)
}
