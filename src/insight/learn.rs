use std::collections::BTreeSet;

use serde::Serialize;

use super::ground::Ground;
use super::{Insight, UnitInsight};
use crate::model::Id;

/// How many units to learn from are named.
const MODELS: usize = 3;
/// Least share of the others that a unit must be ahead of to be a model.
const STRONG: f64 = 0.75;

/// A unit to learn from: similar, and strong where the other is weak.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Model {
    /// The unit.
    pub unit: usize,
    /// Position in [`Insight::indicators`] of what can be learnt from it.
    pub indicator: usize,
    /// The kinds of group that both belong to the same member of.
    pub shared: Vec<Id>,
}

/// Names for each of the three costliest gaps a unit that is of the same
/// similar group, ahead of three quarters of the others there, and better than
/// the one who learns: of these the one that shares the most groups, then the
/// one with the best score. No unit is named twice.
pub(super) fn choose(ground: &Ground<'_>, insight: &mut Insight) {
    let chosen: Vec<(usize, Vec<Model>)> =
        ground.assessed.iter().map(|unit| (*unit, models(ground, insight, *unit))).collect();
    for (unit, models) in chosen {
        if let Some(unit) = insight.units.get_mut(unit) {
            unit.models = models;
        }
    }
}

fn models(ground: &Ground<'_>, insight: &Insight, unit: usize) -> Vec<Model> {
    let Some(own) = insight.units.get(unit) else { return Vec::new() };
    let similar = similar(insight, own);
    let mut taken = BTreeSet::from([unit]);
    let mut models = Vec::new();
    for gap in &own.gaps {
        if models.len() == MODELS {
            break;
        }
        let candidates = similar.iter().copied().filter(|other| !taken.contains(other));
        let best = candidates
            .filter_map(|other| {
                let theirs = insight.units.get(other)?.indicators.get(gap.indicator)?;
                let mine = own.indicators.get(gap.indicator)?.score?;
                let score = theirs.score.filter(|score| *score > mine)?;
                let strong = theirs.position?.ahead_of()? >= STRONG;
                strong.then(|| (shared(ground, unit, other), score, other))
            })
            .max_by(|a, b| a.0.len().cmp(&b.0.len()).then(a.1.total_cmp(&b.1)).then(b.2.cmp(&a.2)));
        if let Some((shared, _, other)) = best {
            taken.insert(other);
            models.push(Model { unit: other, indicator: gap.indicator, shared });
        }
    }
    models
}

/// The units of the group of similar ones; the nation for a unit that is in none.
fn similar<'a>(insight: &'a Insight, own: &UnitInsight) -> &'a [usize] {
    let kind = insight.compared.last();
    let of_kind = |at: &&usize| insight.peers.get(**at).is_some_and(|peers| peers.kind.as_ref() == kind);
    let found = own.peers.iter().find(of_kind).or(own.peers.first());
    found.and_then(|at| insight.peers.get(*at)).map_or(&[], |peers| &peers.units)
}

/// The kinds of group in which two units belong to the same member.
fn shared(ground: &Ground<'_>, a: usize, b: usize) -> Vec<Id> {
    let (Some(a), Some(b)) = (ground.unit(a), ground.unit(b)) else { return Vec::new() };
    let kinds = ground.framework.groups.iter().map(|group| &group.id);
    let same =
        kinds.filter(|kind| a.groups.contains_key(*kind) && a.groups.get(*kind) == b.groups.get(*kind));
    same.cloned().collect()
}
