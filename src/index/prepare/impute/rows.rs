//! What a unit's other indicators let expect.

use std::collections::HashMap;

use super::{Sources, Values};
use crate::index::pool;
use crate::model::{Column, Direction, Id, Panel};
use crate::plan::{Imputation, Plan, Pool, RowScope, Rule};

/// The indicators whose mean stands in for a missing one, by position, and the
/// values that make their scales.
pub(in super::super) type Family = (Pool, Vec<usize>);

/// The families that the plan's row means are taken over, by position of the
/// indicator; the same family once.
pub(in super::super) fn families(plan: &Plan) -> Vec<Option<Family>> {
    let at: HashMap<&Id, usize> =
        plan.indicators.iter().enumerate().map(|(at, indicator)| (&indicator.id, at)).collect();
    let nodes = plan.nodes.iter().filter(|node| matches!(node.rule, Rule::Aggregate { .. }));
    let of_nodes: Vec<Vec<usize>> =
        nodes.map(|node| node.inputs().iter().filter_map(|id| at.get(id).copied()).collect()).collect();
    let mut of_indicator = vec![Vec::new(); plan.indicators.len()];
    for (node, family) in of_nodes.iter().enumerate() {
        for member in family {
            if let Some(nodes) = of_indicator.get_mut(*member) {
                nodes.push(node);
            }
        }
    }
    let joined = |nodes: &mut dyn Iterator<Item = &Vec<usize>>| {
        let mut family: Vec<usize> = nodes.flatten().copied().collect();
        family.sort_unstable();
        family.dedup();
        family
    };
    let all = joined(&mut of_nodes.iter());
    let family = |(impute, nodes): (&Imputation, &Vec<usize>)| {
        let Imputation::RowMean { of, over } = impute else { return None };
        let own = match of {
            RowScope::All => all.clone(),
            RowScope::Siblings => joined(&mut nodes.iter().filter_map(|node| of_nodes.get(*node))),
        };
        Some((*over, own))
    };
    plan.indicators.iter().map(|indicator| &indicator.impute).zip(&of_indicator).map(family).collect()
}

/// The mean share of the way from the worst to the best value over a family, row
/// by row.
pub(in super::super) fn shares(sources: Sources<'_>, (over, family): &Family) -> Values {
    let panel = sources.input.panel();
    let mut values = vec![None; panel.rows()];
    for rows in pool::ranges(panel, *over) {
        let members: Vec<(&Column, Scale)> = family
            .iter()
            .filter_map(|at| {
                let column = sources.columns.get(*at)?.as_ref();
                Some((column, Scale::of(sources, *at, rows.clone())?))
            })
            .collect();
        for row in rows {
            let present = members.iter().filter_map(|(column, scale)| Some(scale.share(column.value(row)?)));
            let shares: Vec<f64> = present.collect();
            if let Some(slot) = values.get_mut(row) {
                *slot = crate::numeric::mean(&shares);
            }
        }
    }
    values
}

/// The mean shares of an indicator's family, taken back to its own unit.
pub(super) fn means(sources: Sources<'_>, position: usize, over: Pool, shares: &Values) -> Values {
    let panel = sources.input.panel();
    let mut values = vec![None; panel.rows()];
    for rows in pool::ranges(panel, over) {
        let Some(own) = Scale::of(sources, position, rows.clone()) else { continue };
        for row in rows {
            if let Some(slot) = values.get_mut(row) {
                *slot = shares.get(row).copied().flatten().map(|share| own.value(share));
            }
        }
    }
    values
}

/// The way from the worst to the best value of a pool.
struct Scale {
    direction: Direction,
    worst: f64,
    best: f64,
}

impl Scale {
    /// That of the indicator at a position; `None` where values do not vary.
    fn of(sources: Sources<'_>, position: usize, rows: std::ops::Range<usize>) -> Option<Self> {
        let panel: &Panel = sources.input.panel();
        let direction = sources.plan.indicators.get(position)?.direction;
        let oriented = pool::present(panel, sources.columns.get(position)?, rows);
        let oriented = oriented.into_iter().map(|(_, value)| direction.orient(value));
        let (worst, best) =
            oriented.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), value| (a.min(value), b.max(value)));
        (best > worst).then_some(Self { direction, worst, best })
    }

    fn share(&self, value: f64) -> f64 {
        (self.direction.orient(value) - self.worst) / (self.best - self.worst)
    }

    fn value(&self, share: f64) -> f64 {
        self.direction.orient(self.worst + share * (self.best - self.worst))
    }
}
