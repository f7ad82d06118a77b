//! Properties of every scale and every mean that there is, and what every method
//! makes of too little data. A new variant without an answer here does not
//! compile ([`scale_of`], [`mean_of`]) or has no sample ([`every_word_has_a_sample`]).

mod little_data;
mod properties;

use std::collections::BTreeSet;

use benchline::diagnostics::Findings;
use benchline::model::{Direction, Id, Weights};
use benchline::plan::{
    Aggregation, Category, CrossMethod, Curve, Divisor, Expert, Imputation, KeepTransform, Normalisation,
    Penalty, Plan, Pool, RowScope, Rule, ScoreRange, Step, Transform, Treatment, Weighting, WorstReference,
    methods,
};
use benchline::project::{self, OpenProject};

use crate::support::Copy;

const CHILDREN: usize = 3;
const OVER: Pool = Pool::Period;

/// A project of units by three indicators whose scores are their values.
fn opened(rows: &[[Option<u8>; CHILDREN]]) -> OpenProject {
    let copy = Copy::of("tests/cases/methods/_base");
    let mut text = std::fs::read_to_string(copy.path().join("index.toml")).unwrap();
    text += "[[group]]\nid = \"half\"\nname = { zh = \"半\", en = \"Half\" }\n\
             member = [{ id = \"one\", name = { zh = \"一\", en = \"One\" } }, { id = \"two\", name = { zh = \"二\", en = \"Two\" } }]\n\
             [[node]]\nid = \"index\"\nname = { zh = \"指数\", en = \"Index\" }\naggregate = { method = \"arithmetic\" }\n";
    for id in ["x", "y", "z"] {
        text += &format!(
            "[[indicator]]\nid = \"{id}\"\nname = {{ zh = \"{id}\", en = \"{id}\" }}\nparent = \"index\"\n\
             direction = \"higher\"\nmeasure = {{ zh = \"分\", en = \"points\" }}\nnormalise = {{ method = \"none\" }}\n"
        );
    }
    copy.write("index.toml", &text);
    let (mut units, mut values) = ("code,name,half\n".to_owned(), "code,x,y,z\n".to_owned());
    for (at, row) in rows.iter().enumerate() {
        units += &format!("U{at},U{at},{}\n", ["one", "two"][at % 2]);
        let cells = row.map(|cell| cell.map_or(String::new(), |value| value.to_string()));
        values += &format!("U{at},{}\n", cells.join(","));
    }
    copy.write("units.csv", &units);
    copy.write("values.csv", &values);
    copy.edit("benchline.toml", "name_en = \"name\"", "name_en = \"name\", groups = { half = \"half\" }");
    let mut findings = Findings::new();
    project::open(copy.path(), &mut findings).unwrap_or_else(|| panic!("{findings:#?}"))
}

fn whole(rows: &[[u8; CHILDREN]]) -> Vec<[Option<u8>; CHILDREN]> {
    rows.iter().map(|row| row.map(Some)).collect()
}

/// What is true of a scale.
struct Scale {
    /// Worst and best score; none for methods without bounds.
    range: Option<(f64, f64)>,
    /// Whether a better value never scores lower among the same others.
    monotone: bool,
    /// Whether others cannot move a unit's score.
    alone: bool,
    /// Whether it may be used where lower is better.
    lower: bool,
}

fn scale_of(method: &Normalisation) -> Scale {
    let within = |from, to| Scale { range: Some((from, to)), monotone: true, alone: false, lower: true };
    let open = Scale { range: None, monotone: true, alone: false, lower: true };
    match method {
        Normalisation::None => Scale { alone: true, lower: false, ..open },
        Normalisation::Goalposts { from, scale, .. } => Scale { alone: true, ..within(*from, *scale) },
        Normalisation::PercentileGoalposts { from, scale, .. } => within(*from, *scale),
        Normalisation::Scaled { .. } => Scale { alone: true, ..open },
        Normalisation::MinMax { from, to, .. }
        | Normalisation::DistanceToMax { from, to, .. }
        | Normalisation::DistanceToTarget { from, to, .. } => within(*from, *to),
        Normalisation::DistanceToReference { from, to, .. } => within(*from, *to),
        Normalisation::FractionOfMax { from, to, .. } => Scale { lower: false, ..within(*from, *to) },
        Normalisation::ZScore { .. } | Normalisation::Borda { .. } => open,
        Normalisation::Rank { range, .. } => {
            Scale { range: range.map(|range| (range.from, range.to)), ..open }
        }
        Normalisation::PercentileRank { from, scale, .. } => within(*from, *scale),
        Normalisation::Steps { .. } => Scale { alone: true, lower: false, ..within(0.0, 100.0) },
        // A table may say anything.
        Normalisation::Categories { .. } => Scale { alone: true, monotone: false, ..within(0.0, 100.0) },
        Normalisation::LinearThreshold { below, scale, .. } => {
            Scale { alone: true, ..within(*below, *scale) }
        }
    }
}

