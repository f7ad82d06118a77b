//! Confirmation sheets as they come back, one folder per way and per mistake in
//! tests/cases/returned: files lie over the base project of tests/cases/findings,
//! `handed/` is what a clerk gives to `benchline revise`, and `expected.zh.txt` and
//! `expected.en.txt` are what is then said, to the last character
//! (`BENCHLINE_BLESS=1` writes these anew, to be reviewed). make.py there makes the
//! files with the programs that people use.

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};

use crate::support::{Copy, Ran, benchline, cases, files, root};

const CASES: &str = "tests/cases/returned";
const BASE: &str = "tests/cases/findings/_base";
const AT: &str = "2025-12-20T09:00:00+08:00";

/// The base project with a log, and the files of a case over it.
fn project(case: &str) -> Copy {
    let copy = Copy::of(BASE);
    copy.overlay(&root().join(CASES).join(case));
    copy.edit("benchline.toml", "[policy]", "revisions = \"revisions.jsonl\"\n\n[policy]");
    copy
}

fn revise(copy: &Copy, arguments: &[&str]) -> Ran {
    let always = ["revise", ".", "--by", "office-1", "--at", AT];
    benchline(copy.path(), &[&always[..], arguments].concat())
}

fn logged(copy: &Copy) -> Vec<Json> {
    let text = fs::read_to_string(copy.path().join("revisions.jsonl")).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn sheets_are_read_as_units_hand_them_in() {
    let bless = std::env::var_os("BENCHLINE_BLESS").is_some();
    let cases = cases(CASES);
    assert!(cases.len() >= 17, "{} cases", cases.len());
    let failed: Vec<String> = cases.iter().flat_map(|case| failures(case, bless)).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

fn failures(case: &Path, bless: bool) -> Vec<String> {
    let copy = project(case.file_name().unwrap().to_str().unwrap());
    let before = files(copy.path());
    let mut failures = Vec::new();
    for lang in ["zh", "en"] {
        let ran = revise(&copy, &["handed", "--dry-run", "--lang", lang]);
        let found = format!("{}{}exit {}\n", ran.stderr, ran.stdout, ran.code);
        let path = case.join(format!("expected.{lang}.txt"));
        if bless {
            fs::write(&path, &found).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if expected != found {
            failures.push(format!("{}:\n--- expected\n{expected}--- found\n{found}", path.display()));
        }
        // What is tried, and what is refused, leaves no trace.
        if ran.code == 1 {
            assert_eq!(revise(&copy, &["handed", "--lang", lang]).code, 1);
        }
    }
    let after = files(copy.path()).into_iter().filter(|(path, _)| !path.starts_with(".benchline"));
    assert!(after.eq(before), "{}: something was written", case.display());
    failures
}

/// Three units correct a value each, one confirms all, in four formats: one revision,
/// whose values are those of the sheets (of `make.py`), and evidence by its hash.
#[test]
fn what_units_replied_is_one_revision() {
    let copy = project("of-every-program");
    let ran = revise(&copy, &["handed", "--lang", "en"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let lines = logged(&copy);
    assert_eq!(lines.len(), 1);
    let data = &lines[0]["data"];
    let asked = |unit: &str| {
        let all = data["corrections"].as_array().unwrap();
        all.iter().find(|one| one["unit"] == unit).unwrap_or_else(|| panic!("{unit}")).clone()
    };
    let hash = |file: &str| benchline::digest::sha256(&fs::read(copy.path().join(file)).unwrap());
    let of = |indicator: &str, unit: &str, (old, new): (&str, &str), reason: &str, evidence: Json| {
        json!({
            "unit": unit, "indicator": indicator, "period": "2025", "kind": "correction",
            "decision": "accepted", "old": old, "new": new, "reason": reason, "evidence": evidence,
            "by": "office-1"
        })
    };
    let words = json!({ "text": "说明.txt", "sha256": hash("handed/说明.txt") });
    assert_eq!(asked("420100"), of("answered", "420100", ("96.2", "95.1"), "重复计算", words));
    let letter = json!({ "text": "函〔2025〕66号" });
    assert_eq!(asked("420500"), of("closed", "420500", ("92.5", "93.5"), "口径有误", letter));
    let book = json!({ "text": "决算.xlsx", "sha256": hash("handed/华中/决算.xlsx") });
    assert_eq!(asked("430100"), of("budget", "430100", ("3500", "missing"), "经费未决算", book));
    assert_eq!(data["corrections"].as_array().unwrap().len(), 3);
    let returned = data["returned"].as_array().unwrap();
    let files: Vec<&str> = returned.iter().map(|file| file["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["华中/长沙 wps另存.xls", "合肥市.xlsx", "宜昌市报送(最终版).ods", "武汉 已盖章.xlsx"]);
    for file in returned {
        let path = format!("handed/{}", file["file"].as_str().unwrap());
        assert_eq!(file["sha256"], hash(&path));
        let counts = ["confirmed", "corrected", "open"].map(|key| file["sheet"][key].as_u64().unwrap());
        let expected = if file["sheet"]["unit"] == "340100" { [6, 0, 0] } else { [5, 1, 0] };
        assert_eq!(counts, expected, "{path}");
    }
    // Units stand by the data as corrected.
    let project = copy.scored().project;
    for file in returned {
        let unit = project.input.panel().units().position(file["sheet"]["unit"].as_str().unwrap()).unwrap();
        assert_eq!(file["sheet"]["digest"], benchline::validate::confirmation_digest(&project.input, unit));
    }
}

#[test]
fn a_folder_is_given_again_as_more_comes_in() {
    let copy = project("of-every-program");
    assert_eq!(revise(&copy, &["handed/合肥市.xlsx"]).code, 0);
    assert_eq!(revise(&copy, &["handed"]).code, 0);
    let lines = logged(&copy);
    let files = |line: &Json| line["data"]["returned"].as_array().unwrap().len();
    assert_eq!(lines.iter().map(files).collect::<Vec<_>>(), [1, 3]);
    for (lang, told) in [("zh", "没有新的内容可登记\n"), ("en", "there is nothing new to put on record\n")]
    {
        let again = revise(&copy, &["handed", "--lang", lang]);
        assert_eq!((again.code, again.stdout.as_str(), again.stderr.as_str()), (0, told, ""));
    }
    assert_eq!(logged(&copy).len(), 2);
    let named = revise(&copy, &["handed/合肥市.xlsx", "--lang", "en"]);
    assert_eq!(named.code, 1);
    let told = "error[V247]: `合肥市.xlsx` was handed in before: revisions.jsonl:1\n";
    assert!(named.stderr.starts_with(told), "{}", named.stderr);
}

/// A unit whose value was corrected by its sheet gets a sheet made anew for what it
/// left open; the old one is refused.
#[test]
fn a_sheet_counts_for_the_data_it_shows() {
    let copy = project("not-all-answered");
    assert_eq!(revise(&copy, &["handed/武汉.xlsx"]).code, 0);
    let again = project("data-changed-since");
    let old = again.path().join("handed/武汉.xlsx");
    let ran = revise(&copy, &[old.to_str().unwrap(), "--lang", "en"]);
    assert_eq!(ran.code, 1);
    let told = "error[V237]: the data of Wuhan (420100) have changed since the sheet was made: answered 96.2 → 95.1\n";
    assert!(ran.stderr.starts_with(told), "{}", ran.stderr);
    assert_eq!(logged(&copy).len(), 1);
}

/// The sheet of tests/cases/forms/confirmation: 36 values confirmed in LibreOffice and
/// one corrected, with a file as evidence, which has to be there.
#[test]
fn a_sheet_of_the_hotline_edition_is_put_on_record_with_its_evidence() {
    let copy = Copy::of("examples/hotline-2025");
    copy.edit("benchline.toml", "edition =", "revisions = \"revisions.jsonl\"\nedition =");
    copy.overlay(&root().join("tests/cases/forms/confirmation"));
    let ran = revise(&copy, &["420100-wuhan.ods", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    let told = "error[V245]: there is no file `回访台账.xlsx`, which is named as evidence\n";
    assert!(ran.stderr.starts_with(told), "{}", ran.stderr);
    copy.write("回访台账.xlsx", "a file\n");
    let ran = revise(&copy, &["420100-wuhan.ods"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let sheet = logged(&copy)[0]["data"]["returned"][0]["sheet"].clone();
    assert_eq!(
        (&sheet["confirmed"], &sheet["corrected"], &sheet["open"]),
        (&json!(36), &json!(1), &json!(0))
    );
    let change = logged(&copy)[0]["data"]["corrections"][0].clone();
    assert_eq!((&change["old"], &change["new"]), (&json!("69.5"), &json!("71.2")));
}

#[test]
fn who_has_confirmed_is_listed() {
    let copy = project("not-all-answered");
    let other = project("of-every-program");
    let sheets = other.path().join("handed");
    let mut given: Vec<String> = ["合肥市.xlsx", "宜昌市报送(最终版).ods"]
        .iter()
        .map(|name| sheets.join(name).to_str().unwrap().to_owned())
        .collect();
    given.push("handed/武汉.xlsx".to_owned());
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    assert_eq!(revise(&copy, &given).code, 0);
    copy.write("c.csv", "unit,indicator,old,new,reason\n340100,answered,91.0,91.5,recounted\n");
    assert_eq!(revise(&copy, &["c.csv"]).code, 0);
    let status = |lang| {
        let ran = benchline(copy.path(), &["confirm", ".", "--status", "--lang", lang]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        ran.stdout
    };
    assert_eq!(
        status("zh"),
        "\
单位    名称        状态  确认  更正  未答  修订
340100  合肥市  数据已变     6     0     0     1
420100  武汉市    未答完     3     1     2     1
420500  宜昌市    已确认     5     1     0     1
430100  长沙市    未交回     —     —     —     —
共 4 个单位：已确认 1，未答完 1，有更正未采纳 0，确认后数据已变 1，未交回 1
"
    );
    assert_eq!(
        status("en"),
        "\
unit    name              state  confirmed  corrected  open  revision
340100  Hefei     changed since          6          0     0         1
420100  Wuhan       open values          3          1     2         1
420500  Yichang       confirmed          5          1     0         1
430100  Changsha   not returned          —          —     —         —
4 units: 1 confirmed, 1 with open values, 0 with a refused correction, 1 whose data changed since, 1 not returned
"
    );
    let list = benchline(copy.path(), &["revise", ".", "--list", "--lang", "en"]).stdout;
    let told = "sheet of  confirmed  corrected  open\n340100    6                  0     0\n";
    assert!(list.contains(told), "{list}");
    let plain = Copy::of(BASE);
    let none = benchline(plain.path(), &["confirm", ".", "--status", "--lang", "en"]);
    assert_eq!(none.code, 1);
    assert!(
        none.stderr.starts_with("error[V245]: the project declares no log of revisions\n"),
        "{}",
        none.stderr
    );
}

/// What a sheet asks for is decided by a row of a table that asks for the same; another
/// value for the same thing is still a contradiction.
#[test]
fn a_table_decides_about_what_a_sheet_asks_for() {
    let copy = project("of-every-program");
    let heads = "单位,指标,原值,更正值,理由,类型,决定,经办\n";
    copy.write("决定.csv", &format!("{heads}武汉市,接通率,96.2,95.0,台账不符,更正,驳回,office-2\n"));
    let both = ["handed/武汉 已盖章.xlsx", "决定.csv", "--lang", "en"];
    let ran = revise(&copy, &both);
    assert_eq!(ran.code, 1);
    let told =
        "error[V244]: `answered` of 420100 is corrected twice, first at 武汉 已盖章.xlsx › 确认单 › I7\n";
    assert!(ran.stderr.starts_with(told), "{}", ran.stderr);
    copy.write("决定.csv", &format!("{heads}武汉市,接通率,96.2,95.1,台账不符,申诉,驳回,office-2\n"));
    let ran = revise(&copy, &both);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let line = logged(&copy).remove(0);
    let hash = benchline::digest::sha256(&fs::read(copy.path().join("handed/说明.txt")).unwrap());
    assert_eq!(
        line["data"]["corrections"],
        json!([{
            "unit": "420100", "indicator": "answered", "period": "2025", "kind": "appeal",
            "decision": "refused", "old": "96.2", "new": "95.1", "reason": "台账不符",
            "evidence": { "text": "说明.txt", "sha256": hash }, "by": "office-2"
        }])
    );
    let scored = copy.scored();
    let unit = scored.project.input.panel().units().position("420100").unwrap();
    assert_eq!(scored.project.input.of_unit(unit)[0].cell.value(), Some(96.2), "the value stays");
    let list = benchline(copy.path(), &["revise", ".", "--list"]).stdout;
    assert!(list.contains("420100  answered  2025  96.2  申诉驳回  台账不符\n"), "{list}");
    let status = benchline(copy.path(), &["confirm", ".", "--status"]).stdout;
    assert!(status.contains("420100  武汉市  有更正未采纳     5     1     0     1\n"), "{status}");
}
