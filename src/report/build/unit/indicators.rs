use serde_json::json;

use super::facts::Facts;
use super::marks::{WIDTH, ems, marks, pitch};
use super::shared::round;
use super::{One, SMALL_GROUP};
use crate::diagnostics::Lang;
use crate::model::{Absence, Cell};
use crate::report::TemplateError;
use crate::report::view::{IndicatorRow, IndicatorTable};

/// A weight in the index as a percentage, without decimals that say nothing.
pub(super) fn weight(one: &One<'_>, weight: f64) -> String {
    let percent = weight * 100.0;
    let decimals = u8::from((percent - percent.round()).abs() > 0.05);
    one.scope.numbers.fixed(percent, decimals)
}

/// Fewest cases that a value ought to rest on.
const FEW: u32 = 30;

/// The sample that the unit's value rests on, where it is known.
fn sample_size(one: &One<'_>, indicator: usize) -> Option<u32> {
    let position = one.insight.indicators.get(indicator)?.position;
    let observation = one.scope.material.input.observation(position, one.scope.row(one.unit));
    observation.cell.value()?;
    observation.sample?.n
}

/// The same as text.
pub(super) fn sample(one: &One<'_>, indicator: usize) -> Option<String> {
    sample_size(one, indicator).map(|n| count(one, n))
}

/// Large numbers in ten thousands in Chinese, in thousands in English.
fn count(one: &One<'_>, n: u32) -> String {
    let numbers = one.scope.numbers;
    match one.scope.lang {
        Lang::Zh if n >= 100_000 => format!("{} 万", numbers.fixed(f64::from(n) / 1e4, 1)),
        _ => numbers.fixed(f64::from(n), 0),
    }
}

/// The peers whose median stands in the bars: the similar ones, unless they are
/// few.
fn comparison(one: &One<'_>) -> usize {
    let large = |at: &usize| one.insight.peers.get(*at).is_some_and(|peers| peers.units.len() >= SMALL_GROUP);
    one.compared().into_iter().rev().find(large).unwrap_or(0)
}

pub(super) fn table(one: &One<'_>, facts: &Facts) -> Result<Option<IndicatorTable>, TemplateError> {
    let peers = comparison(one);
    let rows = (0..one.insight.indicators.len()).map(|at| row(one, at, peers));
    let rows: Vec<IndicatorRow> = rows.collect::<Result<_, _>>()?;
    let sides = sides(one, peers);
    let count = |wanted: Side| sides.iter().filter(|side| **side == Some(wanted)).count();
    let behind: Vec<String> = (0..sides.len())
        .filter(|at| sides.get(*at) == Some(&Some(Side::Behind)))
        .map(|at| one.indicator_name(at))
        .collect();
    let has_change = one.insight.since.is_some();
    let since = one.insight.since.and_then(|at| one.scope.material.input.panel().periods().get(at));
    let context = json!({
        "unit": facts.unit, "total": rows.len(), "ahead": count(Side::Ahead), "behind": count(Side::Behind),
        "level": count(Side::Level), "missing": sides.iter().filter(|side| side.is_none()).count(),
        "behind_names": behind, "peers": one.peers_name(peers)?, "nation": peers == 0,
        "since": since.map(ToString::to_string), "units": facts.units, "scored": one.is_scored(),
        "marked": one.own.marked.is_some(), "full": one.scope.numbers.plain(one.shared.full_score),
        "lower": lower_is_better(one), "few": rows.iter().filter(|row| row.few).count(), "limit": FEW,
        "revised": rows.iter().filter(|row| row.revised).count(),
    });
    Ok(Some(IndicatorTable {
        title: one.say("unit_table_title", &context)?,
        note: one.say("unit_table_note", &context)?,
        caption: one.say("unit_table_caption", &context)?,
        foot: one.say("unit_table_foot", &context)?,
        has_n: rows.iter().any(|row| row.n.is_some()),
        has_change,
        width: WIDTH,
        pitch: pitch(rows.len()),
        marks: marks(&rows),
        rows,
    }))
}

/// Names of the indicators of which less is better, whose scores are turned.
fn lower_is_better(one: &One<'_>) -> Vec<String> {
    let framework = one.scope.material.framework;
    let specs = one.insight.indicators.iter().filter_map(|counted| framework.indicator(&counted.id));
    let lower = specs.filter(|spec| spec.direction == crate::model::Direction::Lower);
    lower.map(|spec| one.scope.text(&spec.name).to_owned()).collect()
}

