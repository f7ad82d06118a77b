//! Arguments in, findings and results out. One file per verb; no logic.

mod args;
mod exit;
mod progress;
mod render;
mod table;
mod verbs;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Arguments, Verb};
use exit::Exit;
use render::Reporter;

/// Runs the command line.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(jobs) = arguments.jobs {
        // A second pool cannot exist yet: nothing has run.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    }
    let reporter = Reporter::new(&arguments);
    let out = arguments.out.as_deref();
    let done = match &arguments.verb {
        Verb::Check { project, findings } => verbs::check::run(project, findings.as_deref(), &reporter),
        Verb::Score { project, at } => verbs::score::run(project, *at, out, &reporter),
        Verb::Report { project, making, at } => verbs::publish::report(project, *making, *at, out, &reporter),
        Verb::Run { project, making, at } => verbs::publish::run(project, *making, *at, out, &reporter),
        Verb::Audit { project, drawing } => verbs::audit::run(project, *drawing, out, &reporter),
        Verb::Publish { project } => verbs::bundle::run(project, out, &reporter),
        Verb::Assess { reference, data, unit } => {
            verbs::assess::run(reference, data, unit.as_deref(), out, &reporter)
        }
        Verb::Confirm { project, status: true, .. } => verbs::confirmed::run(project, &reporter),
        Verb::Confirm { project, unit, .. } => verbs::confirm::run(project, unit, out, &reporter),
        Verb::Diff { before, after, from, to, exit_code } => {
            let sides = verbs::diff::sides(before, after.as_deref(), *from, *to);
            verbs::diff::run(sides, *exit_code, out, &reporter)
        }
        Verb::Forms { project, units } => verbs::forms::run(project, units, out, &reporter),
        Verb::Revise { project, files, with } => verbs::revise::run(project, files, with, &reporter),
        Verb::New { kind, folder, with } => verbs::new::run(*kind, folder, (*with).into(), &reporter),
        Verb::Demo { making } => verbs::demo::run(*making, out, &reporter),
        Verb::Contest { verb } => verbs::contest::run(verb, out, &reporter),
        Verb::ExplainCode { code, markdown } => {
            verbs::explain_code::run(code.as_deref(), *markdown, &reporter)
        }
        Verb::Methods { name } => verbs::methods::run(name.as_deref(), &reporter),
        Verb::Schema { of } => verbs::schema::run(*of),
        Verb::Completions { shell } => verbs::completions::run(*shell),
    };
    let exit = done.unwrap_or_else(|failure| {
        reporter.failure(&failure);
        Exit::Failed
    });
    exit.into()
}
