use serde_json::json;

use super::Scope;
use super::facts::Facts;
use super::indicators::decimals;
use crate::index::{Change, IndicatorSpread};
use crate::model::Direction;
use crate::report::TemplateError;
use crate::report::layout;
use crate::report::view::{
    BandShareRow, BandShares, ChangeSection, Figure, Leaders, Member, MoveRow, MoveTable, ShiftPlot, ShiftRow,
};

/// Units named as improved most.
const RISERS: usize = 12;
/// Indicators shown as moved most, up and down together.
const MOVES: usize = 12;

pub(super) fn section(scope: &Scope<'_>, facts: &Facts) -> Result<Option<ChangeSection>, TemplateError> {
    let overview = scope.material.overview;
    let (Some(change), Some(fact)) = (&overview.change, &facts.change) else { return Ok(None) };
    let rated = !overview.bands.is_empty();
    let context = json!({
        "units": facts.units,
        "change": fact,
        "rated": rated,
        "upgraded": change.upgraded,
        "downgraded": change.downgraded,
        "kept": change.kept(),
        "leading": facts.leading,
        "comparable": comparable(scope),
    });
    let unit = scope.words.word("word_unit")?;
    let mut figures = Vec::new();
    let mut add = |kind: &str, number: String, unit: &str| -> Result<(), TemplateError> {
        figures.push(Figure {
            number,
            unit: unit.to_owned(),
            title: scope.words.say(&format!("national_change_{kind}_title"), &context)?,
            text: scope.words.say(&format!("national_change_{kind}_text"), &context)?,
        });
        Ok(())
    };
    add("median", fact.median.clone(), "")?;
    if rated {
        add("up", scope.numbers.count(change.upgraded), &unit)?;
        add("down", scope.numbers.count(change.downgraded), &unit)?;
    } else {
        add("rose", scope.numbers.count(change.rose), &unit)?;
        add("fell", scope.numbers.count(change.fell), &unit)?;
    }
    Ok(Some(ChangeSection {
        headline: scope.words.say("national_change_headline", &context)?,
        lead: scope.words.say("national_change_lead", &context)?,
        figures,
        bands: bands(scope, facts)?,
        dimensions: dimensions(scope, &context)?,
        indicators: indicators(scope, &context)?,
        risers: risers(scope, change, &context)?,
    }))
}

/// The change over what both periods have, for a sentence.
fn comparable(scope: &Scope<'_>) -> Option<serde_json::Value> {
    let comparable = scope.material.history?.comparable.as_ref()?;
    let other = comparable.added.len() + comparable.removed.len();
    Some(json!({
        "same": other == 0,
        "shared": comparable.indicators.len(),
        "other": other,
        "mean": scope.numbers.signed_score(comparable.mean),
        "headline": scope.numbers.signed_score(comparable.headline_mean),
    }))
}

/// The share of each band in every period.
pub(super) fn bands(scope: &Scope<'_>, facts: &Facts) -> Result<Option<BandShares>, TemplateError> {
    let overview = scope.material.overview;
    let periods = scope.material.input.panel().periods();
    let leading = scope.material.framework.reading.leading;
    // A picture of thirty years would say less than one of the last six.
    let first = overview.band_trend.len().saturating_sub(6);
    let mut rows = Vec::new();
    for trend in overview.band_trend.iter().skip(first) {
        let total: usize = trend.counts.iter().sum();
        let ahead: usize = trend.counts.iter().take(leading).sum();
        rows.push(BandShareRow {
            name: periods.get(trend.period).map_or(String::new(), ToString::to_string),
            count_text: scope.count_text(total)?,
            counts: trend.counts.clone(),
            value_text: scope.numbers.percent_number(ahead as f64 / total.max(1) as f64),
            emphasis: trend.period == scope.material.input.edition(),
        });
    }
    let share = |row: Option<&BandShareRow>| {
        row.map(|row| {
            let total: usize = row.counts.iter().sum();
            let ahead: usize = row.counts.iter().take(leading).sum();
            scope.numbers.percent(ahead as f64 / total.max(1) as f64)
        })
    };
    let fraction = |row: Option<&BandShareRow>| {
        row.map_or(0.0, |row| {
            row.counts.iter().take(leading).sum::<usize>() as f64
                / row.counts.iter().sum::<usize>().max(1) as f64
        })
    };
    let (from, to) = (share(rows.first()), share(rows.last()));
    let context = json!({
        "facts": facts,
        "periods": rows.len(),
        "first": rows.first().map(|row| row.name.clone()),
        "last": rows.last().map(|row| row.name.clone()),
        "direction": if from == to { "same" } else if fraction(rows.last()) > fraction(rows.first()) { "up" } else { "down" },
        "from": from,
        "to": to,
    });
    if facts.leading.is_none() || rows.is_empty() {
        return Ok(None);
    }
    let words = scope.chart_words("national_band_trend", &context)?;
    Ok(scope.band_shares(words, scope.words.say("share_header", facts)?, rows))
}

