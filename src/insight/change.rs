use serde::Serialize;

use super::Insight;
use super::ground::Ground;
use super::scenario::{Scenario, scores_of};
use crate::model::Cell;
use crate::plan::{MissingPlan, MissingPolicy, Plan, Rule};

/// Whether the score of a unit can change because other units did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Others {
    /// No: every scale is fixed, so the part of others is zero.
    NoPart,
    /// Yes: a scale compares with the units of the period, and the part of
    /// others is inside that of the unit's own data.
    InOwnPart,
}

/// Why a unit's score moved since the period before. One framework scores all
/// periods of a project, so weights are the same and have no part in it.
///
/// Two causes are told apart: the values of indicators present in both periods,
/// and indicators present in only one. Each gets its Shapley value: the mean of
/// what it changes when it comes first and when it comes second; they sum to
/// the change exactly. The first is split among dimensions by taking them one
/// after the other, forwards and backwards, and averaging: again an exact sum,
/// and in an arithmetic index each dimension's share of it whatever the order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitChange {
    /// Unrounded score before.
    pub before: f64,
    /// Unrounded score now.
    pub now: f64,
    /// Change of the score over the indicators present in both periods alone;
    /// `None` if there are none.
    pub comparable: Option<f64>,
    /// How many indicators are present in both.
    pub in_both: usize,
    /// Positions in [`Insight::indicators`] of those present now only.
    pub added: Vec<usize>,
    /// Of those present before only.
    pub removed: Vec<usize>,
    /// Own performance by dimension, in their order.
    pub own: Vec<Contribution>,
    /// The part of indicators present in one period only, and of rules by which
    /// a node counts or not for what is missing: all that is not own.
    pub indicator_set: f64,
}

/// What a dimension has contributed to a change.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Contribution {
    /// Position in [`Insight::dimensions`].
    pub dimension: usize,
    /// Points of the index.
    pub points: f64,
}

impl UnitChange {
    /// The whole change, unrounded.
    pub fn total(&self) -> f64 {
        self.now - self.before
    }

    /// What the unit's own values have contributed.
    pub fn own_total(&self) -> f64 {
        self.own.iter().map(|one| one.points).sum()
    }
}

pub(super) fn others(ground: &Ground<'_>) -> Others {
    if ground.depends_on_others() { Others::InOwnPart } else { Others::NoPart }
}

/// The plan with every threshold for missing children taken away: scenarios
/// leave out indicators on purpose.
fn lenient(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    for node in &mut plan.nodes {
        if let Rule::Aggregate { missing, .. } = &mut node.rule {
            *missing = MissingPlan { policy: MissingPolicy::Rescale, availability: 0.0, group: None };
        }
    }
    plan
}

/// Explains the change of every unit that has a score in both periods.
pub(super) fn explain(ground: &Ground<'_>, insight: &mut Insight) {
    let Some(since) = insight.since else { return };
    let plan = lenient(&ground.evaluation.plan);
    let moves: Vec<Move> =
        ground.assessed.iter().filter_map(|unit| Move::of(ground, insight, *unit, since)).collect();
    let found = scores_of(&plan, moves.iter().map(|one| one.scenarios(insight)).collect());
    for (one, scores) in moves.into_iter().zip(found) {
        let change = one.change(insight, &scores);
        if let Some(unit) = insight.units.get_mut(one.unit) {
            unit.change = change;
        }
    }
}

/// A unit in two periods.
struct Move {
    unit: usize,
    before: f64,
    now: f64,
    cells_before: Scenario,
    cells_now: Scenario,
}

impl Move {
    fn of(ground: &Ground<'_>, insight: &Insight, unit: usize, since: usize) -> Option<Self> {
        let rows = (ground.row_in(unit, since), ground.row(unit));
        let raw = |row: usize| Some(ground.evaluation.outcomes.get(row)?.score?.raw);
        // Neither indicators outside the index count, nor those of a dimension that
        // has no score for want of others.
        let scored = |dimension: usize, row: usize| {
            let id = insight.dimensions.get(dimension).map(|dimension| &dimension.id);
            id.and_then(|id| ground.evaluation.column(id)?.value(row)).is_some()
        };
        let counts = |column: usize, row: usize| {
            insight.indicators.iter().any(|one| one.column == column && scored(one.dimension, row))
        };
        let cells = |row: usize| -> Scenario {
            let cells = ground.cells(row).into_iter().enumerate();
            cells.map(|(at, cell)| if counts(at, row) { cell } else { Cell::MISSING }).collect()
        };
        let (before, now) = (raw(rows.0)?, raw(rows.1)?);
        Some(Self { unit, before, now, cells_before: cells(rows.0), cells_now: cells(rows.1) })
    }

