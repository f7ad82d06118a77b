//! The Human Development Report 2023/24, reproduced from its inputs. Published
//! values: UNDP (see examples/hdi-2022/data/README.md).

use std::path::Path;

use benchline::diagnostics::Findings;
use benchline::index::{Tally, compare, evaluate};
use benchline::numeric::Rounding;
use benchline::plan::Basis;
use benchline::project::ScoredProject;

use crate::support::{root, scored};

fn hdi() -> ScoredProject {
    scored(&root().join("examples/hdi-2022"))
}

fn all(total: usize) -> Tally {
    Tally { equal: total, total }
}

#[test]
fn every_published_value_is_reproduced() {
    let scored = hdi();
    let found: Vec<_> =
        scored.agreements.iter().map(|one| (one.name.en.as_str(), one.score, one.rank, one.band)).collect();
    assert_eq!(
        found,
        [
            ("HDI 2022", all(193), Some(all(193)), Some(all(192))),
            ("HDI 1990 to 2022", all(6171), None, None),
            ("Gender Inequality Index", all(166), None, None),
            ("Gender Development Index", all(182), None, None),
            ("Inequality-adjusted HDI", all(165), None, None),
        ]
    );
}

/// The published values are compared, not merely counted: read here by other
/// means, cell by cell.
#[test]
fn published_scores_and_ranks_stand_beside_ours() {
    let scored = hdi();
    let path = root().join("examples/hdi-2022/data/published-2022.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let input = &scored.project.input;
    let start = input.panel().rows_of(input.edition()).start;
    let mut compared = 0;
    for record in reader.records() {
        let record = record.unwrap();
        let unit = input.panel().units().position(&record[0]).unwrap();
        let outcome = scored.evaluation.outcomes[start + unit];
        let ours = format!("{:.3}", outcome.score.unwrap().rounded);
        assert_eq!(ours, format!("{:.3}", record[1].parse::<f64>().unwrap()), "{}", &record[0]);
        assert_eq!(outcome.rank.unwrap().value, record[2].parse::<f64>().unwrap(), "{}", &record[0]);
        compared += 1;
    }
    assert_eq!(compared, 193);
}

/// A known trap: ranked on the unrounded score, only 166 of the 193 official
/// ranks come out.
#[test]
fn unrounded_ranks_are_not_the_official_ones() {
    let scored = hdi();
    let input = &scored.project.input;
    let mut plan = scored.project.framework.plan.clone();
    plan.rank.on = Basis::Raw;
    let evaluation = evaluate(input, &plan).unwrap();
    let agreement = compare(&input.published()[0], &evaluation, input, &mut Findings::new());
    assert_eq!(agreement.rank, Some(Tally { equal: 166, total: 193 }));
}

/// A published value that differs is an error, and nothing is published.
#[test]
fn a_difference_is_found() {
    let copy = crate::support::Copy::of("examples/hdi-2022");
    copy.edit("data/published-2022.csv", "CHE,0.967,1,Very High", "CHE,0.966,2,High");
    let ran = crate::support::benchline(copy.path(), &["run", ".", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    for message in [
        "the score of CHE in 2022 is 0.967; 0.966 was published",
        "the rank of CHE in 2022 is 1; 2 was published",
        "the rating of CHE in 2022 is very_high; high was published",
    ] {
        assert!(ran.stderr.contains(message), "{message}\n{}", ran.stderr);
    }
    assert!(!Path::new(&copy.path().join("out")).exists());
}

/// The three decimals of the report are halves up; no country of 2022 lies on a
/// half, so both rules give its 193 scores.
#[test]
fn no_score_of_2022_depends_on_the_rule_for_halves() {
    let scored = hdi();
    let input = &scored.project.input;
    let mut plan = scored.project.framework.plan.clone();
    plan.score.rounding = Rounding::HalfEven;
    let evaluation = evaluate(input, &plan).unwrap();
    let agreement = compare(&input.published()[0], &evaluation, input, &mut Findings::new());
    assert_eq!(agreement.score, all(193));
}
