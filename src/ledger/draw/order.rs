//! Orders of appearance.

use super::super::{Drawn, Entrant};
use super::Cards;

/// How often the cards are shuffled before a draw that does not fit is mended.
const MOST_SHUFFLES: u32 = 10_000;

/// Shuffles until no two entries that share a key are nearer to each other than
/// `gap` allows: every order that fits is as likely as any other. When none turns
/// up, the last one is mended as far as it goes.
pub(super) fn draw(entrants: &[Entrant], gap: usize, cards: &mut Cards) -> Drawn {
    let mut order: Vec<usize> = (0..entrants.len()).collect();
    let mut shuffles = 0;
    loop {
        order.sort_unstable();
        cards.shuffle(&mut order);
        shuffles += 1;
        if conflicts(entrants, &order, gap) == 0 || shuffles == MOST_SHUFFLES {
            break;
        }
    }
    mend(entrants, &mut order, gap);
    Drawn {
        conflicts: conflicts(entrants, &order, gap),
        order: order.iter().filter_map(|at| Some(entrants.get(*at)?.entry.clone())).collect(),
        seats: Vec::new(),
        shuffles,
    }
}

/// Pairs that share a key with fewer than `gap` others between them.
fn conflicts(entrants: &[Entrant], order: &[usize], gap: usize) -> usize {
    let near = |at: usize| order.iter().skip(at + 1).take(gap);
    order
        .iter()
        .enumerate()
        .map(|(at, one)| near(at).filter(|other| share(entrants, *one, **other)).count())
        .sum()
}

fn share(entrants: &[Entrant], one: usize, other: usize) -> bool {
    let (Some(one), Some(other)) = (entrants.get(one), entrants.get(other)) else { return false };
    one.keys.iter().any(|key| other.keys.contains(key))
}

/// From the first place to the last: an entry too near to one before it changes
/// places with the first, of those after it and then of those before it, by which
/// the number of conflicts falls. Again, until that helps no more.
fn mend(entrants: &[Entrant], order: &mut [usize], gap: usize) {
    let mut left = conflicts(entrants, order, gap);
    let mut before = left + 1;
    while left > 0 && left < before {
        before = left;
        for at in 1..order.len() {
            let Some(own) = order.get(at).copied() else { continue };
            let first = at.saturating_sub(gap);
            let near = order.iter().take(at).skip(first);
            if !near.into_iter().any(|other| share(entrants, *other, own)) {
                continue;
            }
            for other in (at + 1..order.len()).chain(0..at) {
                order.swap(at, other);
                let now = conflicts(entrants, order, gap);
                if now < left {
                    left = now;
                    break;
                }
                order.swap(at, other);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entrants(keys: &[&str]) -> Vec<Entrant> {
        let one = |(at, key): (usize, &&str)| Entrant {
            entry: format!("T{at}"),
            keys: vec![(*key).to_owned()],
            barred: Vec::new(),
        };
        keys.iter().enumerate().map(one).collect()
    }

    #[test]
    fn of_six_entries_in_pairs_all_thirty_orders_that_fit_turn_up() {
        // a a b c: orders of four in which the two a are apart: 24 - 2*3! = 12.
        let entrants = entrants(&["a", "a", "b", "c"]);
        let mut counts: std::collections::BTreeMap<Vec<String>, u32> = Default::default();
        for turn in 0..12_000 {
            let drawn = draw(&entrants, 1, &mut Cards::of(&format!("{turn:064x}")));
            assert_eq!(drawn.conflicts, 0);
            *counts.entry(drawn.order).or_default() += 1;
        }
        assert_eq!(counts.len(), 12);
        assert!(counts.values().all(|count| count.abs_diff(1000) < 6 * 31), "{counts:?}");
    }

    #[test]
    fn what_cannot_be_kept_apart_is_counted() {
        let drawn = draw(&entrants(&["a", "a", "a", "a", "b"]), 1, &mut Cards::of(&"7".repeat(64)));
        assert_eq!((drawn.conflicts, drawn.shuffles), (2, MOST_SHUFFLES));
    }

    #[test]
    fn mending_never_loses_anybody() {
        let entrants = entrants(&["a", "a", "a", "b", "b", "c", "c", "c"]);
        for turn in 0..50 {
            let mut order: Vec<usize> = (0..entrants.len()).collect();
            Cards::of(&format!("{turn:064x}")).shuffle(&mut order);
            let before = conflicts(&entrants, &order, 2);
            mend(&entrants, &mut order, 2);
            assert!(conflicts(&entrants, &order, 2) <= before);
            order.sort_unstable();
            assert_eq!(order, (0..entrants.len()).collect::<Vec<_>>());
        }
    }
}
