use std::sync::Arc;

use super::Selection;
use super::pool::Refused;
use super::workshop::Workshop;
use crate::diagnostics::Lang;
use crate::insight::Insight;
use crate::model::Role;
use crate::plan::{Audience, Group, GroupMember, Output};
use crate::project::score::ScoredProject;
use crate::report::{
    self, AuditMaterial, Material, TemplateError, UnitReporter, WorkbookWords, audit_annex, audit_csv,
    audit_json, audit_workbook, group_report, index_report, results_csv, results_json, shows_units, workbook,
};
use crate::store::ManifestEntry;

/// A file to be made.
pub(in crate::project) struct Document<'a> {
    /// Path within the output folder.
    pub(in crate::project) path: String,
    /// Makes its bytes.
    pub(in crate::project) make: Make<'a>,
}

pub(in crate::project) type Make<'a> =
    Box<dyn Fn(&Workshop<'_>) -> Result<Vec<u8>, Refused> + Send + Sync + 'a>;

/// In the order of making: what takes long comes first, so that no thread is
/// left with it at the end.
const ORDER: [Output; 8] = [
    Output::Pdf,
    Output::AuditAnnex,
    Output::Xlsx,
    Output::Audit,
    Output::Json,
    Output::Csv,
    Output::GroupReports,
    Output::UnitReports,
];

/// The outputs of a project that a selection includes.
pub(super) fn selected(scored: &ScoredProject, selection: Selection) -> Vec<Output> {
    let declared = &scored.project.definition.project.outputs;
    ORDER.into_iter().filter(|output| selection.includes(*output, declared)).collect()
}

/// The documents of some outputs of a project, for every audience. Reports of
/// units need the `insight` into them, those of the audit what it `found`.
pub(super) fn of<'a>(
    scored: &'a ScoredProject,
    outputs: &[Output],
    insight: Option<&'a Insight>,
    found: Option<AuditMaterial<'a>>,
) -> Vec<Document<'a>> {
    let policy = &scored.project.definition.project.policy;
    let kinds = outputs.iter().flat_map(|output| policy.audiences().iter().map(move |to| (*output, *to)));
    kinds
        .flat_map(|(output, audience)| {
            let folder = match policy.public {
                Some(_) => format!("{}/", audience.folder()),
                None => String::new(),
            };
            let shown = found.filter(|_| is_of_audit(output) || declares_audit(scored));
            let material = Material { audit: shown, ..scored.material_for(audience) };
            List { scored, material, insight, folder }.of(output)
        })
        .collect()
}

/// Whether some outputs show what an audit finds: its own always, reports where the
/// project declares what is to be varied.
pub(super) fn need_audit(scored: &ScoredProject, outputs: &[Output]) -> bool {
    let shows = |output: &Output| match output {
        Output::Pdf | Output::UnitReports | Output::GroupReports => declares_audit(scored),
        _ => is_of_audit(*output),
    };
    outputs.iter().any(shows)
}

fn is_of_audit(output: Output) -> bool {
    matches!(output, Output::Audit | Output::AuditAnnex)
}

fn declares_audit(scored: &ScoredProject) -> bool {
    scored.project.definition.project.robustness.is_some()
}

/// The page that lists the documents written for an audience, with its path; none
/// where they can be seen at a glance.
pub(super) fn index_page(
    scored: &ScoredProject,
    audience: Audience,
    outputs: &[Output],
    written: &[ManifestEntry],
) -> Option<Result<(String, Vec<u8>), TemplateError>> {
    let many = |output: &Output| matches!(output, Output::UnitReports | Output::GroupReports);
    if !outputs.iter().any(many) {
        return None;
    }
    let material = scored.material_for(audience);
    let folder = match material.project.policy.public {
        Some(_) => format!("{}/", audience.folder()),
        None => String::new(),
    };
    let own = written.iter().filter_map(|entry| entry.path.strip_prefix(&folder).map(str::to_owned));
    let page = report::index_page(material, &scored.templates, &own.collect::<Vec<_>>());
    Some(page.map(|page| (format!("{folder}index.html"), page)))
}

/// The documents for one audience.
struct List<'a> {
    scored: &'a ScoredProject,
    material: Material<'a>,
    insight: Option<&'a Insight>,
    folder: String,
}