/// One sample of each scale for values from 1 to 9; U0 is given the best value.
fn scales(direction: Direction) -> Vec<Normalisation> {
    let (floor, target) = if direction == Direction::Higher { (3.0, 8.0) } else { (8.0, 3.0) };
    let better = if direction == Direction::Higher { 10.0 } else { 0.5 };
    let category = |value: u8| Category { value: value.into(), score: f64::from(value * 37 % 100) };
    let step = |at_least: f64, score: f64| Step { at_least, score };
    vec![
        Normalisation::None,
        Normalisation::Goalposts { low: 2.0, high: 8.0, curve: Curve::Log, from: 10.0, scale: 100.0 },
        Normalisation::PercentileGoalposts {
            low: 0.0,
            high: 1.0,
            curve: Curve::Linear,
            from: 0.0,
            scale: 100.0,
            over: OVER,
        },
        Normalisation::Scaled { low: 2.0, high: 8.0, from: 0.0, to: 100.0 },
        Normalisation::MinMax { from: 1.0, to: 100.0, over: OVER },
        Normalisation::DistanceToMax { from: 0.0, to: 1.0, over: OVER },
        Normalisation::DistanceToReference {
            unit: "U0".to_owned(),
            cap: true,
            worst_reference: WorstReference::Refuse,
            from: 0.0,
            to: 1.0,
            over: OVER,
        },
        Normalisation::DistanceToTarget { target: better, cap: true, from: 0.0, to: 1.0, over: OVER },
        Normalisation::FractionOfMax { from: 0.0, to: 1.0, over: OVER },
        Normalisation::ZScore { mean: 100.0, deviation: 10.0, over: OVER },
        Normalisation::Rank { range: Some(ScoreRange { from: 0.0, to: 100.0 }), over: OVER },
        Normalisation::PercentileRank { from: 0.0, scale: 100.0, over: OVER },
        Normalisation::Borda { range: None, over: OVER },
        Normalisation::Steps { below: 0.0, steps: vec![step(3.0, 40.0), step(6.0, 100.0)] },
        Normalisation::Categories { categories: (1..=9).map(category).collect() },
        Normalisation::LinearThreshold { floor, target, below: 0.0, at_floor: 60.0, scale: 100.0 },
    ]
}

/// The range of a score from the least and the largest child and the number of units.
type RangeOf = fn(f64, f64, f64) -> (f64, f64);

/// What is true of a mean.
struct Mean {
    /// Where the score lies; none for methods without bounds.
    range: Option<RangeOf>,
    /// Whether a better child never lowers the score.
    monotone: bool,
}

fn mean_of(method: &Aggregation) -> Mean {
    let between = Mean { range: Some(|low, high, _| (low, high)), monotone: true };
    match method {
        Aggregation::Arithmetic
        | Aggregation::Geometric
        | Aggregation::Harmonic
        | Aggregation::GeneralisedMean { .. }
        | Aggregation::WeightedMedian
        | Aggregation::Minimum
        | Aggregation::Owa { .. } => between,
        Aggregation::WeightedSum { .. } => Mean { range: None, ..between },
        // Neither, which its documentation says.
        Aggregation::MazziottaPareto { .. } => Mean { range: None, monotone: false },
        Aggregation::Copeland => Mean { range: Some(|_, _, n| (1.0 - n, n - 1.0)), monotone: true },
        Aggregation::BenefitOfTheDoubt { .. } => Mean { range: Some(|_, _, _| (0.0, 1.0)), monotone: true },
        // A better value of one's own may stretch the scale under another's.
        Aggregation::Topsis | Aggregation::Vikor { .. } => {
            Mean { range: Some(|_, _, _| (0.0, 1.0)), monotone: false }
        }
        Aggregation::RankSumRatio => Mean { range: Some(|_, _, n| (1.0 / n, 1.0)), monotone: true },
    }
}

