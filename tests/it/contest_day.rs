//! The bundled season kept in a log, and the verbs of the contest day.

use std::fs;
use std::path::Path;

use benchline::diagnostics::Findings;
use benchline::ledger::Log;

use crate::support::{Copy, Ran, benchline};

pub const AT: &str = "2025-12-01T09:00:00+08:00";

/// The bundled season with its state in a log, and tables only as outputs.
pub fn season() -> Copy {
    let copy = Copy::of("examples/season-2025");
    let path = copy.path().join("benchline.toml");
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replace("events = { file = \"data/events.csv\" }\n", "log = { file = \"log.jsonl\" }\n");
    let start = text.find("outputs = ").unwrap();
    let end = start + text[start..].find('\n').unwrap();
    let text = format!("{}outputs = [\"json\", \"csv\"]{}", &text[..start], &text[end..]);
    let draw = "\n[[draw]]\nid = \"theory_order\"\nround = \"theory\"\napart = [\"province\"]\n";
    fs::write(&path, text + draw).unwrap();
    copy
}

pub fn contest(folder: &Path, arguments: &[&str]) -> Ran {
    let mut all = vec!["contest"];
    all.extend_from_slice(arguments);
    all.extend_from_slice(&["--lang", "en"]);
    benchline(folder, &all)
}

/// A verb that writes the log.
pub fn record(folder: &Path, arguments: &[&str]) -> Ran {
    let mut all = arguments.to_vec();
    all.extend_from_slice(&["--by", "office", "--at", AT]);
    contest(folder, &all)
}

pub fn done(ran: Ran) -> String {
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stdout
}

pub fn log(folder: &Path) -> (Log, Findings) {
    let mut findings = Findings::new();
    let bytes = fs::read(folder.join("log.jsonl")).unwrap_or_default();
    (Log::read("log.jsonl", &bytes, &mut findings), findings)
}

/// A contest with its no-shows, its sheets and its results.
pub fn played() -> Copy {
    let copy = season();
    let at = copy.path();
    for (round, entry) in [("theory", "T041"), ("theory", "T158"), ("practice", "T067")] {
        done(record(at, &["event", ".", "no-show", "--round", round, "--entry", entry, "--why", "late"]));
    }
    for round in ["scenario", "topic"] {
        done(record(
            at,
            &["recuse", ".", "--round", round, "--entry", "T105", "--judge", "E5", "--why", "coach"],
        ));
    }
    done(record(at, &["event", ".", "absent", "--round", "topic", "--judge", "P07", "--why", "called away"]));
    done(record(at, &["enter", "."]));
    done(benchline(at, &["run", ".", "-q"]));
    copy
}

/// The first error of `verify`, without its help.
pub fn first_error(folder: &Path, arguments: &[&str]) -> String {
    let mut all = vec!["verify", "."];
    all.extend_from_slice(arguments);
    let ran = contest(folder, &all);
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    let error = ran.stderr.lines().skip_while(|line| !line.starts_with("error"));
    error.take(2).map(str::trim).collect::<Vec<_>>().join(" ")
}

pub fn replace(path: &Path, old: &str, new: &str) -> String {
    let before = fs::read_to_string(path).unwrap();
    assert!(before.contains(old), "{old} is not in {}", path.display());
    fs::write(path, before.replacen(old, new, 1)).unwrap();
    before
}
