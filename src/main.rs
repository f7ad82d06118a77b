//! The command line of benchline. All logic is in the library.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
