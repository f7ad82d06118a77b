use std::collections::BTreeSet;

use super::evaluate::{Evaluation, evaluate};
use crate::diagnostics::Findings;
use crate::model::{Id, Role, Weights};
use crate::numeric::{mean, median, round_to};
use crate::plan::{Aggregation, Plan, Pool, Rule, Weighting};
use crate::validate::IndexInput;

/// What the periods up to the edition show of the units together. Units are
/// positions in the registry.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// How long each unit has had its grade and its place.
    pub streaks: Vec<Streaks>,
    /// The change since the period before over what both have in common; `None`
    /// without a period before or without anything in common.
    pub comparable: Option<Comparable>,
}

/// How many periods in a row, the edition the last of them, a unit has had what it
/// has in the edition. A grade and a place among the first are separate honours,
/// so they are counted separately; 0 is for a unit that has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Streaks {
    /// In the band of the edition.
    pub band: usize,
    /// In one of the leading bands.
    pub leading: usize,
    /// Among the first [`TOP`], ties in.
    pub top: usize,
}

/// The places that a streak at the top counts.
pub const TOP: usize = 10;

/// The change since the period before over the indicators that both have, on the
/// same scales: what a headline change hides when the set of indicators changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparable {
    /// Position of the period before.
    pub since: usize,
    /// The indicators compared, in the order of the plan.
    pub indicators: Vec<Id>,
    /// Indicators that only the edition has.
    pub added: Vec<Id>,
    /// Indicators that only the period before has.
    pub removed: Vec<Id>,
    /// Indicators in both whose scale moves with the units of the period.
    pub rescaled: Vec<Id>,
    /// Difference of the rounded comparable scores by unit.
    pub by_unit: Vec<Option<f64>>,
    /// Mean difference of the unrounded comparable scores of ranked units.
    pub mean: f64,
    /// Their median difference.
    pub median: f64,
    /// Mean difference of the unrounded scores of the same units as published.
    pub headline_mean: f64,
    /// Units compared.
    pub n: usize,
}

/// The history of an evaluation; `leading` is how many of the best bands count as
/// leading. The comparable change runs the plan once more, without the indicators
/// that one of the two periods lacks; what that cannot take is findings.
pub fn history(input: &IndexInput, evaluation: &Evaluation, leading: usize) -> Result<History, Findings> {
    let units = 0..input.panel().units().len();
    let streaks = units.map(|unit| streaks(input, evaluation, unit, leading)).collect();
    Ok(History { streaks, comparable: comparable(input, evaluation)? })
}

fn streaks(input: &IndexInput, evaluation: &Evaluation, unit: usize, leading: usize) -> Streaks {
    let outcome = |period: usize| evaluation.outcomes.get(input.panel().rows_of(period).start + unit);
    let band = |period: usize| outcome(period)?.band;
    let run = |has: &dyn Fn(usize) -> bool| (0..=input.edition()).rev().take_while(|at| has(*at)).count();
    let now = band(input.edition());
    let is_top = |period: usize| {
        let rank = outcome(period).and_then(|outcome| outcome.rank);
        rank.is_some_and(|rank| rank.value <= TOP as f64)
    };
    Streaks {
        band: now.map_or(0, |now| run(&|period| band(period) == Some(now))),
        leading: run(&|period| band(period).is_some_and(|band| band < leading)),
        top: run(&is_top),
    }
}

