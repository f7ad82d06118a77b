use super::gates::Gates;
use super::{Fault, Ground, Leaves, Program, Space};
use crate::diagnostics::bilingual;
use crate::index::rate::bands_by_score;
use crate::model::{Cell, Id};
use crate::numeric::{RankMethod, Rounding, nearly_equal, round_to};
use crate::plan::{Basis, Plan, RatingPlan, RatingRule};

/// The band of a unit that has none.
pub(crate) const UNRATED: u8 = u8::MAX;

/// How the scores of a draw are rounded, ranked and rated.
#[derive(Debug)]
pub(crate) struct Places {
    decimals: u8,
    rounding: Rounding,
    rank_on: Basis,
    method: RankMethod,
    rating: Option<RatingPlan>,
    gates: Option<Gates>,
    /// Units that are rated among each other.
    pools: Vec<Vec<usize>>,
}

impl Places {
    /// The rules of `plan`, of which `program` has the nodes.
    pub(crate) fn new(plan: &Plan, program: &Program, ground: &Ground<'_>) -> Self {
        let gates = plan.rating.as_ref().map(|rating| Gates::new(rating, plan, program, ground));
        Self {
            decimals: plan.score.decimals,
            rounding: plan.score.rounding,
            rank_on: plan.rank.on,
            method: plan.rank.method,
            rating: plan.rating.clone(),
            gates: gates.filter(|gates| !gates.is_empty()),
            pools: pools(plan.rating.as_ref().and_then(|rating| rating.within.as_ref()), ground),
        }
    }

    /// Ranks and rates the scores in `space`. `drawn` gives values that a draw has
    /// in place of those read, by indicator and unit.
    pub(crate) fn run(
        &self,
        ground: &Ground<'_>,
        leaves: &Leaves,
        drawn: &dyn Fn(usize, usize) -> Option<Cell>,
        space: &mut Space,
    ) -> Result<(), Fault> {
        let Space { scores, basis, order, ranks, .. } = space;
        basis.clear();
        basis.extend(scores.iter().map(|score| self.on(*score, self.rank_on)));
        rank(basis, self.method, order, ranks);
        self.rate(ground, leaves, drawn, space)
    }

    fn on(&self, score: f64, basis: Basis) -> f64 {
        match basis {
            Basis::Raw => score,
            Basis::Rounded if score.is_nan() => score,
            Basis::Rounded => round_to(score, self.decimals, self.rounding),
        }
    }

    fn rate(
        &self,
        ground: &Ground<'_>,
        leaves: &Leaves,
        drawn: &dyn Fn(usize, usize) -> Option<Cell>,
        space: &mut Space,
    ) -> Result<(), Fault> {
        space.bands.clear();
        space.bands.resize(space.scores.len(), UNRATED);
        let Some(rating) = &self.rating else { return Ok(()) };
        for pool in &self.pools {
            let scores = &space.scores;
            let score = |unit: &usize| scores.get(*unit).copied().filter(|score| !score.is_nan());
            let scored = pool.iter().filter_map(|unit| Some((*unit, self.on(score(unit)?, rating.on))));
            if rating.rule == RatingRule::Thresholds && self.gates.is_none() {
                for (unit, score) in scored {
                    place(&mut space.bands, unit, rating.band_of(score));
                }
                continue;
            }
            let (units, scores): (Vec<usize>, Vec<f64>) = scored.unzip();
            let bands = bands_by_score(rating, &scores).map_err(|problem| {
                let (zh, en) = (problem.zh, problem.en);
                Fault { node: None, problem: bilingual!("无法评级：{zh}", "cannot be rated: {en}") }
            })?;
            for (unit, band) in units.into_iter().zip(bands) {
                let admitted = match (&self.gates, band) {
                    (Some(gates), Some(band)) => gates.admit(band, unit, ground, leaves, drawn, space),
                    _ => band,
                };
                place(&mut space.bands, unit, admitted);
            }
        }
        Ok(())
    }
}

fn place(bands: &mut [u8], unit: usize, band: Option<usize>) {
    if let Some(place) = bands.get_mut(unit) {
        *place = band.and_then(|band| u8::try_from(band).ok()).unwrap_or(UNRATED);
    }
}

/// The ranked units by member of a kind of group, those of no member last; all
/// together without one.
fn pools(within: Option<&Id>, ground: &Ground<'_>) -> Vec<Vec<usize>> {
    let ranked = || (0..ground.units()).filter(|unit| ground.ranked.get(*unit).copied().unwrap_or(false));
    let Some(group) = within else { return vec![ranked().collect()] };
    let units = ground.input.panel().units();
    let member = |unit: usize| units.get(unit).and_then(|unit| unit.groups.get(group));
    let mut members: Vec<Option<&Id>> = ranked().map(member).collect();
    members.sort_by_key(|member| (member.is_none(), *member));
    members.dedup();
    members.into_iter().map(|one| ranked().filter(|unit| member(*unit) == one).collect()).collect()
}

/// Ranks numbers, the largest first, as
/// [`rank_descending`](crate::numeric::rank_descending) does; 0 for what is none.
fn rank(basis: &[f64], method: RankMethod, order: &mut Vec<(u64, u32)>, ranks: &mut Vec<f64>) {
    ranks.clear();
    ranks.resize(basis.len(), 0.0);
    order.clear();
    let numbers = basis.iter().zip(0_u32..).filter(|(number, _)| !number.is_nan());
    order.extend(numbers.map(|(number, at)| (!ascending(*number), at)));
    order.sort_unstable();
    let number = |(_, at): &(u64, u32)| basis.get(*at as usize).copied().unwrap_or(0.0);
    let (mut before, mut dense, mut rest) = (0_usize, 0_u32, order.as_slice());
    while let Some(leader) = rest.first().map(number) {
        let length = rest.iter().take_while(|one| nearly_equal(leader, number(one))).count().max(1);
        let (tie, tail) = rest.split_at(length);
        dense += 1;
        let value = match method {
            RankMethod::Competition => (before + 1) as f64,
            RankMethod::Dense => f64::from(dense),
            RankMethod::Average => before as f64 + (length + 1) as f64 / 2.0,
        };
        for (_, at) in tie {
            if let Some(rank) = ranks.get_mut(*at as usize) {
                *rank = value;
            }
        }
        before += length;
        rest = tail;
    }
}

/// Bits that rise with the number.
fn ascending(number: f64) -> u64 {
    let bits = number.to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}
