//! Every method against values worked out by hand, from framework files alone.

use benchline::diagnostics::Findings;
use benchline::model::{Absence, Cell, Id};
use benchline::project;

use crate::support::Copy;

/// A project of four units and one period with the indicators and nodes given.
fn project(definitions: &str, columns: &str, rows: &[&str]) -> Copy {
    let copy = Copy::of("tests/cases/methods/_base");
    copy.write(
        "index.toml",
        &format!("{}\n{definitions}", std::fs::read_to_string(copy.path().join("index.toml")).unwrap()),
    );
    copy.write("values.csv", &format!("code,{columns}\n{}\n", rows.join("\n")));
    copy
}

fn indicator(id: &str, direction: &str, normalise: &str) -> String {
    format!(
        "[[indicator]]\nid = \"{id}\"\nname = {{ zh = \"{id}\", en = \"{id}\" }}\nparent = \"index\"\n\
         direction = \"{direction}\"\nmeasure = {{ zh = \"分\", en = \"points\" }}\nnormalise = {normalise}\n"
    )
}

fn node(rule: &str) -> String {
    format!("[[node]]\nid = \"index\"\nname = {{ zh = \"指数\", en = \"Index\" }}\n{rule}\n")
}

/// The normalised values of indicator `x` for the units in order.
fn normalised(direction: &str, normalise: &str, values: [&str; 4]) -> Vec<Option<f64>> {
    let definitions = node("aggregate = { method = \"arithmetic\" }") + &indicator("x", direction, normalise);
    let rows: Vec<String> =
        ["A", "B", "C", "D"].iter().zip(values).map(|(unit, value)| format!("{unit},{value}")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let scored = project(&definitions, "x", &rows).scored();
    let column = scored.evaluation.column(&Id::from("x")).unwrap().clone();
    (0..4).map(|row| column.value(row)).collect()
}

fn close(found: &[Option<f64>], expected: [Option<f64>; 4]) {
    for (found, expected) in found.iter().zip(expected) {
        match (found, expected) {
            (Some(found), Some(expected)) => assert!((found - expected).abs() < 1e-12, "{found} {expected}"),
            (found, expected) => assert_eq!(*found, expected),
        }
    }
}

#[test]
fn normalisations() {
    let values = ["10", "20", "40", ""];
    let some = |a: f64, b: f64, c: f64| [Some(a), Some(b), Some(c), None];
    let goalposts = "{ method = \"goalposts\", low = 0, high = 30 }";
    close(&normalised("higher", goalposts, values), some(100.0 / 3.0, 200.0 / 3.0, 100.0));
    close(&normalised("lower", goalposts, values), some(200.0 / 3.0, 100.0 / 3.0, 0.0));
    let log = "{ method = \"goalposts\", low = 10, high = 1000, curve = \"log\", scale = 1 }";
    close(&normalised("higher", log, ["10", "100", "1000", ""]), some(0.0, 0.5, 1.0));
    close(&normalised("higher", "{ method = \"min-max\", from = 1, to = 7 }", values), some(1.0, 3.0, 7.0));
    close(&normalised("lower", "{ method = \"min-max\" }", values), some(100.0, 200.0 / 3.0, 0.0));
    // mean 70/3; deviations -40/3, -10/3, 50/3; sd = sqrt(4200/9/2)
    let sd = (4200.0_f64 / 18.0).sqrt();
    let z = "{ method = \"z-score\", mean = 100, deviation = 10 }";
    let z_of = |deviation: f64| 100.0 + 10.0 * deviation / 3.0 / sd;
    close(&normalised("higher", z, values), some(z_of(-40.0), z_of(-10.0), z_of(50.0)));
    let rank = "{ method = \"rank\" }";
    close(&normalised("higher", rank, ["5", "5", "9", "7"]), [Some(1.0), Some(1.0), Some(4.0), Some(3.0)]);
    close(&normalised("lower", rank, ["5", "5", "9", "7"]), [Some(3.0), Some(3.0), Some(1.0), Some(2.0)]);
    let percentile = "{ method = \"percentile-rank\" }";
    close(&normalised("higher", percentile, ["5", "5", "9", ""]), some(0.0, 0.0, 100.0));
    let steps = "{ method = \"steps\", below = 0, steps = [{ at_least = 20, score = 60 }, { at_least = 40, score = 100 }] }";
    close(&normalised("higher", steps, values), some(0.0, 60.0, 100.0));
    let down = "{ method = \"steps\", below = 100, steps = [{ at_least = 20, score = 60 }, { at_least = 40, score = 0 }] }";
    close(&normalised("lower", down, values), some(100.0, 60.0, 0.0));
    close(&normalised("higher", "{ method = \"none\" }", values), some(10.0, 20.0, 40.0));
}

/// Units of the index over two indicators with the weights 3 and 1.
fn index(rule: &str, missing: &str, rows: &[&str]) -> Vec<Cell> {
    let weighted = |id: &str, weight: u8| {
        indicator(id, "higher", "{ method = \"none\" }") + &format!("weight = {weight}\n")
    };
    let definitions = node(&format!("{rule}\n{missing}")) + &weighted("x", 3) + &weighted("y", 1);
    let scored = project(&definitions, "x,y", rows).scored();
    let column = scored.evaluation.column(&Id::from("index")).unwrap().clone();
    (0..4).map(|row| column.cell(row)).collect()
}

#[test]
fn aggregations_and_missing_values() {
    let rows = ["A,4,8", "B,2,", "C,,6", "D,16,n/a"];
    let rescale = "missing = { policy = \"rescale\" }";
    let all = "missing = { policy = \"require-all\" }";
    let half = "missing = { policy = \"rescale\", availability = 0.6 }";
    let arithmetic = "aggregate = { method = \"arithmetic\" }";
    let value = |cells: &[Cell], row: usize| cells[row].value();

    let cells = index(arithmetic, rescale, &rows);
    assert_eq!((value(&cells, 0), value(&cells, 1), value(&cells, 2)), (Some(5.0), Some(2.0), Some(6.0)));
    let cells = index(arithmetic, all, &rows);
    assert_eq!((value(&cells, 0), cells[1], cells[2]), (Some(5.0), Cell::MISSING, Cell::MISSING));
    assert_eq!(value(&cells, 3), Some(16.0), "what is not applicable does not count against a unit");
    let cells = index(arithmetic, half, &rows);
    assert_eq!((value(&cells, 0), cells[1]), (Some(5.0), Cell::MISSING), "one of two is less than 60 %");

    // 4^(3/4) · 8^(1/4) = 2^(9/4); 1 / (3/16 + 1/32) = 32/7
    let cells = index("aggregate = { method = \"geometric\" }", rescale, &rows);
    assert!((value(&cells, 0).unwrap() - 2.0_f64.sqrt().sqrt() * 4.0).abs() < 1e-12);
    let cells = index("aggregate = { method = \"harmonic\" }", rescale, &rows);
    assert!((value(&cells, 0).unwrap() - 32.0 / 7.0).abs() < 1e-12);

    let cells = index(arithmetic, rescale, &["A,n/a,n/a", "B,1,1", "C,1,1", "D,1,1"]);
    assert_eq!(cells[0], Cell::Absent(Absence::NotApplicable));
}

/// Periods are pooled as declared, and benchmarks are scored on the scale of the
/// ranked units without moving it.
#[test]
fn pools_and_benchmarks() {
    let definitions = |over: &str| {
        node("aggregate = { method = \"arithmetic\" }")
            + &indicator("x", "higher", &format!("{{ method = \"min-max\", over = \"{over}\" }}"))
    };
    let panel = |over: &str| {
        let copy = project(&definitions(over), "x", &["A,1"]);
        copy.write("values.csv", "code,year,x\nA,2024,10\nB,2024,20\nA,2025,20\nB,2025,30\nC,2025,40\n");
        copy.write("units.csv", "code,name,role\nA,甲,ranked\nB,乙,ranked\nC,丙,benchmark\nD,丁,ranked\n");
        copy.edit("benchline.toml", "unit = \"code\"", "unit = \"code\"\nperiod = \"year\"");
        copy.edit("benchline.toml", "name_en = \"name\"", "name_en = \"name\", role = \"role\"");
        let scored = copy.scored();
        let ranks: Vec<_> =
            scored.evaluation.outcomes.iter().map(|outcome| outcome.rank.map(|rank| rank.value)).collect();
        let column = scored.evaluation.column(&Id::from("x")).unwrap().clone();
        ((0..8).map(|row| column.value(row)).collect::<Vec<_>>(), ranks)
    };
    let (own, ranks) = panel("period");
    assert_eq!(own, [Some(0.0), Some(100.0), None, None, Some(0.0), Some(100.0), Some(200.0), None]);
    assert_eq!(ranks, [Some(2.0), Some(1.0), None, None, Some(2.0), Some(1.0), None, None]);
    let (all, _) = panel("all-periods");
    assert_eq!(all, [Some(0.0), Some(50.0), None, None, Some(50.0), Some(100.0), Some(150.0), None]);
}

/// Where a method has no answer, the cells are named and nothing is scored.
#[test]
fn values_outside_a_methods_domain_are_named() {
    let refused = |definitions: String, rows: [&str; 4]| {
        let copy = project(&definitions, "x", &rows);
        let mut findings = Findings::new();
        let open = project::open(copy.path(), &mut findings).unwrap();
        assert!(project::score(open, &mut findings).is_none());
        findings
            .iter()
            .map(|finding| (finding.code.id(), finding.place.as_ref().map(ToString::to_string)))
            .collect::<Vec<_>>()
    };
    let x = |normalise: &str| indicator("x", "higher", normalise);
    let geometric = node("aggregate = { method = \"geometric\" }") + &x("{ method = \"none\" }");
    let places = [Some("values.csv:3:3".to_owned()), Some("values.csv:5:3".to_owned())];
    assert_eq!(
        refused(geometric, ["A,1", "B,0", "C,2", "D,-3"]),
        places.map(|place| ("E302", place)).to_vec()
    );
    let huge = node("aggregate = { method = \"arithmetic\" }") + &x("{ method = \"z-score\" }");
    assert_eq!(
        refused(huge, ["A,1e160", "B,2e160", "C,3e160", "D,"]),
        [("E302", Some("values.csv:2:3".to_owned()))]
    );
    let constant = node("aggregate = { method = \"arithmetic\" }") + &x("{ method = \"z-score\" }");
    assert_eq!(refused(constant, ["A,7", "B,7", "C,7", "D,"]), [("E301", Some("values.csv:2:3".to_owned()))]);
}

/// A difference that equals the tolerance agrees, though its bits may exceed it.
#[test]
fn a_tolerance_includes_its_bound() {
    let definitions =
        node("aggregate = { method = \"arithmetic\" }") + &indicator("x", "higher", "{ method = \"none\" }");
    let copy = project(&definitions, "x", &["A,0.7125", "B,1", "C,2", "D,3"]);
    let file = std::fs::read_to_string(copy.path().join("benchline.toml")).unwrap();
    copy.write(
        "benchline.toml",
        &(file
            + "\n[[published]]\nname = { zh = \"公布\", en = \"Published\" }\nfile = \"published.csv\"\n\
               unit = \"code\"\nnode = \"index\"\nscore = \"score\"\ntolerance = 0.0005\n"),
    );
    copy.write("published.csv", "code,score\nA,0.712\n");
    assert_eq!(copy.scored().agreements[0].score.equal, 1);
    copy.write("published.csv", "code,score\nA,0.7119\n");
    let mut findings = Findings::new();
    let open = project::open(copy.path(), &mut findings).unwrap();
    project::score(open, &mut findings);
    assert!(findings.has_errors());
}
