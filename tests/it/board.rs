//! The board in the hall: what it shows while marks come in, what a freeze keeps
//! from it, and when a placing may be revealed. The arithmetic of the case is in
//! tests/cases/board/NOTE.md.

mod files;
mod reveal;

use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use crate::support::{Copy, Ran, benchline};

const BEFORE: &str = "2025-12-01T09:00:00+08:00";
const AFTER: &str = "2025-12-01T10:00:00+08:00";

/// Marks that come in after the freeze, and what they come to: in no form may any
/// of them be in a frozen page.
const HIDDEN: [&str; 7] = ["98.64", "93.17", "95.29", "73.25", "81.445", "94.23", "75.375"];

fn contest(folder: &Path, arguments: &[&str]) -> Ran {
    let mut all = vec!["contest"];
    all.extend_from_slice(arguments);
    all.extend_from_slice(&["--lang", "en"]);
    benchline(folder, &all)
}

fn done(ran: Ran) -> String {
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stdout
}

fn record(folder: &Path, at: &str, arguments: &[&str]) -> String {
    let mut all = arguments.to_vec();
    all.extend_from_slice(&["--by", "office", "--at", at]);
    done(contest(folder, &all))
}

/// The contest with its first marks, in three events.
fn begun() -> Copy {
    let copy = Copy::of("tests/cases/board");
    record(copy.path(), BEFORE, &["enter", ".", "data/early.csv"]);
    copy
}

/// The same with all marks and a correction, which follow in events 4 to 6.
fn played() -> Copy {
    let copy = begun();
    record(copy.path(), AFTER, &["enter", ".", "data/late.csv"]);
    let about = ["--round", "show", "--entry", "T2", "--judge", "J1", "--criterion", "mark"];
    let mut correct = vec!["correct", ".", "--old", "71.5", "--value", "73.25", "--why", "as on paper"];
    correct.extend_from_slice(&about);
    record(copy.path(), AFTER, &correct);
    copy
}

fn page(folder: &Path) -> String {
    fs::read_to_string(folder.join("board.html")).unwrap()
}

/// What a page was made with.
fn data(page: &str) -> Json {
    let start = page.find("type=\"application/json\">").unwrap() + 24;
    let end = start + page[start..].find("</script>").unwrap();
    serde_json::from_str(&page[start..end]).unwrap()
}

/// Code, place, score and state of each row.
fn rows(page: &str) -> Vec<String> {
    let data = data(page);
    let rows = data["rows"].as_array().unwrap().iter();
    let word = |value: &Json| value.as_str().unwrap_or("-").to_owned();
    rows.map(|row| {
        let rank = row["rank"].as_u64().map_or("-".to_owned(), |rank| rank.to_string());
        format!("{} {rank} {} {}", word(&row["code"]), word(&row["score"]), word(&row["state"]))
    })
    .collect()
}

