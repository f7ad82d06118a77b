use std::collections::BTreeSet;

use super::super::score::ScoredProject;
use crate::index::Evaluation;
use crate::ledger::{Effect, Revised, Standing};
use crate::validate::confirmation_digest;

/// Adds what came of the corrections of a revision for the units concerned, and how
/// many others moved. Values that could not be used before it counted as missing;
/// where nothing could be computed then, no unit stood anywhere.
pub(super) fn add(revised: &mut Revised, before: Option<&Evaluation>, after: &ScoredProject) {
    let (input, after) = (&after.project.input, &after.evaluation);
    let concerned: BTreeSet<&str> = revised.corrections.iter().map(|one| one.unit.as_str()).collect();
    let (mut effects, mut moved) = (Vec::new(), [0; 3]);
    let panel = input.panel();
    let start = panel.rows_of(input.edition()).start;
    for (at, unit) in panel.units().iter().enumerate() {
        let before = before.map_or_else(Standing::default, |before| standing(before, start + at));
        let after = standing(after, start + at);
        if concerned.contains(unit.code.as_str()) {
            effects.push(Effect { unit: unit.code.to_string(), before, after });
            continue;
        }
        let differ = [before.score != after.score, before.rank != after.rank, before.rating != after.rating];
        for (count, differs) in moved.iter_mut().zip(differ) {
            *count += usize::from(differs);
        }
    }
    for sheet in revised.returned.iter_mut().filter_map(|file| file.sheet.as_mut()) {
        let unit = panel.units().position(&sheet.unit);
        sheet.digest = unit.map_or(String::new(), |unit| confirmation_digest(input, unit));
    }
    revised.effects = effects;
    [revised.other_scores, revised.other_ranks, revised.other_ratings] = moved;
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
