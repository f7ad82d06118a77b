//! Time and memory of an audit, with growth. Run with `cargo bench --bench audit`;
//! everything runs on one thread, so times are CPU times.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "benchmarks write their projects and fail loudly"
)]

use std::path::Path;
use std::time::Instant;

use benchline::diagnostics::Findings;
use benchline::index::evaluate;
use benchline::plan::RobustnessPlan;
use benchline::project;
use benchline::robustness::robustness;
use tempfile::TempDir;

/// A project of so many units and indicators in six dimensions, 3 % of the cells
/// missing; with `sampled`, every second indicator is a share of 20 to 60 calls.
fn generated(units: usize, indicators: usize, sampled: bool) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/methods/_base");
    let framework = std::fs::read_to_string(base.join("index.toml")).unwrap();
    let named = |id: &str| format!("id = \"{id}\"\nname = {{ zh = \"{id}\", en = \"{id}\" }}\n");
    let mut text =
        String::from("impute = { method = \"median\" }\ntreat = { method = \"outliers\" }\n") + &framework;
    text += &format!("[[node]]\n{}aggregate = {{ method = \"arithmetic\" }}\n", named("index"));
    for dimension in 0..6 {
        let id = named(&format!("d{dimension}"));
        text += &format!("[[node]]\n{id}parent = \"index\"\naggregate = {{ method = \"arithmetic\" }}\n");
    }
    for indicator in 0..indicators {
        let id = named(&format!("i{indicator}"));
        text += &format!(
            "[[indicator]]\n{id}parent = \"d{}\"\ndirection = \"higher\"\nmeasure = {{ zh = \"%\", en = \"%\" }}\n\
             normalise = {{ method = \"min-max\", from = 1, to = 100 }}\n",
            indicator % 6
        );
    }
    std::fs::write(folder.path().join("index.toml"), text).unwrap();
    let is_sampled = |indicator: usize| sampled && indicator.is_multiple_of(2);
    let mut header = String::from("code");
    for indicator in 0..indicators {
        header += &format!(",i{indicator}");
        if is_sampled(indicator) {
            header += &format!(",i{indicator}_n,i{indicator}_k");
        }
    }
    let (mut values, mut names, mut state) = (header + "\n", String::from("code,name\n"), 1_u64);
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / (1_u64 << 24) as f64
    };
    for unit in 0..units {
        names += &format!("U{unit:05},单位{unit}\n");
        values += &format!("U{unit:05}");
        for indicator in 0..indicators {
            let share = 0.5 + 0.5 * next();
            if is_sampled(indicator) {
                let n = (20.0 + 40.0 * next()).floor();
                let k = (n * share).floor();
                values += &format!(",{},{n},{k}", 100.0 * k / n);
            } else if next() < 0.03 {
                values.push(',');
            } else {
                values += &format!(",{:.2}", 100.0 * share);
            }
        }
        values.push('\n');
    }
    std::fs::write(folder.path().join("values.csv"), values).unwrap();
    std::fs::write(folder.path().join("units.csv"), names).unwrap();
    let mut toml = std::fs::read_to_string(base.join("benchline.toml")).unwrap();
    if sampled {
        toml += "\n[data.samples]\n";
        for indicator in (0..indicators).step_by(2) {
            toml += &format!("i{indicator} = {{ n = \"i{indicator}_n\", k = \"i{indicator}_k\" }}\n");
        }
    }
    std::fs::write(folder.path().join("benchline.toml"), toml).unwrap();
    folder
}

/// Five assumptions: 2 imputations, 5 treatments, 3 scales, 1,000 sets of noisy
/// weights, 2 means.
const ASSUMPTIONS: &str = r#"
    [[vary]]
    what = "imputation"
    alternatives = [{ method = "mean" }]
    [[vary]]
    what = "treatment"
    winsorise = [1, 2, 3, 4]
    [[vary]]
    what = "normalisation"
    alternatives = [{ method = "z-score", mean = 250, deviation = 10 }, { method = "rank" }]
    [[vary]]
    what = "weight-noise"
    [[vary]]
    what = "aggregation"
    alternatives = [{ method = "geometric" }]
"#;

fn run(name: &str, (units, indicators): (usize, usize), sampled: bool, plan: &str) {
    let folder = generated(units, indicators, sampled);
    let mut findings = Findings::new();
    let project = project::open(folder.path(), &mut findings).expect("a sound project");
    let evaluation = evaluate(&project.input, &project.framework.plan).unwrap();
    let plan: RobustnessPlan = toml::from_str(plan).unwrap();
    let (before, start) = (peak(), Instant::now());
    let found = robustness(&project.input, &project.framework.framework, &evaluation, &plan, 1);
    let seconds = start.elapsed().as_secs_f64();
    let failed = [&found.by_sampling, &found.by_assumptions, &found.together];
    let failed: u32 = failed.iter().filter_map(|one| one.as_ref()).map(|one| one.failed).sum();
    println!(
        "{name:<44} {units:>6} x {indicators:<3} {seconds:>8.2} s  peak {:>5} MB (before: {before} MB)  failed {failed}  hits {:.4}",
        peak(),
        found.reuse.hit_rate
    );
}

/// Largest resident memory so far in MB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1_024
}

fn main() {
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("no pool yet");
    let bare =
        |draws: u32, sampling: bool| format!("draws = {draws}\nsampling = {sampling}\nremoval = false\n");
    let assumptions = |draws: u32| bare(draws, false) + ASSUMPTIONS;
    let only: Option<String> = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let wanted = |name: &str| only.as_ref().is_none_or(|only| name.contains(only.as_str()));
    let each = |name: &str, size: (usize, usize), sampled: bool, plan: String| {
        if wanted(name) {
            run(name, size, sampled, &plan);
        }
    };
    each("assumptions, 10,000 draws", (342, 24), false, assumptions(10_000));
    each("sampling error, 10,000 draws", (342, 24), true, bare(10_000, true));
    each(
        "Sobol, 28,672 runs",
        (342, 24),
        false,
        assumptions(20).replacen("removal", "sobol = { base = 256, scrambles = 16 }\nremoval", 1),
    );
    each(
        "removal and leaving out units",
        (342, 24),
        false,
        bare(20, false).replace("removal = false", "removal = true"),
    );
    for draws in [1_000, 100_000] {
        each("growth over draws", (342, 24), false, assumptions(draws));
    }
    for indicators in [6, 96] {
        each("growth over indicators", (342, indicators), false, assumptions(10_000));
    }
    for units in [3_000, 50_000] {
        each("growth over units, 1,000 draws", (units, 24), false, assumptions(1_000));
    }
    each("growth over units, sampling, 1,000 draws", (3_000, 24), true, bare(1_000, true));
}
