use super::Scope;
use super::facts::{Facts, GroupFact, group_fact};
use crate::index::{GroupSpread, TrendLine};
use crate::report::TemplateError;
use crate::report::layout;
use crate::report::view::{Axis, Distribution, Dot, GroupPlot, GroupRow, Point, Series, Tick, Trend};

pub(super) fn distribution(scope: &Scope<'_>, facts: &Facts) -> Result<Distribution, TemplateError> {
    #[derive(serde::Serialize)]
    struct Context<'a> {
        #[serde(flatten)]
        facts: &'a Facts,
        column_width: String,
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
    Ok(Distribution {
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
    })
}

/// The axis that all charts of scores share.
fn score_axis(scope: &Scope<'_>) -> Axis {
    layout::axis(&scope.shown_scores(), &[], scope.index_name())
}

pub(super) fn groups(scope: &Scope<'_>, facts: &Facts) -> Result<Vec<GroupPlot>, TemplateError> {
    let with_facts =
        scope.material.overview.groups.iter().filter_map(|group| Some((group, group_fact(scope, group)?)));
    with_facts.map(|(group, fact)| group_plot(scope, &facts.about(fact.clone()), group, &fact)).collect()
}

fn group_plot(
    scope: &Scope<'_>,
    facts: &Facts,
    group: &GroupSpread,
    fact: &GroupFact,
) -> Result<GroupPlot, TemplateError> {
    let say = |key: &str| scope.words.say(key, facts);
    let axis = score_axis(scope);
    let best = scope.material.overview.bands.first();
    let threshold = best.and_then(|band| band.from).filter(|at| axis.min < *at && *at < axis.max);
    let rated = facts.top.is_some();
    let rows = group.members.iter().zip(&fact.members).map(|(member, part)| {
        let scores: Vec<f64> = member.units.iter().map(|unit| scope.shown_score(*unit)).collect();
        let offsets = layout::swarm(&scores, &axis);
        let dots = member.units.iter().zip(scores.iter().zip(offsets));
        Ok(GroupRow {
            name: part.name.clone(),
            count_text: scope.words.say("word_count", serde_json::json!({ "count": part.n }))?,
            q1: member.spread.q1,
            q3: member.spread.q3,
            median: member.spread.median,
            median_text: part.median.clone(),
            share_text: rated.then(|| scope.numbers.percent_number(member.top_share)),
            dots: dots
                .map(|(unit, (at, offset))| Dot {
                    at: *at,
                    offset,
                    top: scope.outcome(*unit).band == Some(0),
                })
                .collect(),
        })
    });
    Ok(GroupPlot {
        name: fact.name.clone(),
        title: say(if fact.members.len() > 1 && fact.highest.median != fact.lowest.median {
            "group_title"
        } else {
            "group_title_one"
        })?,
        note: say("group_note")?,
        caption: say("group_caption")?,
        alt: say("group_alt")?,
        rows: rows.collect::<Result<_, TemplateError>>()?,
        threshold: threshold.map(|at| Tick { at, text: scope.numbers.bound(at) }),
        value_header: say("value_header")?,
        share_header: rated.then(|| say("share_header")).transpose()?,
        axis,
    })
}

pub(super) fn trend(scope: &Scope<'_>, facts: &Facts) -> Result<Option<Trend>, TemplateError> {
    let lines = &scope.material.overview.trend;
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
    let series = lines.iter().map(series).collect();
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
