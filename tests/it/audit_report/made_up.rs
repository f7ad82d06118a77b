//! An audit made up of plain numbers, so that what files say of it can be told.

use benchline::coherence::{
    Block, BlockOf, Coherence, Component, Components, Correlation, CorrelationMatrix, CorrelationTriple,
    Coverage, Crowding, Distribution, Element, Flag, FlagKind, IndicatorCoverage, Influence, Influencer,
    Link, LinkReading, Pair, Statistics, Thresholds, UnitCoverage,
};
use benchline::diagnostics::Bilingual;
use benchline::model::Id;
use benchline::plan::{Audience, Rule};
use benchline::project::ScoredProject;
use benchline::robustness::{
    Alternative, Assumption, DrawFailure, Estimate, LeaveOut, Quantiles, RankCounts, Removal, RemovalEffect,
    Reuse, Robustness, SampledIndicator, SamplingBase, Sensitivity, SobolIndex, UnitDoubt, Variant,
};

use super::{AuditMaterial, Material};

/// Draws of each source.
const DRAWS: u32 = 1_000;

pub struct MadeUp {
    pub robustness: Robustness,
    pub coherence: Coherence,
}

impl MadeUp {
    /// An audit of a scored project.
    pub fn of(scored: &ScoredProject) -> Self {
        Self { robustness: robustness(scored), coherence: coherence(scored) }
    }

    pub fn material<'a>(&'a self, scored: &'a ScoredProject, audience: Audience) -> Material<'a> {
        let audit = AuditMaterial { robustness: &self.robustness, coherence: &self.coherence };
        Material { audit: Some(audit), ..scored.material_for(audience) }
    }
}

fn name(text: &str) -> Bilingual {
    Bilingual { zh: format!("{text}（中）"), en: text.to_owned() }
}

/// The assessed units in the order of the registry.
fn units(scored: &ScoredProject) -> Vec<usize> {
    let mut units = scored.overview.assessed.clone();
    units.sort_unstable();
    units
}

fn robustness(scored: &ScoredProject) -> Robustness {
    let alternative =
        |text: &str, declared: bool, draws: u32| Alternative { name: name(text), declared, draws, failed: 0 };
    let estimate = |value: f64| Estimate { value, low: value - 0.125, high: value + 0.125 };
    let dimension = scored.overview.dimensions[0].id.clone();
    let indicator = scored.project.input.indicators()[0].clone();
    Robustness {
        seed: 7,
        draws: DRAWS,
        top: vec![3],
        units: units(scored),
        assumptions: vec![
            Assumption {
                what: "normalisation".to_owned(),
                name: name("Normalisation"),
                alternatives: vec![alternative("min-max", true, 500), alternative("z-score", false, 500)],
            },
            Assumption {
                what: "weight-noise".to_owned(),
                name: name("Noise on weights"),
                alternatives: vec![alternative("within 25 %", false, DRAWS)],
            },
        ],
        sampling: Some(SamplingBase {
            indicators: vec![SampledIndicator {
                id: indicator.clone(),
                values: 11,
                median_n: Some(180.0),
                median_design_effect: 1.5,
            }],
            shares: 11,
            means: 0,
            unknown: 0,
        }),
        by_sampling: Some(variant(scored, 0.5, 0)),
        by_assumptions: Some(variant(scored, 1.0, 2)),
        together: Some(variant(scored, 1.5, 2)),
        sensitivity: Some(Sensitivity {
            base: 64,
            scrambles: 16,
            runs: 4_096,
            failed: 0,
            failures: Vec::new(),
            mean: 1.2,
            variance: 0.3,
            indices: vec![
                SobolIndex { assumption: 0, first: estimate(0.5), total: estimate(0.75) },
                SobolIndex { assumption: 1, first: estimate(0.3), total: estimate(0.6) },
            ],
        }),
        removal: vec![
            Removal {
                id: indicator,
                indicator: true,
                effect: Ok(RemovalEffect {
                    mean_rank_change: 1.5,
                    largest_rank_change: 4.0,
                    rank_correlation: Some(0.93),
                    bands_changed: 2,
                }),
            },
            Removal { id: dimension, indicator: false, effect: Err(name("there is no index without it")) },
        ],
        leave_out: Some(LeaveOut {
            tried: 11,
            failed: 0,
            possible: false,
            reversing: 0,
            mean_pairs: 0.0,
            largest: None,
        }),
        reuse: Reuse { needed: 10_000, computed: 400, hit_rate: 0.96 },
    }
}

/// Ranks that reach `doubt` times the square root of the rank to either side.
fn variant(scored: &ScoredProject, doubt: f64, failed: u32) -> Variant {
    let units = units(scored);
    let bands = scored.evaluation.plan.rating.as_ref().map_or(0, |rating| rating.bands.len());
    let start = scored.project.input.panel().rows_of(scored.project.input.edition()).start;
    let all = units.len() as f64;
    let of = |unit: &usize| {
        let outcome = scored.evaluation.outcomes[start + unit];
        let (score, rank) = (outcome.score.unwrap().raw, outcome.rank.unwrap().value);
        let reach = (doubt * rank.sqrt()).round();
        let (low, high) = ((rank - reach).max(1.0), (rank + reach).min(all));
        let steps = (high - low) as u32 + 1;
        let mut counts = vec![(DRAWS - failed) / steps; steps as usize];
        counts[0] += (DRAWS - failed) - counts.iter().sum::<u32>();
        let mut shares = vec![0.0; bands];
        if let Some(band) = outcome.band {
            // Every third unit is sure of its band.
            let kept = [1.0, 0.8, 0.6][unit % 3];
            shares[band] = kept;
            shares[if band + 1 < bands { band + 1 } else { band - 1 }] += 1.0 - kept;
        }
        let spread = |middle: f64, low: f64, high: f64| Quantiles {
            mean: middle,
            median: middle,
            q05: low,
            q95: high,
        };
        UnitDoubt {
            unit: *unit,
            nominal_score: score,
            nominal_rank: rank,
            draws: DRAWS - failed,
            score: Some(spread(score, score - doubt, score + doubt)),
            rank: Some(spread(rank, low, high)),
            ranks: RankCounts { first: low as u32, counts },
            bands: shares,
            unrated: 0.0,
            top: vec![if rank <= 3.0 { 0.9 } else { 0.1 }],
            rank_set: Some((low as u32, high as u32)),
        }
    };
    let units: Vec<UnitDoubt> = units.iter().map(of).collect();
    let failure = DrawFailure { reason: name("a geometric mean of 0"), draws: failed };
    Variant {
        draws: DRAWS - failed,
        failed,
        failures: if failed > 0 { vec![failure] } else { Vec::new() },
        mean_rank_change: doubt,
        median_rank_width: 2.0 * doubt,
        units,
    }
}

