use rayon::prelude::*;

use super::ground::Ground;
use super::table::Table;
use super::{Block, BlockOf, Component, Components, Correlation, CorrelationMatrix, CorrelationTriple};
use crate::model::Id;
use crate::numeric::{Sorted, cronbach_alpha, pearson, symmetric_eigen};

/// Fewest units for principal components.
const FEWEST_UNITS: usize = 3;

/// All children of each node, and all elements of each level that is not made of
/// the children of one node; levels first.
pub(super) fn blocks(ground: &Ground<'_>, table: &Table) -> Vec<Block> {
    let ids = |places: &[usize]| -> Vec<Id> {
        places.iter().filter_map(|at| Some(ground.elements.get(*at)?.id.clone())).collect()
    };
    let families: Vec<(BlockOf, Vec<usize>)> = ground
        .nodes()
        .iter()
        .map(|node| (BlockOf::Children { node: node.id.clone() }, ground.children(&node.id)))
        .collect();
    let top = ground.elements.iter().map(|element| element.level).max().unwrap_or(0);
    let level = |level: usize| {
        let of = ground.elements.iter().enumerate().filter(move |(_, element)| element.level == level);
        (BlockOf::Level { level }, of.map(|(at, _)| at).collect::<Vec<usize>>())
    };
    let is_family = |places: &[usize]| {
        families.iter().any(|(_, family)| {
            let mut family = family.clone();
            family.sort_unstable();
            family == places
        })
    };
    let levels = (1..=top).map(level).filter(|(_, places)| places.len() > 1 && !is_family(places));
    let wanted: Vec<(BlockOf, Vec<usize>)> = levels.chain(families.iter().cloned()).collect();
    wanted
        .into_par_iter()
        .map(|(of, places)| Block {
            of,
            ids: ids(&places),
            correlations: matrix(ground, table, &places),
            components: components(ground, &places),
            alpha: alpha(ground, &places),
        })
        .collect()
}

fn matrix(ground: &Ground<'_>, table: &Table, places: &[usize]) -> CorrelationMatrix {
    let rows = |which: fn(CorrelationTriple) -> Option<Correlation>| -> Vec<Vec<Option<Correlation>>> {
        let row = |one: &usize| places.iter().map(|other| which(table.of(ground, *one, *other))).collect();
        places.iter().map(row).collect()
    };
    CorrelationMatrix {
        pearson: rows(|triple| triple.pearson),
        spearman: rows(|triple| triple.spearman),
        kendall: rows(|triple| triple.kendall),
    }
}

fn alpha(ground: &Ground<'_>, places: &[usize]) -> Option<f64> {
    let columns: Vec<Vec<Option<f64>>> =
        places.iter().filter_map(|at| ground.scores.get(*at).cloned()).collect();
    let varies = |at: &usize| ground.sorted.get(*at).is_some_and(|column| column.distinct() > 1);
    cronbach_alpha(&columns).filter(|_| places.iter().any(varies))
}

/// Principal components of the correlations over the units that have everything.
fn components(ground: &Ground<'_>, places: &[usize]) -> Option<Components> {
    let columns: Vec<&Vec<Option<f64>>> = places.iter().filter_map(|at| ground.scores.get(*at)).collect();
    let whole = |row: &usize| columns.iter().all(|column| column.get(*row).copied().flatten().is_some());
    let rows: Vec<usize> = (0..ground.assessed.len()).filter(whole).collect();
    if columns.len() < 2 || rows.len() < FEWEST_UNITS {
        return None;
    }
    let part = |column: &&Vec<Option<f64>>| {
        Sorted::new(&rows.iter().map(|row| column.get(*row).copied().flatten()).collect::<Vec<_>>())
    };
    let sorted: Vec<Sorted> = columns.iter().map(part).collect();
    if sorted.iter().any(|column| column.distinct() < 2) {
        return None;
    }
    let row = |(at, one): (usize, &Sorted)| -> Option<Vec<f64>> {
        let cell = |(to, other): (usize, &Sorted)| match at == to {
            true => Some(1.0),
            false => pearson(one, other).map(|found| found.r),
        };
        sorted.iter().enumerate().map(cell).collect()
    };
    let matrix: Vec<Vec<f64>> = sorted.iter().enumerate().map(row).collect::<Option<_>>()?;
    Some(from_pairs(rows.len(), symmetric_eigen(&matrix)))
}

fn from_pairs(n: usize, pairs: Vec<(f64, Vec<f64>)>) -> Components {
    let count = pairs.len() as f64;
    let mut sum = 0.0;
    let components: Vec<Component> = pairs
        .into_iter()
        .map(|(value, loadings)| {
            // A correlation matrix has no negative eigenvalue but for rounding.
            let eigenvalue = value.max(0.0);
            sum += eigenvalue;
            Component { eigenvalue, share: eigenvalue / count, cumulative: (sum / count).min(1.0), loadings }
        })
        .collect();
    let above_one = components.iter().filter(|one| one.eigenvalue > 1.0 + 1e-9).count();
    Components { n, components, above_one }
}
