use serde_json::json;

use super::One;
use super::facts::Facts;
use super::shared::round;
use crate::insight::{Path, Route, Step};
use crate::plan::Effort;
use crate::report::TemplateError;
use crate::report::view::{Mark, PathPlot, PathRow};

/// Width of the bars' field.
const WIDTH: f64 = 34.0;

pub(super) fn plot(one: &One<'_>, facts: &Facts) -> Result<Option<PathPlot>, TemplateError> {
    if !one.scope.material.disclosure.targets {
        return Ok(None);
    }
    match &one.own.path {
        Path::None => Ok(None),
        Path::AtTop => at_top(one, facts).map(Some),
        Path::Route(route) => steps(one, facts, route).map(Some),
    }
}

fn none() -> Mark {
    Mark { at: 0.0, text: String::new() }
}

/// The unit is in the best band: how far above its lower bound.
fn at_top(one: &One<'_>, facts: &Facts) -> Result<PathPlot, TemplateError> {
    let bound = one.scope.material.framework.rating.as_ref().and_then(|rating| rating.bands.first()?.lower());
    let score = one.scope.outcome(one.unit).score.map(|score| score.rounded);
    let margin = bound.zip(score).map(|(bound, score)| one.scope.numbers.score(score - bound));
    let gaps: Vec<String> =
        one.own.gaps.iter().take(3).map(|gap| one.indicator_name(gap.indicator)).collect();
    let context = json!({
        "band": facts.band, "margin": margin, "bound": bound.map(|bound| one.scope.numbers.bound(bound)),
        "gaps": gaps, "reference": facts.reference, "unit": facts.unit,
    });
    Ok(PathPlot {
        title: one.say("unit_path_top_title", &context)?,
        note: one.say("unit_path_top_note", &context)?,
        caption: String::new(),
        alt: String::new(),
        start: none(),
        bound: none(),
        has_effort: false,
        rows: Vec::new(),
        words: Some(one.say("unit_path_top_words", &context)?),
    })
}

fn steps(one: &One<'_>, facts: &Facts, route: &Route) -> Result<PathPlot, TemplateError> {
    let raw = one.scope.outcome(one.unit).score.map_or(0.0, |score| score.raw);
    let end = route.steps.last().map_or(raw, |step| step.to);
    let far = end.max(route.bound);
    let at = |score: f64| round((score - raw) / (far - raw).max(1e-9) * WIDTH);
    let has_effort = route.steps.iter().any(|step| step.effort.is_some());
    let reference = one.shared.bands.get(route.reference).map(|band| band.name.clone());
    let context = json!({
        "next": facts.next, "count": route.steps.len(), "reached": route.reached, "effort": has_effort,
        "sum": one.scope.numbers.fixed(end - raw, 2), "rest": one.scope.numbers.fixed(route.bound - end, 2),
        "end": one.scope.numbers.score(end), "unit": facts.unit, "units": facts.units,
        "reference": one.say("unit_reference", json!({ "band": reference, "units": facts.units }))?,
    });
    let rows = route.steps.iter().map(|step| row(one, step, &at)).collect::<Result<Vec<_>, _>>()?;
    let words = if rows.is_empty() { Some(one.say("unit_path_no_steps", &context)?) } else { None };
    Ok(PathPlot {
        title: one.say("unit_path_title", &context)?,
        note: one.say("unit_path_note", &context)?,
        caption: one.say("unit_path_caption", &context)?,
        alt: one.say("unit_path_alt", &context)?,
        start: Mark { at: 0.0, text: one.scope.numbers.score(raw) },
        bound: Mark { at: at(route.bound), text: one.say("unit_path_bound", json!({ "next": facts.next }))? },
        has_effort,
        rows,
        words,
    })
}

fn row(one: &One<'_>, step: &Step, at: &dyn Fn(f64) -> f64) -> Result<PathRow, TemplateError> {
    let value = one.value(one.unit, step.indicator);
    let number = |value: f64| one.shared.value_text(&one.scope, step.indicator, value);
    let values = match value.zip(step.target) {
        Some((value, target)) => format!("{} → {}", number(value), one.measured(step.indicator, target)),
        None => String::new(),
    };
    let effort = step.effort.map(|effort| match effort {
        Effort::Low => "low",
        Effort::Medium => "medium",
        Effort::High => "high",
    });
    Ok(PathRow {
        name: one.indicator_name(step.indicator),
        values,
        from: at(step.from),
        to: at(step.to),
        text: one.scope.numbers.signed(step.to - step.from, 2),
        effort,
        effort_text: effort
            .map(|effort| one.scope.words.word(&format!("unit_effort_{effort}")))
            .transpose()?,
    })
}
