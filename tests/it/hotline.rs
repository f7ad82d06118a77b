//! The hotline index: registry, framework, sample editions, dial tests, names,
//! history.

use std::collections::BTreeMap;

use benchline::diagnostics::{Findings, Severity};
use benchline::index::{Streaks, history};
use benchline::model::{Id, Precision, Unit};
use benchline::project::{self, ScoredProject};

use crate::support::{Copy, root, scored};

#[path = "../../examples/generate-hotline/calls.rs"]
mod calls;
#[path = "../../examples/generate-hotline/cities.rs"]
mod cities;
#[path = "../../examples/generate-hotline/dice.rs"]
mod dice;
#[path = "../../examples/generate-hotline/editions.rs"]
mod editions;
#[path = "../../examples/generate-hotline/indicators.rs"]
mod indicators;

const EXAMPLE: &str = "examples/hotline-2025";

fn edition() -> ScoredProject {
    scored(&root().join(EXAMPLE))
}

fn units(project: &ScoredProject) -> impl Iterator<Item = &Unit> {
    project.project.input.panel().units().iter()
}

/// How many units each member of a kind of group has.
fn counts<'a>(project: &'a ScoredProject, group: &str) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for unit in units(project) {
        *counts.entry(unit.groups[&Id::new(group)].as_str()).or_insert(0) += 1;
    }
    counts
}

/// Ministry of Civil Affairs and National Bureau of Statistics: 293 prefecture-level
/// cities, 30 autonomous prefectures, 7 prefectures, 3 leagues, 4 municipalities and
/// 5 directly administered units; 88 in the east, 87 central, 131 west, 36 northeast.
#[test]
fn the_registry_has_the_342_units_it_says() {
    let project = edition();
    assert_eq!(units(&project).count(), 342);
    let of = |group: &str, members: &[(&str, usize)]| {
        assert_eq!(counts(&project, group), members.iter().copied().collect(), "{group}");
    };
    of(
        "kind",
        &[
            ("autonomous_prefecture", 30),
            ("direct_county", 5),
            ("league", 3),
            ("municipality", 4),
            ("prefecture", 7),
            ("prefecture_city", 293),
        ],
    );
    of("region", &[("central", 87), ("east", 88), ("northeast", 36), ("west", 131)]);
    // 27 capitals = 10 + 17, 15 sub-provincial cities = 10 + 5, 5 of them planned.
    of(
        "capital",
        &[
            ("municipality_tier", 4),
            ("other_capital", 17),
            ("other_city", 306),
            ("planned_city", 5),
            ("sub_provincial_capital", 10),
        ],
    );
    assert_eq!(counts(&project, "province").len(), 31);
    let shared = counts(&project, "operating")["provincial"];
    assert!((31..=38).contains(&shared), "about a tenth: {shared}");
    let slugs: std::collections::BTreeSet<_> =
        units(&project).map(|unit| unit.slug.clone().unwrap()).collect();
    assert_eq!(slugs.len(), 342);
    let wuhan = units(&project).find(|unit| unit.code.as_str() == "420100").unwrap();
    assert_eq!((wuhan.short.zh.as_str(), wuhan.file_stem().as_str()), ("武汉", "420100-wuhan"));
}

#[test]
fn outcomes_weigh_most_and_process_is_capped() {
    let project = edition();
    let framework = &project.project.framework;
    let weights = framework.plan.effective_weights();
    let mut shares: Vec<(&str, f64)> = framework
        .framework
        .indicators
        .iter()
        .filter_map(|one| Some((one.id.as_str(), *weights.get(&one.id)?)))
        .collect();
    shares.sort_by(|a, b| b.1.total_cmp(&a.1));
    let core: Vec<&str> = shares[..3].iter().map(|(id, _)| *id).collect();
    assert_eq!(core, ["satisfaction", "resolution_rate", "repeat_rate"]);
    let share = |kind: &str| framework.framework.evidence_share(&Id::new(kind), &framework.plan);
    assert!((share("process") - 15.0).abs() < 1e-9, "{}", share("process"));
    assert!((share("outcome") - 26.0).abs() < 1e-9 && (share("satisfaction") - 20.0).abs() < 1e-9);
    let all: f64 = framework.framework.evidence.iter().map(|kind| share(kind.id.as_str())).sum();
    assert!((all - 100.0).abs() < 1e-9, "every indicator is of one kind: {all}");
    for indicator in &framework.framework.indicators {
        assert!(indicator.theme.is_some(), "{} has a theme", indicator.id);
        let is_rate = indicator.measure.zh == "%";
        assert!(
            !is_rate || (indicator.numerator.is_some() && indicator.denominator.is_some()),
            "{}",
            indicator.id
        );
    }
    assert!(framework.framework.source.zh.contains("不是任何机构未公开的评估公式"));
}

