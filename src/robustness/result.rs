use serde::Serialize;

use crate::diagnostics::Bilingual;
use crate::model::Id;

/// How sure the ranks and ratings of an edition are. Units are the ranked units
/// with a score, by their position in the registry; indicators and nodes are
/// named by id. "Share of draws" is what it says: no probability that a unit
/// "truly" has a rank.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Robustness {
    /// Seed of the draws.
    pub seed: u64,
    /// How often the index was computed anew in each variant.
    pub draws: u32,
    /// The places of which the share of draws is reported: the first so many.
    pub top: Vec<u32>,
    /// The units that are reported, by position in the registry, in its order.
    /// Every list of units here is in this order.
    pub units: Vec<usize>,
    /// What was varied, in the order of the project.
    pub assumptions: Vec<Assumption>,
    /// What sampling error was drawn from; `None` where the project does not ask
    /// for it, or no value rests on a sample whose precision is known.
    pub sampling: Option<SamplingBase>,
    /// Sampling error alone, the plan as declared.
    pub by_sampling: Option<Variant>,
    /// The assumptions alone, the values as read.
    pub by_assumptions: Option<Variant>,
    /// Both at once; `None` unless there are both.
    pub together: Option<Variant>,
    /// Which assumptions drive the ranks.
    pub sensitivity: Option<Sensitivity>,
    /// Every indicator and dimension left out once: indicators in the order of
    /// the plan, then the children of the index that are nodes.
    pub removal: Vec<Removal>,
    /// Every unit left out once.
    pub leave_out: Option<LeaveOut>,
    /// How far draws shared their work.
    pub reuse: Reuse,
}

/// One choice that was varied.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assumption {
    /// The word of `what` in the project: `imputation`, `weight-noise`.
    pub what: String,
    /// What it is called.
    pub name: Bilingual,
    /// What could be chosen. Noisy weights are one alternative, however many sets
    /// were drawn.
    pub alternatives: Vec<Alternative>,
}

/// One alternative of a choice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alternative {
    /// What it is, in words.
    pub name: Bilingual,
    /// Whether it is what the plan declares.
    pub declared: bool,
    /// How many draws of the assumptions took it, failed ones included.
    pub draws: u32,
    /// How many of those failed.
    pub failed: u32,
}

/// What sampling error was drawn from: values of the reported period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SamplingBase {
    /// Indicators of which values were drawn, in the order of the plan.
    pub indicators: Vec<SampledIndicator>,
    /// Values drawn as shares: k of n, from Beta(k + 1/2, n − k + 1/2).
    pub shares: usize,
    /// Values drawn as means: with a standard error, from Student's t.
    pub means: usize,
    /// Values with a sample of unknown precision, which stayed as read.
    pub unknown: usize,
}

/// An indicator of which values were drawn.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SampledIndicator {
    /// Which.
    pub id: Id,
    /// How many of its values.
    pub values: usize,
    /// Median size of their samples; `None` where none is known.
    pub median_n: Option<f64>,
    /// Median of their design effects.
    pub median_design_effect: f64,
}

/// The draws of one source of doubt.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Variant {
    /// How many draws gave ranks.
    pub draws: u32,
    /// How many did not. They are left out of everything else here.
    pub failed: u32,
    /// Why they did not, the most frequent reason first.
    pub failures: Vec<DrawFailure>,
    /// Mean over draws and units of the absolute difference of the rank from the
    /// one that the plan gives.
    pub mean_rank_change: f64,
    /// Median over units of the width from the 5 % to the 95 % quantile of rank.
    pub median_rank_width: f64,
    /// One per unit.
    pub units: Vec<UnitDoubt>,
}

/// A reason why draws failed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DrawFailure {
    /// The reason.
    pub reason: Bilingual,
    /// In how many draws.
    pub draws: u32,
}

