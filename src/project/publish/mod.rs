//! From a scored project to an output folder.

pub(super) mod documents;
mod letters;
pub(super) mod pool;
pub(super) mod workshop;

use std::path::{Path, PathBuf};

use super::audit::Audit;
use super::score::ScoredProject;
use crate::diagnostics::{Code, Failure, Finding, Findings, bilingual};
use crate::plan::{Audience, ContestOutput, Output};
use crate::store::{DocumentFailure, FailureReason, MANIFEST, Manifest, ManifestEntry, OutputFolder, Tool};
use documents::Document;
pub(super) use letters::locate_letters;
use pool::Failed;
use workshop::Workshop;

/// Most failed documents that a finding names; the manifest has all.
const NAMED: usize = 5;

/// Which outputs of a project are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// All that the project declares.
    Run,
    /// The result tables.
    Score,
    /// The reports.
    Report,
    /// What the audit found, as tables and as its annex.
    Audit,
}

impl Selection {
    pub(super) fn includes(self, output: Output, declared: &[Output]) -> bool {
        let is_declared = declared.contains(&output);
        match (self, output) {
            (Selection::Run, _) => is_declared,
            (Selection::Score, Output::Csv | Output::Json) | (Selection::Report, Output::Pdf) => true,
            (Selection::Audit, Output::Audit | Output::AuditAnnex) => true,
            (Selection::Score, Output::Xlsx) => is_declared,
            (Selection::Report, Output::UnitReports | Output::GroupReports) => is_declared,
            _ => false,
        }
    }

    pub(super) fn includes_of_contest(self, output: ContestOutput, declared: &[ContestOutput]) -> bool {
        let is_declared = declared.contains(&output);
        match (self, output) {
            (Selection::Run, _) => is_declared,
            (Selection::Score, ContestOutput::Csv | ContestOutput::Json)
            | (Selection::Report, ContestOutput::Pdf) => true,
            (Selection::Score, ContestOutput::Xlsx) => is_declared,
            (Selection::Report, ContestOutput::Csv | ContestOutput::Json | ContestOutput::Xlsx) => false,
            (Selection::Report, _) => is_declared,
            _ => false,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Selection::Run => "run",
            Selection::Score => "score",
            Selection::Report => "report",
            Selection::Audit => "audit",
        }
    }
}

/// What is to be published, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// Which outputs.
    pub selection: Selection,
    /// Whether the rest is published when some documents cannot be made.
    pub allow_partial: bool,
    /// Whether documents are taken from the cache and kept in it.
    pub cache: bool,
}

impl From<Selection> for Request {
    fn from(selection: Selection) -> Self {
        Self { selection, allow_partial: false, cache: true }
    }
}

/// How far the making of outputs has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many documents are about to be made.
    Documents(usize),
    /// A document is written.
    Made(String),
}

/// Makes the selected outputs and swaps them in as the folder `target`. Documents
/// are written as they are made, several at once. What forbids publishing is a
/// finding, and then the folder stays as it was.
///
/// Not to be called from a rayon worker: it typesets (see
/// [`typeset`](crate::report::typeset)).
pub fn publish(
    scored: &ScoredProject,
    request: Request,
    target: &Path,
    on_step: &(dyn Fn(Step) + Sync),
    findings: &mut Findings,
) -> Result<Option<PathBuf>, Failure> {
    let Some(folder) = OutputFolder::begin(target, findings)? else { return Ok(None) };
    let outputs = documents::selected(scored, request.selection);
    let audited = if documents::need_audit(scored, &outputs) { scored.audit(findings) } else { None };
    let found = audited.map(Audit::material);
    let insight = outputs.contains(&Output::UnitReports).then(|| scored.insight());
    let documents = documents::of(scored, &outputs, insight.as_ref(), found);
    let workshop = Workshop::new(&scored.project.root(), &scored.templates, request.cache);
    let made = make(&documents, &workshop, &folder, request, on_step, findings)?;
    locate_letters(&scored.project.folder, &scored.project.files, findings);
    let Some(failures) = made else { return Ok(None) };
    for audience in scored.project.definition.project.policy.audiences() {
        match documents::index_page(scored, *audience, &outputs, &folder.entries()) {
            Some(Ok((path, page))) => folder.write(&path, &page)?,
            Some(Err(error)) => {
                findings.push(error.into());
                return Ok(None);
            }
            None => {}
        }
    }
    let manifest = manifest(scored, request.selection.name(), failures)?;
    if scored.project.definition.project.policy.public.is_some() {
        folder.write_manifest(Audience::Public.folder(), &manifest)?;
    }
    folder.publish(manifest).map(Some)
}

