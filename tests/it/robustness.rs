//! How sure ranks are: against another program's draws, against `evaluate`, and
//! the same on any number of threads.

use std::fs;

use benchline::diagnostics::Findings;
use benchline::index::{Evaluation, evaluate};
use benchline::model::Weights;
use benchline::plan::{Aggregation, Imputation, MissingPolicy, Plan, RobustnessPlan, Rule};
use benchline::project::{self, OpenProject};
use benchline::robustness::{Robustness, replay, robustness};

use crate::support::{Copy, root};

fn table(path: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join("tests/cases/robustness").join(path)).unwrap();
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn open(copy: &Copy) -> (OpenProject, Evaluation) {
    let mut findings = Findings::new();
    let project = project::open(copy.path(), &mut findings).unwrap_or_else(|| panic!("{findings:#?}"));
    let evaluation = evaluate(&project.input, &project.framework.plan).unwrap();
    (project, evaluation)
}

/// The base of another program's analysis, with its sets of noisy weights.
fn peer() -> (OpenProject, Evaluation) {
    let copy = Copy::of("tests/cases/goldens/_base");
    let framework =
        fs::read_to_string(root().join("tests/cases/goldens/A02_base_uneven/framework.toml")).unwrap();
    let mut framework = framework.replace("from = 0, to = 100", "from = 1, to = 100");
    let sets = table("replay/weights.csv");
    for set in &sets[1..] {
        let shares = sets[0].iter().zip(set).skip(1).map(|(id, share)| format!("{id} = {share}"));
        framework += &format!(
            "\n[[weight_set]]\nid = \"w{0}\"\nname = {{ zh = \"{0}\", en = \"{0}\" }}\nshares = {{ {1} }}\n",
            set[0],
            shares.collect::<Vec<_>>().join(", ")
        );
    }
    copy.write("framework.toml", &framework);
    open(&copy)
}

const PEER: &str = r#"
    [[vary]]
    what = "imputation"
    declared = false
    alternatives = [{ method = "median", within = "Region" }, { method = "mean", within = "Region" }]
    [[vary]]
    what = "treatment"
    declared = false
    winsorise = [1, 2, 3, 4, 5]
    [[vary]]
    what = "normalisation"
    declared = false
    alternatives = [
      { method = "min-max", from = 1, to = 100 },
      { method = "z-score", mean = 250, deviation = 10 },
      { method = "rank" },
    ]
    [[vary]]
    what = "weight-sets"
    declared = false
    [[vary]]
    what = "aggregation"
    declared = false
    alternatives = [{ method = "arithmetic" }, { method = "geometric" }]
"#;

/// The 1,000 draws of COINr 1.1.14 (`tests/cases/robustness/README.md`).
#[test]
fn the_draws_of_another_program_give_its_rank_statistics() {
    let (project, evaluation) = peer();
    let plan: RobustnessPlan = toml::from_str(PEER).unwrap();
    let choices = table("replay/choice.csv");
    let draws: Vec<Vec<u32>> = choices[1..]
        .iter()
        .map(|row| row.iter().map(|at| at.parse::<u32>().unwrap() - 1).collect())
        .collect();
    assert_eq!(draws.len(), 1_000);
    let found = replay(&project.input, &project.framework.framework, &evaluation, &plan, &draws);
    assert_eq!((found.draws, found.failed), (1_000, 0));
    let (mut cells, mut wrong) = (0, Vec::new());
    for row in &table("replay/rankstats.csv")[1..] {
        let at = project.input.panel().units().position(&row[0]).unwrap();
        let unit = found.units.iter().find(|one| one.unit == at).unwrap();
        let expected: Vec<f64> = row[1..].iter().map(|cell| cell.parse().unwrap()).collect();
        assert_eq!(unit.nominal_rank, expected[0], "{}", row[0]);
        let rank = unit.rank.unwrap();
        for (found, expected) in [rank.mean, rank.median, rank.q05, rank.q95].iter().zip(&expected[1..]) {
            cells += 1;
            if (found - expected).abs() > 1e-9 {
                wrong.push(format!("{}: {found} for {expected}", row[0]));
            }
        }
        assert_eq!(unit.ranks.counts.iter().sum::<u32>(), 1_000);
    }
    assert_eq!(cells, 1_368);
    assert!(wrong.is_empty(), "{} differ: {:#?}", wrong.len(), &wrong[..wrong.len().min(5)]);
}

