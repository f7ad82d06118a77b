use super::super::cells::{Column, counting, groups, mean, median};
use super::super::result::{Cell, Note};
use super::Site;
use super::each::{bounded, weight};
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::numeric::Exact;
use crate::plan::{Axis, Centre, Limit, SpreadRule};
use crate::validate::EventKind;

/// One number for each group over `axis`.
pub(super) fn by(column: &Column, axis: Axis, reduce: impl Fn(&[&Cell]) -> Option<Exact>) -> Column {
    let of = |cells: &Vec<Cell>| {
        let groups = groups(cells, axis).into_iter();
        groups.filter_map(|(key, cells)| Some(Cell::new(key, reduce(&cells)?))).collect()
    };
    column.iter().map(of).collect()
}

pub(super) fn mean_of(cells: &[&Cell]) -> Option<Exact> {
    mean(cells.iter().map(|cell| &cell.value))
}

pub(super) fn median_of(cells: &[&Cell]) -> Option<Exact> {
    median(cells.iter().map(|cell| &cell.value).collect())
}

pub(super) fn sum_of(cells: &[&Cell]) -> Option<Exact> {
    Some(cells.iter().map(|cell| &cell.value).sum())
}

pub(super) fn highest_of(cells: &[&Cell]) -> Option<Exact> {
    cells.iter().map(|cell| &cell.value).max().cloned()
}

pub(super) fn lowest_of(cells: &[&Cell]) -> Option<Exact> {
    cells.iter().map(|cell| &cell.value).min().cloned()
}

pub(super) fn weighted_mean(cells: &[&Cell], site: &Site<'_>) -> Option<Exact> {
    let weights: Vec<Exact> = cells.iter().map(|cell| weight(cell, site)).collect();
    let products: Vec<Exact> =
        cells.iter().zip(&weights).map(|(cell, weight)| &cell.value * weight).collect();
    products.iter().sum::<Exact>().over(&weights.iter().sum())
}

/// Marks the highest and the lowest of each group as left out.
pub(super) fn trim(
    column: &Column,
    (high, low): (u32, u32),
    axis: Axis,
    least: Option<u32>,
    site: &Site<'_>,
    findings: &mut Findings,
) -> Column {
    let (high, low) = (high as usize, low as usize);
    let (mut trimmed, mut too_few) = (Vec::with_capacity(column.len()), Vec::new());
    for (entrant, cells) in column.iter().enumerate() {
        let mut kept: Vec<Cell> = Vec::with_capacity(cells.len());
        let mut short = None;
        for group in groups(cells, axis).into_values() {
            let mut sorted = group;
            sorted.sort_by(|a, b| a.value.cmp(&b.value).then_with(|| a.key.cmp(&b.key)));
            let count = sorted.len();
            let holds = least.is_none_or(|least| count >= least as usize);
            if holds && count <= high + low {
                short = Some(count);
            }
            let inside = |at: usize| !holds || (at >= low && at + high < count);
            kept.extend(sorted.into_iter().enumerate().map(|(at, cell)| Cell {
                note: if inside(at) { Note::None } else { Note::LeftOut },
                ..cell.clone()
            }));
        }
        too_few.extend(short.map(|found| (entrant, found)));
        kept.sort_by_key(|cell| cell.key);
        trimmed.push(kept);
    }
    site.too_few(&too_few, high + low + 1, findings);
    trimmed
}

/// The mean of those in the middle, or of all when these lie too far apart.
pub(super) fn middle(
    column: &Column,
    keep: u32,
    axis: Axis,
    limits: &[Limit],
    site: &Site<'_>,
    findings: &mut Findings,
) -> Column {
    let keep = keep as usize;
    let (mut reduced, mut too_few) = (Vec::with_capacity(column.len()), Vec::new());
    for (entrant, cells) in column.iter().enumerate() {
        let mut kept = Vec::new();
        for (key, group) in groups(cells, axis) {
            let mut values: Vec<&Exact> = group.iter().map(|cell| &cell.value).collect();
            values.sort_unstable();
            let spare = values.len().checked_sub(keep).filter(|spare| spare % 2 == 0);
            let Some(inner) = spare.and_then(|spare| values.get(spare / 2..spare / 2 + keep)) else {
                too_few.push((entrant, values.len()));
                continue;
            };
            let centre = mean(inner.iter().copied());
            let limit = centre.as_ref().and_then(|centre| limits.iter().find(|limit| *centre >= limit.from));
            let apart = inner.last().zip(inner.first()).map(|(last, first)| *last - *first);
            let too_far = limit.zip(apart).is_some_and(|(limit, apart)| apart > limit.limit);
            let value = if too_far { mean(values.iter().copied()) } else { centre };
            kept.extend(value.map(|value| Cell::new(key, value)));
        }
        reduced.push(kept);
    }
    site.too_few(&too_few, keep, findings);
    reduced
}

