use serde_json::json;

use super::One;
use super::facts::Facts;
use super::shared::round;
use crate::insight::Gap;
use crate::report::TemplateError;
use crate::report::view::{GapPanel, Gaps};

/// Gaps shown.
const SHOWN: usize = 3;
/// What a panel has room for below its numbers, in ems: three lines.
const PANEL_ROOM: f64 = 54.0;

pub(super) fn gaps(one: &One<'_>, facts: &Facts) -> Result<Option<Gaps>, TemplateError> {
    if !one.is_scored() {
        return Ok(None);
    }
    let shown: Vec<&Gap> = one.own.gaps.iter().take(SHOWN).collect();
    let full = full_bar(shown.first().map_or(0.0, |gap| gap.points));
    let sum = one.own.three_gaps.unwrap_or_default();
    let to_reference = one.own.route().filter(|route| {
        Some(route.band) == one.insight.reference.as_ref().and_then(|reference| reference.band)
    });
    let share = to_reference.map(|route| route.distance).filter(|distance| *distance > 0.0);
    let share = share.map(|distance| sum / distance);
    let names: Vec<String> = shown.iter().map(|gap| one.indicator_name(gap.indicator)).collect();
    let context = json!({
        "count": shown.len(), "all": one.own.gaps.len(), "sum": one.scope.numbers.fixed(sum, 2),
        "share": share.filter(|share| *share < 1.0).map(|share| one.scope.numbers.percent_floor(share)),
        "beyond": share.is_some_and(|share| share >= 1.0), "next": facts.next, "names": names,
        "reference": facts.reference, "full": one.scope.numbers.plain(full), "unit": facts.unit,
        "total": facts.indicator_count,
    });
    let panels = shown.iter().map(|gap| panel(one, facts, gap, full)).collect::<Result<_, _>>()?;
    Ok(Some(Gaps {
        title: one.say("unit_gaps_title", &context)?,
        note: one.say("unit_gaps_note", &context)?,
        caption: one.say("unit_gaps_caption", &context)?,
        alt: one.say("unit_gaps_alt", &context)?,
        panels,
    }))
}

/// The points of a full bar: the next of 0.5, 1, 2, 5, 10 and so on.
fn full_bar(most: f64) -> f64 {
    let mut scale = 0.1;
    for _ in 0..12 {
        for step in [1.0, 2.0, 5.0] {
            let full: f64 = step * scale;
            if most <= full {
                return (full * 1e6).round() / 1e6;
            }
        }
        scale *= 10.0;
    }
    most
}

fn panel(one: &One<'_>, facts: &Facts, gap: &Gap, full: f64) -> Result<GapPanel, TemplateError> {
    let counted = one.insight.indicators.get(gap.indicator);
    let spec = counted.and_then(|counted| one.scope.material.framework.indicator(&counted.id));
    let standing = one.own.indicators.get(gap.indicator).copied().unwrap_or_default();
    let reference = one.insight.reference.as_ref();
    let at = |values: Option<&Vec<Option<f64>>>| values?.get(gap.indicator).copied().flatten();
    let target = at(reference.map(|reference| &reference.values));
    let score = |score: Option<f64>| score.map(|score| one.scope.numbers.score(score));
    let in_words =
        |words: Option<&crate::diagnostics::Bilingual>| words.map(|words| one.scope.text(words).to_owned());
    let mut context = json!({
        "weight": counted.and_then(|one| one.weight).map(|weight| super::indicators::weight(one, weight)),
        "own": score(standing.score),
        "reference_score": score(at(reference.map(|reference| &reference.scores))),
        "reference": facts.reference,
        "percent": standing.position.map(|position|
            one.scope.numbers.percent_floor(position.ahead_of().unwrap_or_default())),
        "dimension": counted.map(|counted| one.dimension_name(counted.dimension)),
        "numerator": in_words(spec.and_then(|spec| spec.numerator.as_ref())),
        "denominator": in_words(spec.and_then(|spec| spec.denominator.as_ref())),
        "definition": in_words(spec.and_then(|spec| spec.definition.as_ref())),
        "units": facts.units,
    });
    let mut text = one.say("unit_gap_text", &context)?;
    if super::marks::ems(&text) > PANEL_ROOM {
        // The definition stands in the report on the whole edition too.
        for part in ["numerator", "denominator", "definition"] {
            if let Some(value) = context.get_mut(part) {
                *value = serde_json::Value::Null;
            }
        }
        text = one.say("unit_gap_text", &context)?;
    }
    Ok(GapPanel {
        name: one.indicator_name(gap.indicator),
        points: one.scope.numbers.fixed(-gap.points, 2),
        share: round(gap.points / full),
        own: one.own_value(gap.indicator),
        reference_label: one.say("unit_gap_reference", json!({ "reference": facts.reference }))?,
        reference: target.map_or("—".to_owned(), |target| one.measured(gap.indicator, target)),
        text,
    })
}