/// Scores and ranks of one draw of the plan with `vary`, which has one option.
fn drawn(project: &OpenProject, evaluation: &Evaluation, vary: &str) -> Vec<(f64, f64)> {
    let plan: RobustnessPlan = toml::from_str(vary).unwrap();
    let options = vec![vec![0; plan.vary.len()]];
    let found = replay(&project.input, &project.framework.framework, evaluation, &plan, &options);
    assert_eq!(found.failed, 0, "{:?}", found.failures);
    found.units.iter().filter_map(|unit| Some((unit.score?.mean, unit.rank?.mean))).collect()
}

/// Scores and ranks of the plan edited by hand.
fn evaluated(project: &OpenProject, edit: impl Fn(&mut Plan)) -> Vec<(f64, f64)> {
    let mut plan = project.framework.plan.clone();
    edit(&mut plan);
    let evaluation = evaluate(&project.input, &plan).unwrap();
    let rows = project.input.panel().rows_of(project.input.edition());
    let outcomes = evaluation.outcomes[rows].iter();
    outcomes.filter_map(|one| Some((one.score?.raw, one.rank?.value))).collect()
}

fn rules(plan: &mut Plan, edit: impl Fn(&mut Rule)) {
    plan.nodes.iter_mut().for_each(|node| edit(&mut node.rule));
}

fn assert_agree(found: &[(f64, f64)], expected: &[(f64, f64)], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for ((score, rank), (expected, expected_rank)) in found.iter().zip(expected) {
        assert!(
            (score - expected).abs() <= 1e-11 * expected.abs().max(1.0),
            "{what}: {score} for {expected}"
        );
        assert_eq!(rank, expected_rank, "{what}");
    }
}

/// Every mean, with and without missing values: what is compiled for draws gives
/// what an evaluation gives.
#[test]
fn a_draw_is_an_evaluation_of_the_edited_plan() {
    let (project, evaluation) = peer();
    let means = [
        r#"method = "arithmetic""#,
        r#"method = "geometric""#,
        r#"method = "harmonic""#,
        r#"method = "generalised-mean", power = 0.5"#,
        r#"method = "weighted-median""#,
        r#"method = "weighted-sum", total = 7"#,
        r#"method = "minimum""#,
        r#"method = "copeland""#,
        r#"method = "mazziotta-pareto", divisor = "n""#,
        r#"method = "topsis""#,
    ];
    #[derive(serde::Deserialize)]
    struct Mean {
        mean: Aggregation,
    }
    for mean in means {
        let Mean { mean: method } = toml::from_str(&format!("mean = {{ {mean} }}")).unwrap();
        for impute in ["none", "median"] {
            let vary = format!(
                "[[vary]]\nwhat = \"aggregation\"\ndeclared = false\nalternatives = [{{ {mean} }}]\n\
                 [[vary]]\nwhat = \"imputation\"\ndeclared = false\nalternatives = [{{ method = \"{impute}\" }}]\n"
            );
            let found = drawn(&project, &evaluation, &vary);
            let expected = evaluated(&project, |plan| {
                rules(plan, |rule| {
                    if let Rule::Aggregate { method: own, .. } = rule {
                        *own = method.clone();
                    }
                });
                for one in &mut plan.indicators {
                    one.impute = match impute {
                        "none" => Imputation::None,
                        _ => Imputation::Median { within: None, over: Default::default() },
                    };
                }
            });
            assert_agree(&found, &expected, &format!("{mean}, {impute}"));
        }
    }
}

