//! Time of each stage before normalisation and of each scale, alone, on tables of
//! three sizes of which one cell in twenty is empty. Run with
//! `cargo bench --bench methods`: it prints a table, and how the time grows with
//! the number of cells (exponent from the first to the last size; 1 is in
//! proportion).

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "benchmarks write their projects and fail loudly"
)]

#[path = "support/generated.rs"]
mod generated;

use std::hint::black_box;
use std::time::{Duration, Instant};

use benchline::diagnostics::Findings;
use benchline::index::{normalise, prepare};
use benchline::model::Id;
use benchline::plan::{
    Denominator, Imputation, IndicatorPlan, KeepTransform, Normalisation, Plan, Pool, RowScope, Screen,
    ScreeningPlan, Transform, Treatment,
};
use benchline::project::{self, OpenProject};
use generated::{SIZES, generated};

/// Fewest runs and least time of a measurement.
const RUNS: usize = 5;
const LEAST: Duration = Duration::from_millis(300);

/// What a run is, on the plan without any of it.
type Change = Box<dyn Fn(&mut Plan)>;

fn main() {
    let names: Vec<String> = stages().into_iter().map(|(name, _)| name.to_owned()).collect();
    let mut times = vec![Vec::new(); names.len()];
    for (units, indicators) in SIZES {
        let folder = generated(units, indicators, 5);
        let open = project::open(folder.path(), &mut Findings::new()).expect("a sound project");
        for (at, (name, change)) in stages().into_iter().enumerate() {
            eprintln!("{units} x {indicators}: {name}");
            times[at].push(measured(&open, &change));
        }
    }
    println!("| | 342 × 24 | 3,000 × 100 | 50,000 × 50 | growth |\n|---|---|---|---|---|");
    for (name, times) in names.iter().zip(&times) {
        let shown: Vec<String> = times.iter().map(|time| shown(*time)).collect();
        println!("| {name} | {} | {:.2} |", shown.join(" | "), growth(times));
    }
}

/// The median of several runs.
fn measured(open: &OpenProject, change: &Change) -> Duration {
    let mut plan = open.framework.plan.clone();
    change(&mut plan);
    let scales = plan.indicators.iter().any(|one| !matches!(one.normalise, Normalisation::None));
    let run = || match scales {
        true => drop(black_box(normalise(&open.input, &plan).unwrap_or_else(|found| panic!("{found:#?}")))),
        false => drop(black_box(prepare(&open.input, &plan).unwrap_or_else(|found| panic!("{found:#?}")))),
    };
    run();
    let (mut times, start) = (Vec::new(), Instant::now());
    while times.len() < RUNS || (start.elapsed() < LEAST && times.len() < 1_000) {
        let one = Instant::now();
        run();
        times.push(one.elapsed());
    }
    times.sort_unstable();
    times[times.len() / 2]
}

/// ln(t₃ / t₁) / ln(cells₃ / cells₁).
fn growth(times: &[Duration]) -> f64 {
    let cells = SIZES.map(|(units, indicators)| (units * indicators) as f64);
    (times[2].as_secs_f64() / times[0].as_secs_f64()).ln() / (cells[2] / cells[0]).ln()
}

fn shown(time: Duration) -> String {
    let milliseconds = time.as_secs_f64() * 1e3;
    match milliseconds {
        ms if ms >= 1_000.0 => format!("{:.2} s", ms / 1e3),
        ms if ms >= 10.0 => format!("{ms:.0} ms"),
        ms if ms >= 1.0 => format!("{ms:.1} ms"),
        ms => format!("{ms:.2} ms"),
    }
}

fn each(change: impl Fn(&mut IndicatorPlan) + 'static) -> Change {
    Box::new(move |plan| {
        for indicator in &mut plan.indicators {
            indicator.normalise = Normalisation::None;
            change(indicator);
        }
    })
}

fn impute(method: Imputation) -> Change {
    each(move |one| one.impute = method.clone())
}

fn scale(method: Normalisation) -> Change {
    each(move |one| one.normalise = method.clone())
}

fn stages() -> Vec<(&'static str, Change)> {
    let over = Pool::Period;
    let half = || Some(Id::from("half"));
    let outliers = Treatment::Outliers {
        winsorise: 5,
        transform: Transform::LogCt,
        lambda: 0.0,
        keep_transform: KeepTransform::Always,
        // Bounds that uniform values do not pass.
        skewness: 1e-9,
        kurtosis: -10.0,
        over,
    };
    let screen: Change = Box::new(|plan| {
        plan.indicators.iter_mut().for_each(|one| one.normalise = Normalisation::None);
        plan.screen = Some(ScreeningPlan { by: Screen::Both, availability: 0.9, non_zero: 0.9 });
    });
    // Every other indicator from two that stand before it.
    let regression: Change = Box::new(|plan| {
        plan.indicators.iter_mut().for_each(|one| one.normalise = Normalisation::None);
        let ids: Vec<Id> = plan.indicators.iter().map(|one| one.id.clone()).collect();
        for (at, one) in plan.indicators.iter_mut().enumerate().skip(2) {
            one.impute = Imputation::Regression { on: ids[at - 2..at].to_vec(), over: Pool::Period };
        }
    });
    vec![
        ("筛查 screen", screen),
        (
            "除以背景变量 denominate",
            each(|one| one.denominate = Some(Denominator { by: Id::from("size"), factor: 1.0 })),
        ),
        ("均值 mean", impute(Imputation::Mean { within: None, over })),
        ("组内均值 mean within a group", impute(Imputation::Mean { within: half(), over })),
        ("中位数 median", impute(Imputation::Median { within: None, over })),
        ("组内中位数 median within a group", impute(Imputation::Median { within: half(), over })),
        ("行均值 row mean", impute(Imputation::RowMean { of: RowScope::All, over })),
        ("同级行均值 row mean of siblings", impute(Imputation::RowMean { of: RowScope::Siblings, over })),
        ("最近一期 latest", impute(Imputation::Latest { max_age: None })),
        ("线性 linear", impute(Imputation::Linear)),
        ("常数延伸 linear-constant", impute(Imputation::LinearConstant)),
        ("常数 constant", impute(Imputation::Constant)),
        ("两项回归 regression on two", regression),
        ("期望最大化 em", impute(Imputation::Em { over })),
        ("离群处理 outliers, log-ct", each(move |one| one.treat = outliers)),
        (
            "全部变换 transform, box-cox",
            each(move |one| {
                one.treat = Treatment::Transform { transform: Transform::BoxCox, lambda: 0.5, over };
            }),
        ),
        ("min-max", scale(Normalisation::MinMax { from: 0.0, to: 100.0, over })),
        ("z-score", scale(Normalisation::ZScore { mean: 0.0, deviation: 1.0, over })),
        ("percentile-rank", scale(Normalisation::PercentileRank { from: 0.0, scale: 100.0, over })),
        (
            "percentile-goalposts",
            scale(Normalisation::PercentileGoalposts {
                low: 0.05,
                high: 0.95,
                curve: benchline::plan::Curve::Linear,
                from: 0.0,
                scale: 100.0,
                over,
            }),
        ),
    ]
}
