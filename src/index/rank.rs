use rayon::prelude::*;
use serde::Serialize;

use crate::model::{Column, Panel, Role};
use crate::numeric::{Rank, rank_descending, round_to};
use crate::plan::{Basis, Plan, ScorePlan};

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

    fn on(self, basis: Basis) -> f64 {
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
    /// Position of its rating band.
    pub band: Option<usize>,
}

/// Rounds, ranks and rates the index, row by row of the panel.
pub(super) fn outcomes(index: &Column, panel: &Panel, plan: &Plan) -> Vec<Outcome> {
    let of_period = |period: usize| {
        let rows = panel.rows_of(period);
        let scores: Vec<Option<Score>> =
            rows.clone().map(|row| index.value(row).map(|raw| Score::new(raw, &plan.score))).collect();
        let ranked = rows.zip(&scores).map(|(row, score)| {
            let unit = panel.units().get(panel.row(row).unit);
            score
                .filter(|_| unit.is_some_and(|unit| unit.role == Role::Ranked))
                .map(|score| score.on(plan.rank.on))
        });
        let ranks = rank_descending(&ranked.collect::<Vec<_>>(), plan.rank.method);
        let outcomes = scores.into_iter().zip(ranks).map(|(score, rank)| Outcome {
            score,
            rank,
            band: score
                .zip(plan.rating.as_ref())
                .and_then(|(score, rating)| rating.band_of(score.on(rating.on))),
        });
        outcomes.collect::<Vec<_>>()
    };
    (0..panel.periods().len()).into_par_iter().flat_map_iter(of_period).collect()
}
