//! Reference bundles, and units that score themselves by them.

use std::fs;

use benchline::diagnostics::Findings;
use benchline::model::Role;
use benchline::project::{self, ScoredProject};

use crate::support::{Copy, benchline, scored};

/// The values of the edition as a table that a unit could have written.
fn own_table(scored: &ScoredProject) -> String {
    let input = &scored.project.input;
    let start = input.panel().rows_of(input.edition()).start;
    let ids: Vec<String> = input.indicators().iter().map(ToString::to_string).collect();
    let mut csv = format!("code,{}\n", ids.join(","));
    let units = input.panel().units().iter().enumerate();
    for (at, unit) in units.filter(|(_, unit)| unit.role == Role::Ranked) {
        let values = (0..ids.len()).map(|one| {
            let value = input.observation(one, start + at).cell.value();
            value.map_or(String::new(), |value| value.to_string())
        });
        csv.push_str(&format!("{},{}\n", unit.code, values.collect::<Vec<_>>().join(",")));
    }
    csv
}

/// Publishes the bundle of the project and scores every unit by it: each must
/// come out as in the edition.
fn assert_all_equal(copy: &Copy, at_least: usize) {
    let scored = copy.scored();
    let mut findings = Findings::new();
    let bundle =
        project::publish_bundle(&scored, &copy.path().join("bundle"), &mut findings).unwrap().unwrap();
    copy.write("own.csv", &own_table(&scored));
    let assessed = project::assess(&bundle, &copy.path().join("own.csv"), None, &mut findings).unwrap();
    assert!(!findings.has_errors(), "{findings:#?}");
    let input = &scored.project.input;
    let start = input.panel().rows_of(input.edition()).start;
    let mut compared = 0;
    for one in &assessed.units {
        let at = input.panel().units().position(&one.unit.code).unwrap();
        let outcome = scored.evaluation.outcomes[start + at];
        assert_eq!(one.score, outcome.score, "{}", one.unit.code);
        assert_eq!(one.band, outcome.band, "{}", one.unit.code);
        for node in &one.nodes {
            let column = scored.evaluation.column(&node.id).unwrap();
            assert_eq!(node.score, column.value(start + at), "{} {}", one.unit.code, node.id);
        }
        compared += usize::from(one.score.is_some());
    }
    assert!(compared >= at_least, "{compared} compared");
}

#[test]
fn every_unit_scores_itself_as_the_edition_scored_it() {
    assert_all_equal(&Copy::of("examples/starter"), 11);
    assert_all_equal(&Copy::of("examples/hdi-2022"), 193);
}

/// The 342 cities of the sample edition, each by its own row.
#[test]
fn every_city_of_the_hotline_edition_scores_itself() {
    assert_all_equal(&Copy::of("examples/hotline-2025"), 330);
}

/// One row at a time gives what all rows at once give: no unit's score depends on
/// the others.
#[test]
fn a_unit_alone_scores_the_same() {
    let copy = Copy::of("examples/starter");
    let scored = copy.scored();
    let mut findings = Findings::new();
    let bundle =
        project::publish_bundle(&scored, &copy.path().join("bundle"), &mut findings).unwrap().unwrap();
    let all = own_table(&scored);
    let (header, rows) = all.split_once('\n').unwrap();
    for (row, unit) in rows.lines().zip(scored.project.input.panel().units().iter()) {
        copy.write("own.csv", &format!("{header}\n{row}\n"));
        let assessed = project::assess(&bundle, &copy.path().join("own.csv"), None, &mut findings).unwrap();
        let at = scored.project.input.panel().units().position(unit.code.as_str()).unwrap();
        assert_eq!(assessed.units.len(), 1);
        assert_eq!(assessed.units[0].score, scored.evaluation.outcomes[at].score, "{}", unit.code);
    }
}

/// No value of another unit is in the bundle, only figures over several.
#[test]
fn a_bundle_has_no_units_data() {
    let copy = Copy::of("examples/starter");
    assert_eq!(benchline(copy.path(), &["publish", "."]).code, 0);
    let text = fs::read_to_string(copy.path().join("bundle/my-index-2025.bundle.json")).unwrap();
    let bundle: serde_json::Value = serde_json::from_str(&text).unwrap();
    let units = bundle["units"].as_array().unwrap();
    assert_eq!(units.len(), 12);
    for unit in units {
        let keys: Vec<&String> = unit.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["code", "name", "groups"]);
    }
    for spread in bundle["scores"].as_array().unwrap().iter().chain(bundle["values"].as_array().unwrap()) {
        for group in spread["groups"].as_array().unwrap() {
            assert!(group["n"].as_u64().unwrap() >= 5, "{group}");
        }
    }
    assert_eq!(benchline(copy.path(), &["publish", "."]).code, 0);
    let again = fs::read_to_string(copy.path().join("bundle/my-index-2025.bundle.json")).unwrap();
    assert!(text == again, "the same inputs give the same bundle");
}

