//! Values that could not be used, or were doubted, and what a revision put in their
//! place: only what holds is checked.

use std::fs;

use serde_json::{Value as Json, json};

use crate::support::{Copy, Ran, benchline};

const AT: &str = "2025-12-20T09:00:00+08:00";
const HEADS: &str = "unit,indicator,period,old,new,reason\n";

/// The starter with a log and four values that cannot be used: 964.2 % (S01), a word
/// (S02), a formula that failed (S03) and a fraction among percentages (S04).
fn with_faults() -> Copy {
    let copy = Copy::of("examples/starter");
    copy.edit("benchline.toml", "[policy]", "revisions = \"revisions.jsonl\"\n\n[policy]");
    for (line, faulty) in [
        ("S01,示例一市,96.2", "S01,示例一市,964.2"),
        ("S02,示例二市,93.8", "S02,示例二市,ninety"),
        ("S03,示例三市,91.0,31", "S03,示例三市,91.0,#DIV/0!"),
        ("S04,示例四市,88.4", "S04,示例四市,0.884"),
    ] {
        copy.edit("data/indicators.csv", line, faulty);
    }
    copy
}

const ALL: &str = "S01,answered,,964.2,96.2,a slip\nS02,answered,,ninety,93.8,in words\nS03,wait_seconds,,#DIV/0!,31,the formula\nS04,answered,,0.884,88.4,a fraction\n";

fn revise(copy: &Copy, name: &str, rows: &str) -> Ran {
    copy.write(name, &format!("{HEADS}{rows}"));
    benchline(copy.path(), &["revise", ".", name, "--by", "office-1", "--at", AT, "--lang", "en"])
}

fn told(copy: &Copy, lang: &str, severity: &str) -> Vec<String> {
    let ran = benchline(copy.path(), &["check", ".", "--lang", lang]);
    let lines = ran.stderr.lines().filter(|line| line.starts_with(&format!("{severity}[")));
    lines.map(str::to_owned).collect()
}

