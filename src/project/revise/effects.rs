use std::collections::BTreeSet;

use super::super::score::ScoredProject;
use crate::diagnostics::{Findings, Place};
use crate::index::{Evaluation, evaluate};
use crate::ledger::{Effect, Revised, Standing};

/// Computes the edition with the corrections of a revision and adds what came of
/// them for the units concerned, and how many others moved. `false`, with
/// findings, if the method cannot take the new values.
pub(super) fn add(
    revised: &mut Revised,
    scored: &ScoredProject,
    number: usize,
    findings: &mut Findings,
) -> bool {
    let project = &scored.project;
    let mut input = project.input.clone();
    let mut own = Findings::new();
    input.revise(number, revised, &Place::file("?"), &mut own);
    let after = match evaluate(&input, &project.framework.plan) {
        Ok(after) if !own.has_errors() => after,
        Ok(_) => {
            findings.append(own);
            return false;
        }
        Err(mut refused) => {
            refused.locate(|part| project.framework.place_about(part));
            findings.append(refused);
            return false;
        }
    };
    let concerned: BTreeSet<&str> = revised.corrections.iter().map(|one| one.unit.as_str()).collect();
    let (mut effects, mut moved) = (Vec::new(), [0; 3]);
    let panel = input.panel();
    let start = panel.rows_of(input.edition()).start;
    for (at, unit) in panel.units().iter().enumerate() {
        let (before, after) = (standing(&scored.evaluation, start + at), standing(&after, start + at));
        if concerned.contains(unit.code.as_str()) {
            effects.push(Effect { unit: unit.code.to_string(), before, after });
            continue;
        }
        let differ = [before.score != after.score, before.rank != after.rank, before.rating != after.rating];
        for (count, differs) in moved.iter_mut().zip(differ) {
            *count += usize::from(differs);
        }
    }
    revised.effects = effects;
    [revised.other_scores, revised.other_ranks, revised.other_ratings] = moved;
    true
}

/// Where the unit of a row stands.
fn standing(evaluation: &Evaluation, row: usize) -> Standing {
    let outcome = evaluation.outcomes.get(row).copied().unwrap_or_default();
    let bands = evaluation.plan.rating.as_ref().map(|rating| &rating.bands);
    Standing {
        score: outcome.score.map(|score| score.rounded.to_string()),
        rank: outcome.rank.map(|rank| rank.value.to_string()),
        rating: outcome.band.and_then(|band| bands?.get(band)).map(|band| band.id.to_string()),
    }
}
