use std::path::{Path, PathBuf};

use benchline::diagnostics::{Failure, Findings, Severity};
use benchline::plan::Output;
use benchline::project::{self, ScoredProject, Selection};
use serde_json::json;

use super::publish::open_and_publish;
use super::score::head;
use crate::cli::args::Making;
use crate::cli::exit::Exit;
use crate::cli::render::Reporter;
use crate::cli::table::aligned;

/// The example projects that the demo runs.
const EXAMPLES: [&str; 2] = ["hotline-2025", "hdi-2022"];

/// Units named of each rating.
const NAMED: usize = 6;

/// The example contests that the demo runs.
const CONTESTS: [&str; 1] = ["season-2025"];

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
        let made =
            open_and_publish(&folder, making.of(Selection::Run), None, &target, reporter, &mut findings)?;
        let Some((scored, published)) = made else { break };
        let title = scored.project.definition.project.title.get(reporter.lang);
        let results = match scored.project.definition.project.policy.league_table {
            true => head(&scored, reporter),
            false => ratings(&scored, reporter),
        };
        let gap = if text.is_empty() { "" } else { "\n\n" };
        text.push_str(&format!("{gap}{title}\n\n{results}\n"));
        text.push_str(&places(&folder, &published, &scored, reporter));
        folders.push(published);
    }
    for name in CONTESTS {
        if findings.has_errors() {
            break;
        }
        let Some((words, published)) = contest(&root.join(name), name, reporter, &mut findings)? else {
            break;
        };
        text.push_str(&words);
        folders.push(published);
    }
    // What the demo's units lack is part of the published data, and no news.
    let mut notable = Findings::new();
    notable.extend(findings.iter().filter(|finding| finding.severity != Severity::Note).cloned());
    reporter.finish(root, notable, || Some(text), || Some(json!({ "folders": folders })))
}

/// Unpacks and runs a contest: what it shows, and where its documents are. The
/// warnings are planted in the data, and the result book states them.
fn contest(
    folder: &Path,
    name: &str,
    reporter: &Reporter,
    findings: &mut Findings,
) -> Result<Option<(String, PathBuf)>, Failure> {
    project::unpack_example(name, folder, findings)?;
    let mut own = Findings::new();
    let open = project::open_contest(folder, &mut own);
    let Some(scored) = open.and_then(|open| project::score_contest(open, &mut own)) else {
        findings.append(own);
        return Ok(None);
    };
    let target = folder.join("out");
    let published = reporter.while_shown(|on_step| {
        project::publish_contest(&scored, Selection::Run.into(), &target, on_step, findings)
    })?;
    let Some(published) = published else { return Ok(None) };
    let title = scored.contest.definition.project.title.get(reporter.lang);
    let rows = [
        ("项目", "project", folder.join("benchline.toml")),
        ("成绩册", "result book", published.join(format!("result-book.{}.pdf", reporter.lang))),
        ("公示", "public notice", published.join(format!("public-notice.{}.pdf", reporter.lang))),
        ("工作簿", "workbook", published.join("results.xlsx")),
    ];
    let rows = rows.map(|(zh, en, path)| vec![reporter.say(zh, en).to_owned(), path.display().to_string()]);
    Ok(Some((format!("\n\n{title}\n\n{}", aligned(&rows)), published)))
}

/// How many units have each rating, and some of them in order of code.
fn ratings(scored: &ScoredProject, reporter: &Reporter) -> String {
    let words = [("评级", "rating"), ("其中", "among them"), ("数量", "units")];
    let mut rows = vec![words.map(|(zh, en)| reporter.say(zh, en).to_owned()).to_vec()];
    let bands = scored.evaluation.plan.rating.as_ref().map_or(&[][..], |rating| &rating.bands);
    for (band, count) in bands.iter().zip(&scored.overview.bands) {
        let units = scored.project.input.panel().units();
        let named = count.units.iter().take(NAMED).filter_map(|unit| units.get(*unit));
        let mut names: Vec<&str> = named.map(|unit| unit.short.get(reporter.lang)).collect();
        if count.units.len() > NAMED {
            names.push("…");
        }
        let separator = reporter.say("、", ", ");
        let count = count.units.len().to_string();
        rows.push(vec![band.name.get(reporter.lang).to_owned(), names.join(separator), count]);
    }
    let unassessed = scored.overview.unassessed.len();
    let mut text = aligned(&rows);
    text.push_str(&match reporter.say("zh", "en") {
        "zh" => format!("未评估 {unassessed}；同一评级内以代码为序，不代表名次\n"),
        _ => format!("{unassessed} not assessed; within a rating in order of code, which is no ranking\n"),
    });
    text
}

/// Where things are.
fn places(folder: &Path, published: &Path, scored: &ScoredProject, reporter: &Reporter) -> String {
    let declared = &scored.project.definition.project;
    let for_two = declared.policy.public.is_some();
    let internal = if for_two { published.join("internal") } else { published.to_owned() };
    let mut rows = vec![
        ("项目", "project", folder.join("benchline.toml")),
        ("报告", "report", internal.join(format!("report.{}.pdf", reporter.lang))),
        ("结果表", "results", internal.join("results.csv")),
    ];
    if declared.outputs.contains(&Output::UnitReports) {
        rows.push(("文件目录", "index", internal.join("index.html")));
    }
    if for_two {
        rows.push(("公开版", "public", published.join("public")));
    }
    rows.push(("清单", "manifest", published.join("manifest.json")));
    let row = |(zh, en, path): (&str, &str, PathBuf)| {
        vec![reporter.say(zh, en).to_owned(), path.display().to_string()]
    };
    aligned(&rows.into_iter().map(row).collect::<Vec<_>>())
}
