//! Tables of events that are put on record, row by row.

use std::fs;

use benchline::ledger::{Body, Happening};

use crate::contest_day::{contest, done, first_error, log, record, replace, season};
use crate::support::{Copy, benchline};

fn happened(copy: &Copy) -> Vec<Happening> {
    let (log, _) = log(copy.path());
    let events = log.lines().iter().filter_map(|line| match &line.body {
        Body::Happened(event) => Some(event.clone()),
        _ => None,
    });
    events.collect()
}

/// The season's own table, then its sheets: the placing is that of the same contest
/// kept in tables.
#[test]
fn the_rows_of_a_table_of_events_are_put_on_record() {
    let copy = season();
    let at = copy.path();
    let table = fs::read_to_string(at.join("data/events.csv")).unwrap();
    // Corrections need the marks that they correct: they come after the sheets.
    let late = |line: &&str| line.starts_with("corrected,") || line.starts_with("reconsidered,");
    let early: Vec<&str> = table.lines().filter(|line| !late(line)).collect();
    fs::write(at.join("data/events.csv"), early.join("\n") + "\n").unwrap();
    done(record(at, &["enter", ".", "data/events.csv"]));
    assert_eq!(happened(&copy).len(), early.len() - 1);
    let again = record(at, &["enter", ".", "data/events.csv"]);
    assert!(
        again.stderr.contains("error[C448]: every row of `data/events.csv` is on record already"),
        "{}",
        again.stderr
    );
    done(record(at, &["enter", "."]));
    fs::write(at.join("data/events.csv"), &table).unwrap();
    let grown = record(at, &["enter", ".", "data/events.csv"]);
    if early.len() < table.lines().count() {
        done(grown);
    }
    let of_log = done(contest(at, &["standings", "."]));
    let of_tables = done(contest(Copy::of("examples/season-2025").path(), &["standings", "."]));
    assert_eq!(of_log, of_tables);
    done(benchline(at, &["run", ".", "-q"]));
    done(contest(at, &["verify", "."]));
    replace(&at.join("data/events.csv"), "未按时报到", "迟到");
    assert_eq!(
        first_error(at, &[]),
        "error[C455]: event 2 was read from row 2 of `data/events.csv`, which has changed or is gone --> data/events.csv"
    );
    for (lang, message) in [
        ("zh", "[C455]: 第 2 件事是从“data/events.csv”第 2 行录入的，这一行已改动或删去\n"),
        ("en", "[C455]: event 2 was read from row 2 of `data/events.csv`, which has changed or is gone\n"),
    ] {
        let ran =
            benchline(at, &["contest", "enter", ".", "data/events.csv", "--by", "office", "--lang", lang]);
        assert!(ran.code == 1 && ran.stderr.contains(message), "{}", ran.stderr);
    }
}

#[test]
fn a_row_that_cannot_be_understood_is_found_in_its_cell_and_nothing_is_written() {
    let copy = season();
    let at = copy.path();
    copy.write(
        "late.csv",
        "事项,轮次,编号,评委,数值,经办,理由\n未到,theory,T041,,,签到组,未按时报到\n迟到,theory,T042,,,,\n超时,scenario,T999,,14,,\n回避,,T105,,,,\n",
    );
    let ran = record(at, &["enter", ".", "late.csv"]);
    assert_eq!(ran.code, 1);
    for said in [
        "error[C415]: unknown kind of event `迟到`\n --> late.csv:3:1\n",
        "error[C404]: there is no entry `T999`\n --> late.csv:4:13\n",
        "error[C415]: the event does not say its `judge`\n --> late.csv:5:1\n",
    ] {
        assert!(ran.stderr.contains(said), "{said}{}", ran.stderr);
    }
    assert!(!at.join("log.jsonl").exists());
}
