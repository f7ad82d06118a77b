use serde_json::json;

use super::Scope;
use crate::index::{Count, IndicatorSpread, Spread};
use crate::model::{Direction, Id};
use crate::report::TemplateError;
use crate::report::view::{ShortRow, ShortTable};

/// One figure of a spread.
type Pick = fn(&Spread) -> f64;

/// The decimals that show about three digits of values of this size.
pub(super) fn decimals(spread: &Spread) -> u8 {
    match spread.max.abs().max(spread.min.abs()) {
        size if size < 1.0 => 3,
        size if size < 10.0 => 2,
        size if size < 1000.0 => 1,
        _ => 0,
    }
}

/// The indicator of a dimension with most units short of their line, when it
/// stands out.
pub(super) fn shortest(scope: &Scope<'_>, dimension: &Id) -> Option<serde_json::Value> {
    let own =
        scope.material.overview.indicators.iter().filter(|one| one.dimension.as_ref() == Some(dimension));
    let mut counts: Vec<(&IndicatorSpread, f64)> =
        own.filter_map(|one| Some((one, one.short.filter(|short| short.count > 0)?.share()))).collect();
    counts.sort_by(|a, b| b.1.total_cmp(&a.1));
    let (worst, share) = *counts.first()?;
    let next = counts.get(1).map_or(0.0, |(_, share)| *share);
    (share > next).then(|| {
        json!({
            "name": scope.name_of(&worst.id),
            "share": scope.numbers.percent(share),
            "reference": scope.material.framework.indicator(&worst.id).is_some_and(|one| one.reference.is_some()),
            "alone": counts.len() == 1,
        })
    })
}

/// The indicators of a dimension.
pub(super) fn indicator_table(
    scope: &Scope<'_>,
    dimension: &Id,
    context: &serde_json::Value,
) -> Result<ShortTable, TemplateError> {
    let overview = scope.material.overview;
    let own: Vec<&IndicatorSpread> =
        overview.indicators.iter().filter(|one| one.dimension.as_ref() == Some(dimension)).collect();
    let most = own.iter().filter_map(|one| Some(one.short?.share())).fold(0.0, f64::max);
    let rows: Vec<ShortRow> =
        own.iter().map(|one| row(scope, one, most)).collect::<Result<_, TemplateError>>()?;
    let worst = shortest(scope, dimension);
    let sizes = || own.iter().filter_map(|one| Some(one.values?.n));
    let with_reference = |one: &&&IndicatorSpread| {
        scope.material.framework.indicator(&one.id).is_some_and(|spec| spec.reference.is_some())
    };
    let context = json!({
        "about": context,
        "worst": worst,
        "count": rows.len(),
        "fewest": sizes().min(),
        "most": sizes().max(),
        "leading": super::facts::leading_name(scope),
        "references": own.iter().filter(with_reference).count(),
        "reversed": own.iter().any(|one| direction(scope, one) == Direction::Lower),
    });
    let has_leading = own.iter().any(|one| one.leading.is_some()) && overview.leading.count > 0;
    let shown = scope.material.disclosure.shows_figure_of(overview.leading.count);
    Ok(ShortTable {
        words: scope.table_words("national_indicators", &context)?,
        leading_header: (has_leading && shown)
            .then(|| scope.words.say("national_leading_header", &context))
            .transpose()?,
        line_header: scope.words.say("national_line_header", &context)?,
        short_header: rows
            .iter()
            .any(|row| row.short.is_some())
            .then(|| scope.words.say("national_short_header", &context))
            .transpose()?,
        footnote: scope.words.say("national_indicators_footnote", &context)?,
        rows,
    })
}

fn direction(scope: &Scope<'_>, one: &IndicatorSpread) -> Direction {
    scope.material.framework.indicator(&one.id).map_or(Direction::Higher, |spec| spec.direction)
}

fn row(scope: &Scope<'_>, one: &IndicatorSpread, most: f64) -> Result<ShortRow, TemplateError> {
    let spec = scope.material.framework.indicator(&one.id);
    let value = |pick: Pick| {
        let spread = one.values.filter(|spread| scope.shows_quartiles(spread.n))?;
        Some(scope.numbers.value(pick(&spread), decimals(&spread)))
    };
    let (worse, better): (Pick, Pick) = match direction(scope, one) {
        Direction::Higher => (|spread| spread.q1, |spread| spread.q3),
        Direction::Lower => (|spread| spread.q3, |spread| spread.q1),
    };
    let line = match spec.and_then(|spec| spec.reference) {
        Some(reference) => Some(scope.numbers.plain(reference)),
        None => scope
            .material
            .framework
            .reading
            .weak_below
            .map(|line| scope.words.say("national_line_score", json!({ "line": scope.numbers.plain(line) })))
            .transpose()?,
    };
    let enough = |count: &Count| scope.material.disclosure.shows_figure_of(count.of);
    let short = one.short.filter(enough).map(|short| short.share());
    Ok(ShortRow {
        name: scope.name_of(&one.id),
        meta: scope.words.say(
            "national_indicator_meta",
            json!({
                "weight": one.weight.map(|weight| scope.numbers.percent_number(weight)),
                "measure": spec.map(|spec| scope.text(&spec.measure)),
                "reversed": direction(scope, one) == Direction::Lower,
            }),
        )?,
        worse: value(worse),
        median: value(|spread| spread.median),
        better: value(better),
        leading: one
            .leading
            .zip(one.values)
            .map(|(leading, spread)| scope.numbers.value(leading, decimals(&spread))),
        line: one.short.and(line),
        short_text: short.map(|share| scope.numbers.percent_number(share)),
        emphasis: short.is_some_and(|share| share >= most && share > 0.0),
        short,
    })
}

/// The indicators in which a member of a group stands furthest behind all units:
/// its median beside theirs.
pub(super) fn weakest(
    scope: &Scope<'_>,
    profile: &crate::index::MemberProfile,
    gaps: &[(usize, f64)],
    context: &serde_json::Value,
) -> Result<Option<ShortTable>, TemplateError> {
    let mut rows = Vec::new();
    for (at, gap) in gaps {
        let (Some(one), Some(own)) =
            (scope.material.overview.indicators.get(*at), profile.values.get(*at).copied().flatten())
        else {
            continue;
        };
        let mut row = row(scope, one, 2.0)?;
        row.leading = row.median.take();
        row.median = Some(scope.numbers.value(own.median, decimals(&own)));
        row.worse = None;
        row.better = None;
        row.short = Some(*gap);
        row.short_text = Some(scope.numbers.fixed(*gap, 2));
        rows.push(row);
    }
    if rows.is_empty() {
        return Ok(None);
    }
    let most = rows.iter().filter_map(|row| row.short).fold(0.0, f64::max);
    for row in &mut rows {
        row.short = row.short.map(|gap| gap / most);
    }
    let context =
        json!({ "about": context, "count": rows.len(), "first": rows.first().map(|row| row.name.clone()) });
    Ok(Some(ShortTable {
        words: scope.table_words("group_weakest", &context)?,
        leading_header: Some(scope.words.word("group_all_median")?),
        line_header: scope.words.say("national_line_header", &context)?,
        short_header: Some(scope.words.word("group_gap_header")?),
        footnote: scope.words.word("group_weakest_footnote")?,
        rows,
    }))
}