    /// The cell of a column when its dimension has moved or not, with the
    /// indicators of the set before or now.
    fn cell(&self, column: usize, moved: bool, set: Set) -> Cell {
        let at = |cells: &Scenario| cells.get(column).copied().unwrap_or(Cell::MISSING);
        let (before, now) = (at(&self.cells_before), at(&self.cells_now));
        match (before, now, set) {
            (Cell::Value(_), Cell::Value(_), _) => {
                if moved {
                    now
                } else {
                    before
                }
            }
            (Cell::Value(_), _, Set::Before) => before,
            (_, Cell::Value(_), Set::Now) => now,
            // Not applicable is neither missing nor a value, and stays.
            (_, _, Set::Now) if now.value().is_none() => now,
            (_, _, Set::Before) if before.value().is_none() => before,
            _ => Cell::MISSING,
        }
    }

    /// For each set, the dimensions moved one after the other, forwards and
    /// backwards; at last the comparable subset before and now.
    fn scenarios(&self, insight: &Insight) -> Vec<Scenario> {
        let dimensions = insight.dimensions.len();
        let scenario = |set: Set, moved: &dyn Fn(usize) -> bool| -> Scenario {
            let mut cells = self.cells_now.iter().map(|_| Cell::MISSING).collect::<Scenario>();
            for one in &insight.indicators {
                if let Some(cell) = cells.get_mut(one.column) {
                    *cell = self.cell(one.column, moved(one.dimension), set);
                }
            }
            cells
        };
        let mut all = Vec::new();
        for set in [Set::Before, Set::Now] {
            all.extend((0..=dimensions).map(|count| scenario(set, &|one| one < count)));
            all.extend((0..=dimensions).map(|count| scenario(set, &|one| one + count >= dimensions)));
        }
        all.extend([false, true].map(|moved| scenario(Set::Both, &|_| moved)));
        all
    }

    fn change(&self, insight: &Insight, scores: &[Option<f64>]) -> Option<UnitChange> {
        let dimensions = insight.dimensions.len();
        let at = |at: usize| scores.get(at).copied().flatten();
        let run = dimensions + 1;
        // Start of the runs: before forwards, before backwards, now forwards, now backwards.
        let step = |start: usize, dimension: usize| Some(at(start + dimension + 1)? - at(start + dimension)?);
        let points = |dimension: usize| {
            let back = dimensions - 1 - dimension;
            let four = [step(0, dimension), step(run, back), step(2 * run, dimension), step(3 * run, back)];
            Some(four.into_iter().collect::<Option<Vec<f64>>>()?.iter().sum::<f64>() / 4.0)
        };
        let own =
            (0..dimensions).map(|dimension| Some(Contribution { dimension, points: points(dimension)? }));
        let own: Vec<Contribution> = own.collect::<Option<_>>()?;
        let only = |now: bool| {
            let present = |cells: &Scenario, column: usize| {
                cells.get(column).is_some_and(|cell| cell.value().is_some())
            };
            let all = insight.indicators.iter().enumerate();
            let own = all.filter(|(_, one)| {
                let (before, after) =
                    (present(&self.cells_before, one.column), present(&self.cells_now, one.column));
                before != after && after == now
            });
            own.map(|(at, _)| at).collect::<Vec<usize>>()
        };
        let both = |one: &&super::Counted| {
            let value = |cells: &Scenario| cells.get(one.column).is_some_and(|cell| cell.value().is_some());
            value(&self.cells_before) && value(&self.cells_now)
        };
        Some(UnitChange {
            before: self.before,
            now: self.now,
            comparable: at(4 * run).zip(at(4 * run + 1)).map(|(before, now)| now - before),
            in_both: insight.indicators.iter().filter(both).count(),
            added: only(true),
            removed: only(false),
            indicator_set: (self.now - self.before) - own.iter().map(|one| one.points).sum::<f64>(),
            own,
        })
    }
}

/// Which indicators a scenario has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    Before,
    Now,
    Both,
}