fn refused(folder: &Path, arguments: &[&str]) -> String {
    let ran = contest(folder, arguments);
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    let error = ran.stderr.lines().skip_while(|line| !line.starts_with("error"));
    error.take(2).map(str::trim).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_board_fills_as_sheets_arrive() {
    let copy = Copy::of("tests/cases/board");
    let at = copy.path();
    assert_eq!(
        done(contest(at, &["board", "."])),
        "written to ./board.html\nlive: 0 of 4 done, 0 of 8 sheets in\n"
    );
    assert_eq!(rows(&page(at)), ["T1 - - waiting", "T2 - - waiting", "T3 - - waiting", "T4 - - waiting"]);
    record(at, BEFORE, &["enter", ".", "data/early.csv"]);
    assert_eq!(
        done(contest(at, &["board", "."])),
        "written to ./board.html\nlive: 2 of 4 done, 5 of 8 sheets in\n"
    );
    assert_eq!(
        rows(&page(at)),
        ["T1 1 81.250 scored", "T2 2 74.500 scored", "T3 - - partial", "T4 - - waiting"]
    );
    record(at, AFTER, &["enter", ".", "data/late.csv"]);
    assert_eq!(
        done(contest(at, &["board", "."])),
        "written to ./board.html\ncomplete: 4 of 4 done, 8 of 8 sheets in\n"
    );
    let page = page(at);
    assert_eq!(
        rows(&page),
        ["T4 1 94.230 scored", "T3 2 81.445 scored", "T1 3 81.250 scored", "T2 4 74.500 scored"]
    );
    // The last event gave T3 and T4 their second marks: T1 and T2 fell by two.
    let moved: Vec<i64> = data(&page)["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["moved"].as_i64().unwrap_or(0))
        .collect();
    assert_eq!(moved, [0, 0, -2, -2]);
}

#[test]
fn who_is_on_stage_follows_from_the_order_drawn() {
    let copy = Copy::of("tests/cases/board");
    let at = copy.path();
    record(at, BEFORE, &["draw", "commit", ".", "order", "--secret", "safe"]);
    record(at, BEFORE, &["draw", "reveal", ".", "order", "--secret", "safe", "--public", "7"]);
    done(contest(at, &["board", "."]));
    let log = fs::read_to_string(at.join("log.jsonl")).unwrap();
    let drawn = log.lines().find(|line| line.contains("draw-revealed")).unwrap();
    let order = serde_json::from_str::<Json>(drawn).unwrap()["data"]["order"].clone();
    let order: Vec<&str> = order.as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
    let code = |data: &Json, row: &Json| {
        row.as_u64().map(|at| data["rows"][at as usize]["code"].as_str().unwrap().to_owned())
    };
    let waiting = data(&page(at));
    assert_eq!(code(&waiting, &waiting["next"]).as_deref(), Some(order[0]));
    assert!(waiting["current"].is_null());
    record(at, BEFORE, &["enter", ".", "data/early.csv"]);
    done(contest(at, &["board", "."]));
    let begun = data(&page(at));
    let open: Vec<&str> = order.into_iter().filter(|code| ["T3", "T4"].contains(code)).collect();
    let on = &begun["current"];
    assert_eq!(code(&begun, &on["row"]).as_deref(), Some(open[0]));
    assert_eq!(on["sheets"], if open[0] == "T3" { 1 } else { 0 });
    assert_eq!(on["expected"], 2);
    assert_eq!(code(&begun, &begun["next"]).as_deref(), Some(open[1]));
}

/// A freeze by position, by time and by the seal shows the same: the places as they
/// were, who has something hidden, and how much is in; no hidden number, and not
/// the hash of an event that holds one.
#[test]
fn a_frozen_page_holds_no_hidden_number() {
    let copy = played();
    let at = copy.path();
    let position = done(contest(at, &["board", ".", "--freeze-at", "3"]));
    assert_eq!(position, "written to ./board.html\nfrozen: 4 of 4 done, 8 of 8 sheets in\n");
    let frozen = page(at);
    assert_eq!(
        rows(&frozen),
        ["T1 1 81.250 scored", "T2 2 74.500 pending", "T3 - - pending", "T4 - - pending"]
    );
    let log = fs::read_to_string(at.join("log.jsonl")).unwrap();
    let later: Vec<&str> = log.lines().skip(3).map(|line| &line[line.len() - 66..line.len() - 2]).collect();
    assert_eq!(later.len(), 3);
    for hidden in HIDDEN.iter().chain(&later) {
        assert!(!frozen.contains(hidden), "{hidden}");
    }
    done(contest(at, &["board", ".", "--freeze-at", "2025-12-01T09:30:00+08:00"]));
    assert_eq!(page(at), frozen);
    done(contest(at, &["board", ".", "--freeze-at", "2025-12-01T01:30:00Z"]));
    assert_eq!(page(at), frozen);
    // A time that no event has passed is no freeze yet.
    done(contest(at, &["board", ".", "--freeze-at", "2025-12-01T10:30:00+08:00"]));
    assert_eq!(data(&page(at))["state"], "complete");
}

#[test]
fn the_seal_hides_names_and_can_be_the_freeze() {
    let copy = begun();
    let at = copy.path();
    assert_eq!(
        refused(at, &["board", ".", "--freeze"]),
        "error[C472]: names are not sealed: `--freeze` has no seal to freeze at --> log.jsonl"
    );
    record(at, BEFORE, &["seal", ".", "--why", "until the ceremony"]);
    record(at, AFTER, &["enter", ".", "data/late.csv"]);
    done(contest(at, &["board", ".", "--freeze"]));
    let frozen = page(at);
    assert_eq!(
        rows(&frozen),
        ["T1 1 81.250 scored", "T2 2 74.500 scored", "T3 - - pending", "T4 - - pending"]
    );
    done(contest(at, &["board", "."]));
    let sealed = page(at);
    assert_eq!(data(&sealed)["sealed"], true);
    for page in [&frozen, &sealed] {
        for name in ["甲地", "丙地", "丁地", "First town", "alert"] {
            assert!(!page.contains(name), "{name}");
        }
    }
    record(at, AFTER, &["unseal", ".", "--why", "the ceremony"]);
    done(contest(at, &["board", "."]));
    assert!(page(at).contains("甲地队"));
}

/// A name that is HTML is data and nothing else; the page asks for nothing outside
/// itself.
#[test]
fn names_are_escaped_and_nothing_is_fetched() {
    let copy = played();
    let at = copy.path();
    for arguments in [&["board", "."][..], &["board", ".", "--reveal"]] {
        done(contest(at, arguments));
        let page = page(at);
        assert!(!page.contains("<script>alert") && !page.contains("<img"), "a name is HTML");
        assert_eq!(page.matches("</script>").count(), 2, "a name ended the data");
        let names: Vec<Json> =
            data(&page)["rows"].as_array().unwrap().iter().map(|row| row["name"].clone()).collect();
        assert!(
            names.contains(&"</script><script>alert(\"乙\")</script><img src=x onerror=alert(1)>".into())
        );
        for outside in ["http:", "https:", "//cdn", "url(", "@import", " src=\"", "fetch(", "XMLHttp"] {
            assert!(!page.contains(outside), "{outside}");
        }
    }
}

#[test]
fn the_same_contest_makes_the_same_page() {
    let copy = played();
    let at = copy.path();
    done(contest(at, &["board", "."]));
    let first = page(at);
    fs::remove_file(at.join("board.html")).unwrap();
    let mut all = vec!["contest", "board", ".", "--jobs", "1", "--lang", "zh"];
    all.extend_from_slice(&["--out", "other.html"]);
    done(benchline(at, &all));
    assert_eq!(fs::read_to_string(at.join("other.html")).unwrap(), first);
}

#[test]
fn a_board_is_of_a_stage_that_has_begun() {
    let copy = Copy::of("examples/season-2025");
    let at = copy.path();
    let unknown = refused(at, &["board", ".", "--stage", "finale"]);
    assert_eq!(unknown, "error[C471]: there is no stage or round `finale` --> benchline.toml");
    copy.edit("benchline.toml", "events = { file = \"data/events.csv\" }", "log = { file = \"log.jsonl\" }");
    let early = refused(at, &["board", ".", "--stage", "semi"]);
    assert_eq!(
        early,
        "error[C471]: who reaches `Semi-final` is not known yet: `Second stage` is not over --> benchline.toml"
    );
    done(contest(at, &["board", ".", "--stage", "prelim"]));
    let page = page(at);
    assert_eq!(rows(&page).len(), 207);
    assert!(page.len() < 100_000, "{}", page.len());
    copy.edit("benchline.toml", "log = { file = \"log.jsonl\" }", "events = { file = \"data/events.csv\" }");
    assert_eq!(
        refused(at, &["board", ".", "--freeze-at", "3"]),
        "error[C472]: a board cannot be frozen without a log --> benchline.toml"
    );
}
