//! Indices that somebody else computed, one folder each in tests/cases/goldens:
//! a framework and the values that it must give. A new case is a folder.
//!
//! A case lies over `_base` (342 synthetic units by 24 indicators, the input of
//! them all) and holds `framework.toml` and any of the tables in [`STAGES`].
//! Each has a column `code` and columns by id of indicator or node; an empty
//! field is a missing value. Rows and columns may be left out, but a case whose
//! tables name no value at all fails. A case may bring its own files of `_base`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use benchline::diagnostics::Findings;
use benchline::index::{Evaluation, evaluate};
use benchline::model::{Column, Id};
use benchline::project::{self, OpenProject};

use crate::support::{Copy, root};

const CASES: &str = "tests/cases/goldens";

/// Largest difference, as a share of the larger value.
const TOLERANCE: f64 = 1e-10;

/// A column of an evaluation by id, at one stage.
type Stage = fn(&OpenProject, &Evaluation, &Id) -> Option<Arc<Column>>;

/// The tables that a case may hold.
const STAGES: [(&str, Stage); 6] = [
    ("denominated.csv", denominated),
    ("imputed.csv", imputed),
    ("treated.csv", treated),
    ("normalised.csv", normalised),
    ("nodes.csv", nodes),
    ("ranks.csv", ranks),
];

fn denominated(project: &OpenProject, evaluation: &Evaluation, id: &Id) -> Option<Arc<Column>> {
    evaluation.prepared.denominated.column(position(project, id)?).cloned()
}

fn imputed(project: &OpenProject, evaluation: &Evaluation, id: &Id) -> Option<Arc<Column>> {
    evaluation.prepared.imputed.column(position(project, id)?).cloned()
}

fn treated(project: &OpenProject, evaluation: &Evaluation, id: &Id) -> Option<Arc<Column>> {
    evaluation.prepared.treated.column(position(project, id)?).cloned()
}

fn normalised(project: &OpenProject, evaluation: &Evaluation, id: &Id) -> Option<Arc<Column>> {
    evaluation.normalised.column(position(project, id)?).cloned()
}

fn nodes(_: &OpenProject, evaluation: &Evaluation, id: &Id) -> Option<Arc<Column>> {
    evaluation.nodes.columns.get(id).cloned()
}

/// The ranks of the index.
fn ranks(_: &OpenProject, evaluation: &Evaluation, id: &Id) -> Option<Arc<Column>> {
    use benchline::model::Cell;
    let rank = |rank: Option<f64>| rank.map_or(Cell::MISSING, Cell::Value);
    let ranks = evaluation.outcomes.iter().map(|outcome| rank(outcome.rank.map(|rank| rank.value)));
    (*id == evaluation.plan.index).then(|| Arc::new(ranks.collect()))
}

fn position(project: &OpenProject, id: &Id) -> Option<usize> {
    project.input.indicators().iter().position(|known| known == id)
}

#[test]
fn every_golden_is_reproduced() {
    let mut cases: Vec<PathBuf> = fs::read_dir(root().join(CASES))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("framework.toml").is_file())
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    let failed: Vec<String> = cases.iter().flat_map(|case| failures(case)).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// What a case gets wrong, the first differences of each table.
fn failures(case: &Path) -> Vec<String> {
    let name = case.file_name().unwrap().to_string_lossy().into_owned();
    let copy = Copy::of(&format!("{CASES}/_base"));
    copy.overlay(case);
    let mut findings = Findings::new();
    let Some(project) = project::open(copy.path(), &mut findings) else {
        return vec![format!("{name}: {findings:#?}")];
    };
    let evaluation = match evaluate(&project.input, &project.framework.plan) {
        Ok(evaluation) => evaluation,
        Err(findings) => return vec![format!("{name}: {findings:#?}")],
    };
    let (mut failures, mut compared) = (Vec::new(), 0);
    for (file, stage) in STAGES {
        let Ok(table) = fs::read_to_string(case.join(file)) else { continue };
        let column = |id: &str| stage(&project, &evaluation, &Id::from(id));
        let (count, wrong) = differences(&table, &project, column);
        compared += count;
        failures.extend(wrong.iter().take(5).map(|wrong| format!("{name}/{file}: {wrong}")));
        if wrong.len() > 5 {
            failures.push(format!("{name}/{file}: {} of {count} differ", wrong.len()));
        }
    }
    if let Ok(table) = fs::read_to_string(case.join("treatments.csv")) {
        compared += 1;
        failures
            .extend(treatments(&table, &project, &evaluation).iter().map(|wrong| format!("{name}: {wrong}")));
    }
    if let Ok(table) = fs::read_to_string(case.join("screened.csv")) {
        compared += 1;
        let found = screened(&project, &evaluation);
        if found != table {
            failures.push(format!("{name}/screened.csv: expected\n{table}found\n{found}"));
        }
    }
    if let Ok(table) = fs::read_to_string(case.join("availability.csv")) {
        compared += 1;
        failures.extend(
            availability(&table, &project, &evaluation).iter().map(|wrong| format!("{name}: {wrong}")),
        );
    }
    if compared == 0 {
        failures.push(format!("{name}: nothing to compare"));
    }
    failures
}