/// Policies for missing children, screening, weights from data, equal weights.
#[test]
fn every_kind_of_choice_edits_the_plan() {
    let (project, evaluation) = peer();
    let no_impute =
        "[[vary]]\nwhat = \"imputation\"\ndeclared = false\nalternatives = [{ method = \"none\" }]\n";
    let check = |choice: &str, edit: &dyn Fn(&mut Plan)| {
        let found = drawn(&project, &evaluation, &format!("{no_impute}[[vary]]\ndeclared = false\n{choice}"));
        let expected = evaluated(&project, |plan| {
            plan.indicators.iter_mut().for_each(|one| one.impute = Imputation::None);
            edit(plan);
        });
        assert_agree(&found, &expected, choice);
    };
    check("what = \"missing\"\nalternatives = [{ policy = \"require-all\" }]", &|plan| {
        rules(plan, |rule| {
            if let Rule::Aggregate { missing, .. } = rule {
                missing.policy = MissingPolicy::RequireAll;
            }
        });
    });
    check("what = \"missing\"\nalternatives = [{ policy = \"group-score\", group = \"Region\" }]", &|plan| {
        rules(plan, |rule| {
            if let Rule::Aggregate { missing, .. } = rule {
                missing.policy = MissingPolicy::GroupScore;
                missing.group = Some("Region".into());
            }
        });
    });
    check("what = \"screening\"\nalternatives = [{ availability = 0.97 }]", &|plan| {
        plan.screen = Some(toml::from_str("availability = 0.97").unwrap());
    });
    for method in ["equal", "standard-deviation", "critic", "principal-component"] {
        let choice = format!(
            "what = \"weighting\"\nnodes = [\"D1\", \"Index\"]\nalternatives = [{{ method = \"{method}\" }}]"
        );
        check(&choice, &|plan| {
            for node in plan.nodes.iter_mut().filter(|node| ["D1", "Index"].contains(&node.id.as_str())) {
                if let Rule::Aggregate { weighting, weights, .. } = &mut node.rule {
                    *weighting = toml::from_str(&format!("method = \"{method}\"")).unwrap();
                    if method == "equal" {
                        *weights = Weights::from_shares(&vec![1.0; weights.as_slice().len()]).unwrap();
                    }
                }
            }
        });
    }
    check("what = \"leave-out\"\nindicators = [\"I03\"]", &|plan| {
        rules(plan, |rule| {
            if let Rule::Aggregate { children, weights, .. } = rule
                && let Some(at) = children.iter().position(|child| child.as_str() == "I03")
            {
                children.remove(at);
                let mut shares = weights.as_slice().to_vec();
                shares.remove(at);
                *weights = Weights::from_shares(&shares).unwrap();
            }
        });
    });
}

/// Both sources of doubt on the bundled example, with everything it declares.
fn audited(threads: usize) -> Robustness {
    let scored = crate::support::scored(&root().join("examples/hotline-2025"));
    let vary = r#"
        draws = 60
        sampling = true
        removal = false
        top = [10, 50]
        [[vary]]
        what = "weight-noise"
        sets = 50
        [[vary]]
        what = "aggregation"
        alternatives = [{ method = "geometric" }]
        [[vary]]
        what = "leave-out"
    "#;
    let plan: RobustnessPlan = toml::from_str(vary).unwrap();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let open = &scored.project;
    pool.install(|| robustness(&open.input, &open.framework.framework, &scored.evaluation, &plan, 7))
}

#[test]
fn the_number_of_threads_changes_no_bit() {
    let one = audited(1);
    let bytes = serde_json::to_vec(&one).unwrap();
    for threads in [2, 8] {
        let other = audited(threads);
        assert!(other == one, "{threads} threads");
        assert!(serde_json::to_vec(&other).unwrap() == bytes, "{threads} threads");
    }
    assert!(one.by_sampling.is_some() && one.by_assumptions.is_some() && one.together.is_some());
    assert_eq!(one.assumptions.len(), 3);
    for assumption in &one.assumptions {
        assert_eq!(assumption.alternatives.iter().map(|one| one.draws).sum::<u32>(), 60);
    }
}

