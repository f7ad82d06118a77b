use std::collections::{BTreeMap, BTreeSet};

use super::target::Target;
use crate::plan::Rubric;
use crate::report::OnStage;
use crate::validate::ContestInput;

/// Sheets of one entry in one round: what one judge marks of it, or what is
/// measured of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// There are to be so many.
    pub(super) expected: usize,
    /// So many of them are in.
    pub(super) sheets: usize,
    /// So many judges stand aside.
    pub(super) aside: usize,
}

/// The tallies of the rounds of a target, by round and entry.
pub(super) struct Tallies {
    rounds: BTreeMap<usize, BTreeMap<usize, Tally>>,
    /// The last round that has begun.
    begun: Option<usize>,
}

impl Tallies {
    pub(super) fn new(input: &ContestInput, rubric: &Rubric, target: Target, entries: &[usize]) -> Self {
        let rounds = target.rounds(rubric);
        let has_begun = |at: &&usize| input.rounds().get(**at).is_some_and(|round| !round.marks.is_empty());
        let begun = rounds.iter().rev().find(has_begun).copied();
        let tallies = rounds.into_iter().map(|round| (round, of_round(input, rubric, round, entries)));
        Self { rounds: tallies.collect(), begun }
    }

    /// Whether any sheet of an entry is in, of the last round that has begun.
    pub(super) fn has_appeared(&self, entry: usize) -> bool {
        let round = self.begun.and_then(|at| self.rounds.get(&at));
        round.and_then(|round| round.get(&entry)).is_some_and(|tally| tally.sheets > 0)
    }

    /// Of an entry in all rounds together.
    pub(super) fn of(&self, entry: usize) -> Tally {
        let own = self.rounds.values().filter_map(|round| round.get(&entry));
        own.fold(Tally::default(), |sum, one| Tally {
            expected: sum.expected + one.expected,
            sheets: sum.sheets + one.sheets,
            aside: sum.aside + one.aside,
        })
    }

    /// Who is being judged and who comes next in the last round that has begun,
    /// where its running order is known: the first in order who has not all sheets.
    /// Before the first sheet nobody is, and the first in order comes next.
    pub(super) fn on_stage(
        &self,
        input: &ContestInput,
        takes_part: impl Fn(usize) -> bool,
    ) -> (Option<OnStage>, Option<usize>) {
        let Some(at) = self.begun.as_ref().or(self.rounds.keys().next()) else { return (None, None) };
        let Some((round, tallies)) = input.rounds().get(*at).zip(self.rounds.get(at)) else {
            return (None, None);
        };
        let mut order = round.order.clone();
        order.sort_by_key(|(_, position)| *position);
        let mut open = order.into_iter().filter_map(|(entry, _)| {
            let tally = tallies.get(&entry).filter(|tally| tally.sheets < tally.expected)?;
            takes_part(entry).then_some((entry, *tally))
        });
        if self.begun.is_none() {
            return (None, open.next().map(|(entry, _)| entry));
        }
        let current = open.next().map(|(entry, tally)| OnStage {
            entry,
            round: *at,
            sheets: tally.sheets,
            expected: tally.expected,
            aside: tally.aside,
        });
        (current, open.next().map(|(entry, _)| entry))
    }
}

fn of_round(input: &ContestInput, rubric: &Rubric, at: usize, entries: &[usize]) -> BTreeMap<usize, Tally> {
    let Some((_, declared)) = rubric.rounds().nth(at) else { return BTreeMap::new() };
    let Some(scheme) = rubric.scheme(&declared.scheme) else { return BTreeMap::new() };
    let needed = scheme.criteria.iter().filter(|criterion| !criterion.optional);
    let panels: BTreeSet<usize> =
        needed.clone().filter_map(|criterion| rubric.panel(criterion.panel.as_ref()?)).collect();
    let measured = needed.clone().any(|criterion| criterion.panel.is_none() && criterion.event.is_none());
    let marks = input.rounds().get(at).map(|round| round.marks.as_slice()).unwrap_or_default();
    let is_in: BTreeSet<(usize, Option<usize>)> =
        marks.iter().map(|mark| (mark.key.entry, mark.key.judge)).collect();
    let tally = |entry: usize| {
        let mut tally = Tally::default();
        if measured {
            tally.expected += 1;
            tally.sheets += usize::from(is_in.contains(&(entry, None)));
        }
        for (judge, spec) in input.judges().iter().enumerate() {
            let sits = spec.rounds.as_ref().is_none_or(|rounds| rounds.contains(&at));
            if !sits || !panels.contains(&spec.panel) || !input.is_seated(judge, entry, at) {
                continue;
            }
            let recuse = rubric.panels.get(spec.panel).map_or(&[][..], |panel| &panel.recuse);
            if input.is_recused(recuse, judge, entry, at) || input.is_absent(judge, entry, at) {
                tally.aside += 1;
                continue;
            }
            tally.expected += 1;
            tally.sheets += usize::from(is_in.contains(&(entry, Some(judge))));
        }
        tally
    };
    entries.iter().map(|entry| (*entry, tally(*entry))).collect()
}
