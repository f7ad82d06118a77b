use serde_json::json;

use super::One;
use super::facts::Facts;
use super::shared::round;
use crate::report::TemplateError;
use crate::report::view::{Mark, TrendPlot, TrendPoint};

const WIDTH: f64 = 60.0;
const HEIGHT: f64 = 16.0;

/// The score over the periods against the national median, where there are at
/// least two with a score.
pub(super) fn plot(one: &One<'_>, facts: &Facts) -> Result<Option<TrendPlot>, TemplateError> {
    let panel = one.scope.material.input.panel();
    let outcomes = &one.scope.material.evaluation.outcomes;
    let edition = one.scope.material.input.edition();
    let own: Vec<(usize, f64, Option<usize>)> = (0..=edition)
        .filter_map(|period| {
            let outcome = outcomes.get(panel.rows_of(period).start + one.unit)?;
            Some((period, outcome.score?.raw, outcome.band))
        })
        .collect();
    let median = one.scope.material.overview.trend.first().filter(|line| line.unit.is_none());
    let nation = median.map_or(&[][..], |line| &line.points);
    let (Some(first), Some(last), true) = (own.first(), own.last(), own.len() > 1 && one.is_scored()) else {
        return Ok(None);
    };
    let all = own.iter().map(|one| one.1).chain(nation.iter().map(|one| one.1));
    let (low, high) =
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), score| (low.min(score), high.max(score)));
    let x = |period: usize| round(WIDTH * period as f64 / edition.max(1) as f64);
    let y = |score: f64| round(HEIGHT * (high - score) / (high - low).max(1e-9));
    let point = |period: usize, score: f64, band: Option<usize>| TrendPoint {
        x: x(period),
        y: y(score),
        text: one.scope.numbers.score(score),
        band,
    };
    let name = |period: usize| panel.periods().get(period).map_or(String::new(), ToString::to_string);
    let rounded = |score: f64| one.scope.numbers.rounded(score);
    let context = json!({
        "unit": facts.unit, "first": name(first.0), "last": name(last.0),
        "from": one.scope.numbers.score(first.1), "to": one.scope.numbers.score(last.1),
        "direction": if rounded(last.1) > rounded(first.1) { "up" }
            else if rounded(last.1) < rounded(first.1) { "down" } else { "same" },
    });
    Ok(Some(TrendPlot {
        title: one.say("unit_trend_title", &context)?,
        note: one.say("unit_trend_note", &context)?,
        caption: one.say("unit_trend_caption", &context)?,
        alt: one.say("unit_trend_alt", &context)?,
        width: WIDTH,
        height: HEIGHT,
        periods: (0..=edition).map(|period| Mark { at: x(period), text: name(period) }).collect(),
        own: own.iter().map(|(period, score, band)| point(*period, *score, *band)).collect(),
        nation: nation.iter().filter(|one| one.0 <= edition).map(|one| point(one.0, one.1, None)).collect(),
        own_name: facts.unit.clone(),
        nation_name: one.scope.words.word("unit_trend_nation")?,
    }))
}