/// One more point for a process indicator breaks the promise of the framework.
#[test]
fn a_framework_that_breaks_its_cap_is_refused() {
    let copy = Copy::of(EXAMPLE);
    let text = std::fs::read_to_string(root().join("indicators/hotline-service-quality.toml")).unwrap();
    let heavier = text.replacen("parent = \"service_quality\"\nweight = 12\naggregate = { method = \"arithmetic\" }\ndefinition = { zh = \"派单", "parent = \"service_quality\"\nweight = 13\naggregate = { method = \"arithmetic\" }\ndefinition = { zh = \"派单", 1);
    assert_ne!(text, heavier);
    copy.write("indicators/hotline-service-quality.toml", &heavier);
    let mut findings = Findings::new();
    assert!(project::open(copy.path(), &mut findings).is_none());
    let errors: Vec<&str> = findings.iter().map(|finding| finding.message.zh.as_str()).collect();
    assert_eq!(
        errors,
        [
            "“满意度调查”类指标的权重合计为 19.8%，低于下限 20%",
            "“过程统计”类指标的权重合计为 15.8%，高于上限 15%"
        ]
    );
}

#[test]
fn the_self_check_is_of_process_only_and_rates_nobody() {
    let copy = Copy::of(EXAMPLE);
    copy.write(
        "benchline.toml",
        &format!(
            "{}\n[[data]]\nfile = \"city-data/sample/hotline-2025.csv\"\nunit = \"code\"\nperiod = \"edition\"\n",
            "kind = \"index\"\ntitle = { zh = \"自查\", en = \"Self-check\" }\npublisher = { zh = \"某市\", en = \"A city\" }\nedition = \"2025\"\nframework = \"hotline-self-check\"\ndate = \"2025-12-01\"\nseed = 1\nsynthetic = true\nattribution = { zh = \"示例\", en = \"A sample\" }\n[policy]\nleague_table = false\n[units]\nfile = \"city-data/registry-2025.csv\"\ncode = \"code\"\nname_zh = \"name_zh\"\nname_en = \"name_en\"\n"
        ),
    );
    let project = copy.scored();
    assert!(project.evaluation.plan.rating.is_none());
    assert_eq!(project.evaluation.plan.effective_weights().len(), 1 + 3 + 9);
    assert!(project.overview.assessed.len() >= 335, "{}", project.overview.assessed.len());
}

#[test]
fn the_sample_is_what_the_generator_writes() {
    for (name, text) in editions::files() {
        let path = root().join("city-data/sample").join(&name);
        let kept = std::fs::read_to_string(path).unwrap();
        assert!(kept == text, "{name}: run `cargo run --release --example generate-hotline`");
    }
    let sizes = editions::files().iter().map(|(_, text)| text.len()).sum::<usize>();
    assert!(sizes < 1_500_000, "{sizes}");
}

#[test]
fn the_sample_is_plausible_and_says_that_it_is_invented() {
    let project = edition();
    assert!(project.project.definition.project.synthetic);
    let assessed = project.overview.assessed.len() as f64;
    let shares: Vec<f64> =
        project.overview.bands.iter().map(|band| 100.0 * band.units.len() as f64 / assessed).collect();
    assert!((1.5..=3.5).contains(&shares[0]) && (7.0..=13.0).contains(&shares[1]), "{shares:?}");
    let peak = shares.iter().copied().fold(0.0, f64::max);
    assert!(shares[3] == peak || shares[2] == peak || shares[4] == peak, "a bell beneath: {shares:?}");
    let input = &project.project.input;
    let column = input.indicators().iter().position(|id| id.as_str() == "sign_on_time").unwrap();
    let rows = input.panel().rows_of(input.edition());
    let values: Vec<f64> = rows.filter_map(|row| input.raw().column(column)?.value(row)).collect();
    let full = values.iter().filter(|value| **value >= 100.0).count() as f64 / values.len() as f64;
    assert!((0.2..0.7).contains(&full), "a ceiling: {full}");
}

