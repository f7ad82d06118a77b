//! Budget allocation from a sheet of experts.

use benchline::diagnostics::{Findings, Lang};
use benchline::model::Id;
use benchline::plan::{Rule, Weighting};
use benchline::project;
use benchline::report::{Templates, index_report, results_json};

use crate::support::Copy;

const INLINE: &str = "weighting = { method = \"budget\", of = [\"outcome\", \"response\"], experts = [\
                      { name = \"甲\", points = [60, 40] }, { name = \"乙\", points = [1, 3] }] }";

/// The base of the findings with a weighting of its index.
fn weighted(weighting: &str) -> Copy {
    let copy = Copy::of("tests/cases/findings/_base");
    let name = "name = { zh = \"服务质量\", en = \"Service quality\" }\n";
    copy.edit("indicators/index.toml", name, &format!("{name}{weighting}\n"));
    copy.edit("indicators/index.toml", "parent = \"quality\"\nweight = 40\n", "parent = \"quality\"\n");
    copy.edit("indicators/index.toml", "parent = \"quality\"\nweight = 60\n", "parent = \"quality\"\n");
    copy
}

fn sheet(file: &str) -> String {
    format!(
        "weighting = {{ method = \"budget\", sheet = {{ file = \"{file}\", expert = \"专家\", ignore = [\"备注\"] }} }}"
    )
}

/// Means of 40 : 60 and 3 : 1, each expert's points brought to a sum of 1.
#[test]
fn a_sheet_weighs_as_stated_points_do() {
    let from_sheet = weighted(&sheet("data/experts.csv"));
    from_sheet.write("data/experts.csv", "专家,服务响应,outcome,备注\n甲,40%,60%,\n乙,３,1,线上\n");
    let (stated, read) = (weighted(INLINE).scored(), from_sheet.scored());
    let rule = |plan: &benchline::plan::Plan| plan.node(&Id::from("quality")).unwrap().rule.clone();
    let Rule::Aggregate { weights, weighting, children, .. } = rule(&read.evaluation.plan) else { panic!() };
    assert_eq!(children, [Id::from("response"), Id::from("outcome")]);
    for (weight, expected) in weights.as_slice().iter().zip([0.575, 0.425]) {
        assert!((weight - expected).abs() < 1e-15, "{weight}");
    }
    assert!(matches!(weighting, Weighting::Budget { sheet: None, experts, .. } if experts.len() == 2));
    assert_eq!(read.evaluation.outcomes, stated.evaluation.outcomes);
    assert!(read.project.files.iter().any(|file| file.name == "data/experts.csv"));
    let json: serde_json::Value = serde_json::from_slice(&results_json(read.material()).unwrap()).unwrap();
    let share = json.pointer("/experts/quality/response").unwrap();
    // Deviation of .4 and .75: .35 / √2.
    assert!((share["deviation"].as_f64().unwrap() - 0.35 / 2.0_f64.sqrt()).abs() < 1e-15);
    assert_eq!((share["min"].as_f64(), share["max"].as_f64()), (Some(0.4), Some(0.75)));
    let view = index_report(read.material(), &Templates::embedded(), Lang::En).unwrap();
    let text = view.method.steps.iter().map(|step| step.text.as_str()).collect::<Vec<_>>().join(" ");
    assert!(
        text.contains(
            "budget allocation by 2 experts, averaged; their widest difference on a child is 35.0 percentage points \
             (mean, least to most, %: Response 57.5, 40.0–75.0; Outcome 42.5, 25.0–60.0)"
        ),
        "{text}"
    );
}

/// Left out, the total is what the shares sum to, wherever they stand.
#[test]
fn points_of_a_weighted_sum_have_a_total_of_one() {
    let with = |weighting: &str| {
        let copy = weighted(weighting);
        copy.edit(
            "indicators/index.toml",
            "aggregate = { method = \"arithmetic\" }",
            "aggregate = { method = \"weighted-sum\" }",
        );
        copy.write("data/experts.csv", "专家,服务响应,outcome\n甲,40,60\n乙,3,1\n");
        copy.scored().evaluation
    };
    assert_eq!(with(INLINE).outcomes, with(&sheet("data/experts.csv")).outcomes);
}

/// A bundle of reference values carries no sheet, so none is made.
#[test]
fn a_bundle_is_refused() {
    let copy = weighted(&sheet("data/experts.csv"));
    copy.write("data/experts.csv", "专家,服务响应,outcome\n甲,40,60\n");
    let scored = copy.scored();
    let mut findings = Findings::new();
    let made = project::publish_bundle(&scored, &copy.path().join("out"), &mut findings);
    assert!(matches!(made, Ok(None)));
    let found: Vec<_> = findings.iter().map(|one| (one.code.id(), one.message.en.as_str())).collect();
    assert_eq!(
        found,
        [("A601", "the weights of `quality` come from a table of experts, which a bundle does not carry")]
    );
}
