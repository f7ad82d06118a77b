//! The sheets that are signed: places, how they came about, what they hash to.

use serde_json::json;

use super::matter;
use super::scope::{Scope, stage_places};
use crate::contest::{JudgeTotal, StageResult};
use crate::diagnostics::Lang;
use crate::ledger::Day;
use crate::plan::Stage;
use crate::report::view::contest::{NamedText, SignOffRow, SignOffSheets, SignOffSigned, SignOffStage};
use crate::report::{ContestMaterial, TemplateError, Templates, Words, labels};
use crate::validate::EventKind;

/// The view of the sheets that are signed, in one language.
pub fn sign_off(
    material: ContestMaterial<'_>,
    templates: &Templates,
    lang: Lang,
) -> Result<SignOffSheets, TemplateError> {
    let words = Words::new(templates, lang)?;
    let scope = Scope { material, words: &words, lang };
    let stages = scope.stages().map(|(stage, result)| sheet(&scope, stage, result));
    Ok(SignOffSheets {
        schema: SignOffSheets::SCHEMA,
        lang: lang.code(),
        labels: labels::labels(templates, lang)?,
        document: matter::document(&scope, "day_sign_kind")?,
        stages: stages.collect::<Result<_, _>>()?,
    })
}

fn sheet(scope: &Scope<'_>, stage: &Stage, result: &StageResult) -> Result<SignOffStage, TemplateError> {
    let rows = rows(scope, stage, result)?;
    let paper = matter::signoff(scope)?;
    let mut proofs = paper.hashes;
    if let Some(day) = scope.material.input.day() {
        let name = scope.say("day_sign_head", json!({ "events": day.events }))?;
        proofs.push(NamedText { name, text: day.head.clone() });
    }
    let facts = json!({
        "stage": scope.text(&stage.name),
        "count": scope.count(rows.len())?,
        "unplaced": rows.iter().filter(|row| row.place.is_none()).count(),
        "tied": rows.iter().any(|row| row.tied),
        "ruled": rows.iter().any(|row| row.ruled),
        "log": scope.material.input.day().is_some(),
    });
    Ok(SignOffStage {
        name: scope.say("day_sign_name", &facts)?,
        headline: scope.say("day_sign_headline", &facts)?,
        lead: scope.say("day_sign_lead", &facts)?,
        caption: scope.say("contest_standings_caption", &facts)?,
        note: scope.say("day_sign_note", &facts)?,
        counts: counts(scope, stage, result)?,
        signed: signed(scope, stage)?,
        roles: paper.roles,
        proofs,
        rows,
    })
}

fn rows(scope: &Scope<'_>, stage: &Stage, result: &StageResult) -> Result<Vec<SignOffRow>, TemplateError> {
    let places = stage_places(stage, &scope.rounds_of(stage));
    let through = result.advance.as_ref().map(|advance| advance.through.as_slice()).unwrap_or_default();
    let mut rows = Vec::new();
    for standing in &result.standings {
        let prize = scope.prize_of(&stage.id, standing.who);
        let prize = prize.and_then(|at| scope.material.rubric.prizes.get(at));
        let outcome = match prize {
            Some(prize) => Some(scope.text(&prize.name).to_owned()),
            None if through.contains(&standing.who) => Some(scope.word("contest_advanced")?),
            None => None,
        };
        let score = standing.score.as_ref().map(|score| scope.number(score, places));
        let status = scope.status(standing)?;
        rows.push(SignOffRow {
            place: standing.rank.map(|rank| rank.to_string()),
            tied: standing.tied,
            ruled: standing.computed_rank.is_some(),
            code: scope.entry_code(standing.who),
            name: scope.entry_name(standing.who),
            score: status.or(score).unwrap_or_default(),
            outcome,
        });
    }
    Ok(rows)
}

