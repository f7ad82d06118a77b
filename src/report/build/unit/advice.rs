use serde_json::json;

use super::One;
use super::facts::Facts;
use crate::report::TemplateError;
use crate::report::view::{Advice, Paragraph};

/// Themes of advice, and indicators named in each.
const THEMES: usize = 3;
const NAMED: usize = 2;

/// What a theme costs: its position among the framework's themes, or that of a
/// dimension where indicators have none; the points; its indicators, the
/// costliest first.
struct Cost {
    theme: Option<usize>,
    dimension: usize,
    points: f64,
    indicators: Vec<usize>,
}

/// What to do first: the themes that cost most, each with what the framework
/// advises and its costliest indicators. Without themes, by dimension.
pub(super) fn advice(one: &One<'_>, facts: &Facts) -> Result<Option<Advice>, TemplateError> {
    let costs = costs(one);
    if costs.is_empty() {
        return Ok(None);
    }
    let items =
        costs.iter().take(THEMES).map(|cost| item(one, facts, cost)).collect::<Result<Vec<_>, _>>()?;
    let themed = costs.iter().any(|cost| cost.theme.is_some());
    let first = items.first().map(|item| item.title.clone());
    let context = json!({ "count": items.len(), "first": first, "themed": themed });
    Ok(Some(Advice {
        title: one.say("unit_advice_title", &context)?,
        note: one.say("unit_advice_note", &context)?,
        items,
    }))
}

fn costs(one: &One<'_>) -> Vec<Cost> {
    let framework = one.scope.material.framework;
    let mut costs: Vec<Cost> = Vec::new();
    for gap in &one.own.gaps {
        let Some(counted) = one.insight.indicators.get(gap.indicator) else { continue };
        let id = framework.indicator(&counted.id).and_then(|spec| spec.theme.as_ref());
        let theme = id.and_then(|id| framework.themes.iter().position(|theme| theme.id == *id));
        let same = |cost: &&mut Cost| match theme {
            Some(_) => cost.theme == theme,
            None => cost.theme.is_none() && cost.dimension == counted.dimension,
        };
        match costs.iter_mut().find(same) {
            Some(cost) => {
                cost.points += gap.points;
                cost.indicators.push(gap.indicator);
            }
            None => costs.push(Cost {
                theme,
                dimension: counted.dimension,
                points: gap.points,
                indicators: vec![gap.indicator],
            }),
        }
    }
    costs.sort_by(|a, b| b.points.total_cmp(&a.points));
    costs
}

fn item(one: &One<'_>, facts: &Facts, cost: &Cost) -> Result<Paragraph, TemplateError> {
    let theme = cost.theme.and_then(|at| one.scope.material.framework.themes.get(at));
    let reference = one.insight.reference.as_ref().filter(|_| one.scope.material.disclosure.targets);
    let named: Vec<serde_json::Value> = cost
        .indicators
        .iter()
        .take(NAMED)
        .map(|at| {
            let target = reference.and_then(|reference| reference.values.get(*at).copied().flatten());
            json!({
                "name": one.indicator_name(*at),
                "own": one.own_value(*at),
                "target": target.map(|target| one.measured(*at, target)),
            })
        })
        .collect();
    Ok(Paragraph {
        title: theme.map_or_else(
            || one.dimension_name(cost.dimension),
            |theme| one.scope.text(&theme.name).to_owned(),
        ),
        text: one.say(
            "unit_advice_text",
            json!({
                "indicators": named, "points": one.scope.numbers.fixed(cost.points, 2),
                "reference": facts.reference, "more": cost.indicators.len().saturating_sub(NAMED),
                "advice": theme.map(|theme| one.scope.text(&theme.advice)),
            }),
        )?,
        tone: "plain",
    })
}
