//! Contests: opens a folder with `kind = "contest"`, scores it and publishes it.

mod open;
mod publish;
mod score;

pub use open::{OpenContest, is_contest, open_contest};
pub use publish::publish_contest;
pub use score::{ScoredContest, score_contest};
