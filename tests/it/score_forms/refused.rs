//! Score sheets with mistakes, of other contests, from elsewhere.

use std::fs;
use std::path::Path;

use super::{E1, fill, record, with_forms};
use crate::support::root;

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
