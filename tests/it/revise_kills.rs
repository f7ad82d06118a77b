//! `benchline revise` when it is killed, and when several are started at once.

use std::fs;
use std::process::{Command, Stdio};

use benchline::diagnostics::{Code, Findings};
use benchline::ledger::{Log, RevisionEvent};

use crate::contest_day::AT;
use crate::kills::{Deed, LogFile, Tally, kill_once, rounds};
use crate::support::{Copy, benchline, files, root};

const TABLE: &str = "unit,indicator,old,new,reason\n340100,waiting,24,25,recounted\n";

fn read(name: &str, bytes: &[u8], findings: &mut Findings) {
    Log::<RevisionEvent>::read(name, bytes, findings);
}

const REVISIONS: LogFile = LogFile { path: "revisions.jsonl", read, torn: Code::RevisionsTorn };

/// The base project with a log, and returned sheets in a folder.
fn project() -> Copy {
    let copy = Copy::of("tests/cases/findings/_base");
    copy.overlay(&root().join("tests/cases/returned/of-every-program"));
    copy.edit("benchline.toml", "[policy]", "revisions = \"revisions.jsonl\"\n\n[policy]");
    copy.write("c.csv", TABLE);
    copy
}

/// Whatever the moment, the log is whole: the revision is on record or it is not, no
/// other file is there than before, the project can be computed, and the same command
/// ends as if nothing had happened.
#[test]
fn a_killed_revision_is_on_record_or_it_is_not() {
    let copy = project();
    let at = copy.path();
    let others = || -> Vec<(String, Vec<u8>)> {
        let all = files(at).into_iter();
        all.filter(|(path, _)| path != REVISIONS.path && !path.starts_with(".benchline/")).collect()
    };
    let before = others();
    let sheets = Deed::of(&REVISIONS, at, vec!["revise", ".", "handed"], "office");
    let table = Deed::of(&REVISIONS, at, vec!["revise", ".", "c.csv"], "office");
    let rounds = rounds(32);
    let mut tally = Tally::default();
    for round in 0..rounds {
        kill_once(at, if round % 2 == 0 { &sheets } else { &table }, round, &mut tally);
        assert!(others() == before, "round {round}: other files than the log were touched");
        if round.is_multiple_of(5) {
            let ran = benchline(at, &["score", ".", "--lang", "en"]);
            assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "round {round}");
        }
    }
    println!("{tally:?} of {rounds}");
    assert!(tally.killed * 2 > rounds, "most ended before they were killed: {tally:?}");
}

/// Six processes at once, each with its own table: each either makes a revision or
/// says that another is at it and writes nothing.
#[test]
fn of_revisions_that_overlap_each_is_made_or_told() {
    let copy = project();
    let names: Vec<String> = (0..6).map(|own| format!("c{own}.csv")).collect();
    let rows = [
        "answered,91.0,92",
        "satisfied,88.1,90",
        "resolved,79.2,80",
        "closed,93.0,94",
        "budget,3100,3000",
        "waiting,24,25",
    ];
    for (name, row) in names.iter().zip(rows) {
        copy.write(name, &format!("unit,indicator,old,new,reason\n340100,{row},recounted\n"));
    }
    let start = |name: &String| {
        Command::new(env!("CARGO_BIN_EXE_benchline"))
            .args(["revise", ".", name, "--by", "office", "--at", AT, "--lang", "en"])
            .current_dir(copy.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let mut open = names.clone();
    let mut turns = 0;
    while !open.is_empty() {
        turns += 1;
        assert!(turns <= 6, "nobody makes a revision");
        let children: Vec<_> = open.iter().map(start).collect();
        let mut told = Vec::new();
        for (name, child) in open.iter().zip(children) {
            let ended = child.wait_with_output().unwrap();
            if !ended.status.success() {
                let said = String::from_utf8(ended.stderr).unwrap();
                let busy = "error[C431]: another process is writing the log of the project\n";
                assert!(said.starts_with(busy), "{said}");
                told.push(name.clone());
            }
        }
        assert!(told.len() < open.len(), "nobody makes a revision");
        open = told;
    }
    let log = fs::read(copy.path().join(REVISIONS.path)).unwrap();
    let mut findings = Findings::new();
    let log = Log::<RevisionEvent>::read(REVISIONS.path, &log, &mut findings);
    assert!(findings.is_empty(), "{findings:#?}");
    let mut given: Vec<&str> = log
        .lines()
        .iter()
        .map(|line| {
            let RevisionEvent::Revised(revised) = &line.body;
            revised.returned[0].file.as_str()
        })
        .collect();
    given.sort_unstable();
    assert_eq!(given, names);
}
