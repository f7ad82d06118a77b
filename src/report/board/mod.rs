//! The board in the hall: one page of HTML that shows a placing, or reveals it.

mod page;

use crate::numeric::Exact;

pub use page::{BOARD_MARK, board_page};

/// What a board shows. Entries, stages, rounds and prizes are meant by their
/// positions. Whatever it is not to tell is not in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Board {
    /// The stage.
    pub stage: usize,
    /// The round, among all rounds, when the board is about one.
    pub round: Option<usize>,
    /// How far the stage is.
    pub state: BoardState,
    /// Whether names are hidden.
    pub sealed: bool,
    /// What the rows in the zone win.
    pub zone: Option<Zone>,
    /// Best first; those without a place last.
    pub rows: Vec<BoardRow>,
    /// How much is in.
    pub progress: BoardProgress,
    /// Who is being judged, where the running order is known.
    pub current: Option<OnStage>,
    /// Who comes after.
    pub next: Option<usize>,
    /// The entry to which the last event gave its score, when it was one.
    pub latest: Option<usize>,
    /// Up to where the log was read; absent without a log.
    pub stamp: Option<BoardStamp>,
}

/// How far a stage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoardState {
    /// Marks are still to come.
    Live,
    /// Every entry has a score, or is known to have none.
    Complete,
    /// Scores after a position of the log are not shown.
    Frozen,
    /// The placing is there to be revealed, place by place.
    Reveal,
}

/// What the rows in the zone win.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Prizes.
    Prizes,
    /// A place in the next stage.
    Advance,
}

/// An entry on a board.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardRow {
    /// The entry.
    pub entry: usize,
    /// Its place, as far as it can be said.
    pub rank: Option<u32>,
    /// Whether others share it.
    pub tied: bool,
    /// Its score.
    pub score: Option<Exact>,
    /// What else is to be said of it.
    pub state: RowState,
    /// How many places it went up (down: negative) by the last event.
    pub moved: i64,
    /// Whether it is where prizes are won, or a place in the next stage.
    pub in_zone: bool,
    /// The prize that it wins; only of a placing that is revealed.
    pub prize: Option<usize>,
}

/// What is to be said of an entry beside place and score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowState {
    /// All its marks are there.
    Scored,
    /// Marks came in after the freeze.
    Pending,
    /// It lacks marks, and some of those of the last round are there.
    Partial,
    /// None of its marks of the last round are there.
    Waiting,
    /// It did not come.
    NoShow,
    /// It gave up.
    Forfeit,
    /// It was disqualified.
    Disqualified,
}

/// How much of a stage or a round is in. A sheet is what one judge marks of one
/// entry in one round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BoardProgress {
    /// Entries that have all their marks, or are known to have none.
    pub done: usize,
    /// Entries.
    pub entries: usize,
    /// Sheets that are in.
    pub sheets: usize,
    /// Sheets that there are to be.
    pub expected: usize,
}

/// An entry that is being judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnStage {
    /// The entry.
    pub entry: usize,
    /// The round, among all rounds.
    pub round: usize,
    /// Sheets of it that are in.
    pub sheets: usize,
    /// Sheets of it that there are to be.
    pub expected: usize,
    /// Judges who stand aside from it.
    pub aside: usize,
}

/// Up to where a log was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardStamp {
    /// The position of the last event.
    pub event: usize,
    /// When it was written, as the log has it.
    pub at: String,
    /// Its hash.
    pub head: String,
}
