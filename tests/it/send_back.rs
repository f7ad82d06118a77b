//! Findings as workbooks to be sent back: each unit gets its own, and all stand in
//! one.

use calamine::{Reader as _, Xlsx, open_workbook};

use crate::support::{Copy, benchline, files, root};

fn project() -> Copy {
    let copy = Copy::of("tests/cases/findings/_base");
    copy.overlay(&root().join("tests/cases/findings/plausibility-jump"));
    copy.edit("data/values.csv", "913300,", "913300,约八成");
    copy
}

/// The rows of a sheet below its head, each joined by `|`.
fn rows(path: &std::path::Path, sheet: &str) -> Vec<String> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let range = workbook.worksheet_range(sheet).unwrap();
    let rows = range.rows().skip(3);
    rows.map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")).collect()
}

#[test]
fn every_unit_gets_its_own_findings_and_all_stand_in_one_workbook() {
    let copy = project();
    let ran = benchline(copy.path(), &["check", ".", "--findings", "back"]);
    assert_eq!(ran.code, 1, "an error is an error");
    let names: Vec<String> = files(&copy.path().join("back")).into_iter().map(|(name, _)| name).collect();
    let units = ["910400", "910700", "911000", "912100", "913200", "913300", "914500", "915800"];
    let mut expected = vec!["findings.xlsx".to_owned(), "manifest.json".to_owned()];
    expected.extend(units.iter().map(|unit| format!("units/{unit}.xlsx")));
    assert_eq!(names, expected);
    // 912100 is one of three that a finding of several tells of: it gets its own.
    assert_eq!(
        rows(&copy.path().join("back/units/912100.xlsx"), "核对意见 Findings"),
        [
            "1|警告|V251|data/extra.csv||82:18|62.5|示例21市（912100）的“按时办结率”由 2024 期的 93.8 变为 62.5，各单位变化的中位数为 +0.85，偏离为稳健标准差的 28.9 倍|对照原始记录核对；若数值无误，可不理会|"
        ]
    );
    let summary = rows(&copy.path().join("back/findings.xlsx"), "汇总 Summary");
    assert_eq!(summary.first().unwrap(), "|综合||0|1|0");
    assert_eq!(summary.get(6).unwrap(), "913300|示例33市|units/913300.xlsx|1|0|0");
    let all = rows(&copy.path().join("back/findings.xlsx"), "全部 All");
    assert_eq!(all.len(), 9);
}

#[test]
fn equal_findings_give_equal_bytes_and_replies_are_not_written_over() {
    let copy = project();
    let run = || benchline(copy.path(), &["check", ".", "--findings", "back.xlsx", "--lang", "en"]);
    run();
    let first = std::fs::read(copy.path().join("back.xlsx")).unwrap();
    assert!(!run().stderr.contains("O501"), "nothing changed");
    assert_eq!(std::fs::read(copy.path().join("back.xlsx")).unwrap(), first);
    copy.write("back.xlsx", "with a reply");
    assert!(run().stderr.contains("error[O501]: `./back.xlsx` was changed and is not replaced"));
    assert_eq!(std::fs::read(copy.path().join("back.xlsx")).unwrap(), b"with a reply");
}

#[test]
fn programs_are_told_the_unit() {
    let copy = project();
    let ran = benchline(copy.path(), &["check", ".", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let found = json["findings"].as_array().unwrap();
    let own = found.iter().find(|finding| finding["unit"]["code"] == "910400").unwrap();
    assert_eq!(own["unit"]["name"]["zh"], "示例4市");
    assert!(found.iter().any(|finding| finding.get("unit").is_none()), "one is about several");
    let sarif = benchline(copy.path(), &["check", ".", "--format", "sarif"]).stdout;
    let github = benchline(copy.path(), &["check", ".", "--format", "github"]).stdout;
    assert!(sarif.contains("\"V251\"") && github.contains("::warning file=") && github.contains("V251"));
}