/// On which side of the median a score is, as both are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Ahead,
    Level,
    Behind,
}

fn sides(one: &One<'_>, peers: usize) -> Vec<Option<Side>> {
    let numbers = one.scope.numbers;
    let side = |(counted, own): (&crate::insight::Counted, &crate::insight::IndicatorStanding)| {
        let median = numbers.rounded(counted.medians.get(peers).copied().flatten()?);
        let score = numbers.rounded(own.score?);
        Some(if score > median {
            Side::Ahead
        } else if score < median {
            Side::Behind
        } else {
            Side::Level
        })
    };
    one.insight.indicators.iter().zip(&one.own.indicators).map(side).collect()
}

fn row(one: &One<'_>, at: usize, peers: usize) -> Result<IndicatorRow, TemplateError> {
    let (numbers, full) = (one.scope.numbers, one.shared.full_score);
    let counted = one.insight.indicators.get(at);
    let dimension = counted.map_or(0, |one| one.dimension);
    let first = one.insight.indicators.iter().position(|one| one.dimension == dimension);
    let standing = one.own.indicators.get(at).copied().unwrap_or_default();
    let spec = counted.and_then(|counted| one.scope.material.framework.indicator(&counted.id));
    let value = one.value(one.unit, at);
    let length = |score: f64| round((score / full).clamp(0.0, 1.0) * WIDTH);
    let median = counted.and_then(|one| one.medians.get(peers).copied().flatten());
    let change = standing.change.map(|change| numbers.rounded(change));
    let dimension_score = one.own.dimensions.get(dimension).copied().flatten();
    let marked = |weak: bool| {
        let marked = one.own.marked.as_ref();
        let list = marked.map(|marked| if weak { &marked.weaknesses } else { &marked.strengths });
        list.is_some_and(|list| list.contains(&at))
    };
    Ok(IndicatorRow {
        dimension: (first == Some(at)).then(|| one.dimension_name(dimension)),
        dimension_score: (first == Some(at))
            .then(|| dimension_score.map_or("—".to_owned(), |score| numbers.score(score))),
        span: one.insight.indicators.iter().filter(|one| one.dimension == dimension).count(),
        ems: ems(&one.indicator_name(at)),
        name: one.indicator_name(at),
        weight: counted.and_then(|one| one.weight).map(|share| weight(one, share)),
        value: value.map(|value| one.shared.value_text(&one.scope, at, value)),
        revised: counted.is_some_and(|counted| {
            one.scope.material.input.revision(counted.position, one.scope.row(one.unit)).is_some()
        }),
        measure: spec.map_or(String::new(), |spec| one.scope.text(&spec.measure).to_owned()),
        n: sample(one, at),
        few: sample_size(one, at).is_some_and(|n| n < FEW),
        bar: standing.score.map(length),
        median: median.map(length),
        score: standing.score.map(|score| numbers.score(score)),
        place: standing.position.filter(|position| position.n > 1).map(|position| {
            numbers.percent_floor(position.ahead_of().unwrap_or_default()).trim_end_matches('%').to_owned()
        }),
        direction: change.map(|change| {
            if change > 0.0 {
                "up"
            } else if change < 0.0 {
                "down"
            } else {
                "none"
            }
        }),
        change: change.map(|change| numbers.signed_score(change)),
        case: if standing.score.is_none() {
            "missing"
        } else if marked(true) {
            "weak"
        } else if marked(false) {
            "strong"
        } else {
            "plain"
        },
        absence: absence(one, at)?,
    })
}

/// Why there is no score: no value, or none that counts.
fn absence(one: &One<'_>, at: usize) -> Result<Option<String>, TemplateError> {
    let Some(counted) = one.insight.indicators.get(at) else { return Ok(None) };
    let column = one.scope.material.evaluation.normalised.column(counted.column);
    let cell = column.map_or(Cell::MISSING, |column| column.cell(one.scope.row(one.unit)));
    let Cell::Absent(absence) = cell else { return Ok(None) };
    let key = match absence {
        Absence::Missing => "unit_absent_missing",
        Absence::NotApplicable => "unit_absent_not_applicable",
        Absence::Suppressed => "unit_absent_suppressed",
    };
    one.scope.words.word(key).map(Some)
}
