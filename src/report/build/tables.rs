use serde_json::json;

use super::Scope;
use super::facts::Facts;
use super::rating_words;
use crate::index::{Agreement, Tally};
use crate::model::Id;
use crate::plan::Detail;
use crate::report::view::{
    AgreementRow, AgreementView, BandMembers, BandView, ChangeView, Member, MemberGroup, Ranking,
    RankingColumn, RankingRow, Unassessed,
};
use crate::report::{TemplateError, release};

pub(super) fn bands(scope: &Scope<'_>) -> Result<Vec<BandView>, TemplateError> {
    let rating = scope.material.framework.rating.as_ref();
    let Some(rating) = rating else { return Ok(Vec::new()) };
    let leading = scope.material.framework.reading.leading;
    let bands = rating.bands.iter().zip(&scope.material.overview.bands).enumerate();
    bands
        .map(|(position, (band, count))| {
            Ok(BandView {
                id: band.id.to_string(),
                name: scope.text(&band.name).to_owned(),
                leading: position < leading,
                range_text: rating_words::range(scope, rating, position)?,
                count: count.units.len(),
                count_text: count_text(scope, count.units.len())?,
                share_text: scope.numbers.percent(count.share),
                from: count.from,
                to: count.to,
            })
        })
        .collect()
}

fn count_text(scope: &Scope<'_>, count: usize) -> Result<String, TemplateError> {
    scope.words.say("word_count", json!({ "count": scope.numbers.count(count) }))
}

/// The units of each band, by the first kind of group.
pub(super) fn members(scope: &Scope<'_>) -> Result<Vec<BandMembers>, TemplateError> {
    let overview = scope.material.overview;
    let views = bands(scope)?.into_iter().zip(&overview.bands).enumerate();
    views
        .map(|(band, (view, count))| {
            Ok(BandMembers {
                band,
                name: scope.words.say(
                    "members_name",
                    json!({ "band": { "name": view.name }, "units": scope.units_noun() }),
                )?,
                range_text: view.range_text,
                count_text: view.count_text,
                share_text: scope.words.say("word_share", json!({ "share": view.share_text }))?,
                groups: member_groups(scope, &count.units)?,
            })
        })
        .collect()
}

fn member_groups(scope: &Scope<'_>, units: &[usize]) -> Result<Vec<MemberGroup>, TemplateError> {
    let first = scope.material.overview.groups.iter().find(|group| !scope.has_map(&group.group));
    let without = first.map(|group| &group.group);
    let member = |unit: &usize| -> Result<Member, TemplateError> {
        let streak = streak(scope, *unit)?.map_or(String::new(), |streak| format!(" · {streak}"));
        let meta = format!("{}{streak}", scope.unit_meta(*unit, without));
        Ok(Member { name: scope.unit_name(*unit), meta })
    };
    let Some(group) = first else {
        let units: Vec<Member> = units.iter().map(member).collect::<Result<_, _>>()?;
        let one = MemberGroup { name: None, count_text: String::new(), units };
        return Ok(if one.units.is_empty() { Vec::new() } else { vec![one] });
    };
    let groups = group.members.iter().map(|member_spread| {
        let all = &member_spread.units;
        let own: Vec<&usize> = units.iter().filter(|unit| all.contains(unit)).collect();
        Ok(MemberGroup {
            name: Some(scope.member_name(&group.group, member_spread.member.as_ref())),
            count_text: format!("{} / {}", own.len(), all.len()),
            units: own.into_iter().map(member).collect::<Result<_, TemplateError>>()?,
        })
    });
    let groups: Vec<MemberGroup> = groups.collect::<Result<_, TemplateError>>()?;
    Ok(groups.into_iter().filter(|group| !group.units.is_empty()).collect())
}

/// Fewest periods in a row that are worth a tag.
const STREAK: usize = 3;

/// How long a unit has been in the best band, where that is an honour: where at
/// most one in ten of the units has it.
fn streak(scope: &Scope<'_>, unit: usize) -> Result<Option<String>, TemplateError> {
    let overview = scope.material.overview;
    let best = overview.bands.first().map_or(0, |band| band.units.len());
    let is_honour = best * 10 <= overview.assessed.len();
    let streaks = scope.material.history.and_then(|history| history.streaks.get(unit));
    match (scope.outcome(unit).band, streaks) {
        (Some(0), Some(streaks)) if is_honour && streaks.band >= STREAK => {
            scope.words.say("national_streak", json!({ "n": streaks.band })).map(Some)
        }
        _ => Ok(None),
    }
}

