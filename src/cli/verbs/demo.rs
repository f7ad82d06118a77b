use std::path::Path;

use benchline::diagnostics::{Failure, Findings, Severity};
use benchline::project::{self, Selection};
use serde_json::json;

use super::publish::open_and_publish;
use super::score::head;
use crate::cli::args::Making;
use crate::cli::exit::Exit;
use crate::cli::render::Reporter;

/// The example projects that the demo runs.
const EXAMPLES: [&str; 1] = ["hdi-2022"];

/// Unpacks and runs the bundled example projects.
pub fn run(making: Making, out: Option<&Path>, reporter: &Reporter) -> Result<Exit, Failure> {
    let root = out.unwrap_or(Path::new("benchline-demo"));
    let (mut findings, mut text, mut folders) = (Findings::new(), String::new(), Vec::new());
    for name in EXAMPLES {
        let folder = root.join(name);
        project::unpack_example(name, &folder, &mut findings)?;
        if findings.has_errors() {
            break;
        }
        let target = folder.join("out");
        let made = open_and_publish(&folder, making.of(Selection::Run), &target, reporter, &mut findings)?;
        let Some((scored, published)) = made else { break };
        let title = scored.project.definition.project.title.get(reporter.lang);
        text.push_str(&format!("{title}\n\n{}\n", head(&scored, reporter)));
        text.push_str(&places(&folder, &published, reporter));
        folders.push(published);
    }
    // What the demo's units lack is part of the published data, and no news.
    let mut notable = Findings::new();
    notable.extend(findings.iter().filter(|finding| finding.severity != Severity::Note).cloned());
    reporter.finish(root, notable, || Some(text), || Some(json!({ "folders": folders })))
}

fn places(project: &Path, published: &Path, reporter: &Reporter) -> String {
    let rows = [
        ("项目", "project", project.join("benchline.toml")),
        ("报告", "report", published.join(format!("report.{}.pdf", reporter.lang))),
        ("结果表", "results", published.join("results.csv")),
        ("清单", "manifest", published.join("manifest.json")),
    ];
    let rows = rows.map(|(zh, en, path)| vec![reporter.say(zh, en).to_owned(), path.display().to_string()]);
    crate::cli::table::aligned(&rows)
}
