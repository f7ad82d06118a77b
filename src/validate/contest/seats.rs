//! Seats and running orders as drawn, from codes to positions.

use std::collections::BTreeMap;

use super::ContestInput;
use super::tables::ContestTables;
use crate::plan::Rubric;

/// Takes what was drawn from the log. Who is no longer in the lists has no seat and
/// no place in an order.
pub(super) fn read(input: &mut ContestInput, rubric: &Rubric, tables: &ContestTables) {
    let Some(day) = tables.day() else { return };
    let entries: BTreeMap<&str, usize> =
        input.entries.iter().enumerate().map(|(at, entry)| (entry.code.as_str(), at)).collect();
    let judges: BTreeMap<&str, usize> =
        input.judges.iter().enumerate().map(|(at, judge)| (judge.code.as_str(), at)).collect();
    for (at, (_, round)) in rubric.rounds().enumerate() {
        let order = day.order(round.id.as_str()).iter().zip(1_u32..);
        let order = order.filter_map(|(code, position)| Some((*entries.get(code.as_str())?, position)));
        if let Some(target) = input.rounds.get_mut(at) {
            target.order.extend(order);
        }
        for (panel, declared) in rubric.panels.iter().enumerate() {
            let seats = day.seats(round.id.as_str(), declared.id.as_str());
            if seats.is_empty() {
                continue;
            }
            let seated = seats.iter().filter_map(|seat| {
                let judges = seat.judges.iter().filter_map(|judge| judges.get(judge.as_str()).copied());
                Some((*entries.get(seat.entry.as_str())?, judges.collect()))
            });
            input.seats.insert((at, panel), seated.collect());
        }
    }
}
