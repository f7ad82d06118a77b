use super::cells::counting;
use super::marks::Round;
use super::parts;
use super::placing::{Candidate, place};
use super::result::{PartResult, RoundResult, StageResult, Status};
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::numeric::Exact;
use crate::plan::{Absence, Prefer, Scheme, TieBreak};
use crate::validate::EventKind;

/// Scores a round and places its entrants.
pub(super) fn run(
    round: Round<'_>,
    entrants: &[usize],
    earlier: &[StageResult],
    findings: &mut Findings,
) -> Option<RoundResult> {
    let scheme = round.rubric.scheme(&round.declared.scheme)?;
    round.report_unexpected(entrants, findings);
    let statuses: Vec<Status> = entrants.iter().map(|entry| round.status(*entry)).collect();
    let marked: Vec<bool> = statuses.iter().map(|status| *status == Status::Present).collect();
    let parts = parts::run(round, scheme, entrants, &marked, findings);
    let mut result = RoundResult {
        id: round.declared.id.clone(),
        round: round.at,
        entrants: entrants.to_vec(),
        parts,
        standings: Vec::new(),
    };
    let scores = scores(round, scheme, &result, &statuses, findings);
    let candidates = entrants.iter().zip(scores).zip(&statuses).map(|((entry, score), status)| Candidate {
        who: *entry,
        score,
        figures: figures(&round.declared.ties, *entry, Some(&result), &[], earlier),
        status: *status,
        placed: placed(round, *entry),
    });
    let candidates: Vec<Candidate> = candidates.collect();
    result.standings = place(candidates, &round.declared.ties, round.rubric.places);
    Some(result)
}

/// The score of each entrant.
fn scores(
    round: Round<'_>,
    scheme: &Scheme,
    result: &RoundResult,
    statuses: &[Status],
    findings: &mut Findings,
) -> Vec<Option<Exact>> {
    let part = scheme.part(&scheme.score).and_then(|at| result.parts.get(at));
    let mut nothing = Vec::new();
    let scores = statuses.iter().enumerate().map(|(at, status)| {
        let absence = match status {
            Status::Present => {
                let score = part.and_then(|part| part.value(at)).cloned();
                if score.is_none() {
                    nothing.push(at);
                }
                return score;
            }
            Status::NoShow => round.rubric.absence.no_show,
            Status::Forfeit => round.rubric.absence.forfeit,
            Status::Disqualified => Absence::Unranked,
        };
        (absence == Absence::Zero).then(Exact::zero)
    });
    let scores = scores.collect();
    // Where marks are missing, that has been said.
    for at in nothing.into_iter().filter(|_| !findings.has_errors()).collect::<Vec<_>>() {
        let entry = result.entrants.get(at).and_then(|entry| round.input.entries().get(*entry));
        let code = entry.map_or("", |entry| entry.code.as_str());
        let (zh, en) = (&round.declared.name.zh, &round.declared.name.en);
        let finding = Finding::new(
            Code::TooFewMarks,
            bilingual!("“{code}”在“{zh}”没有一个分数", "`{code}` has no mark at all in `{en}`"),
            bilingual!(
                "补上分数，或在事项表中记“未到”“弃权”",
                "add marks, or record a `no-show` or `forfeit` event"
            ),
        );
        let place = round.input.sheet_place(round.at, None);
        findings.extend(place.map(|place| finding.at(place)));
    }
    scores
}

/// The figures of tie-breaks for an entry. `own` is the round that parts without
/// a round are of; `rounds` are the rounds of the stage so far.
pub(super) fn figures(
    ties: &[TieBreak],
    entry: usize,
    own: Option<&RoundResult>,
    rounds: &[RoundResult],
    earlier: &[StageResult],
) -> Vec<Vec<Exact>> {
    let round = |id: &crate::model::Id| {
        let before = earlier.iter().flat_map(|stage| &stage.rounds);
        own.into_iter().chain(rounds).chain(before).find(|round| round.id == *id)
    };
    ties.iter()
        .map(|tie| match (&tie.part, &tie.round, &tie.stage) {
            (Some(part), of, None) => {
                let found = match of {
                    Some(id) => round(id),
                    None => own,
                };
                let cells = found.and_then(|round| Some(round.part(part)?.cells(round.position(entry)?)));
                best_first(cells.map(cells_of).unwrap_or_default(), tie.prefer)
            }
            (None, Some(id), None) => {
                let standing = round(id).and_then(|round| round.standing(entry));
                standing.and_then(|standing| standing.score.clone()).into_iter().collect()
            }
            (None, None, Some(id)) => {
                let stage = earlier.iter().find(|stage| stage.id == *id);
                let standing = stage.and_then(|stage| stage.standing(entry));
                standing.and_then(|standing| standing.score.clone()).into_iter().collect()
            }
            _ => Vec::new(),
        })
        .collect()
}

fn cells_of(cells: &[super::result::Cell]) -> Vec<Exact> {
    counting(cells).map(|cell| cell.value.clone()).collect()
}

fn best_first(mut values: Vec<Exact>, prefer: Prefer) -> Vec<Exact> {
    match prefer {
        Prefer::Higher => values.sort_unstable_by(|a, b| b.cmp(a)),
        Prefer::Lower => values.sort_unstable(),
    }
    values
}

/// The place that the jury gave an entry in a round. In a stage of one round it
/// placed the entry in the stage.
fn placed(round: Round<'_>, entry: usize) -> Option<u32> {
    let stage = round.input.rounds().get(round.at).and_then(|own| round.rubric.stages.get(own.stage));
    if stage.is_none_or(|stage| stage.rounds.len() == 1) {
        return None;
    }
    let events = round.input.events().iter();
    let mut own = events.filter(|event| {
        event.kind == EventKind::Placed && event.entry == Some(entry) && event.round == Some(round.at)
    });
    place_of(own.next()?.value.as_ref()?)
}

/// A place as the events write it.
pub(super) fn place_of(value: &Exact) -> Option<u32> {
    value.to_string().parse().ok().filter(|place| *place > 0)
}

/// The one number that a part of a round came to, by member.
pub(super) fn by_member(part: &PartResult, entrants: usize) -> Vec<(usize, Exact)> {
    let cells = (0..entrants).flat_map(|at| counting(part.cells(at)));
    cells.filter_map(|cell| Some((cell.key.member?, cell.value.clone()))).collect()
}
