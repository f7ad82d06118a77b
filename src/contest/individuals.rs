use super::placing::{Candidate, place};
use super::result::{IndividualResult, RoundResult, StageResult, Status};
use super::rounds::by_member;
use crate::numeric::Exact;
use crate::plan::{Individual, Rubric};

/// Ranks members by parts that are marked per member.
pub(super) fn run(rubric: &Rubric, stages: &[StageResult]) -> Vec<IndividualResult> {
    let round =
        |one: &Individual| stages.iter().flat_map(|stage| &stage.rounds).find(|round| round.id == one.round);
    let ranked = rubric.individuals.iter().filter_map(|one| Some((one, round(one)?)));
    ranked.map(|(one, round)| rank(rubric, one, round)).collect()
}

fn rank(rubric: &Rubric, one: &Individual, round: &RoundResult) -> IndividualResult {
    let of = |part| round.part(part).map(|part| by_member(part, round.entrants.len())).unwrap_or_default();
    let ties: Vec<Vec<(usize, Exact)>> =
        one.ties.iter().map(|tie| tie.part.as_ref().map(of).unwrap_or_default()).collect();
    let figure = |member: usize, of: &Vec<(usize, Exact)>| -> Vec<Exact> {
        of.iter().filter(|(who, _)| *who == member).map(|(_, value)| value.clone()).collect()
    };
    let candidates = of(&one.part).into_iter().map(|(member, score)| Candidate {
        who: member,
        score: Some(score),
        figures: ties.iter().map(|of| figure(member, of)).collect(),
        status: Status::Present,
        placed: None,
    });
    IndividualResult { id: one.id.clone(), standings: place(candidates.collect(), &one.ties, rubric.places) }
}
