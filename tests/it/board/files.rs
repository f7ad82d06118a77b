//! Where a board is written, once and again.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{AFTER, begun, data, done, page, played, record, refused};
use crate::support::benchline;

#[test]
fn a_board_is_written_over_nothing_but_a_board() {
    let copy = played();
    let at = copy.path();
    done(benchline(at, &["run", ".", "-q"]));
    let before = crate::support::files(&at.join("out"));
    let inside = refused(at, &["board", ".", "--out", "out/board.html"]);
    let end = "is a folder of outputs, and no board is written into it --> out/board.html";
    assert!(inside.starts_with("error[C477]: `") && inside.ends_with(end), "{inside}");
    assert_eq!(crate::support::files(&at.join("out")), before);
    let log = fs::read(at.join("log.jsonl")).unwrap();
    assert_eq!(
        refused(at, &["board", ".", "--out", "log.jsonl"]),
        "error[C477]: `log.jsonl` is no board and is not replaced --> log.jsonl"
    );
    assert_eq!(fs::read(at.join("log.jsonl")).unwrap(), log);
    assert_eq!(refused(at, &["board", ".", "--out", "data"]), "error[C477]: `data` is a folder --> data");
}

/// Waits until `is_so`, a quarter of a minute at most.
fn wait_for(what: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(15), "{what}");
        std::thread::sleep(Duration::from_millis(30));
    }
}

/// A process that does not outlive its test.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
    }
}

/// A watched board follows the log; what is broken leaves it as it was.
#[cfg(unix)]
#[test]
fn a_watched_board_follows_the_log() {
    let copy = begun();
    let at = copy.path().to_owned();
    let mut child = Watching(
        Command::new(env!("CARGO_BIN_EXE_benchline"))
            .args(["contest", "board", ".", "--watch", "--lang", "en"])
            .current_dir(&at)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let mut said = BufReader::new(child.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert_eq!(said.next().unwrap(), "written to ./board.html");
    assert_eq!(said.next().unwrap(), "live: 2 of 4 done, 5 of 8 sheets in");
    assert_eq!(said.next().unwrap(), "watching the project folder; Ctrl-C ends");
    record(&at, AFTER, &["enter", ".", "data/late.csv"]);
    wait_for("the board follows", || data(&page(&at))["done"] == 4);
    let good = page(&at);

    let mut errors = BufReader::new(child.0.stderr.take().unwrap()).lines().map(Result::unwrap);
    let whole = fs::read_to_string(at.join("data/entries.csv")).unwrap();
    fs::write(at.join("data/entries.csv"), whole.replace("T3,", "T1,")).unwrap();
    assert_eq!(errors.next().unwrap(), "error[C404]: there is no entry `T3`");
    assert_eq!(page(&at), good, "the last good board stays");
    fs::write(at.join("data/entries.csv"), whole.replace("丁地队", "戊地队")).unwrap();
    wait_for("the board follows again", || page(&at).contains("戊地队"));

    let stopped = Command::new("kill").args(["-INT", &child.0.id().to_string()]).status().unwrap();
    assert!(stopped.success());
    assert_eq!(child.0.wait().unwrap().code(), Some(0), "it ends cleanly");
    let left: Vec<String> = crate::support::files(&at).into_iter().map(|(name, _)| name).collect();
    assert!(left.iter().all(|name| !name.contains("partial")), "{left:?}");
}
