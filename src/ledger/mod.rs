//! Logs: that of a contest and that of the revisions of an edition. Events, one a line, each of which seals all before it.
//!
//! A [`Log`] is read from the bytes of a file and never changed but by lines at
//! its end. [`Day`] is what the events come to: order of appearance, panels,
//! marks, what happened, whether names are sealed. Whoever has the log and the
//! files that it names by hash can come to the same state; how a line is hashed
//! and how a draw is made is told in `docs/contest-day.md`.

mod body;
mod day;
pub mod draw;
mod line;
mod log;
mod personal;
mod recount;
mod revision;
mod time;

pub use body::{
    AppealDecided, AppealOpened, Body, DrawCommitted, DrawRevealed, Drawn, Entered, Entrant, FileChange,
    FileHash, FilesAccepted, Happening, MarkAddress, MarkLine, Moved, Opened, RowOf, Seat, Settled, Signed,
    Source, StandingLine, Why,
};
pub use day::{Appeal, Day, Dispute, Entry, MarkName, MarkState, Sheet};
pub use line::{Line, START};
pub use log::{Log, Told};
pub use personal::personal_text;
pub use recount::{Difference, Recount, RecountDrawn, Recounted};
pub use revision::{
    Correction, CorrectionKind, Decision, Effect, Evidence, Replied, Returned, Revised, RevisionEvent,
    Standing,
};
pub use time::{instant, is_time, utc};
