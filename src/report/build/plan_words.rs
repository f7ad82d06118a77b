//! A plan's choices in words.

use serde_json::json;

use super::Scope;
use crate::model::Direction;
use crate::numeric::{RankMethod, Rounding};
use crate::plan::{Aggregation, Basis, Curve, MissingPlan, MissingPolicy, Normalisation, Pool, Rule};
use crate::report::{TemplateError, Words};

type Said = Result<String, TemplateError>;

pub(super) fn basis(words: &Words, basis: Basis) -> Said {
    words.word(match basis {
        Basis::Rounded => "word_rounded",
        Basis::Raw => "word_raw",
    })
}

pub(super) fn rounding(words: &Words, rounding: Rounding) -> Said {
    words.word(match rounding {
        Rounding::HalfEven => "word_half_even",
        Rounding::HalfUp => "word_half_up",
    })
}

pub(super) fn rank_method(words: &Words, method: RankMethod) -> Said {
    words.word(match method {
        RankMethod::Competition => "word_competition",
        RankMethod::Dense => "word_dense",
        RankMethod::Average => "word_average",
    })
}

pub(super) fn direction(words: &Words, direction: Direction) -> Said {
    words.word(match direction {
        Direction::Higher => "word_higher",
        Direction::Lower => "word_lower",
    })
}

pub(super) fn missing(scope: &Scope<'_>, missing: MissingPlan) -> Said {
    match missing.policy {
        MissingPolicy::RequireAll => scope.words.word("word_require_all"),
        MissingPolicy::Rescale => {
            let availability = if missing.availability > 0.0 {
                scope.numbers.percent(missing.availability)
            } else {
                String::new()
            };
            scope.words.say("word_rescale", json!({ "availability": availability }))
        }
    }
}

pub(super) fn rule(words: &Words, rule: &Rule) -> Said {
    words.word(match rule {
        Rule::Formula(_) => "word_formula",
        Rule::Aggregate { method, .. } => match method {
            Aggregation::Arithmetic => "word_arithmetic",
            Aggregation::Geometric => "word_geometric",
            Aggregation::Harmonic => "word_harmonic",
        },
    })
}

/// What a method does, without its parameters.
pub(super) fn normalisation(words: &Words, method: &Normalisation) -> Said {
    let pooled = |key: &str, over: Pool| {
        let pool = words.word(match over {
            Pool::Period => "word_period",
            Pool::AllPeriods => "word_all_periods",
        })?;
        words.say(key, json!({ "pool": pool }))
    };
    match method {
        Normalisation::None => words.word("word_none"),
        Normalisation::Goalposts { curve, .. } => {
            words.say("word_goalposts", json!({ "log": *curve == Curve::Log }))
        }
        Normalisation::MinMax { over, .. } => pooled("word_min_max", *over),
        Normalisation::ZScore { over, .. } => pooled("word_z_score", *over),
        Normalisation::Rank { over } => pooled("word_rank", *over),
        Normalisation::PercentileRank { over, .. } => pooled("word_percentile_rank", *over),
        Normalisation::Steps { .. } => words.word("word_steps"),
    }
}

/// What a method does, with its parameters.
pub(super) fn normalisation_in_full(scope: &Scope<'_>, method: &Normalisation) -> Said {
    let number = |value: f64| scope.numbers.plain(value);
    match method {
        Normalisation::Goalposts { low, high, curve, scale } => scope.words.say(
            "goalpost_range",
            json!({ "low": number(*low), "high": number(*high), "log": *curve == Curve::Log, "scale": number(*scale) }),
        ),
        Normalisation::Steps { below, steps } => {
            let steps = steps.iter().map(|step| format!("≥ {}: {}", number(step.at_least), number(step.score)));
            let all: Vec<String> = std::iter::once(number(*below)).chain(steps).collect();
            Ok(all.join("; "))
        }
        Normalisation::MinMax { from, to, .. } => scope.words.say(
            "in_full_range",
            json!({ "text": normalisation(scope.words, method)?, "from": number(*from), "to": number(*to) }),
        ),
        Normalisation::ZScore { mean, deviation, .. } => scope.words.say(
            "in_full_moments",
            json!({
                "text": normalisation(scope.words, method)?,
                "mean": number(*mean),
                "deviation": number(*deviation),
            }),
        ),
        Normalisation::PercentileRank { scale, .. } => scope.words.say(
            "in_full_scale",
            json!({ "text": normalisation(scope.words, method)?, "scale": number(*scale) }),
        ),
        Normalisation::None | Normalisation::Rank { .. } => normalisation(scope.words, method),
    }
}
