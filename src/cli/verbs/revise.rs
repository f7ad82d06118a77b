//! Corrections and appeals as logged revisions.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use benchline::diagnostics::{Failure, Findings};
use benchline::ledger::{
    Correction, CorrectionKind, Decision, Effect, Replied, Revised, RevisionEvent, Standing, utc,
};
use benchline::project::{self, Revision, Writer};
use serde_json::json;

use crate::cli::args::ReviseArgs;
use crate::cli::exit::Exit;
use crate::cli::render::Reporter;
use crate::cli::table::aligned;

/// Puts what was handed in on record; with `--list`, shows what is.
pub fn run(
    folder: &Path,
    files: &[PathBuf],
    with: &ReviseArgs,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    if with.list || files.is_empty() {
        return list(folder, reporter);
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let at = with.at.clone().unwrap_or_else(|| utc(now));
    let writer = Writer { by: with.by.as_deref().unwrap_or_default(), at: &at };
    let mut findings = Findings::new();
    let revision = project::revise(folder, files, writer, with.dry_run, &mut findings)?;
    let nothing =
        || format!("{}\n", reporter.say("没有新的内容可登记", "there is nothing new to put on record"));
    let text = || Some(revision.as_ref().map_or_else(nothing, |revision| told(revision, reporter)));
    let json = || {
        let one = revision.as_ref()?;
        Some(
            json!({ "revision": one.number, "head": one.head, "logged": one.logged, "revised": one.revised }),
        )
    };
    reporter.finish(folder, findings, text, json)
}

fn told(revision: &Revision, reporter: &Reporter) -> String {
    let (number, head) = (revision.number, &revision.head);
    let mut text = match (revision.logged, reporter.say("zh", "en")) {
        (true, "zh") => format!("第 {number} 次修订已登记\n"),
        (true, _) => format!("revision {number} is on record\n"),
        (false, "zh") => format!("第 {number} 次修订将是这样（未登记）\n"),
        (false, _) => format!("revision {number} would be this (not on record)\n"),
    };
    text.push_str(&body(&revision.revised, reporter));
    if revision.logged {
        text.push_str(&format!("{} {head}\n", reporter.say("日志头", "head")));
    }
    text
}

/// Corrections, what came of them, and how many others moved.
fn body(revised: &Revised, reporter: &Reporter) -> String {
    let mut text = String::new();
    if !revised.corrections.is_empty() {
        text.push_str(&aligned(&corrections(&revised.corrections, reporter)));
    }
    text.push_str(&replies(revised, reporter));
    if !revised.effects.is_empty() {
        text.push_str(&aligned(&effects(&revised.effects, reporter)));
    }
    if revised.corrections.is_empty() {
        return text;
    }
    let (scores, ranks, ratings) = (revised.other_scores, revised.other_ranks, revised.other_ratings);
    text.push_str(&match reporter.say("zh", "en") {
        "zh" => format!("其他单位：得分变 {scores} 个，名次变 {ranks} 个，评级变 {ratings} 个\n"),
        _ => format!("other units: scores changed {scores}, ranks {ranks}, ratings {ratings}\n"),
    });
    text
}

/// What each unit replied on its confirmation sheet.
fn replies(revised: &Revised, reporter: &Reporter) -> String {
    let sheets: Vec<&Replied> = revised.returned.iter().filter_map(|file| file.sheet.as_ref()).collect();
    if sheets.is_empty() {
        return String::new();
    }
    let heads = [("确认单", "sheet of"), ("确认", "confirmed"), ("更正", "corrected"), ("未答", "open")];
    let mut rows = vec![heads.map(|(zh, en)| reporter.say(zh, en).to_owned()).to_vec()];
    rows.extend(sheets.into_iter().map(|sheet| {
        let counts = [sheet.confirmed, sheet.corrected, sheet.open].map(|count| count.to_string());
        [sheet.unit.clone()].into_iter().chain(counts).collect()
    }));
    aligned(&rows)
}

fn corrections(all: &[Correction], reporter: &Reporter) -> Vec<Vec<String>> {
    let heads = [
        ("单位", "unit"),
        ("指标", "indicator"),
        ("期次", "period"),
        ("数值", "value"),
        ("类型", "kind"),
        ("理由", "reason"),
    ];
    let mut rows = vec![heads.map(|(zh, en)| reporter.say(zh, en).to_owned()).to_vec()];
    rows.extend(all.iter().map(|one| {
        let (old, new) = (value(&one.old, reporter), value(&one.new, reporter));
        let change = if one.holds() { format!("{old} → {new}") } else { old };
        let kind = match (one.kind, one.decision) {
            (CorrectionKind::Correction, Decision::Accepted) => reporter.say("更正", "correction"),
            (CorrectionKind::Correction, Decision::Refused) => {
                reporter.say("更正未采纳", "correction refused")
            }
            (CorrectionKind::Appeal, Decision::Accepted) => reporter.say("申诉成立", "appeal accepted"),
            (CorrectionKind::Appeal, Decision::Refused) => reporter.say("申诉驳回", "appeal refused"),
        };
        let fixed = [one.unit.clone(), one.indicator.clone(), one.period.clone(), change, kind.to_owned()];
        fixed.into_iter().chain([one.reason.clone()]).collect()
    }));
    rows
}

fn effects(all: &[Effect], reporter: &Reporter) -> Vec<Vec<String>> {
    let heads = [("单位", "unit"), ("评级", "rating"), ("名次", "rank"), ("得分", "score")];
    let mut rows = vec![heads.map(|(zh, en)| reporter.say(zh, en).to_owned()).to_vec()];
    rows.extend(all.iter().map(|one| {
        let moved = |of: fn(&Standing) -> &Option<String>| {
            let text = |one: &Option<String>| one.clone().unwrap_or_else(|| "—".to_owned());
            let (old, new) = (text(of(&one.before)), text(of(&one.after)));
            if old == new { new } else { format!("{old} → {new}") }
        };
        vec![one.unit.clone(), moved(|one| &one.rating), moved(|one| &one.rank), moved(|one| &one.score)]
    }));
    rows
}

fn value(text: &str, reporter: &Reporter) -> String {
    match text {
        "missing" => reporter.say("缺失", "missing").to_owned(),
        "not-applicable" => reporter.say("不适用", "not applicable").to_owned(),
        "unreadable" => reporter.say("无法识别", "unreadable").to_owned(),
        number => number.to_owned(),
    }
}

/// The revisions on record.
fn list(folder: &Path, reporter: &Reporter) -> Result<Exit, Failure> {
    let mut findings = Findings::new();
    let log = project::revisions(folder, &mut findings);
    let text = || {
        let log = log.as_ref()?;
        let mut text = String::new();
        for line in log.lines() {
            let RevisionEvent::Revised(revised) = &line.body;
            let (number, at, by) = (line.seq, &line.at, &line.by);
            text.push_str(&match reporter.say("zh", "en") {
                "zh" => format!("第 {number} 次修订　{at}　{by}\n"),
                _ => format!("revision {number}  {at}  {by}\n"),
            });
            text.push_str(&body(revised, reporter));
            text.push('\n');
        }
        let count = log.lines().len();
        text.push_str(&match reporter.say("zh", "en") {
            "zh" => format!("共 {count} 次修订\n日志头 {}\n", log.head()),
            _ => format!("{count} revisions\nhead {}\n", log.head()),
        });
        Some(text)
    };
    let json = || {
        let log = log.as_ref()?;
        let revisions = log.lines().iter().map(|line| {
            json!({ "revision": line.seq, "at": line.at, "by": line.by, "event": line.body, "hash": line.hash })
        });
        Some(json!({ "head": log.head(), "revisions": revisions.collect::<Vec<_>>() }))
    };
    reporter.finish(folder, findings, text, json)
}
