//! What is said of everything that can go wrong on the contest day: the whole
//! message in both languages, code by code.

use std::fs;
use std::path::Path;

use benchline::diagnostics::{Code, Findings};
use benchline::ledger::{Body, Day, Log, draw};
use benchline::store::Journal;

use crate::contest_day::{AT, done, log, record, replace};
use crate::support::{Copy, benchline, root};

/// A small contest with a log, one absence in it, and more in its project file.
fn small(more: &str) -> Copy {
    let copy = Copy::of("tests/cases/contest/skills-contest-cn");
    let log = format!("log = {{ file = \"log.jsonl\"{more} }}");
    copy.edit("benchline.toml", "events = { file = \"events.csv\" }", &log);
    done(record(
        copy.path(),
        &["event", ".", "no-show", "--round", "show", "--entry", "T4", "--why", "late"],
    ));
    copy
}

/// The same with every sheet keyed: those of the experts are events 3 to 7, those of
/// the public 8 to 10.
fn keyed(more: &str) -> Copy {
    let copy = small(more);
    done(record(copy.path(), &["enter", "."]));
    copy
}

/// What the verb says in both languages, and that nothing else has this code.
fn says(at: &Path, verb: &[&str], code: &str, zh: &str, en: &str) {
    for (lang, message) in [("zh", zh), ("en", en)] {
        let mut all = verb.to_vec();
        all.extend_from_slice(&["--lang", lang]);
        let ran = benchline(at, &all);
        let line = format!("[{code}]: {message}\n");
        assert!(ran.stderr.contains(&line), "{verb:?}: {line}is not in\n{}", ran.stderr);
    }
}

const BY: [&str; 4] = ["--by", "office", "--at", AT];

