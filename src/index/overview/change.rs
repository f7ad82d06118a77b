use std::cmp::Ordering;

use super::Scope;
use crate::model::Role;
use crate::numeric::{median, round_to};

/// What changed since the period before, among units assessed in both.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Position of the period before.
    pub since: usize,
    /// Difference of the rounded scores, by position in the registry, benchmarks
    /// too: what a reader gets who subtracts the printed scores.
    pub by_unit: Vec<Option<f64>>,
    /// Median difference of the unrounded scores.
    pub median: f64,
    /// Units compared.
    pub n: usize,
    /// The same by position, in registry order.
    pub units: Vec<usize>,
    /// Units whose rounded score rose.
    pub rose: usize,
    /// Units whose rounded score fell.
    pub fell: usize,
    /// Bands that each unit went up, or down if negative, where it has both.
    pub bands_by_unit: Vec<Option<i64>>,
    /// Units in a better band than before.
    pub upgraded: usize,
    /// Units in a worse band than before.
    pub downgraded: usize,
}

impl Change {
    /// Units in the band they were in.
    pub fn kept(&self) -> usize {
        self.bands_by_unit.iter().flatten().filter(|steps| **steps == 0).count()
    }

    /// The units that rose most, best first, at most `count`; with those that
    /// rose as much as the last.
    pub fn risers(&self, count: usize) -> Vec<usize> {
        let mut risen: Vec<(usize, f64)> = self
            .units
            .iter()
            .filter_map(|unit| Some((*unit, self.by_unit.get(*unit).copied().flatten()?)))
            .filter(|(_, difference)| *difference > 0.0)
            .collect();
        risen.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let least = risen.get(count.saturating_sub(1)).map_or(f64::NEG_INFINITY, |(_, last)| *last);
        risen.into_iter().filter(|(_, difference)| *difference >= least).map(|(unit, _)| unit).collect()
    }
}

pub(super) fn change(scope: &Scope<'_>) -> Option<Change> {
    let before = scope.before()?;
    let plan = &scope.evaluation.plan.score;
    let difference = |unit: usize| {
        let difference = scope.rounded(unit)? - before.rounded(unit)?;
        Some(round_to(difference, plan.decimals, plan.rounding))
    };
    let units = scope.input.panel().units().len();
    let by_unit: Vec<Option<f64>> = (0..units).map(difference).collect();
    let in_both = scope.scored(Role::Ranked).into_iter().filter(|unit| before.raw(*unit).is_some());
    let ranked: Vec<usize> = in_both.collect();
    let raw: Vec<f64> =
        ranked.iter().filter_map(|unit| Some(scope.raw(*unit)? - before.raw(*unit)?)).collect();
    let count = |moved: fn(&f64) -> bool| {
        let moves = |unit: &&usize| by_unit.get(**unit).and_then(Option::as_ref).is_some_and(moved);
        ranked.iter().filter(moves).count()
    };
    let (rose, fell) = (count(|difference| *difference > 0.0), count(|difference| *difference < 0.0));
    let mut bands_by_unit = vec![None; units];
    for unit in &ranked {
        if let Some(slot) = bands_by_unit.get_mut(*unit) {
            *slot = steps(before.band(*unit), scope.band(*unit));
        }
    }
    let moved = |way| bands_by_unit.iter().flatten().filter(|steps: &&i64| (**steps).cmp(&0) == way).count();
    Some(Change {
        since: before.period,
        median: median(&raw)?,
        n: ranked.len(),
        rose,
        fell,
        upgraded: moved(Ordering::Greater),
        downgraded: moved(Ordering::Less),
        by_unit,
        bands_by_unit,
        units: ranked,
    })
}

/// Bands are numbered from the best.
fn steps(before: Option<usize>, now: Option<usize>) -> Option<i64> {
    Some(i64::try_from(before?).ok()? - i64::try_from(now?).ok()?)
}

/// A score over the periods.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendLine {
    /// The benchmark; `None` for the median of ranked units.
    pub unit: Option<usize>,
    /// Period and score.
    pub points: Vec<(usize, f64)>,
}

/// The ranked units of a period by band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BandTrend {
    /// Position of the period.
    pub period: usize,
    /// Units in each band, best first.
    pub counts: Vec<usize>,
}

pub(super) fn trend(scope: &Scope<'_>) -> Vec<TrendLine> {
    let periods = scope.period + 1;
    if periods < 2 {
        return Vec::new();
    }
    let median_of = |period: usize| {
        let scope = scope.at(period);
        let scores: Vec<f64> =
            scope.scored(Role::Ranked).into_iter().filter_map(|unit| scope.raw(unit)).collect();
        Some((period, median(&scores)?))
    };
    let middle = TrendLine { unit: None, points: (0..periods).filter_map(median_of).collect() };
    let benchmarks = scope.scored(Role::Benchmark).into_iter().map(|unit| TrendLine {
        unit: Some(unit),
        points: (0..periods).filter_map(|period| Some((period, scope.at(period).raw(unit)?))).collect(),
    });
    std::iter::once(middle).chain(benchmarks).collect()
}

/// Periods in which somebody is rated, up to the edition.
pub(super) fn band_trend(scope: &Scope<'_>) -> Vec<BandTrend> {
    let bands = scope.evaluation.plan.rating.as_ref().map_or(0, |rating| rating.bands.len());
    let of = |period: usize| {
        let scope = scope.at(period);
        let mut counts = vec![0; bands];
        for unit in scope.scored(Role::Ranked) {
            if let Some(count) = scope.band(unit).and_then(|band| counts.get_mut(band)) {
                *count += 1;
            }
        }
        BandTrend { period, counts }
    };
    let all = (0..=scope.period).map(of);
    all.filter(|trend| trend.counts.iter().sum::<usize>() > 0).collect()
}
