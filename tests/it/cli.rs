//! The command line as users and CI meet it.

use std::fs;

use crate::support::{Copy, benchline, files};

#[test]
fn a_new_sample_project_runs_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let made = benchline(folder.path(), &["new", "index", "my", "--sample"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    assert!(made.stdout.contains("benchline run my"), "{}", made.stdout);
    let ran = benchline(folder.path(), &["run", "my"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let names: Vec<_> = files(&folder.path().join("my/out")).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["manifest.json", "report.en.pdf", "report.zh.pdf", "results.csv", "results.json"]);
}

#[test]
fn an_empty_new_project_asks_for_its_data() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(benchline(folder.path(), &["new", "index", "my"]).code, 0);
    let checked = benchline(folder.path(), &["check", "my", "--lang", "en"]);
    assert_eq!(checked.code, 1);
    assert!(checked.stderr.contains("error[I103]: the file has a header and no rows"), "{}", checked.stderr);
}

#[test]
fn a_new_project_never_replaces_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("my")).unwrap();
    fs::write(folder.path().join("my/thesis.txt"), "x").unwrap();
    let made = benchline(folder.path(), &["new", "index", "my", "--sample"]);
    assert_eq!(made.code, 1);
    assert!(made.stderr.contains("O501"), "{}", made.stderr);
    assert_eq!(files(&folder.path().join("my")).len(), 1);
}

#[test]
fn errors_publish_nothing_and_keep_the_last_outputs() {
    let copy = Copy::of("examples/starter");
    assert_eq!(benchline(copy.path(), &["run", "."]).code, 0);
    let before = files(&copy.path().join("out"));
    copy.edit("data/indicators.csv", "97.5", "fifty");
    let ran = benchline(copy.path(), &["run", "."]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.is_empty(), "{}", ran.stdout);
    assert!(before == files(&copy.path().join("out")));
}

#[test]
fn an_output_folder_of_somebody_else_is_left_alone() {
    let copy = Copy::of("examples/starter");
    copy.write("mine/notes.txt", "x");
    let ran = benchline(copy.path(), &["run", ".", "--out", "mine"]);
    assert_eq!(ran.code, 1);
    assert_eq!(files(&copy.path().join("mine")).len(), 1);
}

#[test]
fn warnings_are_errors_when_strict() {
    let copy = Copy::of("examples/starter");
    copy.edit("benchline.toml", "ignore = [\"name\"]\n", "");
    let lax = benchline(copy.path(), &["check", "."]);
    assert_eq!(lax.code, 0);
    assert!(lax.stderr.contains("警告[I108]"), "{}", lax.stderr);
    assert_eq!(benchline(copy.path(), &["check", ".", "--strict"]).code, 1);
}

#[test]
fn findings_come_as_json_and_as_annotations() {
    let copy = Copy::of("examples/starter");
    copy.edit("data/indicators.csv", "97.5", "fifty");
    let json = benchline(copy.path(), &["check", ".", "--format", "json"]);
    assert_eq!(json.code, 1);
    let document: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    let finding = &document["findings"][0];
    assert_eq!(finding["code"], "V203");
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["place"]["file"], "data/indicators.csv");
    assert_eq!((finding["place"]["line"].as_u64(), finding["place"]["column"].as_u64()), (Some(6), Some(10)));
    assert_eq!(finding["message"]["zh"], "“answered”列的“fifty”不是数字");
    assert!(document["result"].is_null());

    let github = benchline(copy.path(), &["check", ".", "--format", "github", "--lang", "en"]);
    assert_eq!(
        github.stdout,
        "::error file=data/indicators.csv,line=6,col=10,title=V203::`fifty` in column `answered` is not a \
         number%0Awrite a decimal such as `95.2`, or leave the cell empty if the value is missing\n"
    );
}

#[test]
fn findings_come_as_sarif() {
    let copy = Copy::of("examples/starter");
    copy.edit("data/indicators.csv", "79.9", "fifty");
    let ran = benchline(copy.path(), &["check", ".", "--format", "sarif", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    let log: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let result = &log["runs"][0]["results"][0];
    assert_eq!((&result["ruleId"], &result["level"]), (&"V203".into(), &"error".into()));
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "data/indicators.csv");
    assert!(place["region"]["startLine"].as_u64().is_some_and(|line| line > 1), "{place}");
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][0]["id"], "V203");
}

