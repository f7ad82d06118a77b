use rayon::prelude::*;

use super::count::{Nominal, Results};
use super::engine::{Choices, Engine, Shared};
use super::factor::{self, Factor};
use super::removal::{leave_out, removal};
use super::result::{Alternative, Assumption, Reuse, Robustness, Variant};
use super::sampling::Sampler;
use super::sensitivity::sensitivity;
use super::sets::rank_sets;
use super::words::Words;
use super::{CHOICE_STREAMS, stream};
use crate::index::repeat::{Ground, Layout, Redraw, Space};
use crate::index::{Evaluation, Evaluator};
use crate::model::{Cell, Column};
use crate::plan::{Framework, Imputation, Plan, Pool, RobustnessPlan, Treatment, Vary};
use crate::validate::IndexInput;

/// Says how sure the ranks and ratings of an evaluation are. `seed` is that of the
/// project, in case the plan has none of its own. The same arguments give the same
/// bits on any number of threads.
pub fn robustness(
    input: &IndexInput,
    framework: &Framework,
    evaluation: &Evaluation,
    plan: &RobustnessPlan,
    seed: u64,
) -> Robustness {
    let study = Study::new(input, framework, evaluation, plan, seed);
    study.run()
}

/// Replays draws whose options somebody else drew: of each draw the position of
/// the option that each entry of [`RobustnessPlan::vary`] takes, in their order,
/// from 0. The plan's own choice comes first where it is one of them.
pub fn replay(
    input: &IndexInput,
    framework: &Framework,
    evaluation: &Evaluation,
    plan: &RobustnessPlan,
    options: &[Vec<u32>],
) -> Variant {
    let study = Study::new(input, framework, evaluation, plan, 0);
    let engine = study.engine(&plan.vary);
    let choices = Choices { draws: options.len(), factors: engine.factors.len(), options: options.concat() };
    let shared = engine.share(&choices);
    run(&engine, &shared, &choices, None).count(&study.nominal, &plan.top)
}

/// What an analysis is about.
pub(super) struct Study<'a> {
    /// The input, or its reported period where no method looks at another.
    input: std::borrow::Cow<'a, IndexInput>,
    framework: &'a Framework,
    /// The plan as run.
    pub(super) plan: &'a Plan,
    robustness: &'a RobustnessPlan,
    pub(super) seed: u64,
    pub(super) nominal: Nominal,
}

impl<'a> Study<'a> {
    pub(super) fn new(
        input: &'a IndexInput,
        framework: &'a Framework,
        evaluation: &'a Evaluation,
        robustness: &'a RobustnessPlan,
        seed: u64,
    ) -> Self {
        let plan = &evaluation.plan;
        let own = robustness.seed.and_then(|seed| u64::try_from(seed).ok());
        let alone = looks_at_one_period(plan, &robustness.vary);
        Self {
            nominal: nominal(input, evaluation),
            input: match alone {
                true => std::borrow::Cow::Owned(input.of_edition()),
                false => std::borrow::Cow::Borrowed(input),
            },
            framework,
            plan,
            robustness,
            seed: own.unwrap_or(seed),
        }
    }

