//! The publication policy: no public file shows anything finer than it allows.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use benchline::diagnostics::Lang;
use benchline::digest::sha256;
use benchline::index::quarters;
use benchline::plan::Audience;
use benchline::project::ScoredProject;
use benchline::report::{Templates, Typesetter, UnitReporter, group_report, index_report};
use calamine::{Reader as _, Xlsx};
use serde_json::Value as Json;

use crate::support::{Copy, benchline, files, root};

/// A registry of 60 units in two regions and three bands, each of many scores.
pub fn project() -> Copy {
    let copy = Copy::of("examples/starter");
    let mut units = String::from("code,name_zh,name_en,region\n");
    let mut values =
        String::from("code,name,answered,wait_seconds,resolved,closed_on_time,repeated,satisfied\n");
    for at in 0..60_u32 {
        let region = ["east", "west"][(at % 2) as usize];
        units.push_str(&format!("S{at:02},示例{at:02}市,Sample City {at:02},{region}\n"));
        // Spread without pattern: a small congruential generator.
        let pick = |salt: u32, low: f64, high: f64| {
            let mixed = (at * 2_654_435 + salt * 40_503).wrapping_mul(2_246_822_519) >> 8;
            low + (high - low) * f64::from(mixed % 10_007) / 10_007.0
        };
        values.push_str(&format!(
            "S{at:02},x,{:.3},{:.2},{:.3},{:.3},{:.3},{:.3}\n",
            pick(1, 70.0, 94.0),
            pick(2, 20.0, 90.0),
            pick(3, 60.0, 94.0),
            pick(4, 95.0, 99.0),
            pick(5, 3.0, 20.0),
            pick(6, 60.0, 99.0),
        ));
    }
    copy.write("data/units.csv", &units).write("data/indicators.csv", &values);
    copy.edit(
        "benchline.toml",
        "outputs = [\"csv\", \"json\", \"pdf\"]",
        "outputs = [\"csv\", \"json\", \"xlsx\", \"pdf\", \"unit-reports\", \"group-reports\"]",
    );
    copy.edit("benchline.toml", "[units]", "[policy.public]\ndimensions = \"quarters\"\n\n[units]");
    copy
}

/// What the policy lets the public see of each unit, by position.
fn public_facts(scored: &ScoredProject) -> Vec<String> {
    let input = &scored.project.input;
    let panel = input.panel();
    let dimensions: Vec<_> = scored.overview.dimensions.iter().map(|one| one.id.clone()).collect();
    let quarters: Vec<_> = dimensions.iter().map(|id| quarters(input, &scored.evaluation, id, 5)).collect();
    (0..panel.units().len())
        .map(|unit| {
            let rows = (0..panel.periods().len()).map(|period| panel.rows_of(period).start + unit);
            let seen: Vec<String> = rows
                .map(|row| {
                    let band = scored.evaluation.outcomes[row].band;
                    let quarters: Vec<_> = quarters.iter().map(|of| of[row]).collect();
                    format!("{band:?} {quarters:?}")
                })
                .collect();
            format!("{seen:?} {:?}", panel.units().get(unit).unwrap().groups)
        })
        .collect()
}

/// Pairs of units that the policy makes equal and that differ in their scores.
pub fn equal_pairs(scored: &ScoredProject) -> Vec<(usize, usize)> {
    let facts = public_facts(scored);
    let start = scored.project.input.panel().rows_of(scored.project.input.edition()).start;
    let score = |unit: usize| scored.evaluation.outcomes[start + unit].score.map(|score| score.rounded);
    let mut pairs = Vec::new();
    for a in 0..facts.len() {
        for b in a + 1..facts.len() {
            if facts[a] == facts[b] && score(a).is_some() && score(a) != score(b) {
                pairs.push((a, b));
            }
        }
    }
    pairs
}

