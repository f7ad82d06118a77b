use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::json;

use super::facts::Facts;
use super::{Scope, normalisation_words, plan_words, rating_words, rule_words, stage_words};
use crate::model::{Absence, Cell, Id, Role};
use crate::plan::{IndicatorSpec, NodePlan, Plan, Rule};
use crate::report::TemplateError;
use crate::report::view::{FormulaView, IndicatorView, Method, MethodStep, TreeNode};

pub(super) fn method(scope: &Scope<'_>, facts: &Facts) -> Result<Method, TemplateError> {
    let plan = &scope.material.evaluation.plan;
    let weights = plan.effective_weights();
    let leaves =
        scope.material.framework.indicators.iter().filter(|one| weights.contains_key(&one.id)).count();
    let description = scope.text(&scope.material.framework.description);
    Ok(Method {
        title: scope.words.say("method_title", json!({ "leaf_count": leaves }))?,
        lead: scope.words.say("method_lead", json!({ "description": description }))?,
        tree: tree(scope, plan, &weights)?,
        steps: steps(scope, facts, plan)?,
        formulas: formulas(scope, plan, &weights)?,
        indicators: indicators(scope, &weights)?,
    })
}

fn tree(scope: &Scope<'_>, plan: &Plan, weights: &HashMap<Id, f64>) -> Result<Vec<TreeNode>, TemplateError> {
    let mut tree = Vec::new();
    let mut open = vec![(plan.index.clone(), 0)];
    while let Some((id, depth)) = open.pop() {
        let node = plan.node(&id);
        let kind = match (depth, node) {
            (0, _) => "index",
            (_, Some(_)) => "node",
            (_, None) => "indicator",
        };
        // A mean of one child is that child: naming a mean would say nothing.
        let rule = node.filter(|node| node.inputs().len() > 1);
        tree.push(TreeNode {
            depth,
            name: scope.name_of(&id),
            weight_text: weights.get(&id).map(|weight| scope.numbers.percent(*weight)),
            rule_text: rule.map(|node| rule_words::rule(scope.words, &node.rule)).transpose()?,
            kind,
        });
        open.extend(
            node.iter().flat_map(|node| node.inputs().iter().rev()).map(|id| (id.clone(), depth + 1)),
        );
    }
    for node in scope.material.framework.nodes.iter().filter(|node| node.companion) {
        let rule = plan.node(&node.id).map(|node| rule_words::rule(scope.words, &node.rule)).transpose()?;
        tree.push(TreeNode {
            depth: 0,
            name: scope.text(&node.name).to_owned(),
            weight_text: None,
            rule_text: rule,
            kind: "companion",
        });
    }
    Ok(tree)
}

fn steps(scope: &Scope<'_>, facts: &Facts, plan: &Plan) -> Result<Vec<MethodStep>, TemplateError> {
    let words = scope.words;
    let framework = scope.material.framework;
    let index = plan.node(&plan.index);
    let index_rule = match index {
        Some(index) => rule_words::rule(words, &index.rule)?,
        None => String::new(),
    };
    let mut context = vec![("data", data_context(scope, facts))];
    context.extend(stage_words::steps(scope, plan)?);
    context.extend([
        ("normalise", json!({ "normalisations": normalisations(scope, plan)? })),
        (
            "missing",
            json!({
                "missing": rule_words::missing(scope, &framework.missing)?,
                "exceptions": missing_exceptions(scope)?,
            }),
        ),
        (
            "aggregate",
            json!({
                "index_rule": index_rule,
                "by_formula": index.is_some_and(|index| matches!(index.rule, Rule::Formula(_))),
                "single": index.is_some_and(|index| index.inputs().len() == 1),
            }),
        ),
        (
            "round",
            json!({ "decimals": plan.score.decimals, "rounding": plan_words::rounding(words, plan.score.rounding)? }),
        ),
        (
            "rank",
            json!({
                "league_table": facts.league_table,
                "rank_basis": facts.rank_basis,
                "rank_method": plan_words::rank_method(words, plan.rank.method)?,
                "rating_basis": match &plan.rating {
                    Some(rating) => plan_words::basis(words, rating.on)?,
                    None => String::new(),
                },
                "bands": facts.bands,
            }),
        ),
    ]);
    let mut steps = Vec::new();
    for (step, context) in context {
        steps.push(MethodStep {
            title: words.say(&format!("step_{step}_title"), &context)?,
            text: words.say(&format!("step_{step}_text"), &context)?,
        });
    }
    steps.extend(rule_words::weighting_step(scope, plan)?);
    if let Some(rating) = &plan.rating {
        steps.extend(rating_words::step(scope, rating)?);
    }
    Ok(steps)
}

/// The nodes that say otherwise than the framework about missing values.
fn missing_exceptions(scope: &Scope<'_>) -> Result<Vec<serde_json::Value>, TemplateError> {
    let framework = scope.material.framework;
    let own = framework.nodes.iter().filter_map(|node| Some((node, node.missing.as_ref()?)));
    own.filter(|(_, missing)| **missing != framework.missing)
        .map(|(node, missing)| {
            let text = rule_words::missing(scope, missing)?;
            Ok(json!({ "name": scope.text(&node.name), "text": text }))
        })
        .collect()
}

