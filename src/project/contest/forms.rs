//! From an open contest to a folder of blank score sheets.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::deeds::drawn;
use super::open::OpenContest;
use super::publish::{Stems, manifest};
use crate::contest::{ContestOverview, ContestResult, FormCell, ScoreForm, evaluate, score_forms};
use crate::diagnostics::{Code, Failure, Finding, Findings, bilingual, suggestion};
use crate::ledger::Day;
use crate::project::publish::documents::Document;
use crate::project::publish::make;
use crate::project::publish::workshop::Workshop;
use crate::project::templates::templates;
use crate::project::{Request, Selection, Step};
use crate::report::{ContestMaterial, ContestReporter, ScoreFormWriter};
use crate::store::OutputFolder;

/// Which blank score sheets are made.
#[derive(Clone, Copy, Debug, Default)]
pub struct FormsRequest<'a> {
    /// Only these rounds; all if there are none.
    pub rounds: &'a [String],
    /// Only what is counted again by the recount with this id.
    pub recount: Option<&'a str>,
}

/// Makes the blank score sheets that are asked for
/// and swaps them in as the folder `target`: a workbook for each judge and round, and
/// a PDF of all of a round in each language. Entries, members and judges are meant
/// by their codes. A round of which it is not known yet who takes part is a note.
///
/// Not to be called from a rayon worker: it typesets (see
/// [`typeset`](crate::report::typeset)).
pub fn publish_forms(
    mut contest: OpenContest,
    wanted: FormsRequest<'_>,
    target: &Path,
    on_step: &(dyn Fn(Step) + Sync),
    findings: &mut Findings,
) -> Result<Option<PathBuf>, Failure> {
    let mut forms = forms_of(&contest, wanted.rounds, findings);
    if let Some(id) = wanted.recount {
        keep_recounted(&contest, id, &mut forms, findings);
    }
    if findings.has_errors() {
        return Ok(None);
    }
    let Some(folder) = OutputFolder::begin(target, findings)? else { return Ok(None) };
    // Nobody who writes or reads a mark need know whose it is.
    contest.input.hide_names();
    let templates = {
        let OpenContest { folder, files, .. } = &mut contest;
        templates(folder, files, findings)
    };
    let (input, rubric) = (&contest.input, &contest.rubric.rubric);
    let result = evaluate(input, rubric, &mut Findings::new()).unwrap_or_default();
    let overview = ContestOverview::new(input, rubric, &result);
    let rubric_sha256 = contest.rubric.document.file().sha256.clone();
    let material = material(&contest, &result, &overview, &rubric_sha256);
    let workshop = Workshop::new(&contest.root(), &templates, true);
    let request = Request::from(Selection::Run);
    let documents = documents(material, &templates, &forms);
    let made = make(&documents, &workshop, &folder, request, on_step, findings)?;
    let Some(failures) = made else { return Ok(None) };
    folder.publish(manifest(&contest, &rubric_sha256, "forms", failures)?).map(Some)
}

fn material<'a>(
    contest: &'a OpenContest,
    result: &'a ContestResult,
    overview: &'a ContestOverview,
    rubric_sha256: &'a str,
) -> ContestMaterial<'a> {
    ContestMaterial {
        project: &contest.definition.project,
        rubric: &contest.rubric.rubric,
        input: &contest.input,
        result,
        overview,
        warnings: &[],
        files: &contest.files,
        rubric_sha256,
        result_sha256: "",
    }
}

/// The forms of the rounds that are wanted, round by round.
fn forms_of(contest: &OpenContest, wanted: &[String], findings: &mut Findings) -> Vec<Vec<ScoreForm>> {
    let (input, rubric) = (&contest.input, &contest.rubric.rubric);
    let known: Vec<&str> = rubric.rounds().map(|(_, round)| round.id.as_str()).collect();
    for unknown in wanted.iter().filter(|id| !known.contains(&id.as_str())) {
        findings.push(no_round(unknown, &known));
    }
    let is_wanted = |id: &str| wanted.is_empty() || wanted.iter().any(|one| one == id);
    let mut forms = Vec::new();
    let mut waiting = Vec::new();
    for (at, id) in known.iter().enumerate().filter(|(_, id)| is_wanted(id)) {
        match score_forms(input, rubric, at) {
            Some(own) if own.is_empty() => {}
            Some(own) => forms.push(own),
            None => waiting.push(*id),
        }
    }
    if !waiting.is_empty() {
        findings.push(too_early(&waiting, forms.is_empty()));
    }
    forms
}

