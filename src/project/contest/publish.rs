use std::path::{Path, PathBuf};

use super::score::ScoredContest;
use crate::diagnostics::{Failure, Findings, Lang};
use crate::plan::Output;
use crate::project::publish::pool::{self, Refused};
use crate::project::{Selection, Step};
use crate::report::view::View;
use crate::report::{
    ContestMaterial, Templates, contest_book, contest_workbook, public_notice, standings_csv, standings_json,
};
use crate::store::{MANIFEST, Manifest, ManifestEntry, OutputFolder, Tool};

/// A file of a contest.
#[derive(Clone, Debug)]
enum Document {
    Book(Lang),
    Notice(Lang),
    Workbook,
    Json,
    Csv,
}

impl Document {
    fn path(&self) -> String {
        match self {
            Self::Book(lang) => format!("result-book.{lang}.pdf"),
            Self::Notice(lang) => format!("public-notice.{lang}.pdf"),
            Self::Workbook => "results.xlsx".to_owned(),
            Self::Json => "results.json".to_owned(),
            Self::Csv => "results.csv".to_owned(),
        }
    }
}

/// Makes the selected outputs of a contest, several at once, and swaps them in as
/// the folder `target`. What forbids publishing is a finding, and then the folder
/// stays as it was.
///
/// Not to be called from a rayon worker: it typesets (see
/// [`typeset`](crate::report::typeset)).
pub fn publish_contest(
    scored: &ScoredContest,
    selection: Selection,
    target: &Path,
    on_step: &(dyn Fn(Step) + Sync),
    findings: &mut Findings,
) -> Result<Option<PathBuf>, Failure> {
    let Some(folder) = OutputFolder::begin(target, findings)? else { return Ok(None) };
    let documents = documents(scored, selection);
    on_step(Step::Documents(documents.len()));
    let press = Press::new(scored);
    let make = |document: &Document| {
        folder.write(&document.path(), &press.bytes(document)?)?;
        on_step(Step::Made(document.path()));
        Ok(())
    };
    for failed in pool::make_all(&documents, make)? {
        findings.append(failed.reasons);
    }
    if findings.has_errors() {
        return Ok(None);
    }
    folder.publish(manifest(scored, selection)?).map(Some)
}

/// What takes long comes first, so that no thread is left with it at the end.
fn documents(scored: &ScoredContest, selection: Selection) -> Vec<Document> {
    let project = &scored.contest.definition.project;
    let prizes = !scored.contest.rubric.rubric.prizes.is_empty();
    let held = scored.result.stages.iter().any(|stage| !stage.standings.is_empty());
    let mut documents = Vec::new();
    if selection.includes(Output::Pdf, &project.outputs) && held {
        documents.extend(project.languages.iter().map(|lang| Document::Book(*lang)));
        documents.extend(project.languages.iter().filter(|_| prizes).map(|lang| Document::Notice(*lang)));
    }
    let tables =
        [(Output::Xlsx, Document::Workbook), (Output::Json, Document::Json), (Output::Csv, Document::Csv)];
    let selected = tables.into_iter().filter(|(output, _)| selection.includes(*output, &project.outputs));
    documents.extend(selected.map(|(_, document)| document));
    documents
}

/// What documents are made with.
struct Press<'a> {
    material: ContestMaterial<'a>,
    templates: &'a Templates,
    #[cfg(feature = "pdf")]
    typesetter: std::sync::OnceLock<Result<crate::report::Typesetter, Findings>>,
}

impl<'a> Press<'a> {
    fn new(scored: &'a ScoredContest) -> Self {
        Self {
            material: scored.material(),
            templates: &scored.templates,
            #[cfg(feature = "pdf")]
            typesetter: std::sync::OnceLock::new(),
        }
    }

    fn bytes(&self, document: &Document) -> Result<Vec<u8>, Refused> {
        let (material, templates) = (self.material, self.templates);
        match document {
            Document::Book(lang) => self.pdf(&contest_book(material, templates, *lang)?),
            Document::Notice(lang) => self.pdf(&public_notice(material, templates, *lang)?),
            Document::Workbook => Ok(contest_workbook(material, templates)?),
            Document::Json => Ok(standings_json(material)?),
            Document::Csv => Ok(standings_csv(material)?),
        }
    }

    #[cfg(feature = "pdf")]
    fn pdf<V: View>(&self, view: &V) -> Result<Vec<u8>, Refused> {
        let typesetter = self.typesetter.get_or_init(|| crate::report::Typesetter::new(self.templates));
        Ok(typesetter.as_ref().map_err(Clone::clone)?.typeset(view)?.pdf)
    }

    #[cfg(not(feature = "pdf"))]
    fn pdf<V: View>(&self, _: &V) -> Result<Vec<u8>, Refused> {
        Err(Failure::NotBuiltIn("pdf").into())
    }
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
