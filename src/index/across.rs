use super::aggregate::{Ground, Scored};
use super::means::{refused, too_few};
use crate::diagnostics::bilingual;
use crate::model::{Absence, Cell, Column, Id};
use crate::numeric::{DoubtBounds, benefit_of_the_doubt, copeland, rank_sum_ratio, topsis, vikor};
use crate::plan::{Aggregation, MissingPlan};

/// A node whose method compares units with each other.
pub(super) struct Across<'a> {
    pub(super) method: &'a Aggregation,
    pub(super) missing: &'a MissingPlan,
    pub(super) children: &'a [Id],
    pub(super) weights: &'a [f64],
}

/// The scores of all rows, period by period; only ranked units are compared with.
pub(super) fn scored(node: &Across<'_>, inputs: &[&Column], ground: &Ground<'_>) -> Vec<Scored> {
    ground.periods().into_iter().flat_map(|rows| of_period(node, inputs, ground, rows)).collect()
}

fn of_period(
    node: &Across<'_>,
    inputs: &[&Column],
    ground: &Ground<'_>,
    rows: std::ops::Range<usize>,
) -> Vec<Scored> {
    let mut scored: Vec<Scored> = Vec::with_capacity(rows.len());
    let mut table: Vec<(usize, Vec<Option<f64>>)> = Vec::new();
    for row in rows.clone() {
        let cells: Vec<Cell> = inputs.iter().map(|column| column.cell(row)).collect();
        match admitted(node, &cells) {
            Some(refusal) => scored.push(refusal),
            None => {
                table.push((scored.len(), cells.iter().map(|cell| cell.value()).collect()));
                scored.push(Scored::Cell(Cell::MISSING));
            }
        }
    }
    let field: Vec<bool> = table.iter().map(|(at, _)| ground.is_ranked(rows.start + at)).collect();
    let values: Vec<Vec<Option<f64>>> = table.iter().map(|(_, values)| values.clone()).collect();
    for ((at, _), score) in table.iter().zip(compared(node, &values, &field)) {
        if let Some(place) = scored.get_mut(*at) {
            *place = score;
        }
    }
    scored
}

/// What becomes of a row that is not compared: it lacks children, or has a value
/// that the method cannot take.
fn admitted(node: &Across<'_>, cells: &[Cell]) -> Option<Scored> {
    for ((child, cell), weight) in node.children.iter().zip(cells).zip(node.weights) {
        if let Some(problem) = cell.value().and_then(|value| refused(node.method, child, value, *weight)) {
            return Some(Scored::Outside { input: Some(child.clone()), problem });
        }
    }
    let count = |wanted: fn(&Cell) -> bool| cells.iter().filter(|cell| wanted(cell)).count();
    let present = count(|cell| cell.value().is_some());
    let inapplicable = count(|cell| *cell == Cell::Absent(Absence::NotApplicable));
    if inapplicable == cells.len() {
        return Some(Scored::Cell(Cell::Absent(Absence::NotApplicable)));
    }
    let needs_all = *node.method != Aggregation::Copeland;
    let lacking = (needs_all && present < cells.len())
        || present == 0
        || too_few(node.missing, present, cells.len() - inapplicable);
    lacking.then_some(Scored::Cell(Cell::MISSING))
}

fn compared(node: &Across<'_>, values: &[Vec<Option<f64>>], field: &[bool]) -> Vec<Scored> {
    let whole =
        || -> Vec<Vec<f64>> { values.iter().map(|row| row.iter().copied().flatten().collect()).collect() };
    let cell = |score: f64| Scored::Cell(Cell::finite(score).unwrap_or(Cell::MISSING));
    let all = |scores: Vec<f64>| scores.into_iter().map(cell).collect();
    match node.method {
        Aggregation::Copeland => {
            let scores = copeland(values, node.weights, field).into_iter();
            scores.map(|score| score.map_or(Scored::Cell(Cell::MISSING), cell)).collect()
        }
        Aggregation::Topsis => all(topsis(&whole(), node.weights, field)),
        Aggregation::Vikor { majority } => all(vikor(&whole(), node.weights, field, *majority)),
        Aggregation::RankSumRatio => all(rank_sum_ratio(&whole(), node.weights, field)),
        Aggregation::BenefitOfTheDoubt { shares, weights, scale } => {
            let pair = |bounds: &Option<crate::plan::Bounds>| bounds.map(|bounds| (bounds.min, bounds.max));
            let bounds = DoubtBounds { shares: pair(shares), weights: pair(weights) };
            let found = benefit_of_the_doubt(&whole(), field, bounds);
            found.into_iter().map(|one| one.map_or_else(infeasible, |one| cell(one.score * scale))).collect()
        }
        _ => Vec::new(),
    }
}

fn infeasible() -> Scored {
    Scored::Outside {
        input: None,
        problem: bilingual!(
            "在所给界限内没有可行的权重（份额有下限时，下级得分不能为 0）",
            "no weights keep within the bounds (with a least share, no child may score 0)"
        ),
    }
}
