//! Verbs that show the contest day: what is missing, the log, whether all holds.

use std::path::Path;

use benchline::diagnostics::{Failure, Findings};
use benchline::ledger::Line;
use benchline::project::{self, RecountState};
use serde_json::{Value as Json, json};

use crate::cli::exit::Exit;
use crate::cli::render::Reporter;

/// How many entries a line of `status` names.
const NAMED: usize = 8;

/// Who has not handed in what.
pub fn status(folder: &Path, reporter: &Reporter) -> Result<Exit, Failure> {
    let mut findings = Findings::new();
    let open = project::open_contest(folder, &mut findings);
    let gaps = open.as_ref().map(project::gaps);
    let recounts = open.as_ref().map(project::recounts);
    let text = || {
        let gaps = gaps.as_ref()?;
        let mut text = String::new();
        if gaps.is_empty() {
            text.push_str(reporter.say("已开始的各轮都交齐了\n", "every round that has begun is complete\n"));
        }
        for gap in gaps {
            let named: Vec<&str> = gap.missing.iter().take(NAMED).map(String::as_str).collect();
            let (round, judge, count, marked) = (&gap.round, &gap.judge, gap.missing.len(), gap.marked);
            let more = if count > NAMED { "…" } else { "" };
            let list = named.join(reporter.say("、", ", "));
            text.push_str(&match reporter.say("zh", "en") {
                "zh" => format!("{round}　评委 {judge}：已交 {marked}，还缺 {count}：{list}{more}\n"),
                _ => {
                    format!("{round}: judge {judge} has handed in {marked}, {count} missing: {list}{more}\n")
                }
            });
        }
        text.push_str(&recount_lines(recounts.as_ref()?, reporter));
        Some(text)
    };
    let json = || Some(json!({ "missing": gaps.as_ref()?, "recounts": recounts.as_ref()? }));
    reporter.finish(folder, findings, text, json)
}

/// Recounts: whose marks, and what they came to or which sheets they ask for.
pub(super) fn recount_lines(recounts: &[RecountState], reporter: &Reporter) -> String {
    let mut text = String::new();
    for one in recounts {
        let RecountState { recount, stage, differences, open, .. } = one;
        let (count, separator) = (one.entries.len(), reporter.say("、", ", "));
        text.push_str(&match (reporter.say("zh", "en"), one.compared) {
            ("zh", Some(compared)) => {
                format!("复核 {recount}（{stage}）：{count} 个参赛者，比较 {compared} 个分数，{differences} 处不同，{open} 处待裁定\n")
            }
            (_, Some(compared)) => format!(
                "recount {recount} ({stage}): {count} entries, {compared} marks compared, {differences} differences, {open} to be decided\n"
            ),
            ("zh", None) => format!(
                "复核 {recount}（{stage}）：{count} 个参赛者待重新录入：{}\n　照原表录入：{}\n",
                one.entries.join(separator),
                one.sheets.join(separator),
            ),
            (_, None) => format!(
                "recount {recount} ({stage}): {count} entries to be keyed anew: {}\n  from paper, into {}\n",
                one.entries.join(separator),
                one.sheets.join(separator),
            ),
        });
    }
    text
}

/// The events, one a line.
pub fn log(folder: &Path, reporter: &Reporter) -> Result<Exit, Failure> {
    let mut findings = Findings::new();
    let open = project::open_contest(folder, &mut findings);
    let lines = open.as_ref().and_then(|open| open.log.as_ref()).map(|log| log.lines());
    let text = || Some(lines?.iter().map(one).collect());
    let json = || Some(json!({ "events": lines?.iter().map(as_json).collect::<Vec<_>>() }));
    reporter.finish_partial(folder, findings, text, json)
}

fn as_json(line: &Line) -> Json {
    json!({ "seq": line.seq, "at": line.at, "by": line.by, "event": line.body, "hash": line.hash })
}

/// Sequence, time, person, kind, and the plain values of an event.
fn one(line: &Line) -> String {
    let body = serde_json::to_value(&line.body).unwrap_or_default();
    let kind = body.get("kind").and_then(Json::as_str).unwrap_or_default();
    let words: Vec<String> = body
        .get("data")
        .and_then(Json::as_object)
        .into_iter()
        .flatten()
        .filter_map(|(key, value)| match value {
            Json::String(text) => Some(format!("{key}={text}")),
            Json::Array(items) => Some(format!("{key}:{}", items.len())),
            Json::Bool(is) => Some(format!("{key}={is}")),
            Json::Number(number) => Some(format!("{key}={number}")),
            _ => None,
        })
        .collect();
    format!("{:>5}  {}  {}  {kind}  {}\n", line.seq, line.at, line.by, words.join(" "))
}

/// Recomputes everything from the log.
pub fn verify(
    folder: &Path,
    head: Option<&str>,
    out: Option<&Path>,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let mut findings = Findings::new();
    let own = folder.join("out");
    let verified = project::verify(folder, head, out.unwrap_or(&own), &mut findings)?;
    let text = || {
        let one = verified.as_ref()?;
        let (events, draws, sheets, outputs, head) =
            (one.events, one.draws, one.sheets, one.outputs, &one.head);
        let recounts = one.recounts;
        Some(match reporter.say("zh", "en") {
            "zh" => format!(
                "一致：{events} 件事、{draws} 次抽签、{sheets} 份评分表、{recounts} 次复核、{outputs} 个输出文件\n日志头 {head}\n"
            ),
            _ => format!(
                "all holds: {events} events, {draws} draws, {sheets} sheets, {recounts} recounts, {outputs} output files\nhead {head}\n"
            ),
        })
    };
    let json = || {
        let one = verified.as_ref()?;
        Some(
            json!({ "events": one.events, "draws": one.draws, "sheets": one.sheets, "recounts": one.recounts, "outputs": one.outputs, "head": one.head }),
        )
    };
    reporter.finish(folder, findings, text, json)
}