impl<'a> List<'a> {
    fn of(&self, output: Output) -> Vec<Document<'a>> {
        let material = self.material;
        match output {
            Output::Csv => vec![self.document("results.csv", move |_| Ok(results_csv(material)?))],
            Output::Json => vec![self.document("results.json", move |_| Ok(results_json(material)?))],
            Output::Xlsx => vec![self.document("results.xlsx", move |shop| {
                Ok(workbook(material, &WorkbookWords::read(shop.templates)?)?)
            })],
            Output::Audit => self.audit(),
            Output::AuditAnnex => {
                material.project.languages.iter().filter_map(|lang| self.annex(*lang)).collect()
            }
            Output::Pdf => material.project.languages.iter().map(|lang| self.report(*lang)).collect(),
            Output::UnitReports => {
                let languages = material.project.unit_report_languages();
                languages.iter().flat_map(|lang| self.unit_reports(*lang)).collect()
            }
            Output::GroupReports => {
                let languages = material.project.group_report_languages();
                languages.iter().flat_map(|lang| self.group_reports(*lang)).collect()
            }
        }
    }

    /// The tables of the audit.
    fn audit(&self) -> Vec<Document<'a>> {
        let material = self.material;
        if material.audit.is_none() {
            return Vec::new();
        }
        let mut documents = vec![
            self.document("audit.json", move |_| Ok(audit_json(material)?)),
            self.document("audit.xlsx", move |shop| {
                Ok(audit_workbook(material, &WorkbookWords::read(shop.templates)?)?)
            }),
        ];
        if shows_units(&material) {
            documents.push(self.document("audit-units.csv", move |_| Ok(audit_csv(material)?)));
        }
        documents
    }

    /// The annex of the audit in a language.
    fn annex(&self, lang: Lang) -> Option<Document<'a>> {
        let material = self.material;
        let found = material.audit?;
        Some(self.document(&format!("audit-annex.{lang}.pdf"), move |shop| {
            shop.pdf(audit_annex(material, found, shop.templates, lang))
        }))
    }

    fn report(&self, lang: Lang) -> Document<'a> {
        let material = self.material;
        self.document(&format!("report.{lang}.pdf"), move |shop| {
            shop.pdf(index_report(material, shop.templates, lang))
        })
    }

    /// One report for each ranked unit, assessed or not.
    fn unit_reports(&self, lang: Lang) -> Vec<Document<'a>> {
        let Some(insight) = self.insight else { return Vec::new() };
        let material = self.material;
        let reporter: Arc<Result<UnitReporter<'a>, TemplateError>> =
            Arc::new(UnitReporter::new(material, insight, &self.scored.templates, lang));
        let folder = units_folder(&material);
        let units = material.input.panel().units().iter().enumerate();
        units
            .filter(|(_, unit)| unit.role == Role::Ranked)
            .map(|(at, unit)| {
                let reporter = reporter.clone();
                self.document(&format!("{folder}/{}.{lang}.pdf", unit.file_stem()), move |shop| {
                    let view = match &*reporter {
                        Ok(reporter) => reporter.report(at),
                        Err(error) => Err(error.clone()),
                    };
                    shop.pdf(view)
                })
            })
            .collect()
    }

    /// One report for each member of the declared kinds of group that has units.
    fn group_reports(&self, lang: Lang) -> Vec<Document<'a>> {
        let material = self.material;
        let declared = material.project.group_reports.as_ref().map(|reports| reports.groups.as_slice());
        let declared = declared.unwrap_or_default();
        let groups = material.framework.groups.iter();
        let wanted = groups.filter(|group| declared.is_empty() || declared.contains(&group.id));
        let members = wanted.flat_map(|group| group.members.iter().map(move |member| (group, member)));
        let has_units = |group: &Group, member: &GroupMember| {
            let mut units = material.input.panel().units().iter();
            units.any(|unit| unit.role == Role::Ranked && unit.groups.get(&group.id) == Some(&member.id))
        };
        members
            .filter(|(group, member)| has_units(group, member))
            .map(|(group, member)| {
                let stem = match slug(&member.name.en) {
                    Some(slug) if slug != member.id.as_str() => format!("{}-{slug}", member.id),
                    _ => member.id.to_string(),
                };
                self.document(&format!("{}/{stem}.{lang}.pdf", group.id), move |shop| {
                    shop.pdf(group_report(material, shop.templates, lang, &group.id, &member.id))
                })
            })
            .collect()
    }

    fn document(
        &self,
        path: &str,
        make: impl Fn(&Workshop<'_>) -> Result<Vec<u8>, Refused> + Send + Sync + 'a,
    ) -> Document<'a> {
        Document { path: format!("{}{path}", self.folder), make: Box::new(make) }
    }
}

/// The folder of the reports of units, by what the framework calls them: `cities`.
pub(super) fn units_folder(material: &Material<'_>) -> String {
    slug(&material.framework.units.en).unwrap_or_else(|| "units".to_owned())
}

/// A name as part of a path: small letters, digits and single `-`; `None` if
/// nothing is left of it.
fn slug(name: &str) -> Option<String> {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { ' ' };
    let words: String = name.chars().map(plain).collect();
    let slug = words.split_whitespace().collect::<Vec<_>>().join("-");
    (!slug.is_empty()).then_some(slug)
}
