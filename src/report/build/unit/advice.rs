use serde_json::json;

use super::One;
use super::facts::Facts;
use crate::report::TemplateError;
use crate::report::view::{Advice, Paragraph};

/// Themes of advice, and indicators named in each.
const THEMES: usize = 3;
const NAMED: usize = 2;

/// What to do first, by dimension: those that cost most, each with its
/// costliest indicators and where they ought to be.
pub(super) fn advice(one: &One<'_>, facts: &Facts) -> Result<Option<Advice>, TemplateError> {
    let mut themes: Vec<(usize, f64, Vec<usize>)> = Vec::new();
    for gap in &one.own.gaps {
        let Some(counted) = one.insight.indicators.get(gap.indicator) else { continue };
        match themes.iter_mut().find(|theme| theme.0 == counted.dimension) {
            Some(theme) => {
                theme.1 += gap.points;
                theme.2.push(gap.indicator);
            }
            None => themes.push((counted.dimension, gap.points, vec![gap.indicator])),
        }
    }
    themes.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    if themes.is_empty() {
        return Ok(None);
    }
    let items =
        themes.iter().take(THEMES).map(|theme| item(one, facts, theme)).collect::<Result<Vec<_>, _>>()?;
    let context = json!({ "count": items.len(), "first": items.first().map(|item| item.title.clone()) });
    Ok(Some(Advice {
        title: one.say("unit_advice_title", &context)?,
        note: one.say("unit_advice_note", &context)?,
        items,
    }))
}

fn item(one: &One<'_>, facts: &Facts, theme: &(usize, f64, Vec<usize>)) -> Result<Paragraph, TemplateError> {
    let reference = one.insight.reference.as_ref();
    let named: Vec<serde_json::Value> = theme
        .2
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
        title: one.dimension_name(theme.0),
        text: one.say(
            "unit_advice_text",
            json!({
                "indicators": named, "points": one.scope.numbers.fixed(theme.1, 2),
                "reference": facts.reference, "more": theme.2.len().saturating_sub(NAMED),
            }),
        )?,
        tone: "plain",
    })
}
