use serde_json::json;

use super::Scope;
use super::facts::Facts;
use super::indicators::{self, indicator_table};
use super::plots::{StripRow, range_plot, range_row};
use super::{closure, plots};
use crate::index::NodeSpread;
use crate::plan::Detail;
use crate::report::TemplateError;
use crate::report::layout;
use crate::report::view::{
    DimensionView, Distribution, GroupPlot, Guidance, Leaders, Member, RangePlot, Tick,
};

/// Leaders named on the page of a dimension.
const LEADERS: usize = 12;
/// Dots of fewer units say little by group.
const LEAST_FOR_STRIPS: usize = 30;
/// Width of the dot histogram in millimetres, as the template draws it.
const HISTOGRAM_WIDTH: f64 = 108.0;
/// About how high its dots may rise.
const HISTOGRAM_HEIGHT: f64 = 44.0;

/// One section per child of the index that is a node of its own.
pub(super) fn dimensions(scope: &Scope<'_>, facts: &Facts) -> Result<Vec<DimensionView>, TemplateError> {
    let all = &scope.material.overview.dimensions;
    if all.len() < 2 {
        return Ok(Vec::new());
    }
    let present = all.iter().filter(|node| node.spread.is_some());
    present.map(|node| dimension(scope, facts, node)).collect()
}

/// What sentences about a dimension may speak of.
pub(super) fn context(scope: &Scope<'_>, facts: &Facts, node: &NodeSpread) -> serde_json::Value {
    let spread = node.spread.unwrap_or_default();
    let shown = |value: f64| scope.numbers.score(value);
    let medians: Vec<f64> = (scope.material.overview.dimensions.iter())
        .filter_map(|node| Some(scope.numbers.rounded(node.spread?.median)))
        .collect();
    let own = scope.numbers.rounded(spread.median);
    let below = medians.iter().filter(|median| **median < own).count();
    let above = medians.iter().filter(|median| **median > own).count();
    let shared = medians.iter().filter(|median| **median == own).count() > 1;
    json!({
        "units": facts.units,
        "name": scope.name_of(&node.id),
        "n": spread.n,
        "median": shown(spread.median),
        "q1": shown(spread.q1),
        "q3": shown(spread.q3),
        "quartiles": scope.shows_quartiles(spread.n),
        "count": medians.len(),
        "weakest": below == 0 && !shared,
        "strongest": above == 0 && !shared,
        "line": scope.weak_text(),
        "weak": node.weak.map(|weak| json!({
            "count": weak.count,
            "share": scope.numbers.percent(weak.share()),
        })),
        "scores": scope.material.disclosure.scores,
    })
}

fn dimension(scope: &Scope<'_>, facts: &Facts, node: &NodeSpread) -> Result<DimensionView, TemplateError> {
    let context = context(scope, facts, node);
    let scatter = closure::of_dimension(scope, node)?;
    let worst = indicators::shortest(scope, &node.id);
    let headline = match &scatter {
        Some(_) => closure::headline(scope)?,
        None => {
            scope.words.say("national_dimension_headline", json!({ "about": context, "worst": worst }))?
        }
    };
    Ok(DimensionView {
        name: scope.name_of(&node.id),
        weight_text: node
            .weight
            .map(|weight| {
                scope.words.say("national_weight", json!({ "weight": scope.numbers.percent(weight) }))
            })
            .transpose()?,
        headline,
        lead: Some(scope.words.say("national_dimension_lead", json!({ "about": context, "worst": worst }))?),
        distribution: if scatter.is_none() { distribution(scope, node, &context)? } else { None },
        scatter,
        ranges: ranges(scope, facts, node)?,
        indicators: indicator_table(scope, &node.id, &context)?,
        strip: strip(scope, facts, node, &context)?,
        leaders: leaders(scope, node, &context)?,
        advice: advice(scope, node),
    })
}

fn distribution(
    scope: &Scope<'_>,
    node: &NodeSpread,
    context: &serde_json::Value,
) -> Result<Option<Distribution>, TemplateError> {
    let Some(spread) = node.spread.filter(|_| scope.material.disclosure.scores) else { return Ok(None) };
    let scores: Vec<(f64, Option<usize>)> = scope
        .material
        .overview
        .assessed
        .iter()
        .filter_map(|unit| Some((scope.node_score(&node.id, *unit)?, None)))
        .collect();
    let values: Vec<f64> = scores.iter().map(|(score, _)| *score).collect();
    let width = layout::column_width_to_fill(&values, HISTOGRAM_WIDTH, HISTOGRAM_HEIGHT);
    let axis = layout::axis_of_columns(&values, width, &scope.words.word("word_score")?);
    let words = scope.chart_words("national_distribution", context)?;
    Ok(Some(Distribution {
        title: words.title,
        note: words.note,
        caption: words.caption,
        alt: words.alt,
        column_width: width,
        columns: layout::columns(&scores, width),
        median: Some(Tick {
            at: spread.median,
            text: scope.words.say("median_mark", json!({ "median": scope.numbers.score(spread.median) }))?,
        }),
        quartiles: Some([spread.q1, spread.q3]),
        line: scope.weak_line(&axis),
        axis,
    }))
}

