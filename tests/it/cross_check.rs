//! Other methods that rank the units beside an index.

use benchline::model::Id;
use benchline::plan::CrossMethod;
use benchline::project;

use crate::support::{Copy, root};

const METHODS: &str = "[cross_check]\nmethods = [\"topsis\", \"vikor\", \"rank-sum-ratio\", \"copeland\"]\n";

/// Four units by two indicators that are scores already, 3 to 1.
///
/// | | x | y | index | rank |
/// |---|---|---|---|---|
/// | A | 10 | 0 | 7.5 | 1 |
/// | B | 0 | 10 | 2.5 | 4 |
/// | C | 6 | 6 | 6 | 3 |
/// | D | 5 | 10 | 6.25 | 2 |
fn small(check: &str) -> Copy {
    let copy = Copy::of("tests/cases/methods/_base");
    let mut text = std::fs::read_to_string(copy.path().join("index.toml")).unwrap();
    text += "[[node]]\nid = \"index\"\nname = { zh = \"指数\", en = \"Index\" }\naggregate = { method = \"arithmetic\" }\n";
    for (id, weight) in [("x", 3), ("y", 1)] {
        text += &format!(
            "[[indicator]]\nid = \"{id}\"\nname = {{ zh = \"{id}\", en = \"{id}\" }}\nparent = \"index\"\nweight = {weight}\n\
             direction = \"higher\"\nmeasure = {{ zh = \"分\", en = \"points\" }}\nnormalise = {{ method = \"none\" }}\n"
        );
    }
    copy.write("index.toml", &text);
    let project = std::fs::read_to_string(copy.path().join("benchline.toml")).unwrap();
    copy.write("benchline.toml", &project.replace("\n[[data]]", &format!("\n{check}\n[[data]]")));
    copy.write("values.csv", "code,x,y\nA,10,0\nB,0,10\nC,6,6\nD,5,10\n");
    copy
}

/// Worked out by hand. TOPSIS: distances to best and worst of ¾ (x/10) and
/// ¼ (y/10). VIKOR: S = (¼, ¾, .4, .375), R = (¼, ¾, .3, .375). RSR: Σ w·rank/4.
/// Copeland: with ¾ of the weight x alone decides.
#[test]
fn ranks_by_hand() {
    let scored = small(METHODS).scored();
    let found = scored.cross_check.as_ref().unwrap();
    assert_eq!(found.criteria, 2);
    let scores = |at: usize| -> Vec<f64> {
        found.rankings[at].places.iter().map(|place| place.unwrap().score).collect()
    };
    let ranks = |at: usize| -> Vec<f64> {
        found.rankings[at].places.iter().map(|place| place.unwrap().rank).collect()
    };
    let close = |found: Vec<f64>, expected: [f64; 4]| {
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }
    };
    let c = ((0.45_f64.powi(2) + 0.15_f64.powi(2)).sqrt(), (0.3_f64.powi(2) + 0.1_f64.powi(2)).sqrt());
    let d = ((0.375_f64.powi(2) + 0.25_f64.powi(2)).sqrt(), 0.375);
    close(scores(0), [0.75, 0.25, c.0 / (c.0 + c.1), d.0 / (d.0 + d.1)]);
    // 1 − Q, Q = ½ (S − ¼)/½ + ½ (R − ¼)/½
    close(scores(1), [1.0, 0.0, 1.0 - 0.15 - 0.05, 1.0 - 0.125 - 0.125]);
    // Ranks of x 4 1 3 2, of y 1 3½ 2 3½, over 4.
    close(scores(2), [13.0 / 16.0, 6.5 / 16.0, 11.0 / 16.0, 9.5 / 16.0]);
    close(scores(3), [3.0, -3.0, 1.0, -1.0]);
    for at in 0..4 {
        assert_eq!(ranks(at), [1.0, 4.0, 2.0, 3.0], "{at}");
        let ranking = &found.rankings[at];
        // C and D change places: 1 − 6 · 2 / (4 · 15).
        assert!((ranking.correlation.unwrap() - 0.8).abs() < 1e-12);
        assert_eq!((ranking.mean_shift, ranking.most_shift, &*ranking.movers), (0.5, 1.0, &[2, 3][..]));
        assert_eq!((ranking.places[2].unwrap().index_rank, ranking.places[2].unwrap().shift()), (3.0, 1.0));
    }
}

/// TOPSIS and VIKOR of the 24 indicators of the golden set, as pymcdm has them.
#[test]
fn topsis_and_vikor_of_the_golden_set() {
    let copy = Copy::of("tests/cases/goldens/_base");
    copy.overlay(&root().join("tests/cases/goldens/C_agg_gmean_uneven"));
    let project = std::fs::read_to_string(copy.path().join("benchline.toml")).unwrap();
    copy.write("benchline.toml", &project.replacen("[units]", &format!("{METHODS}\n[units]"), 1));
    let scored = copy.scored();
    let found = scored.cross_check.as_ref().expect("a cross-check");
    assert_eq!(found.criteria, 24);
    let table = std::fs::read_to_string(root().join("tests/cases/mcdm/scores.csv")).unwrap();
    let mut compared = 0;
    for line in table.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let unit = scored.project.input.panel().units().position(fields[0]).unwrap();
        let score = |at: usize| found.rankings[at].places[unit].unwrap().score;
        for (found, text) in [(score(0), fields[1]), (1.0 - score(1), fields[2])] {
            let expected: f64 = text.parse().unwrap();
            assert!((found - expected).abs() <= 1e-10 * expected.abs().max(1e-3), "{line}: {found}");
            compared += 1;
        }
    }
    assert_eq!(compared, 2 * 342);
}

