use std::path::{Path, PathBuf};

use super::absent::{no_project, other_kind};
use super::contest::is_contest;
use super::open::{PROJECT_FILE, read_framework};
use super::{bundled, templates::templates};
use crate::definitions::read_project;
use crate::diagnostics::{Code, Failure, Finding, Findings, Place, bilingual, shown};
use crate::input::Folder;
use crate::report::DataFormWriter;
use crate::store::{Manifest, ManifestEntry, OutputFolder, Tool};
use crate::validate::{asked_digest, read_units};

/// Writes a data-entry workbook for each ranked unit, or for `units` by their
/// codes, into the folder `target`. The project needs definitions and a registry,
/// no data. Gives the folder and how many there are.
pub fn publish_data_forms(
    root: &Path,
    units: &[String],
    target: &Path,
    findings: &mut Findings,
) -> Result<Option<(PathBuf, usize)>, Failure> {
    let folder = Folder::new(root).with_bundled(bundled::city_data);
    if !folder.has(PROJECT_FILE) {
        findings.push(no_project(root));
        return Ok(None);
    }
    if is_contest(root) {
        findings.push(other_kind(root, true));
        return Ok(None);
    }
    let text = folder.read_text(PROJECT_FILE, None, findings);
    let Some(project) = text.and_then(|text| read_project(text, findings)) else { return Ok(None) };
    let framework =
        project.framework.and_then(|(name, place)| read_framework(&folder, &name, &place, findings));
    let (Some(definition), Some(framework)) = (project.definition, framework) else { return Ok(None) };
    let Some(registry) = read_units(&folder, &definition, &framework, findings) else { return Ok(None) };
    for code in units.iter().filter(|code| registry.position(code).is_none()) {
        findings.push(no_unit(code, &definition.project.units.file));
    }
    let (project, framework) = (&definition.project, &framework.framework);
    for (at, id) in project.forms.iter().flat_map(|forms| forms.samples.iter().enumerate()) {
        if !framework.variables().any(|variable| variable.id == id) {
            let place = definition.place(&["forms".into(), "samples".into(), at.into()]);
            findings.push(no_indicator(id.as_str()).at(place));
        }
    }
    if findings.has_errors() {
        return Ok(None);
    }
    let mut files = Vec::new();
    let templates = templates(&folder, &mut files, findings);
    let digest = asked_digest(project, framework);
    let writer = match DataFormWriter::new(project, framework, &digest, &templates) {
        Ok(writer) => writer,
        Err(error) => {
            findings.push(error.into());
            return Ok(None);
        }
    };
    let Some(output) = OutputFolder::begin(target, findings)? else { return Ok(None) };
    let wanted = registry.iter().filter(|unit| match units {
        [] => unit.role == crate::model::Role::Ranked,
        codes => codes.iter().any(|code| code == unit.code.as_str()),
    });
    let mut made = 0;
    for unit in wanted {
        output.write(&format!("{}.xlsx", unit.file_stem()), &writer.workbook(unit)?)?;
        made += 1;
    }
    let file = definition.document.file();
    let manifest = Manifest {
        schema: Manifest::SCHEMA.to_owned(),
        tool: Tool::this(),
        made_by: "forms".to_owned(),
        edition: project.edition.clone(),
        seed: project.seed,
        plan_sha256: String::new(),
        plan: serde_json::Value::Null,
        inputs: vec![ManifestEntry { path: file.name.to_string(), sha256: file.sha256.clone() }],
        outputs: Vec::new(),
        failures: Vec::new(),
    };
    Ok(Some((output.publish(manifest)?, made)))
}

fn no_unit(code: &str, registry: &str) -> Finding {
    let code = shown(code);
    Finding::new(
        Code::UnknownUnit,
        bilingual!("名录中没有单位“{code}”", "the registry has no unit `{code}`"),
        bilingual!("对照名录写代码", "write a code as the registry has it"),
    )
    .at(Place::file(registry))
}

fn no_indicator(id: &str) -> Finding {
    let id = shown(id);
    Finding::new(
        Code::UnknownIndicator,
        bilingual!("框架中没有指标“{id}”", "the framework has no indicator `{id}`"),
        bilingual!("写指标的标识", "write the id of an indicator"),
    )
}
