//! Opens a project folder and runs what it declares, end to end.

mod absent;
mod assess;
mod audit;
mod bundle;
mod bundled;
mod confirmation;
mod confirmed;
mod contest;
mod difference;
mod forms;
mod groups;
mod new;
mod open;
mod publish;
mod revise;
mod score;
mod send_back;
mod templates;

pub use assess::{Assessed, assess, publish_assessment};
pub use audit::{Audit, audit};
pub use bundle::publish_bundle;
pub use bundled::{framework_names, rubric_names};
pub use confirmation::publish_confirmations;
pub use confirmed::{Confirmed, UnitConfirmed, confirmed};
pub use contest::{
    BoardRequest, Deed, FormsRequest, Freeze, Gap, MadeBoard, OpenContest, Recorded, RecountChoice,
    RecountState, ScoredContest, Verified, Writer, board, drawn, gaps, is_contest, open_contest,
    publish_contest, publish_forms, record, recounts, score_contest, verify,
};
pub use difference::{Side, difference, publish_difference};
pub use forms::publish_data_forms;
pub use new::{Starter, create, unpack_example};
pub use open::{OpenProject, PROJECT_FILE, open, open_at};
pub use publish::{Request, Selection, Step, publish};
pub use revise::{Revision, revise, revisions};
pub use score::{ScoredProject, score};
pub use send_back::send_back;
