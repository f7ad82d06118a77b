use serde_json::{Value as Json, json};

use super::ContestMaterial;
use crate::contest::{Cell, Note, PartResult, RoundResult, StageResult, Standing, StepResult};
use crate::diagnostics::Failure;
use crate::plan::{Operation, Part};

/// Version of the form of a contest's `results.json`.
pub const CONTEST_RESULTS_SCHEMA: &str = "benchline/contest-results/1";

/// `results.json` of a contest: placings, prizes, and for every round each number
/// after each step of the rubric. Numbers are texts, so that nobody's reader
/// rounds them.
pub fn standings_json(material: ContestMaterial<'_>) -> Result<Vec<u8>, Failure> {
    let result = material.result;
    let document = json!({
        "schema": CONTEST_RESULTS_SCHEMA,
        "title": material.project.title,
        "edition": material.project.edition,
        "synthetic": material.project.synthetic,
        "rubric": { "name": material.rubric.name, "version": material.rubric.version },
        "rubric_sha256": material.rubric_sha256,
        "log": material.input.day().map(|day| json!({ "file": day.log, "head": day.head, "events": day.events })),
        "recounts": material.input.day().map_or(&[][..], |day| &day.recounts).iter().map(|one| json!({
            "id": one.drawn.recount,
            "stage": one.drawn.stage,
            "top": one.drawn.top,
            "sample": one.drawn.sample,
            "entries": one.drawn.entries,
            "compared": one.counted.as_ref().map(|(_, counted)| counted.compared),
            "differences": one.counted.as_ref().map(|_| one.differences()),
        })).collect::<Vec<_>>(),
        "inputs": material.files,
        "entries": material.input.entries().iter().map(|entry| json!({
            "code": entry.code,
            "name": entry.name,
            "eligible": entry.eligible,
            "facts": entry.facts,
            "members": codes(&entry.members, |at| material.member(at)),
        })).collect::<Vec<_>>(),
        "stages": result.stages.iter().map(|stage| stage_json(material, stage)).collect::<Vec<_>>(),
        "individuals": result.individuals.iter().map(|one| json!({
            "id": one.id,
            "standings": standings(&one.standings, |at| material.member(at)),
        })).collect::<Vec<_>>(),
        "prizes": result.prizes.iter().map(|prize| {
            let of = material.rubric.prizes.iter().find(|declared| declared.id == prize.id).map(|declared| &declared.of);
            let individual = result.individuals.iter().any(|one| Some(&one.id) == of);
            let code = |at: usize| if individual { material.member(at) } else { material.entry(at) };
            json!({ "id": prize.id, "of": of, "count": prize.count, "winners": codes(&prize.winners, code) })
        }).collect::<Vec<_>>(),
    });
    let mut bytes =
        serde_json::to_vec(&document).map_err(|error| Failure::Internal(format!("results.json: {error}")))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn codes<'a>(who: &[usize], code: impl Fn(usize) -> &'a str) -> Vec<&'a str> {
    who.iter().map(|at| code(*at)).collect()
}

fn standings<'a>(standings: &[Standing], code: impl Fn(usize) -> &'a str) -> Vec<Json> {
    let one = |standing: &Standing| {
        json!({
            "code": code(standing.who),
            "rank": standing.rank,
            "tied": standing.tied,
            "score": standing.score,
            "figures": standing.figures,
            "decided_by": standing.decided_by,
            "computed_rank": standing.computed_rank,
            "status": standing.status,
        })
    };
    standings.iter().map(one).collect()
}

fn stage_json(material: ContestMaterial<'_>, stage: &StageResult) -> Json {
    let entry = |at: usize| material.entry(at);
    json!({
        "id": stage.id,
        "rounds": stage.rounds.iter().map(|round| round_json(material, round)).collect::<Vec<_>>(),
        "standings": standings(&stage.standings, entry),
        "advance": stage.advance.as_ref().map(|advance| json!({
            "through": codes(&advance.through, entry),
            "reserves": codes(&advance.reserves, entry),
            "tied_at_cut": codes(&advance.tied_at_cut, entry),
        })),
    })
}

fn round_json(material: ContestMaterial<'_>, round: &RoundResult) -> Json {
    let declared = material.rubric.rounds().map(|(_, round)| round).find(|one| one.id == round.id);
    let scheme = declared.and_then(|declared| material.rubric.scheme(&declared.scheme));
    let parts = scheme.map(|scheme| scheme.parts.as_slice()).unwrap_or_default();
    json!({
        "id": round.id,
        "standings": standings(&round.standings, |at| material.entry(at)),
        "parts": round.parts.iter().zip(parts).map(|(part, declared)| part_json(material, round, part, declared)).collect::<Vec<_>>(),
    })
}

fn part_json(material: ContestMaterial<'_>, round: &RoundResult, part: &PartResult, declared: &Part) -> Json {
    let operations = std::iter::once(None).chain(declared.steps.iter().map(Some));
    let steps: Vec<Json> = part
        .steps
        .iter()
        .zip(operations)
        .map(|(step, operation)| step_json(material, round, step, operation))
        .collect();
    json!({ "id": part.id, "steps": steps })
}

/// One step: what was done, and the numbers it left by entry.
fn step_json(
    material: ContestMaterial<'_>,
    round: &RoundResult,
    step: &StepResult,
    operation: Option<&Operation>,
) -> Json {
    let entries = round.entrants.iter().zip(&step.0).map(|(entry, cells)| {
        let cells: Vec<Json> = cells.iter().map(|cell| cell_json(material, round, cell)).collect();
        (material.entry(*entry).to_owned(), Json::Array(cells))
    });
    json!({ "step": operation, "entries": entries.collect::<serde_json::Map<_, _>>() })
}

fn cell_json(material: ContestMaterial<'_>, round: &RoundResult, cell: &Cell) -> Json {
    let mut object = serde_json::Map::new();
    let mut put = |key: &str, word: Option<String>| {
        if let Some(word) = word {
            object.insert(key.to_owned(), Json::String(word));
        }
    };
    put("member", cell.key.member.map(|at| material.member(at).to_owned()));
    let attempts = material.input.rounds().get(round.round).map(|round| &round.attempts);
    put("attempt", cell.key.attempt.and_then(|at| Some(attempts?.get(at)?.code.clone())));
    put("criterion", cell.key.criterion.and_then(|at| material.criterion(round, at)));
    put("judge", cell.key.judge.and_then(|at| Some(material.input.judges().get(at)?.code.clone())));
    put("value", Some(cell.value.to_string()));
    let note = match cell.note {
        Note::None => None,
        Note::LeftOut => Some("left-out"),
        Note::Filled => Some("filled"),
        Note::Bounded => Some("bounded"),
    };
    put("note", note.map(str::to_owned));
    Json::Object(object)
}
