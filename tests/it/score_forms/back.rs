//! Score sheets that come back: read, checked, refused.

use std::fs;
use std::path::Path;

use super::{CONTEST, done, events, fill, parts, record, run, with_forms};
use crate::support::{Copy, root};

/// What the expert E1 gave, in the sheet without a drawn order.
const E1: [(&str, &str); 16] = [
    ("C7", "55"),
    ("D7", "38"),
    ("E7", "9"),
    ("E8", "8.5"),
    ("C9", "51.5"),
    ("D9", "35.5"),
    ("E9", "8"),
    ("E10", "7.5"),
    ("C11", "48"),
    ("D11", "31"),
    ("E11", "7"),
    ("E12", "6.5"),
    ("C13", "44.5"),
    ("D13", "30"),
    ("E13", "6"),
    ("E14", "5.5"),
];

/// The files in tests/cases/forms/returned were filled in by openpyxl and saved by
/// LibreOffice as xlsx, ods and xls (tests/cases/forms/fill.py).
#[test]
fn sheets_that_other_programs_saved_come_back() {
    let copy = Copy::of(CONTEST);
    let at = copy.path();
    copy.overlay(&root().join("tests/cases/forms"));
    let files =
        ["talk-E1.xlsx", "talk-E2.xlsx", "talk-P1.ods", "talk.xls"].map(|name| format!("returned/{name}"));
    let mut all = vec!["enter", "."];
    all.extend(files.iter().map(String::as_str));
    assert!(done(record(at, &all, "en")).starts_with("on record: 5 events, 5 in all\n"));
    let entered = events(at);
    let of = |judge: Option<&str>| entered.iter().find(|one| one.judge.as_deref() == judge).unwrap();
    assert_eq!(entered.iter().map(|one| one.marks.len()).collect::<Vec<_>>(), [16, 12, 4, 4]);
    let mark = |judge, entry: &str, member: Option<&str>, criterion: &str| {
        let mut marks = of(judge).marks.iter();
        let own = marks.find(|one| {
            let about = &one.about;
            about.entry == entry && about.member.as_deref() == member && about.criterion == criterion
        });
        own.map(|one| one.mark.clone()).unwrap_or_default()
    };
    assert_eq!(mark(Some("E1"), "T2", None, "content"), "51.5");
    assert_eq!(mark(Some("E1"), "T4", Some("T4-2"), "personal"), "5.5");
    assert_eq!(mark(Some("E2"), "T2", Some("T2-1"), "personal"), "8.5");
    assert_eq!(mark(Some("E2"), "T3", None, "content"), "", "E2 is recused from T3");
    assert_eq!(mark(Some("P1"), "T1", None, "overall"), "90");
    assert_eq!(mark(None, "T3", None, "seconds"), "310");
    assert!(done(run(at, &["status", "."], "en")).starts_with("every round that has begun is complete"));
    assert!(done(run(at, &["verify", "."], "en")).starts_with("all holds: 5 events, 0 draws, 4 sheets"));
    // Said once more, the same files change nothing.
    let again = record(at, &all, "en");
    assert!(
        again.stderr.starts_with("error[C448]: there is no sheet that is not on record\n"),
        "{}",
        again.stderr
    );
    // The next stage has its entries now, and rows for attempts.
    done(run(at, &["forms", ".", "--round", "trial", "--out", "next"], "en"));
    let trial = &parts(&at.join("next/trial-E1.xlsx"))["xl/sharedStrings.xml"];
    assert!(trial.contains(">动作<") && trial.contains(">T1<") && !trial.contains(">T4<"), "{trial}");
}

#[test]
fn a_sheet_is_read_for_its_judge_and_checked_again() {
    let copy = with_forms();
    let at = copy.path();
    let form = at.join("forms/talk-E1.xlsx");
    fill(&form, &E1);
    // By its path from where the program runs, too.
    let outside = at.parent().unwrap();
    let name = at.file_name().unwrap().to_str().unwrap();
    let path = format!("{name}/forms/talk-E1.xlsx");
    done(record(outside, &["enter", name, &path, &format!("{name}/forms/talk-P1.xlsx")], "en"));
    let entered = events(at);
    assert_eq!((entered.len(), entered[0].source.path.as_str()), (1, "forms/talk-E1.xlsx"));
    assert_eq!(entered[0].source.sheet.as_deref(), Some("评分表"));
    assert_eq!(entered[0].marks.len(), E1.len());
    let status = done(run(at, &["status", "."], "zh"));
    assert!(
        !status.contains("E1") && status.contains("talk　评委 E2：已交 0，还缺 3：T1、T2、T4"),
        "{status}"
    );
    // Blank sheets do not take the place of what is filled in.
    let again = run(at, &["forms", "."], "en");
    assert!(again.stderr.contains("error[O501]"), "{}", again.stderr);
    fill(&form, &[("C7", "56")]);
    let changed = run(at, &["verify", "."], "en");
    assert!(
        changed
            .stderr
            .contains("error[C434]: `forms/talk-E1.xlsx` does not have the hash that event 2 recorded"),
        "{}",
        changed.stderr
    );
    let keyed = record(at, &["enter", ".", "forms/talk-E1.xlsx"], "en");
    assert!(
        keyed.stderr.starts_with(
            "error[C435]: `forms/talk-E1.xlsx` was keyed in event 2, and the file has changed since\n"
        ),
        "{}",
        keyed.stderr
    );
    let other = at.join("returned.xlsx");
    fs::copy(&form, other).unwrap();
    let twice = record(at, &["enter", ".", "returned.xlsx"], "en");
    assert_eq!(
        twice.stderr,
        "error[C465]: the score sheet of E1 in `talk` was keyed in event 2, from `forms/talk-E1.xlsx`\n--> returned.xlsx\n = help: to change a mark, use `contest correct`; for a second entry add `--second`\n\nerrors: 1, warnings: 0, notes: 0\n"
    );
}

