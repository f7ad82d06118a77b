//! Every aggregation against a value worked out by hand, from framework files
//! alone; what is not applicable, lent or weighed by group; the traps that
//! published indices set.

use benchline::diagnostics::Findings;
use benchline::model::{Cell, Id};
use benchline::project::{self, ScoredProject};

use crate::support::Copy;

const UNITS: &str = "code,name\nA,甲\nB,乙\nC,丙\nD,丁\n";

fn indicator(id: &str, parent: &str, more: &str) -> String {
    format!(
        "[[indicator]]\nid = \"{id}\"\nname = {{ zh = \"{id}\", en = \"{id}\" }}\nparent = \"{parent}\"\n{more}\n\
         direction = \"higher\"\nmeasure = {{ zh = \"分\", en = \"points\" }}\nnormalise = {{ method = \"none\" }}\n"
    )
}

fn node(id: &str, rest: &str) -> String {
    format!("[[node]]\nid = \"{id}\"\nname = {{ zh = \"{id}\", en = \"{id}\" }}\n{rest}\n")
}

fn copy(definitions: &str, columns: &str, rows: &[&str]) -> Copy {
    let copy = Copy::of("tests/cases/methods/_base");
    let base = std::fs::read_to_string(copy.path().join("index.toml")).unwrap();
    copy.write("index.toml", &format!("{base}\n{definitions}"));
    copy.write("values.csv", &format!("code,{columns}\n{}\n", rows.join("\n")));
    copy.write("units.csv", UNITS);
    copy
}

fn cells(scored: &ScoredProject, id: &str) -> Vec<Cell> {
    let column = scored.evaluation.column(&Id::from(id)).unwrap();
    (0..column.len()).map(|row| column.cell(row)).collect()
}

/// The index over `x`, `y`, `z`, whose weights are 2, 1 and 1 if the method
/// reads any.
fn index(method: &str, weighted: bool, rows: &[&str]) -> Vec<Option<f64>> {
    let weight = |weight: u8| if weighted { format!("weight = {weight}") } else { String::new() };
    let definitions = node("index", &format!("aggregate = {{ {method} }}"))
        + &indicator("x", "index", &weight(2))
        + &indicator("y", "index", &weight(1))
        + &indicator("z", "index", &weight(1));
    let scored = copy(&definitions, "x,y,z", rows).scored();
    cells(&scored, "index").into_iter().map(Cell::value).collect()
}

#[track_caller]
fn close(found: Option<f64>, expected: f64) {
    let found = found.unwrap();
    assert!((found - expected).abs() < 1e-12, "{found} and not {expected}");
}

#[test]
fn methods_that_look_at_one_row() {
    let rows = ["A,4,8,2", "B,3,3,3", "C,9,,1", "D,,,"];
    // Powers of 2: (16 · ½ + 64 · ¼ + 4 · ¼)^½ = 5
    close(index("method = \"generalised-mean\", power = 2", true, &rows)[0], 5.0);
    // Half of the weight is at or below 4 once 2 has its quarter: 2 (¼), 4 (¾).
    close(index("method = \"weighted-median\"", true, &rows)[0], 4.0);
    // 2 · 4 + 8 + 2; with y missing the total of 4 is kept: 4 · (2 · 9 + 1) / 3
    let sums = index("method = \"weighted-sum\"", true, &rows);
    close(sums[0], 18.0);
    close(sums[2], 76.0 / 3.0);
    close(index("method = \"minimum\"", false, &rows)[0], 2.0);
    // 8 · 0.2 + 4 · 0.3 + 2 · 0.5; a unit without all of them has no place for the weights
    let ordered = index("method = \"owa\", weights = [0.2, 0.3, 0.5]", false, &rows);
    close(ordered[0], 3.8);
    assert_eq!(ordered[2], None);
    // Mean 14/3, squares 56/3: less 56/3 / n / (14/3) = 4 / n
    let pareto = |rest: &str| index(&format!("method = \"mazziotta-pareto\", {rest}"), false, &rows)[0];
    close(pareto("divisor = \"n\""), 14.0 / 3.0 - 4.0 / 3.0);
    close(pareto("divisor = \"n-1\""), 14.0 / 3.0 - 2.0);
    close(pareto("divisor = \"n-1\", penalty = \"up\""), 14.0 / 3.0 + 2.0);
}

