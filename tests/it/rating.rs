//! Rating rules and gates, from framework files alone, against bands worked out
//! by hand.

use benchline::diagnostics::Findings;
use benchline::index::gate_failures;
use benchline::project::{self, ScoredProject};

use crate::support::Copy;

const MEAN: &str = "[[node]]\nid = \"index\"\nname = { zh = \"指数\", en = \"Index\" }\n\
                    aggregate = { method = \"arithmetic\" }\n";

/// A project whose index is the mean of `x` and `y`, with the rating given. The
/// columns are those of the values and of the registry.
fn copy(rating: &str, rows: &[&str], units: &str) -> Copy {
    let copy = Copy::of("tests/cases/methods/_base");
    let mut text = std::fs::read_to_string(copy.path().join("index.toml")).unwrap() + rating + MEAN;
    for id in ["x", "y"] {
        text += &format!(
            "[[indicator]]\nid = \"{id}\"\nname = {{ zh = \"{id}\", en = \"{id}\" }}\nparent = \"index\"\n\
             direction = \"higher\"\nmeasure = {{ zh = \"分\", en = \"points\" }}\nnormalise = {{ method = \"none\" }}\n"
        );
    }
    copy.write("index.toml", &text);
    copy.write("values.csv", &format!("code,x,y\n{}\n", rows.join("\n")));
    copy.write("units.csv", units);
    copy
}

const UNITS: &str = "code,name\nA,甲\nB,乙\nC,丙\nD,丁\n";

fn band(id: &str, bounds: &str) -> String {
    format!("[[rating.band]]\nid = \"{id}\"\nname = {{ zh = \"{id}\", en = \"{id}\" }}\n{bounds}\n")
}

/// Band by score, gate and band given, by their ids; unit by unit.
fn ratings(scored: &ScoredProject) -> Vec<[String; 3]> {
    let rating = scored.evaluation.plan.rating.as_ref().unwrap();
    let band = |at: Option<usize>| at.map_or("-".to_owned(), |at| rating.bands[at].id.to_string());
    let gate = |at: Option<usize>| at.map_or("-".to_owned(), |at| rating.gates[at].id.to_string());
    let outcomes = scored.evaluation.outcomes.iter();
    outcomes.map(|one| [band(one.band_by_score), gate(one.held_by), band(one.band)]).collect()
}

fn given(scored: &ScoredProject) -> Vec<String> {
    ratings(scored).into_iter().map(|[_, _, band]| band).collect()
}

/// Scores 90, 80, 70, 50 by `x`; `y` is their weak spot.
#[test]
fn gates_hold_back_and_say_which() {
    let bands = "[rating]\non = \"raw\"\n".to_owned()
        + &band("a_plus", "at_least = 80")
        + &band("a", "at_least = 60\nbelow = 80")
        + &band("b", "below = 60");
    let gates = "[[rating.gate]]\nid = \"floor\"\nname = { zh = \"各项不低于 70\", en = \"no indicator below 70\" }\n\
                 bands = [\"a_plus\"]\nrequires = { kind = \"floor\", at_least = 70, absent = \"passes\" }\n\
                 [[rating.gate]]\nid = \"evidence\"\nname = { zh = \"有数据\", en = \"evidence\" }\n\
                 requires = { kind = \"availability\", at_least = 0.65 }\n";
    let rows = ["A,110,70", "B,110,60", "C,80,", "D,40,60"];
    let scored = copy(&(bands.clone() + gates), &rows, UNITS).scored();
    let expected =
        [["a_plus", "-", "a_plus"], ["a_plus", "floor", "a"], ["a_plus", "evidence", "-"], ["b", "-", "b"]];
    assert_eq!(ratings(&scored), expected.map(|row| row.map(str::to_owned)));
    let score = |row: usize| scored.evaluation.outcomes[row].score.unwrap().raw;
    assert_eq!((score(1), score(2)), (85.0, 80.0), "who is held back keeps its score");
    assert_eq!(scored.evaluation.outcomes[1].rank.unwrap().value, 2.0);
    assert_eq!(scored.overview.held_back, [1, 2]);
    let failures = gate_failures(&scored.project.input, &scored.evaluation, 1);
    assert_eq!(
        failures
            .iter()
            .map(|one| (one.gate, one.of.as_ref().unwrap().as_str(), one.found))
            .collect::<Vec<_>>(),
        [(0, "y", Some(60.0))]
    );

    // An indicator's own value, and absence that counts against the unit.
    let gate = "[[rating.gate]]\nid = \"own\"\nname = { zh = \"y\", en = \"y\" }\nbands = [\"a_plus\", \"a\"]\n\
                requires = { kind = \"value\", of = \"y\", at_least = 60, absent = \"fails\" }\n";
    let scored = copy(&(bands + gate), &rows, UNITS).scored();
    assert_eq!(given(&scored), ["a_plus", "a_plus", "b", "b"]);
}