/// Scanners look for files from the root of a repository, and know no cells.
#[test]
fn sarif_names_files_from_the_current_folder_and_cells_in_words() {
    let copy = Copy::of("examples/starter");
    let above = copy.path().parent().unwrap();
    let name = copy.path().file_name().unwrap().to_str().unwrap();
    copy.write("data/说明 1.csv", "code,answered\nS01,fifty\n");
    copy.edit("benchline.toml", "data/indicators.csv", "data/说明 1.csv");
    let ran = benchline(above, &["check", name, "--format", "sarif", "--lang", "en"]);
    let log: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let uris: Vec<&str> = results
        .iter()
        .filter_map(|one| one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str())
        .collect();
    let wanted = format!("{}/data/%E8%AF%B4%E6%98%8E%201.csv", name.trim_start_matches("./"));
    assert!(uris.contains(&wanted.as_str()), "{uris:?}, not {wanted}");
}

#[test]
fn scores_come_as_json() {
    let copy = Copy::of("examples/starter");
    let ran = benchline(copy.path(), &["score", ".", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let best =
        document["result"]["units"].as_array().unwrap().iter().find(|unit| unit["code"] == "S01").unwrap();
    assert_eq!(best["periods"]["2025"]["rating"], "A_plus");
    assert_eq!(best["periods"]["2025"]["rank"]["value"], 1.0);
    assert!(!copy.path().join("out").exists(), "score writes nothing unless asked");
}

#[test]
fn the_output_folder_that_cannot_be_made_is_a_failure_of_the_tool() {
    let copy = Copy::of("examples/starter");
    copy.write("file", "x");
    let ran = benchline(copy.path(), &["score", ".", "--out", "file/tables"]);
    assert_eq!(ran.code, 2, "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn wrong_arguments_are_explained() {
    let folder = tempfile::tempdir().unwrap();
    let ran = benchline(folder.path(), &["score"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("Usage: benchline score"), "{}", ran.stderr);
    for jobs in ["0", "100000", "many"] {
        assert_eq!(benchline(folder.path(), &["check", ".", "--jobs", jobs]).code, 2);
    }
    let none = benchline(folder.path(), &["check", "nowhere", "--lang", "en"]);
    assert_eq!(none.code, 1);
    assert!(none.stderr.contains("there is no folder `nowhere`"), "{}", none.stderr);
}

#[test]
fn completions_know_the_verbs() {
    let folder = tempfile::tempdir().unwrap();
    let ran = benchline(folder.path(), &["completions", "bash"]);
    assert!(ran.stdout.contains("completions") && ran.stdout.contains("--strict"));
}

/// What CI and auditors read: every file of the folder with its hash.
#[test]
fn the_manifest_lists_inputs_and_outputs_with_their_hashes() {
    let copy = Copy::of("examples/starter");
    assert_eq!(benchline(copy.path(), &["run", "."]).code, 0);
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(copy.path().join("out/manifest.json")).unwrap()).unwrap();
    for (list, base) in [("inputs", ""), ("outputs", "out/")] {
        let entries = manifest[list].as_array().unwrap();
        assert_eq!(entries.len(), 4, "{list}");
        for entry in entries {
            let bytes =
                fs::read(copy.path().join(format!("{base}{}", entry["path"].as_str().unwrap()))).unwrap();
            assert_eq!(entry["sha256"], benchline::digest::sha256(&bytes));
        }
    }
    assert_eq!(manifest["seed"], 2025);
    assert_eq!(manifest["plan"]["index"], "quality");
}

#[test]
fn methods_are_listed_and_described() {
    let folder = tempfile::tempdir().unwrap();
    let all = benchline(folder.path(), &["methods", "--lang", "en"]);
    assert_eq!((all.code, all.stderr.as_str()), (0, ""));
    for stage in [
        "screen",
        "impute",
        "treat",
        "normalise",
        "weigh",
        "aggregate",
        "missing",
        "rank",
        "rate",
        "cross_check",
    ] {
        assert!(all.stdout.lines().any(|line| line == stage), "{stage}");
    }
    let one = benchline(folder.path(), &["methods", "ahp", "--lang", "en"]);
    assert_eq!(
        one.stdout,
        "weigh\n  ahp                    analytic hierarchy process\n    formula: A w = λ w, CR = (λ − n) / (n − 1) / RI\n    \
         conditions: positive reciprocal; CR > 0.1 warns\n    source: Saaty 1980\n"
    );
    let json = benchline(folder.path(), &["methods", "copeland", "--format", "json"]);
    assert!(json.stdout.contains("\"stage\": \"aggregate\""), "{}", json.stdout);
    let none = benchline(folder.path(), &["methods", "copland", "--lang", "en"]);
    assert_eq!((none.code, none.stdout.as_str()), (1, "no such method: `copland`; `copeland`?\n"));
}