fn comparable(input: &IndexInput, evaluation: &Evaluation) -> Result<Option<Comparable>, Findings> {
    let Some(since) = input.edition().checked_sub(1) else { return Ok(None) };
    let sets = Sets::of(input, &evaluation.plan, since);
    let Some(plan) = restricted(&evaluation.plan, &sets.shared.iter().collect()) else { return Ok(None) };
    let compared = evaluate(input, &plan)?;
    let (before, now) = (input.panel().rows_of(since).start, input.panel().rows_of(input.edition()).start);
    let score = |of: &Evaluation, row: usize| of.outcomes.get(row).and_then(|outcome| outcome.score);
    let difference = |unit: usize| {
        let (now, before) = (score(&compared, now + unit)?, score(&compared, before + unit)?);
        Some(round_to(now.rounded - before.rounded, plan.score.decimals, plan.score.rounding))
    };
    let units = input.panel().units();
    let by_unit: Vec<Option<f64>> = (0..units.len()).map(difference).collect();
    let raw = |of: &Evaluation, unit: usize| Some(score(of, now + unit)?.raw - score(of, before + unit)?.raw);
    let ranked = units.iter().enumerate().filter(|(_, unit)| unit.role == Role::Ranked);
    let both: Vec<(f64, f64)> =
        ranked.filter_map(|(unit, _)| Some((raw(&compared, unit)?, raw(evaluation, unit)?))).collect();
    let own: Vec<f64> = both.iter().map(|(own, _)| *own).collect();
    let headline: Vec<f64> = both.iter().map(|(_, headline)| *headline).collect();
    let figures = (mean(&own), median(&own), mean(&headline));
    let (Some(mean), Some(median), Some(headline_mean)) = figures else { return Ok(None) };
    let n = both.len();
    let Sets { shared: indicators, added, removed, rescaled } = sets;
    Ok(Some(Comparable {
        since,
        indicators,
        added,
        removed,
        rescaled,
        by_unit,
        mean,
        median,
        headline_mean,
        n,
    }))
}

/// The indicators by which of two periods has any value of them.
struct Sets {
    shared: Vec<Id>,
    added: Vec<Id>,
    removed: Vec<Id>,
    rescaled: Vec<Id>,
}

impl Sets {
    fn of(input: &IndexInput, plan: &Plan, since: usize) -> Self {
        let mut sets =
            Self { shared: Vec::new(), added: Vec::new(), removed: Vec::new(), rescaled: Vec::new() };
        let counts = plan.effective_weights();
        for indicator in plan.indicators.iter().filter(|one| counts.contains_key(&one.id)) {
            let column = input.indicators().iter().position(|id| *id == indicator.id);
            let column = column.and_then(|at| input.raw().column(at));
            let has = |period: usize| {
                column.is_some_and(|column| {
                    input.panel().rows_of(period).any(|row| column.value(row).is_some())
                })
            };
            let list = match (has(since), has(input.edition())) {
                (true, true) if indicator.normalise.pool() == Some(Pool::Period) => &mut sets.rescaled,
                (true, true) => &mut sets.shared,
                (false, true) => &mut sets.added,
                (true, false) => &mut sets.removed,
                (false, false) => continue,
            };
            list.push(indicator.id.clone());
        }
        sets
    }
}

/// The plan with the means over `kept` indicators only, their weights as run in the
/// same proportions. A node that has nothing left, and a formula that reads what is not
/// kept, leave it too; `None` when the index itself does.
fn restricted(plan: &Plan, kept: &BTreeSet<&Id>) -> Option<Plan> {
    let mut left: BTreeSet<Id> = kept.iter().map(|id| (*id).clone()).collect();
    let mut nodes = Vec::new();
    // Children stand before parents.
    for node in &plan.nodes {
        let mut node = node.clone();
        let stays = match &mut node.rule {
            Rule::Aggregate { method, children, weights, weighting, overrides, .. } => {
                let kept: Vec<bool> = children.iter().map(|id| left.contains(id)).collect();
                // Its weights belong to places among all children.
                let needs_all = matches!(method, Aggregation::Owa { .. }) && kept.contains(&false);
                *weighting = Weighting::Given;
                let of_groups: Option<Vec<Weights>> =
                    overrides.iter().map(|one| shares_of(&one.weights, &kept)).collect();
                match (shares_of(weights, &kept), of_groups) {
                    (Some(shares), Some(of_groups)) if !needs_all => {
                        *weights = shares;
                        for (one, shares) in overrides.iter_mut().zip(of_groups) {
                            one.weights = shares;
                        }
                        children.retain(|id| left.contains(id));
                        true
                    }
                    _ => false,
                }
            }
            Rule::Formula(formula) => formula.names().iter().all(|name| left.contains(name)),
        };
        if stays {
            left.insert(node.id.clone());
            nodes.push(node);
        }
    }
    let rating = None;
    left.contains(&plan.index).then(|| Plan { nodes, rating, ..plan.clone() })
}

/// The weights of the children that are kept, in the same proportions.
fn shares_of(weights: &Weights, kept: &[bool]) -> Option<Weights> {
    let pairs = weights.as_slice().iter().zip(kept);
    let shares: Vec<f64> = pairs.filter(|(_, kept)| **kept).map(|(weight, _)| *weight).collect();
    Weights::from_shares(&shares).ok()
}
