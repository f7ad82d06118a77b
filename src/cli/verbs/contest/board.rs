use std::path::Path;

use benchline::diagnostics::{Failure, Findings};
use benchline::project::{self, BoardRequest, Freeze, MadeBoard};
use benchline::report::{BOARD_MARK, BoardState};
use benchline::store::Page;
use serde_json::json;

use super::watch;
use crate::cli::args::BoardArgs;
use crate::cli::exit::Exit;
use crate::cli::render::Reporter;

/// Makes the board of a contest, once or as often as the contest changes.
pub fn run(arguments: &BoardArgs, out: Option<&Path>, reporter: &Reporter) -> Result<Exit, Failure> {
    let folder = &arguments.project;
    let own = folder.join("board.html");
    let mut findings = Findings::new();
    let page = Page::at(out.unwrap_or(&own), BOARD_MARK, &mut findings);
    let Some(page) = page else { return reporter.finish(folder, findings, || None, || None) };
    let done = once(arguments, &page, reporter)?;
    if !arguments.watch {
        return Ok(done);
    }
    watch::run(folder, page.path(), reporter, || once(arguments, &page, reporter))
}

/// Writes the board, and says so if that changed it.
fn once(arguments: &BoardArgs, page: &Page, reporter: &Reporter) -> Result<Exit, Failure> {
    let mut findings = Findings::new();
    let made = project::board(&arguments.project, request(arguments), &mut findings);
    let changed = match &made {
        Some(made) => page.replace(&made.html)?,
        None => false,
    };
    let text = || {
        let made = made.as_ref()?;
        (changed || !arguments.watch).then(|| told(made, page, reporter))
    };
    let json = || {
        let made = made.as_ref()?;
        let progress = made.progress;
        Some(json!({
            "board": page.path(), "state": state(made.state).1,
            "done": progress.done, "entries": progress.entries,
            "sheets": progress.sheets, "expected": progress.expected,
        }))
    };
    reporter.finish(&arguments.project, findings, text, json)
}

fn request(arguments: &BoardArgs) -> BoardRequest<'_> {
    let freeze = match &arguments.freeze_at {
        Some(at) => Some(Freeze::At(at)),
        None => arguments.freeze.then_some(Freeze::Seal),
    };
    BoardRequest { of: arguments.stage.as_deref(), freeze, reveal: arguments.reveal }
}

fn told(made: &MadeBoard, page: &Page, reporter: &Reporter) -> String {
    let path = page.path().display();
    let progress = made.progress;
    let (done, entries, sheets, expected) =
        (progress.done, progress.entries, progress.sheets, progress.expected);
    let (zh, en) = state(made.state);
    match reporter.say("zh", "en") {
        "zh" => format!("已写入 {path}\n{zh}：已完成 {done} / {entries}，评分单 {sheets} / {expected}\n"),
        _ => format!("written to {path}\n{en}: {done} of {entries} done, {sheets} of {expected} sheets in\n"),
    }
}

/// How far it is, in words of both languages; the English one is also its name.
fn state(state: BoardState) -> (&'static str, &'static str) {
    match state {
        BoardState::Live => ("进行中", "live"),
        BoardState::Complete => ("评分已齐", "complete"),
        BoardState::Frozen => ("已封榜", "frozen"),
        BoardState::Reveal => ("揭晓", "reveal"),
    }
}
