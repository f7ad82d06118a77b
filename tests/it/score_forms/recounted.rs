//! Score sheets that are filled in anew for a recount.

use std::fs;
use std::path::Path;

use super::{CONTEST, done, fill, parts, record, run};
use crate::support::{Copy, Ran, root};

/// The contest with the four sheets of its first round on record, and a recount of
/// the first place, T1, drawn.
fn drawn() -> Copy {
    let copy = Copy::of(CONTEST);
    let at = copy.path();
    copy.overlay(&root().join("tests/cases/forms"));
    let files = ["talk-E1.xlsx", "talk-E2.xlsx", "talk-P1.ods", "talk.xls"];
    let files = files.map(|name| format!("returned/{name}"));
    let mut all = vec!["enter", "."];
    all.extend(files.iter().map(String::as_str));
    done(record(at, &all, "en"));
    let draw = ["recount", "draw", ".", "R1", "--stage", "first", "--top", "1", "--public", "7"];
    let said = done(record(at, &draw, "en"));
    assert!(said.contains("recount R1 (first): 1 entries to be keyed anew: T1\n"), "{said}");
    assert!(said.contains("recount/R1/returned/talk-P1.ods"), "{said}");
    done(run(at, &["forms", ".", "--recount", "R1"], "en"));
    copy
}

/// What all sheets say of T1, on the blank ones of the recount.
const T1: [(&str, &[(&str, &str)]); 4] = [
    ("talk-E1.xlsx", &[("C7", "55"), ("D7", "38"), ("E7", "9"), ("E8", "8.5")]),
    ("talk-E2.xlsx", &[("C7", "54"), ("D7", "37.5"), ("E7", "9.5"), ("E8", "8")]),
    ("talk-P1.xlsx", &[("B7", "90")]),
    ("talk.xlsx", &[("B7", "300")]),
];

fn fill_all(at: &Path) {
    for (name, cells) in T1 {
        fill(&at.join("recount/R1/forms").join(name), cells);
    }
}

fn count(at: &Path, lang: &str) -> Ran {
    record(at, &["recount", "enter", ".", "R1", "--by", "other"], lang)
}

