//! Verbs of the contest day: what is written into the log.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use benchline::diagnostics::{Failure, Findings};
use benchline::ledger::{Happening, utc};
use benchline::project::{self, Deed, RecountChoice, Writer};
use serde_json::json;

use crate::cli::args::{AboutArgs, AppealVerb, ContestVerb, DrawVerb, RecountVerb, WhyArgs, WriterArgs};
use crate::cli::exit::Exit;
use crate::cli::render::Reporter;

/// Does what the verb says; `None` if it writes no log.
pub fn run(verb: &ContestVerb, reporter: &Reporter) -> Option<Result<Exit, Failure>> {
    let happening = |what: &str, about: &AboutArgs, value: Option<&String>, why: &WhyArgs| Happening {
        what: what.to_owned(),
        round: about.round.clone(),
        entry: about.entry.clone(),
        member: about.member.clone(),
        judge: about.judge.clone(),
        criterion: about.criterion.clone(),
        attempt: about.attempt.clone(),
        old: None,
        value: value.cloned(),
        decided_by: about.decided_by.clone(),
        reason: why.why.clone(),
        appeal: None,
        from: None,
    };
    let (folder, writer, deed) = match verb {
        ContestVerb::Draw { verb: DrawVerb::Commit { project, draw, secret, writer } } => {
            (project, writer, Deed::Commit { draw, secret })
        }
        ContestVerb::Draw { verb: DrawVerb::Reveal { project, draw, secret, public, writer } } => {
            (project, writer, Deed::Reveal { draw, secret, public })
        }
        ContestVerb::Enter { project, files, second, writer } => {
            (project, writer, Deed::Enter { files, second: *second })
        }
        ContestVerb::Correct { project, about, old, value, why, writer } => {
            let happening =
                Happening { old: old.clone(), ..happening("corrected", about, value.as_ref(), why) };
            (project, writer, Deed::Correct(happening))
        }
        ContestVerb::Recuse { project, about, why, writer } => {
            (project, writer, Deed::Happened(happening("recused", about, None, why)))
        }
        ContestVerb::Override { project, about, place, why, writer } => {
            (project, writer, Deed::Happened(happening("placed", about, Some(place), why)))
        }
        ContestVerb::Event { project, kind, about, value, why, writer } => {
            (project, writer, Deed::Happened(happening(kind, about, value.as_ref(), why)))
        }
        ContestVerb::Accept { project, why, writer } => (project, writer, Deed::Accept(&why.why)),
        ContestVerb::Sign { project, of, role, writer } => (project, writer, Deed::Sign { of, role }),
        ContestVerb::Seal { project, why, writer } => (project, writer, Deed::Seal(&why.why)),
        ContestVerb::Unseal { project, why, writer } => (project, writer, Deed::Unseal(&why.why)),
        ContestVerb::Appeal { verb: AppealVerb::Open { project, id, entry, stage, why, writer } } => {
            (project, writer, Deed::Appeal { id, entry, stage, reason: &why.why })
        }
        ContestVerb::Appeal { verb: AppealVerb::Decide { project, id, upheld, why, writer } } => {
            (project, writer, Deed::Decide { id, upheld: *upheld, reason: &why.why })
        }
        ContestVerb::Recount {
            verb: RecountVerb::Draw { project, id, stage, top, sample, public, writer },
        } => {
            let choice = RecountChoice { id, stage, top: *top, sample: *sample, public };
            (project, writer, Deed::DrawRecount(choice))
        }
        ContestVerb::Recount { verb: RecountVerb::Enter { project, id, writer } } => {
            (project, writer, Deed::Recount(id))
        }
        _ => return None,
    };
    Some(record(folder, writer, &deed, reporter))
}

fn record(folder: &Path, writer: &WriterArgs, deed: &Deed<'_>, reporter: &Reporter) -> Result<Exit, Failure> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let at = writer.at.clone().unwrap_or_else(|| utc(now));
    let mut findings = Findings::new();
    let recorded = project::record(folder, Writer { by: &writer.by, at: &at }, deed, &mut findings)?;
    let text = || {
        let recorded = recorded.as_ref()?;
        let (events, added, head) = (recorded.events, recorded.added, &recorded.head);
        let text = match reporter.say("zh", "en") {
            "zh" => format!("已记入日志：{added} 件，共 {events} 件\n日志头 {head}\n"),
            _ => format!("on record: {added} events, {events} in all\nhead {head}\n"),
        };
        Some(text + &came_of(folder, deed, reporter))
    };
    let json = || {
        let recorded = recorded.as_ref()?;
        Some(json!({ "added": recorded.added, "events": recorded.events, "head": recorded.head }))
    };
    reporter.finish_partial(folder, findings, text, json)
}

/// The order, or the seats, that a draw just came to.
fn drawn(folder: &Path, id: &str, reporter: &Reporter) -> String {
    let open = project::open_contest(folder, &mut Findings::new());
    let Some(drawn) = open.as_ref().and_then(|open| project::drawn(open, id)) else { return String::new() };
    let mut text = match drawn.order.is_empty() {
        true => String::new(),
        false => format!("{}{}\n", reporter.say("顺序：", "order: "), drawn.order.join(" ")),
    };
    for seat in &drawn.seats {
        text += &format!("{}{}{}\n", seat.entry, reporter.say("：", ": "), seat.judges.join(" "));
    }
    text
}

/// What a draw or a recount that was just made or keyed comes to.
fn came_of(folder: &Path, deed: &Deed<'_>, reporter: &Reporter) -> String {
    let id = match deed {
        Deed::DrawRecount(choice) => choice.id,
        Deed::Recount(id) => id,
        Deed::Reveal { draw, .. } => return drawn(folder, draw, reporter),
        _ => return String::new(),
    };
    let open = project::open_contest(folder, &mut Findings::new());
    let recounts = open.as_ref().map(project::recounts).unwrap_or_default();
    let own: Vec<_> = recounts.into_iter().filter(|one| one.recount == id).collect();
    super::state::recount_lines(&own, reporter)
}