/// What was done about outliers, indicator by indicator: points moved, skewness
/// and kurtosis before and, where anything was done, after.
fn treatments(table: &str, project: &OpenProject, evaluation: &Evaluation) -> Vec<String> {
    let mut wrong = Vec::new();
    for line in table.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let at = position(project, &Id::from(fields[0])).unwrap();
        let records = &evaluation.prepared.marks[at].treatments;
        let expected: Vec<Option<f64>> = fields[1..].iter().map(|text| text.parse().ok()).collect();
        let found = records.first().map_or(vec![None; 5], |one| {
            let shapes = [one.before.skewness, one.before.kurtosis, one.after.skewness, one.after.kurtosis];
            std::iter::once(Some(one.points as f64)).chain(shapes).collect()
        });
        if !expected.iter().zip(&found).all(|(a, b)| agree(*a, *b)) {
            wrong.push(format!("{}: expected {expected:?}, found {found:?}", fields[0]));
        }
    }
    wrong
}

/// Missing values and zeros of each unit, where the framework lets everyone fail
/// screening who has any.
fn availability(table: &str, project: &OpenProject, evaluation: &Evaluation) -> Vec<String> {
    let panel = project.input.panel();
    let start = panel.rows_of(project.input.edition()).start;
    let count = |line: &str| {
        let unit = panel.units().position(line.split(',').next().unwrap()).unwrap();
        let short = evaluation.prepared.shortfall(start + unit);
        let (missing, zeros) = short.map_or((0, 0), |short| (short.expected - short.present, short.zeros));
        format!("{},{missing},{zeros}", panel.units().get(unit).unwrap().code)
    };
    let lines = table.lines().skip(1).map(|line| (line.to_owned(), count(line)));
    lines.filter(|(a, b)| a != b).map(|(a, b)| format!("expected {a}, found {b}")).collect()
}

/// The units that failed screening, a line each.
fn screened(project: &OpenProject, evaluation: &Evaluation) -> String {
    let panel = project.input.panel();
    let rows = panel.rows_of(project.input.edition());
    let failed = rows.filter(|row| evaluation.prepared.shortfall(*row).is_some());
    failed.map(|row| panel.named(row).0 + "\n").collect()
}

/// How many cells a table expects in the edition, and which of them differ.
fn differences(
    table: &str,
    project: &OpenProject,
    column: impl Fn(&str) -> Option<Arc<Column>>,
) -> (usize, Vec<String>) {
    let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    assert_eq!(header[0], "code");
    let columns: Vec<(&str, Arc<Column>)> = header[1..]
        .iter()
        .map(|id| (*id, column(id).unwrap_or_else(|| panic!("there is no column `{id}`"))))
        .collect();
    let panel = project.input.panel();
    let start = panel.rows_of(project.input.edition()).start;
    let (mut count, mut wrong) = (0, Vec::new());
    for fields in lines {
        let unit = panel.units().position(fields[0]).unwrap_or_else(|| panic!("no unit `{}`", fields[0]));
        assert_eq!(fields.len(), header.len(), "{}", fields[0]);
        for ((id, column), text) in columns.iter().zip(&fields[1..]) {
            count += 1;
            let expected = (!text.is_empty()).then(|| text.parse::<f64>().unwrap());
            let found = column.value(start + unit);
            if !agree(expected, found) {
                wrong.push(format!("{id} of {}: expected {expected:?}, found {found:?}", fields[0]));
            }
        }
    }
    (count, wrong)
}

/// Values near zero that come from larger ones by subtraction are held against
/// a ten-thousandth.
fn agree(expected: Option<f64>, found: Option<f64>) -> bool {
    match (expected, found) {
        (Some(a), Some(b)) => (a - b).abs() <= TOLERANCE * a.abs().max(b.abs()).max(1e-4),
        (a, b) => a == b,
    }
}