/// With the four values put right the results are those of the starter to the last
/// digit, and the log says what there was.
#[test]
fn a_value_that_was_put_right_is_no_error() {
    let copy = with_faults();
    let errors = [
        "error[V205]: 964.2 in column `answered` is above 100",
        "error[V203]: `ninety` in column `answered` is not a number",
        "error[I121]: the formula in column `wait_seconds` has failed: #DIV/0!",
        "error[I123]: 0.884 in column `answered` looks like a fraction among percentages",
    ];
    assert_eq!(told(&copy, "en", "error"), errors);
    let ran = revise(&copy, "c.csv", ALL);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("S02   answered        2025  unreadable → 93.8  correction     in words\n"),
        "{}",
        ran.stdout
    );
    assert_eq!(benchline(copy.path(), &["check", "."]).code, 0);
    assert_eq!(
        told(&copy, "en", "note").into_iter().filter(|note| note.contains("V258")).collect::<Vec<_>>(),
        [
            "note[V258]: 964.2 in column `answered` is above 100; revision 1 has put 96.2 in its place (revisions.jsonl:1:1)",
            "note[V258]: `ninety` in column `answered` is not a number; revision 1 has put 93.8 in its place (revisions.jsonl:1:1)",
            "note[V258]: the formula in column `wait_seconds` has failed: #DIV/0!; revision 1 has put 31 in its place (revisions.jsonl:1:1)",
        ]
    );
    assert_eq!(
        told(&copy, "zh", "提示").iter().filter(|note| note.contains("V258")).nth(1).unwrap(),
        "提示[V258]: “answered”列的“ninety”不是数字；已由第 1 次修订更正为 93.8（revisions.jsonl:1:1）"
    );
    let scores = |copy: &Copy| -> Json {
        let ran = benchline(copy.path(), &["score", ".", "--format", "json"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        serde_json::from_str::<Json>(&ran.stdout).unwrap()["result"]["units"].take()
    };
    let (revised, sound) = (scores(&copy), scores(&Copy::of("examples/starter")));
    for (one, other) in revised.as_array().unwrap().iter().zip(sound.as_array().unwrap()) {
        assert_eq!(one["periods"]["2025"]["score"], other["periods"]["2025"]["score"], "{}", one["code"]);
        assert_eq!(one["periods"]["2025"]["nodes"], other["periods"]["2025"]["nodes"], "{}", one["code"]);
    }
    let of = |unit: usize, id: &str| revised[unit]["periods"]["2025"]["indicators"][id].clone();
    assert_eq!(of(0, "answered")["revised"], json!({ "revision": 1, "was": 964.2 }));
    assert_eq!(of(1, "answered")["revised"], json!({ "revision": 1, "was": null }));
    assert_eq!(of(1, "answered")["origin"]["line"], json!(3), "the cell that was revised");
    let log: Json =
        serde_json::from_str(&fs::read_to_string(copy.path().join("revisions.jsonl")).unwrap()).unwrap();
    let old: Vec<&Json> =
        log["data"]["corrections"].as_array().unwrap().iter().map(|one| &one["old"]).collect();
    assert_eq!(old, [&json!("964.2"), &json!("unreadable"), &json!("unreadable"), &json!("0.884")]);
    // The data as first read are as faulty as they were.
    let first = benchline(copy.path(), &["score", ".", "--revision", "0", "--lang", "en"]);
    assert_eq!(first.code, 1);
    assert!(first.stderr.contains(errors[1]), "{}", first.stderr);
}

/// What a batch leaves wrong is said, and nothing is on record.
#[test]
fn a_revision_must_leave_nothing_wrong() {
    let copy = with_faults();
    let (three, _) = ALL.split_at(ALL.find("S04").unwrap());
    let ran = revise(&copy, "c.csv", three);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("error[I123]: 0.884 in column `answered`"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("ninety"), "{}", ran.stderr);
    assert!(!copy.path().join("revisions.jsonl").exists());
    // The old value of a cell without a number is what stands there.
    let ran = revise(&copy, "c.csv", &ALL.replace("ninety", ""));
    assert!(
        ran.stderr.contains("error[V243]: the old value is said to be missing; in the data `Answer rate` is unreadable\n --> c.csv:3:15\n"),
        "{}",
        ran.stderr
    );
    let ran = revise(&copy, "c.csv", &ALL.replace("964.2,96.2", "964.2,101"));
    assert!(
        ran.stderr.contains("error[V205]: the new value 101 is above 100\n --> c.csv:2:21\n"),
        "{}",
        ran.stderr
    );
    // An appeal that is refused changes nothing, so that the value stays an error.
    copy.write(
        "c.csv",
        &format!(
            "{}{}",
            HEADS.replace("reason", "reason,decision"),
            ALL.replace('\n', ",accepted\n").replace("a slip,accepted", "a slip,refused")
        ),
    );
    let ran =
        benchline(copy.path(), &["revise", ".", "c.csv", "--by", "office-1", "--at", AT, "--lang", "en"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("error[V205]: 964.2 in column `answered` is above 100\n"), "{}", ran.stderr);
}

/// Once corrected, a cell that is mended in the file after all is no longer the one
/// that was corrected; a new value that the framework no longer allows is an error at
/// the revision.
#[test]
fn what_holds_is_checked_at_the_revision() {
    let copy = with_faults();
    assert_eq!(revise(&copy, "c.csv", ALL).code, 0);
    copy.edit("data/indicators.csv", "ninety", "93");
    let told_now = told(&copy, "en", "error");
    assert_eq!(
        told_now,
        ["error[V242]: when revision 1 was logged, `answered` of S02 was unreadable; now it is 93"]
    );
    copy.edit("data/indicators.csv", "S02,示例二市,93,", "S02,示例二市,ninety,");
    let framework = fs::read_to_string(copy.path().join("indicators/my-index.toml")).unwrap();
    let at = framework.find("id = \"answered\"").unwrap();
    let (before, after) = framework.split_at(at);
    copy.write(
        "indicators/my-index.toml",
        &format!("{before}{}", after.replacen("max = 100", "max = 96", 1)),
    );
    let ran = benchline(copy.path(), &["check", ".", "--lang", "en"]);
    assert!(
        ran.stderr.contains("error[V205]: the new value 96.2 is above 96\n--> revisions.jsonl:1:1\n"),
        "{}",
        ran.stderr
    );
}

/// 24 units whose value goes up by 1 to 3, but for one whose value goes from 60 to
/// 6.1: a slipped point. By hand: the median change is 2, the MAD 1, and the change
/// of −53.9 is 55.9 ÷ 1.4826 = 37.7 of them away.
fn with_a_jump() -> Copy {
    let copy = with_faults();
    copy.write(
        "data/indicators.csv",
        &fs::read_to_string(Copy::of("examples/starter").path().join("data/indicators.csv")).unwrap(),
    );
    let mut units = String::from("code,name_zh,name_en,region\n");
    let mut values =
        String::from("code,year,answered,wait_seconds,resolved,closed_on_time,repeated,satisfied\n");
    for unit in 0..24 {
        let before = 60 + unit;
        let now = if unit == 0 { "6.1".to_owned() } else { (before + 1 + unit % 3).to_string() };
        units += &format!("S{unit:02},示例{unit}市,Sample {unit},east\n");
        for (year, answered) in [("2024", before.to_string()), ("2025", now)] {
            values += &format!(
                "S{unit:02},{year},{answered},{},7{}.3,8{}.1,{}.2,8{}.4\n",
                20 + unit,
                unit % 7,
                unit % 9,
                5 + unit,
                unit % 8
            );
        }
    }
    copy.write("data/units.csv", &units).write("data/indicators.csv", &values);
    copy.edit("benchline.toml", "ignore = [\"name\"]", "period = \"year\"");
    copy
}

#[test]
fn a_corrected_value_is_doubted_by_what_it_is_now() {
    let copy = with_a_jump();
    let jump = "warning[V251]: `Answer rate` of Sample 0 (S00) went from 60 in 2024 to 6.1; the median change is +2, and this one is 37.7 robust standard deviations away";
    assert_eq!(told(&copy, "en", "warning"), [jump]);
    assert_eq!(revise(&copy, "c.csv", "S00,answered,,6.1,62,a slip\n").code, 0);
    assert_eq!(told(&copy, "en", "warning"), [""; 0]);
    // A correction that is a slip itself is doubted at the cell, naming the revision.
    let ran = revise(&copy, "c2.csv", "S00,answered,,62,6.2,a slip\n");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let doubt = "warning[V251]: `Answer rate` of Sample 0 (S00) went from 60 in 2024 to 6.2; the median change is +2, and this one is 37.6 robust standard deviations away; the value is that of revision 2 (";
    assert!(
        ran.stderr.contains(&format!("{doubt}c2.csv:2:18)\n --> data/indicators.csv:3:10\n")),
        "{}",
        ran.stderr
    );
    assert_eq!(told(&copy, "en", "warning"), [format!("{doubt}revisions.jsonl:2:1)")]);
    let zh = told(&copy, "zh", "警告");
    assert_eq!(zh.len(), 1);
    assert!(
        zh[0].ends_with("，偏离为稳健标准差的 37.6 倍；此值由第 2 次修订更正（revisions.jsonl:2:1）"),
        "{zh:?}"
    );
}
