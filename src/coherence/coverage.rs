use std::sync::Arc;

use super::ground::Ground;
use super::{Coverage, IndicatorCoverage, MemberCoverage, UnitCoverage};
use crate::model::{Absence, Cell, Column, Id};

/// Slack of a share held against a threshold.
const SLACK: f64 = 1e-9;

/// How complete the data as read are.
pub(super) fn coverage(ground: &Ground<'_>) -> Coverage {
    let nodes: Vec<Id> = ground.nodes().iter().map(|node| node.id.clone()).collect();
    // Found once, not for every unit.
    let columns: Vec<Option<&Arc<Column>>> =
        ground.indicators().iter().map(|one| ground.raw(&one.id)).collect();
    let places = |node: &Id| {
        let indicators = ground.evaluation.plan.indicators_of(node).into_iter();
        indicators.filter_map(|id| ground.place(id)).collect()
    };
    let below: Vec<Vec<usize>> = nodes.iter().map(places).collect();
    let units: Vec<UnitCoverage> =
        ground.ranked.iter().map(|unit| of_unit(ground, &columns, &below, *unit)).collect();
    let members = ground.members();
    let indicators = ground.indicators().iter().filter_map(|one| {
        let column = ground.raw(&one.id)?;
        let (expected, present) = tally(ground, column, &ground.ranked);
        let of_member = |(kind, member, units): &(&Id, &Id, Vec<usize>)| {
            let (expected, present) = tally(ground, column, units);
            let (share, passes) = judged(ground, expected, present);
            let (kind, member) = ((*kind).clone(), (*member).clone());
            MemberCoverage { kind, member, expected, present, share, passes }
        };
        let members = members.iter().map(of_member).collect();
        let (share, passes) = judged(ground, expected, present);
        Some(IndicatorCoverage { id: one.id.clone(), expected, present, share, passes, members })
    });
    let indicators = indicators.collect();
    let (expected, present) = units
        .iter()
        .fold((0, 0), |(expected, present), one| (expected + one.expected, present + one.present));
    Coverage { nodes, share: share(present, expected), units, indicators }
}

fn of_unit(
    ground: &Ground<'_>,
    columns: &[Option<&Arc<Column>>],
    below: &[Vec<usize>],
    unit: usize,
) -> UnitCoverage {
    let row = ground.row(unit);
    let cell = |column: &Option<&Arc<Column>>| column.map_or(Cell::MISSING, |column| column.cell(row));
    let cells: Vec<Cell> = columns.iter().map(cell).collect();
    let (expected, present) = count(cells.iter().copied());
    let zeros = cells.iter().filter(|cell| cell.value() == Some(0.0)).count();
    let of_node = |places: &Vec<usize>| {
        let (expected, present) = count(places.iter().filter_map(|at| cells.get(*at).copied()));
        share(present, expected)
    };
    let (found, passes) = judged(ground, expected, present);
    UnitCoverage {
        unit,
        expected,
        present,
        zeros,
        share: found,
        non_zero: share(present - zeros, present),
        nodes: below.iter().map(of_node).collect(),
        passes,
    }
}

fn tally(ground: &Ground<'_>, column: &Column, units: &[usize]) -> (usize, usize) {
    count(units.iter().map(|unit| column.cell(ground.row(*unit))))
}

/// How many cells there should be, and how many have a value.
fn count(cells: impl Iterator<Item = Cell>) -> (usize, usize) {
    cells.fold((0, 0), |(expected, present), cell| match cell {
        Cell::Value(_) => (expected + 1, present + 1),
        Cell::Absent(Absence::NotApplicable) => (expected, present),
        Cell::Absent(_) => (expected + 1, present),
    })
}

fn judged(ground: &Ground<'_>, expected: usize, present: usize) -> (Option<f64>, bool) {
    let share = share(present, expected);
    (share, share.is_none_or(|share| share + SLACK >= ground.thresholds.coverage))
}

pub(super) fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
