//! Aggregations, weighting schemes and missing policies in words.

use serde_json::json;

use super::Scope;
use crate::plan::{
    Aggregation, Bounds, Divisor, MissingPlan, MissingPolicy, Penalty, Plan, Rule, WeightOverride, Weighting,
    ahp_weights, budget_shares,
};
use crate::report::view::MethodStep;
use crate::report::{TemplateError, Words};

type Said = Result<String, TemplateError>;

/// Most children whose shares by experts are listed.
const MOST_CHILDREN: usize = 10;

/// How a node gets its score.
pub(super) fn rule(words: &Words, rule: &Rule) -> Said {
    match rule {
        Rule::Formula(_) => words.word("word_formula"),
        Rule::Aggregate { method, .. } => aggregation(words, method),
    }
}

fn aggregation(words: &Words, method: &Aggregation) -> Said {
    let key = match method {
        Aggregation::Arithmetic => "word_arithmetic",
        Aggregation::Geometric => "word_geometric",
        Aggregation::Harmonic => "word_harmonic",
        Aggregation::GeneralisedMean { power } => {
            return words.say("rule_generalised_mean", json!({ "power": power }));
        }
        Aggregation::WeightedMedian => "rule_weighted_median",
        Aggregation::WeightedSum { .. } => "rule_weighted_sum",
        Aggregation::Minimum => "rule_minimum",
        Aggregation::Owa { weights } => {
            let list = weights.iter().map(f64::to_string).collect::<Vec<_>>().join(", ");
            return words.say("rule_owa", json!({ "list": list }));
        }
        Aggregation::MazziottaPareto { penalty, divisor } => {
            let context = json!({
                "down": *penalty == Penalty::Down,
                "sample": *divisor == Divisor::Sample,
            });
            return words.say("rule_mazziotta_pareto", context);
        }
        Aggregation::Copeland => "rule_copeland",
        Aggregation::BenefitOfTheDoubt { shares, weights, .. } => {
            let text = |bounds: &Option<Bounds>| {
                bounds.map_or(String::new(), |bounds| format!("{}–{}", bounds.min, bounds.max))
            };
            let context = json!({ "shares": text(shares), "weights": text(weights) });
            return words.say("rule_benefit_of_the_doubt", context);
        }
        Aggregation::Topsis => "rule_topsis",
        Aggregation::Vikor { majority } => {
            return words.say("rule_vikor", json!({ "majority": majority }));
        }
        Aggregation::RankSumRatio => "rule_rank_sum_ratio",
    };
    words.word(key)
}

/// What is done about missing children.
pub(super) fn missing(scope: &Scope<'_>, missing: &MissingPlan) -> Said {
    let availability = match missing.availability > 0.0 {
        true => scope.numbers.percent(missing.availability),
        false => String::new(),
    };
    match missing.policy {
        MissingPolicy::RequireAll => scope.words.word("word_require_all"),
        MissingPolicy::Rescale => scope.words.say("word_rescale", json!({ "availability": availability })),
        MissingPolicy::GroupScore => {
            let groups = &scope.material.framework.groups;
            let group = groups.iter().find(|group| Some(&group.id) == missing.group.as_ref());
            let name = group.map_or("", |group| scope.text(&group.name));
            scope.words.say("rule_group_score", json!({ "availability": availability, "group": name }))
        }
    }
}

/// The step of the method that says where weights come from, when they are not
/// simply stated.
pub(super) fn weighting_step(scope: &Scope<'_>, plan: &Plan) -> Result<Option<MethodStep>, TemplateError> {
    let mut schemes = Vec::new();
    for node in &plan.nodes {
        if let Rule::Aggregate { weighting, overrides, .. } = &node.rule {
            if !weighting.is_given() {
                schemes.push(json!({ "name": scope.name_of(&node.id), "text": scheme(scope, weighting)? }));
            }
            for one in overrides {
                let text =
                    scope.words.say("weighting_override", json!({ "member": member_name(scope, one) }))?;
                schemes.push(json!({ "name": scope.name_of(&node.id), "text": text }));
            }
        }
    }
    let framework = scope.material.framework;
    let used = framework.weight_sets.iter().find(|set| Some(&set.id) == framework.use_weights.as_ref());
    let set = used.map_or("", |set| scope.text(&set.name));
    let lent = scope.material.evaluation.nodes.lent.values().map(Vec::len).sum::<usize>();
    if schemes.is_empty() && set.is_empty() && lent == 0 {
        return Ok(None);
    }
    let context =
        json!({ "schemes": schemes, "set": set, "lent": scope.numbers.count(lent), "any_lent": lent > 0 });
    Ok(Some(MethodStep {
        title: scope.words.say("weighting_step_title", &context)?,
        text: scope.words.say("weighting_step_text", &context)?,
    }))
}

fn member_name(scope: &Scope<'_>, one: &WeightOverride) -> String {
    let group = scope.material.framework.groups.iter().find(|group| group.id == one.group);
    let member = group.and_then(|group| group.members.iter().find(|member| member.id == one.member));
    member.map_or_else(|| one.member.to_string(), |member| scope.text(&member.name).to_owned())
}

fn scheme(scope: &Scope<'_>, weighting: &Weighting) -> Said {
    let key = match weighting {
        Weighting::Given => "weighting_given",
        Weighting::Equal => "weighting_equal",
        Weighting::PrincipalComponent => "weighting_principal_component",
        Weighting::FactorAnalysis => "weighting_factor_analysis",
        Weighting::Entropy => "weighting_entropy",
        Weighting::Critic => "weighting_critic",
        Weighting::StandardDeviation => "weighting_standard_deviation",
        Weighting::Optimised { .. } => "weighting_optimised",
        Weighting::Ahp { comparisons, .. } => {
            let ratio = ahp_weights(comparisons).map_or(0.0, |found| found.ratio);
            return scope.words.say("weighting_ahp", json!({ "ratio": format!("{ratio:.3}") }));
        }
        Weighting::Budget { of, experts, .. } => {
            let shares = budget_shares(experts).unwrap_or_default();
            let percent = |share: f64| scope.numbers.percent_number(share);
            let children = of.iter().zip(&shares).map(|(child, share)| {
                json!({
                    "name": scope.name_of(child),
                    "mean": percent(share.mean),
                    "min": percent(share.min),
                    "max": percent(share.max),
                })
            });
            let children: Vec<_> = children.collect();
            let widest = shares.iter().map(|share| share.max - share.min).fold(0.0, f64::max);
            let context = json!({
                "experts": experts.len(),
                "widest": percent(widest),
                "children": children,
                "listed": experts.len() > 1 && children.len() <= MOST_CHILDREN,
            });
            return scope.words.say("weighting_budget", context);
        }
    };
    scope.words.word(key)
}