/// Everything that is published, as text: views of all documents, tables, pages.
pub fn published(scored: &ScoredProject, folder: &Path, audience: Audience) -> Vec<(String, String)> {
    let mut texts: Vec<(String, String)> = Vec::new();
    for (name, bytes) in files(folder) {
        if name.ends_with(".pdf") {
            continue;
        }
        texts.push((name.clone(), text_of(&name, &bytes)));
    }
    let (material, templates) = (scored.material_for(audience), Templates::embedded());
    let insight = scored.insight();
    for lang in Lang::ALL {
        let view = index_report(material, &templates, lang).unwrap();
        texts.push((format!("report.{lang}"), serde_json::to_string_pretty(&view).unwrap()));
        let reporter = UnitReporter::new(material, &insight, &templates, lang).unwrap();
        for unit in 0..scored.project.input.panel().units().len() {
            let view = reporter.report(unit).unwrap();
            texts.push((format!("unit {unit} {lang}"), serde_json::to_string_pretty(&view).unwrap()));
        }
        for group in &material.framework.groups {
            for member in &group.members {
                let view = group_report(material, &templates, lang, &group.id, &member.id).unwrap();
                let name = format!("{} {} {lang}", group.id, member.id);
                texts.push((name, serde_json::to_string_pretty(&view).unwrap()));
            }
        }
    }
    texts
}

pub fn text_of(name: &str, bytes: &[u8]) -> String {
    if !name.ends_with(".xlsx") {
        return String::from_utf8(bytes.to_vec()).unwrap();
    }
    let mut book = Xlsx::new(std::io::Cursor::new(bytes.to_vec())).unwrap();
    let mut text = String::new();
    for sheet in book.sheet_names() {
        for row in book.worksheet_range(&sheet).unwrap().rows() {
            let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
            text.push_str(&format!("{sheet}: {}\n", cells.join("\t")));
        }
        for row in book.worksheet_formula(&sheet).unwrap().rows() {
            text.push_str(&row.join("\t"));
        }
    }
    text
}

/// The text with long decimals rounded: a mean summed in another order may differ
/// in its last bit.
pub fn settled(text: &str) -> String {
    let (mut settled, mut number) = (String::new(), String::new());
    for letter in text.chars().chain(['\n']) {
        if letter.is_ascii_digit() || letter == '.' {
            number.push(letter);
            continue;
        }
        match number.parse::<f64>() {
            Ok(value) if number.len() > 12 && number.contains('.') => {
                settled.push_str(&format!("{value:.8}"))
            }
            _ => settled.push_str(&number),
        }
        number.clear();
        settled.push(letter);
    }
    settled
}

/// Exchanges the data of two units that the public sees as equal. Nothing public
/// may change: whatever told one from the other would.
#[test]
fn units_that_the_policy_makes_equal_cannot_be_told_apart() {
    let copy = project();
    let scored = copy.scored();
    let pairs = equal_pairs(&scored);
    assert!(pairs.len() >= 3, "{} pairs", pairs.len());
    assert_eq!(benchline(copy.path(), &["run", "."]).code, 0);
    let table = fs::read_to_string(copy.path().join("data/indicators.csv")).unwrap();
    let settle = |texts: Vec<(String, String)>| -> Vec<(String, String)> {
        texts.into_iter().map(|(name, text)| (name, settled(&text))).collect()
    };
    let public = settle(published(&scored, &copy.path().join("out/public"), Audience::Public));
    let internal = settle(published(&scored, &copy.path().join("out/internal"), Audience::Internal));
    for (a, b) in pairs.into_iter().step_by(2).take(3) {
        let swap = |line: &str| -> String {
            let (code, rest) = line.split_once(',').unwrap();
            let (of_a, of_b) = (format!("S{a:02}"), format!("S{b:02}"));
            let code = match code {
                code if code == of_a => of_b,
                code if code == of_b => of_a,
                code => code.to_owned(),
            };
            format!("{code},{rest}\n")
        };
        let swapped: String = table.lines().map(swap).collect();
        copy.write("data/indicators.csv", &swapped);
        let hash = |text: &str| sha256(text.as_bytes());
        let rescored = copy.scored();
        assert_eq!(benchline(copy.path(), &["run", "."]).code, 0);
        let same = |texts: Vec<(String, String)>| -> Vec<(String, String)> {
            let same = |text: String| settled(&text.replace(&hash(&swapped), &hash(&table)));
            texts.into_iter().map(|(name, text)| (name, same(text))).collect()
        };
        let now = same(published(&rescored, &copy.path().join("out/public"), Audience::Public));
        for ((name, before), (_, after)) in public.iter().zip(&now) {
            // The public manifest has the hashes of files, which hold the hashes of inputs.
            if name == "manifest.json" {
                continue;
            }
            let differs = before.lines().zip(after.lines()).find(|(before, after)| before != after);
            assert!(before == after, "{name} tells S{a:02} from S{b:02}: {differs:?}");
        }
        let now = same(published(&rescored, &copy.path().join("out/internal"), Audience::Internal));
        assert!(internal != now, "the internal files do tell them apart");
    }
}

