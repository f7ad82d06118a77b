//! From a scored contest to an output folder.

mod documents;

use std::path::{Path, PathBuf};

use super::open::OpenContest;
use super::score::ScoredContest;
use crate::contest::awards;
use crate::diagnostics::{Code, Failure, Finding, Findings, bilingual};
use crate::ledger::Day;
use crate::plan::ContestOutput;
use crate::project::publish::workshop::Workshop;
use crate::project::publish::{locate_letters, make};
use crate::project::{Request, Step};
use crate::store::{DocumentFailure, MANIFEST, Manifest, ManifestEntry, OutputFolder, Tool};
pub(super) use documents::Stems;

/// Makes the selected outputs of a contest, several at once, and swaps them in as
/// the folder `target`. What forbids publishing is a finding, and then the folder
/// stays as it was.
///
/// Not to be called from a rayon worker: it typesets (see
/// [`typeset`](crate::report::typeset)).
pub fn publish_contest(
    scored: &ScoredContest,
    request: Request,
    target: &Path,
    on_step: &(dyn Fn(Step) + Sync),
    findings: &mut Findings,
) -> Result<Option<PathBuf>, Failure> {
    let Some(folder) = OutputFolder::begin(target, findings)? else { return Ok(None) };
    refuse_sealed(scored, request, findings);
    let kinds = &scored.contest.definition.project.certificates;
    let given = awards(&scored.contest.input, &scored.contest.rubric.rubric, &scored.result, kinds);
    let documents = documents::of(scored, request.selection, &given);
    let workshop = Workshop::new(&scored.contest.root(), &scored.templates, request.cache);
    let made = make(&documents, &workshop, &folder, request, on_step, findings)?;
    locate_letters(&scored.contest.folder, &scored.contest.files, findings);
    let Some(failures) = made else { return Ok(None) };
    let made_by = request.selection.name();
    let manifest = manifest(&scored.contest, &scored.rubric_sha256, made_by, failures)?;
    folder.publish(manifest).map(Some)
}

/// Certificates and slides name people: there are none while names are sealed.
fn refuse_sealed(scored: &ScoredContest, request: Request, findings: &mut Findings) {
    if !scored.contest.day().is_some_and(Day::is_sealed) {
        return;
    }
    let project = &scored.contest.definition.project;
    let wanted = |output| request.selection.includes_of_contest(output, &project.outputs);
    let help =
        || bilingual!("先用 `benchline contest unseal` 解封", "unseal them with `benchline contest unseal`");
    if wanted(ContestOutput::Certificates) && !project.certificates.is_empty() {
        let fact = bilingual!("名单还在封存，不能做证书", "names are sealed: there can be no certificates");
        findings.push(Finding::new(Code::BadDeed, fact, help()));
    }
    if wanted(ContestOutput::Slides) {
        let fact = bilingual!(
            "名单还在封存，不能做颁奖幻灯片",
            "names are sealed: there can be no slides of the ceremony"
        );
        findings.push(Finding::new(Code::BadDeed, fact, help()));
    }
}

/// The manifest of what was made from a contest; the outputs are still to come.
pub(super) fn manifest(
    contest: &OpenContest,
    rubric_sha256: &str,
    made_by: &str,
    failures: Vec<DocumentFailure>,
) -> Result<Manifest, Failure> {
    let project = &contest.definition.project;
    let inputs = contest.files.iter();
    Ok(Manifest {
        schema: Manifest::SCHEMA.to_owned(),
        tool: Tool::this(),
        made_by: made_by.to_owned(),
        edition: project.edition.clone(),
        seed: project.seed,
        plan_sha256: rubric_sha256.to_owned(),
        plan: serde_json::to_value(&contest.rubric.rubric)
            .map_err(|error| Failure::Internal(format!("{MANIFEST}: {error}")))?,
        inputs: inputs
            .map(|file| ManifestEntry { path: file.name.clone(), sha256: file.sha256.clone() })
            .collect(),
        outputs: Vec::new(),
        failures,
    })
}
