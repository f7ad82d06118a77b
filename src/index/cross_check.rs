use std::sync::Arc;

use indexmap::IndexMap;

use super::evaluate::Evaluation;
use crate::diagnostics::{Code, Finding, bilingual};
use crate::model::{Column, Id, Role};
use crate::numeric::{RankMethod, copeland, correlation, rank_descending, rank_sum_ratio, topsis, vikor};
use crate::plan::{CrossCheckPlan, CrossMethod, CrossOver, Plan, Rule};
use crate::validate::IndexInput;

/// Most units that are named among the largest movers.
pub const MOST_MOVERS: usize = 5;

/// The weight of the majority in VIKOR.
const MAJORITY: f64 = 0.5;

/// Most units that a note lists.
const MOST_LISTED: usize = 5;

/// How other methods rank the units of the edition that have a score.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossCheck {
    /// What units were compared by.
    pub over: CrossOver,
    /// How many indicators or dimensions that were.
    pub criteria: usize,
    /// One per method of the plan, in its order.
    pub rankings: Vec<CrossRanking>,
}

/// How one method ranks.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossRanking {
    /// The method.
    pub method: CrossMethod,
    /// The place of each unit, by position in the registry; absent for units that
    /// are not compared.
    pub places: Vec<Option<CrossPlace>>,
    /// How many units are compared.
    pub compared: usize,
    /// The units with a score that are not, for want of a value: by position.
    pub left_out: Vec<usize>,
    /// Spearman's correlation of both orders; absent where one does not vary.
    pub correlation: Option<f64>,
    /// Mean absolute difference of ranks.
    pub mean_shift: f64,
    /// Largest absolute difference of ranks.
    pub most_shift: f64,
    /// The units whose rank differs most, at most [`MOST_MOVERS`]: by position,
    /// the largest difference first, of equal ones the first of the registry.
    pub movers: Vec<usize>,
}

/// What a method makes of a unit. Ranks are those among the units compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CrossPlace {
    /// Its score, higher being better.
    pub score: f64,
    /// Its rank by it.
    pub rank: f64,
    /// Its rank by the index.
    pub index_rank: f64,
}

impl CrossPlace {
    /// By how many ranks the unit stands higher than in the index.
    pub fn shift(&self) -> f64 {
        self.index_rank - self.rank
    }
}

/// Why other methods cannot rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrossFault {
    /// Weights end in a formula.
    Weightless(CrossOver),
    /// No unit with a score has all that the method needs.
    Nobody(CrossMethod),
}

/// Ranks the units of the edition by other methods. Fails where the plan gives
/// indicators no weights, or where no unit has all that a method needs. Weights
/// of single groups are not read.
pub fn cross_check(
    input: &IndexInput,
    evaluation: &Evaluation,
    plan: &CrossCheckPlan,
) -> Result<CrossCheck, CrossFault> {
    let criteria = criteria(&evaluation.plan, plan.over).ok_or(CrossFault::Weightless(plan.over))?;
    let field = Field::of(input, evaluation, &criteria);
    let rankings = plan.methods.iter().map(|method| field.ranking(*method, &criteria));
    let rankings = rankings.collect::<Result<Vec<_>, CrossFault>>()?;
    Ok(CrossCheck { over: plan.over, criteria: criteria.len(), rankings })
}

/// What units are compared by, with weights that sum to 1.
fn criteria(plan: &Plan, over: CrossOver) -> Option<Vec<(Id, f64)>> {
    let criteria: Vec<(Id, f64)> = match over {
        CrossOver::Indicators => {
            let weights = plan.effective_weights();
            let weighted =
                plan.indicators.iter().filter_map(|one| Some((one.id.clone(), *weights.get(&one.id)?)));
            weighted.collect()
        }
        CrossOver::Dimensions => match &plan.node(&plan.index)?.rule {
            Rule::Aggregate { children, weights, .. } => {
                children.iter().cloned().zip(weights.as_slice().iter().copied()).collect()
            }
            Rule::Formula(_) => return None,
        },
    };
    let criteria: Vec<(Id, f64)> = criteria.into_iter().filter(|(_, weight)| *weight > 0.0).collect();
    // What is lacking ends in a formula.
    let sum: f64 = criteria.iter().map(|(_, weight)| weight).sum();
    ((sum - 1.0).abs() < 1e-9).then_some(criteria)
}

