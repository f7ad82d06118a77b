//! Opens a project folder and runs what it declares, end to end.

mod bundled;
mod open;
mod score;

pub use bundled::{demo_projects, framework_names};
pub use open::{OpenProject, PROJECT_FILE, open};
pub use score::{ScoredProject, score};
