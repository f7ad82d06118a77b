//! The contest day: what is put on record, and that nothing of it can be changed
//! unseen.

use std::fs;

use benchline::diagnostics::Findings;
use benchline::ledger::{Log, draw};
use benchline::store::Journal;

use crate::contest_day::{AT, contest, done, first_error, log, played, record, replace, season};
use crate::support::{Copy, benchline};

/// One mark, one line of the log, one byte of an output, one list, and the whole
/// chain written anew, which only the published head tells.
#[test]
fn whatever_is_changed_afterwards_is_found() {
    let copy = played();
    let at = copy.path();
    let holds = done(contest(at, &["verify", "."]));
    assert!(holds.starts_with("all holds: "), "{holds}");
    let (kept, _) = log(at);
    let head = kept.head().to_owned();
    assert!(holds.ends_with(&format!("head {head}\n")), "{holds}");

    let sheet = at.join("data/scenario.csv");
    let before = fs::read_to_string(&sheet).unwrap();
    let line = before.lines().nth(1).unwrap().to_owned();
    let mark = line.rsplit(',').next().unwrap().to_owned();
    let changed = format!("{}{}", &line[..line.len() - mark.len()], "1.5");
    fs::write(&sheet, before.replacen(&line, &changed, 1)).unwrap();
    assert!(
        first_error(at, &[])
            .starts_with("error[C434]: `data/scenario.csv` does not have the hash that event "),
        "{}",
        first_error(at, &[])
    );
    fs::write(&sheet, before).unwrap();

    let path = at.join("log.jsonl");
    let before = replace(&path, "\"reason\":\"coach\"", "\"reason\":\"none\"");
    assert_eq!(
        first_error(at, &[]),
        "error[C433]: line 5 does not have the hash that it bears: it was changed after it was written --> log.jsonl:5:1"
    );
    fs::write(&path, &before).unwrap();

    let output = at.join("out/results.csv");
    let kept_output = fs::read(&output).unwrap();
    let mut bytes = kept_output.clone();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&output, bytes).unwrap();
    assert_eq!(
        first_error(at, &[]),
        "error[C446]: the output `results.csv` is not what the log comes to --> results.csv"
    );
    fs::write(&output, kept_output).unwrap();

    let list = at.join("data/entries.csv");
    let before_list = replace(&list, "天水队", "天河队");
    assert_eq!(
        first_error(at, &[]),
        "error[C434]: `data/entries.csv` does not have the hash that event 1 recorded --> data/entries.csv"
    );
    fs::write(&list, before_list).unwrap();

    let mut forged: Log = Log::default();
    let mut text = String::new();
    for line in kept.lines() {
        let body = serde_json::to_string(&line.body).unwrap().replace("coach", "none");
        text.push_str(&forged.add(&line.at, &line.by, serde_json::from_str(&body).unwrap()).unwrap());
    }
    fs::write(&path, text).unwrap();
    done(benchline(at, &["run", ".", "-q"]));
    done(contest(at, &["verify", "."]));
    assert_eq!(
        first_error(at, &["--head", &head]),
        format!(
            "error[C445]: the log does not have the published head `{}…`: it is not the log that the result was published from --> log.jsonl",
            &head[..40]
        )
    );
    fs::write(&path, before).unwrap();
    done(benchline(at, &["run", ".", "-q"]));
    done(contest(at, &["verify", ".", "--head", &head]));
}

/// The standings are those of the same contest kept in tables.
#[test]
fn a_log_comes_to_the_result_of_the_tables_it_was_keyed_from() {
    let copy = played();
    let at = copy.path();
    for (round, entry, value) in [
        ("scenario", "T032", "14"),
        ("topic", "T075", "37"),
        ("scenario", "T092", "12"),
        ("scenario", "T132", "52"),
        ("topic", "T165", "8"),
    ] {
        done(record(
            at,
            &[
                "event", ".", "overtime", "--round", round, "--entry", entry, "--value", value, "--why",
                "clock",
            ],
        ));
    }
    let correction = ["--judge", "E4", "--criterion", "listening", "--old", "8.2", "--value", "17.2"];
    let mut verb = vec!["correct", ".", "--round", "scenario", "--entry", "T144", "--why", "as on paper"];
    verb.extend_from_slice(&correction);
    done(record(at, &verb));
    let of_log = done(contest(at, &["standings", "."]));
    let of_tables = done(contest(Copy::of("examples/season-2025").path(), &["standings", "."]));
    assert_eq!(of_log, of_tables);
}