/// The ranked units with a score, and their normalised scores.
struct Field {
    units: usize,
    members: Vec<Member>,
    method: RankMethod,
}

struct Member {
    unit: usize,
    index_rank: f64,
    values: Vec<Option<f64>>,
}

impl Field {
    fn of(input: &IndexInput, evaluation: &Evaluation, criteria: &[(Id, f64)]) -> Self {
        let panel = input.panel();
        let columns: Vec<_> = criteria.iter().map(|(id, _)| evaluation.column(id)).collect();
        let ranked = panel.units().iter().enumerate().filter(|(_, unit)| unit.role == Role::Ranked);
        let start = panel.rows_of(input.edition()).start;
        let members = ranked.filter_map(|(unit, _)| {
            let rank = evaluation.outcomes.get(start + unit)?.rank?;
            let value = |column: &Option<&Arc<Column>>| column.as_ref()?.value(start + unit);
            Some(Member { unit, index_rank: rank.value, values: columns.iter().map(value).collect() })
        });
        Self { units: panel.units().len(), members: members.collect(), method: evaluation.plan.rank.method }
    }

    fn ranking(&self, method: CrossMethod, criteria: &[(Id, f64)]) -> Result<CrossRanking, CrossFault> {
        let has_enough = |member: &&Member| match method.needs_all() {
            true => member.values.iter().all(Option::is_some),
            false => member.values.iter().any(Option::is_some),
        };
        let (compared, left_out): (Vec<&Member>, Vec<&Member>) = self.members.iter().partition(has_enough);
        if compared.is_empty() {
            return Err(CrossFault::Nobody(method));
        }
        let weights: Vec<f64> = criteria.iter().map(|(_, weight)| *weight).collect();
        let scores = scores(method, &compared, &weights);
        let ranks = ranked(&scores, self.method);
        // The better index rank is the smaller one.
        let index: Vec<f64> = compared.iter().map(|member| -member.index_rank).collect();
        let index_ranks = ranked(&index, self.method);
        let mut places = vec![None; self.units];
        for (((member, score), rank), index_rank) in
            compared.iter().zip(&scores).zip(&ranks).zip(&index_ranks)
        {
            if let Some(place) = places.get_mut(member.unit) {
                *place = Some(CrossPlace { score: *score, rank: *rank, index_rank: *index_rank });
            }
        }
        let average = |values: &[f64]| ranked(values, RankMethod::Average);
        let shifts: Vec<f64> =
            places.iter().flatten().map(|place: &CrossPlace| place.shift().abs()).collect();
        Ok(CrossRanking {
            method,
            compared: compared.len(),
            left_out: left_out.iter().map(|member| member.unit).collect(),
            correlation: correlation(&average(&scores), &average(&index)),
            mean_shift: shifts.iter().sum::<f64>() / compared.len() as f64,
            most_shift: shifts.iter().copied().fold(0.0, f64::max),
            movers: movers(&places),
            places,
        })
    }
}

/// One score per unit compared; all of them make the field.
fn scores(method: CrossMethod, compared: &[&Member], weights: &[f64]) -> Vec<f64> {
    let field = vec![true; compared.len()];
    let whole = || -> Vec<Vec<f64>> {
        compared.iter().map(|member| member.values.iter().copied().flatten().collect()).collect()
    };
    match method {
        CrossMethod::Topsis => topsis(&whole(), weights, &field),
        CrossMethod::Vikor => vikor(&whole(), weights, &field, MAJORITY),
        CrossMethod::RankSumRatio => rank_sum_ratio(&whole(), weights, &field),
        CrossMethod::Copeland => {
            let table: Vec<Vec<Option<f64>>> = compared.iter().map(|member| member.values.clone()).collect();
            // Every unit compared has a value, and thus a score.
            copeland(&table, weights, &field).into_iter().map(Option::unwrap_or_default).collect()
        }
    }
}

