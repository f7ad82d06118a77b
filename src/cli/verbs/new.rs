use std::path::Path;

use benchline::diagnostics::{Failure, Findings};
use benchline::project::{self, Starter};
use serde_json::json;

use crate::cli::args::Kind;
use crate::cli::exit::Exit;
use crate::cli::render::Reporter;

/// Writes a new project.
pub fn run(kind: Kind, folder: &Path, sample: bool, reporter: &Reporter) -> Result<Exit, Failure> {
    let mut findings = Findings::new();
    let starter = if sample { Starter::Sample } else { Starter::Empty };
    let Kind::Index = kind;
    let written = project::create(folder, starter, &mut findings)?;
    let text = || {
        let shown = folder.display();
        let list: String = written.iter().map(|path| format!("  {path}\n")).collect();
        Some(match (reporter.say("zh", "en"), sample) {
            ("zh", true) => format!("已新建 {shown}：\n{list}下一步：benchline run {shown}\n"),
            ("zh", false) => format!(
                "已新建 {shown}：\n{list}下一步：在 data/ 中填写数据，再运行 benchline check {shown}\n"
            ),
            (_, true) => format!("made {shown}:\n{list}next: benchline run {shown}\n"),
            (_, false) => format!("made {shown}:\n{list}next: fill in data/, then benchline check {shown}\n"),
        })
    };
    let json = || Some(json!({ "folder": folder, "files": written }));
    reporter.finish(folder, findings, text, json)
}
