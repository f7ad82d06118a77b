//! What a unit's other indicators let expect.

use std::sync::Arc;

use super::{Sources, Values};
use crate::index::pool;
use crate::model::{Column, Direction, Id, Panel};
use crate::plan::{Plan, Pool, RowScope, Rule};

/// The mean share of the way from the worst to the best value over the unit's
/// indicators in scope, taken back to the unit of the indicator at `position`.
pub(super) fn means(sources: Sources<'_>, position: usize, of: RowScope, over: Pool) -> Values {
    let panel = sources.input.panel();
    let rows = panel.rows();
    let mut values = vec![None; rows];
    let scope = scope(sources.plan, position, of);
    for pool in pool::ranges(panel, over) {
        let scale = |at: usize| -> Option<Scale<'_>> {
            let direction = sources.plan.indicators.get(at)?.direction;
            Scale::of(panel, sources.columns.get(at)?, direction, pool.clone())
        };
        let Some(own) = scale(position) else { continue };
        let others: Vec<Scale<'_>> = scope.iter().filter_map(|at| scale(*at)).collect();
        for row in pool {
            let shares: Vec<f64> = others.iter().filter_map(|other| other.share(row)).collect();
            if let Some(slot) = values.get_mut(row) {
                *slot = crate::numeric::mean(&shares).map(|share| own.value(share));
            }
        }
    }
    values
}

/// The positions of the indicators that are averaged: those that a node takes a
/// mean of, or those among them with the same parent.
fn scope(plan: &Plan, position: usize, of: RowScope) -> Vec<usize> {
    let at = |id: &Id| plan.indicators.iter().position(|indicator| indicator.id == *id);
    let nodes = plan.nodes.iter().filter(|node| matches!(node.rule, Rule::Aggregate { .. }));
    let families = nodes.map(|node| node.inputs().iter().filter_map(at).collect::<Vec<usize>>());
    let mut scope: Vec<usize> =
        families.filter(|family| of == RowScope::All || family.contains(&position)).flatten().collect();
    scope.sort_unstable();
    scope.dedup();
    scope
}

/// An indicator's values on the way from the worst to the best of a pool.
struct Scale<'a> {
    column: &'a Arc<Column>,
    direction: Direction,
    worst: f64,
    best: f64,
}

impl<'a> Scale<'a> {
    /// `None` where values do not vary.
    fn of(
        panel: &Panel,
        column: &'a Arc<Column>,
        direction: Direction,
        rows: std::ops::Range<usize>,
    ) -> Option<Self> {
        let oriented = pool::present(panel, column, rows);
        let oriented = oriented.into_iter().map(|(_, value)| direction.orient(value));
        let (worst, best) =
            oriented.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), value| (a.min(value), b.max(value)));
        (best > worst).then_some(Self { column, direction, worst, best })
    }

    fn share(&self, row: usize) -> Option<f64> {
        let value = self.direction.orient(self.column.value(row)?);
        Some((value - self.worst) / (self.best - self.worst))
    }

    fn value(&self, share: f64) -> f64 {
        self.direction.orient(self.worst + share * (self.best - self.worst))
    }
}