#[test]
fn a_second_entry_is_another_file_by_somebody_else() {
    let copy = with_forms();
    let at = copy.path();
    fill(&at.join("forms/talk-E1.xlsx"), &E1);
    done(record(at, &["enter", ".", "forms/talk-E1.xlsx"], "en"));
    let second = |by: &str| record(at, &["enter", ".", "forms/talk-E1.xlsx", "--second", "--by", by], "en");
    let one_file = second("keying-2");
    assert_eq!(
        one_file.stderr,
        "error[C465]: both entries are the same file, `forms/talk-E1.xlsx`\n--> forms/talk-E1.xlsx\n = help: let somebody else fill in another copy from the paper sheet, and put it under second/\n\nerrors: 1, warnings: 0, notes: 0\n"
    );
    fs::create_dir_all(at.join("second/forms")).unwrap();
    let own = at.join("second/forms/talk-E1.xlsx");
    fs::copy(at.join("forms/talk-E1.xlsx"), &own).unwrap();
    fill(&own, &[("D9", "33.5")]);
    let same = second("office");
    assert!(same.stderr.contains("error[C438]"), "{}", same.stderr);
    let differ = second("keying-2");
    assert!(
        differ.stderr.contains(
            "error[C436]: the two entries of the mark for `delivery` of T2 by E1 in `talk` differ: office keyed 35.5 (forms/talk-E1.xlsx › 评分表 › D9), keying-2 keyed 33.5 (second/forms/talk-E1.xlsx › 评分表 › D9); neither counts"
        ),
        "{}",
        differ.stderr
    );
    let entered = events(at);
    assert_eq!(entered.iter().map(|one| one.pass).collect::<Vec<_>>(), [1, 2]);
    done(record(
        at,
        &[
            "correct",
            ".",
            "--round",
            "talk",
            "--judge",
            "E1",
            "--entry",
            "T2",
            "--criterion",
            "delivery",
            "--value",
            "35.5",
            "--why",
            "as on paper",
        ],
        "en",
    ));
}

/// What is said of a sheet with these cells, in both languages.
fn said(change: impl Fn(&Path)) -> (String, String) {
    let copy = with_forms();
    let at = copy.path();
    let form = at.join("forms/talk-E1.xlsx");
    fill(&form, &E1);
    change(at);
    let [zh, en] = ["zh", "en"].map(|lang| {
        let ran = record(at, &["enter", ".", "forms/talk-E1.xlsx"], lang);
        assert_eq!(ran.code, 1, "{}", ran.stdout);
        ran.stderr
    });
    assert!(!at.join("log.jsonl").exists(), "something was recorded");
    (zh, en)
}

#[test]
fn every_mistake_on_a_sheet_is_told_with_its_cell() {
    let (zh, en) = said(|at| {
        fill(
            &at.join("forms/talk-E1.xlsx"),
            &[("C7", ""), ("D9", "41"), ("E10", "7.3"), ("C11", "good"), ("B13", "T9"), ("A14", "T5")],
        );
    });
    let expected = fs::read_to_string(root().join("tests/cases/forms/mistakes.zh.txt")).unwrap_or_default();
    if std::env::var_os("BENCHLINE_BLESS").is_some() {
        fs::write(root().join("tests/cases/forms/mistakes.zh.txt"), &zh).unwrap();
        fs::write(root().join("tests/cases/forms/mistakes.en.txt"), &en).unwrap();
        return;
    }
    assert_eq!(zh, expected);
    assert_eq!(en, fs::read_to_string(root().join("tests/cases/forms/mistakes.en.txt")).unwrap());
}

/// The key of the sheet changed to another text.
fn with_key(at: &Path, key: &str) {
    fill(&at.join("forms/talk-E1.xlsx"), &[("A4", key)]);
}

