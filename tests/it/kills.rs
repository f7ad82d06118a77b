//! Processes that are killed while they write the log, and several at once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use benchline::diagnostics::{Code, Findings};
use benchline::ledger::{Body, Log};

use crate::contest_day::{AT, done, log, record};
use crate::support::{Copy, benchline};

/// A small contest with its state in a log.
fn small() -> Copy {
    let copy = Copy::of("tests/cases/contest/skills-contest-cn");
    copy.edit("benchline.toml", "events = { file = \"events.csv\" }", "log = { file = \"log.jsonl\" }");
    copy
}

fn start(folder: &Path, verb: &[&str], by: &str) -> Child {
    begin(folder, &[&["contest"], verb].concat(), by)
}

fn begin(folder: &Path, verb: &[&str], by: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_benchline"))
        .args(verb)
        .args(["--by", by, "--at", AT, "--lang", "en"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// A log by its name, how it is read, and the code of one with half a line.
pub struct LogFile {
    pub path: &'static str,
    pub read: fn(&str, &[u8], &mut Findings),
    pub torn: Code,
}

fn read_contest(name: &str, bytes: &[u8], findings: &mut Findings) {
    Log::<Body>::read(name, bytes, findings);
}

const OF_CONTEST: LogFile = LogFile { path: "log.jsonl", read: read_contest, torn: Code::LogTorn };

/// A verb, the log that it starts from, and the one that it ends with when nobody
/// stops it: times are given, so that the bytes are always the same.
pub struct Deed<'a> {
    log: &'a LogFile,
    verb: Vec<&'a str>,
    by: &'a str,
    before: Vec<u8>,
    after: Vec<u8>,
    takes: Duration,
}

impl<'a> Deed<'a> {
    fn done(folder: &Path, verb: &[&'a str], by: &'a str) -> Self {
        Self::of(&OF_CONTEST, folder, [&["contest"], verb].concat(), by)
    }

    /// Does it once, to the end.
    pub fn of(log: &'a LogFile, folder: &Path, verb: Vec<&'a str>, by: &'a str) -> Self {
        let path = folder.join(log.path);
        let before = fs::read(&path).unwrap_or_default();
        let begun = Instant::now();
        let ended = begin(folder, &verb, by).wait_with_output().unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        Self { log, verb, by, before, after: fs::read(&path).unwrap(), takes: begun.elapsed() }
    }
}

/// What became of the processes.
#[derive(Debug, Default)]
pub struct Tally {
    /// Killed before they ended.
    pub killed: u32,
    /// Of these: nothing was written yet.
    nothing: u32,
    /// Of these: some events of several, or a part of one.
    part: u32,
    /// Of these: everything was written.
    all: u32,
}

/// Whatever the moment, the log is what it was before, with the events that were
/// finished after it and at most a part of the next one; done again, the deed ends
/// as if nothing had happened. `BENCHLINE_KILLS` says how often; 48 times unless
/// told. Delays are spread over the whole run of the process, and every fourth
/// process is killed as soon as the log grows.
#[test]
fn a_killed_process_leaves_a_sound_log() {
    let rounds = rounds(48);
    let copy = small();
    let at = copy.path();
    done(record(at, &["event", ".", "no-show", "--round", "show", "--entry", "T4", "--why", "late"]));
    let enter = Deed::done(at, &["enter", "."], "office");
    let correct = Deed::done(
        at,
        &[
            "correct",
            ".",
            "--round",
            "show",
            "--entry",
            "T1",
            "--judge",
            "P1",
            "--criterion",
            "overall",
            "--old",
            "80",
            "--value",
            "81",
            "--why",
            "as on paper",
        ],
        "office",
    );
    fs::write(at.join("log.jsonl"), &correct.before).unwrap();
    done(record(
        at,
        &["recount", "draw", ".", "R1", "--stage", "final", "--top", "2", "--sample", "1", "--public", "7"],
    ));
    for name in
        ["public.csv", "sheets/E1.csv", "sheets/E2.csv", "sheets/E3.csv", "sheets/E4.csv", "sheets/E5.csv"]
    {
        copy.write(&format!("recount/R1/{name}"), &fs::read_to_string(at.join(name)).unwrap());
    }
    let recount = Deed::done(at, &["recount", "enter", ".", "R1"], "other");
    let mut tally = Tally::default();
    for round in 0..rounds {
        let deed = [&enter, &correct, &recount][round as usize % 3];
        kill_once(at, deed, round, &mut tally);
    }
    println!("{tally:?} of {rounds}; {:?} {:?} {:?}", enter.takes, correct.takes, recount.takes);
    assert!(tally.killed * 2 > rounds, "most ended before they were killed: {tally:?}");
}

/// How often processes are killed: `usual` times unless `BENCHLINE_KILLS` says otherwise.
pub fn rounds(usual: u32) -> u32 {
    std::env::var("BENCHLINE_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(usual)
}

pub fn kill_once(folder: &Path, deed: &Deed<'_>, round: u32, tally: &mut Tally) {
    let path = folder.join(deed.log.path);
    fs::write(&path, &deed.before).unwrap();
    let mut child = begin(folder, &deed.verb, deed.by);
    if round.is_multiple_of(4) {
        let grown = || fs::metadata(&path).unwrap().len() != deed.before.len() as u64;
        while child.try_wait().unwrap().is_none() && !grown() {}
    } else {
        let share = (f64::from(round) * 0.618_033_988_75).fract();
        std::thread::sleep(deed.takes.mul_f64(share * 1.1));
    }
    let _ = child.kill();
    let ended = child.wait().unwrap();
    let left = fs::read(&path).unwrap();
    assert!(left.starts_with(&deed.before), "round {round}: what was on record is not");
    assert!(deed.after.starts_with(&left), "round {round}: the log has what was never done");
    let mut findings = Findings::new();
    (deed.log.read)(deed.log.path, &left, &mut findings);
    assert!(findings.iter().all(|one| one.code == deed.log.torn), "round {round}: {findings:#?}");
    // Windows gives a killed process a code.
    if !ended.success() {
        tally.killed += 1;
        match left.len() {
            length if length == deed.before.len() => tally.nothing += 1,
            length if length == deed.after.len() => tally.all += 1,
            _ => tally.part += 1,
        }
    }
    let partly = left.len() != deed.before.len() && left.len() != deed.after.len();
    if partly || (round.is_multiple_of(7) && left.len() != deed.after.len()) {
        let again = begin(folder, &deed.verb, deed.by).wait_with_output().unwrap();
        assert!(again.status.success(), "round {round}: {}", String::from_utf8_lossy(&again.stderr));
        assert!(fs::read(&path).unwrap() == deed.after, "round {round}: done again, it ends otherwise");
    }
}

/// Eight processes at once, again and again: each either writes its event or says
/// that another is writing and writes nothing.
#[test]
fn of_processes_that_overlap_each_writes_or_is_told() {
    let copy = small();
    let at = copy.path();
    done(record(at, &["event", ".", "no-show", "--round", "show", "--entry", "T4", "--why", "late"]));
    let (mut wrote, mut told, mut turn) = (0, 0, 0);
    while told == 0 || wrote < 8 {
        assert!(turn < 40, "{wrote} wrote and {told} were told in {turn} turns");
        let reasons: Vec<String> = (0..8).map(|own| format!("turn {turn} process {own}")).collect();
        let event = |why| ["event", ".", "no-show", "--round", "show", "--entry", "T4", "--why", why];
        let children: Vec<Child> = reasons.iter().map(|why| start(at, &event(why), "office")).collect();
        let mut expected: Vec<&str> = Vec::new();
        for (why, child) in reasons.iter().zip(children) {
            let ended = child.wait_with_output().unwrap();
            let said = String::from_utf8(ended.stderr).unwrap();
            if ended.status.success() {
                expected.push(why);
            } else {
                assert_eq!(ended.status.code(), Some(1), "{said}");
                assert!(
                    said.starts_with("error[C431]: another process is writing the log `log.jsonl`"),
                    "{said}"
                );
                told += 1;
            }
        }
        wrote += expected.len();
        let (log, findings) = log(at);
        assert!(findings.is_empty(), "{findings:#?}");
        let mut found: Vec<&str> = log
            .lines()
            .iter()
            .filter_map(|line| match &line.body {
                Body::Happened(event) => Some(event.reason.as_str()),
                _ => None,
            })
            .filter(|reason| reason.starts_with(&format!("turn {turn} ")))
            .collect();
        found.sort_unstable();
        assert_eq!(found, expected);
        turn += 1;
    }
}

/// The script of examples/ finds its season, and uses no verb that is not there.
#[test]
fn the_season_is_played_by_verbs_that_exist() {
    let script: PathBuf = crate::support::root().join("examples/play-season.sh");
    let text = fs::read_to_string(script).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let help = done(benchline(folder.path(), &["contest", "--help"]));
    let verbs: Vec<&str> = text
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("contest ")?.split(' ').next())
        .collect();
    assert!(verbs.len() > 20, "{verbs:?}");
    for verb in verbs {
        assert!(help.contains(&format!("\n  {verb} ")), "{verb}");
    }
}
