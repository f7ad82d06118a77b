use num_traits::ToPrimitive as _;

use super::super::cells::{Column, counting};
use super::super::result::{Cell, Note};
use super::Site;
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::numeric::Exact;
use crate::plan::Threshold;

/// Every number by itself.
pub(super) fn map(column: &Column, change: impl Fn(&Cell) -> Exact) -> Column {
    let changed = |cell: &Cell| Cell::new(cell.key, change(cell));
    column.iter().map(|cells| counting(cells).map(changed).collect()).collect()
}

/// The weight of the criterion of a cell.
pub(super) fn weight(cell: &Cell, site: &Site<'_>) -> Exact {
    let own = cell.key.criterion.and_then(|at| site.round?.criteria().get(at));
    own.or(site.sole).map_or(Exact::from(1), |criterion| criterion.weight.clone())
}

pub(super) fn times_attempt(column: &Column, name: &str, site: &Site<'_>) -> Column {
    let attempts =
        site.round.and_then(|round| round.input.rounds().get(round.at)).map(|round| &round.attempts);
    let factor = |cell: &Cell| attempts?.get(cell.key.attempt?)?.values.get(name);
    map(column, |cell| factor(cell).map_or_else(Exact::zero, |factor| &cell.value * factor))
}

pub(super) fn bound(column: &Column, low: Option<&Exact>, high: Option<&Exact>) -> Column {
    let change = |cell: &Cell| {
        let value = low.filter(|low| cell.value < **low).or(high.filter(|high| cell.value > **high));
        bounded(cell, value)
    };
    column.iter().map(|cells| counting(cells).map(change).collect()).collect()
}

/// The cell with `bound` in place of its value, when there is one.
pub(super) fn bounded(cell: &Cell, bound: Option<&Exact>) -> Cell {
    match bound {
        Some(bound) => Cell { key: cell.key, value: bound.clone(), note: Note::Bounded },
        None => Cell::new(cell.key, cell.value.clone()),
    }
}

/// The value of the last band that a number lies over.
pub(super) fn band(value: &Exact, bands: &[Threshold]) -> Exact {
    let last = bands.iter().rev().find(|band| *value > band.over);
    last.map_or_else(Exact::zero, |band| band.value.clone())
}

/// So much for every begun step over a number.
pub(super) fn stepwise(
    value: &Exact,
    over: &Exact,
    every: &Exact,
    worth: &Exact,
    most: Option<&Exact>,
) -> Exact {
    let beyond = value - over;
    if beyond.is_negative() || beyond.is_zero() {
        return Exact::zero();
    }
    let steps = beyond.over(every).map_or_else(Exact::zero, |steps| steps.ceil());
    let worth = &steps * worth;
    match most {
        Some(most) if worth > *most => most.clone(),
        _ => worth,
    }
}

pub(super) fn root(column: &Column, places: u8, site: &Site<'_>, findings: &mut Findings) -> Column {
    for (entrant, cells) in column.iter().enumerate() {
        if counting(cells).any(|cell| cell.value.is_negative()) {
            let (code, zh, en) = (site.code(entrant), &site.what.zh, &site.what.en);
            let finding = Finding::new(
                Code::BadStep,
                bilingual!(
                    "“{code}”的“{zh}”小于 0，没有平方根",
                    "`{en}` of `{code}` is below 0 and has no root"
                ),
                bilingual!("改正评分细则", "correct the rubric"),
            );
            site.report(finding, None, findings);
        }
    }
    let zero = Exact::zero();
    map(column, |cell| cell.value.root_from(&zero, false, places, site.rounding).unwrap_or_default())
}

/// The points of a place; a place between two has the mean of both.
pub(super) fn points(place: &Exact, table: &[Exact], rest: &Exact) -> Exact {
    let of = |place: &Exact| {
        let at = place.to_f64().to_usize().and_then(|place| place.checked_sub(1));
        at.and_then(|at| table.get(at)).unwrap_or(rest)
    };
    let below = place.floor();
    if below == *place {
        return of(place).clone();
    }
    let sum = of(&below) + of(&(&below + &Exact::from(1)));
    sum.over(&Exact::from(2)).unwrap_or_default()
}
