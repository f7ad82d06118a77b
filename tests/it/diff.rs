//! Two results compared: what changed and what came of it.

use std::fs;
use std::path::Path;

use benchline::diagnostics::Findings;
use benchline::project;
use tempfile::TempDir;

use crate::support::benchline;

/// Two copies of the sample in one folder.
fn two() -> TempDir {
    let folder = TempDir::new().unwrap();
    for name in ["before", "after"] {
        let made = benchline(folder.path(), &["new", "index", name, "--sample"]);
        assert_eq!(made.code, 0, "{}", made.stderr);
    }
    folder
}

fn edit(file: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert_eq!(text.matches(old).count(), 1, "{old}");
    fs::write(file, text.replace(old, new)).unwrap();
}

const CHANGED: &str = "\
2025：方法 0 处、文件 1 个、数值 1 个有变；4 个单位的结果有变，其中名次 4 个、评级 1 个

方法、文件、单位     原为                  现为
data/indicators.csv  3788dea0ff32  1a9efe1d4989

单位      指标    期次  原为  现为                     位置
示例二市  接通率  2025  93.8    41  data/indicators.csv:3:3

单位      代码   评级   名次         得分  本单位改动的数值
示例二市  S02   A → C  3 → 6  83.3 → 68.8                 1
示例三市  S03       B  6 → 5         70.4                 0
示例四市  S04       B  4 → 3         78.0                 0
示例六市  S06       B  5 → 4         72.4                 0
";

#[test]
fn a_value_that_changed_and_whom_it_moved() {
    let folder = two();
    assert_eq!(benchline(folder.path(), &["diff", "before", "after"]).stdout, "没有差别\n");
    edit(&folder.path().join("after/data/indicators.csv"), "S02,示例二市,93.8", "S02,示例二市,41");
    let ran = benchline(folder.path(), &["diff", "before", "after"]);
    assert_eq!((ran.stdout.as_str(), ran.code), (CHANGED, 0), "{}", ran.stderr);
    // Results written before say the same as the projects.
    for name in ["before", "after"] {
        let out = format!("{name}-out");
        assert_eq!(benchline(folder.path(), &["score", name, "--out", &out]).code, 0);
    }
    let ran = benchline(folder.path(), &["diff", "before-out", "after-out/results.json", "--exit-code"]);
    assert_eq!((ran.stdout.as_str(), ran.code), (CHANGED, 1), "{}", ran.stderr);
    let ran = benchline(folder.path(), &["diff", "before", "before-out", "--exit-code"]);
    assert_eq!((ran.stdout.as_str(), ran.code), ("没有差别\n", 0));
}

#[test]
fn a_choice_of_method_and_units_that_come_and_go() {
    let folder = two();
    let after = folder.path().join("after");
    edit(&after.join("indicators/my-index.toml"), "low = 60, high = 95", "low = 60, high = 96");
    let data = after.join("data/indicators.csv");
    let text = fs::read_to_string(&data).unwrap().replace("S08,", "S88,");
    fs::write(&data, text).unwrap();
    let units = after.join("data/units.csv");
    let text = fs::read_to_string(&units).unwrap().replace("S08,", "S88,");
    fs::write(&units, text).unwrap();
    let before = folder.path().join("before");
    let sides = [&before, &after].map(|path| project::Side { path, revision: None });
    let difference = project::difference(sides, &mut Findings::new()).unwrap().unwrap();
    let choices: Vec<String> = difference
        .choices
        .iter()
        .map(|one| format!("{} {:?} {:?}", one.path, one.before, one.after))
        .collect();
    assert_eq!(choices, ["indicators.answered.normalise.high Some(Number(95.0)) Some(Number(96.0))"]);
    let code = |units: &[benchline::difference::UnitName]| {
        units.iter().map(|unit| unit.code.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        (code(&difference.gone), code(&difference.come)),
        (vec!["S08".to_owned()], vec!["S88".to_owned()])
    );
    assert!(difference.values.is_empty());
    assert!(difference.outcomes.iter().all(|one| one.own_values == 0));
    assert!(!difference.outcomes.is_empty());
}

#[test]
fn a_difference_is_written_whole_and_always_alike() {
    let folder = two();
    edit(&folder.path().join("after/data/indicators.csv"), "S02,示例二市,93.8", "S02,示例二市,41");
    let written = ["one", "two"].map(|out| {
        let ran = benchline(folder.path(), &["diff", "before", "after", "--out", out]);
        assert!(ran.stdout.ends_with(&format!("已写入 {out}\n")), "{}", ran.stdout);
        ["diff.json", "diff.xlsx"].map(|name| fs::read(folder.path().join(out).join(name)).unwrap())
    });
    assert_eq!(written[0], written[1]);
    let json: serde_json::Value = serde_json::from_slice(&written[0][0]).unwrap();
    assert_eq!(json["values"][0]["after"], 41.0);
    assert_eq!(json["outcomes"][0]["unit"]["code"], "S02");
}

#[test]
fn what_is_no_result_is_refused() {
    let folder = two();
    let ran = benchline(folder.path(), &["diff", "before", "nowhere"]);
    let said = "错误[V230]: “nowhere”中没有项目，也没有结果\n--> nowhere\n = 办法: 写项目文件夹、输出文件夹或 results.json\n\n1 个错误，0 个警告，0 个提示\n";
    assert_eq!((ran.stderr.as_str(), ran.code), (said, 1));
    fs::write(folder.path().join("results.json"), "{\n\"schema\": 3}").unwrap();
    let ran = benchline(folder.path(), &["--lang", "en", "diff", "results.json", "after"]);
    let said = "error[V230]: line 2: these are not the results of an index\n--> results.json\n = help: use a results.json that `benchline run` or `benchline score --out` wrote\n\nerrors: 1, warnings: 0, notes: 0\n";
    assert_eq!((ran.stderr.as_str(), ran.code), (said, 1));
    // An error of a project is told as it is anywhere.
    edit(&folder.path().join("after/data/indicators.csv"), "S02,示例二市,93.8", "S02,示例二市,x");
    let ran = benchline(folder.path(), &["diff", "before", "after"]);
    assert!(ran.stderr.contains("data/indicators.csv:3:"), "{}", ran.stderr);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
}