pub(super) fn ranking(scope: &Scope<'_>, facts: &Facts) -> Result<Ranking, TemplateError> {
    let overview = scope.material.overview;
    let disclosure = &scope.material.disclosure;
    let columns = if disclosure.dimensions == Detail::Scores { component_columns(scope) } else { Vec::new() };
    let mut order = overview.assessed.clone();
    if !facts.league_table {
        order.sort_by_key(|unit| (scope.outcome(*unit).band, *unit));
    }
    let row = |unit: &usize| ranking_row(scope, *unit, &columns, facts.league_table);
    let scores = scope.shown_scores();
    Ok(Ranking {
        title: scope.words.say("ranking_title", facts)?,
        note: scope.words.say("ranking_note", facts)?,
        caption: scope.words.say("ranking_caption", facts)?,
        has_change: disclosure.scores && overview.change.is_some(),
        columns: self::columns(scope, &columns),
        score_name: scope.words.word("word_score")?,
        score_max_value: super::charts::full_bar(&scores),
        rows: if disclosure.scores || facts.league_table {
            order.iter().map(row).collect()
        } else {
            Vec::new()
        },
        benchmarks: overview.benchmarks.iter().map(row).collect(),
        unassessed: overview
            .unassessed
            .iter()
            .map(|unit| unassessed(scope, *unit))
            .collect::<Result<_, _>>()?,
    })
}

/// The children of the index, then its companions.
fn component_columns(scope: &Scope<'_>) -> Vec<(Id, &'static str)> {
    let dimensions = dimension_columns(scope);
    let companions = scope.material.framework.nodes.iter().filter(|node| node.companion);
    dimensions.into_iter().chain(companions.map(|node| (node.id.clone(), "companion"))).collect()
}

/// The children of the index.
pub(super) fn dimension_columns(scope: &Scope<'_>) -> Vec<(Id, &'static str)> {
    scope.material.overview.dimensions.iter().map(|node| (node.id.clone(), "dimension")).collect()
}

/// The heads of component columns.
pub(super) fn columns(scope: &Scope<'_>, columns: &[(Id, &'static str)]) -> Vec<RankingColumn> {
    columns.iter().map(|(id, kind)| RankingColumn { name: scope.name_of(id), kind }).collect()
}

/// A unit's row, with as much of its results as may be shown.
pub(super) fn ranking_row(
    scope: &Scope<'_>,
    unit: usize,
    columns: &[(Id, &'static str)],
    league: bool,
) -> RankingRow {
    let outcome = scope.outcome(unit);
    let disclosure = &scope.material.disclosure;
    let rank = outcome.rank.filter(|_| league && disclosure.ranks);
    let score = outcome.score.filter(|_| disclosure.scores);
    let withheld = release::withheld(scope.material, scope.row(unit));
    let cell = |id: &Id| {
        let value = scope
            .material
            .evaluation
            .column(id)
            .filter(|_| !withheld.contains(id))?
            .value(scope.row(unit))?;
        Some(scope.numbers.score(value))
    };
    RankingRow {
        rank: rank.map(|rank| rank.value.to_string()),
        tied: rank.is_some_and(|rank| rank.tied),
        code: scope.unit(unit).map_or(String::new(), |unit| unit.code.to_string()),
        name: scope.unit_name(unit),
        band: outcome.band,
        score: score.map(|score| scope.numbers.score(score.raw)),
        score_value: score.map(|score| score.rounded),
        cells: columns.iter().map(|(id, _)| cell(id)).collect(),
        change: if disclosure.scores { change(scope, unit) } else { None },
    }
}

fn change(scope: &Scope<'_>, unit: usize) -> Option<ChangeView> {
    let difference = scope.material.overview.change.as_ref()?.by_unit.get(unit).copied()??;
    Some(ChangeView {
        text: scope.numbers.signed_score(difference),
        direction: if difference > 0.0 {
            "up"
        } else if difference < 0.0 {
            "down"
        } else {
            "none"
        },
    })
}

/// A unit without a score and what it lacks.
pub(super) fn unassessed(scope: &Scope<'_>, unit: usize) -> Result<Unassessed, TemplateError> {
    let evaluation = scope.material.evaluation;
    let wanting = evaluation.wanting(&evaluation.plan.index, scope.row(unit));
    let names: Vec<String> = wanting.iter().map(|id| scope.name_of(id)).collect();
    Ok(Unassessed {
        name: scope.unit_name(unit),
        reason: scope.words.say("unassessed_reason", json!({ "wanting": names }))?,
    })
}

pub(super) fn agreement(scope: &Scope<'_>) -> Result<Option<AgreementView>, TemplateError> {
    let agreements = scope.material.agreements;
    if agreements.is_empty() {
        return Ok(None);
    }
    let whole = |tally: &Tally| tally.equal == tally.total;
    let agrees = |one: &Agreement| {
        whole(&one.score) && one.rank.as_ref().is_none_or(whole) && one.band.as_ref().is_none_or(whole)
    };
    let shown =
        |tally: Tally| format!("{} / {}", scope.numbers.count(tally.equal), scope.numbers.count(tally.total));
    let tolerances = scope.material.project.published.iter().any(|file| file.tolerance.is_some());
    Ok(Some(AgreementView {
        title: scope.words.say("agreement_title", json!({ "all_agree": agreements.iter().all(agrees) }))?,
        note: scope.words.say("agreement_note", json!({ "tolerances": tolerances }))?,
        rows: agreements
            .iter()
            .map(|one| AgreementRow {
                name: scope.text(&one.name).to_owned(),
                score: shown(one.score),
                rank: one.rank.map(shown),
                band: one.band.map(shown),
            })
            .collect(),
    }))
}
