//! The steps before normalisation, in words: only those that the plan asks for.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::Scope;
use super::normalisation_words::pool;
use crate::plan::{Imputation, KeepTransform, Plan, RowScope, Screen, ScreeningPlan, Transform, Treatment};
use crate::report::TemplateError;

/// Name and context of each step that the plan runs.
pub(super) fn steps(scope: &Scope<'_>, plan: &Plan) -> Result<Vec<(&'static str, Value)>, TemplateError> {
    let mut steps = Vec::new();
    if let Some(screening) = &plan.screen {
        steps.push(("screen", screen(scope, plan, screening)));
    }
    if plan.indicators.iter().any(|indicator| indicator.denominate.is_some()) {
        steps.push(("denominate", denominate(scope, plan)));
    }
    if imputes(plan) {
        steps.push(("impute", impute(scope, plan)?));
    }
    if plan.indicators.iter().any(|indicator| !indicator.treat.is_none()) {
        steps.push(("treat", treat(scope, plan)?));
    }
    Ok(steps)
}

/// Whether any missing value is filled in.
pub(super) fn imputes(plan: &Plan) -> bool {
    plan.indicators.iter().any(|indicator| !indicator.impute.is_none())
}

fn screen(scope: &Scope<'_>, plan: &Plan, screening: &ScreeningPlan) -> Value {
    let start = scope.row(0);
    let rows = start..start + scope.material.input.panel().units().len();
    let prepared = &scope.material.evaluation.prepared;
    let failed = rows.filter(|row| prepared.shortfall(*row).is_some()).count();
    let _ = plan;
    json!({
        "missing": screening.by != Screen::Zeros,
        "zeros": screening.by != Screen::Missing,
        "availability": scope.numbers.percent(screening.availability),
        "non_zero": scope.numbers.percent(screening.non_zero),
        "failed": failed,
        "units": scope.text(&scope.material.framework.units),
    })
}

fn denominate(scope: &Scope<'_>, plan: &Plan) -> Value {
    let divided = plan.indicators.iter().filter_map(|indicator| {
        let by = indicator.denominate.as_ref()?;
        let known = scope.material.framework.contexts.iter().find(|one| one.id == by.by);
        let name = known.map_or(by.by.to_string(), |one| scope.text(&one.name).to_owned());
        let factor = scope.numbers.plain(by.factor);
        Some(json!({ "name": scope.name_of(&indicator.id), "by": name, "factor": factor, "scaled": by.factor != 1.0 }))
    });
    json!({ "divided": divided.collect::<Vec<Value>>() })
}

/// The methods in use, each with the number of indicators, and how many values
/// of the edition were filled in.
fn impute(scope: &Scope<'_>, plan: &Plan) -> Result<Value, TemplateError> {
    let mut uses: IndexMap<String, usize> = IndexMap::new();
    for indicator in plan.indicators.iter().filter(|indicator| !indicator.impute.is_none()) {
        *uses.entry(imputation(scope, &indicator.impute)?).or_default() += 1;
    }
    let uses: Vec<Value> =
        uses.into_iter().map(|(text, count)| json!({ "text": text, "count": count })).collect();
    let start = scope.row(0);
    let edition = start..start + scope.material.input.panel().units().len();
    let marks = &scope.material.evaluation.prepared.marks;
    let filled =
        marks.iter().flat_map(|marks| marks.imputed.iter()).filter(|row| edition.contains(row)).count();
    Ok(json!({ "uses": uses, "filled": scope.numbers.count(filled) }))
}

fn imputation(scope: &Scope<'_>, method: &Imputation) -> Result<String, TemplateError> {
    let words = scope.words;
    let group = |within: &Option<crate::model::Id>| {
        let id = within.as_ref();
        let group = id.and_then(|id| scope.material.framework.groups.iter().find(|group| group.id == *id));
        group.map_or(String::new(), |group| scope.text(&group.name).to_owned())
    };
    match method {
        Imputation::None => words.word("methods_impute_none"),
        Imputation::Mean { within, over } => {
            words.say("methods_impute_mean", json!({ "group": group(within), "pool": pool(words, *over)? }))
        }
        Imputation::Median { within, over } => {
            words.say("methods_impute_median", json!({ "group": group(within), "pool": pool(words, *over)? }))
        }
        Imputation::RowMean { of, .. } => {
            words.say("methods_impute_row_mean", json!({ "siblings": *of == RowScope::Siblings }))
        }
        Imputation::Latest { max_age } => words.say(
            "methods_impute_latest",
            json!({ "age": max_age.map_or(String::new(), |age| scope.numbers.plain(age)) }),
        ),
        Imputation::Linear => words.word("methods_impute_linear"),
        Imputation::LinearConstant => words.word("methods_impute_linear_constant"),
        Imputation::Constant => words.word("methods_impute_constant"),
        Imputation::Regression { on, .. } => {
            let names: Vec<String> = on.iter().map(|id| scope.name_of(id)).collect();
            words.say("methods_impute_regression", json!({ "names": names }))
        }
        Imputation::Em { .. } => words.word("methods_impute_em"),
    }
}

/// The rule, and what it did in the edition.
fn treat(scope: &Scope<'_>, plan: &Plan) -> Result<Value, TemplateError> {
    let mut uses: IndexMap<String, usize> = IndexMap::new();
    for indicator in plan.indicators.iter().filter(|indicator| !indicator.treat.is_none()) {
        *uses.entry(treatment(scope, &indicator.treat)?).or_default() += 1;
    }
    let uses: Vec<Value> =
        uses.into_iter().map(|(text, count)| json!({ "text": text, "count": count })).collect();
    let edition = scope.material.input.edition();
    let mut done = Vec::new();
    for (indicator, marks) in plan.indicators.iter().zip(&scope.material.evaluation.prepared.marks) {
        let of_edition = marks.treatments.iter().filter(|one| one.period.is_none_or(|at| at == edition));
        for record in of_edition {
            let transform = record.transform.map(|one| scope.words.word(transform(one))).transpose()?;
            done.push(json!({
                "name": scope.name_of(&indicator.id),
                "points": if record.winsorised { record.points } else { 0 },
                "transform": transform.unwrap_or_default(),
                "dropped": record.dropped.is_some(),
            }));
        }
    }
    Ok(json!({ "uses": uses, "done": done }))
}

fn treatment(scope: &Scope<'_>, method: &Treatment) -> Result<String, TemplateError> {
    let words = scope.words;
    match *method {
        Treatment::None => words.word("methods_treat_none"),
        Treatment::Outliers { winsorise, transform: curve, keep_transform, skewness, kurtosis, .. } => words.say(
            "methods_treat_outliers",
            json!({
                "winsorise": winsorise,
                "transform": if curve == Transform::None { String::new() } else { words.word(transform(curve))? },
                "improves": keep_transform == KeepTransform::Improves,
                "skewness": scope.numbers.plain(skewness),
                "kurtosis": scope.numbers.plain(kurtosis),
            }),
        ),
        Treatment::Transform { transform: curve, .. } => words.word(transform(curve)),
    }
}

fn transform(transform: Transform) -> &'static str {
    match transform {
        Transform::None => "methods_transform_none",
        Transform::Log => "methods_transform_log",
        Transform::LogCt => "methods_transform_log_ct",
        Transform::LogCtPlus => "methods_transform_log_ct_plus",
        Transform::LogCtOrig => "methods_transform_log_ct_orig",
        Transform::BoxCox => "methods_transform_box_cox",
    }
}
