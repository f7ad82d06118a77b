//! Opens a project folder and runs what it declares, end to end.

mod bundled;
mod new;
mod open;
mod publish;
mod score;

pub use bundled::framework_names;
pub use new::{Starter, create, unpack_example};
pub use open::{OpenProject, PROJECT_FILE, open};
pub use publish::{Request, Selection, Step, publish};
pub use score::{ScoredProject, score};
