//! Verbs of contests. One file per verb.

mod advance;
mod board;
mod check;
mod day;
mod forms;
mod prizes;
mod publish;
mod score;
mod standings;
mod state;
mod watch;

use std::path::Path;

use benchline::contest::Standing;
use benchline::diagnostics::{Bilingual, Failure, Findings};
use benchline::numeric::{Exact, Rounding};
use benchline::project::{self, FormsRequest, ScoredContest, Selection};
use benchline::report::standings_json;
use serde_json::Value as Json;

use crate::cli::args::ContestVerb;
use crate::cli::exit::Exit;
use crate::cli::render::Reporter;

pub use check::run as check;
pub use publish::run as publish;

/// Decimal places shown of a number whose decimals never end.
const SHOWN_PLACES: u8 = 6;

/// Scores the contest, shows what the verb asks for, and writes the result tables
/// if a folder is named.
pub fn run(verb: &ContestVerb, out: Option<&Path>, reporter: &Reporter) -> Result<Exit, Failure> {
    if let Some(done) = day::run(verb, reporter) {
        return done;
    }
    match verb {
        ContestVerb::Score { project, round } => {
            show(project, out, reporter, |scored| score::table(scored, round.as_deref(), reporter))
        }
        ContestVerb::Standings { project, stage } => {
            show(project, out, reporter, |scored| standings::table(scored, stage.as_deref(), reporter))
        }
        ContestVerb::Advance { project, stage } => {
            show(project, out, reporter, |scored| advance::table(scored, stage.as_deref(), reporter))
        }
        ContestVerb::Prizes { project } => {
            show(project, out, reporter, |scored| Ok(prizes::table(scored, reporter)))
        }
        ContestVerb::Forms { project, rounds, recount } => {
            let recount = recount.as_deref();
            forms::run(project, FormsRequest { rounds, recount }, out, reporter)
        }
        ContestVerb::Board(arguments) => board::run(arguments, out, reporter),
        ContestVerb::Status { project } => state::status(project, reporter),
        ContestVerb::Log { project } => state::log(project, reporter),
        ContestVerb::Verify { project, head } => state::verify(project, head.as_deref(), out, reporter),
        // Those that write the log are done above.
        _ => Ok(Exit::Done),
    }
}

/// What `benchline score` shows of a contest: the placing of its last stage.
pub fn summary(folder: &Path, out: Option<&Path>, reporter: &Reporter) -> Result<Exit, Failure> {
    show(folder, out, reporter, |scored| standings::table(scored, None, reporter))
}

fn show(
    folder: &Path,
    out: Option<&Path>,
    reporter: &Reporter,
    table: impl FnOnce(&ScoredContest) -> Result<String, String>,
) -> Result<Exit, Failure> {
    let mut findings = Findings::new();
    let scored = scored(folder, &mut findings);
    if let (Some(scored), Some(out)) = (&scored, out)
        && !findings.has_errors()
    {
        project::publish_contest(scored, Selection::Score.into(), out, &|_| {}, &mut findings)?;
    }
    let json = match (&scored, reporter.wants_json()) {
        (Some(scored), true) => Some(results(scored)?),
        _ => None,
    };
    let mut refused = false;
    let text = || {
        let scored = scored.as_ref()?;
        Some(table(scored).unwrap_or_else(|unknown| {
            refused = true;
            unknown
        }))
    };
    let exit = reporter.finish(folder, findings, text, || json)?;
    Ok(if refused { Exit::Refused } else { exit })
}

/// Opens and scores a contest.
pub fn scored(folder: &Path, findings: &mut Findings) -> Option<ScoredContest> {
    let open = project::open_contest(folder, findings)?;
    project::score_contest(open, findings)
}

fn results(scored: &ScoredContest) -> Result<Json, Failure> {
    let json = standings_json(scored.material())?;
    serde_json::from_slice(&json).map_err(|error| Failure::Internal(format!("results.json: {error}")))
}

/// A number with all its decimals; where these never end, rounded and said so.
fn number(value: Option<&Exact>) -> String {
    match value {
        None => "—".to_owned(),
        Some(value) if value.places().is_some() => value.to_string(),
        Some(value) => format!("≈{}", value.fixed(SHOWN_PLACES, Rounding::HalfUp)),
    }
}

/// A place with its tie flag, and a mark when the jury placed it.
fn place(standing: &Standing) -> String {
    let jury = if standing.computed_rank.is_some() { "*" } else { "" };
    let tie = if standing.tied { "=" } else { "" };
    standing.rank.map_or("—".to_owned(), |rank| format!("{rank}{tie}{jury}"))
}

/// What a standing's status is called, when there is something to say.
fn status(standing: &Standing, reporter: &Reporter) -> String {
    use benchline::contest::Status;
    match standing.status {
        Status::Present => "",
        Status::NoShow => reporter.say("未到", "no-show"),
        Status::Forfeit => reporter.say("弃权", "forfeit"),
        Status::Disqualified => reporter.say("取消资格", "disqualified"),
    }
    .to_owned()
}

/// A title and an id.
fn titled(name: &Bilingual, reporter: &Reporter) -> String {
    format!("{}\n", name.get(reporter.lang))
}

/// What a person is told who names something that is not there.
fn unknown(id: &str, known: &[&str], reporter: &Reporter) -> String {
    let list = known.join(", ");
    match reporter.say("zh", "en") {
        "zh" => format!("没有“{id}”；可用：{list}\n"),
        _ => format!("there is no `{id}`; the choices are {list}\n"),
    }
}
