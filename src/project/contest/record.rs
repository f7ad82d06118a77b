//! Deeds of the contest day, written into the log.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::deeds::{Deed, bodies};
use super::open::{Base, read_base, read_input};
use crate::diagnostics::{Code, Failure, Finding, Findings, Place, Severity, bilingual, personal_in, shown};
use crate::ledger::{Body, Day, FileHash, Log, Opened, is_time, personal_text};
use crate::store::Journal;
use crate::validate::{ContestInput, personal_in_log};

/// Who writes an event, by code, and when: a time with its offset from UTC.
#[derive(Clone, Copy, Debug)]
pub struct Writer<'a> {
    /// A code, no name.
    pub by: &'a str,
    /// For example `2025-12-01T09:30:00+08:00`.
    pub at: &'a str,
}

/// What came of a deed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The hash of the last event.
    pub head: String,
    /// How many events there are.
    pub events: usize,
    /// How many of them are new.
    pub added: usize,
}

/// Writes what `deed` comes to at the end of the log of the contest in `root`, on
/// the disk when this returns. It is refused, with findings, if the contest would
/// have a fault by it that it did not have; marks that differ when keyed or counted
/// again are recorded and reported. Before the first event the files of the contest are put
/// on record.
pub fn record(
    root: &Path,
    writer: Writer<'_>,
    deed: &Deed<'_>,
    findings: &mut Findings,
) -> Result<Option<Recorded>, Failure> {
    let Some(name) = log_name(root, findings) else { return Ok(None) };
    let Some(journal) = Journal::hold(root, &name, findings)? else { return Ok(None) };
    let before = findings.count(Severity::Error);
    let base = read_base(root, findings);
    let (Some(base), true) = (base, findings.count(Severity::Error) == before) else { return Ok(None) };
    let Some(log) = base.log.clone() else { return Ok(None) };
    let mut known = Findings::new();
    let day = Day::of(&log);
    let Some(input) = read_input(base.clone(), &mut known).map(|open| open.input).or_else(|| people(&base))
    else {
        findings.append(known);
        return Ok(None);
    };
    let opening = log.lines().is_empty().then(|| opened(&base, &input));
    let Some(new) = bodies(&base, &input, &day, writer.by, deed, findings) else { return Ok(None) };
    let new: Vec<Body> = opening.into_iter().chain(new).collect();
    if !may_write(writer, &new, &input, findings) {
        return Ok(None);
    }
    let Some((grown, text)) = grow(&log, writer, &new) else { return Ok(None) };
    if !holds(&base, &grown, &known, findings) {
        return Ok(None);
    }
    let start = if log.is_open() { "\n" } else { "" };
    journal.append(log.whole(), &format!("{start}{text}"))?;
    Ok(Some(Recorded { head: grown.head().to_owned(), events: grown.lines().len(), added: new.len() }))
}

fn log_name(root: &Path, findings: &mut Findings) -> Option<String> {
    let base = read_base(root, findings)?;
    let name = base.definition.project.log.as_ref().map(|log| log.file.clone());
    if name.is_none() {
        findings.push(
            Finding::new(
                Code::BadDeed,
                bilingual!("项目没有声明日志", "the project declares no log"),
                bilingual!(
                    "在 benchline.toml 写 `log = {{ file = \"log.jsonl\" }}`",
                    "write `log = {{ file = \"log.jsonl\" }}` in benchline.toml"
                ),
            )
            .at(Place::file(super::super::open::PROJECT_FILE)),
        );
    }
    name
}

/// The people of a contest whose marks or events have faults.
fn people(base: &Base) -> Option<ContestInput> {
    let empty = Base { log: base.log.as_ref().map(|log| log.until(1)), ..base.clone() };
    Some(read_input(empty, &mut Findings::new())?.input)
}

fn opened(base: &Base, input: &ContestInput) -> Body {
    let definitions = [Some(&base.definition.document), base.rubric.as_ref().map(|rubric| &rubric.document)];
    let definitions = definitions.into_iter().flatten().map(|document| {
        let file = document.file();
        FileHash { path: file.name.to_string(), sha256: file.sha256.clone() }
    });
    let lists = input.files().into_iter().map(|file| FileHash { path: file.name, sha256: file.sha256 });
    let name = base.log.as_ref().map(Log::name);
    let files = definitions.chain(lists.filter(|file| Some(file.path.as_str()) != name)).collect();
    Body::Opened(Opened { edition: base.definition.project.edition.clone(), files })
}

fn grow(log: &Log, writer: Writer<'_>, new: &[Body]) -> Option<(Log, String)> {
    let mut grown = log.clone();
    let mut text = String::new();
    for body in new {
        text.push_str(&grown.add(writer.at, writer.by, body.clone())?);
    }
    Some((grown, text))
}

/// Whether the contest has no fault by what was added that it did not have.
fn holds(base: &Base, grown: &Log, known: &Findings, findings: &mut Findings) -> bool {
    let had: BTreeSet<(&str, &str)> =
        known.iter().map(|one| (one.code.id(), one.message.en.as_str())).collect();
    let mut after = Findings::new();
    read_input(Base { log: Some(grown.clone()), ..base.clone() }, &mut after);
    let mut sound = true;
    for finding in after.iter() {
        if had.contains(&(finding.code.id(), finding.message.en.as_str())) {
            continue;
        }
        sound &= finding.severity != Severity::Error
            || matches!(finding.code, Code::EntriesDiffer | Code::RecountDiffers);
        findings.push(finding.clone());
    }
    sound
}

/// Whether writer and words are fit for a log that is published.
fn may_write(writer: Writer<'_>, new: &[Body], input: &ContestInput, findings: &mut Findings) -> bool {
    if writer.by.is_empty() || writer.by.chars().any(char::is_whitespace) {
        findings.push(Finding::new(
            Code::BadDeed,
            bilingual!("`--by` 应是一个编号", "`--by` is to be a code"),
            bilingual!("写编号，例如 `--by office-1`", "write a code, such as `--by office-1`"),
        ));
        return false;
    }
    if !is_time(writer.at) {
        let at = shown(writer.at);
        findings.push(Finding::new(
            Code::BadDeed,
            bilingual!("`--at {at}` 不是带时区的时间", "`--at {at}` is no time with an offset"),
            bilingual!("写成 `2025-12-01T09:30:00+08:00`", "write it as `2025-12-01T09:30:00+08:00`"),
        ));
        return false;
    }
    let words = new.iter().find_map(personal_text);
    if let Some((key, kind)) = words.or_else(|| Some(("by".to_owned(), personal_in(writer.by)?))) {
        findings.push(personal_in_log(&key, kind));
        return false;
    }
    let text = serde_json::to_string(new).unwrap_or_default();
    let people = input.members().iter().map(|one| (&one.name, &one.code));
    let judges = input.judges().iter().map(|one| (&one.name, &one.code));
    let named = people.chain(judges).any(|(name, code)| {
        let is_in = |name: &str| name != code && name.chars().count() > 1 && text.contains(name);
        is_in(&name.zh) || is_in(&name.en) || (writer.by == name.zh && name.zh != *code)
    });
    if named {
        findings.push(Finding::new(
            Code::NameInLog,
            bilingual!("要写入日志的文字里有人名", "there is the name of a person in what is to be written"),
            bilingual!("日志要公布：把人名换成编号", "the log is published: write the code instead"),
        ));
    }
    !named
}

/// What the log comes to, shared.
pub(super) fn day_of(base: &Base) -> Arc<Day> {
    Arc::new(base.log.as_ref().map(Day::of).unwrap_or_default())
}
