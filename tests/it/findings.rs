//! One folder per mistake in tests/cases/findings: files that lie over the base
//! project, and what `benchline check` then says in both languages, to the last
//! character. `BENCHLINE_BLESS=1` writes the expectations anew, to be reviewed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use benchline::diagnostics::{Code, Findings};
use benchline::project;

use crate::support::{Copy, benchline, cases};

const CASES: &str = "tests/cases/findings";

#[test]
fn every_mistake_is_found_and_located() {
    let bless = std::env::var_os("BENCHLINE_BLESS").is_some();
    let cases = cases(CASES);
    assert!(cases.len() >= 270, "{} cases", cases.len());
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

/// Whatever a person can do wrong has a case that shows what is then said. Not
/// among them: a file over the limit, which has a test of its own, and what
/// comes up only when outputs are made, nor workbooks, which tests/it/workbooks.rs
/// makes. Files as people send them have cases in tests/cases/input.
#[test]
fn every_code_has_a_case() {
    let expected: String = cases(CASES)
        .iter()
        .chain(&cases("tests/cases/input"))
        .chain(&cases("tests/cases/returned"))
        .map(|case| fs::read_to_string(case.join("expected.en.txt")).unwrap_or_default())
        .collect();
    let elsewhere = BTreeSet::from([
        Code::FileTooLarge,
        Code::MissingGlyph,
        Code::Template,
        Code::OutputNotOurs,
        Code::WorkbookUnreadable,
        Code::WorkbookEncrypted,
        Code::WorkbookTooLarge,
        Code::TableTooLarge,
        Code::SheetNotFound,
        Code::DocumentsFailed,
        Code::DependsOnOthers,
        Code::NotABundle,
        Code::BundleChanged,
        Code::NothingToAssess,
        Code::DrawsFailed,
        Code::NoDraws,
        Code::TooManyDraws,
        // Revisions: see revise.rs.
        Code::RevisionsBroken,
        Code::RevisionsTorn,
        Code::RevisionStale,
        Code::OldValueDiffers,
        Code::CorrectedTwice,
        Code::BadCorrection,
        Code::SheetTwice,
        Code::DataChangedSince,
        Code::NoResults,
        // What a revision has replaced: see revise_faults.rs.
        Code::FaultRevised,
        // What is refused for a log is in tests/it/leaks.rs.
        Code::PersonalInLog,
    ]);
    let without: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !elsewhere.contains(code))
        .map(|code| code.id())
        // Contests have cases of their own: see contest.rs.
        .filter(|id| !id.starts_with('C'))
        .filter(|id| !expected.contains(&format!("[{id}]: ")))
        .collect();
    assert!(without.is_empty(), "no case for {without:?}");
}

#[test]
fn a_file_over_the_limit_is_refused() {
    let copy = Copy::of(&format!("{CASES}/_base"));
    let file = fs::OpenOptions::new().write(true).open(copy.path().join("data/values.csv")).unwrap();
    file.set_len(64 * 1024 * 1024 + 1).unwrap();
    let mut findings = Findings::new();
    assert!(project::open(copy.path(), &mut findings).is_none());
    let codes: Vec<&str> = findings.iter().map(|finding| finding.code.id()).collect();
    assert_eq!(codes, ["I102"]);
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