/// Every public file, PDFs by their text: no score, no rank.
#[test]
fn no_public_file_has_a_score_or_a_rank() {
    let copy = project();
    let scored = copy.scored();
    assert_eq!(benchline(copy.path(), &["run", "."]).code, 0);
    let input = &scored.project.input;
    let start = input.panel().rows_of(input.edition()).start;
    let secrets: BTreeSet<String> = (0..60)
        .flat_map(|unit| {
            let row = start + unit;
            let score = scored.evaluation.outcomes[row].score.unwrap().raw;
            let nodes = scored.evaluation.nodes.columns.values().filter_map(|column| column.value(row));
            nodes
                .chain([score])
                .filter(|value| value.fract() != 0.0)
                .map(|value| value.to_string())
                .collect::<Vec<_>>()
        })
        .filter(|text| text.len() > 6)
        .collect();
    assert!(secrets.len() > 100);
    for (name, text) in published(&scored, &copy.path().join("out/public"), Audience::Public) {
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{name} has {secret}");
        }
    }
    let results: Json =
        serde_json::from_slice(&fs::read(copy.path().join("out/public/results.json")).unwrap()).unwrap();
    for unit in results["units"].as_array().unwrap() {
        let period = &unit["periods"]["2025"];
        assert!(period["rating"].is_string() && period["score"].is_null() && period["rank"].is_null());
        assert_eq!(period["nodes"], Json::Object(serde_json::Map::new()));
        assert_eq!(period["indicators"], Json::Object(serde_json::Map::new()));
    }
    let csv = fs::read_to_string(copy.path().join("out/public/results.csv")).unwrap();
    assert_eq!(
        csv.lines().next().unwrap().trim_start_matches('\u{FEFF}'),
        "code,name_zh,name_en,role,period,group.region,rating,quarter.response,quarter.resolution,quarter.satisfaction"
    );
    no_unit_report_shows_its_own_score(&scored);
}

/// The text on paper of every public unit report lacks the unit's own score; the
/// internal one has it.
fn no_unit_report_shows_its_own_score(scored: &ScoredProject) {
    let templates = Templates::embedded();
    let typesetter = Typesetter::new(&templates).unwrap();
    let insight = scored.insight();
    let text = |audience: Audience, unit: usize| -> String {
        let material = scored.material_for(audience);
        let reporter = UnitReporter::new(material, &insight, &templates, Lang::Zh).unwrap();
        let pages = typesetter.typeset(&reporter.report(unit).unwrap()).unwrap().text();
        pages.concat().split_whitespace().collect()
    };
    let start = scored.project.input.panel().rows_of(scored.project.input.edition()).start;
    for unit in (0..60).step_by(6) {
        let outcome = scored.evaluation.outcomes[start + unit];
        let score = format!("{:.1}", outcome.score.unwrap().rounded);
        let band = &scored.evaluation.plan.rating.as_ref().unwrap().bands[outcome.band.unwrap()];
        let (internal, public) = (text(Audience::Internal, unit), text(Audience::Public, unit));
        assert!(internal.contains(&score), "S{unit:02} internal lacks {score}");
        assert!(!public.contains(&score), "S{unit:02} public has {score}: {public}");
        for text in [&internal, &public] {
            assert!(text.contains(&band.name.zh), "S{unit:02} lacks its rating");
        }
    }
}