/// The tables carry what was found; the order of units, which the public may not
/// see, is in none of its.
#[test]
fn outputs_carry_it_as_far_as_ranks_are_shown() {
    let copy = small(METHODS);
    let text = std::fs::read_to_string(copy.path().join("benchline.toml")).unwrap();
    let text = text.replace(
        "policy = { league_table = true }",
        "outputs = [\"csv\", \"json\", \"xlsx\"]\npolicy = { league_table = true, public = { small_cells = 3 } }",
    );
    copy.write("benchline.toml", &text);
    let scored = copy.scored();
    let read = |audience| {
        let material = scored.material_for(audience);
        let csv = String::from_utf8(benchline::report::results_csv(material).unwrap()).unwrap();
        let json: serde_json::Value =
            serde_json::from_slice(&benchline::report::results_json(material).unwrap()).unwrap();
        (csv, json)
    };
    let (csv, json) = read(benchline::plan::Audience::Internal);
    let header = csv.lines().next().unwrap();
    assert!(header.ends_with("cross.copeland.rank,cross.copeland.score"), "{header}");
    assert!(csv.lines().nth(3).unwrap().ends_with(",2,1"), "{csv}");
    assert_eq!(json.pointer("/cross_check/methods/3/movers").unwrap(), &serde_json::json!(["C", "D"]));
    let place = json.pointer("/units/2/periods/2025/cross_check/copeland").unwrap();
    assert_eq!(place, &serde_json::json!({ "score": 1.0, "rank": 2.0, "index_rank": 3.0 }));
    let (csv, json) = read(benchline::plan::Audience::Public);
    assert!(!csv.contains("cross."), "{csv}");
    assert!(json.pointer("/units/2/periods/2025/cross_check").is_none());
    assert!(json.pointer("/cross_check/methods/3/movers").is_none());
    assert!(json.pointer("/cross_check/methods/3/rank_correlation").is_some());
}

/// One unit and units that do not differ: places, and no correlation out of nothing.
#[test]
fn one_unit_and_equal_units_have_no_correlation() {
    for rows in ["A,10,1\n", "A,5,5\nB,5,5\n"] {
        let copy = small(METHODS);
        copy.write("values.csv", &format!("code,x,y\n{rows}"));
        let scored = copy.scored();
        for ranking in &scored.cross_check.as_ref().unwrap().rankings {
            assert_eq!(ranking.correlation, None, "{:?}", ranking.method);
            assert_eq!((ranking.mean_shift, ranking.most_shift, ranking.movers.len()), (0.0, 0.0, 0));
            assert!(ranking.places.iter().flatten().all(|place| place.score.is_finite()));
        }
    }
}

/// An index that a formula makes gives its indicators no weights.
#[test]
fn a_formula_leaves_nothing_to_rank_by() {
    let copy = small(METHODS);
    let text = std::fs::read_to_string(copy.path().join("index.toml")).unwrap();
    let text = text.replace("aggregate = { method = \"arithmetic\" }", "formula = \"x + y\"");
    copy.write(
        "index.toml",
        &text.replace("parent = \"index\"\nweight = 3\n", "").replace("parent = \"index\"\nweight = 1\n", ""),
    );
    let mut findings = benchline::diagnostics::Findings::new();
    let open = project::open(copy.path(), &mut findings).unwrap_or_else(|| panic!("{findings:#?}"));
    let scored = project::score(open, &mut findings).unwrap();
    assert!(scored.cross_check.is_none());
    let found: Vec<_> = findings
        .iter()
        .map(|one| (one.code.id(), one.message.en.as_str(), one.place.as_ref().map(ToString::to_string)))
        .collect();
    assert_eq!(
        found,
        [(
            "E335",
            "the index is made by a formula, below which there are no weights for other methods to rank by",
            Some("benchline.toml:13:1".to_owned())
        )]
    );
    assert!(scored.evaluation.column(&Id::from("index")).is_some(), "the index itself stands");
}

/// Every method has a word, and the words of files are those of the schema.
#[test]
fn words_are_those_of_the_schema() {
    let schema = benchline::plan::project_schema();
    let words: Vec<String> = CrossMethod::ALL.iter().map(|method| method.word().to_owned()).collect();
    let listed = schema.as_value().pointer("/$defs/CrossMethod/oneOf").unwrap().as_array().unwrap();
    let listed: Vec<String> = listed.iter().map(|one| one["const"].as_str().unwrap().to_owned()).collect();
    assert_eq!(words, listed);
}

/// The report names who moved only where it ranks units one by one.
#[cfg(feature = "pdf")]
#[test]
fn the_report_has_a_table_of_methods() {
    use benchline::diagnostics::Lang;
    use benchline::report::{Templates, index_report};
    let copy = small(METHODS);
    let scored = copy.scored();
    let view = |scored: &project::ScoredProject| {
        index_report(scored.material(), &Templates::embedded(), Lang::En).unwrap().cross_check.unwrap()
    };
    let named = view(&scored);
    assert_eq!(named.rows[2].method, "The rank-sum ratio");
    assert_eq!(named.rows[2].movers.as_deref(), Some("丙 (3 → 2), 丁 (2 → 3)"));
    assert_eq!(
        named.text,
        "TOPSIS, VIKOR, the rank-sum ratio and Copeland’s outranking rank the same units by the scores and weights of \
         the 2 indicators. The correlation with the ranks of the index is 0.800 (1 is the same order): the order hangs \
         on the method, single units differ by up to 1 rank, and near ranks should not be told apart. None of this \
         changes a result of the report."
    );
    copy.edit("benchline.toml", "league_table = true", "league_table = false");
    assert_eq!(view(&copy.scored()).rows[2].movers, None);
}
