//! What every method makes of too little data.

use benchline::index::{Evaluation, evaluate};
use benchline::plan::{CrossCheckPlan, CrossOver};

use super::*;

/// Every way to run one method on the small project, by name.
fn plans(plan: &Plan) -> Vec<(String, Plan)> {
    let mut all: Vec<(String, Plan)> = Vec::new();
    for direction in [Direction::Higher, Direction::Lower] {
        let usable =
            scales(direction).into_iter().filter(|one| direction == Direction::Higher || scale_of(one).lower);
        all.extend(usable.map(|one| (format!("{one:?}"), with_scale(plan, direction, &one))));
    }
    let on_first = |change: &dyn Fn(&mut benchline::plan::IndicatorPlan)| {
        let mut plan = plan.clone();
        change(&mut plan.indicators[0]);
        plan
    };
    all.extend(
        treatments().into_iter().map(|one| (format!("{one:?}"), on_first(&|first| first.treat = one))),
    );
    all.extend(imputations().into_iter().map(|one| {
        let mut plan = plan.clone();
        // A regression on an indicator that is regressed on itself is none.
        let count = if matches!(one, Imputation::Regression { .. }) { 1 } else { CHILDREN };
        plan.indicators.iter_mut().take(count).for_each(|first| first.impute = one.clone());
        (format!("{one:?}"), plan)
    }));
    all.extend(
        means()
            .into_iter()
            .map(|one| (format!("{one:?}"), with_rule(plan, |method, _, _, _| *method = one.clone()))),
    );
    all.extend(
        schemes()
            .into_iter()
            .map(|one| (format!("{one:?}"), with_rule(plan, |_, _, _, weighting| *weighting = one.clone()))),
    );
    all
}

/// Everything in an evaluation is a number or absent.
fn is_finite(evaluation: &Evaluation) -> bool {
    let column = |column: &benchline::model::Column| {
        (0..column.len()).filter_map(|row| column.value(row)).all(f64::is_finite)
    };
    let prepared = &evaluation.prepared;
    let before = prepared.imputed.columns().iter().chain(prepared.treated.columns());
    let after = evaluation.normalised.columns().iter().chain(evaluation.nodes.columns.values());
    let outcome = |outcome: &benchline::index::Outcome| {
        let (score, rank) = (outcome.score, outcome.rank);
        score.is_none_or(|score| score.raw.is_finite() && score.rounded.is_finite())
            && rank.is_none_or(|rank| rank.value.is_finite())
    };
    before.chain(after).all(|one| column(one)) && evaluation.outcomes.iter().all(outcome)
}

/// One unit, two units, nobody different, an indicator without any value, zeros:
/// every method gives numbers or none, or says what is wrong and where.
#[test]
fn too_little_data_is_said_of_every_method() {
    let full = |rows: &[[u8; CHILDREN]]| opened(&whole(rows)).input;
    let many = opened(&[[None, Some(3), Some(4)], [Some(1), Some(2), Some(9)], [Some(7), Some(7), Some(1)]]);
    let inputs = [
        ("one unit", full(&[[5, 3, 2]])),
        ("two units", full(&[[5, 3, 2], [1, 4, 8]])),
        ("two equal units", full(&[[5, 3, 2], [5, 3, 2]])),
        ("a constant indicator", full(&[[5, 3, 2], [5, 4, 1], [5, 9, 7], [5, 1, 8], [5, 2, 2]])),
        ("an indicator without a value", many.input.only(0)),
        ("zeros", full(&[[0, 0, 0], [0, 1, 2], [3, 0, 0], [4, 4, 0]])),
    ];
    let (mut numbers, mut refusals) = (0, 0);
    for (name, input) in &inputs {
        for (method, plan) in plans(&many.framework.plan) {
            let evaluation = match evaluate(input, &plan) {
                Ok(evaluation) => evaluation,
                Err(findings) => {
                    refusals += 1;
                    assert!(findings.has_errors(), "{name}, {method}");
                    for finding in &findings {
                        let located = finding.place.is_some() || !finding.about.is_empty();
                        assert!(located, "{name}, {method}: nowhere: {finding:#?}");
                        let named =
                            |text: &str| ["x", "y", "z", "index", "U"].iter().any(|id| text.contains(id));
                        assert!(named(&finding.message.zh) && named(&finding.message.en), "{name}, {method}");
                        assert!(
                            !finding.message.en.contains("NaN"),
                            "{name}, {method}: {}",
                            finding.message.en
                        );
                    }
                    continue;
                }
            };
            numbers += 1;
            assert!(is_finite(&evaluation), "{name}, {method}");
            for over in [CrossOver::Indicators, CrossOver::Dimensions] {
                for cross in CrossMethod::ALL {
                    let asked = CrossCheckPlan { methods: vec![cross], over };
                    let Ok(found) = benchline::index::cross_check(input, &evaluation, &asked) else {
                        continue;
                    };
                    let ranking = &found.rankings[0];
                    let sound =
                        ranking.places.iter().flatten().all(|place| {
                            place.score.is_finite() && place.rank >= 1.0 && place.index_rank >= 1.0
                        });
                    assert!(sound && ranking.mean_shift.is_finite(), "{name}, {method}, {cross:?}");
                    assert!(ranking.correlation.is_none_or(f64::is_finite), "{name}, {method}, {cross:?}");
                }
            }
        }
    }
    assert!(numbers > 150 && refusals > 50, "{numbers} evaluations and {refusals} refusals");
}
