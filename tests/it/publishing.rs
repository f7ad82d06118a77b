//! Batches of documents: whole or not at all, the same bytes every time, and
//! quick when nothing changed.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use calamine::{Data, Reader as _, Xlsx};
use serde_json::Value as Json;

use crate::support::{Copy, benchline, files};

/// The sample project with every kind of output, for two audiences.
fn batch() -> Copy {
    let copy = Copy::of("examples/starter");
    copy.edit(
        "benchline.toml",
        "outputs = [\"csv\", \"json\", \"pdf\"]",
        "outputs = [\"csv\", \"json\", \"xlsx\", \"pdf\", \"unit-reports\", \"group-reports\"]",
    );
    copy.edit("benchline.toml", "[units]", "[policy.public]\nsmall_cells = 2\n\n[units]");
    copy
}

fn names(folder: &Path) -> Vec<String> {
    files(folder).into_iter().map(|(name, _)| name).collect()
}

fn manifest(folder: &Path) -> Json {
    serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap()
}

#[test]
fn two_audiences_get_a_folder_each() {
    let copy = batch();
    let ran = benchline(copy.path(), &["run", "."]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let out = copy.path().join("out");
    let names = names(&out);
    let of = |folder: &str| -> Vec<String> {
        names.iter().filter_map(|name| name.strip_prefix(folder)).map(str::to_owned).collect()
    };
    let mut public = of("public/");
    public.retain(|name| name != "manifest.json");
    assert_eq!(of("internal/"), public);
    for name in [
        "cities/S01.zh.pdf",
        "cities/S12.zh.pdf",
        "region/east.zh.pdf",
        "index.html",
        "report.en.pdf",
        "report.zh.pdf",
        "results.csv",
        "results.json",
        "results.xlsx",
    ] {
        assert!(public.iter().any(|made| made == name), "{name} is not in {public:?}");
    }
    // What is handed on by itself carries its own list.
    let listed = manifest(&out.join("public"));
    let listed: Vec<&str> =
        listed["outputs"].as_array().unwrap().iter().map(|entry| entry["path"].as_str().unwrap()).collect();
    assert_eq!(listed, public);
}

#[test]
fn a_batch_gives_the_same_bytes_with_and_without_cache_and_on_any_number_of_threads() {
    let copy = batch();
    let run = |arguments: &[&str]| {
        let ran = benchline(copy.path(), &[&["run", "."], arguments].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        files(&copy.path().join("out"))
    };
    let anew = run(&["--no-cache", "--jobs", "1"]);
    assert!(!copy.path().join(".benchline").exists(), "without cache nothing is kept");
    assert!(anew == run(&["--jobs", "2"]), "on two threads");
    let kept = files(&copy.path().join(".benchline/cache"));
    assert!(kept.len() > 20, "{} documents kept", kept.len());
    assert!(anew == run(&[]), "from the cache");
    // A damaged document is made anew.
    for (name, bytes) in kept.iter().filter(|(name, _)| name != ".gitignore").take(3) {
        fs::write(copy.path().join(".benchline/cache").join(name), &bytes[..bytes.len() / 2]).unwrap();
    }
    assert!(anew == run(&[]), "from a damaged cache");
}

/// One name that no font draws: nothing is published, or, if asked for, all that
/// does not show it.
#[test]
fn a_failed_document_stops_the_batch_unless_told_otherwise() {
    let copy = batch();
    copy.edit("data/units.csv", "示例七市", "示例\u{2A6D6}市");
    let ran = benchline(copy.path(), &["run", ".", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.is_empty(), "{}", ran.stdout);
    assert!(ran.stderr.contains("error[R401]: no font draws `\u{2A6D6}`"), "{}", ran.stderr);
    assert!(ran.stderr.contains("\n--> data/units.csv:"), "{}", ran.stderr);
    assert!(ran.stderr.contains("error[O510]: "), "{}", ran.stderr);
    assert!(ran.stderr.contains("to publish the rest meanwhile, add `--allow-partial`"), "{}", ran.stderr);
    assert!(!copy.path().join("out").exists());

    let ran = benchline(copy.path(), &["run", ".", "--allow-partial", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.stdout, "written to ./out\n");
    let out = copy.path().join("out");
    let names = names(&out);
    let manifest = manifest(&out);
    let failures = manifest["failures"].as_array().unwrap();
    assert!(!failures.is_empty());
    for failure in failures {
        let path = failure["path"].as_str().unwrap();
        assert!(!names.iter().any(|name| name == path), "{path} was written");
        assert_eq!(failure["reasons"][0]["code"], "R401");
    }
    let failed = |path: &str| failures.iter().any(|failure| failure["path"] == path);
    assert!(failed("internal/cities/S07.zh.pdf") && failed("internal/report.zh.pdf"), "{failures:?}");
    assert!(names.iter().any(|name| name == "internal/report.en.pdf"));
    assert!(names.iter().any(|name| name == "public/results.csv"));
    let page = fs::read_to_string(out.join("internal/index.html")).unwrap().replace("&#x2f;", "/");
    assert!(page.contains("cities/S01.zh.pdf") && !page.contains("cities/S07.zh.pdf"));
}

/// Killed in the middle: nothing half-written is to be seen, and the next run
/// goes on where it was.
#[cfg(unix)]
#[test]
fn a_killed_batch_leaves_nothing_half_written_and_goes_on() {
    let copy = Copy::of("examples/hdi-2022");
    copy.edit("benchline.toml", "\"pdf\"]", "\"unit-reports\"]");
    let mut running = Command::new(env!("CARGO_BIN_EXE_benchline"))
        .args(["run", ".", "--jobs", "1"])
        .current_dir(copy.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let cache = copy.path().join(".benchline/cache");
    let kept = || fs::read_dir(&cache).map_or(0, |entries| entries.count());
    let started = Instant::now();
    while kept() < 10 && started.elapsed() < Duration::from_secs(120) {
        std::thread::sleep(Duration::from_millis(5));
    }
    running.kill().unwrap();
    running.wait().unwrap();
    let before = kept();
    assert!((10..190).contains(&before), "{before} kept when killed");
    assert!(!copy.path().join("out").exists());

    let ran = benchline(copy.path(), &["run", "."]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let resumed = files(&copy.path().join("out"));
    assert_eq!(resumed.iter().filter(|(name, _)| name.ends_with(".pdf")).count(), 195);
    let left: Vec<String> = fs::read_dir(copy.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("partial"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    assert!(names(&cache).iter().all(|name| !name.starts_with("partial")));
    // What was kept before the kill is what is made now.
    let sample: Vec<_> = resumed.iter().filter(|(name, _)| name.ends_with(".pdf")).take(12).collect();
    let made = |name: &str| fs::read(copy.path().join("out").join(name)).unwrap();
    assert!(sample.iter().all(|(name, bytes)| made(name) == *bytes));
}

/// A folder of sheets with what their cells hold.
fn workbook(path: &Path) -> Xlsx<std::io::Cursor<Vec<u8>>> {
    Xlsx::new(std::io::Cursor::new(fs::read(path).unwrap())).unwrap()
}

#[test]
fn the_workbook_has_the_scores_and_its_formulas_give_them() {
    let copy = batch();
    assert_eq!(benchline(copy.path(), &["run", "."]).code, 0);
    let scored = copy.scored();
    let mut book = workbook(&copy.path().join("out/internal/results.xlsx"));
    let sheets = book.sheet_names();
    assert_eq!(
        sheets,
        [
            "结果 Results",
            "得分 Scores",
            "指标值 Values",
            "数据质量 Data quality",
            "方法 Method",
            "说明 Notes"
        ]
    );
    let results = book.worksheet_range("结果 Results").unwrap();
    let head: Vec<String> = results.rows().nth(3).unwrap().iter().map(ToString::to_string).collect();
    let column = |name: &str| head.iter().position(|head| head == name).unwrap();
    let score = column("得分\nScore");
    for (at, row) in results.rows().skip(4).enumerate() {
        let raw = scored.evaluation.outcomes[at].score.map(|score| score.raw);
        match (&row[score], raw) {
            (Data::Float(shown), Some(raw)) => assert!((shown - raw).abs() < 1e-12, "{row:?}"),
            (Data::Empty, None) => {}
            other => panic!("{other:?}"),
        }
    }
    let formulas = book.worksheet_formula("结果 Results").unwrap();
    let mut live = 0;
    for (at, row) in results.rows().enumerate().skip(4) {
        let Some(formula) = formulas.get_value((at as u32, score as u32)).filter(|text| !text.is_empty())
        else {
            continue;
        };
        let value = evaluate(formula, &|name| {
            let (column, line) = cell(name);
            results.get_value((line, column)).and_then(|data| match data {
                Data::Float(number) => Some(*number),
                _ => None,
            })
        });
        assert!((value - row[score].to_string().parse::<f64>().unwrap()).abs() < 1e-9, "{formula} {value}");
        live += 1;
    }
    assert_eq!(live, 11, "each score is a formula");
}

/// The value of `(A$3*A5+B$3*B5)/(A$3+B$3)` or of the same with `ISNUMBER`.
fn evaluate(formula: &str, value: &dyn Fn(&str) -> Option<f64>) -> f64 {
    let (sum, over) = formula.trim_start_matches('=').split_once(")/(").unwrap();
    let part = |text: &str| -> f64 {
        let text = text.trim_matches(['(', ')']);
        let term = |term: &str| -> f64 {
            let factors = term.split('*').map(|factor| match factor.strip_prefix("ISNUMBER(") {
                Some(name) => f64::from(value(name.trim_end_matches(')')).is_some()),
                None => value(factor).unwrap_or(0.0),
            });
            factors.product()
        };
        text.split('+').map(term).sum()
    };
    part(sum) / part(over)
}

/// `B$5` as column and row from 0.
fn cell(name: &str) -> (u32, u32) {
    let letters: String = name.chars().filter(char::is_ascii_alphabetic).collect();
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    let column = letters.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A' + 1));
    (column - 1, digits.parse::<u32>().unwrap() - 1)
}

/// A name is text in a cell, a page and a table, whatever it starts with.
#[test]
fn no_name_becomes_a_formula_or_markup() {
    let copy = batch();
    let name = "=1+1<script>alert(1)</script>";
    copy.edit("data/units.csv", "示例一市,Sample City One", &format!("{name},{name}"));
    let ran = benchline(copy.path(), &["run", "."]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let out = copy.path().join("out/public");
    let mut book = workbook(&out.join("results.xlsx"));
    let results = book.worksheet_range("结果 Results").unwrap();
    assert_eq!(results.get_value((4, 1)), Some(&Data::String(name.to_owned())));
    let formulas = book.worksheet_formula("结果 Results").unwrap();
    assert!(formulas.get_value((4, 1)).is_none_or(String::is_empty));
    let csv = fs::read_to_string(out.join("results.csv")).unwrap();
    assert!(csv.contains(&format!("S01,'{name},'{name},")), "{csv}");
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    assert!(page.contains("=1+1&lt;script&gt;alert(1)&lt;&#x2f;script&gt;"), "{page}");
    assert!(!page.contains("<script>alert"));
}

#[test]
fn the_index_page_needs_no_network_and_links_what_is_there() {
    let copy = batch();
    assert_eq!(benchline(copy.path(), &["run", "."]).code, 0);
    for folder in ["internal", "public"] {
        let folder = copy.path().join("out").join(folder);
        let page = fs::read_to_string(folder.join("index.html")).unwrap();
        assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("src="));
        assert!(page.contains("<html lang=\"zh-CN\">") && page.contains("示例数据 · 非真实评估"));
        let links: Vec<&str> =
            page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(links.len() >= 20, "{links:?}");
        for link in links {
            let path = link.replace("&#x2f;", "/");
            assert!(folder.join(&path).is_file(), "{path} is not there");
        }
    }
}
