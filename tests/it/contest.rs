//! Contests. A folder of tests/cases/contest with an `expected.csv` is a contest
//! whose result was published or worked out by hand (NOTE.md): every row names
//! rows of `results.csv` and what they must say. The folders of
//! tests/cases/contest/findings lie over a base contest, as for index projects.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use benchline::diagnostics::{Code, Findings};
use benchline::project::{self, ScoredContest};
use benchline::report::{standings_csv, standings_json};
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::support::{self, Copy, benchline, root};

const CASES: &str = "tests/cases/contest";

fn scored(path: &Path) -> ScoredContest {
    let mut findings = Findings::new();
    let scored = project::open_contest(path, &mut findings)
        .and_then(|open| project::score_contest(open, &mut findings));
    assert!(!findings.has_errors(), "{}: {findings:#?}", path.display());
    scored.unwrap()
}

/// Folders with an `expected.csv`.
fn cases() -> Vec<PathBuf> {
    let (mut found, mut open) = (Vec::new(), vec![root().join(CASES)]);
    while let Some(folder) = open.pop() {
        if folder.join("expected.csv").is_file() {
            found.push(folder.clone());
        }
        let inside = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        open.extend(inside.filter(|path| path.is_dir()));
    }
    found.sort();
    found
}

type Row = BTreeMap<String, String>;

fn rows(csv: &[u8]) -> Vec<Row> {
    let text = std::str::from_utf8(csv).unwrap().trim_start_matches('\u{feff}');
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(|row| row.unwrap()).collect()
}

fn key(row: &Row) -> [String; 3] {
    ["kind", "ranking", "code"].map(|column| row[column].clone())
}

/// How many expected rows a case has, and what differs.
fn differences(case: &Path) -> (usize, Vec<String>) {
    let csv = standings_csv(scored(case).material()).unwrap();
    let found: BTreeMap<[String; 3], Row> = rows(&csv).into_iter().map(|row| (key(&row), row)).collect();
    let expected = rows(&fs::read(case.join("expected.csv")).unwrap());
    let mut wrong = Vec::new();
    for row in &expected {
        let own = &found[&key(row)];
        let differs = row.iter().filter(|(column, value)| {
            let not_said = value.is_empty() && column.starts_with("part.");
            !not_said && own.get(*column) != Some(value)
        });
        wrong.extend(differs.map(|(column, value)| {
            format!("{} {:?} {column}: {value}, found {:?}", case.display(), key(row), own.get(column))
        }));
    }
    (expected.len(), wrong)
}

