use std::collections::HashMap;
use std::sync::Arc;

use super::aggregate::{Ground, LentCell};
use crate::model::{Absence, Cell, Column, Id};
use crate::plan::{MissingPlan, MissingPolicy};

/// The means that stand in for missing cells, by child and row.
#[derive(Debug, Default)]
pub(super) struct Lent(HashMap<(usize, usize), f64>);

impl Lent {
    /// What stands in for a child's cell.
    pub(super) fn get(&self, child: usize, row: usize) -> Option<f64> {
        if self.0.is_empty() { None } else { self.0.get(&(child, row)).copied() }
    }

    /// The cells, in the order of children and rows.
    pub(super) fn cells(&self, children: &[Id]) -> Arc<[LentCell]> {
        let mut cells: Vec<(&(usize, usize), &f64)> = self.0.iter().collect();
        cells.sort_by_key(|(at, _)| **at);
        let cell = |((child, row), value): (&(usize, usize), &f64)| {
            Some(LentCell { child: children.get(*child)?.clone(), row: *row, value: *value })
        };
        cells.into_iter().filter_map(cell).collect()
    }
}

/// The means of the ranked units of the same member and period, for the missing
/// cells of units that belong to one, under the policy that asks for them.
pub(super) fn lend(missing: &MissingPlan, inputs: &[&Column], ground: &Ground<'_>) -> Lent {
    let mut lent = Lent::default();
    let (MissingPolicy::GroupScore, Some(group)) = (missing.policy, &missing.group) else { return lent };
    for rows in ground.periods() {
        for (child, column) in inputs.iter().enumerate() {
            let mut sums: HashMap<&Id, (f64, usize)> = HashMap::new();
            for row in rows.clone().filter(|row| ground.is_ranked(*row)) {
                if let (Some(member), Some(value)) = (ground.member(row, group), column.value(row)) {
                    let (sum, count) = sums.entry(member).or_default();
                    (*sum, *count) = (*sum + value, *count + 1);
                }
            }
            for row in rows.clone().filter(|row| is_missing(column.cell(*row))) {
                let mean = ground.member(row, group).and_then(|member| sums.get(member));
                if let Some((sum, count)) = mean {
                    lent.0.insert((child, row), sum / *count as f64);
                }
            }
        }
    }
    lent
}

fn is_missing(cell: Cell) -> bool {
    matches!(cell, Cell::Absent(absence) if absence != Absence::NotApplicable)
}
