//! How often sound data are doubted: simulated projects without a mistake, and the
//! same with mistakes planted.

use std::fmt::Write as _;

use benchline::diagnostics::{Findings, Severity};
use benchline::numeric::Stream;
use benchline::project;

use crate::support::Copy;

const UNITS: usize = 120;
/// Context variables beside the six indicators of the base project.
const MORE: usize = 8;

/// A project of normal values with one decimal, two periods of three of them.
fn simulated(seed: u64) -> Copy {
    let copy = Copy::of("tests/cases/findings/_base");
    copy.edit("benchline.toml", "ignore = [\"name\"]\n", "");
    let framework = std::fs::read_to_string(copy.path().join("indicators/index.toml")).unwrap();
    let more: String = (0..MORE)
        .map(|at| {
            format!("\n[[context]]\nid = \"more_{at}\"\nname = {{ zh = \"背景{at}\", en = \"Context {at}\" }}\nmeasure = {{ zh = \"件\", en = \"cases\" }}\n")
        })
        .collect();
    copy.write("indicators/index.toml", &format!("{framework}{more}"));
    let mut stream = Stream::new(seed, 0);
    let mut normal = |mean: f64, deviation: f64| mean + deviation * stream.normal();
    let heads: String = (0..MORE).map(|at| format!(",more_{at}")).collect();
    let mut units = String::from("code,name_zh,name_en,role,region\n");
    let mut values = format!("code,answered,waiting,satisfied{heads}\n");
    let mut extra = String::from("code,period,resolved,closed,budget\n");
    for unit in 0..UNITS {
        let code = 910_000 + unit;
        writeln!(units, "{code},示例{unit}市,Sample {unit},ranked,east").unwrap();
        write!(values, "{code},{:.1},{:.0},{:.1}", normal(85.0, 3.0), normal(40.0, 6.0), normal(80.0, 4.0))
            .unwrap();
        for _ in 0..MORE {
            write!(values, ",{:.0}", normal(300.0, 40.0)).unwrap();
        }
        values.push('\n');
        let (resolved, closed, budget) = (normal(75.0, 5.0), normal(85.0, 2.0), normal(3_000.0, 300.0));
        for (period, shift) in [("2024", 0.0), ("2025", 1.0)] {
            let (resolved, closed) = (normal(resolved + shift, 1.5), normal(closed, 0.8));
            writeln!(extra, "{code},{period},{resolved:.1},{closed:.1},{:.0}", normal(budget, 60.0)).unwrap();
        }
    }
    copy.write("data/units.csv", &units).write("data/values.csv", &values).write("data/extra.csv", &extra);
    copy
}

/// The codes of the warnings, with the code of the unit where there is one.
fn warnings(copy: &Copy) -> Vec<(&'static str, Option<String>)> {
    let mut findings = Findings::new();
    assert!(project::open(copy.path(), &mut findings).is_some());
    let warnings = findings.iter().filter(|finding| finding.severity == Severity::Warning);
    warnings.map(|one| (one.code.id(), one.unit.as_ref().map(|unit| unit.code.clone()))).collect()
}

/// Nothing but heaping has a chance worth the name; with its two families of tests
/// at .001 each, 40 sound projects have any false alarm with a probability of at
/// most .08.
#[test]
fn sound_data_are_not_doubted() {
    for seed in 0..40 {
        let copy = simulated(seed);
        assert_eq!(warnings(&copy), [], "seed {seed}");
    }
}

/// In each of ten projects one unit rounds all its values to multiples of 5, one has
/// a slipped decimal point, and one has the data of another.
#[test]
fn planted_mistakes_are_found_and_nothing_else() {
    for seed in 100..110 {
        let copy = simulated(seed);
        let path = copy.path().join("data/values.csv");
        let text = std::fs::read_to_string(&path).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let round = |field: &str| (field.parse::<f64>().unwrap() / 5.0).round() * 5.0;
        let fields: Vec<String> = lines[8].split(',').skip(1).map(|field| round(field).to_string()).collect();
        lines[8] = format!("910007,{}", fields.join(","));
        let copied = |line: &str, from: &str, to: &str| line.replacen(from, to, 1);
        lines[31] = copied(&lines[21], "910020", "910030");
        copy.write("data/values.csv", &(lines.join("\n") + "\n"));
        let text = std::fs::read_to_string(copy.path().join("data/extra.csv")).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines[61] = copied(&lines[41], "910020", "910030");
        lines[62] = copied(&lines[42], "910020", "910030");
        let fields: Vec<&str> = lines[82].split(',').collect();
        lines[82] = format!(
            "910040,2025,{:.2},{},{}",
            fields[2].parse::<f64>().unwrap() / 10.0,
            fields[3],
            fields[4]
        );
        copy.write("data/extra.csv", &(lines.join("\n") + "\n"));
        let mut found = warnings(&copy);
        found.sort();
        let unit = |code: &str| Some(code.to_owned());
        let expected = [("V251", unit("910040")), ("V254", unit("910030")), ("V255", unit("910007"))];
        assert_eq!(found, expected, "seed {seed}");
    }
}
