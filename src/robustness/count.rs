use std::collections::BTreeMap;

use super::result::{DrawFailure, Quantiles, RankCounts, UnitDoubt, Variant};
use crate::diagnostics::Bilingual;
use crate::index::repeat::{Space, UNRATED};

/// What draws gave, draw after draw: one number per unit each.
pub(super) struct Results {
    pub(super) units: usize,
    pub(super) scores: Vec<f64>,
    /// 0 where a unit has none, or the draw failed.
    pub(super) ranks: Vec<f32>,
    pub(super) bands: Vec<u8>,
    pub(super) faults: Vec<Option<Bilingual>>,
}

/// The place of one draw in the results.
pub(super) struct Row<'a> {
    scores: &'a mut [f64],
    ranks: &'a mut [f32],
    bands: &'a mut [u8],
    fault: &'a mut Option<Bilingual>,
}

impl Row<'_> {
    /// Keeps what a draw gave.
    pub(super) fn keep(&mut self, done: Result<(), Bilingual>, space: &Space) {
        if let Err(reason) = done {
            *self.fault = Some(reason);
            return;
        }
        self.scores.copy_from_slice(&space.scores);
        self.bands.copy_from_slice(&space.bands);
        self.ranks.iter_mut().zip(&space.ranks).for_each(|(slot, rank)| *slot = *rank as f32);
    }
}

/// What the plan itself gives, for comparison.
pub(super) struct Nominal {
    /// The units that are reported, by position.
    pub(super) units: Vec<usize>,
    /// Their scores, unrounded.
    pub(super) scores: Vec<f64>,
    /// Their ranks.
    pub(super) ranks: Vec<f64>,
    /// Their bands.
    pub(super) bands: Vec<Option<usize>>,
    /// How many bands there are.
    pub(super) band_count: usize,
}

impl Nominal {
    /// Mean over reported units of the absolute difference of rank from the
    /// nominal one, those without a rank left out; `None` if nobody has one.
    pub(super) fn rank_change<T: Copy + Into<f64>>(&self, ranks: &[T]) -> Option<f64> {
        let (mut sum, mut count) = (0.0, 0_u32);
        for (unit, before) in self.units.iter().zip(&self.ranks) {
            let now: f64 = ranks.get(*unit).copied().map_or(0.0, Into::into);
            if now > 0.0 {
                sum += (now - before).abs();
                count += 1;
            }
        }
        (count > 0).then(|| sum / f64::from(count))
    }
}

impl Results {
    pub(super) fn new(draws: usize, units: usize) -> Self {
        Self {
            units,
            scores: vec![f64::NAN; draws * units],
            ranks: vec![0.0; draws * units],
            bands: vec![UNRATED; draws * units],
            faults: vec![None; draws],
        }
    }

