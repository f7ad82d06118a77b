use benchline::diagnostics::Failure;
use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::args::Arguments;
use crate::cli::exit::Exit;

/// Prints the completion script of a shell.
pub fn run(shell: Shell) -> Result<Exit, Failure> {
    let mut command = Arguments::command();
    clap_complete::generate(shell, &mut command, "benchline", &mut std::io::stdout());
    Ok(Exit::Done)
}