/// Every indicator and dimension left out, as COINr 1.1.14 found it.
#[test]
fn removal_is_that_of_another_program() {
    let copy = Copy::of("tests/cases/goldens/_base");
    copy.overlay(&root().join("tests/cases/goldens/A02_base_uneven"));
    let (project, evaluation) = open(&copy);
    let plan: RobustnessPlan = toml::from_str("draws = 20\nsampling = false").unwrap();
    let framework = &project.framework.framework;
    let found = robustness(&project.input, framework, &evaluation, &plan, 1);
    let (mut compared, mut sums) = (0, 0.0);
    for (file, indicator) in [("removal/L1.csv", true), ("removal/L2.csv", false)] {
        for row in table(file).iter().skip(2) {
            let removal = found.removal.iter().find(|one| one.id.as_str() == row[0]).unwrap();
            assert_eq!(removal.indicator, indicator);
            let effect = removal.effect.as_ref().unwrap();
            let expected: f64 = row[1].parse().unwrap();
            assert!((effect.mean_rank_change - expected).abs() < 1e-9, "{}: {effect:?}", row[0]);
            assert!(effect.rank_correlation.unwrap() > 0.5 && effect.largest_rank_change >= expected);
            compared += 1;
            sums += expected;
        }
    }
    assert_eq!((compared, found.removal.len()), (30, 30));
    assert!(sums > 300.0);

    let vary: RobustnessPlan = toml::from_str("[[vary]]\nwhat = \"leave-out\"\ndeclared = false").unwrap();
    let scores = table("removal/L1_scores.csv");
    for (at, id) in scores[0].iter().enumerate().skip(2) {
        let option = vec![vec![at as u32 - 2]];
        let found = replay(&project.input, framework, &evaluation, &vary, &option);
        for row in &scores[1..] {
            let unit = project.input.panel().units().position(&row[0]).unwrap();
            let score = found.units.iter().find(|one| one.unit == unit).unwrap().score.unwrap().mean;
            let expected: f64 = row[at].parse().unwrap();
            assert!((score - expected).abs() < 1e-9, "{} without {id}: {score} for {expected}", row[0]);
        }
    }
}

/// Leaving out a unit reverses no order under fixed goalposts, and may under a
/// scale that the best and the worst make. By hand, on scales from 0 to 100: A has
/// (100 + 0) / 2 = 50, B 40, C 45, D 50, E 0. Without A the best x is that of B,
/// which gets (100 + 40) / 2 = 70 and passes C and D: 2 of the 6 pairs left.
/// Without D, C ties with A; leaving out the others changes nothing.
#[test]
fn only_scales_made_by_units_let_a_unit_reverse_an_order() {
    let plan: RobustnessPlan = toml::from_str("draws = 20\nsampling = false").unwrap();
    let of = |normalise: &str| {
        let copy = Copy::of("tests/cases/methods/_base");
        copy.write("units.csv", "code,name\nA,A\nB,B\nC,C\nD,D\nE,E\n");
        copy.write("values.csv", "code,x,y\nA,10,0\nB,4,4\nC,0,9\nD,0,10\nE,0,0\n");
        let mut text = fs::read_to_string(copy.path().join("index.toml")).unwrap();
        text += "\n[[node]]\nid = \"index\"\nname = { zh = \"a\", en = \"a\" }\naggregate = { method = \"arithmetic\" }\n";
        for id in ["x", "y"] {
            text += &format!(
                "\n[[indicator]]\nid = \"{id}\"\nname = {{ zh = \"{id}\", en = \"{id}\" }}\nparent = \"index\"\n\
                 direction = \"higher\"\nmeasure = {{ zh = \"%\", en = \"%\" }}\nnormalise = {{ {normalise} }}\n"
            );
        }
        copy.write("index.toml", &text);
        let (project, evaluation) = open(&copy);
        robustness(&project.input, &project.framework.framework, &evaluation, &plan, 1).leave_out.unwrap()
    };
    let fixed = of("method = \"goalposts\", low = 0, high = 10");
    assert_eq!((fixed.possible, fixed.tried), (false, 0));
    let relative = of("method = \"min-max\"");
    assert_eq!((relative.possible, relative.tried, relative.failed, relative.reversing), (true, 5, 0, 1));
    assert!((relative.mean_pairs - 1.0 / 15.0).abs() < 1e-12, "{relative:?}");
    assert_eq!(relative.largest, Some((2.0 / 6.0, 0)));
}

