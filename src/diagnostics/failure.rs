use std::path::PathBuf;

use thiserror::Error;

/// The tool itself could not do its work: a full disk, a refused permission, a
/// broken invariant. Never caused by what an input file says (that is a
/// [`Finding`](super::Finding)). The command line exits with 2.
#[derive(Debug, Error)]
pub enum Failure {
    /// The operating system refused an operation on a path.
    #[error("{action} {}: {source}", super::masked(&path.display().to_string()))]
    Io {
        /// What was tried, as a verb: `write`, `rename`.
        action: &'static str,
        /// The path it was tried on.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// This build was made without a feature that is needed.
    #[error("this build has no `{0}`: build it with `--features {0}`")]
    NotBuiltIn(&'static str),
    /// Something that cannot happen did: a defect of benchline.
    #[error("internal error, please report it: {0}")]
    Internal(String),
}

impl Failure {
    /// Wraps an I/O error with what was tried and where.
    pub fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }
}