fn dimensions(scope: &Scope<'_>, context: &serde_json::Value) -> Result<Option<ShiftPlot>, TemplateError> {
    let all = scope.material.overview.dimensions.iter();
    let medians: Vec<_> = all.filter_map(|node| Some((node, node.before?, node.spread?.median))).collect();
    if medians.len() < 2 {
        return Ok(None);
    }
    let rounded = |value: f64| scope.numbers.rounded(value);
    let rows: Vec<ShiftRow> = medians
        .iter()
        .map(|(node, from, to)| {
            let difference = rounded(*to) - rounded(*from);
            ShiftRow {
                name: scope.name_of(&node.id),
                from: *from,
                to: *to,
                to_text: scope.numbers.score(*to),
                difference: scope.numbers.signed_score(difference),
                direction: way(rounded(difference)),
            }
        })
        .collect();
    let ends: Vec<f64> = medians.iter().flat_map(|(_, from, to)| [*from, *to]).collect();
    let moved: Vec<(String, f64)> = medians
        .iter()
        .map(|(node, from, to)| (scope.name_of(&node.id), rounded(*to) - rounded(*from)))
        .collect();
    let up = rows.iter().filter(|row| row.direction == "up").count();
    let down = rows.iter().filter(|row| row.direction == "down").count();
    let context = json!({
        "about": context,
        "count": rows.len(),
        "up": up,
        "down": down,
        "ends": super::plots::ends(scope, &moved),
    });
    Ok(Some(ShiftPlot {
        words: scope.chart_words("national_shift", &context)?,
        axis: layout::axis_in(&ends, 90.0, &scope.words.word("word_score")?),
        from_name: scope.words.say("national_shift_from", &context)?,
        to_name: scope.words.say("national_shift_to", &context)?,
        value_header: scope.words.word("national_shift_header")?,
        rows,
    }))
}

fn way(difference: f64) -> &'static str {
    if difference > 0.0 {
        "up"
    } else if difference < 0.0 {
        "down"
    } else {
        "none"
    }
}

/// The indicators whose medians moved most, measured by their own spread.
fn indicators(scope: &Scope<'_>, context: &serde_json::Value) -> Result<Option<MoveTable>, TemplateError> {
    let mut all: Vec<(&IndicatorSpread, f64)> = scope
        .material
        .overview
        .indicators
        .iter()
        .filter_map(|one| {
            let values = one.values?;
            let before = one.before?;
            let spread = values.q3 - values.q1;
            let part = (values.median - before).abs() / spread;
            (spread > 0.0 && part > 0.0).then_some((one, part))
        })
        .collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    all.truncate(MOVES);
    if all.len() < 2 {
        return Ok(None);
    }
    let rows: Vec<MoveRow> = all.iter().filter_map(|(one, _)| move_row(scope, one)).collect();
    let better = rows.iter().filter(|row| row.direction == "up").count();
    let context =
        json!({ "about": context, "count": rows.len(), "better": better, "worse": rows.len() - better });
    Ok(Some(MoveTable {
        words: scope.table_words("national_moves", &context)?,
        columns: ["before", "now", "difference", "measure"]
            .iter()
            .map(|head| scope.words.say(&format!("national_moves_{head}"), &context))
            .collect::<Result<_, _>>()?,
        rows,
    }))
}

fn move_row(scope: &Scope<'_>, one: &IndicatorSpread) -> Option<MoveRow> {
    let (values, before) = (one.values?, one.before?);
    let spec = scope.material.framework.indicator(&one.id)?;
    let decimals = decimals(&values);
    let text = |value: f64| scope.numbers.value(value, decimals);
    let round = |value: f64| crate::numeric::round_to(value, decimals, crate::numeric::Rounding::HalfEven);
    let difference = round(round(values.median) - round(before));
    let better = match spec.direction {
        Direction::Higher => difference,
        Direction::Lower => -difference,
    };
    let sign = if difference > 0.0 { "+" } else { "" };
    Some(MoveRow {
        name: scope.name_of(&one.id),
        cells: vec![
            text(before),
            text(values.median),
            format!("{sign}{}", text(difference)),
            scope.text(&spec.measure).to_owned(),
        ],
        direction: way(better),
    })
}

/// Who improved most: by score where scores may be shown, else by bands, of
/// which the public sees both editions anyway.
fn risers(
    scope: &Scope<'_>,
    change: &Change,
    context: &serde_json::Value,
) -> Result<Option<Leaders>, TemplateError> {
    let by_score = scope.material.disclosure.scores;
    let mut units = if by_score {
        change.risers(RISERS)
    } else {
        let two =
            |unit: &usize| change.bands_by_unit.get(*unit).copied().flatten().is_some_and(|steps| steps >= 2);
        change.units.iter().copied().filter(two).collect()
    };
    if units.is_empty() || units.len() > 4 * RISERS || change.n < 2 * RISERS {
        return Ok(None);
    }
    units.sort_unstable();
    let context = json!({ "about": context, "count": units.len(), "by_score": by_score });
    let meta = |unit: usize| {
        let difference = change.by_unit.get(unit).copied().flatten();
        match difference.filter(|_| by_score) {
            Some(difference) => {
                let moved = scope.numbers.signed_score(difference);
                format!("{} · {moved}", scope.unit_meta(unit, None))
            }
            None => scope.unit_meta(unit, None),
        }
    };
    Ok(Some(Leaders {
        title: scope.words.say("national_risers_title", &context)?,
        note: scope.words.say("national_risers_note", &context)?,
        units: units.iter().map(|unit| Member { name: scope.unit_name(*unit), meta: meta(*unit) }).collect(),
    }))
}