    /// An engine that varies these choices.
    pub(super) fn engine(&self, vary: &[Vary]) -> Engine<'_> {
        let layout = Layout::of(self.plan);
        let words = Words::new();
        let ground = factor::Ground {
            framework: self.framework,
            plan: self.plan,
            layout: &layout,
            seed: self.seed,
            words: &words,
        };
        let factors = vary.iter().enumerate().map(|(at, vary)| ground.factor(at, vary));
        // A choice without options varies nothing.
        let factors: Vec<Factor> = factors.filter(|factor| !factor.options.is_empty()).collect();
        Engine {
            ground: Ground::new(&self.input),
            evaluator: Evaluator::new(&self.input),
            plan: self.plan,
            layout,
            factors,
        }
    }

    fn run(&self) -> Robustness {
        let draws = self.robustness.draws;
        let sampler = self.robustness.sampling;
        let sampler =
            sampler.then(|| Sampler::new(&self.input, self.framework, self.plan, self.seed)).flatten();
        let top = &self.robustness.top;
        let engine = self.engine(&self.robustness.vary);
        let choices = engine.choices(draws as usize, self.seed);
        let declared = self.engine(&[]);
        let by_sampling = sampler.as_ref().map(|sampler| {
            let choices = declared.choices(draws as usize, self.seed);
            let shared = declared.share(&choices);
            let results = run(&declared, &shared, &choices, Some(sampler));
            let mut variant = results.count(&self.nominal, top);
            let sets = rank_sets(&results.complete_scores(&self.nominal)).unwrap_or_default();
            for (unit, set) in variant.units.iter_mut().zip(sets) {
                unit.rank_set = Some(set);
            }
            variant
        });
        let varies = !engine.factors.is_empty();
        let mut reuse = Reuse::default();
        let (mut assumptions, mut by_assumptions, mut together) = (Vec::new(), None, None);
        if varies {
            let shared = engine.share(&choices);
            let results = run(&engine, &shared, &choices, None);
            assumptions = engine.assumptions(&choices, &results);
            by_assumptions = Some(results.count(&self.nominal, top));
            drop(results);
            reuse = engine.reuse(draws);
            if let Some(sampler) = &sampler {
                together = Some(run(&engine, &shared, &choices, Some(sampler)).count(&self.nominal, top));
            }
        }
        let removes = self.robustness.removal;
        let sobol = self.robustness.sobol.filter(|_| varies);
        Robustness {
            seed: self.seed,
            draws,
            top: top.clone(),
            units: self.nominal.units.clone(),
            assumptions,
            sampling: sampler.as_ref().map(|sampler| sampler.base(self.plan)),
            by_sampling,
            by_assumptions,
            together,
            sensitivity: sobol.map(|sobol| sensitivity(&engine, sobol, &self.nominal, self.seed)),
            removal: if removes { removal(&declared, &self.nominal) } else { Vec::new() },
            leave_out: removes.then(|| leave_out(&self.input, self.plan, &self.nominal)),
            reuse,
        }
    }
}

/// Runs draws and keeps what they give.
pub(super) fn run(
    engine: &Engine<'_>,
    shared: &Shared,
    choices: &Choices,
    sampler: Option<&Sampler>,
) -> Results {
    let mut results = Results::new(choices.draws, engine.ground.units());
    let redraws: Vec<Option<Redraw<'_>>> = shared
        .scales
        .iter()
        .map(|scales| {
            let scales = scales.as_ref().ok()?;
            Some(Redraw::new(engine.ground.input, &scales.plan, &scales.prepared, &scales.leaves))
        })
        .collect();
    results.rows().into_par_iter().enumerate().for_each_init(Space::default, |space, (draw, mut row)| {
        let done = match (sampler, engine.scales_of(shared, draw)) {
            (Some(sampler), Some((at, _))) => {
                let values = sampler.draw(draw as u64);
                let looked_up = values.clone();
                let start = engine.ground.rows.start;
                let drawn = |indicator: usize, unit: usize| -> Option<Cell> {
                    let column: &Column = &looked_up.iter().find(|(_, one, _)| *one == indicator)?.2;
                    Some(column.cell(start + unit))
                };
                match redraws.get(at).and_then(Option::as_ref).map(|redraw| redraw.run(values)) {
                    Some(Ok(leaves)) => engine.draw(shared, choices, draw, Some(&leaves), &drawn, space),
                    Some(Err(findings)) => Err(super::engine::reason(&findings)),
                    None => Err(super::engine::no_plan()),
                }
            }
            _ => engine.draw(shared, choices, draw, None, &|_, _| None, space),
        };
        row.keep(done, space);
    });
    results
}

