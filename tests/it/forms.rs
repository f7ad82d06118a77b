//! Data-entry workbooks: blank ones are the same bytes again, carry what is asked
//! and nothing of other units, and fill a project that has no other data.
//! Those that people filled in are in tests/cases/input/forms-*.

use std::fs;

use crate::support::{Copy, benchline};

const FORMS: &str = "[forms]\nfiles = \"报送/*\"\nindicators = [\"answered\", \"waiting\"]\n";

fn project() -> Copy {
    let copy = Copy::of("tests/cases/findings/_base");
    let text = fs::read_to_string(copy.path().join("benchline.toml")).unwrap();
    let start = text.find("[[data]]").unwrap();
    let rest = text[start..].split("\n\n").filter(|part| !part.starts_with("[[data]]"));
    let rest = rest.collect::<Vec<_>>().join("\n\n");
    copy.write("benchline.toml", &format!("{}{FORMS}\n{rest}", &text[..start]));
    copy
}

#[test]
fn blank_forms_need_no_data_and_are_the_same_again() {
    let copy = project();
    let made = ["one", "two"].map(|out| {
        let ran = benchline(copy.path(), &["forms", ".", "--out", out]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        crate::support::files(&copy.path().join(out))
    });
    assert_eq!(made[0], made[1]);
    let names: Vec<&str> = made[0].iter().map(|(name, _)| name.as_str()).collect();
    // Ranked units only: the benchmark reports nothing.
    assert_eq!(names, ["340100.xlsx", "420100.xlsx", "420500.xlsx", "430100.xlsx", "manifest.json"]);
}

#[test]
fn one_unit_can_be_asked_for_and_an_unknown_one_is_a_finding() {
    let copy = project();
    let ran = benchline(copy.path(), &["forms", ".", "--unit", "000000"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let names: Vec<String> =
        crate::support::files(&copy.path().join("forms")).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["000000.xlsx", "manifest.json"]);
    let ran = benchline(copy.path(), &["forms", ".", "--unit", "420111", "--lang", "en"]);
    let said = "error[V201]: the registry has no unit `420111`\n--> data/units.csv\n = help: write a code as the registry has it\n\nerrors: 1, warnings: 0, notes: 0\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (1, said));
}

#[test]
fn nothing_handed_in_yet_is_said_where_forms_are_declared() {
    let copy = project();
    let ran = benchline(copy.path(), &["check", ".", "--lang", "en"]);
    assert!(ran.stderr.contains("there is no table like `报送/*`"), "{}", ran.stderr);
    assert!(ran.stderr.contains("files = \"报送/*\""), "{}", ran.stderr);
    assert_eq!((ran.code, ran.stderr.contains("errors: 1,")), (1, true), "{}", ran.stderr);
}

#[test]
fn a_project_without_any_data_is_refused() {
    let copy = project();
    copy.edit("benchline.toml", FORMS, "");
    let ran = benchline(copy.path(), &["check", ".", "--lang", "en"]);
    assert!(ran.stderr.contains("there are no data: neither `[[data]]` nor `[forms]`"), "{}", ran.stderr);
}
