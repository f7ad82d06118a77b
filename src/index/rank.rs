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
    /// Position of its rating band, if it is ranked.
    pub band: Option<usize>,
}

/// Rounds, ranks and rates the index, row by row of the panel. Benchmarks have a
/// score and nothing else.
pub(super) fn outcomes(index: &Column, panel: &Panel, plan: &Plan) -> Vec<Outcome> {
    let of_period = |period: usize| {
        let rows = panel.rows_of(period);
        let is_ranked =
            |row: usize| panel.units().get(panel.row(row).unit).is_some_and(|unit| unit.role == Role::Ranked);
        let scores: Vec<Option<Score>> =
            rows.clone().map(|row| index.value(row).map(|raw| Score::new(raw, &plan.score))).collect();
        let ranked: Vec<Option<Score>> =
            rows.zip(&scores).map(|(row, score)| score.filter(|_| is_ranked(row))).collect();
        let basis: Vec<Option<f64>> =
            ranked.iter().map(|score| score.map(|score| score.on(plan.rank.on))).collect();
        let ranks = rank_descending(&basis, plan.rank.method);
        let band = |score: Score| {
            let rating = plan.rating.as_ref()?;
            rating.band_of(score.on(rating.on))
        };
        let rated = scores.into_iter().zip(ranked).zip(ranks);
        rated
            .map(|((score, ranked), rank)| Outcome { score, rank, band: ranked.and_then(band) })
            .collect::<Vec<_>>()
    };
    (0..panel.periods().len()).into_par_iter().flat_map_iter(of_period).collect()
}
