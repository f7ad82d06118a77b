//! Score sheets that come back: read, checked, refused.

use std::fs;

use super::{CONTEST, E1, done, events, fill, parts, record, run, with_forms};
use crate::support::{Copy, root};

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

/// Sheets that came back by their keys need no folder of sheets: where one is declared
/// as well and holds none, nothing is amiss. A draw tells its order at once.
#[test]
fn a_declared_folder_may_stay_empty() {
    let copy = with_forms();
    let at = copy.path();
    let declared = fs::read_to_string(at.join("benchline.toml")).unwrap();
    let marks = "\n[[marks]]\nround = \"talk\"\nfolder = \"sheets\"\nlayout = \"criteria\"\n";
    fs::write(at.join("benchline.toml"), declared + marks).unwrap();
    fill(&at.join("forms/talk-E1.xlsx"), &E1);
    done(record(at, &["enter", ".", "forms/talk-E1.xlsx"], "en"));
    let ran = run(at, &["verify", "."], "en");
    assert!(!ran.stderr.contains("I101"), "{}", ran.stderr);
    fs::remove_file(at.join("forms/talk-E1.xlsx")).unwrap();
    let ran = run(at, &["verify", "."], "en");
    assert!(ran.stderr.contains("error[I101]: there is no file `forms/talk-E1.xlsx`"), "{}", ran.stderr);
}

#[test]
fn a_draw_tells_its_order() {
    let copy = Copy::of(CONTEST);
    let at = copy.path();
    done(record(at, &["draw", "commit", ".", "talk_order", "--secret", "safe"], "en"));
    let reveal = ["draw", "reveal", ".", "talk_order", "--secret", "safe", "--public", "7"];
    let told = done(record(at, &reveal, "en"));
    let log = fs::read_to_string(at.join("log.jsonl")).unwrap();
    let order = told.lines().last().and_then(|line| line.strip_prefix("order: ")).unwrap();
    let listed = format!("\"order\":[\"{}\"]", order.replace(' ', "\",\""));
    assert!(order.contains("T1") && log.contains(&listed), "{told}\n{log}");
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

/// The sum of a row is a formula of the sheet's own. openpyxl saves it without its
/// value, and others with an old one.
#[test]
fn sums_are_not_read() {
    let copy = Copy::of(CONTEST);
    let at = copy.path();
    copy.edit("rubrics/talks.toml", "step = 0.5\nper_member = true", "step = 0.5");
    done(run(at, &["forms", "."], "en"));
    let form = at.join("forms/talk-E1.xlsx");
    let marks: Vec<(String, &str)> = (7..11)
        .flat_map(|row| {
            [("B", "50"), ("C", "30"), ("D", "8")].map(|(column, mark)| (format!("{column}{row}"), mark))
        })
        .collect();
    fill(&form, &marks.iter().map(|(cell, mark)| (cell.as_str(), *mark)).collect::<Vec<_>>());
    super::edit(&form, |xml| {
        assert!(xml.contains("<f>IF(COUNT(B7:D7)=0,\"\",ROUND(SUM(B7:D7),6))</f><v>0</v>"), "{xml}");
        xml.replacen("ROUND(SUM(B7:D7),6))</f><v>0</v>", "ROUND(SUM(B7:D7),6))</f>", 1).replacen(
            "ROUND(SUM(B8:D8),6))</f><v>0</v>",
            "ROUND(SUM(B8:D8),6))</f><v>7</v>",
            1,
        )
    });
    done(record(at, &["enter", ".", "forms/talk-E1.xlsx"], "en"));
    assert_eq!(events(at)[0].marks.len(), 12);
}

/// What was keyed stays on record when the judge is recused later, and is what the
/// sheet says.
#[test]
fn a_recusal_after_keying_leaves_the_sheet_as_it_was() {
    let copy = Copy::of(CONTEST);
    let at = copy.path();
    copy.overlay(&root().join("tests/cases/forms"));
    let files =
        ["talk-E1.xlsx", "talk-E2.xlsx", "talk-P1.ods", "talk.xls"].map(|name| format!("returned/{name}"));
    let mut all = vec!["enter", "."];
    all.extend(files.iter().map(String::as_str));
    done(record(at, &all, "en"));
    done(record(
        at,
        &["recuse", ".", "--round", "talk", "--judge", "E1", "--entry", "T2", "--why", "coach"],
        "en",
    ));
    assert!(done(run(at, &["verify", "."], "en")).starts_with("all holds: 6 events, 0 draws, 4 sheets"));
}