/// Sensitivity and removal too are the same on any number of threads, and the
/// choice that moves most ranks is found to.
#[test]
fn sensitivity_finds_what_moves_ranks() {
    let (project, evaluation) = peer();
    let plan = format!(
        "draws = 20\nsampling = false\nremoval = false\nsobol = {{ base = 16, scrambles = 16 }}\n{PEER}"
    );
    let plan: RobustnessPlan = toml::from_str(&plan).unwrap();
    let framework = &project.framework.framework;
    let of = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| robustness(&project.input, framework, &evaluation, &plan, 3))
    };
    let found = of(2);
    assert!(found == of(1), "threads");
    let sensitivity = found.sensitivity.unwrap();
    assert_eq!((sensitivity.runs, sensitivity.failed), (16 * 16 * 7, 0));
    let total = |at: usize| sensitivity.indices[at].total;
    // The nominal plan is among the options, and aggregation moves more ranks
    // than how missing values are filled in.
    assert!(total(4).value > total(0).high, "{sensitivity:#?}");
    for index in &sensitivity.indices {
        assert!(index.first.low <= index.first.value && index.first.value <= index.total.high + 0.05);
    }
}

/// A mean that cannot take a score of zero fails its own draws and no others, and
/// says why: the first node and the first of its indicators with a score of 0.
#[test]
fn a_draw_that_fails_is_counted_and_explained() {
    let copy = Copy::of("tests/cases/goldens/_base");
    copy.overlay(&root().join("tests/cases/goldens/A02_base_uneven"));
    let declared = "\n[robustness]\ndraws = 40\nsampling = false\nremoval = false\n\
                    [[robustness.vary]]\nwhat = \"aggregation\"\nalternatives = [{ method = \"geometric\" }]\n";
    let file = fs::read_to_string(copy.path().join("benchline.toml")).unwrap();
    copy.write("benchline.toml", &(file + declared));
    let scored = copy.scored();
    let evaluation = &scored.evaluation;
    let rows = 0..scored.project.input.panel().rows();
    let first = &evaluation.plan.nodes[0];
    let zero =
        |row: usize| first.inputs().iter().find(|id| evaluation.column(id).unwrap().value(row) == Some(0.0));
    let (node, child) = (&first.id, rows.clone().find_map(zero).unwrap());
    let mut findings = Findings::new();
    let audit = project::audit(&scored, &mut findings).unwrap();
    let found = audit.robustness.by_assumptions.unwrap();
    assert!(found.draws > 10 && found.failed > 10 && found.draws + found.failed == 40);
    assert_eq!(found.failures.len(), 1);
    let failure = &found.failures[0];
    assert_eq!(failure.draws, found.failed);
    assert_eq!(
        failure.reason.en,
        format!("the method of `{node}` does not take some score of `{child}`, mostly zero or less")
    );
    let alternatives = &audit.robustness.assumptions[0].alternatives;
    assert_eq!((alternatives[0].declared, alternatives[0].failed), (true, 0));
    assert_eq!((alternatives[1].failed, alternatives[1].draws), (found.failed, found.failed));
    // What is left is the plan as declared.
    assert_eq!(found.mean_rank_change, 0.0);
    let messages: Vec<&str> = findings.iter().map(|finding| finding.message.en.as_str()).collect();
    let failed = found.failed;
    assert_eq!(
        messages,
        [format!(
            "{failed} of 40 draws of assumptions gave no result, mostly because: the method of `{node}` does not \
             take some score of `{child}`, mostly zero or less"
        )]
    );
}
