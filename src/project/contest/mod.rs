//! Contests: opens a folder with `kind = "contest"`, scores it and publishes it.

mod board;
mod deeds;
mod forms;
mod open;
mod publish;
mod record;
mod score;
mod status;
mod verify;

pub use board::{BoardRequest, Freeze, MadeBoard, board};
pub use deeds::{Choice as RecountChoice, Deed};
pub use forms::{FormsRequest, publish_forms};
pub use open::{OpenContest, is_contest, open_contest};
pub use publish::publish_contest;
pub use record::{Recorded, Writer, record};
pub use score::{ScoredContest, score_contest};
pub use status::{Gap, RecountState, drawn, gaps, recounts};
pub use verify::{Verified, verify};