/// Places within peers: the best of each group, whatever its score.
#[test]
fn bands_within_peers() {
    let group = "[[group]]\nid = \"tier\"\nname = { zh = \"级\", en = \"Tier\" }\nmember = [\
                 { id = \"big\", name = { zh = \"大\", en = \"Big\" } }, \
                 { id = \"small\", name = { zh = \"小\", en = \"Small\" } }]\n";
    let rating = "[rating]\non = \"raw\"\nwithin = \"tier\"\nrule = { method = \"top-n\" }\n".to_owned()
        + &band("best", "top = 1")
        + &band("rest", "")
        + group;
    let units = "code,name,tier\nA,甲,big\nB,乙,big\nC,丙,small\nD,丁,small\n";
    let copy = copy(&rating, &["A,9,9", "B,8,8", "C,3,3", "D,4,4"], units);
    copy.edit("benchline.toml", "name_en = \"name\"", "name_en = \"name\", groups = { tier = \"tier\" }");
    let scored = copy.scored();
    assert_eq!(given(&scored), ["best", "rest", "rest", "best"]);
    let in_band: Vec<f64> =
        scored.evaluation.outcomes.iter().map(|one| one.rank_in_band.unwrap().value).collect();
    assert_eq!(in_band, [1.0, 1.0, 2.0, 2.0]);
}

/// A benchmark neither shapes the bands of others nor gets one.
#[test]
fn benchmarks_are_not_rated() {
    let rating = "[rating]\non = \"raw\"\nrule = { method = \"natural-breaks\" }\n".to_owned()
        + &band("up", "")
        + &band("down", "");
    let units = "code,name,role\nA,甲,ranked\nB,乙,ranked\nC,丙,ranked\nD,丁,benchmark\n";
    let copy = copy(&rating, &["A,10,10", "B,9,9", "C,2,2", "D,500,500"], units);
    copy.edit("benchline.toml", "name_en = \"name\"", "name_en = \"name\", role = \"role\"");
    assert_eq!(given(&copy.scored()), ["up", "up", "down", "-"]);
}

#[test]
fn scores_that_a_rule_cannot_tell_apart_are_refused() {
    let rating = "[rating]\non = \"raw\"\nrule = { method = \"z-bands\" }\n".to_owned()
        + &band("up", "at_least = 0")
        + &band("down", "below = 0");
    let copy = copy(&rating, &["A,5,5", "B,5,5", "C,5,5", "D,,"], UNITS);
    let mut findings = Findings::new();
    let open = project::open(copy.path(), &mut findings).unwrap();
    assert!(project::score(open, &mut findings).is_none());
    let found: Vec<_> = findings.iter().map(|one| (one.code.id(), one.message.en.as_str())).collect();
    assert_eq!(
        found,
        [("E330", "2025 cannot be rated: 3 scores without spread cannot be rated by standard deviations")]
    );
}
