//! The rating in words: where bands lie, what gates ask.

use serde_json::json;

use super::Scope;
use crate::plan::{Band, Gate, RatingPlan, RatingRule};
use crate::report::TemplateError;
use crate::report::view::MethodStep;

type Said = Result<String, TemplateError>;

/// Where the band at a position lies: its scores, deviations, quantiles or
/// places.
pub(super) fn range(scope: &Scope<'_>, rating: &RatingPlan, position: usize) -> Said {
    let Some(band) = rating.bands.get(position) else { return Ok(String::new()) };
    match rating.rule {
        RatingRule::Thresholds => between(scope, band, |bound| Ok(scope.numbers.bound(bound))),
        RatingRule::ZBands => between(scope, band, |bound| deviations(scope, bound)),
        RatingRule::Quantile => between(scope, band, |bound| {
            scope.words.say("rating_percentile", json!({ "at": scope.numbers.plain(percent(bound)) }))
        }),
        RatingRule::TopN => places(scope, rating, position),
        RatingRule::Share { .. } => share(scope, rating, position),
        RatingRule::NaturalBreaks => {
            let from = scope.material.overview.bands.get(position).and_then(|band| band.from);
            match from {
                Some(from) => scope.words.say("range_from", json!({ "low": scope.numbers.score(from) })),
                None => scope.words.word("rating_breaks"),
            }
        }
    }
}

fn between(scope: &Scope<'_>, band: &Band, text: impl Fn(f64) -> Said) -> Said {
    let bound = |key: &str, name: &str, bound: Option<f64>| {
        bound.map(|bound| scope.words.say(key, json!({ name: text(bound)? }))).transpose()
    };
    let low = bound("range_from", "low", band.at_least)?.or(bound("range_above", "low", band.above)?);
    let high = bound("range_below", "high", band.below)?.or(bound("range_to", "high", band.at_most)?);
    match (low, high) {
        (Some(low), Some(high)) => {
            scope.words.say("range_between", json!({ "low_text": low, "high_text": high }))
        }
        (Some(one), None) | (None, Some(one)) => Ok(one),
        (None, None) => Ok(String::new()),
    }
}

/// A share in per cent, without the noise of binary fractions.
fn percent(share: f64) -> f64 {
    (share * 1e8).round() / 1e6
}

fn deviations(scope: &Scope<'_>, bound: f64) -> Said {
    let size = scope.numbers.plain(bound.abs());
    scope.words.say(
        "rating_deviations",
        json!({ "size": size, "zero": bound == 0.0, "above": bound > 0.0, "one": bound.abs() == 1.0 }),
    )
}

fn places(scope: &Scope<'_>, rating: &RatingPlan, position: usize) -> Said {
    let top = |at: usize| rating.bands.get(at).and_then(|band| band.top);
    let first = position.checked_sub(1).and_then(top).unwrap_or(0) + 1;
    match top(position) {
        Some(last) => scope.words.say("rating_places", json!({ "first": first, "last": last })),
        None => scope.words.word("rating_rest"),
    }
}

fn share(scope: &Scope<'_>, rating: &RatingPlan, position: usize) -> Said {
    let share = rating.bands.get(position).and_then(|band| band.top_share);
    match share {
        Some(share) => scope.words.say(
            "rating_share",
            json!({ "share": scope.numbers.plain(percent(share)), "first": position == 0 }),
        ),
        None => scope.words.word("rating_rest"),
    }
}

/// The step of the method that says how units are rated, when there is more to
/// say than the bounds of bands.
pub(super) fn step(scope: &Scope<'_>, rating: &RatingPlan) -> Result<Option<MethodStep>, TemplateError> {
    if rating.rule.is_thresholds() && rating.within.is_none() && rating.gates.is_empty() {
        return Ok(None);
    }
    let rule = scope.words.word(match rating.rule {
        RatingRule::Thresholds => "rating_rule_thresholds",
        RatingRule::ZBands => "rating_rule_z_bands",
        RatingRule::Quantile => "rating_rule_quantile",
        RatingRule::TopN => "rating_rule_top_n",
        RatingRule::Share { .. } => "rating_rule_share",
        RatingRule::NaturalBreaks => "rating_rule_natural_breaks",
    })?;
    let groups = &scope.material.framework.groups;
    let within = rating.within.as_ref().and_then(|id| groups.iter().find(|group| group.id == *id));
    let context = json!({
        "rule": rule,
        "within": within.map_or("", |group| scope.text(&group.name)),
        "gates": rating.gates.iter().map(|gate| gate_fact(scope, rating, gate)).collect::<Vec<_>>(),
        "held_back": scope.material.overview.held_back.len(),
        "units": scope.units_noun(),
    });
    Ok(Some(MethodStep {
        title: scope.words.say("rating_step_title", &context)?,
        text: scope.words.say("rating_step_text", &context)?,
    }))
}

fn gate_fact(scope: &Scope<'_>, rating: &RatingPlan, gate: &Gate) -> serde_json::Value {
    let asking = rating.bands.iter().filter(|band| gate.bands.contains(&band.id));
    let bands: Vec<&str> = asking.map(|band| scope.text(&band.name)).collect();
    json!({ "name": scope.text(&gate.name), "bands": bands })
}
