mod failure;
mod github;
mod human;
mod json;
mod located;
mod sarif;

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

use benchline::diagnostics::{Failure, Findings, Lang, Severity};
use benchline::project::Step;
use serde_json::{Value as Json, json};

use super::args::{Arguments, Format};
use super::exit::Exit;
use super::progress::Progress;

/// Prints findings and results in the chosen form and language.
pub struct Reporter {
    pub lang: Lang,
    format: Format,
    quiet: bool,
    strict: bool,
}

impl Reporter {
    pub fn new(arguments: &Arguments) -> Self {
        Self {
            lang: arguments.lang.into(),
            format: arguments.format,
            quiet: arguments.quiet,
            strict: arguments.strict,
        }
    }

    /// Whether a program reads the result.
    pub fn wants_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Makes something step by step, with a progress bar if somebody watches.
    pub fn while_shown<T>(&self, make: impl FnOnce(&(dyn Fn(Step) + Sync)) -> T) -> T {
        let watched = std::io::stderr().is_terminal() && self.format == Format::Human && !self.quiet;
        let progress = Progress::new(!watched, self.lang);
        let made = make(&|step| progress.step(step));
        progress.finish();
        made
    }

    /// Says where something was written, as a line.
    pub fn written_to(&self, path: &Path) -> String {
        format!("{} {}\n", self.say("已写入", "written to"), path.display())
    }

    /// Ends a verb whose result is a folder; `None` where there is none.
    pub fn finish_folder(
        &self,
        project: &Path,
        findings: Findings,
        folder: Option<&Path>,
    ) -> Result<Exit, Failure> {
        let text = || Some(self.written_to(folder?));
        let json = || Some(json!({ "folder": folder? }));
        self.finish_partial(project, findings, text, json)
    }

    /// Prints the findings and, unless they forbid it, the result: `text` for
    /// people and `json` for programs. `project` is the folder that the findings
    /// are about. Gives how the command ended.
    pub fn finish(
        &self,
        project: &Path,
        findings: Findings,
        text: impl FnOnce() -> Option<String>,
        json: impl FnOnce() -> Option<Json>,
    ) -> Result<Exit, Failure> {
        let sound = !findings.has_errors();
        self.finish_partial(project, findings, || text().filter(|_| sound), || json().filter(|_| sound))
    }

    /// The same, and says whatever the findings are that they were written to `sent`.
    pub fn finish_sent(
        &self,
        project: &Path,
        findings: Findings,
        sent: Option<&Path>,
        text: impl FnOnce() -> Option<String>,
        json: impl FnOnce() -> Option<Json>,
    ) -> Result<Exit, Failure> {
        let sound = !findings.has_errors();
        let lines = || {
            let result = text().filter(|_| sound);
            let sent = sent.map(|path| self.written_to(path));
            let lines: Vec<String> = result.into_iter().chain(sent).collect();
            (!lines.is_empty()).then(|| lines.concat())
        };
        self.finish_partial(project, findings, lines, || json().filter(|_| sound))
    }

    /// The same, with the result shown whatever the findings are: it is what was
    /// made in spite of them.
    pub fn finish_partial(
        &self,
        project: &Path,
        mut findings: Findings,
        text: impl FnOnce() -> Option<String>,
        json: impl FnOnce() -> Option<Json>,
    ) -> Result<Exit, Failure> {
        findings.sort();
        let refused = findings.has_errors();
        match self.format {
            Format::Human => {
                eprint(&human::findings(&findings, self.lang));
                if let Some(text) = text().filter(|_| !self.quiet) {
                    print(&text)?;
                }
            }
            Format::Json => print(&json::document(&findings, json()))?,
            Format::Sarif => print(&sarif::log(&findings, project, self.lang))?,
            Format::Github => {
                print(&github::findings(&findings, project, self.lang))?;
                if let Some(text) = text().filter(|_| !self.quiet) {
                    print(&text)?;
                }
            }
        }
        let warned = self.strict && findings.count(Severity::Warning) > 0;
        Ok(if refused || warned { Exit::Refused } else { Exit::Done })
    }

    /// Prints that the tool itself failed.
    pub fn failure(&self, failure: &Failure) {
        if self.format == Format::Json {
            // What cannot be printed has been said on standard error as well.
            let _ = print(&json::failure(failure));
        }
        let words = self.say("程序未能完成", "the tool failed");
        let (fact, deed) = failure::words(failure, self.lang);
        let help = self.say("办法", "help");
        let deed = deed.map_or(String::new(), |deed| format!("  = {help}: {deed}\n"));
        eprint(&format!("benchline: {words}: {fact}\n{deed}"));
    }

    /// The words in the language of the run.
    pub fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// Prints to standard output. A reader that went away is no failure; a full disk
/// is one.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = std::io::stdout();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::io("write to", "standard output")(error))
        }
        _ => Ok(()),
    }
}

fn eprint(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}
