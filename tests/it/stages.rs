//! The stages before normalisation and the scales, against values worked out by
//! hand, from framework files alone.

use benchline::diagnostics::Findings;
use benchline::index::{Evaluation, Evaluator, evaluate};
use benchline::model::Id;
use benchline::plan::{Imputation, Pool, Treatment};
use benchline::project::{self, OpenProject};
use proptest::prelude::*;

use crate::support::Copy;

/// A project with these indicators, each `(id, direction, rest of its table)`,
/// under one arithmetic index; units A, B, … in two groups by turns.
fn project(top: &str, indicators: &[(&str, &str, &str)], header: &str, rows: &[&str]) -> Copy {
    let copy = Copy::of("tests/cases/methods/_base");
    let head = std::fs::read_to_string(copy.path().join("index.toml")).unwrap();
    let mut text = format!(
        "{top}\n{head}\n[[group]]\nid = \"half\"\nname = {{ zh = \"半\", en = \"Half\" }}\n\
         member = [{{ id = \"one\", name = {{ zh = \"一\", en = \"One\" }} }}, {{ id = \"two\", name = {{ zh = \"二\", en = \"Two\" }} }}]\n\
         [[node]]\nid = \"index\"\nname = {{ zh = \"指数\", en = \"Index\" }}\naggregate = {{ method = \"arithmetic\" }}\n"
    );
    for (id, direction, rest) in indicators {
        text += &format!(
            "[[indicator]]\nid = \"{id}\"\nname = {{ zh = \"{id}\", en = \"{id}\" }}\nparent = \"index\"\n\
             direction = \"{direction}\"\nmeasure = {{ zh = \"分\", en = \"points\" }}\n{rest}\n"
        );
    }
    copy.write("index.toml", &text);
    let mut units: Vec<&str> = rows.iter().map(|row| row.split(',').next().unwrap()).collect();
    units.sort_unstable();
    units.dedup();
    let halves = units.iter().enumerate();
    let lines: String =
        halves.map(|(at, unit)| format!("{unit},{unit},{}\n", ["one", "two"][at % 2])).collect();
    copy.write("units.csv", &format!("code,name,half\n{lines}"));
    copy.edit("benchline.toml", "name_en = \"name\"", "name_en = \"name\", groups = { half = \"half\" }");
    if header.starts_with("code,year") {
        copy.edit("benchline.toml", "unit = \"code\"", "unit = \"code\"\nperiod = \"year\"");
    }
    copy.write("values.csv", &format!("{header}\n{}\n", rows.join("\n")));
    copy
}

fn open(copy: &Copy) -> OpenProject {
    let mut findings = Findings::new();
    let open = project::open(copy.path(), &mut findings);
    open.unwrap_or_else(|| panic!("{findings:#?}"))
}

fn evaluated(copy: &Copy) -> Evaluation {
    let project = open(copy);
    evaluate(&project.input, &project.framework.plan).unwrap_or_else(|findings| panic!("{findings:#?}"))
}

/// The values of the first indicator after imputation.
fn imputed(impute: &str, header: &str, rows: &[&str]) -> Vec<Option<f64>> {
    let rest = format!("normalise = {{ method = \"none\" }}\nimpute = {impute}");
    let others: Vec<&str> = header.split(',').filter(|name| !["code", "year", "x"].contains(name)).collect();
    let mut indicators = vec![("x", "higher", rest.as_str())];
    indicators.extend(others.iter().map(|id| (*id, "lower", "normalise = { method = \"min-max\" }")));
    let evaluation = evaluated(&project("", &indicators, header, rows));
    let column = evaluation.prepared.imputed.column(0).unwrap();
    (0..column.len()).map(|row| column.value(row)).collect()
}

fn close(found: &[Option<f64>], expected: &[Option<f64>]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        match (found, expected) {
            (Some(a), Some(b)) => assert!((a - b).abs() < 1e-9, "{found:?} {expected:?}"),
            (a, b) => assert_eq!(a, b),
        }
    }
}

