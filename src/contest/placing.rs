use std::cmp::Ordering;

use super::result::{Standing, Status};
use crate::numeric::Exact;
use crate::plan::{Prefer, Sharing, TieBreak};

/// Somebody to be placed.
pub(super) struct Candidate {
    pub(super) who: usize,
    pub(super) score: Option<Exact>,
    /// The figures of each tie-break, the best first.
    pub(super) figures: Vec<Vec<Exact>>,
    pub(super) status: Status,
    /// The place that the jury gave.
    pub(super) placed: Option<u32>,
}

/// Places candidates by score, then by tie-breaks; those whom nothing parts share
/// a place. Those without a score come last and have no place.
pub(super) fn place(candidates: Vec<Candidate>, ties: &[TieBreak], sharing: Sharing) -> Vec<Standing> {
    let (mut scored, rest): (Vec<Candidate>, Vec<Candidate>) =
        candidates.into_iter().partition(|candidate| candidate.score.is_some());
    scored.sort_by(|a, b| compare(a, b, ties).0.then_with(|| a.who.cmp(&b.who)));
    let mut standings: Vec<Standing> = Vec::with_capacity(scored.len() + rest.len());
    let (mut rank, mut groups) = (0_u32, 0_u32);
    let mut before: Option<&Candidate> = None;
    for (index, candidate) in scored.iter().enumerate() {
        let (order, decided_by) =
            before.map_or((Ordering::Less, None), |before| compare(before, candidate, ties));
        if order != Ordering::Equal {
            groups += 1;
            rank = match sharing {
                Sharing::Competition => u32::try_from(index + 1).unwrap_or(u32::MAX),
                Sharing::Dense => groups,
            };
        }
        if let Some(above) = standings.last_mut() {
            above.decided_by = above.decided_by.max(decided_by);
        }
        standings.push(Standing { decided_by, ..standing(candidate, Some(rank)) });
        before = Some(candidate);
    }
    apply_jury(&mut standings, &scored);
    mark_tied(&mut standings);
    standings.extend(rest.iter().map(|candidate| standing(candidate, None)));
    standings
}

fn standing(candidate: &Candidate, rank: Option<u32>) -> Standing {
    Standing {
        who: candidate.who,
        score: candidate.score.clone(),
        rank,
        tied: false,
        decided_by: None,
        figures: candidate.figures.clone(),
        computed_rank: None,
        status: candidate.status,
    }
}

/// Puts those whom the jury placed where it placed them.
fn apply_jury(standings: &mut [Standing], scored: &[Candidate]) {
    for (standing, candidate) in standings.iter_mut().zip(scored) {
        if let Some(placed) = candidate.placed.filter(|placed| Some(*placed) != standing.rank) {
            standing.computed_rank = standing.rank;
            standing.rank = Some(placed);
        }
    }
    standings.sort_by_key(|standing| standing.rank);
}

fn mark_tied(standings: &mut [Standing]) {
    let ranks: Vec<Option<u32>> = standings.iter().map(|standing| standing.rank).collect();
    for (at, standing) in standings.iter_mut().enumerate() {
        let beside = [at.checked_sub(1), at.checked_add(1)].into_iter().flatten();
        standing.tied = beside.filter_map(|beside| ranks.get(beside)).any(|rank| *rank == standing.rank);
    }
}

/// Which comes first, and the tie-break that says so.
fn compare(a: &Candidate, b: &Candidate, ties: &[TieBreak]) -> (Ordering, Option<usize>) {
    let order = b.score.cmp(&a.score);
    if order != Ordering::Equal {
        return (order, None);
    }
    for (at, tie) in ties.iter().enumerate() {
        let of = |candidate: &'_ Candidate| candidate.figures.get(at).cloned().unwrap_or_default();
        let (x, y) = (of(a), of(b));
        let order = match tie.prefer {
            Prefer::Higher => y.cmp(&x),
            // Nothing is worse than no figure.
            Prefer::Lower => x.is_empty().cmp(&y.is_empty()).then_with(|| x.cmp(&y)),
        };
        if order != Ordering::Equal {
            return (order, Some(at));
        }
    }
    (Ordering::Equal, None)
}