fn data_context(scope: &Scope<'_>, facts: &Facts) -> serde_json::Value {
    let input = scope.material.input;
    let indicators = input.indicators().len();
    let present: usize = (0..indicators).map(|indicator| present(scope, indicator)).sum();
    let inapplicable: usize = (0..indicators).map(|indicator| inapplicable(scope, indicator)).sum();
    let expected = indicators * facts.total - inapplicable;
    json!({
        "units": facts.units,
        "imputes": stage_words::imputes(&scope.material.evaluation.plan),
        "total": scope.numbers.count(facts.total),
        "periods": input.panel().periods().len(),
        "indicator_count": indicators,
        "edition": facts.edition,
        "expected": scope.numbers.count(expected),
        "present": scope.numbers.count(present),
        "present_share": scope.numbers.percent(present as f64 / expected.max(1) as f64),
    })
}

/// How many ranked units have a value of an indicator in the edition.
fn present(scope: &Scope<'_>, indicator: usize) -> usize {
    cells(scope, indicator).filter(|cell| cell.value().is_some()).count()
}

/// For how many ranked units there is nothing to know, so that no value is
/// expected.
fn inapplicable(scope: &Scope<'_>, indicator: usize) -> usize {
    cells(scope, indicator).filter(|cell| *cell == Cell::Absent(Absence::NotApplicable)).count()
}

fn cells(scope: &Scope<'_>, indicator: usize) -> impl Iterator<Item = Cell> {
    let input = scope.material.input;
    let ranked = input.panel().units().iter().enumerate().filter(|(_, unit)| unit.role == Role::Ranked);
    ranked.map(move |(unit, _)| input.observation(indicator, scope.row(unit)).cell)
}

/// The methods in use, each with the number of indicators.
fn normalisations(scope: &Scope<'_>, plan: &Plan) -> Result<Vec<serde_json::Value>, TemplateError> {
    let mut uses: IndexMap<String, usize> = IndexMap::new();
    for indicator in &plan.indicators {
        *uses.entry(normalisation_words::normalisation(scope.words, &indicator.normalise)?).or_default() += 1;
    }
    Ok(uses.into_iter().map(|(text, count)| json!({ "text": text, "count": count })).collect())
}

/// The rules of nodes whose weights the tree does not show: formulas, and means
/// that only formulas use.
fn formulas(
    scope: &Scope<'_>,
    plan: &Plan,
    weights: &HashMap<Id, f64>,
) -> Result<Vec<FormulaView>, TemplateError> {
    let hidden = |node: &&NodePlan| !weights.contains_key(&node.id) || matches!(node.rule, Rule::Formula(_));
    let ordered = scope.material.framework.nodes.iter().filter_map(|spec| plan.node(&spec.id)).filter(hidden);
    ordered
        .map(|node| {
            let text = match &node.rule {
                Rule::Formula(formula) => readable(scope, formula.text()),
                Rule::Aggregate { children, .. } => {
                    let names: Vec<String> = children.iter().map(|id| scope.name_of(id)).collect();
                    let list =
                        names.join(if scope.lang == crate::diagnostics::Lang::Zh { "、" } else { "; " });
                    scope.words.say(
                        "mean_of",
                        json!({ "rule": rule_words::rule(scope.words, &node.rule)?, "list": list }),
                    )?
                }
            };
            Ok(FormulaView { name: scope.name_of(&node.id), text })
        })
        .collect()
}

/// A formula with names in place of ids and the signs of print.
fn readable(scope: &Scope<'_>, formula: &str) -> String {
    let mut text = String::new();
    let mut rest = formula;
    while let Some(letter) = rest.chars().next() {
        let word_length = |word: &str| {
            word.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(word.len())
        };
        let length = if letter.is_alphanumeric() { word_length(rest) } else { letter.len_utf8() };
        let (token, after) = rest.split_at(length);
        let id = Id::new(token);
        match token {
            "*" => text.push('×'),
            "-" => text.push('\u{2212}'),
            _ if scope.material.framework.name_of(&id).is_some() => {
                text.push('[');
                text.push_str(&scope.name_of(&id));
                text.push(']');
            }
            _ => text.push_str(token),
        }
        rest = after;
    }
    text
}

fn indicators(scope: &Scope<'_>, weights: &HashMap<Id, f64>) -> Result<Vec<IndicatorView>, TemplateError> {
    let total = scope.material.overview.assessed.len() + scope.material.overview.unassessed.len();
    let specs = scope.material.framework.indicators.iter().enumerate();
    specs
        .map(|(at, spec)| {
            Ok(IndicatorView {
                name: scope.text(&spec.name).to_owned(),
                measure: scope.text(&spec.measure).to_owned(),
                definition: definition(scope, spec)?,
                normalisation: normalisation_words::normalisation_in_full(scope, &spec.normalise)?,
                direction_text: plan_words::direction(scope.words, spec.direction)?,
                weight_text: weights.get(&spec.id).map(|weight| scope.numbers.percent(*weight)),
                source: spec.source.as_ref().map(|source| scope.text(source).to_owned()),
                coverage_text: format!("{} / {total}", present(scope, at)),
            })
        })
        .collect()
}

/// What is measured, and over what.
fn definition(scope: &Scope<'_>, spec: &IndicatorSpec) -> Result<Option<String>, TemplateError> {
    let text = |words: &Option<crate::diagnostics::Bilingual>| {
        words.as_ref().map(|words| words.get(scope.lang).to_owned())
    };
    let rate = match (text(&spec.numerator), text(&spec.denominator)) {
        (Some(numerator), Some(denominator)) => {
            Some(scope.words.say("rate", json!({ "numerator": numerator, "denominator": denominator }))?)
        }
        _ => None,
    };
    let parts: Vec<String> = [text(&spec.definition), rate].into_iter().flatten().collect();
    let joint = if scope.lang == crate::diagnostics::Lang::Zh { "；" } else { "; " };
    Ok((!parts.is_empty()).then(|| parts.join(joint)))
}
