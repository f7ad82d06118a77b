//! Corrections and appeals as logged revisions of an edition.

mod effects;
mod log;
mod returned;

use std::path::{Path, PathBuf};

use super::contest::Writer;
use super::open::{OpenProject, PROJECT_FILE, open_to_correct};
use super::score::{ScoredProject, score};
use crate::definitions::ProjectDefinition;
use crate::diagnostics::{Code, Failure, Finding, Findings, Place, Severity, bilingual, shown};
use crate::index::evaluate;
use crate::ledger::{FileHash, Log, Revised, RevisionEvent, is_time, personal_text};
use crate::store::Journal;
use crate::validate::{Asked, Corrections, is_code, personal_in_log};

pub(super) use log::{at_revision, read_log};

/// What a revision came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// Its number.
    pub number: usize,
    /// The hash of its line in the log.
    pub head: String,
    /// What it says.
    pub revised: Revised,
    /// Whether it is in the log, or was only tried.
    pub logged: bool,
}

/// Puts the corrections, appeals and confirmations in `files` on record as one
/// revision of the project in `root`, all or none: on the disk when this returns.
/// Data files are never touched. Everything wrong is a finding, and then nothing
/// is written; also `None`, without an error, if all files are on record or blank.
/// With `dry`, nothing is written either way.
pub fn revise(
    root: &Path,
    files: &[PathBuf],
    writer: Writer<'_>,
    dry: bool,
    findings: &mut Findings,
) -> Result<Option<Revision>, Failure> {
    if !may_write(writer, findings) {
        return Ok(None);
    }
    // Only one process at a time reads what there is and adds to it.
    let Some(journal) = Journal::hold(root, "", findings)? else { return Ok(None) };
    let Some((project, log, path)) = ready(root, findings) else { return Ok(None) };
    let Some((returned, asked)) = returned::read(&project, &log, files, writer.by, findings) else {
        return Ok(None);
    };
    if returned.is_empty() {
        return Ok(None);
    }
    let number = log.lines().len() + 1;
    let before = evaluate(&project.input, &project.framework.plan).ok();
    let Some(after) = corrected(project, &log, &asked, findings) else { return Ok(None) };
    let tables = after.project.input.files().into_iter();
    let mut revised = Revised {
        edition: after.project.definition.project.edition.clone(),
        files: tables.map(|file| FileHash { path: file.name, sha256: file.sha256 }).collect(),
        returned,
        corrections: asked.into_iter().map(|one| one.correction).collect(),
        effects: Vec::new(),
        other_scores: 0,
        other_ranks: 0,
        other_ratings: 0,
    };
    if let Some((key, kind)) = personal_text(&revised) {
        findings.push(personal_in_log(&key, kind));
        return Ok(None);
    }
    effects::add(&mut revised, before.as_ref(), &after);
    let mut grown = log.clone();
    let Some(text) = grown.add(writer.at, writer.by, RevisionEvent::Revised(revised.clone())) else {
        return Ok(None);
    };
    if !dry {
        let start = if log.is_open() { "\n" } else { "" };
        journal.named(root, &path).append(log.whole(), &format!("{start}{text}"))?;
    }
    Ok(Some(Revision { number, head: grown.head().to_owned(), revised, logged: !dry }))
}

/// The project as revised so far, with its log and the log's path. Single values
/// may be unusable: to correct them is what a revision is for.
fn ready(root: &Path, findings: &mut Findings) -> Option<(OpenProject, Log<RevisionEvent>, String)> {
    let mut own = Findings::new();
    let project = open_to_correct(root, &mut own);
    let project = project.filter(|project| is_declared(&project.definition, &mut own));
    tell(own, findings);
    let project = project?;
    let log = project.revisions.clone()?;
    let path = project.definition.project.revisions.clone()?;
    Some((project, log, path))
}

/// The project with what is asked for, computed: it must be as sound as `run` wants
/// it to be.
fn corrected(
    project: OpenProject,
    log: &Log<RevisionEvent>,
    asked: &[Asked],
    findings: &mut Findings,
) -> Option<ScoredProject> {
    let mut corrections = Corrections::of(log);
    let number = log.lines().len() + 1;
    corrections.add(number, asked.iter().map(|one| (one.correction.clone(), one.place.clone())));
    let mut own = Findings::new();
    let project = project.with_corrections(&corrections, &mut own);
    let scored = project.and_then(|project| score(project, &mut own));
    let sound = !own.has_errors();
    tell(own, findings);
    scored.filter(|_| sound)
}

/// Adds what matters to somebody who corrects data. Files that changed are put on
/// record by this very revision.
fn tell(own: Findings, findings: &mut Findings) {
    let said = own.iter().filter(|one| one.severity != Severity::Note && one.code != Code::DataChangedSince);
    findings.extend(said.cloned());
}

fn is_declared(definition: &ProjectDefinition, findings: &mut Findings) -> bool {
    let declared = definition.project.revisions.is_some();
    if !declared {
        findings.push(undeclared());
    }
    declared
}

pub(super) fn undeclared() -> Finding {
    Finding::new(
        Code::BadCorrection,
        bilingual!("项目没有声明修订日志", "the project declares no log of revisions"),
        bilingual!(
            "在 benchline.toml 的第一个 [节] 之前写 `revisions = \"revisions.jsonl\"`",
            "write `revisions = \"revisions.jsonl\"` in benchline.toml, above its first [table]"
        ),
    )
    .at(Place::file(PROJECT_FILE))
}

fn may_write(writer: Writer<'_>, findings: &mut Findings) -> bool {
    if !is_code(writer.by) {
        findings.push(Finding::new(
            Code::BadCorrection,
            bilingual!("`--by` 应是一个编号，不写姓名", "`--by` is to be a code, not a name"),
            bilingual!(
                "写字母和数字，例如 `--by office-1`",
                "write letters and digits, such as `--by office-1`"
            ),
        ));
        return false;
    }
    if !is_time(writer.at) {
        let at = shown(writer.at);
        findings.push(Finding::new(
            Code::BadCorrection,
            bilingual!("`--at {at}` 不是带时区的时间", "`--at {at}` is no time with an offset"),
            bilingual!("写成 `2025-12-01T09:30:00+08:00`", "write it as `2025-12-01T09:30:00+08:00`"),
        ));
        return false;
    }
    true
}

/// The log of the revisions of the project in `root`, whether or not its data are
/// sound; `None`, with a finding, if it declares none.
pub fn revisions(root: &Path, findings: &mut Findings) -> Option<Log<RevisionEvent>> {
    let (folder, definition) = super::open::declared(root, findings)?;
    if !is_declared(&definition, findings) {
        return None;
    }
    read_log(&folder, &definition, findings).map(|(log, _)| log)
}

impl OpenProject {
    /// The number of the revision that its data are of, where these are logged.
    pub fn revision(&self) -> Option<usize> {
        self.revisions.as_ref().map(|log| log.lines().len())
    }
}