fn ranges(scope: &Scope<'_>, facts: &Facts, own: &NodeSpread) -> Result<Option<RangePlot>, TemplateError> {
    let all = &scope.material.overview.dimensions;
    let shown = |node: &&NodeSpread| node.spread.is_some_and(|spread| scope.shows_tenths(spread.n));
    let rows = all.iter().filter(shown).filter_map(|node| {
        let spread = node.spread?;
        let value = match node.weak {
            Some(weak) => scope.numbers.percent_number(weak.share()),
            None => scope.numbers.score(spread.median),
        };
        Some(range_row(scope.name_of(&node.id), spread, Some(value), node.id == own.id))
    });
    let rows: Vec<_> = rows.collect();
    let weak = all.iter().any(|node| node.weak.is_some());
    let context = json!({
        "strongest": facts.strongest,
        "weakest": facts.weakest,
        "count": rows.len(),
        "n": facts.n,
        "units": facts.units,
        "name": scope.name_of(&own.id),
        "line": scope.weak_text(),
    });
    let words = scope.chart_words("national_ranges", &context)?;
    let header = scope.words.say(if weak { "national_weak_header" } else { "value_header" }, &context)?;
    Ok(range_plot(scope, words, header, rows))
}

fn strip(
    scope: &Scope<'_>,
    facts: &Facts,
    node: &NodeSpread,
    context: &serde_json::Value,
) -> Result<Option<GroupPlot>, TemplateError> {
    let overview = scope.material.overview;
    let Some(group) = overview.groups.iter().find(|group| !scope.has_map(&group.group)) else {
        return Ok(None);
    };
    if facts.n < LEAST_FOR_STRIPS || group.members.len() < 2 {
        return Ok(None);
    }
    let score = |unit: usize| scope.node_score(&node.id, unit);
    let all: Vec<f64> = overview.assessed.iter().filter_map(|unit| score(*unit)).collect();
    let axis = layout::axis(&all, &[], &scope.words.word("word_score")?);
    let line = scope.weak_line(&axis);
    let mut rows = Vec::new();
    let (mut medians, mut marks) = (Vec::new(), Vec::new());
    for member in &group.members {
        let scores: Vec<f64> = member.units.iter().filter_map(|unit| score(*unit)).collect();
        let Some(spread) = crate::index::Spread::of(&scores) else { continue };
        let name = scope.member_name(&group.group, member.member.as_ref());
        let withheld = scope.withheld(&group.group, member.member.as_ref(), spread.n);
        if withheld.is_none() {
            medians.push((name.clone(), spread.median));
        }
        marks.push(withheld);
        let row = StripRow { name, units: &member.units, spread, withheld, more: None };
        rows.push(scope.strip_row(row, &axis, &score, &|_| false)?);
    }
    let context = json!({
        "about": context,
        "group": scope.group_name(&group.group),
        "ends": plots::ends(scope, &medians),
    });
    let words = scope.chart_words("national_strip", &context)?;
    Ok(Some(GroupPlot {
        name: scope.group_name(&group.group),
        title: words.title,
        note: scope.with_legend(words.note, marks.into_iter())?,
        caption: words.caption,
        alt: words.alt,
        threshold_name: None,
        threshold: line,
        axis,
        dot: scope.strip_dot(),
        headers: vec![scope.words.word("national_median")?, scope.words.word("national_mean")?],
        rows,
    }))
}

/// The units with the highest scores, in order of code: named only where their
/// scores could be.
fn leaders(
    scope: &Scope<'_>,
    node: &NodeSpread,
    context: &serde_json::Value,
) -> Result<Option<Leaders>, TemplateError> {
    let overview = scope.material.overview;
    let mut units: Vec<(usize, f64)> = overview
        .assessed
        .iter()
        .filter_map(|unit| Some((*unit, scope.numbers.rounded(scope.node_score(&node.id, *unit)?))))
        .collect();
    units.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let Some(least) = units.get(LEADERS - 1).map(|(_, score)| *score) else { return Ok(None) };
    units.retain(|(_, score)| *score >= least);
    // Many ties at the top, as at full marks, are no list of leaders.
    let many = units.len() > LEADERS + 4 || overview.assessed.len() < 3 * LEADERS;
    if many || scope.material.disclosure.dimensions != Detail::Scores {
        return Ok(None);
    }
    let mut units: Vec<usize> = units.into_iter().map(|(unit, _)| unit).collect();
    units.sort_unstable();
    let context = json!({ "about": context, "count": units.len() });
    Ok(Some(Leaders {
        title: scope.words.say("national_leaders_title", &context)?,
        note: scope.words.say("national_leaders_note", &context)?,
        units: units
            .iter()
            .map(|unit| Member { name: scope.unit_name(*unit), meta: scope.unit_meta(*unit, None) })
            .collect(),
    }))
}

/// The advice of the theme that most of the dimension's weight belongs to.
fn advice(scope: &Scope<'_>, node: &NodeSpread) -> Vec<Guidance> {
    let framework = scope.material.framework;
    let own = scope.material.overview.indicators.iter();
    let own: Vec<_> = own
        .filter(|one| one.dimension.as_ref() == Some(&node.id))
        .filter_map(|one| Some((framework.indicator(&one.id)?.theme.clone()?, one.weight.unwrap_or(0.0))))
        .collect();
    let weight = |theme: &crate::plan::Theme| -> f64 {
        own.iter().filter(|(id, _)| *id == theme.id).map(|(_, weight)| weight).sum()
    };
    let heaviest = framework.themes.iter().max_by(|a, b| weight(a).total_cmp(&weight(b)));
    heaviest
        .filter(|theme| weight(theme) > 0.0)
        .map(|theme| Guidance {
            title: scope.text(&theme.name).to_owned(),
            text: scope.text(&theme.advice).to_owned(),
        })
        .into_iter()
        .collect()
}