/// Makes documents, several at once, each written into `folder` as it is made.
/// What keeps them from being made is a finding. `None` if nothing may be published:
/// findings were errors before, or documents failed and the request does not allow
/// that, or all failed.
pub(super) fn make(
    documents: &[Document<'_>],
    workshop: &Workshop<'_>,
    folder: &OutputFolder,
    request: Request,
    on_step: &(dyn Fn(Step) + Sync),
    findings: &mut Findings,
) -> Result<Option<Vec<DocumentFailure>>, Failure> {
    let unsound = findings.has_errors();
    on_step(Step::Documents(documents.len()));
    let make_one = |document: &Document<'_>| {
        let bytes = (document.make)(workshop)?;
        folder.write(&document.path, &bytes)?;
        on_step(Step::Made(document.path.clone()));
        Ok(())
    };
    let failed = pool::make_all(documents, make_one)?;
    workshop.tidy();
    let all_failed = failed.len() == documents.len();
    let failures = report(documents, failed, findings);
    let publishable = failures.is_empty() || (request.allow_partial && !all_failed);
    Ok((!unsound && publishable).then_some(failures))
}

/// Puts what kept documents from being made among the findings, with one more
/// that names the documents.
fn report(documents: &[Document<'_>], failed: Vec<Failed>, findings: &mut Findings) -> Vec<DocumentFailure> {
    let mut failures = Vec::new();
    for Failed { at, reasons } in failed {
        let path = documents.get(at).map_or(String::new(), |document| document.path.clone());
        let reason = |finding: &Finding| FailureReason {
            code: finding.code.id().to_owned(),
            message: finding.message.clone(),
        };
        failures.push(DocumentFailure { path, reasons: reasons.iter().map(reason).collect() });
        findings.append(reasons);
    }
    if !failures.is_empty() {
        findings.push(not_made(&failures, documents.len()));
    }
    failures
}

fn not_made(failures: &[DocumentFailure], documents: usize) -> Finding {
    let count = failures.len();
    let named: Vec<String> =
        failures.iter().take(NAMED).map(|failure| format!("`{}`", failure.path)).collect();
    let (list_zh, list_en) = (named.join("、"), named.join(", "));
    let (more_zh, more_en) = if count > NAMED { ("等", " and others") } else { ("", "") };
    Finding::new(
        Code::DocumentsFailed,
        bilingual!(
            "{documents} 份文件中有 {count} 份无法生成：{list_zh}{more_zh}",
            "{count} of {documents} documents cannot be made: {list_en}{more_en}"
        ),
        bilingual!(
            "按其他各条更正；若要先发布其余文件，加 `--allow-partial`",
            "mend what the other findings say; to publish the rest meanwhile, add `--allow-partial`"
        ),
    )
}

/// The manifest of what was made from a project; the outputs are still to come.
pub(super) fn manifest(
    scored: &ScoredProject,
    made_by: &str,
    failures: Vec<DocumentFailure>,
) -> Result<Manifest, Failure> {
    let project = &scored.project;
    let inputs = project.files.iter();
    Ok(Manifest {
        schema: Manifest::SCHEMA.to_owned(),
        tool: Tool::this(),
        made_by: made_by.to_owned(),
        edition: project.definition.project.edition.clone(),
        seed: project.definition.project.seed,
        plan_sha256: scored.plan_sha256.clone(),
        plan: serde_json::to_value(&scored.evaluation.plan)
            .map_err(|error| Failure::Internal(format!("{MANIFEST}: {error}")))?,
        inputs: inputs
            .map(|file| ManifestEntry { path: file.name.clone(), sha256: file.sha256.clone() })
            .collect(),
        outputs: Vec::new(),
        failures,
    })
}