fn ranked(values: &[f64], method: RankMethod) -> Vec<f64> {
    let values: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
    rank_descending(&values, method).into_iter().map(|rank| rank.map_or(0.0, |rank| rank.value)).collect()
}

fn movers(places: &[Option<CrossPlace>]) -> Vec<usize> {
    let shifts = places.iter().enumerate().filter_map(|(unit, place)| Some((unit, (*place)?.shift().abs())));
    let mut moved: Vec<(usize, f64)> = shifts.filter(|(_, shift)| *shift > 0.0).collect();
    moved.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    moved.into_iter().take(MOST_MOVERS).map(|(unit, _)| unit).collect()
}

impl CrossCheck {
    /// Notes the units that a method leaves out, with what they lack.
    pub fn notes(&self, input: &IndexInput, evaluation: &Evaluation) -> Vec<Finding> {
        let Some(criteria) = criteria(&evaluation.plan, self.over) else { return Vec::new() };
        let start = input.panel().rows_of(input.edition()).start;
        let lacks = |unit: usize| -> String {
            let value = |id: &Id| evaluation.column(id).and_then(|column| column.value(start + unit));
            let lacking = criteria.iter().map(|(id, _)| id).filter(|id| value(id).is_none());
            let ids = lacking.map(Id::as_str).collect::<Vec<_>>().join(", ");
            format!("{} ({ids})", input.named(start + unit).0)
        };
        // Methods that leave out the same units share a note.
        let mut partial: IndexMap<&[usize], Vec<&str>> = IndexMap::new();
        for ranking in self.rankings.iter().filter(|ranking| !ranking.left_out.is_empty()) {
            partial.entry(&ranking.left_out).or_default().push(ranking.method.word());
        }
        partial
            .into_iter()
            .map(|(left_out, methods)| {
                let count = left_out.len();
                let dots = if count > MOST_LISTED { "…" } else { "" };
                let units = left_out.iter().take(MOST_LISTED).map(|unit| lacks(*unit));
                partial_note(&methods.join(", "), count, &(units.collect::<Vec<_>>().join("; ") + dots))
            })
            .collect()
    }
}

fn partial_note(methods: &str, count: usize, list: &str) -> Finding {
    Finding::new(
        Code::CrossCheckPartial,
        bilingual!(
            "交叉检验 {methods} 需要全部数值，未比较 {count} 个单位：{list}",
            "the cross-check by {methods} needs all values; left out ({count}): {list}"
        ),
        bilingual!(
            "补上数据，或写 `over = \"dimensions\"`，或填补缺失值",
            "add the data, write `over = \"dimensions\"`, or impute missing values"
        ),
    )
}

impl From<CrossFault> for Finding {
    fn from(fault: CrossFault) -> Self {
        let (message, help) = match fault {
            CrossFault::Weightless(over) => (
                bilingual!(
                    "总指数经由公式得出，公式以下没有权重，其他办法无从排名",
                    "the index is made by a formula, below which there are no weights for other methods to rank by"
                ),
                match over {
                    CrossOver::Indicators => bilingual!(
                        "写 `over = \"dimensions\"`，或删去 `[cross_check]`",
                        "write `over = \"dimensions\"`, or take `[cross_check]` out"
                    ),
                    CrossOver::Dimensions => {
                        bilingual!("删去 `[cross_check]`", "take `[cross_check]` out")
                    }
                },
            ),
            CrossFault::Nobody(method) => {
                let method = method.word();
                (
                    bilingual!(
                        "交叉检验 {method} 需要全部数值，没有一个有得分的单位数值齐全",
                        "the cross-check {method} needs all values, and no unit with a score has them"
                    ),
                    bilingual!(
                        "写 `over = \"dimensions\"`，或填补缺失值，或删去该办法",
                        "write `over = \"dimensions\"`, impute missing values, or take the method out"
                    ),
                )
            }
        };
        Finding::new(Code::CrossCheckFails, message, help)
    }
}