/// The city reports of the hotline edition agree with its results.
#[test]
fn all_342_city_reports_agree_with_the_results() {
    let scored = crate::support::scored(&root().join("examples/hotline-2025"));
    let (templates, insight) = (Templates::embedded(), scored.insight());
    let typesetter = Typesetter::new(&templates).unwrap();
    let panel = scored.project.input.panel();
    let start = panel.rows_of(scored.project.input.edition()).start;
    let plan = &scored.evaluation.plan;
    let internal =
        UnitReporter::new(scored.material_for(Audience::Internal), &insight, &templates, Lang::Zh).unwrap();
    let check = &|unit: usize| {
        let known = panel.units().get(unit).unwrap();
        let pages = typesetter.typeset(&internal.report(unit).unwrap()).unwrap().text();
        let text: String = pages.concat().split_whitespace().collect();
        let name: String = known.name.zh.split_whitespace().collect();
        assert!(text.contains(&name), "{} lacks its name", known.code);
        let outcome = scored.evaluation.outcomes[start + unit];
        match (outcome.score, outcome.band) {
            (Some(score), Some(band)) => {
                let shown = format!("{:.*}", usize::from(plan.score.decimals), score.rounded);
                let band = &plan.rating.as_ref().unwrap().bands[band].name.zh;
                assert!(text.contains(&shown), "{} lacks {shown}", known.code);
                assert!(text.contains(band.as_str()), "{} lacks {band}", known.code);
            }
            _ => assert!(text.contains("未评级"), "{} does not say that it is not rated", known.code),
        }
    };
    // On plain threads: the typesetter must not run on rayon's.
    let checked: usize = std::thread::scope(|scope| {
        let halves: Vec<_> =
            (0..2).map(|half| scope.spawn(move || (half..342).step_by(2).map(check).count())).collect();
        halves.into_iter().map(|half| half.join().unwrap()).sum()
    });
    assert_eq!(panel.units().len(), 342);
    assert_eq!(checked, 342);
}

#[test]
fn contradictions_are_refused_by_place() {
    let copy = project();
    copy.edit("benchline.toml", "dimensions = \"quarters\"", "dimensions = \"scores\"");
    let ran = benchline(copy.path(), &["check", ".", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.contains("error[P010]: `dimensions = \"scores\"` tells what `scores` withholds"),
        "{}",
        ran.stderr
    );
}

/// The same of the audit: figures from assumptions are those of all units, so
/// exchanging two equal ones leaves the public files as they are. What is drawn
/// within sampling error differs by chance alone and is left out here.
#[test]
fn the_public_audit_cannot_tell_units_apart() {
    let copy = project();
    copy.edit(
        "benchline.toml",
        "outputs = [\"csv\", \"json\", \"xlsx\", \"pdf\", \"unit-reports\", \"group-reports\"]",
        "outputs = [\"audit\"]",
    );
    let vary = "[robustness]\ndraws = 60\nsampling = false\nremoval = false\n\
                vary = [{ what = \"weight-noise\" }, { what = \"leave-out\" }]\n\n[units]";
    copy.edit("benchline.toml", "[units]", vary);
    let pairs = equal_pairs(&copy.scored());
    assert_eq!(benchline(copy.path(), &["run", "."]).code, 0);
    let table = fs::read_to_string(copy.path().join("data/indicators.csv")).unwrap();
    let audit = |side: &str| {
        let path = copy.path().join("out").join(side).join("audit.json");
        settled(&fs::read_to_string(path).unwrap())
    };
    let (public, internal) = (audit("public"), audit("internal"));
    let (a, b) = pairs[0];
    let (of_a, of_b) = (format!("S{a:02},"), format!("S{b:02},"));
    let swap = |line: &str| match line {
        line if line.starts_with(&of_a) => line.replacen(&of_a, &of_b, 1),
        line if line.starts_with(&of_b) => line.replacen(&of_b, &of_a, 1),
        line => line.to_owned(),
    };
    let swapped = table.lines().map(swap).collect::<Vec<_>>().join("\n") + "\n";
    copy.write("data/indicators.csv", &swapped);
    assert_eq!(benchline(copy.path(), &["run", "."]).code, 0);
    let hashes = |text: String| text.replace(&sha256(swapped.as_bytes()), &sha256(table.as_bytes()));
    assert_eq!(public, hashes(audit("public")));
    assert_ne!(internal, hashes(audit("internal")), "the internal audit does tell them apart");
    assert!(!copy.path().join("out/public/audit-units.csv").exists());
}