/// Each brought within a distance of the raw centre of its group.
pub(super) fn clamp(column: &Column, within: &Exact, around: Centre, axis: Axis) -> Column {
    let of = |cells: &Vec<Cell>| {
        let mut clamped = Vec::with_capacity(cells.len());
        for group in groups(cells, axis).into_values() {
            let centre = match around {
                Centre::Mean => mean_of(&group),
                Centre::Median => median_of(&group),
            };
            let Some(centre) = centre else { continue };
            let (low, high) = (&centre - within, &centre + within);
            clamped.extend(group.into_iter().map(|cell| {
                let bound = Some(&low).filter(|low| cell.value < **low);
                bounded(cell, bound.or(Some(&high).filter(|high| cell.value > **high)))
            }));
        }
        clamped.sort_by_key(|cell| cell.key);
        clamped
    };
    column.iter().map(of).collect()
}

/// Reports groups whose highest and lowest lie too far apart, unless somebody
/// reconsidered.
pub(super) fn spread(
    column: &Column,
    most: &Exact,
    axis: Axis,
    then: SpreadRule,
    site: &Site<'_>,
    findings: &mut Findings,
) {
    for (entrant, cells) in column.iter().enumerate() {
        if reconsidered(entrant, site) {
            continue;
        }
        let counting: Vec<Cell> = counting(cells).cloned().collect();
        for group in groups(&counting, axis).into_values() {
            let order = |a: &&&Cell, b: &&&Cell| a.value.cmp(&b.value).then_with(|| b.key.cmp(&a.key));
            let (Some(low), Some(high)) = (group.iter().min_by(order), group.iter().max_by(order)) else {
                continue;
            };
            let apart = &high.value - &low.value;
            if apart <= *most {
                continue;
            }
            let (code, low_value, high_value) = (site.code(entrant), &low.value, &high.value);
            let (zh, en) = (&site.what.zh, &site.what.en);
            let judge = |cell: &Cell| {
                let judge = site.round.and_then(|round| round.input.judges().get(cell.key.judge?));
                judge.map_or(String::new(), |judge| judge.code.clone())
            };
            let (a, b) = (judge(high), judge(low));
            let (kind, help) = match then {
                SpreadRule::Reconsider => (
                    Code::SpreadTooWide,
                    bilingual!(
                        "请评委复议，并在事项表中记“复议”（原值、新值、经办、理由）",
                        "let the judges reconsider and record a `reconsidered` event (old, value, by, reason)"
                    ),
                ),
                SpreadRule::Warn => {
                    (Code::SpreadWide, bilingual!("请评委核对评分表", "let the judges check their sheets"))
                }
            };
            let finding = Finding::new(
                kind,
                bilingual!(
                    "“{code}”的“{zh}”最高 {high_value}（{a}）与最低 {low_value}（{b}）相差 {apart}，超过 {most}",
                    "`{en}` of `{code}`: the highest, {high_value} ({a}), and the lowest, {low_value} ({b}), are {apart} apart, more than {most}"
                ),
                help,
            );
            site.report(finding, high.key.judge, findings);
        }
    }
}

fn reconsidered(entrant: usize, site: &Site<'_>) -> bool {
    let Some((round, entry)) = site.round.zip(site.entrants.get(entrant)) else { return false };
    round.input.events().iter().any(|event| {
        event.kind == EventKind::Reconsidered && event.round == Some(round.at) && event.entry == Some(*entry)
    })
}