/// What the draws say of one unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitDoubt {
    /// Position in the registry.
    pub unit: usize,
    /// Its score by the plan, unrounded.
    pub nominal_score: f64,
    /// Its rank by the plan.
    pub nominal_rank: f64,
    /// In how many draws it had a rank.
    pub draws: u32,
    /// Its scores, unrounded; `None` if it never had one.
    pub score: Option<Quantiles>,
    /// Its ranks; `None` if it never had one.
    pub rank: Option<Quantiles>,
    /// How often it had which rank.
    pub ranks: RankCounts,
    /// Share of its draws in each band of the plan, in their order.
    pub bands: Vec<f64>,
    /// Share of its draws in no band.
    pub unrated: f64,
    /// Share of its draws in the first so many places, for each of
    /// [`Robustness::top`].
    pub top: Vec<f64>,
    /// First and last place of the 90 % confidence set of its rank (Mogstad,
    /// Romano, Shaikh and Wilhelm 2024), which holds whatever the true
    /// differences are; of sampling error alone, and `None` elsewhere.
    pub rank_set: Option<(u32, u32)>,
}

/// How values are spread over draws. Quantiles of type 7.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Quantiles {
    /// Mean.
    pub mean: f64,
    /// Median.
    pub median: f64,
    /// 5 % quantile.
    pub q05: f64,
    /// 95 % quantile.
    pub q95: f64,
}

/// How often a unit had which rank, from its best to its worst. A half rank of
/// averaged ties counts at the place before it. Empty where more than 5,000 units
/// are reported: the table would grow with their square.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RankCounts {
    /// The best rank it had; 0 if it never had one.
    pub first: u32,
    /// Draws at that rank and at each after it, down to the worst it had.
    pub counts: Vec<u32>,
}

/// First-order and total indices of Sobol of one output: the mean over units of
/// the absolute difference of the rank from the one that the plan gives.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sensitivity {
    /// Points of each scramble.
    pub base: u32,
    /// Independent scrambles.
    pub scrambles: u32,
    /// Evaluations: scrambles · base · (assumptions + 2).
    pub runs: u32,
    /// Evaluations that failed; a point is left out with all its evaluations.
    pub failed: u32,
    /// Why, the most frequent reason first.
    pub failures: Vec<DrawFailure>,
    /// Mean of the output.
    pub mean: f64,
    /// Variance of the output; 0 if no assumption moves any rank, and then there
    /// are no indices.
    pub variance: f64,
    /// One per assumption, in the order of [`Robustness::assumptions`].
    pub indices: Vec<SobolIndex>,
}

/// How much of the output's variance an assumption explains.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SobolIndex {
    /// Position in [`Robustness::assumptions`].
    pub assumption: usize,
    /// Alone: the first-order index.
    pub first: Estimate,
    /// With all its interactions: the total index.
    pub total: Estimate,
}

/// An estimate with a 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// What leaving out an indicator or a dimension does to ranks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Removal {
    /// Which.
    pub id: Id,
    /// Whether it is an indicator; else a child of the index.
    pub indicator: bool,
    /// The change; `Err` says why there is no index without it.
    pub effect: Result<RemovalEffect, Bilingual>,
}

/// How ranks without something differ from those with it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RemovalEffect {
    /// Mean absolute difference of ranks.
    pub mean_rank_change: f64,
    /// Largest absolute difference of ranks.
    pub largest_rank_change: f64,
    /// Pearson's correlation of the two ranks, which is Spearman's of the scores
    /// but for the kind of tie; `None` if one of them does not vary.
    pub rank_correlation: Option<f64>,
    /// Units whose band changes.
    pub bands_changed: u32,
}

/// What leaving out one unit does to the order of the others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LeaveOut {
    /// Units that were left out, one at a time.
    pub tried: u32,
    /// Those without which there is no index.
    pub failed: u32,
    /// False where no score depends on other units, so that no order can change.
    pub possible: bool,
    /// Units whose absence changes the order of some others.
    pub reversing: u32,
    /// Mean over units left out of the share of pairs of others whose order
    /// changes.
    pub mean_pairs: f64,
    /// The largest such share, and the unit whose absence has it, by position in
    /// the registry; `None` if no order changes.
    pub largest: Option<(f64, usize)>,
}

/// How far draws shared their work. Results of stages are kept by the hash of the
/// sub-plan that made them, so that draws with a part in common compute it once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Reuse {
    /// Columns on the common scale that the draws of assumptions needed.
    pub needed: u64,
    /// Those that were computed.
    pub computed: u64,
    /// Share that was there already: 1 − computed / needed.
    pub hit_rate: f64,
}