#[test]
fn a_draw_follows_from_a_commitment_and_a_later_value() {
    let copy = season();
    let at = copy.path();
    let draw_of = |verb: &str, extra: &[&str]| {
        let mut all = vec!["draw", verb, ".", "theory_order", "--secret", "safe"];
        all.extend_from_slice(extra);
        record(at, &all)
    };
    let early = draw_of("reveal", &["--public", "7"]);
    assert!(
        early.stderr.contains("error[C440]: the draw `theory_order` was not committed to yet"),
        "{}",
        early.stderr
    );
    done(draw_of("commit", &[]));
    let twice = draw_of("commit", &[]);
    assert!(
        twice.stderr.contains("error[C440]: the draw `theory_order` was committed to before"),
        "{}",
        twice.stderr
    );
    done(draw_of("reveal", &["--public", "08 14 21"]));
    let (log, _) = log(at);
    let day = benchline::ledger::Day::of(&log);
    let (_, committed) = &day.commitments["theory_order"];
    let (_, made) = &day.draws["theory_order"];
    assert_eq!(committed.commitment, draw::commitment("theory_order", "safe"));
    assert_eq!(made.drawn, draw::drawn(committed, &draw::seed("theory_order", "safe", "08 14 21")));
    assert_eq!(made.drawn.order.len(), 207);
    assert_eq!(made.drawn.conflicts, 0, "two teams of a province are neighbours");
}

#[test]
fn a_later_stage_is_drawn_among_those_who_went_on() {
    let copy = played();
    let at = copy.path();
    replace(&at.join("benchline.toml"), "round = \"theory\"\napart", "round = \"defence\"\napart");
    done(record(at, &["accept", ".", "--why", "another draw"]));
    done(record(at, &["draw", "commit", ".", "theory_order", "--secret", "safe"]));
    let (log, _) = log(at);
    let day = benchline::ledger::Day::of(&log);
    assert_eq!(day.commitments["theory_order"].1.entrants.len(), 58);
}

#[test]
fn two_entries_that_differ_are_listed_and_neither_counts() {
    let copy = season();
    let at = copy.path();
    done(record(at, &["event", ".", "absent", "--round", "topic", "--judge", "P07", "--why", "called away"]));
    done(record(at, &["enter", ".", "data/topic-public.csv"]));
    let sheet = at.join("data/topic-public.csv");
    let text = fs::read_to_string(&sheet).unwrap();
    let line = text.lines().nth(1).unwrap();
    let (entry, mark) = (line.split(',').next().unwrap(), line.split(',').nth(1).unwrap());
    let other = line.replacen(&format!(",{mark},"), ",1,", 1);
    fs::create_dir_all(at.join("second/data")).unwrap();
    fs::write(at.join("second/data/topic-public.csv"), text.replacen(line, &other, 1)).unwrap();
    let alone = record(at, &["enter", ".", "--second"]);
    assert!(
        alone
            .stderr
            .contains("error[C438]: the first entry of `second/data/topic-public.csv` was by office too"),
        "{}",
        alone.stderr
    );
    let second = contest(at, &["enter", ".", "--second", "--by", "other", "--at", AT]);
    assert_eq!(second.code, 1);
    let said = format!("the two entries of the mark for `overall` of {entry}");
    assert!(second.stderr.contains("error[C436]") && second.stderr.contains(&said), "{}", second.stderr);
    let judge = text.lines().next().unwrap().split(',').nth(1).unwrap();
    done(record(
        at,
        &[
            "correct",
            ".",
            "--round",
            "topic",
            "--entry",
            entry,
            "--judge",
            judge,
            "--criterion",
            "overall",
            "--value",
            mark,
            "--why",
            "as on paper",
        ],
    ));
    let (log, _) = log(at);
    let day = benchline::ledger::Day::of(&log);
    assert!(day.disputes.is_empty());
    let settled = day.marks.iter().find(|((round, by, about), _)| {
        round == "topic" && by.as_deref() == Some(judge) && about.entry == entry
    });
    assert_eq!(settled.unwrap().1.entry.value, mark);
    let checked = contest(at, &["verify", "."]);
    assert!(
        !checked.stderr.contains("error[C434]") && !checked.stderr.contains("error[C447]"),
        "{}",
        checked.stderr
    );
}