#[test]
fn methods_that_compare_units() {
    // Weights ½, ¼, ¼. A beats B with x against y and z: a tie. A and B beat C.
    let rows = ["A,3,1,1", "B,1,3,3", "C,0,0,0", "D,,,"];
    let copeland = index("method = \"copeland\"", true, &rows);
    assert_eq!(copeland, [Some(1.0), Some(1.0), Some(-2.0), None]);
    // Ranks 3 2 1, 2 3 1, 2 3 1 of 3: A (½·3 + ½·2) / 3
    let ratios = index("method = \"rank-sum-ratio\"", true, &rows);
    close(ratios[0], 2.5 / 3.0);
    close(ratios[2], 1.0 / 3.0);
    // C is worst in everything; scaled, A is (1, ⅓, ⅓) and B (⅓, 1, 1).
    let topsis = index("method = \"topsis\"", true, &rows);
    let up = (2.0 * (0.25_f64 * 2.0 / 3.0).powi(2)).sqrt();
    let down = (0.25 + 2.0 * (0.25_f64 / 3.0).powi(2)).sqrt();
    close(topsis[0], down / (up + down));
    close(topsis[2], 0.0);
    // S: ⅓, ⅓, 1; R: 1/6, 1/3, 1/2. Q of B: ½ · 0 + ½ · ½
    let vikor = index("method = \"vikor\"", true, &rows);
    close(vikor[0], 1.0);
    close(vikor[1], 0.75);
    // A is best by x and B by y and z; C is nothing.
    let doubt = index("method = \"benefit-of-the-doubt\", scale = 100", false, &rows);
    assert!((doubt[0].unwrap() - 100.0).abs() < 1e-9 && (doubt[1].unwrap() - 100.0).abs() < 1e-9);
    assert_eq!((doubt[2], doubt[3]), (Some(0.0), None));
}

/// What a method cannot take is refused with its cell; no NaN comes out.
#[test]
fn values_outside_a_domain_are_named() {
    for (method, place) in [
        ("method = \"geometric\"", Some("values.csv:3:3")),
        ("method = \"generalised-mean\", power = -2", Some("values.csv:3:3")),
        ("method = \"generalised-mean\", power = 2", Some("values.csv:3:3")),
        ("method = \"benefit-of-the-doubt\"", Some("values.csv:3:3")),
    ] {
        let definitions =
            node("index", &format!("aggregate = {{ {method} }}")) + &indicator("x", "index", "");
        let copy = copy(&definitions, "x", &["A,1", "B,-2", "C,3", "D,4"]);
        let mut findings = Findings::new();
        let open = project::open(copy.path(), &mut findings).unwrap();
        assert!(project::score(open, &mut findings).is_none());
        let found: Vec<_> =
            findings.iter().map(|one| (one.code.id(), one.place.as_ref().map(ToString::to_string))).collect();
        assert_eq!(found, [("E302", place.map(str::to_owned))], "{method}");
    }
}

const TIERS: &str = "[[group]]\nid = \"tier\"\nname = { zh = \"级\", en = \"Tier\" }\nmember = [\
                     { id = \"big\", name = { zh = \"大\", en = \"Big\" } }, \
                     { id = \"small\", name = { zh = \"小\", en = \"Small\" } }]\n";

fn grouped(definitions: &str, columns: &str, rows: &[&str]) -> Copy {
    let copy = copy(&(TIERS.to_owned() + definitions), columns, rows);
    copy.write("units.csv", "code,name,tier\nA,甲,big\nB,乙,big\nC,丙,small\nD,丁,small\n");
    copy.edit("benchline.toml", "name_en = \"name\"", "name_en = \"name\", groups = { tier = \"tier\" }");
    copy
}

