use serde_json::json;

use super::Scope;
use super::facts::{Facts, group_fact, leading_name};
use super::plots::{StripRow, heat};
use crate::index::{GroupSpread, MemberSpread};
use crate::report::TemplateError;
use crate::report::view::{BandShareRow, BandShares, Comparison, GroupPlot, HeatRow, HeatTable, Tick};

/// The kinds of group without a map.
pub(super) fn comparison(scope: &Scope<'_>, facts: &Facts) -> Result<Option<Comparison>, TemplateError> {
    let groups: Vec<&GroupSpread> = scope
        .material
        .overview
        .groups
        .iter()
        .filter(|group| !scope.has_map(&group.group) && !group.members.is_empty())
        .collect();
    if groups.is_empty() {
        return Ok(None);
    }
    let plots = groups.iter().filter_map(|group| Some((*group, group_fact(scope, group)?)));
    let plots = plots
        .map(|(group, fact)| plot(scope, &facts.about(fact), group))
        .collect::<Result<_, TemplateError>>()?;
    Ok(Some(Comparison {
        headline: scope.words.say("national_comparison_headline", facts)?,
        plots,
        bands: bands(scope, facts, &groups)?,
        heat: heat_table(scope, facts, &groups)?,
    }))
}

fn plot(scope: &Scope<'_>, facts: &Facts, group: &GroupSpread) -> Result<GroupPlot, TemplateError> {
    let say = |key: &str| scope.words.say(key, facts);
    let axis = super::charts::score_axis(scope);
    let framework = scope.material.framework;
    let leading = facts.leading.as_ref();
    let last = framework.reading.leading.checked_sub(1);
    let bound = framework
        .rating
        .as_ref()
        .and_then(|_| scope.material.overview.bands.get(last?)?.from)
        .filter(|at| axis.min < *at && *at < axis.max);
    let differ = facts
        .group
        .as_ref()
        .is_some_and(|fact| fact.members.len() > 1 && fact.highest.median != fact.lowest.median);
    let score = |unit: usize| Some(scope.shown_score(unit));
    let is_leading =
        |unit: usize| scope.outcome(unit).band.is_some_and(|band| band < framework.reading.leading);
    let withheld =
        |member: &MemberSpread| scope.withheld(&group.group, member.member.as_ref(), member.spread.n);
    let row = |member: &MemberSpread| {
        let row = StripRow {
            name: scope.member_name(&group.group, member.member.as_ref()),
            units: &member.units,
            spread: member.spread,
            withheld: withheld(member),
            more: leading.map(|_| scope.numbers.percent_number(member.leading.share())),
        };
        scope.strip_row(row, &axis, &score, &is_leading)
    };
    let mut headers = vec![scope.words.word("national_median")?, scope.words.word("national_mean")?];
    if leading.is_some() {
        headers.push(say("share_header")?);
    }
    Ok(GroupPlot {
        name: scope.group_name(&group.group),
        title: say(if differ { "group_title" } else { "group_title_one" })?,
        note: scope.with_legend(say("group_note")?, group.members.iter().map(withheld))?,
        caption: say("group_caption")?,
        alt: say("group_alt")?,
        rows: group.members.iter().map(row).collect::<Result<_, TemplateError>>()?,
        threshold: bound.map(|at| Tick { at, text: scope.numbers.plain(at) }),
        threshold_name: leading.map(|leading| leading.name.clone()),
        dot: scope.strip_dot(),
        headers,
        axis,
    })
}

/// The ratings by group, all kinds below each other.
fn bands(
    scope: &Scope<'_>,
    facts: &Facts,
    groups: &[&GroupSpread],
) -> Result<Option<BandShares>, TemplateError> {
    let mut rows = Vec::new();
    for group in groups {
        rows.push(BandShareRow {
            name: scope.group_name(&group.group),
            count_text: String::new(),
            counts: Vec::new(),
            value_text: String::new(),
            emphasis: true,
        });
        for member in &group.members {
            rows.push(BandShareRow {
                name: scope.member_name(&group.group, member.member.as_ref()),
                count_text: scope.count_text(member.units.len())?,
                counts: member.bands.clone(),
                value_text: scope.numbers.percent_number(member.leading.share()),
                emphasis: false,
            });
        }
    }
    if facts.leading.is_none() {
        return Ok(None);
    }
    let words = scope.chart_words("national_group_bands", facts)?;
    Ok(scope.band_shares(words, scope.words.say("share_header", facts)?, rows))
}

fn heat_table(
    scope: &Scope<'_>,
    facts: &Facts,
    groups: &[&GroupSpread],
) -> Result<Option<HeatTable>, TemplateError> {
    let dimensions = &scope.material.overview.dimensions;
    if dimensions.len() < 2 {
        return Ok(None);
    }
    let shown = |(group, member): &(&GroupSpread, &MemberSpread)| {
        scope.withheld(&group.group, member.member.as_ref(), member.units.len()).is_none()
    };
    let all = groups.iter().flat_map(|group| group.members.iter().map(|member| (*group, member)));
    let (members, left_out): (Vec<_>, Vec<_>) = all.partition(shown);
    if members.len() < 2 {
        return Ok(None);
    }
    let values: Vec<Vec<Option<f64>>> = members.iter().map(|(_, member)| member.dimensions.clone()).collect();
    let cells = heat(&values, |value| scope.numbers.score(value));
    let mut rows = Vec::new();
    let mut current = None;
    for ((group, member), cells) in members.into_iter().zip(cells) {
        if current != Some(&group.group) {
            current = Some(&group.group);
            let name = scope.group_name(&group.group);
            rows.push(HeatRow { name, count_text: String::new(), cells: Vec::new() });
        }
        rows.push(HeatRow {
            name: scope.member_name(&group.group, member.member.as_ref()),
            count_text: scope.numbers.count(member.units.len()),
            cells,
        });
    }
    let context = json!({ "facts": facts, "leading": leading_name(scope) });
    let mut words = scope.table_words("national_heat", &context)?;
    words.note = scope.with_left_out(words.note, left_out.len())?;
    Ok(Some(HeatTable {
        words,
        columns: dimensions.iter().map(|node| scope.name_of(&node.id)).collect(),
        rows,
    }))
}
