//! Weighting schemes and comparing methods against what other programs computed
//! on the golden set (342 synthetic units by 24 indicators on 1 to 100):
//! pymcdm, scikit-criteria, COINr and a linear programme. The expected values
//! lie in tests/cases/mcdm.

use std::fmt::Write as _;
use std::fs;
use std::sync::OnceLock;

use benchline::diagnostics::Findings;
use benchline::index::evaluate;
use benchline::model::Id;
use benchline::numeric::{self, NoWeights};
use benchline::plan::{Rule, ahp_weights};
use benchline::project::{self, ScoredProject};

use crate::support::{Copy, root};

const CASES: &str = "tests/cases/mcdm";

/// A table as code and values by column.
struct Table {
    header: Vec<String>,
    rows: Vec<(String, Vec<f64>)>,
}

fn table(file: &str) -> Table {
    let text = fs::read_to_string(root().join(CASES).join(file)).unwrap();
    let mut lines = text.lines();
    let header = lines.next().unwrap().split(',').skip(1).map(str::to_owned).collect();
    let row = |line: &str| {
        let mut fields = line.split(',');
        (fields.next().unwrap().to_owned(), fields.map(|field| field.parse().unwrap()).collect())
    };
    Table { header, rows: lines.map(row).collect() }
}

impl Table {
    fn column(&self, name: &str) -> Vec<f64> {
        let at = self.header.iter().position(|one| one == name).unwrap_or_else(|| panic!("no column {name}"));
        self.rows.iter().map(|(_, values)| values[at]).collect()
    }
}

/// The six dimensions of the golden set.
fn dimensions() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| table("dimensions.csv"))
}

/// A project whose index is made from the columns of a table by `rule`; children
/// state the weights given.
fn project_of(table: &Table, rule: &str, weights: &[f64]) -> Copy {
    let copy = Copy::of("tests/cases/methods/_base");
    let mut text = fs::read_to_string(copy.path().join("index.toml")).unwrap();
    let _ = writeln!(text, "[[node]]\nid = \"index\"\nname = {{ zh = \"指数\", en = \"Index\" }}\n{rule}");
    for (at, id) in table.header.iter().enumerate() {
        let weight = weights.get(at).map_or(String::new(), |weight| format!("weight = {weight}\n"));
        let _ = writeln!(
            text,
            "[[indicator]]\nid = \"{id}\"\nname = {{ zh = \"{id}\", en = \"{id}\" }}\nparent = \"index\"\n{weight}\
             direction = \"higher\"\nmeasure = {{ zh = \"分\", en = \"points\" }}\nnormalise = {{ method = \"none\" }}"
        );
    }
    copy.write("index.toml", &text);
    let (mut units, mut values) = ("code,name\n".to_owned(), format!("code,{}\n", table.header.join(",")));
    for (code, row) in &table.rows {
        let _ = writeln!(units, "{code},{code}");
        let row: Vec<String> = row.iter().map(f64::to_string).collect();
        let _ = writeln!(values, "{code},{}", row.join(","));
    }
    copy.write("units.csv", &units);
    copy.write("values.csv", &values);
    copy
}

fn scored(table: &Table, rule: &str, weights: &[f64]) -> ScoredProject {
    project_of(table, rule, weights).scored()
}

/// The weights that a scheme gave the children of the index.
fn weights(scored: &ScoredProject) -> Vec<f64> {
    let plan = &scored.evaluation.plan;
    match &plan.node(&plan.index).unwrap().rule {
        Rule::Aggregate { weights, .. } => weights.as_slice().to_vec(),
        Rule::Formula(_) => panic!("no mean"),
    }
}

fn scores(scored: &ScoredProject) -> Vec<f64> {
    let column = scored.evaluation.column(&Id::from("index")).unwrap();
    (0..column.len()).map(|row| column.value(row).unwrap()).collect()
}

#[track_caller]
fn close(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (at, (found, expected)) in found.iter().zip(expected).enumerate() {
        let distance = (found - expected).abs() / expected.abs().max(1e-3);
        assert!(distance <= tolerance, "{at}: {found} and not {expected}");
    }
}

#[test]
fn schemes_give_the_weights_of_other_programs() {
    let expected = table("weights.csv");
    let scheme = |method: &str| {
        format!("aggregate = {{ method = \"arithmetic\" }}\nweighting = {{ method = \"{method}\" }}")
    };
    for method in ["equal", "entropy", "standard-deviation", "critic", "principal-component"] {
        let found = weights(&scored(dimensions(), &scheme(method), &[]));
        close(&found, &expected.column(method), 1e-10);
    }
}

/// The matrix, its eigenvector and its consistency were computed by NumPy.
#[test]
fn ahp() {
    let third = 1.0 / 3.0;
    let matrix = vec![
        vec![1.0, 3.0, 5.0, 2.0, 4.0, 6.0],
        vec![third, 1.0, 3.0, 0.5, 2.0, 4.0],
        vec![0.2, third, 1.0, 0.25, 0.5, 2.0],
        vec![0.5, 2.0, 4.0, 1.0, 3.0, 5.0],
        vec![0.25, 0.5, 2.0, third, 1.0, 3.0],
        vec![third / 2.0, 0.25, 0.5, 0.2, third, 1.0],
    ];
    let found = ahp_weights(&matrix).unwrap();
    let expected = [
        0.3824974725094316,
        0.15958026491050628,
        0.06407739871781196,
        0.25040174881317984,
        0.10063029275399885,
        0.04281282229507143,
    ];
    close(&found.weights, &expected, 1e-10);
    close(&[found.eigenvalue, found.ratio], &[6.122463628004889, 0.01975219806530464], 1e-10);
    let of = dimensions().header.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(", ");
    let rule = format!(
        "aggregate = {{ method = \"arithmetic\" }}\nweighting = {{ method = \"ahp\", of = [{of}], comparisons = {matrix:?} }}"
    );
    close(&weights(&scored(dimensions(), &rule, &[])), &expected, 1e-10);
}