/// Without the published head: a mark that was moved to a sheet nobody declares,
/// and an appeal with another place.
#[test]
fn a_chain_written_anew_has_to_agree_with_sheets_and_results() {
    let copy = played();
    let at = copy.path();
    done(record(
        at,
        &["appeal", "open", ".", "A1", "--entry", "T144", "--stage", "final", "--why", "a mark"],
    ));
    let correction = ["--judge", "E4", "--criterion", "listening", "--old", "8.2", "--value", "17.2"];
    let mut verb = vec!["correct", ".", "--round", "scenario", "--entry", "T144", "--why", "as on paper"];
    verb.extend_from_slice(&correction);
    done(record(at, &verb));
    done(record(at, &["appeal", "decide", ".", "A1", "--upheld", "--why", "as on paper"]));
    done(benchline(at, &["run", ".", "-q"]));
    done(contest(at, &["verify", "."]));
    let path = at.join("log.jsonl");
    let before = fs::read_to_string(&path).unwrap();
    let forge = |from: &str, to: &str| {
        let mut forged: Log = Log::default();
        let mut text = String::new();
        for line in log(at).0.lines() {
            let body = serde_json::to_string(&line.body).unwrap().replacen(from, to, 1);
            text.push_str(&forged.add(&line.at, &line.by, serde_json::from_str(&body).unwrap()).unwrap());
        }
        assert_ne!(text, before, "{from} is in no event");
        fs::write(&path, text).unwrap();
        done(benchline(at, &["run", ".", "-q"]));
        let error = first_error(at, &[]);
        fs::write(&path, &before).unwrap();
        error
    };
    fs::copy(at.join("data/topic.csv"), at.join("data/other.csv")).unwrap();
    let moved = forge("\"path\":\"data/topic.csv\"", "\"path\":\"data/other.csv\"");
    assert!(moved.starts_with("error[C447]: the sheet of E1 that event "), "{moved}");
    let decided = log(at).0.lines().last().unwrap().seq;
    let appeal = forge(
        "\"upheld\":true,\"reason\":\"as on paper\",\"before\":{\"rank\":",
        "\"upheld\":true,\"reason\":\"as on paper\",\"before\":{\"rank\":1",
    );
    assert_eq!(
        appeal,
        format!(
            "error[C451]: event {decided} records a result that is not what the events before it come to --> log.jsonl:{decided}:1"
        )
    );
}

#[test]
fn sealed_names_are_in_no_output_and_no_certificate_is_made() {
    let copy = played();
    let at = copy.path();
    done(record(at, &["seal", ".", "--why", "until the ceremony"]));
    done(benchline(at, &["run", ".", "-q"]));
    for file in ["results.json", "results.csv"] {
        let text = fs::read_to_string(at.join("out").join(file)).unwrap();
        assert!(text.contains("T002") && !text.contains("天水"), "{file}");
    }
    replace(&at.join("benchline.toml"), "\"csv\"]", "\"csv\", \"certificates\"]");
    done(record(at, &["accept", ".", "--why", "certificates"]));
    let ran = benchline(at, &["run", ".", "-q", "--lang", "en"]);
    assert!(
        ran.stderr.contains("error[C448]: names are sealed: there can be no certificates"),
        "{}",
        ran.stderr
    );
}

#[test]
fn no_name_of_a_person_goes_into_the_log() {
    let copy = season();
    let ran = record(
        copy.path(),
        &["event", ".", "no-show", "--round", "theory", "--entry", "T001", "--why", "示例001甲 病假"],
    );
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.contains("error[C439]: there is the name of a person in what is to be written"),
        "{}",
        ran.stderr
    );
    assert!(!ran.stderr.contains("示例001甲"));
    assert!(!copy.path().join("log.jsonl").exists());
}

#[test]
fn while_one_process_writes_another_is_told() {
    let copy = season();
    let held = Journal::hold(copy.path(), "log.jsonl", &mut Findings::new()).unwrap().unwrap();
    let verb = ["event", ".", "no-show", "--round", "theory", "--entry", "T001", "--why", "late"];
    let ran = record(copy.path(), &verb);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.starts_with("error[C431]: another process is writing the log `log.jsonl`"),
        "{}",
        ran.stderr
    );
    drop(held);
    done(record(copy.path(), &verb));
}
