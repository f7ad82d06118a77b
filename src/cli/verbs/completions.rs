use benchline::diagnostics::Failure;
use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::args::Arguments;
use crate::cli::exit::Exit;
use crate::cli::render::print;

/// Prints the completion script of a shell.
pub fn run(shell: Shell) -> Result<Exit, Failure> {
    let mut command = Arguments::command();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "benchline", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