/// Scores of a linear programme per unit, free and with shares from 5 to 40 %.
#[test]
fn benefit_of_the_doubt() {
    let expected = table("benefit_of_the_doubt.csv");
    let free = "aggregate = { method = \"benefit-of-the-doubt\" }";
    close(&scores(&scored(dimensions(), free, &[])), &expected.column("free"), 1e-10);
    let bounded = "aggregate = { method = \"benefit-of-the-doubt\", shares = { min = 0.05, max = 0.40 } }";
    close(&scores(&scored(dimensions(), bounded, &[])), &expected.column("bounded"), 1e-10);
}

/// Row order never changes a Copeland score, which the peer cannot say.
#[test]
fn copeland_does_not_know_the_order_of_rows() {
    let rule = "aggregate = { method = \"copeland\" }";
    let weights = [0.25, 0.2, 0.15, 0.1, 0.18, 0.12];
    let there = scores(&scored(dimensions(), rule, &weights));
    let reversed: Vec<(String, Vec<f64>)> = dimensions()
        .rows
        .iter()
        .rev()
        .enumerate()
        .map(|(at, (_, values))| (format!("C{:03}", at + 1), values.clone()))
        .collect();
    let mut back =
        scores(&scored(&Table { header: dimensions().header.clone(), rows: reversed }, rule, &weights));
    back.reverse();
    assert_eq!(there, back);
    assert!(there.iter().sum::<f64>().abs() < 1e-9, "what one wins another loses");
    assert!(there.iter().all(|score| score.abs() <= 341.0));
}

#[test]
fn row_order_and_threads_do_not_change_an_evaluation() {
    let scored = scored(dimensions(), "aggregate = { method = \"benefit-of-the-doubt\" }", &[]);
    let again = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let plan = &scored.project.framework.plan;
        pool.install(|| evaluate(&scored.project.input, plan).unwrap().outcomes)
    };
    assert_eq!(again(1), again(4));
}

#[test]
fn collinear_children_are_named() {
    let twice = Table {
        header: vec!["x".into(), "y".into()],
        rows: (1..5).map(|at| (format!("U{at}"), vec![f64::from(at), 10.0 * f64::from(at)])).collect(),
    };
    let found = refused(
        &twice,
        "weighting = { method = \"principal-component\" }\naggregate = { method = \"arithmetic\" }",
    );
    assert_eq!(
        found,
        [("E331", "the data give no weights under `index`: `x` and `y` are perfectly correlated".to_owned())]
    );
}

fn refused(table: &Table, rule: &str) -> Vec<(&'static str, String)> {
    let copy = project_of(table, rule, &[]);
    let mut findings = Findings::new();
    if let Some(open) = project::open(copy.path(), &mut findings) {
        assert!(project::score(open, &mut findings).is_none());
    }
    findings.iter().map(|one| (one.code.id(), one.message.en.clone())).collect()
}

/// The 24 indicators of the golden set, and its weights from the index down:
/// those of COINr's audit, the schemes of pymcdm, its TOPSIS and its VIKOR (Q).
#[test]
fn indicators_of_the_golden_set() {
    let copy = Copy::of("tests/cases/goldens/_base");
    copy.overlay(&root().join("tests/cases/goldens/C_agg_gmean_uneven"));
    let open = project::open(copy.path(), &mut Findings::new()).unwrap();
    let evaluation = evaluate(&open.input, &open.framework.plan).unwrap();
    let expected = table("indicators.csv");
    let ids: Vec<Id> = expected.rows.iter().map(|(id, _)| Id::from(id.as_str())).collect();

    let effective = evaluation.plan.effective_weights();
    let weights: Vec<f64> = ids.iter().map(|id| effective[id]).collect();
    close(&weights, &expected.column("effective"), 1e-15);

    let columns: Vec<Vec<f64>> = ids
        .iter()
        .map(|id| {
            let column = evaluation.column(id).unwrap();
            (0..column.len()).map(|row| column.value(row).unwrap()).collect()
        })
        .collect();
    let shares = |found: Result<Vec<f64>, NoWeights>| {
        let found = found.unwrap();
        let sum: f64 = found.iter().sum();
        found.into_iter().map(|share| share / sum).collect::<Vec<f64>>()
    };
    close(&shares(numeric::entropy_weights(&columns)), &expected.column("entropy"), 1e-10);
    close(&shares(numeric::deviation_weights(&columns)), &expected.column("standard-deviation"), 1e-10);
    close(&shares(numeric::critic_weights(&columns)), &expected.column("critic"), 1e-10);

    let rows: Vec<Vec<f64>> =
        (0..columns[0].len()).map(|row| columns.iter().map(|column| column[row]).collect()).collect();
    let (field, expected) = (vec![true; rows.len()], table("scores.csv"));
    close(&numeric::topsis(&rows, &weights, &field), &expected.column("topsis"), 1e-10);
    let q: Vec<f64> = numeric::vikor(&rows, &weights, &field, 0.5).iter().map(|score| 1.0 - score).collect();
    close(&q, &expected.column("vikor"), 1e-10);
}