#[test]
fn its_sheets_have_the_rows_that_are_counted_and_come_back_under_any_name() {
    let copy = drawn();
    let at = copy.path();
    let mut names: Vec<String> = fs::read_dir(at.join("recount/R1/forms"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let made = ["talk-E1.xlsx", "talk-E2.xlsx", "talk-P1.xlsx", "talk.en.pdf", "talk.xlsx", "talk.zh.pdf"];
    assert_eq!(names[1..], made);
    let texts = &parts(&at.join("recount/R1/forms/talk-E1.xlsx"))["xl/sharedStrings.xml"];
    assert!(texts.contains(">T1-2<") && !texts.contains(">T2<"), "{texts}");
    let early = count(at, "en");
    for who in ["E1", "E2", "P1", "—"] {
        let lacks = format!("error[C454]: the recount `R1` lacks the marks of {who} in `talk`\n");
        assert!(early.stderr.contains(&lacks), "{}", early.stderr);
    }
    fill_all(at);
    fs::create_dir(at.join("recount/R1/late")).unwrap();
    let forms = at.join("recount/R1/forms");
    fs::rename(forms.join("talk-E2.xlsx"), at.join("recount/R1/late/评分表(1).xlsx")).unwrap();
    let said = done(count(at, "en"));
    // Two experts give two marks to the team and one to each of its two members; one of
    // the public one mark; the time is one.
    let line = "recount R1 (first): 1 entries, 10 marks compared, 0 differences, 0 to be decided\n";
    assert!(said.ends_with(line), "{said}");
    let holds = done(run(at, &["verify", "."], "en"));
    assert!(holds.contains(", 1 recounts, "), "{holds}");
    fill(&forms.join("talk.xlsx"), &[("B7", "301")]);
    let changed = run(at, &["verify", "."], "en");
    assert!(
        changed
            .stderr
            .contains("error[C434]: `recount/R1/forms/talk.xlsx` does not have the hash that event"),
        "{}",
        changed.stderr
    );
    let again = run(at, &["forms", ".", "--recount", "R1", "--out", "more"], "en");
    assert!(again.stderr.contains("error[C453]: the recount `R1` was keyed in event "), "{}", again.stderr);
}

#[test]
fn what_differs_is_told_with_its_cell() {
    let copy = drawn();
    let at = copy.path();
    fill_all(at);
    fill(&at.join("recount/R1/forms/talk-E1.xlsx"), &[("E8", "8"), ("D7", "")]);
    let ran = count(at, "en");
    assert!(
        ran.stderr.contains(
            "for `personal` of T1-2 by E1 in `talk` counts as 8.5 (returned/talk-E1.xlsx › 评分表 › E8), and was keyed anew as 8\n--> recount/R1/forms/talk-E1.xlsx › 评分表 › E8\n"
        ),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("by E1 in `talk` counts as 38"), "{}", ran.stderr);
    assert!(ran.stderr.contains(", and was keyed anew as no mark\n"), "{}", ran.stderr);
    let about = ["--round", "talk", "--entry", "T1", "--judge", "E1", "--why", "as on paper"];
    for other in [
        &["--member", "T1-2", "--criterion", "personal", "--value", "8"][..],
        &["--criterion", "delivery", "--value", "38"],
    ] {
        let mut verb = vec!["correct", "."];
        verb.extend_from_slice(&about);
        verb.extend_from_slice(other);
        done(record(at, &verb, "en"));
    }
    let status = done(run(at, &["status", "."], "en"));
    assert!(status.ends_with(", 2 differences, 0 to be decided\n"), "{status}");
    done(run(at, &["verify", "."], "en"));
}

#[test]
fn copies_doubles_and_sheets_without_a_key_are_refused() {
    let copy = drawn();
    let at = copy.path();
    fill_all(at);
    let forms = at.join("recount/R1/forms");
    fs::copy(at.join("returned/talk-E1.xlsx"), forms.join("talk-E1.xlsx")).unwrap();
    fs::copy(forms.join("talk-E2.xlsx"), forms.join("talk-E2 (1).xlsx")).unwrap();
    fill(&forms.join("talk-P1.xlsx"), &[("A4", "no key")]);
    fill(&forms.join("talk.xlsx"), &[("A4", "benchline:form/1 2025|talk|-")]);
    let [zh, en] = ["zh", "en"].map(|lang| count(at, lang).stderr);
    for said in [
        "error[C465]: this is the file that was keyed (`returned/talk-E1.xlsx`): nothing was counted anew\n--> recount/R1/forms/talk-E1.xlsx\n = help: let somebody else fill in another copy from the paper sheet, and put it under recount/R1/forms/\n",
        "error[C465]: there are two score sheets of E2 in `talk`\n--> recount/R1/forms/talk-E2.xlsx\n",
        "error[C463]: `recount/R1/forms/talk-P1.xlsx` is not declared as a score sheet and bears no form key\n",
        "error[C464]: this is a score sheet of the edition `2025`; this contest is `2026`\n--> recount/R1/forms/talk.xlsx\n",
    ] {
        assert!(en.contains(said), "{en}");
    }
    let copied = "错误[C465]: 这就是录过的文件（“returned/talk-E1.xlsx”），没有重新录入\n--> recount/R1/forms/talk-E1.xlsx\n = 办法: 由另一人照纸质评分表另填一份，放在 recount/R1/forms/ 下\n";
    assert!(zh.contains(copied), "{zh}");
}

#[test]
fn a_recount_that_was_not_drawn_has_no_sheets() {
    let copy = drawn();
    let ran = run(copy.path(), &["forms", ".", "--recount", "R7"], "zh");
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.starts_with("错误[C453]: 没有抽过复核“R7”\n"), "{}", ran.stderr);
}