/// The scores that a method gives to the values of units A, B, ….
fn scores(direction: &str, normalise: &str, values: &[&str]) -> Vec<Option<f64>> {
    let rest = format!("normalise = {normalise}");
    let rows: Vec<String> = values.iter().zip('A'..).map(|(value, unit)| format!("{unit},{value}")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let evaluation = evaluated(&project("", &[("x", direction, &rest)], "code,x", &rows));
    let column = evaluation.column(&Id::from("x")).unwrap().clone();
    (0..column.len()).map(|row| column.value(row)).collect()
}

fn some(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}

#[test]
fn figures_of_all_or_of_the_group() {
    // Groups: A, C, E are one half; B, D the other.
    let rows = ["A,1", "B,10", "C,5", "D,", "E,", "F,20"];
    let with = |fourth: f64, fifth: f64| some(&[1.0, 10.0, 5.0, fourth, fifth, 20.0]);
    close(&imputed("{ method = \"mean\" }", "code,x", &rows), &with(9.0, 9.0));
    close(&imputed("{ method = \"median\" }", "code,x", &rows), &with(7.5, 7.5));
    close(&imputed("{ method = \"mean\", within = \"half\" }", "code,x", &rows), &with(15.0, 3.0));
    assert_eq!(imputed("{ method = \"none\" }", "code,x", &rows)[3], None);
}

/// x: 0..10, higher is better; y: 4..0, lower is better. Unit C has y = 1, three
/// quarters of the way to the best value, and so x = 7.5.
#[test]
fn a_row_mean_goes_back_to_the_indicators_own_unit() {
    let found = imputed("{ method = \"row-mean\" }", "code,x,y", &["A,0,4", "B,10,0", "C,,1"]);
    close(&found, &some(&[0.0, 10.0, 7.5]));
}

#[test]
fn a_regression_predicts_and_expectation_maximisation_agrees() {
    // x = 1 + 1.4 y by least squares on four pairs; 8 at y = 5.
    let rows = ["A,2,1", "B,5,2", "C,4,3", "D,7,4", "E,,5"];
    let expected = some(&[2.0, 5.0, 4.0, 7.0, 8.0]);
    close(&imputed("{ method = \"regression\", on = [\"y\"] }", "code,x,y", &rows), &expected);
}

#[test]
fn series_are_filled_along_time() {
    // One unit, years 2020 to 2024 and a gap before 2024; the other has all.
    let rows = [
        "A,2019,",
        "A,2020,10",
        "A,2021,",
        "A,2022,20",
        "A,2024,",
        "B,2019,1",
        "B,2020,1",
        "B,2021,2",
        "B,2022,3",
        "B,2024,4",
    ];
    let of_a = |impute: &str| {
        let copy = project(
            "",
            &[("x", "higher", &format!("normalise = {{ method = \"none\" }}\nimpute = {impute}"))],
            "code,year,x",
            &rows,
        );
        copy.edit("benchline.toml", "edition = \"2025\"", "edition = \"2024\"");
        let column = evaluated(&copy).prepared.imputed.column(0).unwrap().clone();
        (0..5).map(|period| column.value(2 * period)).collect::<Vec<_>>()
    };
    let filled = |first, third, last| [first, Some(10.0), third, Some(20.0), last];
    close(&of_a("{ method = \"latest\" }"), &filled(None, Some(10.0), Some(20.0)));
    close(&of_a("{ method = \"latest\", max_age = 1 }"), &filled(None, Some(10.0), None));
    close(&of_a("{ method = \"linear\" }"), &filled(None, Some(15.0), None));
    close(&of_a("{ method = \"linear-constant\" }"), &filled(Some(10.0), Some(15.0), Some(20.0)));
    close(&of_a("{ method = \"constant\" }"), &filled(Some(10.0), Some(10.0), Some(20.0)));
}

#[test]
fn scales_by_hand() {
    let values = ["10", "20", "40", ""];
    let with = |scores: [f64; 3]| [some(&scores), vec![None]].concat();
    close(&scores("higher", "{ method = \"distance-to-max\" }", &values), &with([0.0, 1.0 / 3.0, 1.0]));
    let reference = "{ method = \"distance-to-reference\", unit = \"B\", cap = false }";
    close(&scores("higher", reference, &values), &with([0.0, 1.0, 3.0]));
    let capped = "{ method = \"distance-to-reference\", unit = \"B\", to = 100 }";
    close(&scores("higher", capped, &values), &with([0.0, 100.0, 100.0]));
    // Lower is better: worst 40, target 20, so (y − min)/(t − min) = (−x + 40)/20.
    let target = "{ method = \"distance-to-target\", target = 20, cap = false }";
    close(&scores("lower", target, &values), &with([1.5, 1.0, 0.0]));
    close(
        &scores("higher", "{ method = \"fraction-of-max\", to = 100 }", &values),
        &with([25.0, 50.0, 100.0]),
    );
    // With direction −1 the bounds (l, u) become (−u, −l).
    let scaled = "{ method = \"scaled\", low = 0, high = 20, to = 1 }";
    close(&scores("higher", scaled, &values), &with([0.5, 1.0, 2.0]));
    close(&scores("lower", scaled, &values), &with([0.5, 0.0, -1.0]));
    close(&scores("higher", "{ method = \"borda\" }", &["5", "5", "9", "7"]), &some(&[0.0, 0.0, 3.0, 2.0]));
    let stretched = "{ method = \"rank\", range = { from = 40, to = 100 } }";
    close(&scores("lower", stretched, &["5", "6", "7", "9"]), &some(&[100.0, 80.0, 60.0, 40.0]));
    let categories =
        "{ method = \"categories\", categories = [{ value = 1, score = 100 }, { value = 2, score = 30 }] }";
    close(
        &scores("higher", categories, &["1", "2", "1", ""]),
        &[some(&[100.0, 30.0, 100.0]), vec![None]].concat(),
    );
    let threshold = "{ method = \"linear-threshold\", floor = 30, target = 10, at_floor = 60 }";
    close(&scores("lower", threshold, &["5", "10", "20", "31"]), &some(&[100.0, 100.0, 80.0, 0.0]));
    let from = "{ method = \"goalposts\", low = 0, high = 40, from = 20, scale = 100 }";
    close(&scores("higher", from, &values), &with([40.0, 60.0, 100.0]));
}

/// Quantiles of type 7 at a quarter and three quarters of 0, 10, 20, 30, 40 are
/// 10 and 30; of the logarithms of 1, 10, 100, 1000, 10000 they are those of 10
/// and 1000 (trap: logarithms and percentile goalposts, as in the EPI).
#[test]
fn percentile_goalposts_follow_the_data() {
    let method = "{ method = \"percentile-goalposts\", low = 0.25, high = 0.75, scale = 1 }";
    let values = ["0", "10", "20", "30", "40"];
    close(&scores("higher", method, &values), &some(&[0.0, 0.0, 0.5, 1.0, 1.0]));
    close(&scores("lower", method, &values), &some(&[1.0, 1.0, 0.5, 0.0, 0.0]));
    let log = "{ method = \"percentile-goalposts\", low = 0.25, high = 0.75, curve = \"log\", scale = 1 }";
    close(&scores("higher", log, &["1", "10", "100", "1000", "10000"]), &some(&[0.0, 0.0, 0.5, 1.0, 1.0]));
}

/// Trap: materiality. What is not applicable is neither filled in nor expected.
#[test]
fn what_is_not_applicable_is_not_filled_in() {
    let found = imputed("{ method = \"mean\" }", "code,x", &["A,1", "B,n/a", "C,", "D,3"]);
    assert_eq!(found, [Some(1.0), None, Some(2.0), Some(3.0)]);
}

/// Winsorised by hand: the largest point of nine goes to the next one; a
/// transform that would lengthen the left tail is dropped, unless told otherwise.
#[test]
fn outliers_move_inwards_and_transforms_must_improve() {
    let treated = |treat: &str, values: &[&str]| {
        let rest = format!("normalise = {{ method = \"min-max\" }}\ntreat = {treat}");
        let rows: Vec<String> =
            values.iter().zip('A'..).map(|(value, unit)| format!("{unit},{value}")).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        evaluated(&project("", &[("x", "higher", &rest)], "code,x", &rows))
    };
    let right = ["1", "2", "3", "4", "5", "6", "7", "8", "900"];
    let evaluation = treated("{ method = \"outliers\" }", &right);
    let prepared = &evaluation.prepared;
    assert_eq!(prepared.treated.column(0).unwrap().value(8), Some(8.0));
    assert_eq!(&*prepared.marks[0].moved, [8]);
    let record = prepared.marks[0].treatments[0];
    assert_eq!((record.points, record.winsorised, record.transform), (1, true, None));

    let left = ["-900", "2", "3", "4", "5", "6", "7", "8", "9"];
    let dropped = treated("{ method = \"outliers\", winsorise = 0 }", &left).prepared;
    assert_eq!(dropped.treated.column(0).unwrap().value(0), Some(-900.0), "the values as read");
    assert!(dropped.marks[0].treatments[0].dropped.is_some());
    let kept =
        treated("{ method = \"outliers\", winsorise = 0, keep_transform = \"always\" }", &left).prepared;
    assert!(kept.marks[0].treatments[0].transform.is_some());
    let plus =
        treated("{ method = \"outliers\", winsorise = 0, transform = \"log-ct-plus\" }", &left).prepared;
    let record = plus.marks[0].treatments[0];
    assert!(record.transform.is_some() && record.after.skewness > record.before.skewness);
}

/// A unit that failed screening shapes nobody's scale and is not assessed.
#[test]
fn who_failed_screening_is_left_out_of_every_comparison() {
    let indicators = [
        ("x", "higher", "normalise = { method = \"min-max\" }"),
        ("y", "higher", "normalise = { method = \"min-max\" }"),
    ];
    let rows = ["A,0,1", "B,10,2", "C,1000,", "D,5,3"];
    let screened = evaluated(&project("screen = { availability = 0.6 }", &indicators, "code,x,y", &rows));
    let column = screened.column(&Id::from("x")).unwrap();
    assert_eq!((column.value(1), column.value(2), column.value(3)), (Some(100.0), None, Some(50.0)));
    assert!(screened.outcomes[2].score.is_none() && screened.outcomes[1].score.is_some());
    let shortfall = screened.prepared.shortfall(2).unwrap();
    assert_eq!((shortfall.present, shortfall.expected), (1, 2));
}

/// A plan that differs in one late stage shares the earlier ones.
#[test]
fn edited_plans_share_the_stages_that_they_have_in_common() {
    let rest = "normalise = { method = \"min-max\" }\nimpute = { method = \"mean\" }\ntreat = { method = \"outliers\" }";
    let copy =
        project("", &[("x", "higher", rest), ("y", "lower", rest)], "code,x,y", &["A,1,2", "B,2,", "C,4,9"]);
    let open = open(&copy);
    let evaluator = Evaluator::new(&open.input);
    let plan = &open.framework.plan;
    evaluator.evaluate(plan).unwrap();
    let computed = evaluator.computed();
    let mut untreated = plan.clone();
    untreated.indicators[0].treat = Treatment::None;
    let after = evaluator.evaluate(&untreated).unwrap();
    assert!(
        evaluator.computed() <= computed + 2,
        "x anew from normalisation on, y and imputation not at all"
    );
    assert_eq!(after.outcomes, evaluate(&open.input, &untreated).unwrap().outcomes);
    let mut other = plan.clone();
    other.indicators[1].impute = Imputation::Median { within: None, over: Pool::Period };
    assert_eq!(evaluator.evaluate(&other).unwrap().outcomes, evaluate(&open.input, &other).unwrap().outcomes);
}

/// Neither the order of rows nor that of columns and indicators changes what is
/// filled in, moved or scored.
#[test]
fn order_is_irrelevant_to_every_stage() {
    let rest = "normalise = { method = \"min-max\" }\nimpute = { method = \"row-mean\" }\ntreat = { method = \"outliers\" }";
    let rows = ["A,1,2,9", "B,2,,8", "C,4,9,7", "D,,3,900", "E,5,5,", "F,7,6,4"];
    let turned: Vec<String> = rows
        .iter()
        .rev()
        .map(|row| {
            let fields: Vec<&str> = row.split(',').collect();
            format!("{},{},{},{}", fields[0], fields[3], fields[2], fields[1])
        })
        .collect();
    let turned: Vec<&str> = turned.iter().map(String::as_str).collect();
    let indicators = [("x", "higher", rest), ("y", "lower", rest), ("z", "higher", rest)];
    let mut reversed = indicators;
    reversed.reverse();
    let one = evaluated(&project("", &indicators, "code,x,y,z", &rows));
    let other = evaluated(&project("", &reversed, "code,z,y,x", &turned));
    for (a, b) in one.outcomes.iter().zip(&other.outcomes) {
        assert!((a.score.unwrap().raw - b.score.unwrap().raw).abs() < 1e-9);
        assert_eq!(a.rank.unwrap().value, b.rank.unwrap().value);
    }
}

/// One unit, two units, nothing at all: findings, and no number out of nothing.
#[test]
fn too_little_data_is_a_finding_or_stays_missing() {
    let refused = |rest: &str, rows: &[&str]| {
        let copy = project("", &[("x", "higher", rest)], "code,x", rows);
        let mut findings = Findings::new();
        let open = project::open(copy.path(), &mut findings);
        if let Some(open) = open {
            project::score(open, &mut findings);
        }
        findings.iter().map(|finding| finding.code.id()).collect::<Vec<_>>()
    };
    let full = "normalise = { method = \"min-max\" }\nimpute = { method = \"mean\" }\ntreat = { method = \"outliers\" }";
    assert_eq!(refused(full, &["A,1"]), ["E301"]);
    assert_eq!(refused(full, &["A,1", "B,"]), ["E301"], "filled in with the mean, nobody differs");
    assert_eq!(refused(full, &["A,", "B,"]), ["V210"]);
    assert!(refused(full, &["A,1", "B,2"]).is_empty());
    let em = "normalise = { method = \"min-max\" }\nimpute = { method = \"em\" }";
    assert_eq!(refused(em, &["A,1", "B,"]), ["E301"], "a unit without any value takes no part");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Bounded methods stay in range, keep the order of values, and no number
    /// that is not finite comes out, with imputation and treatment on.
    #[test]
    fn bounded_scales_stay_in_range(values in prop::collection::vec(-1e6..1e6_f64, 6..12), gap in 0..6_usize) {
        let written: Vec<String> =
            values.iter().enumerate().map(|(at, value)| if at == gap { String::new() } else { value.to_string() }).collect();
        let written: Vec<&str> = written.iter().map(String::as_str).collect();
        for method in [
            "{ method = \"min-max\" }\nimpute = { method = \"median\" }\ntreat = { method = \"outliers\" }",
            "{ method = \"percentile-goalposts\", low = 0.1, high = 0.9 }\nimpute = { method = \"mean\" }",
            "{ method = \"percentile-rank\" }",
            "{ method = \"rank\", range = { from = 0, to = 100 } }",
            "{ method = \"distance-to-max\", to = 100 }\ntreat = { method = \"outliers\", keep_transform = \"always\" }",
        ] {
            let found = scores("higher", method, &written);
            prop_assert!(found.iter().flatten().all(|score| (-1e-9..=100.0 + 1e-9).contains(score)));
            for (a, first) in values.iter().zip(&found) {
                for (b, second) in values.iter().zip(&found) {
                    if let (Some(first), Some(second), true) = (first, second, a < b) {
                        prop_assert!(first <= &(second + 1e-9) || found[gap] == Some(*first) || found[gap] == Some(*second));
                    }
                }
            }
        }
    }
}
