use std::path::{Path, PathBuf};

use super::score::ScoredContest;
use crate::diagnostics::{Failure, Findings};
use crate::plan::Output;
use crate::project::Selection;
use crate::report::{standings_csv, standings_json};
use crate::store::{MANIFEST, Manifest, ManifestEntry, OutputFolder, Tool};

/// Makes the selected outputs of a contest and swaps them in as the folder
/// `target`. What forbids publishing is a finding, and then the folder stays as
/// it was.
pub fn publish_contest(
    scored: &ScoredContest,
    selection: Selection,
    target: &Path,
    findings: &mut Findings,
) -> Result<Option<PathBuf>, Failure> {
    let Some(folder) = OutputFolder::begin(target, findings)? else { return Ok(None) };
    let material = scored.material();
    for output in [Output::Csv, Output::Json] {
        if !selection.includes(output, &material.project.outputs) {
            continue;
        }
        match output {
            Output::Csv => folder.write("results.csv", &standings_csv(material)?)?,
            Output::Json => folder.write("results.json", &standings_json(material)?)?,
            _ => {}
        }
    }
    if findings.has_errors() {
        return Ok(None);
    }
    folder.publish(manifest(scored, selection)?).map(Some)
}

fn manifest(scored: &ScoredContest, selection: Selection) -> Result<Manifest, Failure> {
    let contest = &scored.contest;
    let project = &contest.definition.project;
    let inputs = contest.files.iter();
    Ok(Manifest {
        schema: Manifest::SCHEMA.to_owned(),
        tool: Tool::this(),
        made_by: selection.name().to_owned(),
        edition: project.edition.clone(),
        seed: project.seed,
        plan_sha256: scored.rubric_sha256.clone(),
        plan: serde_json::to_value(&contest.rubric.rubric)
            .map_err(|error| Failure::Internal(format!("{MANIFEST}: {error}")))?,
        inputs: inputs
            .map(|file| ManifestEntry { path: file.name.clone(), sha256: file.sha256.clone() })
            .collect(),
        outputs: Vec::new(),
        failures: Vec::new(),
    })
}
