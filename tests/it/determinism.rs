//! The same inputs give the same bytes.

use crate::support::{Copy, benchline, files};

/// The whole of it: the hotline edition with 342 cities and both folders, and HDI.
/// That it gives the same bytes when made anew on one thread is a step of CI, and
/// a test of a smaller batch in `publishing.rs`.
#[test]
fn the_demo_makes_both_editions_and_the_same_bytes_again() {
    let folder = tempfile::tempdir().unwrap();
    let outputs = |arguments: &[&str]| {
        let ran = benchline(folder.path(), arguments);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let of = |name: &str| files(&folder.path().join(format!("benchline-demo/{name}/out")));
        (of("hotline-2025"), of("hdi-2022"))
    };
    let first = outputs(&["demo"]);
    let names: Vec<_> = first.1.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["manifest.json", "report.en.pdf", "report.zh.pdf", "results.csv", "results.json"]);
    let count = |folder: &str| first.0.iter().filter(|(name, _)| name.starts_with(folder)).count();
    assert_eq!((count("internal/cities/"), count("public/cities/")), (342, 342));
    assert_eq!(count("internal/province/"), count("public/province/"));
    assert!(count("internal/province/") >= 31);
    assert!(first == outputs(&["demo", "--jobs", "1"]), "a run from the cache differs");
}

/// The order of rows and columns in the files leaves no trace in the results.
#[test]
fn the_order_of_rows_and_columns_is_irrelevant() {
    let tables = |copy: &Copy| {
        let ran = benchline(copy.path(), &["score", ".", "--out", "tables"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        std::fs::read(copy.path().join("tables/results.csv")).unwrap()
    };
    let straight = Copy::of("examples/starter");
    let turned = Copy::of("examples/starter");
    for file in ["data/indicators.csv", "data/units.csv"] {
        let path = turned.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        let reverse = |line: &str| line.split(',').rev().collect::<Vec<_>>().join(",");
        let mut lines: Vec<String> = text.lines().map(reverse).collect();
        lines[1..].reverse();
        std::fs::write(path, lines.join("\n")).unwrap();
    }
    assert!(tables(&straight) == tables(&turned));
}
