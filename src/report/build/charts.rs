use super::Scope;
use super::facts::Facts;
use crate::index::TrendLine;
use crate::report::TemplateError;
use crate::report::layout;
use crate::report::view::{Axis, Distribution, Point, Series, Tick, Trend};

/// The scores as a dot histogram, where scores may be shown.
pub(super) fn distribution(scope: &Scope<'_>, facts: &Facts) -> Result<Option<Distribution>, TemplateError> {
    #[derive(serde::Serialize)]
    struct Context<'a> {
        #[serde(flatten)]
        facts: &'a Facts,
        column_width: String,
    }
    if !scope.material.disclosure.scores {
        return Ok(None);
    }
    let scores = scope.shown_scores();
    let width = layout::column_width(&scores);
    let banded: Vec<(f64, Option<usize>)> = scope
        .material
        .overview
        .assessed
        .iter()
        .map(|unit| (scope.shown_score(*unit), scope.outcome(*unit).band))
        .collect();
    let context = Context { facts, column_width: scope.numbers.plain(width) };
    let median = scope.material.overview.index.map(|index| index.median);
    Ok(Some(Distribution {
        title: scope.words.say("distribution_title", facts)?,
        note: scope.words.say("distribution_note", &context)?,
        caption: scope.words.say("distribution_caption", facts)?,
        alt: scope.words.say("distribution_alt", facts)?,
        axis: score_axis(scope),
        column_width: width,
        columns: layout::columns(&banded, width),
        median: match median {
            Some(at) => Some(Tick { at, text: scope.words.say("median_mark", facts)? }),
            None => None,
        },
        quartiles: None,
        line: None,
    }))
}

/// The axis that all charts of scores share.
pub(super) fn score_axis(scope: &Scope<'_>) -> Axis {
    layout::axis(&scope.shown_scores(), &[], scope.index_name())
}

pub(super) fn trend(scope: &Scope<'_>, facts: &Facts) -> Result<Option<Trend>, TemplateError> {
    // A benchmark is a single unit.
    let shown = |line: &&TrendLine| line.unit.is_none() || scope.material.disclosure.scores;
    let lines: Vec<&TrendLine> = scope.material.overview.trend.iter().filter(shown).collect();
    if facts.trend.is_none() {
        return Ok(None);
    }
    let panel = scope.material.input.panel();
    let values: Vec<f64> =
        lines.iter().flat_map(|line| line.points.iter().map(|(_, score)| *score)).collect();
    let median = scope.words.word("trend_median")?;
    let series = |line: &TrendLine| Series {
        name: match line.unit {
            Some(unit) => scope.unit_name(unit),
            None => median.clone(),
        },
        emphasis: line.unit.is_none(),
        points: line.points.iter().map(|(x, y)| Point { x: *x, y: *y }).collect(),
    };
    let periods = panel.periods().iter().take(scope.material.input.edition() + 1);
    let series = lines.into_iter().map(series).collect();
    Ok(Some(Trend {
        title: scope.words.say("trend_title", facts)?,
        note: scope.words.say("trend_note", facts)?,
        caption: scope.words.say("trend_caption", facts)?,
        alt: scope.words.say("trend_alt", facts)?,
        periods: periods.map(ToString::to_string).collect(),
        axis: layout::axis(&values, &[], scope.index_name()),
        series,
    }))
}

/// The score of a full bar in tables: the end of the axis.
pub(super) fn full_bar(scores: &[f64]) -> f64 {
    layout::axis(scores, &[], "").max
}