/// 三沙 sent nothing and three others were only called: they stay in the list, each
/// with what it lacks.
#[test]
fn a_city_without_data_stays_visible() {
    let project = edition();
    let mut findings = Findings::new();
    project.evaluation.note_unassessed(&project.project.input, &mut findings);
    let notes: Vec<String> = findings.iter().map(|finding| finding.message.zh.clone()).collect();
    assert_eq!(notes.len(), 4);
    for (at, name) in
        ["三沙市（460300）", "那曲市（540600）", "阿里地区（542500）", "果洛藏族自治州（632600）"]
            .iter()
            .enumerate()
    {
        assert!(notes[at].starts_with(&format!("{name}未评估，缺少：")), "{}", notes[at]);
    }
    assert!(findings.iter().all(|finding| finding.severity == Severity::Note));
}

#[test]
fn dial_tests_in_the_sheet_give_what_the_table_says() {
    let project = edition();
    let input = &project.project.input;
    let table = std::fs::read_to_string(root().join("city-data/sample/hotline-2025.csv")).unwrap();
    let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let mut compared = 0;
    for line in lines {
        let start = input.panel().rows_of(input.edition()).start;
        let row = start + input.panel().units().position(line[0]).unwrap();
        for id in ["connect_rate", "wait_seconds", "consult_valid", "reply_3d", "etiquette", "online_ok"] {
            let at = header.iter().position(|name| *name == id).unwrap();
            let indicator = input.indicators().iter().position(|known| known.as_str() == id).unwrap();
            let seen = input.observation(indicator, row);
            assert_eq!(seen.cell.value(), line[at].parse().ok(), "{id} of {}", line[0]);
            if line[at].is_empty() {
                continue;
            }
            let sample = seen.sample.unwrap();
            assert_eq!(sample.n.unwrap().to_string(), line[at + 1], "{id} of {}", line[0]);
            if let Precision::Successes(k) = sample.precision {
                assert_eq!(k.to_string(), line[at + 2], "{id} of {}", line[0]);
            }
            assert!((1.0..4.0).contains(&sample.design_effect));
            assert_eq!(input.calls(indicator, row).len(), sample.n.unwrap() as usize);
            compared += 1;
        }
    }
    assert!(compared > 2000, "{compared}");
}