#[test]
fn a_bundle_that_was_changed_is_refused() {
    let copy = Copy::of("examples/starter");
    assert_eq!(benchline(copy.path(), &["publish", "."]).code, 0);
    let path = "bundle/my-index-2025.bundle.json";
    copy.write("own.csv", &own_table(&copy.scored()));
    copy.edit(path, "low = 60", "low = 50");
    let ran = benchline(copy.path(), &["assess", "--reference", path, "own.csv", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.stderr,
        "error[A603]: the reference bundle was changed after it was published\n\
         --> my-index-2025.bundle.json\n = help: get it again from its publisher\n\n\
         errors: 1, warnings: 0, notes: 0\n"
    );
    let ran = benchline(copy.path(), &["assess", "--reference", "own.csv", "own.csv", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.starts_with("error[A602]: this is no reference bundle: "), "{}", ran.stderr);
}

#[test]
fn a_method_that_needs_all_units_gives_no_bundle() {
    let copy = Copy::of("examples/starter");
    copy.edit(
        "indicators/my-index.toml",
        "normalise = { method = \"goalposts\", low = 60, high = 95 }",
        "normalise = { method = \"min-max\" }",
    );
    let ran = benchline(copy.path(), &["publish", ".", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.contains(
            "error[A601]: the scale of `answered` comes from the data of all units, so no unit can score itself"
        ),
        "{}",
        ran.stderr
    );
    assert!(!copy.path().join("bundle").exists());
}

#[test]
fn what_a_unit_lacks_is_said() {
    let copy = Copy::of("examples/starter");
    assert_eq!(benchline(copy.path(), &["publish", "."]).code, 0);
    copy.write("own.csv", &own_table(&copy.scored()));
    let assess = |unit: &str| {
        let reference = "bundle/my-index-2025.bundle.json";
        benchline(
            copy.path(),
            &["assess", "--reference", reference, "own.csv", "--unit", unit, "--lang", "en"],
        )
    };
    let ran = assess("S03");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.starts_with("Sample City Three · 2025\nscore "), "{}", ran.stdout);
    assert!(ran.stdout.contains("what costs most"), "{}", ran.stdout);
    // By its name as well.
    assert_eq!(assess("示例三市").stdout, ran.stdout);
    let ran = assess("S12");
    assert!(ran.stdout.contains("it lacks Answer rate"), "{}", ran.stdout);
    let ran = assess("S99");
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("error[A604]: the table has no data of the unit `S99`"), "{}", ran.stderr);
}

/// `scored` is the library's way to the same numbers.
#[test]
fn results_are_written_when_asked_for() {
    let copy = Copy::of("examples/starter");
    assert_eq!(benchline(copy.path(), &["publish", "."]).code, 0);
    copy.write("own.csv", &own_table(&scored(copy.path())));
    let ran = benchline(
        copy.path(),
        &["assess", "--reference", "bundle/my-index-2025.bundle.json", "own.csv", "--out", "mine"],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(copy.path().join("mine/assessment.json")).unwrap()).unwrap();
    assert_eq!(json["schema"], "benchline/assessment/1");
    assert_eq!(json["units"].as_array().unwrap().len(), 12);
    assert!(copy.path().join("mine/manifest.json").exists());
}

/// What a city has is a table of its own: by name, or without a word of whose it is.
#[test]
fn a_table_by_name_is_read_and_one_without_is_told_what_to_add() {
    let copy = Copy::of("examples/starter");
    assert_eq!(benchline(copy.path(), &["publish", "."]).code, 0);
    let heads = "answered,wait_seconds,resolved,closed_on_time,repeated,satisfied";
    let values = "78,31,78.9,95.0,9.6,84.7";
    copy.write("by-name.csv", &format!("城市,{heads}\n示例三市,{values}\n"));
    copy.write("by-code.csv", &format!("code,{heads}\nS03,{values}\n"));
    copy.write("nobody.csv", &format!("{heads}\n{values}\n"));
    let bundle = "bundle/my-index-2025.bundle.json";
    let assess = |reference: &str, file: &str| {
        benchline(copy.path(), &["assess", "--reference", reference, file, "--lang", "zh"])
    };
    let by_code = assess(bundle, "by-code.csv");
    assert_eq!(by_code.code, 0, "{}", by_code.stderr);
    assert_eq!(assess(bundle, "by-name.csv").stdout, by_code.stdout);
    let nobody = assess(bundle, "nobody.csv");
    assert_eq!(nobody.code, 1);
    assert!(
        nobody.stderr.starts_with("错误[I107]: 表中没有一列写明是哪个单位\n --> nobody.csv:1:1\n")
            && nobody.stderr.contains(
                "= 办法: 加一列“code”，每行写单位的代码或名称，例如 S01；指标写在各列，一行一个单位\n"
            ),
        "{}",
        nobody.stderr
    );
}

#[test]
fn a_workbook_in_place_of_the_bundle_is_no_bundle() {
    let copy = Copy::of("examples/starter");
    fs::write(copy.path().join("own.xlsx"), b"PK\x03\x04\xff\xfe\x00\x80").unwrap();
    let ran = benchline(copy.path(), &["assess", "--reference", "own.xlsx", "data/indicators.csv"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.starts_with(
            "错误[A602]: 不是可用的基准包：不是文本\n--> own.xlsx\n = 办法: 给出 `benchline publish` 写的 .bundle.json 文件\n"
        ),
        "{}",
        ran.stderr
    );
}
