//! The board in the hall: what the log comes to, now or at a freeze → [`Board`].

mod freeze;
mod progress;
mod reveal;
mod rows;
mod so_far;
mod target;

use std::path::Path;

use super::open::{Base, read_base};
use crate::diagnostics::{Findings, Severity};
use crate::ledger::{Body, Log};
use crate::project::templates::templates;
use crate::report::{Board, BoardProgress, BoardStamp, BoardState, board_page};
use crate::validate::ContestInput;
use freeze::position;
use rows::Rows;
use so_far::moment;
use target::target;

pub use freeze::Freeze;

/// Which board is wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct BoardRequest<'a> {
    /// The stage or the round; the last one begun if absent.
    pub of: Option<&'a str>,
    /// From where on scores are not shown.
    pub freeze: Option<Freeze<'a>>,
    /// Whether the placing is to be revealed place by place.
    pub reveal: bool,
}

/// A board as a page.
#[derive(Clone, Debug)]
pub struct MadeBoard {
    /// The page.
    pub html: Vec<u8>,
    /// How far the stage is.
    pub state: BoardState,
    /// How much is in.
    pub progress: BoardProgress,
}

/// Makes the board of the contest in `root`. Marks that are not there yet are no
/// fault of a board: their entries wait. `None`, with findings, if anything else
/// is wrong, or if what is asked for may not be shown.
pub fn board(root: &Path, request: BoardRequest<'_>, findings: &mut Findings) -> Option<MadeBoard> {
    let before = findings.count(Severity::Error);
    let made = made(root, request, findings);
    made.filter(|_| findings.count(Severity::Error) == before)
}

fn made(root: &Path, request: BoardRequest<'_>, findings: &mut Findings) -> Option<MadeBoard> {
    let base = read_base(root, findings)?;
    let rubric = &base.rubric.as_ref()?.rubric;
    let frozen = match request.freeze {
        Some(freeze) => Some(position(base.log.as_ref(), freeze, findings)?),
        None => None,
    };
    let mut now = moment(&base, None, findings)?;
    let shown = match frozen {
        Some(frozen) => Some(moment(&base, Some(frozen.events), findings)?),
        None => None,
    };
    let shown_or_now = shown.as_ref().unwrap_or(&now);
    let target = target(rubric, shown_or_now, request.of, findings)?;
    if request.reveal {
        reveal::check(&base, &now, target, request.of, findings)?;
    }
    let before = last_change(base.log.as_ref(), frozen.map(|frozen| frozen.events))
        .and_then(|events| moment(&base, Some(events), &mut Findings::new()));
    let mut board = Rows { rubric, now: &now, shown: shown_or_now, before: before.as_ref(), target }
        .board(frozen.is_some_and(|frozen| frozen.holds), request.reveal);
    board.stamp = base.log.as_ref().and_then(|log| stamp(log, frozen.map(|frozen| frozen.events)));
    board.sealed = now.input.day().is_some_and(crate::ledger::Day::is_sealed);
    if board.sealed {
        now.input.hide_names();
    }
    page(&base, &board, &now.input, findings)
}

fn page(base: &Base, board: &Board, names: &ContestInput, findings: &mut Findings) -> Option<MadeBoard> {
    let templates = templates(&base.folder, &mut Vec::new(), findings);
    let rubric = &base.rubric.as_ref()?.rubric;
    match board_page(&base.definition.project, rubric, names, board, &templates) {
        Ok(html) => Some(MadeBoard { html, state: board.state, progress: board.progress }),
        Err(error) => {
            findings.push(error.into());
            None
        }
    }
}

/// How many events there were before the last one that changed marks or what
/// counts, among the first `events`.
fn last_change(log: Option<&Log>, events: Option<usize>) -> Option<usize> {
    let lines = log?.lines();
    let changes = |body: &Body| matches!(body, Body::Entered(_) | Body::Settled(_) | Body::Happened(_));
    lines.iter().take(events.unwrap_or(lines.len())).rposition(|line| changes(&line.body))
}

/// What is said of the log: nothing that came after a freeze, for its hash would
/// tell whoever tries all marks which one it is.
fn stamp(log: &Log, events: Option<usize>) -> Option<BoardStamp> {
    let lines = log.lines();
    let last = lines.get(..events.unwrap_or(lines.len()).min(lines.len()))?.last()?;
    Some(BoardStamp { event: last.seq, at: last.at.clone(), head: last.hash.clone() })
}
