//! Who marks whom, where a panel shares the entries out.

use super::super::{Drawn, Entrant, Seat};
use super::Cards;

/// Shuffles the entries, then seats each in turn: of the judges who may mark it,
/// those with the fewest entries so far, and among equals those who come first
/// when the judges are shuffled anew for this entry. A seat that nobody may take
/// stays empty and is counted.
pub(super) fn draw(entrants: &[Entrant], judges: &[String], count: usize, cards: &mut Cards) -> Drawn {
    let mut turns: Vec<usize> = (0..entrants.len()).collect();
    cards.shuffle(&mut turns);
    let mut loads = vec![0_usize; judges.len()];
    let mut seats: Vec<Option<Seat>> = vec![None; entrants.len()];
    let mut conflicts = 0;
    for turn in turns {
        let (Some(entrant), Some(seat)) = (entrants.get(turn), seats.get_mut(turn)) else { continue };
        let mut free: Vec<usize> = (0..judges.len()).collect();
        cards.shuffle(&mut free);
        free.retain(|at| judges.get(*at).is_some_and(|judge| !entrant.barred.contains(judge)));
        free.sort_by_key(|at| loads.get(*at).copied());
        free.truncate(count);
        conflicts += count - free.len();
        free.sort_unstable();
        for at in &free {
            if let Some(load) = loads.get_mut(*at) {
                *load += 1;
            }
        }
        let judges = free.iter().filter_map(|at| judges.get(*at).cloned()).collect();
        *seat = Some(Seat { entry: entrant.entry.clone(), judges });
    }
    Drawn { order: Vec::new(), seats: seats.into_iter().flatten().collect(), shuffles: 1, conflicts }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_marks_whom_they_may_not_and_all_mark_as_many() {
        let judges: Vec<String> = (1..=6).map(|at| format!("J{at}")).collect();
        let entrants: Vec<Entrant> = (0..30)
            .map(|at| Entrant {
                entry: format!("T{at}"),
                keys: Vec::new(),
                barred: if at < 5 { vec!["J1".to_owned()] } else { Vec::new() },
            })
            .collect();
        let drawn = draw(&entrants, &judges, 3, &mut Cards::of(&"5a".repeat(32)));
        assert_eq!(drawn.conflicts, 0);
        assert!(drawn.seats.iter().take(5).all(|seat| !seat.judges.contains(&"J1".to_owned())));
        assert!(drawn.seats.iter().all(|seat| seat.judges.len() == 3));
        for judge in &judges {
            let load = drawn.seats.iter().filter(|seat| seat.judges.contains(judge)).count();
            assert!((14..=16).contains(&load), "{judge} {load}");
        }
    }

    #[test]
    fn a_seat_that_nobody_may_take_is_counted() {
        let barred = vec!["J1".to_owned()];
        let entrants = [Entrant { entry: "T1".into(), keys: Vec::new(), barred }];
        let drawn = draw(&entrants, &["J1".to_owned(), "J2".to_owned()], 2, &mut Cards::of("00"));
        assert_eq!((drawn.conflicts, drawn.seats[0].judges.as_slice()), (1, &["J2".to_owned()][..]));
    }
}
