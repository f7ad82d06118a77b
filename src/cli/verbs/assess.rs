use std::path::Path;

use benchline::diagnostics::{Bilingual, Failure, Findings};
use benchline::model::Id;
use benchline::project::{self, Assessed};
use benchline::reference::Assessment;
use benchline::report::Numbers;
use serde_json::json;

use crate::cli::exit::Exit;
use crate::cli::render::Reporter;
use crate::cli::table::aligned;

/// Indicators shown that cost most.
const GAPS: usize = 3;

/// Scores a unit's own data by the reference bundle of an edition.
pub fn run(
    reference: &Path,
    data: &Path,
    unit: Option<&str>,
    out: Option<&Path>,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    let mut findings = Findings::new();
    let assessed = project::assess(reference, data, unit, &mut findings);
    let mut written = None;
    if let (Some(assessed), Some(out)) = (&assessed, out)
        && !findings.has_errors()
    {
        written = project::publish_assessment(assessed, out, &mut findings)?;
    }
    let text = || {
        let assessed = assessed.as_ref()?;
        let mut text = match assessed.units.as_slice() {
            [one] => details(assessed, one, reporter),
            several => list(assessed, several, reporter),
        };
        if let Some(written) = &written {
            text.push_str(&reporter.written_to(written));
        }
        Some(text)
    };
    let json = || {
        let assessed = assessed.as_ref()?;
        Some(json!({ "edition": assessed.bundle.edition, "units": assessed.units, "folder": written }))
    };
    reporter.finish(data, findings, text, json)
}

fn numbers(assessed: &Assessed, reporter: &Reporter) -> Numbers {
    Numbers::new(assessed.plan.score, reporter.lang)
}

fn band(assessed: &Assessed, band: Option<usize>, reporter: &Reporter) -> String {
    let bands = assessed.plan.rating.as_ref().map(|rating| &rating.bands);
    let band = band.and_then(|band| bands?.get(band));
    band.map_or("—".to_owned(), |band| band.name.get(reporter.lang).to_owned())
}

/// One line per unit.
fn list(assessed: &Assessed, units: &[Assessment], reporter: &Reporter) -> String {
    let words = [("名称", "name"), ("代码", "code"), ("得分", "score"), ("评级", "rating")];
    let mut rows = vec![words.map(|(zh, en)| reporter.say(zh, en).to_owned()).to_vec()];
    let numbers = numbers(assessed, reporter);
    rows.extend(units.iter().map(|one| {
        vec![
            one.unit.name.get(reporter.lang).to_owned(),
            one.unit.code.clone(),
            one.score.map_or("—".to_owned(), |score| numbers.score(score.raw)),
            band(assessed, one.band, reporter),
        ]
    }));
    aligned(&rows)
}

/// Score and rating, every dimension beside the medians, and what costs most.
fn details(assessed: &Assessed, one: &Assessment, reporter: &Reporter) -> String {
    let numbers = numbers(assessed, reporter);
    let score = |value: Option<f64>| value.map_or("—".to_owned(), |value| numbers.score(value));
    let name = |id: &Id| named(assessed.framework.name_of(id), reporter);
    let mut text = format!("{} · {}\n", one.unit.name.get(reporter.lang), assessed.bundle.edition);
    text.push_str(&format!(
        "{} {}  {} {}\n",
        reporter.say("得分", "score"),
        score(one.score.map(|score| score.raw)),
        reporter.say("评级", "rating"),
        band(assessed, one.band, reporter)
    ));
    if let Some((next, distance)) = one.next {
        let next = band(assessed, Some(next), reporter);
        let distance = numbers.score(distance);
        text.push_str(&match reporter.say("zh", "en") {
            "zh" => format!("距 {next} 还差 {distance} 分\n"),
            _ => format!("{distance} points below {next}\n"),
        });
    }
    if !one.wanting.is_empty() {
        let wanting: Vec<String> = one.wanting.iter().map(&name).collect();
        text.push_str(&format!("{} {}\n", reporter.say("缺少：", "it lacks"), wanting.join(", ")));
    }
    let heads = [("维度", "dimension"), ("", ""), ("得分", "score"), ("全体中位", "median")];
    let mut rows = vec![heads.map(|(zh, en)| reporter.say(zh, en).to_owned()).to_vec()];
    rows.extend(
        one.nodes
            .iter()
            .filter(|node| node.weight.is_some())
            .map(|node| vec![name(&node.id), String::new(), score(node.score), score(node.median)]),
    );
    text.push_str(&format!("\n{}", aligned(&rows)));
    let costly: Vec<_> =
        one.indicators.iter().filter(|one| one.cost.is_some_and(|cost| cost > 0.0)).take(GAPS).collect();
    if !costly.is_empty() {
        let heads = [
            ("失分最多的指标", "what costs most"),
            ("", ""),
            ("数值", "value"),
            ("全体中位", "median"),
            ("失分", "points"),
        ];
        let mut rows = vec![heads.map(|(zh, en)| reporter.say(zh, en).to_owned()).to_vec()];
        let plain = |value: Option<f64>| value.map_or("—".to_owned(), |value| numbers.plain(value));
        rows.extend(costly.iter().map(|one| {
            vec![
                name(&one.result.id),
                String::new(),
                plain(one.value),
                plain(one.median_value),
                score(one.cost),
            ]
        }));
        text.push_str(&format!("\n{}", aligned(&rows)));
    }
    text
}

fn named(name: Option<&Bilingual>, reporter: &Reporter) -> String {
    name.map_or(String::new(), |name| name.get(reporter.lang).to_owned())
}