    /// The places of all draws, in order.
    pub(super) fn rows(&mut self) -> Vec<Row<'_>> {
        let units = self.units.max(1);
        let scores = self.scores.chunks_mut(units).zip(self.ranks.chunks_mut(units));
        let rest = self.bands.chunks_mut(units).zip(&mut self.faults);
        let rows = scores.zip(rest);
        rows.map(|((scores, ranks), (bands, fault))| Row { scores, ranks, bands, fault }).collect()
    }

    fn draws(&self) -> usize {
        self.faults.len()
    }

    /// Counts the draws of every reported unit.
    pub(super) fn count(&self, nominal: &Nominal, top: &[u32]) -> Variant {
        use rayon::prelude::*;
        let failed = self.faults.iter().filter(|fault| fault.is_some()).count();
        let units: Vec<UnitDoubt> =
            (0..nominal.units.len()).into_par_iter().map(|at| self.unit(nominal, at, top)).collect();
        let mut widths: Vec<f64> =
            units.iter().filter_map(|unit| unit.rank).map(|rank| rank.q95 - rank.q05).collect();
        widths.sort_by(f64::total_cmp);
        let changes: Vec<f64> =
            (0..self.draws()).filter_map(|draw| self.rank_change(nominal, draw)).collect();
        Variant {
            draws: (self.draws() - failed) as u32,
            failed: failed as u32,
            failures: self.failures(),
            mean_rank_change: crate::numeric::mean(&changes).unwrap_or(0.0),
            median_rank_width: crate::numeric::median(&widths).unwrap_or(0.0),
            units,
        }
    }

    /// Why draws failed, the most frequent reason first.
    pub(super) fn failures(&self) -> Vec<DrawFailure> {
        let mut reasons: BTreeMap<&Bilingual, u32> = BTreeMap::new();
        for reason in self.faults.iter().flatten() {
            *reasons.entry(reason).or_default() += 1;
        }
        let mut failures: Vec<DrawFailure> = reasons
            .into_iter()
            .map(|(reason, draws)| DrawFailure { reason: reason.clone(), draws })
            .collect();
        failures.sort_by_key(|failure| std::cmp::Reverse(failure.draws));
        failures
    }

    /// The mean rank change of a draw; `None` if it failed or ranked nobody.
    fn rank_change(&self, nominal: &Nominal, draw: usize) -> Option<f64> {
        if self.faults.get(draw)?.is_some() {
            return None;
        }
        nominal.rank_change(self.ranks.get(draw * self.units..(draw + 1) * self.units)?)
    }

    /// The scores of every reported unit over the draws in which all have one.
    pub(super) fn complete_scores(&self, nominal: &Nominal) -> Vec<Vec<f64>> {
        let row = |draw: &usize| self.scores.get(draw * self.units..(draw + 1) * self.units);
        let complete = |draw: &usize| {
            let score =
                |unit: &usize| row(draw).and_then(|row| row.get(*unit)).is_some_and(|one| one.is_finite());
            nominal.units.iter().all(score)
        };
        let draws: Vec<usize> = (0..self.draws()).filter(complete).collect();
        let scores = |unit: &usize| draws.iter().filter_map(|draw| row(draw)?.get(*unit).copied()).collect();
        nominal.units.iter().map(scores).collect()
    }

    fn unit(&self, nominal: &Nominal, at: usize, top: &[u32]) -> UnitDoubt {
        let unit = nominal.units.get(at).copied().unwrap_or(0);
        let positions = || (0..self.draws()).map(|draw| draw * self.units + unit);
        let ranked = |position: &usize| self.ranks.get(*position).is_some_and(|rank| *rank > 0.0);
        let own: Vec<usize> = positions().filter(ranked).collect();
        let mut scores: Vec<f64> = own.iter().filter_map(|at| self.scores.get(*at).copied()).collect();
        let mut ranks: Vec<f64> =
            own.iter().filter_map(|at| self.ranks.get(*at).map(|rank| f64::from(*rank))).collect();
        let share = |count: usize| if own.is_empty() { 0.0 } else { count as f64 / own.len() as f64 };
        let mut bands = vec![0_usize; nominal.band_count];
        for band in own.iter().filter_map(|at| self.bands.get(*at)) {
            if let Some(count) = bands.get_mut(usize::from(*band)) {
                *count += 1;
            }
        }
        let rated: usize = bands.iter().sum();
        let within = |top: &u32| ranks.iter().filter(|rank| **rank <= f64::from(*top)).count();
        UnitDoubt {
            unit,
            nominal_score: nominal.scores.get(at).copied().unwrap_or(0.0),
            nominal_rank: nominal.ranks.get(at).copied().unwrap_or(0.0),
            draws: own.len() as u32,
            top: top.iter().map(|top| share(within(top))).collect(),
            ranks: if nominal.units.len() > MOST_COUNTED {
                RankCounts::default()
            } else {
                rank_counts(&ranks)
            },
            score: quantiles(&mut scores),
            rank: quantiles(&mut ranks),
            bands: bands.iter().map(|count| share(*count)).collect(),
            unrated: share(own.len() - rated),
            rank_set: None,
        }
    }
}

/// Most units whose ranks are counted one by one.
const MOST_COUNTED: usize = 5_000;

fn rank_counts(ranks: &[f64]) -> RankCounts {
    let place = |rank: &f64| *rank as u32;
    let (Some(first), Some(last)) = (ranks.iter().map(place).min(), ranks.iter().map(place).max()) else {
        return RankCounts::default();
    };
    let mut counts = vec![0_u32; (last - first + 1) as usize];
    for rank in ranks {
        if let Some(count) = counts.get_mut((place(rank) - first) as usize) {
            *count += 1;
        }
    }
    RankCounts { first, counts }
}

/// Mean and quantiles of type 7; `None` without values. Puts them in order.
pub(super) fn quantiles(values: &mut [f64]) -> Option<Quantiles> {
    let mean = crate::numeric::mean(values)?;
    values.sort_unstable_by(f64::total_cmp);
    let at = |probability: f64| {
        let place = probability * (values.len() - 1) as f64;
        let below = values.get(place.floor() as usize).copied()?;
        let above = values.get(place.ceil() as usize).copied()?;
        Some(below + (place - place.floor()) * (above - below))
    };
    Some(Quantiles { mean, median: at(0.5)?, q05: at(0.05)?, q95: at(0.95)? })
}
