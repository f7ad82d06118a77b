use serde_json::json;

use super::Scope;
use super::facts::Facts;
use crate::index::{Count, IndicatorSpread, MemberProfile};
use crate::report::TemplateError;
use crate::report::view::{AdviceRow, AdviceSection, AdviceTheme};

/// Indicators named per theme.
const PER_THEME: usize = 5;

/// Recommendations by theme, from the indicators in which most units fall short.
pub(super) fn section(scope: &Scope<'_>, facts: &Facts) -> Result<Option<AdviceSection>, TemplateError> {
    let mut themes = themes(scope, &|one| one.short, PER_THEME)?;
    themes.retain(|(theme, _)| !theme.rows.is_empty());
    themes.sort_by(|a, b| b.1.total_cmp(&a.1));
    let themes: Vec<AdviceTheme> = themes.into_iter().map(|(theme, _)| theme).collect();
    let Some(first) = themes.first() else { return Ok(None) };
    let context = json!({ "units": facts.units, "first": first.name, "count": themes.len(), "n": facts.n });
    Ok(Some(AdviceSection {
        headline: scope.words.say("national_advice_headline", &context)?,
        lead: scope.words.say("national_advice_lead", &context)?,
        themes,
    }))
}

/// Each theme of the framework with its indicators that fall short, and its
/// weight times share short: how much of the index is at stake.
fn themes(
    scope: &Scope<'_>,
    short: &dyn Fn(&IndicatorSpread) -> Option<Count>,
    most: usize,
) -> Result<Vec<(AdviceTheme, f64)>, TemplateError> {
    let framework = scope.material.framework;
    let of_theme = |theme: &crate::plan::Theme| {
        let indicators = scope.material.overview.indicators.iter();
        let mut own: Vec<(&IndicatorSpread, f64)> = indicators
            .filter(|one| {
                framework.indicator(&one.id).is_some_and(|spec| spec.theme.as_ref() == Some(&theme.id))
            })
            .filter_map(|one| Some((one, short(one).filter(|count| count.count > 0)?.share())))
            .collect();
        let stake: f64 = own.iter().map(|(one, share)| one.weight.unwrap_or(0.0) * share).sum();
        own.sort_by(|a, b| b.1.total_cmp(&a.1));
        let context = json!({
            "units": scope.units_noun(),
            "name": scope.text(&theme.name),
            "count": own.len(),
            "worst": own.first().map(|(one, share)| json!({
                "name": scope.name_of(&one.id),
                "share": scope.numbers.percent(*share),
                "reference": framework.indicator(&one.id).is_some_and(|spec| spec.reference.is_some()),
            })),
        });
        own.truncate(most);
        let row = |(one, share): &(&IndicatorSpread, f64)| {
            Ok(AdviceRow {
                name: scope.name_of(&one.id),
                text: line_text(scope, one)?,
                short: *share,
                short_text: scope.numbers.percent_number(*share),
            })
        };
        let theme = AdviceTheme {
            name: scope.text(&theme.name).to_owned(),
            advice: scope.text(&theme.advice).to_owned(),
            evidence: scope.words.say("national_advice_evidence", &context)?,
            rows: own.iter().map(row).collect::<Result<_, TemplateError>>()?,
        };
        Ok((theme, stake))
    };
    framework.themes.iter().map(of_theme).collect()
}

/// Where the middle unit stands and what is asked for.
fn line_text(scope: &Scope<'_>, one: &IndicatorSpread) -> Result<String, TemplateError> {
    let spec = scope.material.framework.indicator(&one.id);
    let median =
        one.values.map(|spread| scope.numbers.value(spread.median, super::indicators::decimals(&spread)));
    scope.words.say(
        "national_advice_row",
        json!({
            "median": median,
            "measure": spec.map(|spec| scope.text(&spec.measure)),
            "percent": spec.is_some_and(|spec| spec.measure.zh == "%"),
            "reference": spec.and_then(|spec| spec.reference).map(|value| scope.numbers.plain(value)),
            "line": scope.weak_text(),
        }),
    )
}

/// What a member of a group should do: the themes of its weakest indicators,
/// those in which it stands furthest behind all units.
pub(super) fn of_member(
    scope: &Scope<'_>,
    profile: &MemberProfile,
) -> Result<Vec<AdviceTheme>, TemplateError> {
    let framework = scope.material.framework;
    let mut behind: Vec<(usize, f64)> = gaps(scope, profile);
    behind.truncate(6);
    let mut themes = Vec::new();
    for theme in &framework.themes {
        let own: Vec<String> = behind
            .iter()
            .filter_map(|(at, _)| framework.indicators.get(*at))
            .filter(|spec| spec.theme.as_ref() == Some(&theme.id))
            .map(|spec| scope.text(&spec.name).to_owned())
            .collect();
        if own.is_empty() {
            continue;
        }
        themes.push(AdviceTheme {
            name: scope.text(&theme.name).to_owned(),
            advice: scope.text(&theme.advice).to_owned(),
            evidence: scope.words.say("group_advice_evidence", json!({ "names": own }))?,
            rows: Vec::new(),
        });
    }
    Ok(themes)
}

/// The indicators in which the member's median is behind that of all units,
/// with the weighted gap, largest first.
pub(super) fn gaps(scope: &Scope<'_>, profile: &MemberProfile) -> Vec<(usize, f64)> {
    let all = scope.material.overview.indicators.iter().zip(&profile.indicators).enumerate();
    let mut gaps: Vec<(usize, f64)> = all
        .filter_map(|(at, (one, own))| {
            let gap = one.scores?.median - (*own)?.median;
            (scope.numbers.rounded(gap) > 0.0).then(|| (at, gap * one.weight.unwrap_or(0.0)))
        })
        .filter(|(_, gap)| *gap > 0.0)
        .collect();
    gaps.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    gaps
}
