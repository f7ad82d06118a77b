use super::advance;
use super::cells::Column;
use super::marks::Round;
use super::placing::{Candidate, place};
use super::result::{Cell, Key, RoundResult, StageResult, Status, StepResult};
use super::rounds::{self, figures, place_of};
use super::steps::{Site, take};
use crate::diagnostics::Findings;
use crate::numeric::Exact;
use crate::plan::{Rubric, Stage};
use crate::validate::{ContestInput, EventKind};

/// Runs the stages one after the other, as far as they were held.
pub(super) fn run(input: &ContestInput, rubric: &Rubric, findings: &mut Findings) -> Vec<StageResult> {
    let mut done: Vec<StageResult> = Vec::new();
    for (at, stage) in rubric.stages.iter().enumerate() {
        let rounds: Vec<Round<'_>> = rubric
            .rounds()
            .enumerate()
            .filter(|(_, (of, _))| *of == at)
            .map(|(at, (_, declared))| Round { input, rubric, declared, at })
            .collect();
        if !rounds.iter().any(Round::was_held) {
            break;
        }
        let entrants = entrants(input, at, &done);
        let result = one(input, rubric, (at, stage), &rounds, entrants, &done, findings);
        let over = !result.standings.is_empty();
        done.push(result);
        if !over {
            break;
        }
    }
    done
}

/// Who takes part: all in the first stage, those who came through in a later
/// one; those admitted too, those withdrawn not.
pub(super) fn entrants(input: &ContestInput, stage: usize, done: &[StageResult]) -> Vec<usize> {
    let mut entrants: Vec<usize> = match done.last() {
        None => (0..input.entries().len()).collect(),
        Some(before) => match &before.advance {
            Some(advance) => advance.through.clone(),
            None => before.standings.iter().filter(|one| one.rank.is_some()).map(|one| one.who).collect(),
        },
    };
    for event in input.events().iter().filter(|event| event.covers_stage(stage, input)) {
        match (&event.kind, event.entry) {
            (EventKind::Admitted, Some(entry)) => entrants.push(entry),
            (EventKind::Withdrawn, Some(entry)) => entrants.retain(|one| *one != entry),
            _ => {}
        }
    }
    entrants.sort_unstable();
    entrants.dedup();
    entrants
}

fn one(
    input: &ContestInput,
    rubric: &Rubric,
    (at, stage): (usize, &Stage),
    declared: &[Round<'_>],
    entrants: Vec<usize>,
    done: &[StageResult],
    findings: &mut Findings,
) -> StageResult {
    let held = declared.iter().filter(|round| round.was_held());
    let rounds: Vec<RoundResult> =
        held.filter_map(|round| rounds::run(*round, &entrants, done, findings)).collect();
    let mut result = StageResult {
        id: stage.id.clone(),
        stage: at,
        entrants,
        rounds,
        steps: Vec::new(),
        standings: Vec::new(),
        advance: None,
    };
    if result.rounds.len() < declared.len() {
        return result;
    }
    result.steps = score(rubric, stage, &result, done, findings);
    let last = result.steps.last().map(|step| step.0.as_slice()).unwrap_or_default();
    let sole = if result.rounds.len() == 1 { result.rounds.first() } else { None };
    let candidates = result.entrants.iter().enumerate().map(|(position, entry)| {
        let cells = last.get(position).map(Vec::as_slice).unwrap_or_default();
        Candidate {
            who: *entry,
            score: cells.first().map(|cell| cell.value.clone()),
            figures: figures(&stage.ties, *entry, sole, &result.rounds, done),
            status: status(declared, *entry),
            placed: placed(input, at, declared, *entry),
        }
    });
    let candidates: Vec<Candidate> = candidates.collect();
    result.standings = place(candidates, &stage.ties, rubric.places);
    if let Some(rule) = &stage.advance {
        result.advance = Some(advance::run(input, rule, stage, &result.standings, findings));
    }
    result
}

fn status(rounds: &[Round<'_>], entry: usize) -> Status {
    rounds.iter().map(|round| round.status(entry)).max().unwrap_or_default()
}

fn placed(input: &ContestInput, stage: usize, rounds: &[Round<'_>], entry: usize) -> Option<u32> {
    let sole = match rounds {
        [only] => Some(only.at),
        _ => None,
    };
    let mut own = input.events().iter().filter(|event| {
        let meant = event.stage == Some(stage) || (event.round.is_some() && event.round == sole);
        event.kind == EventKind::Placed && event.entry == Some(entry) && meant
    });
    place_of(own.next()?.value.as_ref()?)
}

/// The sum of the terms, then the steps.
fn score(
    rubric: &Rubric,
    stage: &Stage,
    result: &StageResult,
    done: &[StageResult],
    findings: &mut Findings,
) -> Vec<StepResult> {
    let start: Column = result
        .entrants
        .iter()
        .map(|entry| {
            sum(stage, result, done, *entry).map(|sum| Cell::new(Key::default(), sum)).into_iter().collect()
        })
        .collect();
    let mut steps = vec![StepResult(start)];
    let declared = stage.score.as_ref().map(|score| score.steps.as_slice()).unwrap_or_default();
    let site = Site {
        round: None,
        entrants: &result.entrants,
        sole: None,
        what: &stage.name,
        rounding: rubric.rounding,
    };
    for operation in declared {
        let next = steps.last().map(|step| take(operation, &step.0, &site, findings)).unwrap_or_default();
        steps.push(StepResult(next));
    }
    steps
}

/// The sum of a stage's terms for an entry; `None` when one of them is absent.
fn sum(stage: &Stage, result: &StageResult, done: &[StageResult], entry: usize) -> Option<Exact> {
    let score_of = |round: &RoundResult| round.standing(entry)?.score.clone();
    let Some(declared) = &stage.score else {
        let scores: Option<Vec<Exact>> = result.rounds.iter().map(score_of).collect();
        return Some(scores?.iter().sum());
    };
    let mut sum = Exact::zero();
    for term in &declared.terms {
        let value = if let Some(id) = &term.round {
            let before = done.iter().flat_map(|stage| &stage.rounds);
            let round = result.rounds.iter().chain(before).find(|round| round.id == *id)?;
            match &term.part {
                Some(part) => round.value(part, entry)?.clone(),
                None => score_of(round)?,
            }
        } else {
            let id = term.stage.as_ref()?;
            done.iter().find(|stage| stage.id == *id)?.standing(entry)?.score.clone()?
        };
        sum = &sum + &(&value * &term.times);
    }
    Some(sum)
}
