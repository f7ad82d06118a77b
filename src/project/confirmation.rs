//! From an open project to a folder of confirmation sheets.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::open::OpenProject;
use super::publish::documents::Document;
use super::publish::make;
use super::publish::workshop::Workshop;
use super::templates::templates;
use super::{Request, Selection, Step};
use crate::diagnostics::{Code, Failure, Finding, Findings, bilingual, shown, suggestion};
use crate::model::{Role, Unit};
use crate::report::{ConfirmationMaterial, ConfirmationReporter, ConfirmationWriter, Templates};
use crate::store::{Manifest, ManifestEntry, OutputFolder, Tool};

/// Makes the confirmation sheets of the units with the codes or names `wanted`, of
/// all that are ranked if there are none, and swaps them in as the folder `target`:
/// for each unit a workbook, which comes back, and a PDF in each language of unit
/// reports, which is signed.
///
/// Not to be called from a rayon worker: it typesets (see
/// [`typeset`](crate::report::typeset)).
pub fn publish_confirmations(
    mut project: OpenProject,
    wanted: &[String],
    target: &Path,
    on_step: &(dyn Fn(Step) + Sync),
    findings: &mut Findings,
) -> Result<Option<PathBuf>, Failure> {
    let units = units_of(&project, wanted, findings);
    if findings.has_errors() {
        return Ok(None);
    }
    let Some(folder) = OutputFolder::begin(target, findings)? else { return Ok(None) };
    let templates = {
        let OpenProject { folder, files, .. } = &mut project;
        templates(folder, files, findings)
    };
    let material = ConfirmationMaterial {
        project: &project.definition.project,
        framework: &project.framework.framework,
        input: &project.input,
    };
    let workshop = Workshop::new(&project.root(), &templates, true);
    let request = Request::from(Selection::Run);
    let documents = documents(material, &templates, &units);
    let Some(failures) = make(&documents, &workshop, &folder, request, on_step, findings)? else {
        return Ok(None);
    };
    let inputs = project.files.iter();
    let manifest = Manifest {
        schema: Manifest::SCHEMA.to_owned(),
        tool: Tool::this(),
        made_by: "confirm".to_owned(),
        edition: project.definition.project.edition.clone(),
        seed: project.definition.project.seed,
        plan_sha256: String::new(),
        plan: serde_json::Value::Null,
        inputs: inputs
            .map(|file| ManifestEntry { path: file.name.clone(), sha256: file.sha256.clone() })
            .collect(),
        outputs: Vec::new(),
        failures,
    };
    folder.publish(manifest).map(Some)
}

/// Positions of the units that are wanted, in the order of their codes.
fn units_of(project: &OpenProject, wanted: &[String], findings: &mut Findings) -> Vec<usize> {
    let units = project.input.panel().units();
    let bears = |unit: &Unit, name: &str| {
        unit.code.as_str() == name
            || [&unit.name, &unit.short].iter().any(|one| one.zh == name || one.en == name)
    };
    for unknown in wanted.iter().filter(|name| !units.iter().any(|unit| bears(unit, name))) {
        let known = units.iter().flat_map(|unit| [unit.code.as_str(), &unit.name.zh, &unit.name.en]);
        findings.push(no_unit(unknown, known));
    }
    let is_wanted = |unit: &Unit| match wanted {
        [] => unit.role == Role::Ranked,
        wanted => wanted.iter().any(|name| bears(unit, name)),
    };
    units.iter().enumerate().filter(|(_, unit)| is_wanted(unit)).map(|(at, _)| at).collect()
}

fn documents<'a>(
    material: ConfirmationMaterial<'a>,
    templates: &'a Templates,
    units: &[usize],
) -> Vec<Document<'a>> {
    let registry = material.input.panel().units();
    let stem = |at: usize| registry.get(at).map_or(String::new(), Unit::file_stem);
    let mut documents = Vec::new();
    for lang in material.project.unit_report_languages() {
        let reporter = Arc::new(ConfirmationReporter::new(material, templates, *lang));
        for at in units.iter().copied() {
            let reporter = reporter.clone();
            documents.push(Document {
                path: format!("{}.{lang}.pdf", stem(at)),
                make: Box::new(move |shop| {
                    shop.pdf(reporter.as_ref().as_ref().map_err(Clone::clone)?.sheet(at))
                }),
            });
        }
    }
    let writer = Arc::new(ConfirmationWriter::new(material, templates));
    for at in units.iter().copied() {
        let writer = writer.clone();
        documents.push(Document {
            path: format!("{}.xlsx", stem(at)),
            make: Box::new(move |_| Ok(writer.as_ref().as_ref().map_err(Clone::clone)?.workbook(at)?)),
        });
    }
    documents
}

fn no_unit<'a>(name: &'a str, known: impl Iterator<Item = &'a str>) -> Finding {
    let told = shown(name);
    Finding::new(
        Code::UnknownUnit,
        bilingual!("单位名录中没有“{told}”", "the registry has no unit `{told}`"),
        suggestion(
            name,
            known,
            bilingual!("写单位名录中的代码或全称", "write a code or full name of the registry"),
        ),
    )
}
