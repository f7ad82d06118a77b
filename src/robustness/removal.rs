use rayon::prelude::*;

use super::count::Nominal;
use super::edit::without;
use super::engine::{Engine, no_plan, reason};
use super::result::{LeaveOut, Removal, RemovalEffect};
use crate::diagnostics::Bilingual;
use crate::index::{Evaluation, evaluate};
use crate::model::Id;
use crate::numeric::correlation;
use crate::plan::{Imputation, MissingPolicy, Plan, Rule};
use crate::validate::IndexInput;

/// Most pairs of units that are compared over all units left out.
const MOST_PAIRS: usize = 400_000_000;

/// Every indicator below the index and every child of the index that is a node
/// left out once.
pub(super) fn removal(engine: &Engine<'_>, nominal: &Nominal) -> Vec<Removal> {
    let plan = engine.plan;
    let indicators = plan.indicators_of(&plan.index).into_iter().map(|id| (id, true));
    let children = plan.node(&plan.index).map_or(&[][..], |node| node.inputs());
    let nodes = children.iter().filter(|id| plan.node(id).is_some()).map(|id| (id, false));
    let all: Vec<(&Id, bool)> = indicators.chain(nodes).collect();
    let effect = |id: &Id| -> Result<RemovalEffect, Bilingual> {
        let plan = without(plan, id).ok_or_else(no_plan)?;
        let evaluation = engine.evaluator.evaluate(&plan).map_err(|findings| reason(&findings))?;
        Ok(compared(&evaluation, engine.ground.rows.start, nominal))
    };
    all.into_par_iter()
        .map(|(id, indicator)| Removal { id: id.clone(), indicator, effect: effect(id) })
        .collect()
}

fn compared(evaluation: &Evaluation, start: usize, nominal: &Nominal) -> RemovalEffect {
    let (mut before, mut after, mut changed) = (Vec::new(), Vec::new(), 0);
    for ((unit, rank), band) in nominal.units.iter().zip(&nominal.ranks).zip(&nominal.bands) {
        let Some(outcome) = evaluation.outcomes.get(start + unit) else { continue };
        changed += u32::from(outcome.band != *band);
        if let Some(now) = outcome.rank {
            before.push(*rank);
            after.push(now.value);
        }
    }
    let changes: Vec<f64> = before.iter().zip(&after).map(|(before, after)| (after - before).abs()).collect();
    RemovalEffect {
        mean_rank_change: crate::numeric::mean(&changes).unwrap_or(0.0),
        largest_rank_change: changes.iter().copied().fold(0.0, f64::max),
        rank_correlation: correlation(&before, &after),
        bands_changed: changed,
    }
}

/// Every unit left out once, or as many, evenly spread, as there is room for.
pub(super) fn leave_out(input: &IndexInput, plan: &Plan, nominal: &Nominal) -> LeaveOut {
    let mut found = LeaveOut {
        tried: 0,
        failed: 0,
        possible: compares(plan),
        reversing: 0,
        mean_pairs: 0.0,
        largest: None,
    };
    let count = nominal.units.len();
    let most = (MOST_PAIRS / (count * count).max(1)).min(count);
    if !found.possible || most == 0 {
        return found;
    }
    let chosen: Vec<usize> =
        (0..most).filter_map(|at| nominal.units.get(at * count / most).copied()).collect();
    let start = input.panel().rows_of(input.edition()).start;
    let shares: Vec<Option<f64>> = chosen
        .par_iter()
        .map(|unit| {
            let evaluation = evaluate(&input.without_ranking(*unit), plan).ok()?;
            Some(reversed(&evaluation, start, *unit, nominal))
        })
        .collect();
    found.tried = chosen.len() as u32;
    found.failed = shares.iter().filter(|share| share.is_none()).count() as u32;
    let shares: Vec<(f64, usize)> =
        shares.into_iter().zip(chosen).filter_map(|(share, unit)| Some((share?, unit))).collect();
    found.reversing = shares.iter().filter(|(share, _)| *share > 0.0).count() as u32;
    found.mean_pairs = shares.iter().map(|(share, _)| share).sum::<f64>() / shares.len().max(1) as f64;
    let largest = shares.into_iter().filter(|(share, _)| *share > 0.0);
    found.largest = largest.reduce(|best, one| if one.0 > best.0 { one } else { best });
    found
}

/// Share of the pairs of other units whose order is the reverse of the nominal one.
fn reversed(evaluation: &Evaluation, start: usize, left_out: usize, nominal: &Nominal) -> f64 {
    let pairs = nominal.units.iter().zip(&nominal.ranks).filter(|(unit, _)| **unit != left_out);
    let ranks: Vec<(f64, f64)> = pairs
        .filter_map(|(unit, before)| Some((*before, evaluation.outcomes.get(start + unit)?.rank?.value)))
        .collect();
    let (mut reversed, mut all) = (0_u64, 0_u64);
    for (at, (before, after)) in ranks.iter().enumerate() {
        for (other_before, other_after) in ranks.get(at + 1..).unwrap_or_default() {
            all += 1;
            reversed += u64::from((before - other_before) * (after - other_after) < 0.0);
        }
    }
    if all == 0 { 0.0 } else { reversed as f64 / all as f64 }
}

/// Whether some score depends on other units' values.
fn compares(plan: &Plan) -> bool {
    let of_indicator = plan.indicators.iter().any(|one| {
        let alone = matches!(
            one.impute,
            Imputation::None
                | Imputation::Latest { .. }
                | Imputation::Linear
                | Imputation::LinearConstant
                | Imputation::Constant
        );
        one.normalise.pool().is_some() || !one.treat.is_none() || !alone
    });
    of_indicator
        || plan.nodes.iter().any(|node| match &node.rule {
            Rule::Aggregate { method, weighting, missing, .. } => {
                method.compares() || weighting.reads_data() || missing.policy == MissingPolicy::GroupScore
            }
            Rule::Formula(_) => false,
        })
}
