use std::path::{Path, PathBuf};

use super::publish::manifest;
use super::score::ScoredProject;
use crate::diagnostics::{Failure, Findings};
use crate::plan::Audience;
use crate::reference;
use crate::store::{OutputFolder, Tool};

/// Writes the reference bundle of an edition into the folder `target`: what a
/// unit needs to score its own data as the edition did. A method by which it
/// could not is a finding, and nothing is written. Gives the path of the bundle.
pub fn publish_bundle(
    scored: &ScoredProject,
    target: &Path,
    findings: &mut Findings,
) -> Result<Option<PathBuf>, Failure> {
    let project = &scored.project;
    let tool = Tool::this().to_string();
    let bundle = reference::build(
        &project.definition,
        &project.framework,
        &project.input,
        &scored.evaluation,
        scored.small_cells(Audience::Public),
        tool,
        findings,
    );
    let Some(bundle) = bundle else { return Ok(None) };
    let Some(folder) = OutputFolder::begin(target, findings)? else { return Ok(None) };
    let declared = &project.definition.project;
    let name = format!("{}-{}.bundle.json", declared.framework, declared.edition).replace(['/', '\\'], "-");
    folder.write(&name, &reference::written(&bundle)?)?;
    let target = folder.publish(manifest(scored, "publish", Vec::new())?)?;
    Ok(Some(target.join(name)))
}
