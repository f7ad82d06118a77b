//! `benchline revise`: corrections and appeals as a log over data that nobody
//! edits, to the last character.

use std::fs;

use benchline::digest::sha256;
use serde_json::{Value as Json, json};

use crate::support::{Copy, Ran, benchline, files};

const AT: &str = "2025-12-20T09:00:00+08:00";
const HEADS: &str = "unit,indicator,period,old,new,reason,evidence,kind,decision,by\n";

/// The starter with a log.
fn project() -> Copy {
    let copy = Copy::of("examples/starter");
    copy.edit("benchline.toml", "[policy]", "revisions = \"revisions.jsonl\"\n\n[policy]");
    copy
}

fn revise(copy: &Copy, name: &str, rows: &str, lang: &str) -> Ran {
    copy.write(name, &format!("{HEADS}{rows}"));
    benchline(copy.path(), &["revise", ".", name, "--by", "office-1", "--at", AT, "--lang", lang])
}

/// Two revisions: S09 answers 94.2 % in place of 82.2 %, and resolves 70.5 % where
/// nothing was reported; then an appeal of S01 is refused and one of S02 accepted.
fn revised_twice() -> Copy {
    let copy = project();
    copy.write("proof.txt", "proof\n");
    let first = "S09,answered,2025,82.2,94.2,night calls were left out,proof.txt,,,\nS09,resolved,,,70.5,late report,letter 3,,,office-2\n";
    assert_eq!(revise(&copy, "c1.csv", first, "en").code, 0);
    let second = "S01,satisfied,,93.0,99,the sample was biased,,appeal,refused,\nS02,answered,,93.8,95,tester misdialled,,appeal,accepted,\n";
    assert_eq!(revise(&copy, "c2.csv", second, "en").code, 0);
    copy
}

