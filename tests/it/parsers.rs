//! No text makes a reader or parser panic.

use std::sync::Arc;

use benchline::definitions::{parse_framework, parse_project};
use benchline::diagnostics::Findings;
use benchline::input::{Table, TextFile};
use benchline::plan::Formula;
use proptest::prelude::*;

use crate::support::{Copy, root};

fn mutated(original: &'static str) -> impl Strategy<Value = String> {
    let text: Arc<str> = std::fs::read_to_string(root().join(original)).unwrap().into();
    let length = text.chars().count();
    (0..length, 0..40_usize, ".{0,12}").prop_map(move |(at, cut, put)| {
        let before: String = text.chars().take(at).collect();
        let after: String = text.chars().skip(at + cut).collect();
        format!("{before}{put}{after}")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut findings = Findings::new();
        if let Some(text) = TextFile::decode("any", bytes, &mut findings) {
            check_table(text);
        }
    }

    #[test]
    fn any_csv_is_read_or_refused(text in "([a-c,\"\n\r 甲1.-]|\\PC){0,200}") {
        check_table(TextFile::embedded("any", &text));
    }

    #[test]
    fn any_toml_is_read_or_refused(text in "([a-z=\\[\\]\"{}.,# \n0-9-]|\\PC){0,200}") {
        parse_framework(TextFile::embedded("any", &text), &mut Findings::new());
        parse_project(TextFile::embedded("any", &text), &mut Findings::new());
    }

    #[test]
    fn a_damaged_framework_is_read_or_refused(text in mutated("indicators/human-development.toml")) {
        let mut findings = Findings::new();
        let framework = parse_framework(TextFile::embedded("any", &text), &mut findings);
        prop_assert_eq!(framework.is_none(), findings.has_errors());
    }

    #[test]
    fn a_damaged_project_is_read_or_refused(text in mutated("examples/hdi-2022/benchline.toml")) {
        let mut findings = Findings::new();
        let project = parse_project(TextFile::embedded("any", &text), &mut findings);
        prop_assert_eq!(project.is_none(), findings.has_errors());
    }

    #[test]
    fn any_formula_is_read_or_refused(text in "([a-c0-9+*/^(), .-]|\\PC){0,80}") {
        if let Err(error) = text.parse::<Formula>() {
            prop_assert!(error.span.start <= text.len() && error.span.end <= text.len());
        }
    }
}

/// A whole project with one damaged table is opened, or refused with errors.
#[test]
fn a_damaged_table_never_panics_the_project() {
    let copy = Copy::of("examples/starter");
    let original = std::fs::read_to_string(copy.path().join("data/indicators.csv")).unwrap();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 150,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&mutated("examples/starter/data/indicators.csv"), |text| {
            copy.write("data/indicators.csv", &text);
            let mut findings = Findings::new();
            let opened = benchline::project::open(copy.path(), &mut findings);
            prop_assert_eq!(opened.is_none(), findings.has_errors());
            Ok(())
        })
        .unwrap();
    copy.write("data/indicators.csv", &original);
}

fn check_table(text: TextFile) {
    if let Some(table) = Table::parse(text, "code", &mut Findings::new()) {
        for row in table.rows() {
            for column in 0..table.headers().len() {
                let place = table.place(row, column);
                assert!(place.excerpt.is_some());
            }
        }
    }
}
