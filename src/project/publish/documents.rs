use super::Selection;
use super::pool::Refused;
use super::workshop::Workshop;
use crate::plan::{Audience, Output};
use crate::project::score::ScoredProject;
use crate::report::{Material, WorkbookWords, index_report, results_csv, results_json, workbook};

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

/// The documents of a project, for every audience.
pub(super) fn of(scored: &ScoredProject, selection: Selection) -> Vec<Document<'_>> {
    let project = &scored.project.definition.project;
    let selected = ORDER.into_iter().filter(|output| selection.includes(*output, &project.outputs));
    let kinds = selected.flat_map(|output| project.policy.audiences().iter().map(move |to| (output, *to)));
    kinds.flat_map(|(output, audience)| List::new(scored, audience).of(output)).collect()
}

/// The documents for one audience.
struct List<'a> {
    material: Material<'a>,
    folder: String,
}

impl<'a> List<'a> {
    fn new(scored: &'a ScoredProject, audience: Audience) -> Self {
        let apart = scored.project.definition.project.policy.public.is_some();
        let folder = if apart { format!("{}/", audience.folder()) } else { String::new() };
        Self { material: scored.material_for(audience), folder }
    }

    fn of(&self, output: Output) -> Vec<Document<'a>> {
        let material = self.material;
        let project = material.project;
        match output {
            Output::Csv => vec![self.document("results.csv", move |_| Ok(results_csv(material)?))],
            Output::Json => vec![self.document("results.json", move |_| Ok(results_json(material)?))],
            Output::Xlsx => vec![self.document("results.xlsx", move |shop| {
                Ok(workbook(material, &WorkbookWords::read(shop.templates)?)?)
            })],
            Output::Pdf => project
                .languages
                .iter()
                .map(|lang| {
                    self.document(&format!("report.{lang}.pdf"), move |shop| {
                        shop.pdf(index_report(material, shop.templates, *lang))
                    })
                })
                .collect(),
            Output::UnitReports | Output::GroupReports => Vec::new(),
        }
    }

    fn document(
        &self,
        path: &str,
        make: impl Fn(&Workshop<'_>) -> Result<Vec<u8>, Refused> + Send + Sync + 'a,
    ) -> Document<'a> {
        Document { path: format!("{}{path}", self.folder), make: Box::new(make) }
    }
}
