//! Recounts: the top and a sample are keyed anew and compared with what counts.

use std::fs;
use std::path::Path;

use benchline::digest::sha256;
use benchline::ledger::{Body, Day, draw::Cards};

use crate::contest_day::{AT, contest, done, first_error, log, played, record, replace};
use crate::support::{Ran, benchline};

const SHEETS: [&str; 5] =
    ["scenario.csv", "scenario-personal.csv", "scenario-public.csv", "topic.csv", "topic-public.csv"];

const DRAW: [&str; 11] =
    ["recount", "draw", ".", "R1", "--stage", "final", "--top", "3", "--sample", "2", "--public=08 14 21"];

/// Keys the rows of these entries anew, by copying them.
fn key_anew(at: &Path, entries: &[String]) {
    fs::create_dir_all(at.join("recount/R1/data")).unwrap();
    for name in SHEETS {
        let text = fs::read_to_string(at.join("data").join(name)).unwrap();
        let own = |line: &&str| entries.iter().any(|entry| line.starts_with(&format!("{entry},")));
        let lines: Vec<&str> = text.lines().take(1).chain(text.lines().filter(own)).collect();
        fs::write(at.join("recount/R1/data").join(name), lines.join("\n") + "\n").unwrap();
    }
}

fn count(at: &Path, by: &str) -> Ran {
    contest(at, &["recount", "enter", ".", "R1", "--by", by, "--at", AT])
}

fn drawn(at: &Path) -> Vec<String> {
    Day::of(&log(at).0).recounts[0].drawn.entries.clone()
}

/// The pick as docs/contest-day.md tells a stranger to make it: from the line of the
/// log and the placing, with nothing of the program but its stream of random words.
#[test]
fn a_stranger_comes_to_the_same_pick() {
    let copy = played();
    let at = copy.path();
    let said = done(record(at, &DRAW));
    let (log, _) = log(at);
    let (last, before) = (log.lines().last().unwrap(), &log.lines()[log.lines().len() - 2]);
    let Body::RecountDrawn(made) = &last.body else { panic!("{last:?}") };
    let seed = sha256(format!("{}:08 14 21", before.hash).as_bytes());
    assert_eq!(made.seed, seed);
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(at.join("out/results.json")).unwrap()).unwrap();
    let stages = json["stages"].as_array().unwrap();
    let standings = stages.iter().find(|stage| stage["id"] == "final").unwrap()["standings"].as_array();
    let placed: Vec<(u64, &str)> = standings
        .unwrap()
        .iter()
        .filter_map(|one| Some((one["rank"].as_u64()?, one["code"].as_str()?)))
        .collect();
    assert_eq!(placed.len(), 29);
    let mut pick: Vec<&str> = Vec::new();
    for rank in 1..=3 {
        pick.extend(placed.iter().filter(|(own, _)| *own == rank).map(|(_, code)| *code));
    }
    let mut rest: Vec<&str> = placed.iter().filter(|(rank, _)| *rank > 3).map(|(_, code)| *code).collect();
    rest.sort_unstable();
    let mut cards = Cards::of(&seed);
    for last in (1..rest.len()).rev() {
        let other = cards.below(last + 1);
        rest.swap(last, other);
    }
    pick.extend(&rest[..2]);
    assert_eq!(made.entries, pick);
    assert!(
        said.contains(&format!("recount R1 (final): 5 entries to be keyed anew: {}\n", pick.join(", "))),
        "{said}"
    );
    assert!(said.contains("recount/R1/data/topic-public.csv"), "{said}");
    let status = done(contest(at, &["status", "."]));
    assert!(status.contains("recount R1 (final): 5 entries to be keyed anew: "), "{status}");
}

#[test]
fn what_agrees_is_said_and_verified() {
    let copy = played();
    let at = copy.path();
    done(record(at, &DRAW));
    key_anew(at, &drawn(at));
    let own = count(at, "office");
    assert!(
        own.stderr.contains(
            "error[C438]: `data/scenario-personal.csv`, which is counted again, was keyed by office"
        ),
        "{}",
        own.stderr
    );
    let said = done(count(at, "other"));
    // By 9 experts four criteria and three members on the scene and three criteria on
    // the topic; by 10 of the public one mark on the scene, by 9 one on the topic.
    let marks = 5 * (9 * (4 + 3 + 3) + 10 + 9);
    let line =
        format!("recount R1 (final): 5 entries, {marks} marks compared, 0 differences, 0 to be decided\n");
    assert!(said.ends_with(&line), "{said}");
    assert!(done(contest(at, &["status", "."])).ends_with(&line));
    done(benchline(at, &["run", ".", "-q"]));
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(at.join("out/results.json")).unwrap()).unwrap();
    assert_eq!(
        (&json["recounts"][0]["compared"], &json["recounts"][0]["differences"]),
        (&marks.into(), &0.into())
    );
    let holds = done(contest(at, &["verify", "."]));
    assert!(holds.contains(", 1 recounts, "), "{holds}");
    let twice = count(at, "other");
    assert!(twice.stderr.contains("error[C453]: the recount `R1` was keyed in event "), "{}", twice.stderr);
    let sheet = at.join("recount/R1/data/topic.csv");
    let text = fs::read_to_string(&sheet).unwrap();
    fs::write(&sheet, text.clone() + "\n").unwrap();
    let error = first_error(at, &[]);
    assert!(
        error.starts_with("error[C434]: `recount/R1/data/topic.csv` does not have the hash that event "),
        "{error}"
    );
}