#[test]
fn published_and_hand_computed_results_are_reproduced_to_the_digit() {
    let cases = cases();
    assert!(cases.len() >= 19, "{} cases", cases.len());
    let wrong: Vec<String> = cases.iter().flat_map(|case| differences(case).1).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// All segments of the 2018 Olympics, team event included: total, both sums and
/// the place, from the marks of nine judges.
#[test]
fn all_250_skating_segments_are_reproduced() {
    let skating = cases().into_iter().filter(|case| case.parent().unwrap().ends_with("skating-2018"));
    let segments: usize = skating
        .map(|case| {
            rows(&fs::read(case.join("expected.csv")).unwrap())
                .iter()
                .filter(|row| row["kind"] == "round")
                .count()
        })
        .sum();
    assert_eq!(segments, 250);
}

/// The results without the hashes of the files, which change with their bytes.
fn results(scored: &ScoredContest) -> (Vec<u8>, Json) {
    let mut json: Json = serde_json::from_slice(&standings_json(scored.material()).unwrap()).unwrap();
    json.as_object_mut().unwrap().remove("inputs");
    (standings_csv(scored.material()).unwrap(), json)
}

/// Puts the rows of every table of a copy into another order, and the tables of
/// marks too.
fn shuffle(copy: &Copy, turn: usize) {
    for (name, bytes) in crate::support::files(copy.path()) {
        if name.ends_with(".csv") && !name.ends_with("expected.csv") {
            let text = String::from_utf8(bytes).unwrap();
            let mut lines: Vec<&str> = text.lines().skip(1).collect();
            let by = turn % lines.len().max(1);
            lines.rotate_left(by);
            if turn % 2 == 1 {
                lines.reverse();
            }
            let header = text.lines().next().unwrap();
            copy.write(&name, &format!("{header}\n{}\n", lines.join("\n")));
        }
    }
    let text = fs::read_to_string(copy.path().join("benchline.toml")).unwrap();
    let mut parts: Vec<&str> = text.split("\n[[marks]]\n").collect();
    let by = turn % (parts.len() - 1).max(1);
    parts[1..].rotate_left(by);
    copy.write("benchline.toml", &parts.join("\n[[marks]]\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_and_files_changes_nothing(turn in 1_usize..1000, which in 0_usize..100) {
        let cases: Vec<PathBuf> = cases().into_iter().filter(|case| case.join("NOTE.md").is_file()).collect();
        let case = &cases[which % cases.len()];
        let copy = Copy::of(case.strip_prefix(root()).unwrap().to_str().unwrap());
        let before = results(&scored(copy.path()));
        shuffle(&copy, turn);
        prop_assert!(before == results(&scored(copy.path())), "{} turned by {turn}", case.display());
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let copy = Copy::of(&format!("{CASES}/skating-2018/team"));
    let outputs = |jobs: &str| {
        let ran = benchline(copy.path(), &["score", ".", "--jobs", jobs, "--out", "out"]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        crate::support::files(&copy.path().join("out"))
    };
    assert!(outputs("1") == outputs("7"));
}

#[test]
fn the_replaced_mark_stays_on_record() {
    let scored = scored(&root().join(CASES).join("standard-score"));
    let replaced: Vec<String> = scored.contest.input.rounds()[0]
        .marks
        .iter()
        .flat_map(|mark| mark.replaced.iter().map(|old| format!("{old} -> {}", mark.value)))
        .collect();
    assert_eq!(replaced, ["60 -> 93"]);
}

/// Every step is in the result: the raw marks, those left out, and each rounding.
#[test]
fn a_reader_sees_each_step() {
    let scored = scored(&root().join(CASES).join("trim-per-criterion"));
    let (_, json) = results(&scored);
    let part = &json["stages"][0]["rounds"][0]["parts"][0];
    let steps: Vec<&str> = part["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["step"]["do"].as_str().unwrap_or("start"))
        .collect();
    assert_eq!(steps, ["start", "trim", "mean", "round"]);
    let cells = |step: usize| -> Vec<String> {
        let cells = part["steps"][step]["entries"]["X"].as_array().unwrap().iter();
        let of_b = cells.filter(|cell| cell["criterion"] == "b");
        of_b.map(|cell| {
            format!("{}{}", cell["value"].as_str().unwrap(), cell["note"].as_str().map_or("", |_| "*"))
        })
        .collect()
    };
    assert_eq!(cells(0), ["9", "7", "8", "8.125", "8.25"]);
    assert_eq!(cells(1), ["9*", "7*", "8", "8.125", "8.25"]);
    assert_eq!(cells(2), ["8.125"]);
    assert_eq!(cells(3), ["8.12"]);
}

#[test]
fn bundled_rubrics_are_sound() {
    for name in project::rubric_names() {
        let text = fs::read_to_string(root().join(format!("rubrics/{name}.toml"))).unwrap();
        let file = ::benchline::input::TextFile::embedded(name, &text);
        let mut findings = Findings::new();
        assert!(
            ::benchline::definitions::parse_rubric(file, &mut findings).is_some(),
            "{name}: {findings:#?}"
        );
    }
    assert!(project::rubric_names().len() >= 17);
}

/// `BENCHLINE_BLESS=1` writes the expectations anew, to be reviewed.
#[test]
fn every_mistake_in_a_contest_is_found_and_located() {
    let bless = std::env::var_os("BENCHLINE_BLESS").is_some();
    let mut failed = Vec::new();
    for case in support::cases(&format!("{CASES}/findings")) {
        let copy = Copy::of(&format!("{CASES}/findings/_base"));
        copy.overlay(&case);
        for lang in ["zh", "en"] {
            let ran = benchline(copy.path(), &["check", ".", "--lang", lang]);
            let found = format!("{}exit {}\n", ran.stderr, ran.code);
            let path = case.join(format!("expected.{lang}.txt"));
            if bless {
                fs::write(&path, &found).unwrap();
            }
            let expected = fs::read_to_string(&path).unwrap_or_default();
            if expected != found {
                failed.push(format!("{}:\n--- expected\n{expected}--- found\n{found}", path.display()));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn every_code_of_contests_has_a_case() {
    let said: String = support::cases(&format!("{CASES}/findings"))
        .iter()
        .map(|case| fs::read_to_string(case.join("expected.en.txt")).unwrap_or_default())
        .collect();
    // Those from C431 on are about logs and documents: see day_codes.rs and its neighbours.
    let own = Code::ALL.iter().map(|code| code.id()).filter(|id| id.starts_with('C') && *id < "C431");
    let without: Vec<&str> = own.filter(|id| !said.contains(&format!("[{id}]: "))).collect();
    assert!(without.is_empty(), "no case for {without:?}");
}

#[test]
fn the_verbs_show_placings_with_ties_and_exact_decimals() {
    let copy = Copy::of(&format!("{CASES}/skills-contest-cn"));
    let show = |arguments: &[&str]| {
        let ran = benchline(copy.path(), arguments);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{arguments:?}");
        ran.stdout
    };
    assert_eq!(
        show(&["contest", "standings", "."]),
        "决赛\n名次  名称   编号    得分  同分依据\n1     T2 队    T2  88.863\n2     T1 队    T1    88.8        #1\n\
         3     T3 队    T3    88.8        #1\n4=    T5 队    T5    88.2\n4=    T6 队    T6    88.2\n\
         —     T4 队    T4       —            未到\n"
    );
    assert_eq!(
        show(&["contest", "prizes", ".", "--lang", "en"]),
        "prize         name     code  rank   score\nFirst prize   Team T2    T2     1  88.863\n\
         Second prize  Team T1    T1     2    88.8\nSecond prize  Team T3    T3     3    88.8\n\
         Third prize   Team T5    T5    4=    88.2\nThird prize   Team T6    T6    4=    88.2\n"
    );
    let ran = benchline(copy.path(), &["contest", "standings", ".", "--stage", "semi", "--lang", "en"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, "there is no `semi`; the choices are final, show\n"));
}
