//! What applies to one entry only: penalties, near ties, judges who stood aside.

use serde_json::json;

use super::scope::{Held, Scope, stage_places};
use super::sheets::Sheets;
use crate::contest::{StageResult, Standing};
use crate::numeric::{Exact, Rounding};
use crate::plan::{Operation, Stage};
use crate::report::TemplateError;
use crate::validate::EventKind;

/// Decimals that two scores may agree in and yet differ.
const SEEN: u8 = 2;

pub(super) fn notes(
    scope: &Scope<'_>,
    stage: &Stage,
    result: &StageResult,
    sheets: &Sheets<'_, '_>,
    standing: &Standing,
) -> Result<Vec<String>, TemplateError> {
    let mut notes = Vec::new();
    for held in scope.rounds_of(stage) {
        notes.extend(penalties(scope, &held, standing.who)?);
    }
    notes.extend(near(scope, stage, result, standing)?);
    notes.extend(sheets.notes(standing.who)?);
    Ok(notes)
}

/// What was measured of the entry, and what the rules took off for it.
fn penalties(scope: &Scope<'_>, held: &Held<'_>, entry: usize) -> Result<Vec<String>, TemplateError> {
    let mut notes = Vec::new();
    let events = scope.material.input.events().iter();
    let own = events.filter(|event| event.entry == Some(entry) && event.round == Some(held.at));
    for event in own.filter(|event| matches!(event.kind, EventKind::Measured(_))) {
        let (Some(value), Some(criterion)) =
            (&event.value, event.criterion.and_then(|at| held.scheme.criteria.get(at)))
        else {
            continue;
        };
        let made = held.scheme.parts.iter().filter(|part| part.marks.contains(&criterion.id));
        let bands = made.flat_map(|part| &part.steps).find_map(|step| match step {
            Operation::Bands { bands, .. } => Some(bands),
            _ => None,
        });
        let bands: Vec<(String, String)> = bands
            .into_iter()
            .flatten()
            .map(|band| (scope.number(&band.over, None), scope.number(&band.value, None)))
            .collect();
        let taken = scope.deduction(held, entry);
        notes.push(scope.say(
            "day_feedback_penalty",
            json!({
                "round": scope.text(&held.round.name), "what": scope.text(&criterion.name),
                "value": scope.number(value, None), "bands": bands,
                "taken": taken.map(|taken| scope.number(&taken, None)),
            }),
        )?);
    }
    Ok(notes)
}

/// Neighbours with the same score, or one that looks the same.
fn near(
    scope: &Scope<'_>,
    stage: &Stage,
    result: &StageResult,
    standing: &Standing,
) -> Result<Option<String>, TemplateError> {
    let (Some(score), Some(rank)) = (&standing.score, standing.rank) else { return Ok(None) };
    let places = stage_places(stage, &scope.rounds_of(stage));
    let shown = |value: &Exact| value.fixed(SEEN, Rounding::HalfUp);
    let ranked = scope.ranked(&result.standings);
    let others = ranked.iter().filter(|other| other.who != standing.who);
    let alike: Vec<(u32, String, String, bool)> = others
        .filter_map(|other| Some((other.rank?, other.score.as_ref()?)))
        .filter(|(_, value)| shown(value) == shown(score))
        .map(|(rank, value)| {
            let away = if value > score { value - score } else { score - value };
            (rank, scope.number(value, places), scope.number(&away, None), away.is_zero())
        })
        .collect();
    if alike.is_empty() {
        return Ok(None);
    }
    let broken = standing.decided_by.and_then(|at| stage.ties.get(at));
    let broken = broken.map(|tie| scope.speaker().tie_break(stage, tie)).transpose()?;
    let facts = json!({
        "score": scope.number(score, places), "shown": shown(score), "place": rank, "tied": standing.tied,
        "alike": alike, "broken": broken,
    });
    scope.say("day_feedback_near", facts).map(Some)
}