fn means() -> Vec<Aggregation> {
    vec![
        Aggregation::Arithmetic,
        Aggregation::Geometric,
        Aggregation::Harmonic,
        Aggregation::GeneralisedMean { power: 2.0 },
        Aggregation::GeneralisedMean { power: -1.5 },
        Aggregation::WeightedMedian,
        Aggregation::WeightedSum { total: Some(6.0) },
        Aggregation::Minimum,
        Aggregation::Owa { weights: vec![3.0, 2.0, 1.0] },
        Aggregation::MazziottaPareto { penalty: Penalty::Down, divisor: Divisor::Population },
        Aggregation::Copeland,
        Aggregation::BenefitOfTheDoubt { shares: None, weights: None, scale: 1.0 },
        Aggregation::Topsis,
        Aggregation::Vikor { majority: 0.5 },
        Aggregation::RankSumRatio,
    ]
}

fn schemes() -> Vec<Weighting> {
    let ids = || ["x", "y", "z"].map(Id::from).to_vec();
    let expert = |points: [f64; 3]| Expert { name: "E".to_owned(), points: points.to_vec() };
    vec![
        Weighting::Given,
        Weighting::Equal,
        Weighting::PrincipalComponent,
        Weighting::FactorAnalysis,
        Weighting::Entropy,
        Weighting::Critic,
        Weighting::StandardDeviation,
        Weighting::Ahp {
            of: ids(),
            comparisons: vec![vec![1.0, 2.0, 4.0], vec![0.5, 1.0, 2.0], vec![0.25, 0.5, 1.0]],
        },
        Weighting::Budget { of: ids(), experts: vec![expert([5.0, 3.0, 2.0])], sheet: None },
        Weighting::Optimised { importances: ids().into_iter().zip([1.0, 1.0, 1.0]).collect() },
    ]
}

fn imputations() -> Vec<Imputation> {
    let within = || Some(Id::from("half"));
    vec![
        Imputation::None,
        Imputation::Mean { within: None, over: OVER },
        Imputation::Mean { within: within(), over: OVER },
        Imputation::Median { within: None, over: OVER },
        Imputation::Median { within: within(), over: OVER },
        Imputation::RowMean { of: RowScope::All, over: OVER },
        Imputation::RowMean { of: RowScope::Siblings, over: OVER },
        Imputation::Latest { max_age: None },
        Imputation::Linear,
        Imputation::LinearConstant,
        Imputation::Constant,
        Imputation::Regression { on: vec![Id::from("y")], over: OVER },
        Imputation::Em { over: OVER },
    ]
}

fn treatments() -> Vec<Treatment> {
    let outliers = |transform| Treatment::Outliers {
        winsorise: 5,
        transform,
        lambda: 0.5,
        keep_transform: KeepTransform::Improves,
        skewness: 2.0,
        kurtosis: 3.5,
        over: OVER,
    };
    let all =
        [Transform::Log, Transform::LogCt, Transform::LogCtPlus, Transform::LogCtOrig, Transform::BoxCox];
    let transforms = all.map(|transform| Treatment::Transform { transform, lambda: 0.5, over: OVER });
    [Treatment::None, outliers(Transform::None), outliers(Transform::LogCt)]
        .into_iter()
        .chain(transforms)
        .collect()
}

/// The words of a stage that the samples stand for are all that there are.
#[test]
fn every_word_has_a_sample() {
    fn words<T: serde::Serialize>(samples: Vec<T>) -> BTreeSet<String> {
        let word = |sample: &T| {
            let json = serde_json::to_value(sample).unwrap();
            json.get("method").unwrap_or(&json).as_str().unwrap().to_owned()
        };
        samples.iter().map(word).collect()
    }
    let listed = |stage: &str| -> BTreeSet<String> {
        methods().into_iter().filter(|method| method.stage == stage).map(|method| method.name).collect()
    };
    assert_eq!(words(scales(Direction::Higher)), listed("normalise"));
    assert_eq!(words(means()), listed("aggregate"));
    assert_eq!(words(schemes()), listed("weigh"));
    assert_eq!(words(imputations()), listed("impute"));
    assert_eq!(words(treatments()), listed("treat"));
    assert_eq!(words(CrossMethod::ALL.to_vec()), listed("cross_check"));
}

/// The plan with the first indicator on a scale.
fn with_scale(plan: &Plan, direction: Direction, method: &Normalisation) -> Plan {
    let mut plan = plan.clone();
    plan.indicators[0].direction = direction;
    plan.indicators[0].normalise = method.clone();
    plan
}

fn with_rule(
    plan: &Plan,
    change: impl FnOnce(&mut Aggregation, &mut Vec<Id>, &mut Weights, &mut Weighting),
) -> Plan {
    let mut plan = plan.clone();
    match &mut plan.nodes[0].rule {
        Rule::Aggregate { method, children, weights, weighting, .. } => {
            change(method, children, weights, weighting)
        }
        Rule::Formula(_) => panic!("the index is a mean"),
    }
    plan
}