#[test]
fn a_sheet_of_another_contest_is_refused() {
    for (key, zh, en) in [
        (
            "benchline:form/1 2025|talk|E1",
            "错误[C464]: 这是“2025”届的评分表，本项目是“2026”\n--> forms/talk-E1.xlsx\n = 办法: 找出本届的评分表\n",
            "error[C464]: this is a score sheet of the edition `2025`; this contest is `2026`\n--> forms/talk-E1.xlsx\n = help: look for the sheet of this edition\n",
        ),
        (
            "benchline:form/1 2026|tlak|E1",
            "错误[C464]: 表号中的轮次“tlak”不存在\n--> forms/talk-E1.xlsx\n = 办法: 是否想写 `talk`？\n",
            "error[C464]: the form key names the round `tlak`, which there is not\n--> forms/talk-E1.xlsx\n = help: did you mean `talk`?\n",
        ),
        (
            "benchline:form/1 2026|talk|X7",
            "错误[C464]: 表号中的评委“X7”不存在\n--> forms/talk-E1.xlsx\n = 办法: 可用：E1, E2, P1\n",
            "error[C464]: the form key names the judge `X7`, which there is not\n--> forms/talk-E1.xlsx\n = help: the choices are E1, E2, P1\n",
        ),
        (
            "benchline:form/1 2026|trial|E1",
            "错误[C464]: 还不知道谁参加“trial”\n--> forms/talk-E1.xlsx\n = 办法: 先录完前一阶段的评分表，或抽签\n",
            "error[C464]: it is not known yet who takes part in `trial`\n--> forms/talk-E1.xlsx\n = help: key the sheets of the stage before first, or make the draw\n",
        ),
        (
            "benchline:form/9 2026|talk|E1",
            "错误[C464]: 表号“benchline:form/9 2026|talk|E1”不完整，或版本不同\n--> forms/talk-E1.xlsx\n = 办法: 恢复原来的表号；或用 `benchline contest forms` 重新生成，抄入分数\n",
            "error[C464]: the form key `benchline:form/9 2026|talk|E1` is not whole, or of another version\n--> forms/talk-E1.xlsx\n = help: restore the key; or make the sheet anew with `benchline contest forms` and copy the marks\n",
        ),
        (
            "no key",
            "错误[C463]: “forms/talk-E1.xlsx”既没有声明为评分表，也没有表号\n--> forms/talk-E1.xlsx\n = 办法: 用 `benchline contest forms` 生成的工作簿，保留前几行的表号；或在 benchline.toml 的 [[marks]] 中声明\n",
            "error[C463]: `forms/talk-E1.xlsx` is not declared as a score sheet and bears no form key\n--> forms/talk-E1.xlsx\n = help: use a workbook of `benchline contest forms` and keep the key in its first rows; or declare the file as [[marks]] in benchline.toml\n",
        ),
    ] {
        let (said_zh, said_en) = said(|at| with_key(at, key));
        assert!(said_zh.starts_with(zh), "{said_zh}");
        assert!(said_en.starts_with(en), "{said_en}");
    }
}

#[test]
fn a_sheet_outside_the_project_is_refused() {
    let copy = with_forms();
    let elsewhere = tempfile::tempdir().unwrap();
    let path = elsewhere.path().join("talk-E1.xlsx");
    fs::copy(copy.path().join("forms/talk-E1.xlsx"), &path).unwrap();
    let path = path.to_str().unwrap();
    let ran = record(copy.path(), &["enter", ".", path], "en");
    assert!(ran.stderr.starts_with("error[C462]: `"), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("is not in the project folder, where `verify` reads sheets again\n")
            && ran.stderr.contains(
                " = help: put it into the project folder, for example into forms/, and key it from there\n"
            ),
        "{}",
        ran.stderr
    );
    let absent = record(copy.path(), &["enter", ".", "forms/talk-E9.xlsx"], "zh");
    assert!(absent.stderr.contains("找不到文件“forms/talk-E9.xlsx”"), "{}", absent.stderr);
}

#[test]
fn a_sheet_that_nobody_filled_in_is_passed_over() {
    let copy = with_forms();
    let ran = record(copy.path(), &["enter", ".", "forms/talk-P1.xlsx", "forms/~$talk-P1.xlsx"], "zh");
    assert!(
        ran.stderr.contains(
            "提示[C468]: 评分表还是空白的，没有录入\n--> forms/talk-P1.xlsx\n = 办法: 交回后再录\n"
        ),
        "{}",
        ran.stderr
    );
}

/// A no-show is recorded before the sheets are keyed: its cells may stay empty.
#[test]
fn cells_of_who_did_not_come_may_be_empty() {
    let copy = with_forms();
    let at = copy.path();
    let form = at.join("forms/talk-P1.xlsx");
    fill(&form, &[("B7", "90"), ("B8", "80"), ("B10", "70")]);
    let early = record(at, &["enter", ".", "forms/talk-P1.xlsx"], "en");
    assert!(
        early.stderr.starts_with(
            "error[C467]: there is no mark for `Public mark` of T3\n--> forms/talk-P1.xlsx › 评分表 › B9\n"
        ),
        "{}",
        early.stderr
    );
    done(record(at, &["event", ".", "no-show", "--round", "talk", "--entry", "T3", "--why", "late"], "en"));
    done(record(at, &["enter", ".", "forms/talk-P1.xlsx"], "en"));
    // A sheet made now says so.
    done(run(at, &["forms", ".", "--out", "later"], "en"));
    let texts = &parts(&at.join("later/talk-P1.xlsx"))["xl/sharedStrings.xml"];
    assert!(texts.contains("未到 · did not appear"), "{texts}");
}
