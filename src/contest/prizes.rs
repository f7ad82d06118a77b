use super::advance::share;
use super::result::{IndividualResult, PrizeResult, StageResult, Standing};
use crate::model::Id;
use crate::plan::{Boundary, Prize, Rubric};
use crate::validate::ContestInput;

/// Gives the prizes of each ranking one after the other, from the top. Entries
/// out of competition are passed over.
pub(super) fn run(
    input: &ContestInput,
    rubric: &Rubric,
    stages: &[StageResult],
    individuals: &[IndividualResult],
) -> Vec<PrizeResult> {
    let mut given: Vec<(&Id, Giving<'_>)> = Vec::new();
    let mut results = Vec::new();
    for prize in &rubric.prizes {
        if !given.iter().any(|(of, _)| **of == prize.of) {
            let Some(ranking) = ranking(input, &prize.of, stages, individuals) else { continue };
            given.push((&prize.of, Giving { ranking, next: 0, over: 0 }));
        }
        if let Some((_, giving)) = given.iter_mut().find(|(of, _)| **of == prize.of) {
            results.push(giving.give(prize));
        }
    }
    results
}

/// The eligible who have a place, in order.
fn ranking<'a>(
    input: &ContestInput,
    of: &Id,
    stages: &'a [StageResult],
    individuals: &'a [IndividualResult],
) -> Option<Vec<&'a Standing>> {
    let is_eligible = |entry: usize| input.entries().get(entry).is_some_and(|entry| entry.eligible);
    let placed = |standing: &&Standing| standing.rank.is_some();
    if let Some(stage) = stages.iter().find(|stage| stage.id == *of && !stage.standings.is_empty()) {
        let eligible = stage.standings.iter().filter(placed).filter(|standing| is_eligible(standing.who));
        return Some(eligible.collect());
    }
    let members = individuals.iter().find(|one| one.id == *of)?.standings.iter().filter(placed);
    let entry = |member: usize| input.members().get(member).map(|member| member.entry);
    Some(members.filter(|standing| entry(standing.who).is_some_and(is_eligible)).collect())
}

struct Giving<'a> {
    ranking: Vec<&'a Standing>,
    /// The first who has no prize yet.
    next: usize,
    /// How many more than meant the last prize went to.
    over: usize,
}

impl Giving<'_> {
    fn give(&mut self, prize: &Prize) -> PrizeResult {
        let by_share = prize.share.as_ref().map(|part| share(part, self.ranking.len(), prize.share_rounding));
        let meant = prize.count.map(|count| count as usize).or(by_share);
        let count = meant.map_or(usize::MAX, |count| count.saturating_sub(self.over));
        let mut end = self.next;
        while let Some(first) = self.ranking.get(end).filter(|one| enough(one, prize)) {
            let group = self.ranking.iter().skip(end).take_while(|one| one.rank == first.rank).count();
            let would = end + group - self.next;
            let crosses = would > count;
            if end - self.next >= count || (crosses && prize.boundary == Boundary::Lower) {
                break;
            }
            end += group;
        }
        if let Some(band) = prize.band.as_ref().filter(|_| end > self.next) {
            let last = end.checked_sub(1).and_then(|last| self.ranking.get(last)?.score.as_ref());
            let floor = last.map(|last| last - band);
            let near = |one: &&&Standing| one.score >= floor && enough(one, prize);
            end += self.ranking.iter().skip(end).take_while(near).count();
        }
        let taken = end - self.next;
        self.over = match prize.boundary {
            Boundary::Reduce if meant.is_some() => {
                taken.saturating_sub(count) + self.over.saturating_sub(meant.unwrap_or(0))
            }
            _ => 0,
        };
        let winners =
            self.ranking.get(self.next..end).unwrap_or_default().iter().map(|one| one.who).collect();
        self.next = end;
        let count = meant.and_then(|count| u32::try_from(count).ok());
        PrizeResult { id: prize.id.clone(), winners, count }
    }
}

fn enough(standing: &Standing, prize: &Prize) -> bool {
    prize.minimum.as_ref().is_none_or(|least| standing.score.as_ref() >= Some(least))
}