fn lines(copy: &Copy) -> Vec<Json> {
    let text = fs::read_to_string(copy.path().join("revisions.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn stderr_of(copy: &Copy, arguments: &[&str]) -> String {
    let ran = benchline(copy.path(), arguments);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_eq!(ran.stdout, "");
    ran.stderr
}

/// By hand: with fixed goalposts of 60 and 95, `answered` of 94.2 earns
/// 100 × 34.2 / 35 = 97.71 in place of 63.43, and counts 60 % of 25 %: 5.14 points.
#[test]
fn a_revision_is_recorded_with_what_came_of_it() {
    let copy = revised_twice();
    let before: Vec<_> = files(&copy.path().join("data"));
    assert!(
        before == files(&Copy::of("examples/starter").path().join("data")),
        "data files are never edited"
    );
    let lines = lines(&copy);
    assert_eq!(lines.len(), 2);
    let first = &lines[0]["data"];
    assert_eq!(
        (&lines[0]["seq"], &lines[0]["by"], &lines[0]["at"]),
        (&json!(1), &json!("office-1"), &json!(AT))
    );
    assert_eq!(
        first["corrections"],
        json!([
            {
                "unit": "S09", "indicator": "answered", "period": "2025", "kind": "correction",
                "decision": "accepted", "old": "82.2", "new": "94.2", "reason": "night calls were left out",
                "evidence": { "text": "proof.txt", "sha256": sha256(b"proof\n") }, "by": "office-1"
            },
            {
                "unit": "S09", "indicator": "resolved", "period": "2025", "kind": "correction",
                "decision": "accepted", "old": "missing", "new": "70.5", "reason": "late report",
                "evidence": { "text": "letter 3" }, "by": "office-2"
            },
        ])
    );
    assert_eq!(first["effects"][0]["before"], json!({ "score": "61.6", "rank": "9", "rating": "C" }));
    let sheet = fs::read(copy.path().join("c1.csv")).unwrap();
    assert_eq!(first["returned"], json!([{ "file": "c1.csv", "sha256": sha256(&sheet) }]));
    let second = &lines[1]["data"];
    assert_eq!(
        second["effects"][0]["before"], second["effects"][0]["after"],
        "a refused appeal moves nothing"
    );
    assert_ne!(second["effects"][1]["before"], second["effects"][1]["after"]);
    // A line is hashed as those of contests are.
    let text = fs::read_to_string(copy.path().join("revisions.jsonl")).unwrap();
    let mut previous = "0".repeat(64);
    for line in text.lines() {
        let (told, hash) = line.rsplit_once(",\"hash\":\"").unwrap();
        assert_eq!(format!("{}\"}}", sha256(told.as_bytes())), hash);
        assert!(told.contains(&format!("\"previous\":\"{previous}\"")));
        previous = sha256(told.as_bytes());
    }
}

#[test]
fn results_say_which_revision_they_are_of() {
    let copy = revised_twice();
    let results = |at: &str| -> Json {
        let ran = benchline(copy.path(), &["score", ".", "--format", "json", "--revision", at]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        serde_json::from_str::<Json>(&ran.stdout).unwrap()["result"].take()
    };
    let lines = lines(&copy);
    let (none, two) = (results("0"), results("2"));
    assert_eq!(none["revision"], json!({ "number": 0, "head": "0".repeat(64), "file": "revisions.jsonl" }));
    assert_eq!(two["revision"]["head"], lines[1]["hash"]);
    let s09 = |of: &Json| of["units"][8]["periods"]["2025"]["indicators"].clone();
    assert_eq!(s09(&none)["answered"]["value"], json!(82.2));
    assert_eq!(s09(&none)["answered"].get("revised"), None);
    assert_eq!(s09(&two)["answered"]["value"], json!(94.2));
    assert_eq!(s09(&two)["answered"]["revised"], json!({ "revision": 1, "was": 82.2 }));
    assert_eq!(s09(&two)["answered"]["origin"]["line"], json!(10), "the cell it was first read from");
    assert_eq!(s09(&two)["resolved"]["revised"], json!({ "revision": 1, "was": null }));
    assert_eq!(two["units"][0]["periods"]["2025"]["indicators"]["satisfied"]["value"], json!(93.0));
}

/// Every revision is made anew to the last byte from the log and the data files.
#[test]
fn an_earlier_revision_is_reproduced_byte_for_byte() {
    let copy = project();
    let make = |out: &str, more: &[&str]| {
        let ran = benchline(copy.path(), &[&["run", ".", "--no-cache", "--out", out], more].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    };
    make("first", &[]);
    let one = "S09,answered,2025,82.2,94.2,night calls were left out,,,,\n";
    assert_eq!(revise(&copy, "c1.csv", one, "en").code, 0);
    make("second", &[]);
    assert_eq!(revise(&copy, "c2.csv", "S01,satisfied,,93.0,91,recounted,,,,\n", "en").code, 0);
    make("first again", &["--revision", "0", "--jobs", "1"]);
    make("second again", &["--revision", "1"]);
    let of = |out: &str| files(&copy.path().join(out));
    assert!(of("first") == of("first again"));
    assert!(of("second") == of("second again"));
    assert!(of("first") != of("second"));
    let error = stderr_of(&copy, &["run", ".", "--revision", "3", "--lang", "en"]);
    let told = "error[V245]: there is no revision 3: the log has 2\n--> revisions.jsonl\n = help: write a number from 0, the data as first read, to 2\n";
    assert!(error.contains(told), "{error}");
}

#[test]
fn two_revisions_are_compared_in_one_command() {
    let copy = revised_twice();
    let ran = benchline(copy.path(), &["diff", ".", "--from", "0", "--to", "1", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found: Json = serde_json::from_str::<Json>(&ran.stdout).unwrap()["result"].take();
    let values: Vec<&Json> = found["values"].as_array().unwrap().iter().collect();
    assert_eq!(values.len(), 2);
    assert_eq!(
        values[0]["places"],
        json!(["data/indicators.csv:10:3", "data/indicators.csv:10:3 → revisions.jsonl:1"])
    );
    // Without anything said: what all revisions changed.
    let all = benchline(copy.path(), &["diff", ".", "--lang", "en"]);
    let explicit = benchline(copy.path(), &["diff", ".", "--from", "0", "--to", "2", "--lang", "en"]);
    assert_eq!(all.stdout, explicit.stdout);
    assert_eq!(benchline(copy.path(), &["score", ".", "--out", "out"]).code, 0);
    let error = stderr_of(&copy, &["diff", "out", "--to", "1", "--lang", "en"]);
    assert!(
        error.contains("error[V230]: `out` is no project: it has no revisions to choose from\n"),
        "{error}"
    );
}

#[test]
fn what_is_told_in_both_languages() {
    let copy = project();
    copy.write("c.csv", &format!("{HEADS}S09,接通率,2025年,82.2,94.2,漏计夜间来电,,,,\nS01,satisfied,,93.0,99,抽样有误,,申诉,驳回,\n"));
    let ran = benchline(copy.path(), &["revise", ".", "c.csv", "--by", "office-1", "--at", AT, "--dry-run"]);
    assert_eq!(
        ran.stdout,
        "\
第 1 次修订将是这样（未登记）
单位  指标       期次         数值      类型          理由
S09   answered   2025  82.2 → 94.2      更正  漏计夜间来电
S01   satisfied  2025           93  申诉驳回      抽样有误
单位  评级     名次         得分
S01   A_plus      1         96.5
S09   C       9 → 8  61.6 → 66.7
其他单位：得分变 0 个，名次变 1 个，评级变 0 个
"
    );
    assert!(!copy.path().join("revisions.jsonl").exists(), "a trial writes nothing");
    let ran =
        benchline(copy.path(), &["revise", ".", "c.csv", "--by", "office-1", "--at", AT, "--lang", "en"]);
    let head = lines(&copy)[0]["hash"].as_str().unwrap().to_owned();
    let body = "\
unit  indicator  period        value            kind        reason
S09   answered     2025  82.2 → 94.2      correction  漏计夜间来电
S01   satisfied    2025           93  appeal refused      抽样有误
unit  rating   rank        score
S01   A_plus      1         96.5
S09   C       9 → 8  61.6 → 66.7
other units: scores changed 0, ranks 1, ratings 0
";
    assert_eq!(ran.stdout, format!("revision 1 is on record\n{body}head {head}\n"));
    let list = benchline(copy.path(), &["revise", ".", "--list", "--lang", "en"]);
    assert_eq!(list.stdout, format!("revision 1  {AT}  office-1\n{body}\n1 revisions\nhead {head}\n"));
}

/// Everything wrong is found in one run, nothing is written, and nothing of what is
/// right is recorded either.
#[test]
fn all_or_nothing() {
    let copy = project();
    let rows = "\
S09,answered,2025,82.2,94.2,night calls,,,,
S09,answered,2025,82.2,95,again,,,,
S08,answered,,1,90,wrong old,,,,
S99,answered,,1,90,no unit,,,,
S07,answred,,79.9,90,no indicator,,,,
S06,answered,,85.1,101,out of range,,,,
S05,answered,,97.5,97.5,no change,,,,
S04,answered,,88.4,90,,,,,
S03,answered,1999,91,92,no period,,,,
S02,answered,,93.8,94,no evidence,none.pdf,,,
S01,answered,,96.2,97,words,,perhaps,,
S01,resolved,,91.5,92,words,,,maybe,
S01,satisfied,,93,94,a name,,,,Zhang San
S10,answered,,74.3,many,no number,,,,
";
    let ran = revise(&copy, "c.csv", rows, "en");
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(!copy.path().join("revisions.jsonl").exists());
    let told: Vec<&str> = ran.stderr.lines().filter(|line| line.starts_with("error[")).collect();
    assert_eq!(
        told,
        [
            "error[V244]: `answered` of S09 is corrected twice, first at c.csv:2:24",
            "error[V243]: the old value is said to be 1; in the data `Answer rate` is 90.6",
            "error[V201]: the registry has no unit `S99`",
            "error[I118]: the framework has no indicator `answred`",
            "error[V205]: the new value 101 is above 100",
            "error[V245]: the new value is the one there is: 97.5",
            "error[V207]: the column `reason` is empty here",
            "error[V209]: the data have no period `1999`",
            "error[V245]: there is no file `none.pdf`, which is named as evidence",
            "error[V245]: `perhaps` means nothing here",
            "error[V245]: `maybe` means nothing here",
            "error[V245]: `by` is to be a code, not a name",
            "error[V203]: `many` in column `new` is not a number",
        ],
        "{}",
        ran.stderr
    );
    let zh =
        revise(&copy, "c.csv", "S08,answered,,1,90,原值错,,,,\nS05,answered,,97.5,97.5,未改,,,,\n", "zh")
            .stderr;
    assert!(zh.contains("错误[V243]: 原值写的是 1，数据中“接通率”现为 90.6\n --> c.csv:2:15\n"), "{zh}");
    assert!(zh.contains("错误[V245]: 更正值与现值相同：97.5\n"), "{zh}");
}

#[test]
fn a_file_counts_once_and_a_log_must_be_declared() {
    let copy = revised_twice();
    let again = stderr_of(&copy, &["revise", ".", "c1.csv", "--by", "office-1", "--lang", "en"]);
    let told = "error[V247]: `c1.csv` was handed in before: revisions.jsonl:1\n--> c1.csv\n = help: leave it out of the command\n";
    assert!(again.contains(told), "{again}");
    assert_eq!(lines(&copy).len(), 2);
    let name = stderr_of(&copy, &["revise", ".", "c1.csv", "--by", "张三", "--lang", "en"]);
    assert!(name.contains("error[V245]: `--by` is to be a code, not a name\n"), "{name}");
    let plain = Copy::of("examples/starter");
    let none = stderr_of(&plain, &["revise", ".", "--list"]);
    assert!(none.contains("错误[V245]: 项目没有声明修订日志\n"), "{none}");
    copy.edit("benchline.toml", "revisions.jsonl", "../outside.jsonl");
    let outside = stderr_of(&copy, &["check", ".", "--lang", "en"]);
    assert!(
        outside.contains("error[P003]: the path `../outside.jsonl` leads out of the project folder"),
        "{outside}"
    );
}

#[test]
fn a_line_that_was_touched_is_found() {
    let copy = revised_twice();
    let path = copy.path().join("revisions.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    let check = |text: &str, lang: &str| {
        fs::write(&path, text).unwrap();
        benchline(copy.path(), &["check", ".", "--lang", lang])
    };
    let changed = check(&text.replace("night calls", "light calls"), "en");
    assert_eq!(changed.code, 1);
    let told = "error[V240]: line 1 does not have the hash that it bears: it was changed after it was written\n--> revisions.jsonl:1:1\n";
    assert!(changed.stderr.contains(told), "{}", changed.stderr);
    let moved = check(&text.lines().rev().map(|line| format!("{line}\n")).collect::<String>(), "zh");
    assert_eq!(moved.code, 1);
    assert!(moved.stderr.contains("错误[V240]: 第 1 行写的序号是 2\n"), "{}", moved.stderr);
    let torn = check(&text[..text.len() - 9], "en");
    assert_eq!(torn.code, 0, "{}", torn.stderr);
    assert!(torn.stderr.contains("warning[V241]: line 2 was never finished"), "{}", torn.stderr);
    // The next revision takes the place of the half line.
    assert_eq!(revise(&copy, "c3.csv", "S03,answered,,91.0,92,recounted,,,,\n", "en").code, 0);
    assert_eq!(lines(&copy).len(), 2);
}

#[test]
fn a_data_file_that_was_touched_is_found() {
    let copy = revised_twice();
    copy.edit("data/indicators.csv", "82.2", "83");
    let error = stderr_of(&copy, &["check", ".", "--lang", "en"]);
    let told = "error[V242]: when revision 1 was logged, `answered` of S09 was 82.2; now it is 83\n  --> data/indicators.csv:10:10\n";
    assert!(error.contains(told), "{error}");
    copy.edit("data/indicators.csv", "S09,示例九市,83", "S09,示例九市,82.2");
    assert!(!benchline(copy.path(), &["check", "."]).stderr.contains("V24"));
    copy.edit("data/indicators.csv", "96.2", "96.3");
    let other = benchline(copy.path(), &["check", ".", "--lang", "en"]);
    assert_eq!(other.code, 0, "{}", other.stderr);
    let told = "warning[V248]: `data/indicators.csv` was changed after revision 2\n--> data/indicators.csv\n";
    assert!(other.stderr.contains(told), "{}", other.stderr);
    // With the next revision the file as it is now is on record.
    assert_eq!(revise(&copy, "c3.csv", "S03,answered,,91.0,92,recounted,,,,\n", "en").code, 0);
    assert!(!benchline(copy.path(), &["check", "."]).stderr.contains("V248"));
}
