use std::path::Path;

use benchline::diagnostics::{Failure, Findings};
use benchline::project::{self, ScoredProject, Selection};
use benchline::report::{Numbers, results_json};
use serde_json::Value as Json;

use crate::cli::args::AtRevision;
use crate::cli::exit::Exit;
use crate::cli::render::Reporter;
use crate::cli::table::aligned;

/// Units shown; the result tables have all.
const SHOWN: usize = 10;

/// Computes the project, shows the head of the result, and writes the tables if
/// a folder is named.
pub fn run(folder: &Path, at: AtRevision, out: Option<&Path>, reporter: &Reporter) -> Result<Exit, Failure> {
    if project::is_contest(folder) {
        return super::contest::summary(folder, out, reporter);
    }
    let mut findings = Findings::new();
    let scored = project::open_at(folder, at.revision, &mut findings)
        .and_then(|open| project::score(open, &mut findings));
    if let (Some(scored), Some(out)) = (&scored, out)
        && !findings.has_errors()
    {
        project::publish(scored, Selection::Score.into(), out, &|_| {}, &mut findings)?;
    }
    let text = || scored.as_ref().map(|scored| head(scored, reporter));
    let json = match (&scored, reporter.wants_json()) {
        (Some(scored), true) => Some(results(scored)?),
        _ => None,
    };
    reporter.finish(folder, findings, text, || json)
}

fn results(scored: &ScoredProject) -> Result<Json, Failure> {
    let json = results_json(scored.material())?;
    serde_json::from_slice(&json).map_err(|error| Failure::Internal(format!("results.json: {error}")))
}

/// The best units as a table, and how far published results were reproduced.
pub fn head(scored: &ScoredProject, reporter: &Reporter) -> String {
    let material = scored.material();
    let numbers = Numbers::new(scored.evaluation.plan.score, reporter.lang);
    let words = [("名次", "rank"), ("名称", "name"), ("代码", "code"), ("得分", "score"), ("评级", "rating")];
    let mut rows = vec![words.map(|(zh, en)| reporter.say(zh, en).to_owned()).to_vec()];
    let panel = material.input.panel();
    let start = panel.rows_of(material.input.edition()).start;
    for unit in scored.overview.assessed.iter().take(SHOWN) {
        let (Some(outcome), Some(unit)) =
            (scored.evaluation.outcomes.get(start + unit), panel.units().get(*unit))
        else {
            continue;
        };
        let bands = material.framework.rating.as_ref().map(|rating| &rating.bands);
        let band = outcome.band.and_then(|band| bands?.get(band));
        let tie = |tied: bool| if tied { "=" } else { "" };
        rows.push(vec![
            outcome.rank.map_or("—".to_owned(), |rank| format!("{}{}", rank.value, tie(rank.tied))),
            unit.name.get(reporter.lang).to_owned(),
            unit.code.to_string(),
            outcome.score.map_or("—".to_owned(), |score| numbers.score(score.raw)),
            band.map_or("—".to_owned(), |band| band.name.get(reporter.lang).to_owned()),
        ]);
    }
    let mut text = aligned(&rows);
    let (assessed, unassessed) = (scored.overview.assessed.len(), scored.overview.unassessed.len());
    text.push_str(&match reporter.say("zh", "en") {
        "zh" => format!("共 {assessed} 个有得分，{unassessed} 个未评估\n"),
        _ => format!("{assessed} scored, {unassessed} not assessed\n"),
    });
    text.push_str(&agreements(scored, reporter));
    text
}

fn agreements(scored: &ScoredProject, reporter: &Reporter) -> String {
    if scored.agreements.is_empty() {
        return String::new();
    }
    let words = [
        ("与公布值一致", "equal to published"),
        ("", ""),
        ("得分", "scores"),
        ("名次", "ranks"),
        ("评级", "ratings"),
    ];
    let mut rows = vec![words.map(|(zh, en)| reporter.say(zh, en).to_owned()).to_vec()];
    rows.extend(scored.agreements.iter().map(|agreement| {
        let tally = |tally: Option<benchline::index::Tally>| {
            tally.map_or("—".to_owned(), |tally| format!("{} / {}", tally.equal, tally.total))
        };
        vec![
            agreement.name.get(reporter.lang).to_owned(),
            String::new(),
            tally(Some(agreement.score)),
            tally(agreement.rank),
            tally(agreement.band),
        ]
    }));
    format!("\n{}", aligned(&rows))
}