/// Keeps the rows of a recount: of its entries in the rounds of its stage.
fn keep_recounted(contest: &OpenContest, id: &str, forms: &mut Vec<Vec<ScoreForm>>, findings: &mut Findings) {
    let none = Day::default();
    let Some(recount) = drawn(contest.day().unwrap_or(&none), id, findings) else { return };
    let (input, rubric) = (&contest.input, &contest.rubric.rubric);
    let is_of_stage = |round: usize| {
        let stage = rubric.rounds().nth(round).and_then(|(stage, _)| rubric.stages.get(stage));
        stage.is_some_and(|stage| stage.id.as_str() == recount.drawn.stage)
    };
    let is_drawn = |entry: usize| {
        input.entries().get(entry).is_some_and(|entry| recount.drawn.entries.contains(&entry.code))
    };
    for form in forms.iter_mut().flatten() {
        form.rows.retain(|row| is_of_stage(form.round) && is_drawn(row.entry));
    }
    for round in forms.iter_mut() {
        round.retain(|form| form.rows.iter().any(|row| row.cells.contains(&FormCell::Open)));
    }
    forms.retain(|round| !round.is_empty());
}

fn documents<'a>(
    material: ContestMaterial<'a>,
    templates: &'a crate::report::Templates,
    forms: &'a [Vec<ScoreForm>],
) -> Vec<Document<'a>> {
    let mut documents = Vec::new();
    for lang in &material.project.languages {
        let reporter = Arc::new(ContestReporter::new(material, templates, *lang));
        for own in forms {
            let reporter = reporter.clone();
            documents.push(Document {
                path: format!("{}.{lang}.pdf", round_of(material, own)),
                make: Box::new(move |shop| {
                    let reporter = reporter.as_ref().as_ref().map_err(Clone::clone)?;
                    shop.pdf(reporter.score_sheets(&own.iter().collect::<Vec<_>>()))
                }),
            });
        }
    }
    let writer = Arc::new(ScoreFormWriter::new(material, templates));
    let mut stems = Stems::default();
    for form in forms.iter().flatten() {
        let judge = form.judge.and_then(|judge| material.input.judges().get(judge));
        let round = round_of(material, std::slice::from_ref(form));
        let stem = judge.map_or(round.clone(), |judge| format!("{round}-{}", judge.code));
        let writer = writer.clone();
        documents.push(Document {
            path: format!("{}.xlsx", stems.of(&stem)),
            make: Box::new(move |_| Ok(writer.as_ref().as_ref().map_err(Clone::clone)?.workbook(form)?)),
        });
    }
    documents
}

fn round_of(material: ContestMaterial<'_>, forms: &[ScoreForm]) -> String {
    let at = forms.first().map_or(usize::MAX, |form| form.round);
    material.rubric.rounds().nth(at).map_or(String::new(), |(_, round)| round.id.to_string())
}

fn no_round(id: &str, known: &[&str]) -> Finding {
    let list = known.join(", ");
    let shown = crate::diagnostics::shown(id);
    Finding::new(
        Code::UnknownName,
        bilingual!("没有轮次“{shown}”", "there is no round `{shown}`"),
        suggestion(id, known.iter().copied(), bilingual!("可用：{list}", "the choices are {list}")),
    )
}

fn too_early(rounds: &[&str], nothing: bool) -> Finding {
    let (list_zh, list_en) = (rounds.join("、"), rounds.join(", "));
    let code = if nothing { Code::BadDeed } else { Code::FormsLater };
    Finding::new(
        code,
        bilingual!(
            "还不知道谁参加 {list_zh}，没有生成其评分表",
            "it is not known yet who takes part in {list_en}: no score sheets for it"
        ),
        bilingual!(
            "录完前一阶段，或抽签之后，再生成一次",
            "make them when the stage before is keyed, or after the draw"
        ),
    )
}
