//! How an indicator gets onto the common scale, in words.

use serde_json::{Value, json};

use super::Scope;
use crate::plan::{Curve, Normalisation, Pool, ScoreRange};
use crate::report::{TemplateError, Words};

type Said = Result<String, TemplateError>;

/// Which values are compared.
pub(super) fn pool(words: &Words, over: Pool) -> Said {
    words.word(match over {
        Pool::Period => "word_period",
        Pool::AllPeriods => "word_all_periods",
    })
}

/// What a method does, without its parameters.
pub(super) fn normalisation(words: &Words, method: &Normalisation) -> Said {
    let pooled = |key: &str, over: Pool| words.say(key, json!({ "pool": pool(words, over)? }));
    match method {
        Normalisation::None => words.word("word_none"),
        Normalisation::Goalposts { curve, .. } => {
            words.say("word_goalposts", json!({ "log": *curve == Curve::Log }))
        }
        Normalisation::PercentileGoalposts { curve, over, .. } => words.say(
            "methods_percentile_goalposts",
            json!({ "log": *curve == Curve::Log, "pool": pool(words, *over)? }),
        ),
        Normalisation::Scaled { .. } => words.word("methods_scaled"),
        Normalisation::MinMax { over, .. } => pooled("word_min_max", *over),
        Normalisation::DistanceToMax { over, .. } => pooled("methods_distance_to_max", *over),
        Normalisation::DistanceToReference { over, .. } => pooled("methods_distance_to_reference", *over),
        Normalisation::DistanceToTarget { over, .. } => pooled("methods_distance_to_target", *over),
        Normalisation::FractionOfMax { over, .. } => pooled("methods_fraction_of_max", *over),
        Normalisation::ZScore { over, .. } => pooled("word_z_score", *over),
        Normalisation::Rank { over, .. } => pooled("word_rank", *over),
        Normalisation::PercentileRank { over, .. } => pooled("word_percentile_rank", *over),
        Normalisation::Borda { over, .. } => pooled("methods_borda", *over),
        Normalisation::Steps { .. } => words.word("word_steps"),
        Normalisation::Categories { .. } => words.word("methods_categories"),
        Normalisation::LinearThreshold { .. } => words.word("methods_linear_threshold"),
    }
}

/// What a method does, with its parameters.
pub(super) fn normalisation_in_full(scope: &Scope<'_>, method: &Normalisation) -> Said {
    let number = |value: f64| scope.numbers.plain(value);
    let text = || normalisation(scope.words, method);
    let say = |key: &str, context: Value| scope.words.say(key, context);
    let ranged = |from: f64, to: f64| {
        say("in_full_range", json!({ "text": text()?, "from": number(from), "to": number(to) }))
    };
    match method {
        Normalisation::Goalposts { low, high, curve, from, scale } => {
            let log = *curve == Curve::Log;
            let (low, high, full) = (number(*low), number(*high), number(*scale));
            match *from == 0.0 {
                true => say("goalpost_range", json!({ "low": low, "high": high, "log": log, "scale": full })),
                false => say(
                    "methods_goalpost_range_from",
                    json!({ "low": low, "high": high, "log": log, "scale": full, "from": number(*from) }),
                ),
            }
        }
        Normalisation::PercentileGoalposts { low, high, from, scale, .. } => say(
            "methods_percentile_range",
            json!({
                "text": text()?,
                "low": scope.numbers.percent(*low),
                "high": scope.numbers.percent(*high),
                "from": number(*from),
                "to": number(*scale),
            }),
        ),
        Normalisation::Scaled { low, high, from, to } => say(
            "methods_scaled_range",
            json!({ "low": number(*low), "high": number(*high), "from": number(*from), "to": number(*to) }),
        ),
        Normalisation::Steps { below, steps } => {
            let steps =
                steps.iter().map(|step| format!("≥ {}: {}", number(step.at_least), number(step.score)));
            let all: Vec<String> = std::iter::once(number(*below)).chain(steps).collect();
            Ok(all.join("; "))
        }
        Normalisation::Categories { categories } => {
            let all = categories.iter().map(|one| format!("{}: {}", number(one.value), number(one.score)));
            Ok(all.collect::<Vec<String>>().join("; "))
        }
        Normalisation::LinearThreshold { floor, target, below, at_floor, scale } => say(
            "methods_threshold_range",
            json!({
                "floor": number(*floor),
                "target": number(*target),
                "below": number(*below),
                "at_floor": number(*at_floor),
                "scale": number(*scale),
            }),
        ),
        Normalisation::DistanceToReference { unit, cap, from, to, .. } => {
            let unit = scope.material.input.panel().units().position(unit).map(|at| scope.unit_name(at));
            say(
                "methods_reference_range",
                json!({
                    "text": text()?,
                    "unit": unit.unwrap_or_default(),
                    "cap": cap,
                    "from": number(*from),
                    "to": number(*to),
                }),
            )
        }
        Normalisation::DistanceToTarget { target, cap, from, to, .. } => say(
            "methods_target_range",
            json!({
                "text": text()?,
                "target": number(*target),
                "cap": cap,
                "from": number(*from),
                "to": number(*to),
            }),
        ),
        Normalisation::MinMax { from, to, .. }
        | Normalisation::DistanceToMax { from, to, .. }
        | Normalisation::FractionOfMax { from, to, .. } => ranged(*from, *to),
        Normalisation::Rank { range: Some(ScoreRange { from, to }), .. }
        | Normalisation::Borda { range: Some(ScoreRange { from, to }), .. } => ranged(*from, *to),
        Normalisation::ZScore { mean, deviation, .. } => say(
            "in_full_moments",
            json!({ "text": text()?, "mean": number(*mean), "deviation": number(*deviation) }),
        ),
        Normalisation::PercentileRank { from, scale, .. } if *from != 0.0 => ranged(*from, *scale),
        Normalisation::PercentileRank { scale, .. } => {
            say("in_full_scale", json!({ "text": text()?, "scale": number(*scale) }))
        }
        Normalisation::None | Normalisation::Rank { .. } | Normalisation::Borda { .. } => text(),
    }
}
