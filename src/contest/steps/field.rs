//! Steps that look at all entrants at once.

use std::collections::BTreeMap;

use super::super::cells::{Column, counting, mean, median};
use super::super::result::{Cell, Key};
use super::Site;
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::numeric::Exact;
use crate::plan::{Constant, RankTies, Reference};

/// What standard scores are scaled to.
pub(super) struct Scale<'a> {
    pub(super) mean: &'a Exact,
    pub(super) deviation: &'a Exact,
    pub(super) places: u8,
    pub(super) constant: Constant,
}

/// A judge's mean and variance (n − 1).
struct Moments {
    mean: Exact,
    variance: Exact,
}

/// Each mark relative to all marks of its judge for its criterion.
pub(super) fn standard_score(
    column: &Column,
    scale: &Scale<'_>,
    site: &Site<'_>,
    findings: &mut Findings,
) -> Column {
    let own = |key: Key| (key.judge, key.criterion);
    let mut marks: BTreeMap<_, Vec<&Exact>> = BTreeMap::new();
    for cell in column.iter().flat_map(|cells| counting(cells)) {
        marks.entry(own(cell.key)).or_default().push(&cell.value);
    }
    let moments: BTreeMap<_, Option<Moments>> =
        marks.iter().map(|(judge, marks)| (*judge, moments(marks))).collect();
    for ((judge, _), _) in moments.iter().filter(|(_, moments)| moments.is_none()) {
        if scale.constant == Constant::Refuse {
            let judges = site.round.map(|round| round.input.judges()).unwrap_or_default();
            let code = judge.and_then(|judge| judges.get(judge)).map_or("", |judge| judge.code.as_str());
            let finding = Finding::new(
                Code::NoStandardScore,
                bilingual!(
                    "评委“{code}”的分数没有差异，标准差为 0，没有标准分",
                    "the marks of `{code}` do not vary: their standard deviation is 0 and there is no standard score"
                ),
                bilingual!(
                    "与评委核对；或在评分细则这一步用 `constant = \"mean\"` 或 `\"leave-out\"` 写明如何处理",
                    "check with the judge, or let `constant = \"mean\"` or `\"leave-out\"` in this step of the rubric say what then"
                ),
            );
            site.report(finding, *judge, findings);
        }
    }
    let scored = |cell: &Cell| match moments.get(&own(cell.key)).and_then(Option::as_ref) {
        Some(moments) => Some(Cell::new(cell.key, score(&cell.value, moments, scale, site)?)),
        None if scale.constant == Constant::LeaveOut => None,
        None => Some(Cell::new(cell.key, scale.mean.clone())),
    };
    column.iter().map(|cells| counting(cells).filter_map(scored).collect()).collect()
}

/// `None` when the marks do not vary.
fn moments(marks: &[&Exact]) -> Option<Moments> {
    let mean = mean(marks.iter().copied())?;
    let squares: Vec<Exact> = marks
        .iter()
        .map(|mark| {
            let distance = *mark - &mean;
            &distance * &distance
        })
        .collect();
    let degrees = Exact::from(i64::try_from(marks.len()).ok()? - 1);
    let variance = squares.iter().sum::<Exact>().over(&degrees)?;
    (!variance.is_zero()).then_some(Moments { mean, variance })
}

fn score(mark: &Exact, moments: &Moments, scale: &Scale<'_>, site: &Site<'_>) -> Option<Exact> {
    let distance = &(mark - &moments.mean) * scale.deviation;
    let square = (&distance * &distance).over(&moments.variance)?;
    square.root_from(scale.mean, distance.is_negative(), scale.places, site.rounding)
}

/// The numbers of all entrants under one key.
fn by_key(column: &Column) -> BTreeMap<Key, Vec<&Exact>> {
    let mut fields: BTreeMap<Key, Vec<&Exact>> = BTreeMap::new();
    for cell in column.iter().flat_map(|cells| counting(cells)) {
        fields.entry(cell.key).or_default().push(&cell.value);
    }
    fields
}

/// Each replaced by its place, 1 the highest.
pub(super) fn rank(column: &Column, ties: RankTies) -> Column {
    let mut fields = by_key(column);
    fields.values_mut().for_each(|field| field.sort_unstable());
    let place = |cell: &Cell| {
        let field = fields.get(&cell.key).map(Vec::as_slice).unwrap_or_default();
        let higher = field.len() - field.partition_point(|value| **value <= cell.value);
        let equal = field.len() - higher - field.partition_point(|value| **value < cell.value);
        let whole = |count: usize| Exact::from(i64::try_from(count).unwrap_or(i64::MAX));
        let best = whole(higher + 1);
        match ties {
            RankTies::Best => best,
            RankTies::Mean => {
                let half = whole(equal.saturating_sub(1)).over(&Exact::from(2)).unwrap_or_default();
                &best + &half
            }
        }
    };
    super::each::map(column, place)
}

/// Each scaled so that a figure of all becomes `value`.
pub(super) fn relate(column: &Column, to: Reference, value: &Exact) -> Column {
    let figures: BTreeMap<Key, Option<Exact>> = by_key(column)
        .into_iter()
        .map(|(key, field)| {
            let figure = match to {
                Reference::Highest => field.iter().max().map(|highest| (*highest).clone()),
                Reference::Median => median(field),
                Reference::Sum => Some(field.into_iter().sum()),
            };
            (key, figure.and_then(|figure| value.over(&figure)))
        })
        .collect();
    super::each::map(column, |cell| match figures.get(&cell.key) {
        Some(Some(factor)) => &cell.value * factor,
        _ => Exact::zero(),
    })
}
