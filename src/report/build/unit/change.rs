use serde_json::json;

use super::One;
use super::facts::Facts;
use super::shared::round;
use crate::insight::{Others, UnitChange};
use crate::report::TemplateError;
use crate::report::view::{Bracket, Waterfall, WaterfallColumn};

/// Height of the plot.
const HEIGHT: f64 = 21.0;
/// Most columns of dimensions; the smaller ones share the last.
const MOST: usize = 6;
/// Height at which a point stands when changes are small: one more would make
/// noise look like news.
const TALLEST_POINT: f64 = 8.0;

pub(super) fn plot(one: &One<'_>, facts: &Facts) -> Result<Option<Waterfall>, TemplateError> {
    let Some(since) = one.insight.since.filter(|_| one.is_scored()) else { return Ok(None) };
    let since = one.scope.material.input.panel().periods().get(since).map(ToString::to_string);
    let (Some(change), Some(fact)) = (one.own.change.as_ref(), facts.change.as_ref()) else {
        return without(one, facts, since).map(Some);
    };
    let numbers = one.scope.numbers;
    let (own, set) = (change.own_total(), change.indicator_set);
    let context = json!({
        "change": fact, "edition": facts.edition, "unit": facts.unit,
        "own": numbers.signed_score(own), "own_sign": sign(numbers.rounded(own)),
        "set": numbers.signed_score(set), "set_sign": sign(numbers.rounded(set)),
        "own_larger": own.abs() >= set.abs(),
        "comparable": change.comparable.map(|one| numbers.signed_score(one)), "in_both": change.in_both,
        "added": change.added.len(), "removed": change.removed.len(),
        "others": one.insight.others == Others::InOwnPart,
    });
    let parts = parts(one, change)?;
    let (columns, brackets) = columns(one, change, fact, &parts, &context)?;
    Ok(Some(Waterfall {
        title: one.say("unit_change_title", &context)?,
        note: one.say("unit_change_note", &context)?,
        caption: one.say("unit_change_caption", &context)?,
        alt: one.say("unit_change_alt", &context)?,
        height: HEIGHT,
        columns,
        brackets,
        words: None,
    }))
}

/// A sign that is safe against rounding noise.
fn sign(value: f64) -> &'static str {
    if value > 0.0 {
        "up"
    } else if value < 0.0 {
        "down"
    } else {
        "none"
    }
}

/// The unit had no score in the period before.
fn without(one: &One<'_>, facts: &Facts, since: Option<String>) -> Result<Waterfall, TemplateError> {
    let context = json!({ "since": since, "unit": facts.unit });
    Ok(Waterfall {
        title: one.say("unit_change_none_title", &context)?,
        note: String::new(),
        caption: String::new(),
        alt: String::new(),
        height: HEIGHT,
        columns: Vec::new(),
        brackets: Vec::new(),
        words: Some(one.say("unit_change_none_words", &context)?),
    })
}

/// Name, points and part of each column between the levels.
type Part = (String, f64, &'static str);

/// The dimensions by size of their part, the smallest together; then the set.
fn parts(one: &One<'_>, change: &UnitChange) -> Result<Vec<Part>, TemplateError> {
    let mut own: Vec<(usize, f64)> = change.own.iter().map(|one| (one.dimension, one.points)).collect();
    own.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
    let shown = if own.len() > MOST { MOST - 1 } else { own.len() };
    let rest = own.split_off(shown.min(own.len()));
    // Gains first, then losses, each from the largest.
    own.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut parts: Vec<Part> =
        own.into_iter().map(|(at, points)| (one.dimension_name(at), points, "own")).collect();
    if !rest.is_empty() {
        let name = one.say("unit_change_rest", json!({ "count": rest.len() }))?;
        parts.push((name, rest.iter().map(|(_, points)| points).sum(), "own"));
    }
    let sets_differ = !change.added.is_empty() || !change.removed.is_empty();
    if sets_differ || change.indicator_set.abs() > 1e-9 {
        parts.push((one.scope.words.word("unit_change_set")?, change.indicator_set, "set"));
    }
    Ok(parts)
}

fn columns(
    one: &One<'_>,
    change: &UnitChange,
    fact: &super::facts::ChangeFact,
    parts: &[Part],
    context: &serde_json::Value,
) -> Result<(Vec<WaterfallColumn>, Vec<Bracket>), TemplateError> {
    let numbers = one.scope.numbers;
    let mut levels = vec![change.before];
    for (_, points, _) in parts {
        levels.push(levels.last().copied().unwrap_or_default() + points);
    }
    let high = levels.iter().copied().fold(change.now, f64::max);
    let low = levels.iter().copied().fold(change.now, f64::min);
    let scale = (HEIGHT / (high - low).max(1e-9)).min(TALLEST_POINT);
    let spare = (HEIGHT - (high - low) * scale) / 2.0;
    let y = |score: f64| round(spare + (high - score) * scale);
    let level = |label: String, score: f64, text: &str, part: &'static str| WaterfallColumn {
        label: vec![label],
        kind: "level",
        part,
        top: y(score),
        bottom: y(score),
        after: y(score),
        text: text.to_owned(),
    };
    let mut columns = vec![level(fact.since.clone(), change.before, &fact.before, "start")];
    for ((name, points, part), from) in parts.iter().zip(&levels) {
        let to = from + points;
        columns.push(WaterfallColumn {
            label: lines(name),
            kind: match sign(numbers.rounded(*points)) {
                "up" => "gain",
                "down" => "loss",
                _ => "none",
            },
            part,
            top: y(from.max(to)),
            bottom: y(from.min(to)),
            after: y(to),
            text: numbers.signed_score(*points),
        });
    }
    let edition = one.scope.material.project.edition.clone();
    columns.push(level(edition, change.now, &fact.now, "end"));
    let own = parts.iter().filter(|part| part.2 == "own").count();
    let mut brackets = vec![Bracket { from: 1, to: own, text: one.say("unit_change_own_bracket", context)? }];
    if parts.len() > own {
        let text = one.say("unit_change_set_bracket", context)?;
        brackets.push(Bracket { from: own + 1, to: parts.len(), text });
    }
    Ok((columns, brackets))
}

/// A name under a column: Chinese in lines of at most four characters, English
/// word by word.
fn lines(name: &str) -> Vec<String> {
    if name.is_ascii() {
        return name.split(' ').map(str::to_owned).collect();
    }
    let letters: Vec<char> = name.chars().collect();
    if letters.len() <= 3 {
        return vec![name.to_owned()];
    }
    let width = if letters.len() <= 6 { letters.len().div_ceil(2) } else { 4 };
    letters.chunks(width).map(|chunk| chunk.iter().collect()).collect()
}
