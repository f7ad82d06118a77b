use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Outputs made; there may be warnings.
    Done,
    /// The input has errors and nothing was published; or, with `--strict`, it
    /// has warnings and outputs were made.
    Refused,
    /// The tool itself failed.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Refused => 1,
            Exit::Failed => 2,
        })
    }
}