/// A count by the key of its words, and what they say of it.
type Count = (&'static str, serde_json::Value);

/// How many sheets, second entries, corrections and the like a stage had. What a
/// log alone can tell is left out without one.
fn counts(scope: &Scope<'_>, stage: &Stage, result: &StageResult) -> Result<Vec<NamedText>, TemplateError> {
    let mut counts = sheets(scope, stage);
    counts.extend(of_events(scope, stage, result));
    if let Some(day) = scope.material.input.day() {
        counts.push(appeals(day, stage));
        counts.push(recounts(day, stage));
    }
    let named = |(key, facts): Count| {
        let name = scope.word(&format!("day_sign_{key}"))?;
        Ok(NamedText { name, text: scope.say(&format!("day_sign_{key}_count"), facts)? })
    };
    counts.into_iter().map(named).collect()
}

fn sheets(scope: &Scope<'_>, stage: &Stage) -> Vec<Count> {
    let input = scope.material.input;
    let rounds = scope.rounds_of(stage);
    let mut counts = Vec::new();
    if let Some(day) = input.day() {
        let held = |round: &str| rounds.iter().any(|held| held.round.id.as_str() == round);
        let keyed =
            |pass: u8| day.sheets.iter().filter(|sheet| sheet.pass == pass && held(&sheet.round)).count();
        counts.push(("sheets", json!({ "n": keyed(1) })));
        counts.push(("second", json!({ "n": keyed(2) })));
    }
    let marks = rounds.iter().filter_map(|held| input.rounds().get(held.at));
    let marks: usize = marks.map(|round| round.marks.len()).sum();
    counts.push(("marks", json!({ "n": marks })));
    counts
}

fn of_events(scope: &Scope<'_>, stage: &Stage, result: &StageResult) -> [Count; 3] {
    let input = scope.material.input;
    let of_kind = |kind: EventKind| {
        let events = input.events().iter().filter(|event| event.kind == kind);
        events.filter(|event| event.covers_stage(result.stage, input)).count()
    };
    let rounds = scope.rounds_of(stage);
    let panels = rounds.iter().flat_map(|held| super::standings::panels(scope, held));
    let totals = panels.flat_map(|panel| panel.rows.values().flatten());
    let recused = totals.filter(|total| **total == JudgeTotal::Recused).count();
    let corrected = of_kind(EventKind::Corrected) + of_kind(EventKind::Reconsidered);
    [
        ("corrections", json!({ "n": corrected })),
        ("recusals", json!({ "n": recused })),
        ("rulings", json!({ "n": of_kind(EventKind::Placed) })),
    ]
}

fn appeals(day: &Day, stage: &Stage) -> Count {
    let own: Vec<_> =
        day.appeals.values().filter(|appeal| appeal.opened.stage == stage.id.as_str()).collect();
    let decided: Vec<bool> =
        own.iter().filter_map(|appeal| Some(appeal.decided.as_ref()?.1.upheld)).collect();
    let upheld = decided.iter().filter(|upheld| **upheld).count();
    ("appeals", json!({ "n": own.len(), "upheld": upheld, "open": own.len() - decided.len() }))
}

fn recounts(day: &Day, stage: &Stage) -> Count {
    let own: Vec<_> =
        day.recounts.iter().filter(|recount| recount.drawn.stage == stage.id.as_str()).collect();
    let compared: usize =
        own.iter().filter_map(|recount| recount.counted.as_ref()).map(|(_, counted)| counted.compared).sum();
    let differ: usize = own.iter().map(|recount| recount.differences()).sum();
    let open: usize = own.iter().map(|recount| recount.open().count()).sum();
    ("recounts", json!({ "n": own.len(), "compared": compared, "differ": differ, "open": open }))
}

/// The signatures of a stage or of a round of it, in order.
fn signed(scope: &Scope<'_>, stage: &Stage) -> Result<Vec<SignOffSigned>, TemplateError> {
    let Some(day) = scope.material.input.day() else { return Ok(Vec::new()) };
    let rounds = scope.rounds_of(stage);
    let mut signatures = Vec::new();
    for (seq, by, signed) in &day.signed {
        let round = rounds.iter().find(|held| held.round.id.as_str() == signed.of);
        if signed.of != stage.id.as_str() && round.is_none() {
            continue;
        }
        let holds = signed.result_sha256 == scope.material.result_sha256;
        let facts = json!({
            "by": by, "event": seq, "holds": holds, "role": signed.role,
            "round": round.map(|held| scope.text(&held.round.name)),
            "hash": signed.result_sha256.get(..16),
        });
        signatures.push(SignOffSigned {
            role: scope.say("day_sign_role", &facts)?,
            detail: scope.say("day_sign_detail", &facts)?,
            holds,
            verdict: scope.say("day_sign_verdict", &facts)?,
        });
    }
    Ok(signatures)
}