const CALLS: &str = "
[[calls]]
file = \"data/calls.csv\"
unit = \"city\"
cluster = [\"tester\"]
reduce = [
  { indicator = \"answered\", share = \"answered\", where = { channel = [\"phone\"] } },
  { indicator = \"waiting\", mean = \"seconds\" },
]
";

/// By hand. Answered: 武汉 (1, 1), (0, 1); 合肥 (1), (0). SSB = 0.25 + 0.5 on 2, SSW =
/// 0.5 on 2, m = (6 − 2 − 1) / 2 = 1.5, ρ = (0.375 − 0.25) / (0.375 + 0.5 · 0.25) =
/// 0.25; so the design effect of 武汉 is 1 + (8/4 − 1) · 0.25 = 1.25, that of 合肥 1.
/// Seconds: 武汉 (10, 20), (30); 合肥 (40). MSB = 150, MSW = 50, m = 4 − 5/3 − 1 = 4/3, ρ =
/// 100 / (150 + 50/3) = 0.6; design effect 1 + (5/3 − 1) · 0.6 = 1.4 and standard error
/// √(1.4 · 100 / 3).
#[test]
fn calls_are_reduced_as_by_hand() {
    let copy = Copy::of("tests/cases/findings/_base");
    copy.edit(
        "benchline.toml",
        "ignore = [\"name\"]\n",
        "ignore = [\"name\", \"answered\", \"waiting\"]\nindicators = [\"satisfied\"]\n",
    );
    let text = std::fs::read_to_string(copy.path().join("benchline.toml")).unwrap();
    copy.write("benchline.toml", &(text + CALLS));
    copy.write(
        "data/calls.csv",
        "city,tester,channel,answered,seconds\n武汉市,T1,phone,1,10\n420100,T1,phone,是,20\n420100,T2,phone,0,\n420100,T2,phone,1,30\n340100,T1,phone,1,40\n340100,T2,phone,否,\n340100,T3,web,1,\n",
    );
    let project = copy.scored();
    let input = &project.project.input;
    let see = |id: &str, code: &str| {
        let indicator = input.indicators().iter().position(|known| known.as_str() == id).unwrap();
        let row =
            input.panel().rows_of(input.edition()).start + input.panel().units().position(code).unwrap();
        (input.observation(indicator, row), input.calls(indicator, row).to_vec(), indicator, row)
    };
    let (answered, lines, ..) = see("answered", "420100");
    let sample = answered.sample.unwrap();
    assert_eq!(
        (answered.cell.value(), sample.n, sample.precision),
        (Some(75.0), Some(4), Precision::Successes(3))
    );
    assert!((sample.design_effect - 1.25).abs() < 1e-12, "{sample:?}");
    assert!((sample.effective_n().unwrap() - 3.2).abs() < 1e-12);
    assert_eq!(lines, [2, 3, 4, 5]);
    assert_eq!(input.place(answered.origin.unwrap()).to_string(), "data/calls.csv:2:14");
    let (hefei, ..) = see("answered", "340100");
    assert_eq!((hefei.cell.value(), hefei.sample.unwrap().n), (Some(50.0), Some(2)));
    assert_eq!(hefei.sample.unwrap().design_effect, 1.0);
    let (waiting, lines, ..) = see("waiting", "420100");
    assert_eq!((waiting.cell.value(), lines), (Some(20.0), vec![2, 3, 5]));
    let Precision::StandardError(error) = waiting.sample.unwrap().precision else { panic!("{waiting:?}") };
    assert!((error - (140.0f64 / 3.0).sqrt()).abs() < 1e-12, "{error}");
    let (alone, ..) = see("waiting", "340100");
    assert_eq!((alone.cell.value(), alone.sample.unwrap().precision), (Some(40.0), Precision::Unknown));
    assert_eq!(see("answered", "430100").0.cell.value(), None);
}

/// The sample table with another word for 武汉 as the key of its row.
fn keyed(word: &str) -> Findings {
    let copy = Copy::of(EXAMPLE);
    let table = std::fs::read_to_string(root().join("city-data/sample/hotline-2025.csv")).unwrap();
    let changed = table.replacen("420100,武汉市", &format!("{word},武汉市"), 1);
    assert!(table != changed || word == "420100", "the row of {word}");
    copy.write("city-data/sample/hotline-2025.csv", &changed);
    let mut findings = Findings::new();
    project::open(copy.path(), &mut findings);
    findings
}

#[test]
fn units_are_found_by_code_full_and_short_name() {
    for word in ["420100", "武汉市", "武汉", "Wuhan"] {
        assert!(!keyed(word).has_errors(), "{word}");
    }
}

#[test]
fn names_of_several_things_are_findings() {
    for (word, message) in [
        ("吉林", "“吉林”不止一个意思：220200（吉林市）、吉林省"),
        ("海南", "“海南”不止一个意思：632500（海南藏族自治州）、海南省"),
        ("Suzhou", "“Suzhou”不止一个意思：320500（苏州市）、341300（宿州市）"),
        ("Fuzhou", "“Fuzhou”不止一个意思：350100（福州市）、361000（抚州市）"),
        ("Taizhou", "“Taizhou”不止一个意思：321200（泰州市）、331000（台州市）"),
        ("Yichun", "“Yichun”不止一个意思：230700（伊春市）、360900（宜春市）"),
        ("Yulin", "“Yulin”不止一个意思：450900（玉林市）、610800（榆林市）"),
    ] {
        let findings = keyed(word);
        let found: Vec<(&str, &str)> =
            findings.iter().map(|finding| (finding.code.id(), finding.message.zh.as_str())).collect();
        assert_eq!(found, [("V222", message)], "{word}");
        assert_eq!(findings.iter().next().unwrap().help.zh, "写代码或全称");
    }
    let findings = keyed("武汗市");
    let finding = findings.iter().next().unwrap();
    assert_eq!((finding.code.id(), finding.help.zh.as_str()), ("V201", "是否为 420100（武汉市）？"));
}

const FRAMEWORK: &str = r#"
name = { zh = "指数", en = "Index" }
version = "1"
description = { zh = "测试", en = "A test" }
source = { zh = "测试", en = "A test" }
units = { zh = "城市", en = "cities" }
index = "quality"
missing = { policy = "rescale", availability = 0.5 }
score = { decimals = 1, rounding = "half-even" }
rank = { on = "rounded", method = "competition" }

[rating]
on = "rounded"
band = [
  { id = "A_plus", name = { zh = "A+", en = "A+" }, at_least = 90 },
  { id = "A", name = { zh = "A", en = "A" }, at_least = 80, below = 90 },
  { id = "B", name = { zh = "B", en = "B" }, below = 80 },
]

[[node]]
id = "quality"
name = { zh = "质量", en = "Quality" }
aggregate = { method = "arithmetic" }

[[indicator]]
id = "old"
name = { zh = "旧指标", en = "Old" }
parent = "quality"
direction = "higher"
measure = { zh = "分", en = "points" }
normalise = { method = "none" }

[[indicator]]
id = "fresh"
name = { zh = "新指标", en = "Fresh" }
parent = "quality"
direction = "higher"
measure = { zh = "分", en = "points" }
normalise = { method = "none" }
"#;

fn three_editions(data: &str) -> ScoredProject {
    let copy = Copy::of("tests/cases/findings/_base");
    copy.write("indicators/index.toml", FRAMEWORK)
        .write("data/units.csv", "code,name_zh,name_en\nA,甲市,City A\nB,乙市,City B\nC,丙市,City C\n")
        .write("data/values.csv", data)
        .edit("benchline.toml", "role = \"role\"\ngroups = { region = \"region\" }\n", "")
        .edit(
            "benchline.toml",
            "unit = \"code\"\nignore = [\"name\"]\n\n[[data]]\nfile = \"data/extra.csv\"\n",
            "",
        );
    copy.scored()
}

/// By hand: A is A+ three times; B was A, A+, A; C was not assessed in between. All
/// are among the first ten whenever they are assessed.
#[test]
fn streaks_are_those_by_hand() {
    let project = three_editions(
        "code,period,old,fresh\nA,2023,95,95\nA,2024,92,92\nA,2025,91,91\nB,2023,85,85\nB,2024,95,95\nB,2025,88,88\nC,2023,95,95\nC,2024,,\nC,2025,93,93\n",
    );
    let found = history(&project.project.input, &project.evaluation, 2).unwrap();
    let streak = |band, leading, top| Streaks { band, leading, top };
    assert_eq!(found.streaks, [streak(3, 3, 3), streak(1, 3, 3), streak(1, 1, 1)]);
}

/// By hand: the old indicator rises by 10, 5 and 0, mean 5. The fresh one is new, so
/// the published score of A rises from 60 to (70 + 90) / 2 = 80: by 20; B from 70 to
/// (75 + 85) / 2 = 80, by 10; C from 80 to (80 + 60) / 2 = 70, by −10; mean 20/3.
#[test]
fn comparable_change_leaves_out_what_one_edition_lacks() {
    let project = three_editions(
        "code,period,old,fresh\nA,2024,60,\nB,2024,70,\nC,2024,80,\nA,2025,70,90\nB,2025,75,85\nC,2025,80,60\n",
    );
    let found = history(&project.project.input, &project.evaluation, 1).unwrap().comparable.unwrap();
    assert_eq!(found.by_unit, [Some(10.0), Some(5.0), Some(0.0)]);
    assert_eq!((found.mean, found.median, found.n), (5.0, 5.0, 3));
    assert!((found.headline_mean - 20.0 / 3.0).abs() < 1e-12);
    assert_eq!(found.indicators, [Id::new("old")]);
    assert_eq!((found.added, found.removed), (vec![Id::new("fresh")], Vec::new()));
}

#[test]
fn the_sample_editions_differ_in_their_indicators() {
    let project = edition();
    let found = history(&project.project.input, &project.evaluation, 2).unwrap();
    let comparable = found.comparable.unwrap();
    assert_eq!(comparable.added, [Id::new("ai_answer"), Id::new("language_service")]);
    assert_eq!(comparable.indicators.len(), 31);
    assert!(comparable.n >= 330 && (comparable.mean - comparable.headline_mean).abs() > 1e-6);
    assert!(found.streaks.iter().any(|streak| streak.band == 3));
}

/// A score of A with a dimension below 60 is not rated A, and says why.
#[test]
fn a_weak_dimension_keeps_a_city_from_the_best_grades() {
    let project = edition();
    let evaluation = &project.evaluation;
    let start = project.project.input.panel().rows_of(project.project.input.edition()).start;
    let rating = evaluation.plan.rating.as_ref().unwrap();
    let dimensions = &project.overview.dimensions;
    let mut held = 0;
    for (unit, known) in units(&project).enumerate() {
        let outcome = evaluation.outcomes[start + unit];
        let Some(by_score) = outcome.band_by_score.filter(|band| *band < 2) else { continue };
        let lowest = dimensions
            .iter()
            .filter_map(|node| evaluation.column(&node.id)?.value(start + unit))
            .fold(f64::INFINITY, f64::min);
        let weak = lowest < 60.0;
        assert_eq!(outcome.held_by.is_some(), weak, "{} {lowest}", known.name.zh);
        if weak {
            held += 1;
            assert!(outcome.band.unwrap() >= 2 && by_score < 2);
            assert_eq!(rating.gates[outcome.held_by.unwrap()].id.as_str(), "no_weak_dimension");
        }
    }
    assert!(held > 0, "the sample shows what a gate does");
}
