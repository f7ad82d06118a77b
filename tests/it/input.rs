//! One folder per habit and per mistake in tests/cases/input: files as people
//! send them, laid over the base project of tests/cases/findings in place of its
//! `data/values.csv`. `data.toml` is how the project names them.
//!
//! What is read must be the values of the base project, or of the case's own
//! `values.csv` (`code,period,indicator,value` and perhaps `n,k,standard_error`);
//! what is said must be `expected.zh.txt` and `expected.en.txt`, to the last
//! character (`BENCHLINE_BLESS=1` writes these anew, to be reviewed).
//! tests/cases/input/make.py writes the files with the programs that people use.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use benchline::diagnostics::Findings;
use benchline::model::Precision;
use benchline::project;
use benchline::validate::IndexInput;

use crate::support::{Copy, benchline, cases, root};

const CASES: &str = "tests/cases/input";
const BASE: &str = "tests/cases/findings/_base";
const VALUES: &str = "[[data]]\nfile = \"data/values.csv\"\nunit = \"code\"\nignore = [\"name\"]\n";

#[test]
fn files_are_read_as_people_send_them() {
    let bless = std::env::var_os("BENCHLINE_BLESS").is_some();
    let cases = cases(CASES);
    assert!(cases.len() >= 8, "{} cases", cases.len());
    let failed: Vec<String> = cases.iter().flat_map(|case| failures(case, bless)).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

fn failures(case: &Path, bless: bool) -> Vec<String> {
    let copy = Copy::of(BASE);
    copy.overlay(case);
    let data = fs::read_to_string(case.join("data.toml")).expect("a case has data.toml");
    copy.edit("benchline.toml", VALUES, &data);
    let mut failures = Vec::new();
    let mut expect = |file: &str, found: &str, bless: bool| {
        let path = case.join(file);
        if bless && (!found.is_empty() || path.exists()) {
            fs::write(&path, found).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if expected != found {
            failures.push(format!("{}:\n--- expected\n{expected}--- found\n{found}", path.display()));
        }
    };
    let mut code = 0;
    for lang in ["zh", "en"] {
        let ran = benchline(copy.path(), &["check", ".", "--lang", lang]);
        expect(&format!("expected.{lang}.txt"), &ran.stderr, bless);
        code = ran.code;
    }
    let Some(open) = project::open(copy.path(), &mut Findings::new()) else {
        assert_eq!(code, 1, "{}", case.display());
        return failures;
    };
    assert_eq!(code, 0, "{}", case.display());
    let expected = fs::read_to_string(case.join("values.csv")).unwrap_or_else(|_| base_values());
    let found = values(&open.input, expected.lines().next().unwrap().contains(",n,"));
    if found != sorted(&expected) {
        failures.push(format!(
            "{}: values\n--- expected\n{}\n--- found\n{found}",
            case.display(),
            sorted(&expected)
        ));
    }
    failures
}

fn sorted(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().skip(1).collect();
    lines.sort_unstable();
    lines.join("\n")
}

/// The values of the base project's file, one line each.
fn base_values() -> String {
    let text = fs::read_to_string(root().join(BASE).join("data/values.csv")).unwrap();
    let mut rows = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = rows.next().unwrap();
    let mut lines = "code,period,indicator,value\n".to_owned();
    for row in rows {
        for column in 2..header.len() {
            let value: f64 = row[column].parse().unwrap();
            writeln!(lines, "{},2025,{},{value}", row[0], header[column]).unwrap();
        }
    }
    lines
}

/// What was read of the three indicators that the cases hold, one line each.
fn values(input: &IndexInput, with_samples: bool) -> String {
    let mut lines: BTreeMap<String, ()> = BTreeMap::new();
    for (at, id) in input.indicators().iter().enumerate() {
        if !["answered", "waiting", "satisfied"].contains(&id.as_str()) {
            continue;
        }
        for row in 0..input.panel().rows() {
            let observation = input.observation(at, row);
            let value = match observation.cell {
                benchline::model::Cell::Value(value) => value.to_string(),
                benchline::model::Cell::Absent(benchline::model::Absence::NotApplicable) => {
                    "不适用".to_owned()
                }
                benchline::model::Cell::Absent(_) => continue,
            };
            let (code, period) = input.named(row);
            let mut line = format!("{code},{period},{id},{value}");
            if with_samples {
                let (n, k, error) = match observation.sample {
                    None => (String::new(), String::new(), String::new()),
                    Some(sample) => {
                        let n = sample.n.map_or_else(String::new, |n| n.to_string());
                        match sample.precision {
                            Precision::Successes(k) => (n, k.to_string(), String::new()),
                            Precision::StandardError(error) => (n, String::new(), error.to_string()),
                            Precision::Unknown => (n, String::new(), String::new()),
                        }
                    }
                };
                write!(line, ",{n},{k},{error}").unwrap();
            }
            lines.insert(line, ());
        }
    }
    lines.into_keys().collect::<Vec<_>>().join("\n")
}
