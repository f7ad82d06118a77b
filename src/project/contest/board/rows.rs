use std::collections::BTreeMap;

use super::progress::Tallies;
use super::so_far::Moment;
use super::target::Target;
use crate::contest::{Standing, Status};
use crate::plan::Rubric;
use crate::report::{Board, BoardProgress, BoardRow, BoardState, RowState, Zone};

/// What rows are made from.
pub(super) struct Rows<'a> {
    pub(super) rubric: &'a Rubric,
    /// The contest as it is: what is counted.
    pub(super) now: &'a Moment,
    /// The contest as it is shown: places and scores.
    pub(super) shown: &'a Moment,
    /// The contest before the last event that is shown.
    pub(super) before: Option<&'a Moment>,
    pub(super) target: Target,
}

impl Rows<'_> {
    /// The board, without what is said of the log.
    pub(super) fn board(&self, frozen: bool, reveal: bool) -> Board {
        let entrants = self.target.entrants(self.shown);
        let tallies = Tallies::new(&self.now.input, self.rubric, self.target, &entrants);
        let now = by_entry(self.target.standings(self.now));
        let has_come = |entry: usize| now.get(&entry).is_none_or(|one| one.status == Status::Present);
        let is_done = |entry: &&usize| {
            now.get(*entry).is_some_and(|one| one.status != Status::Present || one.score.is_some())
        };
        let present = || entrants.iter().filter(|entry| has_come(**entry)).map(|entry| tallies.of(*entry));
        let progress = BoardProgress {
            done: entrants.iter().filter(is_done).count(),
            entries: entrants.len(),
            sheets: present().map(|tally| tally.sheets).sum(),
            expected: present().map(|tally| tally.expected).sum(),
        };
        let (current, next) = tallies.on_stage(&self.now.input, has_come);
        let state = match (reveal, frozen) {
            (true, _) => BoardState::Reveal,
            (_, true) => BoardState::Frozen,
            _ if progress.done == progress.entries && progress.entries > 0 => BoardState::Complete,
            _ => BoardState::Live,
        };
        let zone = self.zone();
        Board {
            stage: self.target.stage,
            round: self.target.round,
            state,
            sealed: false,
            zone: zone.as_ref().map(|(zone, _)| *zone),
            rows: self.rows(&entrants, &tallies, zone.map(|(_, in_zone)| in_zone), reveal),
            progress,
            current: current.filter(|_| !reveal),
            next: next.filter(|_| !reveal),
            latest: self.latest().filter(|_| !reveal),
            stamp: None,
        }
    }

    fn rows(
        &self,
        entrants: &[usize],
        tallies: &Tallies,
        zone: Option<Vec<usize>>,
        reveal: bool,
    ) -> Vec<BoardRow> {
        let shown = by_entry(self.target.standings(self.shown));
        let before = self.before.map(|before| by_entry(self.target.standings(before))).unwrap_or_default();
        let row = |entry: &usize| {
            let standing = shown.get(entry).copied();
            let rank = standing.and_then(|one| one.rank);
            let was = before.get(entry).and_then(|one| one.rank);
            let moved = rank.zip(was).map_or(0, |(rank, was)| i64::from(was) - i64::from(rank));
            BoardRow {
                entry: *entry,
                rank,
                tied: standing.is_some_and(|one| one.tied),
                score: standing.and_then(|one| one.score.clone()).filter(|_| rank.is_some()),
                state: self.state(*entry, standing, tallies),
                moved: if reveal { 0 } else { moved },
                in_zone: zone.as_ref().is_some_and(|zone| zone.contains(entry)),
                prize: if reveal { self.prize(*entry) } else { None },
            }
        };
        let mut rows: Vec<BoardRow> = entrants.iter().map(row).collect();
        rows.sort_by_key(|row| {
            (
                row.rank.is_none(),
                row.rank,
                self.position(row.entry, shown.get(&row.entry).copied()),
                row.state,
            )
        });
        rows
    }

    /// Where an entry stands among those of the same place: as the placing has it,
    /// and without a place in the order in which they appear.
    fn position(&self, entry: usize, standing: Option<&Standing>) -> (usize, usize) {
        let placed = |one: &&Standing| one.rank.is_some();
        if let Some(standing) = standing.filter(placed) {
            let all = self.target.standings(self.shown);
            return (all.iter().position(|one| one.who == standing.who).unwrap_or_default(), entry);
        }
        let rounds = self.target.rounds(self.rubric);
        let rounds = rounds.iter().rev().filter_map(|at| self.now.input.rounds().get(*at));
        let order = rounds.flat_map(|round| &round.order).find(|(one, _)| *one == entry);
        (order.map_or(usize::MAX, |(_, position)| *position as usize), entry)
    }

    fn state(&self, entry: usize, standing: Option<&Standing>, tallies: &Tallies) -> RowState {
        let status = standing.map(|one| one.status).unwrap_or_default();
        match status {
            Status::NoShow => return RowState::NoShow,
            Status::Forfeit => return RowState::Forfeit,
            Status::Disqualified => return RowState::Disqualified,
            Status::Present => {}
        }
        if self.is_hidden(entry, standing) {
            return RowState::Pending;
        }
        match standing.and_then(|one| one.score.as_ref()) {
            Some(_) => RowState::Scored,
            None if tallies.has_appeared(entry) => RowState::Partial,
            None => RowState::Waiting,
        }
    }

    /// Whether something came in of an entry that is not shown.
    fn is_hidden(&self, entry: usize, standing: Option<&Standing>) -> bool {
        if std::ptr::eq(self.now, self.shown) {
            return false;
        }
        let now = by_entry(self.target.standings(self.now));
        let outcome = |one: Option<&Standing>| one.map(|one| (one.score.clone(), one.status));
        let marks = |at: &Moment| -> Vec<crate::validate::Mark> {
            let rounds = self.target.rounds(self.rubric).into_iter();
            let marks =
                rounds.filter_map(|round| at.input.rounds().get(round)).flat_map(|round| &round.marks);
            marks.filter(|mark| mark.key.entry == entry).cloned().collect()
        };
        let values =
            |at: &Moment| -> Vec<_> { marks(at).into_iter().map(|mark| (mark.key, mark.value)).collect() };
        let (held, known) = (outcome(now.get(&entry).copied()), outcome(standing));
        (held.is_some() && held != known && held != Some((None, Status::Present)))
            || values(self.now) != values(self.shown)
    }

    /// Who is where something is won: the winners of the prizes of the stage, else
    /// those who go on. None for a round.
    fn zone(&self) -> Option<(Zone, Vec<usize>)> {
        let stage = self.rubric.stages.get(self.target.stage).filter(|_| self.target.round.is_none())?;
        let result = &self.shown.result;
        let of_stage = self.rubric.prizes.iter().filter(|prize| prize.of == stage.id);
        let prizes = of_stage.filter_map(|prize| result.prizes.iter().find(|one| one.id == prize.id));
        let winners: Vec<usize> = prizes.flat_map(|prize| prize.winners.clone()).collect();
        if !winners.is_empty() {
            return Some((Zone::Prizes, winners));
        }
        let advance = result.stages.get(self.target.stage)?.advance.as_ref()?;
        (!advance.through.is_empty()).then(|| (Zone::Advance, advance.through.clone()))
    }

    fn prize(&self, entry: usize) -> Option<usize> {
        let stage = self.rubric.stages.get(self.target.stage).filter(|_| self.target.round.is_none())?;
        let wins = |prize: &crate::plan::Prize| {
            let result = self.shown.result.prizes.iter().find(|one| one.id == prize.id);
            prize.of == stage.id && result.is_some_and(|result| result.winners.contains(&entry))
        };
        self.rubric.prizes.iter().position(wins)
    }

    /// The one entry that has a score by the last event and had none before.
    fn latest(&self) -> Option<usize> {
        let before = by_entry(self.target.standings(self.before?));
        let new = |one: &&Standing| {
            one.score.is_some() && before.get(&one.who).is_none_or(|was| was.score.is_none())
        };
        let mut new = self.target.standings(self.shown).iter().filter(new);
        let only = new.next()?.who;
        new.next().is_none().then_some(only)
    }
}

fn by_entry(standings: &[Standing]) -> BTreeMap<usize, &Standing> {
    standings.iter().map(|one| (one.who, one)).collect()
}
