use rayon::prelude::*;
use serde::Serialize;

use super::evaluate::Evaluation;
use super::ratings::ratings;
use crate::diagnostics::{Finding, Findings};
use crate::model::Role;
use crate::numeric::{Rank, rank_descending, round_to};
use crate::plan::{Basis, Plan, ScorePlan};
use crate::validate::IndexInput;

/// A score, unrounded and as published.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Score {
    /// As computed.
    pub raw: f64,
    /// Rounded as the plan says.
    pub rounded: f64,
}

impl Score {
    /// The score of a raw value.
    pub fn new(raw: f64, plan: &ScorePlan) -> Self {
        Self { raw, rounded: round_to(raw, plan.decimals, plan.rounding) }
    }

    pub(super) fn on(self, basis: Basis) -> f64 {
        match basis {
            Basis::Raw => self.raw,
            Basis::Rounded => self.rounded,
        }
    }
}

/// What the index says of one unit in one period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Outcome {
    /// Its score; absent when it was not assessed.
    pub score: Option<Score>,
    /// Its rank among the ranked units of the period.
    pub rank: Option<Rank>,
    /// Position of the rating band that it is given; absent when it is not
    /// ranked, or held back from every band.
    pub band: Option<usize>,
    /// Position of the band that its score alone would give it.
    #[serde(skip)]
    pub band_by_score: Option<usize>,
    /// Position of the first gate of that band that it does not meet.
    #[serde(skip)]
    pub held_by: Option<usize>,
    /// Its rank among the units given the same band.
    pub rank_in_band: Option<Rank>,
}

impl Outcome {
    /// Whether a gate held it back from the band of its score.
    pub fn is_held_back(&self) -> bool {
        self.held_by.is_some()
    }
}

/// Rounds, ranks and rates the index, row by row of the panel. Benchmarks have a
/// score and nothing else.
pub(super) fn outcomes(input: &IndexInput, evaluation: &Evaluation) -> Result<Vec<Outcome>, Findings> {
    let plan = &evaluation.plan;
    let panel = input.panel();
    let Some(index) = evaluation.column(&plan.index) else { return Ok(Vec::new()) };
    // Whatever a rule makes of absent values: who failed screening is not assessed.
    let assessed = |row: usize| index.value(row).filter(|_| evaluation.prepared.shortfall(row).is_none());
    let of_period = |period: usize| {
        let rows = panel.rows_of(period);
        let is_ranked =
            |row: usize| panel.units().get(panel.row(row).unit).is_some_and(|unit| unit.role == Role::Ranked);
        let scores: Vec<Option<Score>> =
            rows.clone().map(|row| assessed(row).map(|raw| Score::new(raw, &plan.score))).collect();
        let ranked: Vec<Option<Score>> =
            rows.clone().zip(&scores).map(|(row, score)| score.filter(|_| is_ranked(row))).collect();
        let basis: Vec<Option<f64>> =
            ranked.iter().map(|score| score.map(|score| score.on(plan.rank.on))).collect();
        let ranks = rank_descending(&basis, plan.rank.method);
        let ratings = ratings(input, evaluation, period, &ranked)?;
        let mut outcomes: Vec<Outcome> = scores
            .into_iter()
            .zip(ranks)
            .zip(ratings)
            .map(|((score, rank), rating)| Outcome {
                score,
                rank,
                band: rating.band,
                band_by_score: rating.by_score,
                held_by: rating.held_by,
                rank_in_band: None,
            })
            .collect();
        rank_in_bands(plan, &basis, &mut outcomes);
        Ok(outcomes)
    };
    let periods: Vec<Result<Vec<Outcome>, Box<Finding>>> =
        (0..panel.periods().len()).into_par_iter().map(of_period).collect();
    let (mut outcomes, mut findings) = (Vec::with_capacity(panel.rows()), Findings::new());
    for period in periods {
        match period {
            Ok(period) => outcomes.extend(period),
            Err(finding) => findings.push(*finding),
        }
    }
    if findings.is_empty() { Ok(outcomes) } else { Err(findings) }
}

/// Ranks each unit among those of its band.
fn rank_in_bands(plan: &Plan, basis: &[Option<f64>], outcomes: &mut [Outcome]) {
    for band in 0..plan.rating.as_ref().map_or(0, |rating| rating.bands.len()) {
        let own =
            outcomes.iter().zip(basis).map(|(outcome, score)| score.filter(|_| outcome.band == Some(band)));
        let ranks = rank_descending(&own.collect::<Vec<_>>(), plan.rank.method);
        for (outcome, rank) in outcomes.iter_mut().zip(ranks) {
            outcome.rank_in_band = rank.or(outcome.rank_in_band);
        }
    }
}
