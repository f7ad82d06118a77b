use serde_json::json;

use super::Scope;
use crate::index::CrossRanking;
use crate::plan::CrossOver;
use crate::report::TemplateError;
use crate::report::view::{CrossCheckView, CrossRow};

/// Rank correlation from which an order hardly hangs on the method.
const CLOSE: f64 = 0.9;

/// Units named as farthest apart.
const NAMED: usize = 3;

/// How other methods rank the units, where the project asks for it and enough
/// units are compared.
pub(super) fn section(scope: &Scope<'_>) -> Result<Option<CrossCheckView>, TemplateError> {
    let Some(found) = scope.material.cross_check else { return Ok(None) };
    let shown = |ranking: &&CrossRanking| scope.material.disclosure.shows_figure_of(ranking.compared);
    let rankings: Vec<&CrossRanking> = found.rankings.iter().filter(shown).collect();
    if rankings.is_empty() {
        return Ok(None);
    }
    let rows = rankings.iter().map(|ranking| row(scope, ranking)).collect::<Result<Vec<_>, _>>()?;
    let correlations: Vec<f64> = rankings.iter().filter_map(|ranking| ranking.correlation).collect();
    let low = correlations.iter().copied().fold(f64::INFINITY, f64::min);
    let high = correlations.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let methods = rankings.iter().map(|ranking| name(scope, ranking, "cross_name"));
    let methods = methods.collect::<Result<Vec<_>, _>>()?;
    let text = |value: f64| (!correlations.is_empty()).then(|| correlation_text(scope, value));
    let context = json!({
        "methods": methods,
        "criteria": found.criteria,
        "dimensions": found.over == CrossOver::Dimensions,
        "low": text(low),
        "high": text(high),
        "close": low >= CLOSE,
        "units": scope.text(&scope.material.framework.units),
        "most": scope.numbers.plain(rankings.iter().map(|one| one.most_shift).fold(0.0, f64::max)),
    });
    let title = scope.words.word("cross_title")?;
    Ok(Some(CrossCheckView { title, text: scope.words.say("cross_text", &context)?, rows }))
}

fn row(scope: &Scope<'_>, ranking: &CrossRanking) -> Result<CrossRow, TemplateError> {
    let numbers = &scope.numbers;
    Ok(CrossRow {
        method: name(scope, ranking, "cross_row")?,
        compared: numbers.count(ranking.compared),
        correlation: ranking.correlation.map(|correlation| correlation_text(scope, correlation)),
        mean: numbers.fixed(ranking.mean_shift, 1),
        most: numbers.plain(ranking.most_shift),
        movers: movers(scope, ranking)?,
    })
}

/// The name of a method, as it stands in a sentence or at the head of a row.
fn name(scope: &Scope<'_>, ranking: &CrossRanking, form: &str) -> Result<String, TemplateError> {
    let name = scope.words.word(&format!("cross_{}", ranking.method.word().replace('-', "_")))?;
    scope.words.say(form, json!({ "name": name }))
}

fn correlation_text(scope: &Scope<'_>, correlation: f64) -> String {
    scope.numbers.fixed(correlation, 3)
}

fn movers(scope: &Scope<'_>, ranking: &CrossRanking) -> Result<Option<String>, TemplateError> {
    if !scope.material.disclosure.league_table
        || !scope.material.disclosure.ranks
        || ranking.movers.is_empty()
    {
        return Ok(None);
    }
    let movers = ranking.movers.iter().take(NAMED).filter_map(|unit| {
        let place = ranking.places.get(*unit).copied().flatten()?;
        let number = |rank: f64| scope.numbers.plain(rank);
        Some(json!({ "name": scope.unit_name(*unit), "index": number(place.index_rank), "rank": number(place.rank) }))
    });
    let context = json!({ "movers": movers.collect::<Vec<_>>() });
    scope.words.say("cross_movers", &context).map(Some)
}
