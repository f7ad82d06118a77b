//! What must hold of every evaluation, whatever the values.

use benchline::diagnostics::Findings;
use benchline::index::{Evaluator, evaluate};
use benchline::model::Weights;
use benchline::plan::{Basis, Rule};
use benchline::project;
use proptest::prelude::*;

use crate::support::Copy;

/// The starter project with these values of `answered` and `resolved`.
fn with_values(answered: &[f64], resolved: &[f64]) -> Copy {
    let copy = Copy::of("examples/starter");
    let mut text =
        String::from("code,name,answered,wait_seconds,resolved,closed_on_time,repeated,satisfied\n");
    for (at, (answered, resolved)) in answered.iter().zip(resolved).enumerate() {
        text.push_str(&format!("S{:02},x,{answered},30,{resolved},90,8,85\n", at + 1));
    }
    copy.write("data/indicators.csv", &text);
    copy
}

fn scores(copy: &Copy) -> Vec<f64> {
    let scored = copy.scored();
    scored.evaluation.outcomes.iter().filter_map(|outcome| Some(outcome.score?.raw)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Under fixed goalposts a better value never lowers a score, scores stay in
    /// range, and no unit's score depends on another's values.
    /// Values below 1.5 would be doubted: percentages or fractions?
    #[test]
    fn better_values_never_lower_scores(
        answered in prop::collection::vec(1.5..100.0_f64, 12),
        resolved in prop::collection::vec(1.5..100.0_f64, 12),
        better in 0.0..20.0_f64,
        unit in 0..12_usize,
    ) {
        let before = scores(&with_values(&answered, &resolved));
        let mut improved = resolved.clone();
        improved[unit] = (improved[unit] + better).min(100.0);
        let after = scores(&with_values(&answered, &improved));
        prop_assert!(before.iter().chain(&after).all(|score| (0.0..=100.0).contains(score)));
        for (at, (before, after)) in before.iter().zip(&after).enumerate() {
            if at == unit {
                prop_assert!(after >= before);
            } else {
                prop_assert_eq!(before.to_bits(), after.to_bits());
            }
        }
    }
}

/// Weights count in proportion only.
#[test]
fn weights_are_free_of_scale() {
    let plain = Copy::of("examples/starter");
    let scaled = Copy::of("examples/starter");
    for (from, to) in [
        ("weight = 25", "weight = 2.5"),
        ("weight = 45", "weight = 4.5"),
        ("weight = 30\naggregate", "weight = 3\naggregate"),
    ] {
        scaled.edit("indicators/my-index.toml", from, to);
    }
    for (a, b) in scores(&plain).iter().zip(scores(&scaled)) {
        assert!((a - b).abs() < 1e-12);
    }
}

/// Plans that have something in common compute it once, and the results are
/// those of separate evaluations.
#[test]
fn plans_share_what_they_have_in_common() {
    let copy = Copy::of("examples/hdi-2022");
    let project = project::open(copy.path(), &mut Findings::new()).unwrap();
    let (input, plan) = (&project.input, &project.framework.plan);
    let evaluator = Evaluator::new(input);
    let first = evaluator.evaluate(plan).unwrap();
    let computed = evaluator.computed();
    assert_eq!(computed, plan.indicators.len() + plan.nodes.len());

    let mut edited = plan.clone();
    edited.rank.on = Basis::Raw;
    let second = evaluator.evaluate(&edited).unwrap();
    assert_eq!(evaluator.computed(), computed, "ranking computes no column");
    assert_ne!(first.outcomes, second.outcomes);

    let index = edited.nodes.iter_mut().find(|node| node.id == edited.index).unwrap();
    if let Rule::Aggregate { weights, .. } = &mut index.rule {
        *weights = Weights::from_shares(&[2.0, 1.0, 1.0]).unwrap();
    }
    let third = evaluator.evaluate(&edited).unwrap();
    assert_eq!(evaluator.computed(), computed + 1, "other weights change the index alone");
    assert_eq!(third.outcomes, evaluate(input, &edited).unwrap().outcomes);
}
