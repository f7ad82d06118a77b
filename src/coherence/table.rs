use std::collections::BTreeSet;

use rayon::prelude::*;

use super::ground::Ground;
use super::{Correlation, CorrelationTriple};
use crate::model::Id;
use crate::numeric::{Association, Sorted, kendall, pearson, spearman};

/// The correlations that an audit asks for, each computed once: of elements of
/// one level, of siblings, and of elements with what they count towards.
pub(super) struct Table {
    size: usize,
    /// By smaller and larger position, row by row.
    cells: Vec<Option<CorrelationTriple>>,
}

impl Table {
    pub(super) fn new(ground: &Ground<'_>) -> Self {
        let size = ground.elements.len();
        let wanted: Vec<(usize, usize)> = wanted(ground).into_iter().collect();
        let found: Vec<CorrelationTriple> = wanted
            .par_iter()
            .map(|(one, other)| match (ground.sorted.get(*one), ground.sorted.get(*other)) {
                (Some(one), Some(other)) => triple(one, other),
                _ => CorrelationTriple { pearson: None, spearman: None, kendall: None },
            })
            .collect();
        let mut table = Self { size, cells: vec![None; size * size] };
        for ((one, other), triple) in wanted.into_iter().zip(found) {
            if let Some(cell) = table.cells.get_mut(one * size + other) {
                *cell = Some(triple);
            }
        }
        table
    }

    /// The correlations of two elements; of an element with itself 1 where it
    /// varies.
    pub(super) fn of(&self, ground: &Ground<'_>, one: usize, other: usize) -> CorrelationTriple {
        let none = CorrelationTriple { pearson: None, spearman: None, kendall: None };
        if one == other {
            let varies = ground.sorted.get(one).filter(|column| column.distinct() > 1);
            let same = varies.map(|column| Correlation { r: 1.0, n: column.count(), p: None });
            return CorrelationTriple { pearson: same, spearman: same, kendall: same };
        }
        let (low, high) = (one.min(other), one.max(other));
        self.cells.get(low * self.size + high).copied().flatten().unwrap_or(none)
    }
}

/// The three correlations of two columns.
pub(super) fn triple(one: &Sorted, other: &Sorted) -> CorrelationTriple {
    let of = |found: Option<Association>| found.map(|Association { r, n, p }| Correlation { r, n, p });
    CorrelationTriple {
        pearson: of(pearson(one, other)),
        spearman: of(spearman(one, other)),
        kendall: of(kendall(one, other)),
    }
}

/// Pairs of positions, the smaller one first.
fn wanted(ground: &Ground<'_>) -> BTreeSet<(usize, usize)> {
    let mut wanted = BTreeSet::new();
    let mut ask = |one: usize, other: usize| {
        if one != other {
            wanted.insert((one.min(other), one.max(other)));
        }
    };
    for (at, element) in ground.elements.iter().enumerate() {
        let same =
            ground.elements.iter().enumerate().skip(at + 1).filter(|(_, one)| one.level == element.level);
        same.for_each(|(other, _)| ask(at, other));
    }
    for node in ground.nodes() {
        let children = ground.children(&node.id);
        for (at, one) in children.iter().enumerate() {
            children.iter().skip(at + 1).for_each(|other| ask(*one, *other));
        }
        if let Some(place) = ground.place(&node.id) {
            descendants(ground, &node.id).into_iter().for_each(|below| ask(below, place));
        }
    }
    wanted
}

/// Everything that counts towards a node, in the order of the elements.
pub(super) fn descendants(ground: &Ground<'_>, node: &Id) -> BTreeSet<usize> {
    let (mut open, mut below) = (ground.children(node), BTreeSet::new());
    while let Some(at) = open.pop() {
        if below.insert(at)
            && let Some(element) = ground.elements.get(at)
        {
            open.extend(ground.children(&element.id));
        }
    }
    below
}
