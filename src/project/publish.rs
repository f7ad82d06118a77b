use std::path::{Path, PathBuf};

use super::score::ScoredProject;
use crate::diagnostics::{Failure, Findings};
use crate::plan::Output;
use crate::report::{results_csv, results_json};
use crate::store::{Manifest, ManifestEntry, OutputFolder, Tool};

/// Which outputs of a project are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// All that the project declares.
    Run,
    /// The result tables.
    Score,
    /// The reports.
    Report,
}

impl Selection {
    fn outputs(self, declared: &[Output]) -> Vec<Output> {
        match self {
            Selection::Run => declared.to_vec(),
            Selection::Score => vec![Output::Csv, Output::Json],
            Selection::Report => vec![Output::Pdf],
        }
    }

    fn name(self) -> &'static str {
        match self {
            Selection::Run => "run",
            Selection::Score => "score",
            Selection::Report => "report",
        }
    }
}

/// How far the making of outputs has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many reports are about to be typeset.
    Reports(usize),
    /// A report is typeset.
    Typeset(String),
}

/// Makes the selected outputs and swaps them in as the folder `target`. What
/// forbids publishing is a finding, and then the folder stays as it was.
///
/// Not to be called from a rayon worker: it typesets (see
/// [`typeset`](crate::report::typeset)).
pub fn publish(
    scored: &ScoredProject,
    selection: Selection,
    target: &Path,
    on_step: &(dyn Fn(Step) + Sync),
    findings: &mut Findings,
) -> Result<Option<PathBuf>, Failure> {
    let outputs = selection.outputs(&scored.project.definition.project.outputs);
    let Some(mut folder) = OutputFolder::begin(target, findings)? else { return Ok(None) };
    let material = scored.material();
    for output in outputs {
        match output {
            Output::Csv => folder.write("results.csv", &results_csv(material)?)?,
            Output::Json => folder.write("results.json", &results_json(material)?)?,
            Output::Pdf => {
                for (name, pdf) in reports(scored, on_step, findings)? {
                    folder.write(&name, &pdf)?;
                }
            }
        }
    }
    if findings.has_errors() {
        return Ok(None);
    }
    folder.publish(manifest(scored, selection)?).map(Some)
}

fn manifest(scored: &ScoredProject, selection: Selection) -> Result<Manifest, Failure> {
    let project = &scored.project;
    let inputs = project.files.iter();
    Ok(Manifest {
        schema: Manifest::SCHEMA.to_owned(),
        tool: Tool::this(),
        made_by: selection.name().to_owned(),
        edition: project.definition.project.edition.clone(),
        seed: project.definition.project.seed,
        plan_sha256: scored.plan_sha256.clone(),
        plan: serde_json::to_value(&scored.evaluation.plan)
            .map_err(|error| Failure::Internal(format!("plan: {error}")))?,
        inputs: inputs
            .map(|file| ManifestEntry { path: file.name.clone(), sha256: file.sha256.clone() })
            .collect(),
        outputs: Vec::new(),
    })
}

#[cfg(not(feature = "pdf"))]
fn reports(
    _: &ScoredProject,
    _: &(dyn Fn(Step) + Sync),
    _: &mut Findings,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    Err(Failure::NotBuiltIn("pdf"))
}

/// The reports in every declared language, in the order of the project.
#[cfg(feature = "pdf")]
fn reports(
    scored: &ScoredProject,
    on_step: &(dyn Fn(Step) + Sync),
    findings: &mut Findings,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    use crate::diagnostics::Lang;
    use crate::report::{index_report, typeset};

    let templates = &scored.templates;
    let languages = &scored.project.definition.project.languages;
    on_step(Step::Reports(languages.len()));
    let make = |lang: Lang| -> Result<(String, Vec<u8>), Findings> {
        let view = index_report(scored.material(), templates, lang).map_err(|error| {
            let mut findings = Findings::new();
            findings.push(error.into());
            findings
        })?;
        let typeset = typeset(&view, templates)?;
        let name = format!("report.{lang}.pdf");
        on_step(Step::Typeset(name.clone()));
        Ok((name, typeset.pdf))
    };
    let made = in_threads(languages, make)?;
    let mut reports = Vec::new();
    for report in made {
        match report {
            Ok(report) => reports.push(report),
            Err(refused) => findings.append(refused),
        }
    }
    Ok(reports)
}

/// Runs `make` on every item, on as many plain threads as rayon has workers;
/// results in the order of the items.
#[cfg(feature = "pdf")]
fn in_threads<T: Copy + Sync, R: Send>(items: &[T], make: impl Fn(T) -> R + Sync) -> Result<Vec<R>, Failure> {
    use std::sync::atomic::{AtomicUsize, Ordering};

    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return done };
            done.push((at, make(*item)));
        }
    };
    let mut results = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..rayon::current_num_threads().min(items.len())).map(|_| scope.spawn(work)).collect();
        let joined: Vec<_> = threads.into_iter().map(|thread| thread.join()).collect();
        joined.into_iter().collect::<Result<Vec<_>, _>>()
    })
    .map_err(|_| Failure::Internal("a report thread ended early".to_owned()))?
    .into_iter()
    .flatten()
    .collect::<Vec<_>>();
    results.sort_by_key(|(at, _)| *at);
    Ok(results.into_iter().map(|(_, result)| result).collect())
}