/// Five rules for missing data: renormalise, leave out what is not applicable,
/// the mean of the group by indicator (imputation), its score by node, and a
/// sub-group that passes on what it has.
#[test]
fn missing_children_are_treated_as_declared() {
    let score = |policy: &str| {
        let definitions = node("index", &format!("aggregate = {{ method = \"arithmetic\" }}\n{policy}"))
            + &node(
                "d",
                "parent = \"index\"\naggregate = { method = \"arithmetic\" }\nmissing = { policy = \"rescale\" }",
            )
            + &indicator("x", "index", "")
            + &indicator("y", "d", "")
            + &indicator("z", "d", "");
        // A lacks the whole of d, B half of it; of C, z is not applicable.
        let copy = grouped(&definitions, "x,y,z", &["A,10,,", "B,10,40,", "C,10,30,n/a", "D,10,50,70"]);
        cells(&copy.scored(), "index").into_iter().map(Cell::value).collect::<Vec<_>>()
    };
    // B's d is 40, which its present half passes on; C's is 30.
    let rescaled = score("missing = { policy = \"rescale\" }");
    assert_eq!(rescaled, [Some(10.0), Some(25.0), Some(20.0), Some(35.0)]);
    let strict = score("missing = { policy = \"require-all\" }");
    assert_eq!(strict, [None, Some(25.0), Some(20.0), Some(35.0)]);
    // A's d is that of the other big unit, 40.
    let lent = score("missing = { policy = \"group-score\", group = \"tier\" }");
    assert_eq!(lent, [Some(25.0), Some(25.0), Some(20.0), Some(35.0)]);
    let own = score("missing = { policy = \"group-score\", group = \"tier\", availability = 0.65 }");
    assert_eq!(own[0], None, "a lent score is not evidence of the unit's own");
}

#[test]
fn weights_by_set_and_by_group() {
    let definitions = "[[weight_set]]\nid = \"s\"\nname = { zh = \"s\", en = \"s\" }\nshares = { x = 1, y = 3 }\n\
                       [[group_weights]]\nnode = \"index\"\ngroup = \"tier\"\nmember = \"small\"\nshares = { x = 3, y = 1 }\n"
        .to_owned()
        + &node("index", "aggregate = { method = \"arithmetic\" }")
        + &indicator("x", "index", "weight = 1")
        + &indicator("y", "index", "weight = 1");
    let copy = grouped(&definitions, "x,y", &["A,0,8", "B,8,0", "C,0,8", "D,8,0"]);
    let scores =
        |copy: &Copy| cells(&copy.scored(), "index").into_iter().map(Cell::value).collect::<Vec<_>>();
    assert_eq!(scores(&copy), [Some(4.0), Some(4.0), Some(2.0), Some(6.0)]);
    copy.edit("index.toml", "index = \"index\"", "index = \"index\"\nuse_weights = \"s\"");
    assert_eq!(scores(&copy), [Some(6.0), Some(2.0), Some(2.0), Some(6.0)]);
}

/// Weights are scale-free, and an operator belongs to its node alone.
#[test]
fn weights_are_shares_and_operators_mix() {
    let score = |weights: [&str; 2]| {
        let definitions = node("index", "aggregate = { method = \"geometric\" }")
            + &node(
                "d",
                &format!(
                    "parent = \"index\"\naggregate = {{ method = \"arithmetic\" }}\nweight = {}",
                    weights[0]
                ),
            )
            + &indicator("x", "index", &format!("weight = {}", weights[1]))
            + &indicator("y", "d", "")
            + &indicator("z", "d", "");
        let copy = copy(&definitions, "x,y,z", &["A,4,20,12", "B,1,1,1", "C,2,2,2", "D,3,3,3"]);
        cells(&copy.scored(), "index")[0].value()
    };
    close(score(["1", "1"]), 8.0);
    assert_eq!(score(["1", "1"]), score(["32", "32"]));
}
