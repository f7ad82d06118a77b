//! One folder per mistake in tests/cases/findings: files that lie over the base
//! project, and what `benchline check` then says in both languages, to the last
//! character. `BENCHLINE_BLESS=1` writes the expectations anew, to be reviewed.

use std::fs;
use std::path::Path;

use crate::support::{Copy, benchline, root};

const CASES: &str = "tests/cases/findings";

#[test]
fn every_mistake_is_found_and_located() {
    let bless = std::env::var_os("BENCHLINE_BLESS").is_some();
    let mut cases: Vec<_> = fs::read_dir(root().join(CASES))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir() && !path.ends_with("_base"))
        .collect();
    cases.sort();
    assert!(cases.len() >= 60, "{} cases", cases.len());
    let failed: Vec<String> = cases.iter().flat_map(|case| failures(case, bless)).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn a_sound_project_has_no_findings() {
    let base = Copy::of(&format!("{CASES}/_base"));
    for lang in ["zh", "en"] {
        let ran = benchline(base.path(), &["check", ".", "--lang", lang]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    }
}

fn failures(case: &Path, bless: bool) -> Vec<String> {
    let copy = Copy::of(&format!("{CASES}/_base"));
    copy.overlay(case);
    for file in fs::read_to_string(case.join("remove.txt")).unwrap_or_default().lines() {
        fs::remove_file(copy.path().join(file)).unwrap();
    }
    let mut failures = Vec::new();
    let mut expect = |file: &str, found: &str| {
        let path = case.join(file);
        if bless {
            fs::write(&path, found).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if expected != found {
            failures.push(format!("{}:\n--- expected\n{expected}--- found\n{found}", path.display()));
        }
    };
    for lang in ["zh", "en"] {
        let ran = benchline(copy.path(), &["check", ".", "--lang", lang]);
        expect(&format!("expected.{lang}.txt"), &ran.stderr);
        expect("expected.exit", &format!("{}\n", ran.code));
    }
    failures
}
