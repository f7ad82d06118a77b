use serde_json::json;

use super::Scope;
use super::facts::Facts;
use crate::index::CellCount;
use crate::model::Role;
use crate::report::TemplateError;
use crate::report::view::{Quality, QualityRow, QualityTable};

/// Units named as lacking most.
const UNITS: usize = 40;
/// Of more missing indicators than this only the first few are named.
const MANY: usize = 8;
const NAMED: usize = 5;

/// What of the data is there, what is missing and on how many cases it rests;
/// for frameworks with more than a handful of indicators.
pub(super) fn section(scope: &Scope<'_>, facts: &Facts) -> Result<Option<Quality>, TemplateError> {
    let indicators = &scope.material.overview.indicators;
    if indicators.len() < 8 {
        return Ok(None);
    }
    let sum =
        |pick: fn(&CellCount) -> usize| -> usize { indicators.iter().map(|one| pick(&one.cells)).sum() };
    let (present, missing) = (sum(|cells| cells.present), sum(|cells| cells.missing));
    let (inapplicable, suppressed) = (sum(|cells| cells.not_applicable), sum(|cells| cells.suppressed));
    let complete = indicators.iter().filter(|one| one.cells.missing == 0).count();
    let expected = present + missing + suppressed;
    let context = json!({
        "facts": facts,
        "indicators": indicators.len(),
        "present": scope.numbers.count(present),
        "missing": missing,
        "missing_text": scope.numbers.count(missing),
        "expected": scope.numbers.count(expected),
        "share": scope.numbers.percent(present as f64 / expected.max(1) as f64),
        "complete": complete,
        "inapplicable": inapplicable,
        "suppressed": suppressed,
        "missing_policy": super::rule_words::missing(scope, &scope.material.framework.missing)?,
    });
    Ok(Some(Quality {
        headline: scope.words.say("national_quality_headline", &context)?,
        lead: scope.words.say("national_quality_lead", &context)?,
        indicators: indicator_table(scope, &context)?,
        units: unit_table(scope, &context)?,
    }))
}

fn indicator_table(scope: &Scope<'_>, context: &serde_json::Value) -> Result<QualityTable, TemplateError> {
    let all = &scope.material.overview.indicators;
    let samples: Vec<Option<String>> = (0..all.len()).map(|at| sample(scope, at)).collect();
    let sampled = samples.iter().any(Option::is_some);
    let inapplicable = all.iter().any(|one| one.cells.not_applicable > 0);
    let mut columns = vec!["present", "missing"];
    if inapplicable {
        columns.push("inapplicable");
    }
    if sampled {
        columns.push("sample");
    }
    let row = |(one, sample): (&crate::index::IndicatorSpread, Option<String>)| {
        let mut cells =
            vec![Some(scope.numbers.count(one.cells.present)), Some(scope.numbers.count(one.cells.missing))];
        if inapplicable {
            cells.push(Some(scope.numbers.count(one.cells.not_applicable)));
        }
        if sampled {
            cells.push(sample);
        }
        QualityRow { name: scope.name_of(&one.id), cells }
    };
    Ok(QualityTable {
        words: scope.table_words("national_quality_indicators", context)?,
        columns: columns
            .iter()
            .map(|head| scope.words.word(&format!("national_quality_{head}")))
            .collect::<Result<_, _>>()?,
        rows: all.iter().zip(samples).map(row).collect(),
    })
}

/// Median and range of the sample sizes of an indicator that rests on samples.
fn sample(scope: &Scope<'_>, indicator: usize) -> Option<String> {
    let input = scope.material.input;
    let units = 0..input.panel().units().len();
    let sizes: Vec<f64> = units
        .filter_map(|unit| input.observation(indicator, scope.row(unit)).sample?.n.map(f64::from))
        .collect();
    let spread = crate::index::Spread::of(&sizes)?;
    let whole = |value: f64| scope.numbers.value(value, 0);
    Some(if spread.min == spread.max {
        whole(spread.min)
    } else {
        format!("{} ({}–{})", whole(spread.median), whole(spread.min), whole(spread.max))
    })
}

/// The units that lack a value, those that lack most first.
fn unit_table(scope: &Scope<'_>, context: &serde_json::Value) -> Result<Option<QualityTable>, TemplateError> {
    let input = scope.material.input;
    let indicators = input.indicators();
    let lacking = |unit: usize| -> Vec<String> {
        let absent = (0..indicators.len())
            .filter(|at| input.observation(*at, scope.row(unit)).cell == crate::model::Cell::MISSING);
        absent.filter_map(|at| Some(scope.name_of(indicators.get(at)?))).collect()
    };
    let ranked = input.panel().units().iter().enumerate().filter(|(_, unit)| unit.role == Role::Ranked);
    let mut units: Vec<(usize, Vec<String>)> =
        ranked.map(|(at, _)| (at, lacking(at))).filter(|(_, names)| !names.is_empty()).collect();
    units.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
    let all = units.len();
    // Which values a unit lacks is told to those who may see them.
    if all == 0 || scope.material.disclosure.indicators != crate::plan::Detail::Scores {
        return Ok(None);
    }
    units.truncate(UNITS);
    let joint = if scope.lang == crate::diagnostics::Lang::Zh { "、" } else { "; " };
    let row = |(unit, names): &(usize, Vec<String>)| QualityRow {
        name: scope.unit_name(*unit),
        cells: vec![
            Some(scope.numbers.count(names.len())),
            Some(if names.len() == indicators.len() {
                scope.words.word("national_quality_everything").unwrap_or_default()
            } else if names.len() > MANY {
                let first = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(joint);
                scope
                    .words
                    .say("national_quality_more", json!({ "first": first, "count": names.len() }))
                    .unwrap_or_default()
            } else {
                names.join(joint)
            }),
        ],
    };
    let context = json!({ "about": context, "all": all, "shown": units.len() });
    Ok(Some(QualityTable {
        words: scope.table_words("national_quality_units", &context)?,
        columns: ["lacking", "which"]
            .iter()
            .map(|head| scope.words.word(&format!("national_quality_{head}")))
            .collect::<Result<_, _>>()?,
        rows: units.iter().map(row).collect(),
    }))
}
