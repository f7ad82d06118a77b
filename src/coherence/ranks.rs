use rayon::prelude::*;

use super::coverage::share;
use super::ground::Ground;
use super::{Dominance, GroupRanks, Standing, Thresholds, UnitRanks};
use crate::index::Evaluation;
use crate::model::Id;
use crate::numeric::{RankMethod, Sorted, rank_descending};
use crate::plan::Framework;
use crate::validate::IndexInput;

/// Ranks of the index and its children within each member of each kind of group.
pub(super) fn groups(ground: &Ground<'_>) -> Vec<GroupRanks> {
    let index = &ground.evaluation.plan.index;
    let children = ground.children(index);
    let child_ids = children.iter().filter_map(|at| Some(ground.elements.get(*at)?.id.clone()));
    let ids: Vec<Id> = std::iter::once(index.clone()).chain(child_ids).collect();
    let scores = ground.ranked_scores();
    let child_scores = children.iter().filter_map(|at| ground.scores.get(*at));
    let columns: Vec<&Vec<Option<f64>>> = std::iter::once(&scores).chain(child_scores).collect();
    let members = ground.members();
    let kinds = ground.framework.groups.iter().map(|kind| {
        let of_kind = members.iter().filter(|(id, ..)| **id == kind.id);
        let units = of_kind.flat_map(|(_, member, units)| of_member(ground, &columns, member, units));
        GroupRanks { kind: kind.id.clone(), ids: ids.clone(), units: units.collect() }
    });
    kinds.collect()
}

fn of_member(
    ground: &Ground<'_>,
    columns: &[&Vec<Option<f64>>],
    member: &Id,
    units: &[usize],
) -> Vec<UnitRanks> {
    let assessed = ground.assessed.iter().enumerate().filter(|(_, unit)| units.binary_search(unit).is_ok());
    let assessed: Vec<(usize, usize)> = assessed.map(|(at, unit)| (at, *unit)).collect();
    let ranks: Vec<Vec<Option<usize>>> = columns
        .iter()
        .map(|column| {
            places(&assessed.iter().map(|(at, _)| column.get(*at).copied().flatten()).collect::<Vec<_>>())
        })
        .collect();
    let of = |(at, (_, unit)): (usize, &(usize, usize))| UnitRanks {
        unit: *unit,
        member: member.clone(),
        ranks: ranks.iter().map(|ranks| ranks.get(at).copied().flatten()).collect(),
    };
    let mut found: Vec<UnitRanks> = assessed.iter().enumerate().map(of).collect();
    found.sort_by_key(|one| (one.ranks.first().copied().flatten(), one.unit));
    found
}

/// Competition ranks.
pub(super) fn places(values: &[Option<f64>]) -> Vec<Option<usize>> {
    let ranks = rank_descending(values, RankMethod::Competition).into_iter();
    ranks.map(|rank| rank.map(|rank| rank.value as usize)).collect()
}

/// Where one unit stands in the index, its dimensions, everything between, and
/// the indicators: the index first, then by level downwards, in the order of the
/// plan within a level. A unit without a score stands nowhere.
pub fn unit_summary(
    input: &IndexInput,
    framework: &Framework,
    evaluation: &Evaluation,
    unit: usize,
) -> Vec<Standing> {
    let ground = Ground::new(input, framework, evaluation, Thresholds::default());
    let own = ground.assessed.binary_search(&unit).ok();
    let index = ground.ranked_scores();
    let mut order: Vec<usize> = (0..ground.elements.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(ground.elements.get(*at).map(|one| one.level)), *at));
    let standing = |at: usize| {
        let (element, scores) = ground.elements.get(at).zip(ground.scores.get(at))?;
        let ranked = if element.id == evaluation.plan.index { &index } else { scores };
        Some(Standing {
            id: element.id.clone(),
            score: own.and_then(|own| scores.get(own).copied().flatten()),
            rank: own.and_then(|own| places(ranked).get(own).copied().flatten()),
            of: scores.iter().flatten().count(),
        })
    };
    order.into_iter().filter_map(standing).collect()
}

/// Pairs of units of which one is at least level in every child of the index and
/// ahead in one, over the units that have all of them.
pub(super) fn dominance(ground: &Ground<'_>) -> Option<Dominance> {
    let children = ground.children(&ground.evaluation.plan.index);
    let columns: Vec<&Sorted> = children.iter().filter_map(|at| ground.sorted.get(*at)).collect();
    let places =
        |row: usize| -> Option<Vec<u32>> { columns.iter().map(|column| column.place_of(row)).collect() };
    let rows: Vec<Vec<u32>> = (0..ground.assessed.len()).filter_map(places).collect();
    if rows.len() < 2 || rows.len() > ground.thresholds.most_dominance_units || columns.is_empty() {
        return None;
    }
    let beats = |one: &[u32], other: &[u32]| {
        one.iter().zip(other).all(|(a, b)| a >= b) && one.iter().zip(other).any(|(a, b)| a > b)
    };
    let of = |(at, one): (usize, &Vec<u32>)| {
        let others = rows.iter().skip(at + 1);
        others.filter(|other| beats(one, other) || beats(other, one)).count()
    };
    let dominant = rows.par_iter().enumerate().map(of).sum();
    let pairs = rows.len() * (rows.len() - 1) / 2;
    Some(Dominance { pairs, dominant, share: share(dominant, pairs)? })
}