#[test]
fn what_differs_is_listed_until_it_is_decided() {
    let copy = played();
    let at = copy.path();
    done(record(at, &DRAW));
    let entries = drawn(at);
    key_anew(at, &entries);
    let sheet = at.join("recount/R1/data/topic.csv");
    let text = fs::read_to_string(&sheet).unwrap();
    let (one, other) = (text.lines().nth(1).unwrap(), text.lines().nth(2).unwrap());
    let fields = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    let (a, b) = (fields(one), fields(other));
    let changed = text.replacen(one, &format!("{},{},9.5,{},{}", a[0], a[1], a[3], a[4]), 1).replacen(
        other,
        &format!("{},{},{},{},", b[0], b[1], b[2], b[3]),
        1,
    );
    fs::write(&sheet, changed).unwrap();
    let ran = count(at, "other");
    assert_eq!(ran.code, 1);
    let first = format!(
        "error[C452]: recount `R1`: the mark for `system` of {} by {} in `topic` counts as {} (data/topic.csv:",
        a[0], a[1], a[2]
    );
    assert!(ran.stderr.contains(&first), "{}", ran.stderr);
    assert!(
        ran.stderr.contains(", and was keyed anew as 9.5\n--> recount/R1/data/topic.csv:2:9\n"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains(", and was keyed anew as no mark\n"), "{}", ran.stderr);
    let publish = benchline(at, &["run", ".", "--lang", "en"]);
    assert!(publish.code == 1 && publish.stderr.contains("error[C452]"), "{}", publish.stderr);
    let decide = |fields: &[String], criterion: &str, value: &str| {
        let about =
            ["--round", "topic", "--entry", &fields[0], "--judge", &fields[1], "--criterion", criterion];
        let mut verb = vec!["correct", ".", "--value", value, "--why", "as on paper"];
        verb.extend_from_slice(&about);
        done(record(at, &verb))
    };
    decide(&a, "system", "9.5");
    decide(&b, "delivery", &b[4]);
    let kinds: Vec<Body> = log(at).0.lines().iter().rev().take(2).map(|line| line.body.clone()).collect();
    let [Body::Settled(stands), Body::Happened(corrected)] = kinds.as_slice() else { panic!("{kinds:?}") };
    assert_eq!(
        (&stands.first, &stands.second, &stands.value),
        (&Some(b[4].clone()), &None, &Some(b[4].clone()))
    );
    assert_eq!((&corrected.old, &corrected.value), (&Some(a[2].clone()), &Some("9.5".to_owned())));
    let status = done(contest(at, &["status", "."]));
    assert!(status.ends_with(", 2 differences, 0 to be decided\n"), "{status}");
    done(benchline(at, &["run", ".", "-q"]));
    done(contest(at, &["verify", "."]));
}

#[test]
fn a_recount_without_all_its_sheets_is_not_recorded() {
    let copy = played();
    let at = copy.path();
    let early = count(at, "other");
    assert!(early.stderr.contains("error[C453]: no recount `R1` was drawn"), "{}", early.stderr);
    done(record(at, &DRAW));
    let twice = record(at, &DRAW);
    assert!(twice.stderr.contains("error[C453]: the recount `R1` was drawn before"), "{}", twice.stderr);
    key_anew(at, &drawn(at));
    let events = log(at).0.lines().len();
    fs::remove_file(at.join("recount/R1/data/topic-public.csv")).unwrap();
    let text = fs::read_to_string(at.join("recount/R1/data/topic.csv")).unwrap();
    let without: Vec<&str> = text.lines().filter(|line| !line.contains(",E4,")).collect();
    fs::write(at.join("recount/R1/data/topic.csv"), without.join("\n") + "\n").unwrap();
    let ran = count(at, "other");
    assert!(
        ran.stderr.contains(
            "error[C454]: the recount `R1` lacks the marks of E4 in `topic`\n--> recount/R1/data/topic.csv\n"
        ),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains(
            "error[C454]: the recount `R1` lacks the marks of P01 in `topic`\n--> recount/R1/data/topic-public.csv\n"
        ),
        "{}",
        ran.stderr
    );
    assert_eq!(log(at).0.lines().len(), events);
}

/// A chain written anew, with another pick or another outcome.
#[test]
fn a_pick_and_a_comparison_are_made_again() {
    let copy = played();
    let at = copy.path();
    done(record(at, &DRAW));
    key_anew(at, &drawn(at));
    done(count(at, "other"));
    done(benchline(at, &["run", ".", "-q"]));
    let seq = log(at).0.lines().len();
    let path = at.join("log.jsonl");
    let before = fs::read_to_string(&path).unwrap();
    let second = drawn(at).pop().unwrap();
    for (from, to, line) in [
        (format!(",\"{second}\"]"), ",\"T999\"]".to_owned(), seq - 1),
        ("\"compared\":545".to_owned(), "\"compared\":546".to_owned(), seq),
    ] {
        let mut forged: benchline::ledger::Log = benchline::ledger::Log::default();
        let mut text = String::new();
        for line in log(at).0.lines() {
            let body = serde_json::to_string(&line.body).unwrap().replacen(&from, &to, 1);
            text.push_str(&forged.add(&line.at, &line.by, serde_json::from_str(&body).unwrap()).unwrap());
        }
        assert_ne!(text, before, "{from} is in no event");
        fs::write(&path, text).unwrap();
        done(benchline(at, &["run", ".", "-q"]));
        assert_eq!(
            first_error(at, &[]),
            format!(
                "error[C451]: event {line} records a result that is not what the events before it come to --> log.jsonl:{line}:1"
            )
        );
        fs::write(&path, &before).unwrap();
    }
    replace(&path, "\"recount\":\"R1\"", "\"recount\":\"R2\"");
    assert!(first_error(at, &[]).starts_with("error[C433]"));
}
