use std::collections::BTreeMap;

use serde::Serialize;

use super::ground::Ground;
use super::{Counted, Insight, Position, UnitInsight};
use crate::model::Id;
use crate::numeric::count_below;
use crate::plan::StrengthRule;

/// Least share of indicators with a value for a unit to have strengths and
/// weaknesses (JRC practice for the coverage of a unit).
const LEAST_COVERAGE: f64 = 0.65;
/// Of the percentile rule: a place that makes a strength by itself.
const AMONG_THE_FIRST: usize = 3;

/// The strong and the weak indicators of a unit, by position in
/// [`Insight::indicators`]. No indicator is both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StrengthsAndWeaknesses {
    /// The strongest first.
    pub strengths: Vec<usize>,
    /// The weakest first.
    pub weaknesses: Vec<usize>,
}

/// Marks the strengths and weaknesses of every assessed unit that has enough
/// values.
pub(super) fn mark(ground: &Ground<'_>, insight: &mut Insight, rule: &StrengthRule) {
    let weights: Vec<f64> = insight.indicators.iter().map(|one| one.weight.unwrap_or_default()).collect();
    let ranks: Vec<Vec<Option<usize>>> = match rule {
        StrengthRule::Rank { within, .. } => {
            insight.indicators.iter().map(|one| ranks_as_read(ground, one, within.as_ref())).collect()
        }
        _ => Vec::new(),
    };
    for (at, unit) in insight.units.iter_mut().enumerate() {
        if unit.positions.is_empty() || unit.coverage + 1e-9 < LEAST_COVERAGE {
            continue;
        }
        unit.marked = Some(match rule {
            StrengthRule::Rank { count, .. } => {
                by_rank(ranks.iter().map(|of| of.get(at).copied().flatten()), *count)
            }
            _ => marked(&places(unit), &weights, rule),
        });
    }
}

/// The rank of each unit by the value as read, 1 for the best, ties sharing the
/// better rank; among the assessed units, or those of its member.
fn ranks_as_read(ground: &Ground<'_>, indicator: &Counted, within: Option<&Id>) -> Vec<Option<usize>> {
    let value = |unit: usize| {
        let direction = ground.evaluation.plan.indicators.get(indicator.column)?.direction;
        let value = ground.input.raw().column(indicator.position)?.value(ground.row(unit))?;
        // The best is the smallest.
        Some(-direction.orient(value))
    };
    let member = |unit: usize| within.map(|kind| ground.unit(unit).and_then(|unit| unit.groups.get(kind)));
    let mut fields: BTreeMap<Option<Option<&Id>>, Vec<f64>> = BTreeMap::new();
    for unit in &ground.assessed {
        fields.entry(member(*unit)).or_default().extend(value(*unit));
    }
    fields.values_mut().for_each(|field| field.sort_by(f64::total_cmp));
    let rank = |unit: usize| Some(1 + count_below(fields.get(&member(unit))?, value(unit)?));
    (0..ground.input.panel().units().len()).map(rank).collect()
}

/// The indicators with the best and with the worst ranks.
fn by_rank(ranks: impl Iterator<Item = Option<usize>>, count: usize) -> StrengthsAndWeaknesses {
    let mut order: Vec<(usize, usize)> =
        ranks.enumerate().filter_map(|(at, rank)| Some((rank?, at))).collect();
    order.sort_unstable();
    let half = order.len().div_ceil(2);
    let places = || order.iter().map(|(_, at)| *at).enumerate();
    // An indicator that would be both counts to the nearer end.
    StrengthsAndWeaknesses {
        strengths: places().take(count.min(half)).map(|(_, at)| at).collect(),
        weaknesses: places().rev().take(count.min(order.len() - half)).map(|(_, at)| at).collect(),
    }
}

/// An indicator of a unit and where the unit stands in it.
type Place = (usize, Position);

fn places(unit: &UnitInsight) -> Vec<Place> {
    let indicators = unit.indicators.iter().enumerate();
    indicators.filter_map(|(at, one)| Some((at, one.position.filter(|one| one.n > 1)?))).collect()
}