impl Engine<'_> {
    /// Options drawn at random, each equally likely; those of a draw depend on the
    /// seed and its number alone.
    pub(super) fn choices(&self, draws: usize, seed: u64) -> Choices {
        let mut options = Vec::with_capacity(draws * self.factors.len());
        for draw in 0..draws {
            let mut stream = stream(seed, CHOICE_STREAMS, draw as u64);
            options.extend(self.factors.iter().map(|factor| stream.below(factor.options.len() as u32)));
        }
        Choices { draws, factors: self.factors.len(), options }
    }

    /// What was varied, with the draws of each alternative.
    fn assumptions(&self, choices: &Choices, results: &Results) -> Vec<Assumption> {
        let assumption = |(at, factor): (usize, &Factor)| {
            let mut counts = vec![(0_u32, 0_u32); factor.alternatives.len()];
            for (draw, fault) in results.faults.iter().enumerate() {
                let option = choices.of(draw).get(at).copied().unwrap_or(0) as usize;
                let alternative = factor.options.get(option).map_or(0, |(alternative, _)| *alternative);
                if let Some((draws, failed)) = counts.get_mut(alternative) {
                    *draws += 1;
                    *failed += u32::from(fault.is_some());
                }
            }
            let alternatives = factor.alternatives.iter().zip(counts);
            let alternatives = alternatives.map(|((name, declared), (draws, failed))| Alternative {
                name: name.clone(),
                declared: *declared,
                draws,
                failed,
            });
            Assumption {
                what: factor.what.to_owned(),
                name: factor.name.clone(),
                alternatives: alternatives.collect(),
            }
        };
        self.factors.iter().enumerate().map(assumption).collect()
    }

    fn reuse(&self, draws: u32) -> Reuse {
        let needed = u64::from(draws) * self.plan.indicators.len() as u64;
        let computed = self.evaluator.scales_computed() as u64;
        let hit_rate = if needed > 0 { 1.0 - computed as f64 / needed as f64 } else { 0.0 };
        Reuse { needed, computed, hit_rate: hit_rate.max(0.0) }
    }
}

/// Whether no method of the plan or of an alternative looks at another period.
fn looks_at_one_period(plan: &Plan, vary: &[Vary]) -> bool {
    let indicators = plan.indicators.iter();
    let own = indicators.clone().all(|one| {
        is_of_period(&one.impute) && one.normalise.pool() != Some(Pool::AllPeriods) && !pools_all(&one.treat)
    });
    own && vary.iter().all(|vary| match vary {
        Vary::Imputation { alternatives, .. } => alternatives.iter().all(is_of_period),
        Vary::Treatment { alternatives, .. } => !alternatives.iter().any(pools_all),
        Vary::Normalisation { alternatives, .. } => {
            alternatives.iter().all(|one| one.pool() != Some(Pool::AllPeriods))
        }
        _ => true,
    })
}

fn is_of_period(impute: &Imputation) -> bool {
    match impute {
        Imputation::None => true,
        Imputation::Mean { over, .. }
        | Imputation::Median { over, .. }
        | Imputation::RowMean { over, .. }
        | Imputation::Regression { over, .. }
        | Imputation::Em { over } => *over == Pool::Period,
        Imputation::Latest { .. }
        | Imputation::Linear
        | Imputation::LinearConstant
        | Imputation::Constant => false,
    }
}

fn pools_all(treat: &Treatment) -> bool {
    match treat {
        Treatment::None => false,
        Treatment::Outliers { over, .. } | Treatment::Transform { over, .. } => *over == Pool::AllPeriods,
    }
}

fn nominal(input: &IndexInput, evaluation: &Evaluation) -> Nominal {
    let rows = input.panel().rows_of(input.edition());
    let mut nominal = Nominal {
        units: Vec::new(),
        scores: Vec::new(),
        ranks: Vec::new(),
        bands: Vec::new(),
        band_count: evaluation.plan.rating.as_ref().map_or(0, |rating| rating.bands.len()),
    };
    for (unit, outcome) in evaluation.outcomes.get(rows).unwrap_or_default().iter().enumerate() {
        if let (Some(score), Some(rank)) = (outcome.score, outcome.rank) {
            nominal.units.push(unit);
            nominal.scores.push(score.raw);
            nominal.ranks.push(rank.value);
            nominal.bands.push(outcome.band);
        }
    }
    nominal
}