fn correlation(r: f64) -> Option<Correlation> {
    Some(Correlation { r, n: 11, p: Some(0.01) })
}

fn coherence(scored: &ScoredProject) -> Coherence {
    let plan = &scored.evaluation.plan;
    let indicators: Vec<Id> = scored.project.input.indicators().to_vec();
    let parent = |id: &Id| {
        plan.nodes
            .iter()
            .find(|node| matches!(&node.rule, Rule::Aggregate { children, .. } if children.contains(id)))
    };
    let statistics = Statistics {
        units: 12,
        n: 11,
        non_zero: 11,
        distinct: 10,
        most_frequent: 2,
        min: Some(1.0),
        max: Some(9.0),
        mean: Some(5.0),
        median: Some(5.0),
        deviation: Some(2.0),
        skewness: Some(0.4),
        kurtosis: Some(-0.8),
        outliers: false,
        constant: false,
    };
    let link = |id: &Id| {
        let node = parent(id)?;
        let (r, reading) =
            if *id == indicators[0] { (0.21, LinkReading::Weak) } else { (0.71, LinkReading::Sound) };
        Some(Link {
            id: id.clone(),
            node: node.id.clone(),
            parent: true,
            only: false,
            correlations: CorrelationTriple {
                pearson: correlation(r),
                spearman: correlation(r),
                kendall: correlation(r / 2.0),
            },
            reading,
        })
    };
    let k = indicators.len();
    let matrix: Vec<Vec<Option<Correlation>>> =
        (0..k).map(|a| (0..k).map(|b| correlation(if a == b { 1.0 } else { 0.5 })).collect()).collect();
    let correlations =
        CorrelationMatrix { pearson: matrix.clone(), spearman: matrix.clone(), kendall: matrix };
    let component = Component { eigenvalue: 3.5, share: 0.58, cumulative: 0.58, loadings: vec![0.4; k] };
    Coherence {
        thresholds: Thresholds::default(),
        assessed: units(scored),
        elements: indicators
            .iter()
            .map(|id| Element { id: id.clone(), level: 1, indicator: true, weight: Some(1.0 / k as f64) })
            .collect(),
        coverage: Coverage {
            nodes: Vec::new(),
            units: units(scored)
                .iter()
                .map(|unit| UnitCoverage {
                    unit: *unit,
                    expected: k,
                    present: k,
                    zeros: 0,
                    share: Some(1.0),
                    non_zero: Some(1.0),
                    nodes: Vec::new(),
                    passes: true,
                })
                .collect(),
            indicators: indicators
                .iter()
                .map(|id| IndicatorCoverage {
                    id: id.clone(),
                    expected: 12,
                    present: 11,
                    share: Some(11.0 / 12.0),
                    passes: true,
                    members: Vec::new(),
                })
                .collect(),
            share: Some(0.97),
        },
        distributions: indicators
            .iter()
            .map(|id| Distribution { id: id.clone(), raw: statistics.clone(), treated: statistics.clone() })
            .collect(),
        crowding: indicators
            .iter()
            .map(|id| Crowding {
                id: id.clone(),
                n: 11,
                at_top: 1,
                at_bottom: 1,
                tied: 2,
                ceiling: Some(1.0 / 11.0),
                floor: Some(1.0 / 11.0),
                tie_share: Some(2.0 / 11.0),
            })
            .collect(),
        blocks: vec![Block {
            of: BlockOf::Level { level: 1 },
            ids: indicators.clone(),
            correlations,
            components: Some(Components { n: 11, components: vec![component], above_one: 1 }),
            alpha: Some(0.66),
        }],
        links: indicators.iter().filter_map(link).collect(),
        pairs: vec![Pair {
            one: indicators[0].clone(),
            other: indicators[1].clone(),
            node: None,
            r: 0.95,
            collinear: true,
        }],
        sizes: Vec::new(),
        influence: vec![Influence {
            node: plan.index.clone(),
            by_indicators: true,
            of: indicators
                .iter()
                .map(|id| Influencer {
                    id: id.clone(),
                    nominal: 1.0 / k as f64,
                    linear: Some(0.3),
                    spline: Some(0.4),
                    linear_share: Some(1.0 / k as f64),
                    spline_share: Some(1.5 / k as f64),
                    ratio: Some(1.5),
                })
                .collect(),
        }],
        dominance: None,
        groups: Vec::new(),
        flags: vec![Flag {
            kind: FlagKind::WeakLink,
            id: Some(indicators[0].clone()),
            with: None,
            unit: None,
            value: Some(0.21),
            threshold: Some(0.3),
        }],
    }
}