fn marked(places: &[Place], weights: &[f64], rule: &StrengthRule) -> StrengthsAndWeaknesses {
    let weight = |at: usize| weights.get(at).copied().unwrap_or_default();
    let ahead = |place: &Place| place.1.ahead_of().unwrap_or_default();
    let behind = |place: &Place| place.1.above() as f64 / (place.1.n.max(2) - 1) as f64;
    let sorted = |value: &dyn Fn(&Place) -> f64| {
        let mut order = places.to_vec();
        let by = |a: &Place, b: &Place| {
            value(b).total_cmp(&value(a)).then(weight(b.0).total_cmp(&weight(a.0))).then(a.0.cmp(&b.0))
        };
        order.sort_by(by);
        order
    };
    let (best, worst) = (sorted(&ahead), sorted(&behind));
    let (strengths, weaknesses) = match rule {
        StrengthRule::Top { count } | StrengthRule::Rank { count, .. } => {
            let count = (*count).min(places.len() / 2);
            (best.into_iter().take(count).collect(), worst.into_iter().take(count).collect())
        }
        StrengthRule::Percentile { depth } => {
            let last = |rank_from_below: &Place| rank_from_below.1.below < AMONG_THE_FIRST;
            (
                by_percentile(&best, *depth, &ahead, &|place| place.1.rank() <= AMONG_THE_FIRST),
                by_percentile(&worst, *depth, &behind, &last),
            )
        }
    };
    disjoint(strengths, weaknesses)
}

/// Those of `order` whose value reaches that of the `depth`-th, and those that
/// are marked whatever their value.
fn by_percentile(
    order: &[Place],
    depth: usize,
    value: &dyn Fn(&Place) -> f64,
    always: &dyn Fn(&Place) -> bool,
) -> Vec<Place> {
    let least = order.get(depth.saturating_sub(1)).or(order.last()).map_or(0.0, value);
    order.iter().copied().filter(|place| value(place) >= least || always(place)).collect()
}

/// An indicator that both lists have stays where it says more: among the
/// strengths if the unit is ahead of more others than are ahead of it.
fn disjoint(strengths: Vec<Place>, weaknesses: Vec<Place>) -> StrengthsAndWeaknesses {
    let is_strength = |place: &Place| place.1.below >= place.1.above();
    let in_both = |place: &Place, other: &[Place]| other.iter().any(|one| one.0 == place.0);
    let keep = |list: &[Place], other: &[Place], wanted: bool| -> Vec<usize> {
        let kept = list.iter().filter(|place| !in_both(place, other) || is_strength(place) == wanted);
        kept.map(|place| place.0).collect()
    };
    StrengthsAndWeaknesses {
        strengths: keep(&strengths, &weaknesses, true),
        weaknesses: keep(&weaknesses, &strengths, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Five units compared: `below` of the four others have less.
    fn place(at: usize, below: usize) -> Place {
        (at, Position { n: 5, below, tied: 0 })
    }

    #[test]
    fn top_takes_as_many_as_declared_and_never_one_twice() {
        let places = [place(0, 4), place(1, 0), place(2, 3), place(3, 2), place(4, 1)];
        let found = marked(&places, &[0.2; 5], &StrengthRule::Top { count: 2 });
        assert_eq!(found, StrengthsAndWeaknesses { strengths: vec![0, 2], weaknesses: vec![1, 4] });
        let few = marked(&places[..3], &[0.2; 5], &StrengthRule::Top { count: 2 });
        assert_eq!(few, StrengthsAndWeaknesses { strengths: vec![0], weaknesses: vec![1] });
    }

    #[test]
    fn of_equal_places_the_heavier_comes_first() {
        let places = [place(0, 2), place(1, 2), place(2, 2), place(3, 0)];
        let found = marked(&places, &[0.1, 0.5, 0.3, 0.1], &StrengthRule::Top { count: 2 });
        assert_eq!(found.strengths, [1, 2]);
        assert_eq!(found.weaknesses, [3], "1 is a strength already");
    }

    #[test]
    fn ranks_are_taken_from_both_ends_and_never_twice() {
        let found = by_rank([Some(7), None, Some(2), Some(2), Some(90)].into_iter(), 2);
        assert_eq!(found, StrengthsAndWeaknesses { strengths: vec![2, 3], weaknesses: vec![4, 0] });
        let few = by_rank([Some(7), Some(2), Some(9)].into_iter(), 5);
        assert_eq!(few, StrengthsAndWeaknesses { strengths: vec![1, 0], weaknesses: vec![2] });
        assert_eq!(by_rank(std::iter::empty(), 5), StrengthsAndWeaknesses::default());
    }

    #[test]
    fn the_percentile_rule_takes_ties_in() {
        let far = |at, below| (at, Position { n: 101, below, tied: 0 });
        let places = [far(0, 90), far(1, 80), far(2, 80), far(3, 50), far(4, 10), far(5, 20)];
        let found = marked(&places, &[1.0; 6], &StrengthRule::Percentile { depth: 2 });
        assert_eq!(found, StrengthsAndWeaknesses { strengths: vec![0, 1, 2], weaknesses: vec![4, 5] });
    }
}