fn contest(verb: &[&'static str]) -> Vec<&'static str> {
    let mut all = vec!["contest"];
    all.extend_from_slice(verb);
    all
}

fn written(verb: &[&'static str]) -> Vec<&'static str> {
    let mut all = contest(verb);
    all.extend_from_slice(&BY);
    all
}

/// Writes the chain anew with another word in it.
fn forge(at: &Path, from: &str, to: &str) {
    let (mut forged, mut text) = (Log::<Body>::default(), String::new());
    for line in log(at).0.lines() {
        let body = serde_json::to_string(&line.body).unwrap().replacen(from, to, 1);
        text.push_str(&forged.add(&line.at, &line.by, serde_json::from_str(&body).unwrap()).unwrap());
    }
    assert_ne!(text, fs::read_to_string(at.join("log.jsonl")).unwrap(), "{from} is in no event");
    fs::write(at.join("log.jsonl"), text).unwrap();
}

fn draws(copy: &Copy, declared: &str) {
    let path = copy.path().join("benchline.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}\n[[draw]]\nid = \"d\"\nround = \"show\"\n{declared}\n")).unwrap();
}

#[test]
fn of_the_log_itself() {
    let copy = keyed("");
    let (at, path) = (copy.path(), copy.path().join("log.jsonl"));
    let held = Journal::hold(at, "log.jsonl", &mut Findings::new()).unwrap().unwrap();
    let verb = written(&["seal", ".", "--why", "x"]);
    says(
        at,
        &verb,
        "C431",
        "另一个程序正在写日志“log.jsonl”",
        "another process is writing the log `log.jsonl`",
    );
    drop(held);
    let whole = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{whole}{{\"seq\":11,\"prev")).unwrap();
    says(
        at,
        &contest(&["log", "."]),
        "C432",
        "第 11 行没有写完：写入时程序被中断，这件事没有记下，其前 10 件都在",
        "line 11 was never finished: the program was stopped while it wrote, and that event is not on record; the 10 before it are",
    );
    fs::write(&path, whole.replacen("late", "ill", 1)).unwrap();
    says(
        at,
        &contest(&["verify", "."]),
        "C433",
        "第 2 行的内容与它的哈希不符：写入后被改动过",
        "line 2 does not have the hash that it bears: it was changed after it was written",
    );
    fs::write(&path, whole).unwrap();
    says(
        at,
        &contest(&["verify", ".", "--head", "deadbeefdeadbeef"]),
        "C445",
        "日志里没有公布的日志头“deadbeefdeadbeef”：这不是公布成绩时的日志",
        "the log does not have the published head `deadbeefdeadbeef`: it is not the log that the result was published from",
    );
    let head = log(at).0.head().to_owned();
    done(record(at, &["seal", ".", "--why", "x"]));
    says(
        at,
        &["contest", "verify", ".", "--head", &head],
        "C450",
        "公布的日志头是第 10 件事，其后又有 1 件",
        "the published head is event 10; 1 came after it",
    );
}

#[test]
fn of_files_and_outputs() {
    let copy = keyed("");
    let at = copy.path();
    let verify = contest(&["verify", "."]);
    let list = replace(&at.join("entries.csv"), "T2 队", "T2队");
    says(
        at,
        &verify,
        "C434",
        "“entries.csv”与第 1 件事所记的哈希不同",
        "`entries.csv` does not have the hash that event 1 recorded",
    );
    fs::write(at.join("entries.csv"), list).unwrap();
    let sheet = replace(&at.join("public.csv"), "T1,P1,大众评分,80", "T1,P1,大众评分,81");
    says(
        at,
        &written(&["enter", "."]),
        "C435",
        "“public.csv”在第 8 件事已经录入，此后文件变了",
        "`public.csv` was keyed in event 8, and the file has changed since",
    );
    fs::write(at.join("public.csv"), sheet).unwrap();
    done(benchline(at, &["run", ".", "-q"]));
    replace(&at.join("out/results.csv"), "T1", "T9");
    says(
        at,
        &verify,
        "C446",
        "输出“results.csv”不是日志重算的结果",
        "the output `results.csv` is not what the log comes to",
    );
    forge(at, "\"criterion\":\"overall\",\"mark\":\"80\"", "\"criterion\":\"overall\",\"mark\":\"81\"");
    says(
        at,
        &verify,
        "C447",
        "日志第 8 件事记评委 P1 给 T1 的“overall”为 81，评分表里不是",
        "event 8 of the log has 81 for `overall` of T1 by P1; the sheet has not",
    );
    let some = small("");
    done(record(some.path(), &["enter", ".", "sheets/E1.csv"]));
    says(
        some.path(),
        &verify,
        "C449",
        "“public.csv”没有录入日志，不计入成绩",
        "`public.csv` is not on record and does not count",
    );
}

#[test]
fn of_two_entries() {
    let copy = keyed(", double_entry = [\"show\"]");
    let at = copy.path();
    says(
        at,
        &["check", "."],
        "C437",
        "“show”评委 E1 的评分表只由 office 录过一遍，15 个分数没有核对",
        "the sheet of E1 in `show` was keyed once, by office; 15 marks are not confirmed",
    );
    fs::create_dir(at.join("second")).unwrap();
    let text = fs::read_to_string(at.join("public.csv")).unwrap();
    fs::write(at.join("second/public.csv"), text.replacen("T1,P1,大众评分,80", "T1,P1,大众评分,88", 1))
        .unwrap();
    says(
        at,
        &written(&["enter", ".", "--second"]),
        "C438",
        "“second/public.csv”的第一遍也是 office 录的",
        "the first entry of `second/public.csv` was by office too",
    );
    let second = benchline(at, &["contest", "enter", ".", "--second", "--by", "other", "--at", AT]);
    assert_eq!(second.code, 1);
    says(
        at,
        &["check", "."],
        "C436",
        "“show”评委 P1 给 T1 的“overall”，两遍录入不同：office 录为 80（public.csv:2:12），other 录为 88（second/public.csv:2:12）；两者都不采用",
        "the two entries of the mark for `overall` of T1 by P1 in `show` differ: office keyed 80 (public.csv:2:12), other keyed 88 (second/public.csv:2:12); neither counts",
    );
}

#[test]
fn of_words_and_order_of_deeds() {
    let copy = small("");
    let at = copy.path();
    says(
        at,
        &written(&["seal", ".", "--why", "专家1 要求"]),
        "C439",
        "要写入日志的文字里有人名",
        "there is the name of a person in what is to be written",
    );
    says(at, &written(&["unseal", ".", "--why", "x"]), "C448", "名单没有封存", "names are not sealed");
}

#[test]
fn of_draws() {
    let copy = small("");
    let at = copy.path();
    draws(&copy, "apart = [\"province\"]");
    let list = fs::read_to_string(at.join("entries.csv")).unwrap();
    let list: Vec<String> = list
        .lines()
        .enumerate()
        .map(|(row, line)| format!("{line},{}", if row == 0 { "province" } else { "甲" }))
        .collect();
    fs::write(at.join("entries.csv"), list.join("\n") + "\n").unwrap();
    let reveal = written(&["draw", "reveal", ".", "d", "--secret", "s", "--public", "7"]);
    says(at, &reveal, "C440", "抽签“d”还没有承诺", "the draw `d` was not committed to yet");
    done(record(at, &["draw", "commit", ".", "d", "--secret", "s"]));
    let path = at.join("log.jsonl");
    let before = fs::read(&path).unwrap();
    // Of six of a kind in a row each but the last has one after it.
    for (lang, message) in [("zh", "抽签“d”有 5 处无法错开或坐满"), ("en", "the draw `d` leaves 5 conflicts")]
    {
        fs::write(&path, &before).unwrap();
        let mut verb = reveal.clone();
        verb.extend_from_slice(&["--lang", lang]);
        let ran = benchline(at, &verb);
        assert!(ran.code == 0 && ran.stderr.contains(&format!("[C442]: {message}\n")), "{}", ran.stderr);
    }
    forge(at, "\"shuffles\":10000", "\"shuffles\":1");
    says(
        at,
        &contest(&["verify", "."]),
        "C441",
        "抽签“d”重做的结果与所记不同",
        "the draw `d`, made again, comes out otherwise than recorded",
    );
}

#[test]
fn of_a_mark_without_a_seat() {
    let copy = small("");
    let at = copy.path();
    draws(&copy, "panel = \"public\"\nseats = 1");
    done(record(at, &["draw", "commit", ".", "d", "--secret", "s"]));
    done(record(at, &["draw", "reveal", ".", "d", "--secret", "s", "--public", "7"]));
    let day = Day::of(&log(at).0);
    let (_, made) = &day.draws["d"];
    assert_eq!(made.drawn, draw::drawn(&day.commitments["d"].1, &made.seed));
    let seat = made.drawn.seats.iter().find(|seat| seat.entry == "T1").unwrap();
    let other =
        ["P1", "P2", "P3"].into_iter().find(|judge| !seat.judges.iter().any(|own| own == judge)).unwrap();
    says(
        at,
        &written(&["enter", ".", "public.csv"]),
        "C443",
        &format!("评委“{other}”抽签没有分到“T1”，却有分数"),
        &format!("the judge `{other}` was drawn no seat for `T1` and has a mark"),
    );
}

#[test]
fn of_results_on_record() {
    let copy = keyed("");
    let at = copy.path();
    let verify = contest(&["verify", "."]);
    done(benchline(
        at,
        &["contest", "sign", ".", "--of", "final", "--role", "chief-judge", "--by", "chief", "--at", AT],
    ));
    let path = at.join("log.jsonl");
    let before = fs::read(&path).unwrap();
    forge(at, "\"result_sha256\":\"", "\"result_sha256\":\"0");
    says(
        at,
        &verify,
        "C451",
        "第 11 件事所记的成绩，与按此前各事重算的不同",
        "event 11 records a result that is not what the events before it come to",
    );
    fs::write(&path, before).unwrap();
    let mark = ["--round", "show", "--entry", "T1", "--judge", "P1", "--criterion", "overall"];
    let mut correct = vec!["correct", ".", "--old", "80", "--value", "99", "--why", "as on paper"];
    correct.extend_from_slice(&mark);
    done(record(at, &correct));
    says(
        at,
        &verify,
        "C444",
        "chief 签署“final”之后成绩又有变动",
        "the result changed after chief signed `final`",
    );
}

#[test]
fn of_recounts() {
    let copy = keyed("");
    let at = copy.path();
    let enter = contest(&["recount", "enter", ".", "R1", "--by", "other", "--at", AT]);
    says(at, &enter, "C453", "没有抽过复核“R1”", "no recount `R1` was drawn");
    done(record(at, &["recount", "draw", ".", "R1", "--stage", "final", "--top", "9", "--public", "7"]));
    says(
        at,
        &enter,
        "C454",
        "复核“R1”缺少“show”评委 E1 的分数",
        "the recount `R1` lacks the marks of E1 in `show`",
    );
    for name in
        ["public.csv", "sheets/E1.csv", "sheets/E2.csv", "sheets/E3.csv", "sheets/E4.csv", "sheets/E5.csv"]
    {
        let text = fs::read_to_string(at.join(name)).unwrap();
        copy.write(
            &format!("recount/R1/{name}"),
            &text.replacen("T1,P1,大众评分,80", "T1,P1,大众评分,88", 1),
        );
    }
    assert_eq!(benchline(at, &enter).code, 1);
    says(
        at,
        &["check", "."],
        "C452",
        "复核“R1”：“show”评委 P1 给 T1 的“overall”，计分的是 80（public.csv:2:12），重新录入的是 88",
        "recount `R1`: the mark for `overall` of T1 by P1 in `show` counts as 80 (public.csv:2:12), and was keyed anew as 88",
    );
}

#[test]
fn of_a_font_that_is_none() {
    let copy = keyed("");
    copy.edit("benchline.toml", "\"json\"]", "\"json\", \"pdf\"]").write("fonts/own.otf", "no font");
    says(
        copy.path(),
        &["run", ".", "-q"],
        "C461",
        "“fonts/own.otf”不是能读的字体文件",
        "`fonts/own.otf` is no font that can be read",
    );
}

/// The cases above are those of every code of the log and of recounts.
#[test]
fn every_code_of_the_contest_day_has_a_case() {
    let own: String = ["day_codes", "events_table"]
        .iter()
        .map(|name| fs::read_to_string(root().join(format!("tests/it/{name}.rs"))).unwrap())
        .collect();
    let codes = Code::ALL.iter().map(|code| code.id()).filter(|id| ("C431"..="C461").contains(id));
    let without: Vec<&str> = codes
        .filter(|id| !own.contains(&format!("\"{id}\",")) && !own.contains(&format!("[{id}]")))
        .collect();
    assert!(without.is_empty(), "no case for {without:?}");
}
