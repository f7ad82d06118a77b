use std::sync::Arc;

use super::Selection;
use super::pool::Refused;
use super::workshop::Workshop;
use crate::diagnostics::Lang;
use crate::insight::Insight;
use crate::model::Role;
use crate::plan::Output;
use crate::project::score::ScoredProject;
use crate::report::{
    Material, TemplateError, UnitReporter, WorkbookWords, index_report, results_csv, results_json, workbook,
};

/// A file to be made.
pub(super) struct Document<'a> {
    /// Path within the output folder.
    pub(super) path: String,
    /// Makes its bytes.
    pub(super) make: Make<'a>,
}

type Make<'a> = Box<dyn Fn(&Workshop<'_>) -> Result<Vec<u8>, Refused> + Send + Sync + 'a>;

/// In the order of making: what takes long comes first, so that no thread is
/// left with it at the end.
const ORDER: [Output; 6] =
    [Output::Pdf, Output::Xlsx, Output::Json, Output::Csv, Output::GroupReports, Output::UnitReports];

/// The outputs of a project that a selection includes.
pub(super) fn selected(scored: &ScoredProject, selection: Selection) -> Vec<Output> {
    let declared = &scored.project.definition.project.outputs;
    ORDER.into_iter().filter(|output| selection.includes(*output, declared)).collect()
}

/// The documents of some outputs of a project, for every audience. Reports of
/// units need the `insight` into them.
pub(super) fn of<'a>(
    scored: &'a ScoredProject,
    outputs: &[Output],
    insight: Option<&'a Insight>,
) -> Vec<Document<'a>> {
    let policy = &scored.project.definition.project.policy;
    let kinds = outputs.iter().flat_map(|output| policy.audiences().iter().map(move |to| (*output, *to)));
    kinds
        .flat_map(|(output, audience)| {
            let folder = match policy.public {
                Some(_) => format!("{}/", audience.folder()),
                None => String::new(),
            };
            List { scored, material: scored.material_for(audience), insight, folder }.of(output)
        })
        .collect()
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
            Output::Pdf => material.project.languages.iter().map(|lang| self.report(*lang)).collect(),
            Output::UnitReports => {
                let languages = material.project.unit_report_languages();
                languages.iter().flat_map(|lang| self.unit_reports(*lang)).collect()
            }
            Output::GroupReports => Vec::new(),
        }
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
    let letters = material.framework.units.en.chars().map(|letter| letter.to_ascii_lowercase());
    let name: String =
        letters.map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "units".to_owned() } else { name.to_owned() }
}
