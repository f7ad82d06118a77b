use std::collections::BTreeMap;

use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use serde::Serialize;

use super::{Board, BoardRow, BoardState, OnStage, RowState, Zone};
use crate::diagnostics::{Bilingual, Lang};
use crate::numeric::Exact;
use crate::plan::{ContestProject, Rubric};
use crate::report::build::contest::{Held, decimals, stage_places};
use crate::report::{TemplateError, Templates, labels};
use crate::store::Tool;
use crate::validate::ContestInput;

/// What every board begins with, so that nothing else is taken for one.
pub const BOARD_MARK: &[u8] = b"<!doctype html><!-- benchline board -->";

/// The page, and what it is made of: its style, its data, its script.
const TEMPLATE: &str = "pages/board.html";
const STYLE: &str = "pages/board.css";
const SCRIPTS: [&str; 3] = ["pages/board.js", "pages/board-reveal.js", "pages/board-start.js"];

/// The labels that go into the page all begin with this.
const LABELS: &str = "board_";

/// The parts of an axis: no board needs more ends than these give.
const STEPS: [f64; 10] = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0];

/// The page of a board: one file that needs no network. Entries bear the names
/// that `input` has for them. Data stand in the page as JSON that no name can end,
/// and its script puts them there as text, never as HTML.
pub fn board_page(
    project: &ContestProject,
    rubric: &Rubric,
    input: &ContestInput,
    board: &Board,
    templates: &Templates,
) -> Result<Vec<u8>, TemplateError> {
    let lang = project.languages.first().copied().unwrap_or_default();
    let words = labels::labels(templates, lang)?;
    let labels = words.into_iter().filter(|(key, _)| key.starts_with(LABELS)).collect();
    let maker = Maker { project, rubric, input, board, lang };
    let data = maker.data(labels);
    let json = serde_json::to_string(&data).map_err(|error| TemplateError::new(TEMPLATE, error))?;
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let text = |path: &str| templates.get(path).unwrap_or_default().to_owned();
    let page = context! {
        lang => data.lang, title => data.title, edition => data.edition, tool => Tool::this().to_string(),
        no_script => data.labels.get("board_no_script"), style => text(STYLE), data => unbreakable(&json),
        script => SCRIPTS.map(text).join("\n"),
    };
    let html = environment
        .render_named_str(TEMPLATE, templates.get(TEMPLATE).unwrap_or_default(), context! { page })
        .map_err(|error| TemplateError::new(TEMPLATE, error))?;
    Ok([BOARD_MARK, b"\n", html.as_bytes()].concat())
}

/// JSON that can stand in a script element: none of its texts can close it.
fn unbreakable(json: &str) -> String {
    let escaped = json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    escaped.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// What the script reads.
#[derive(Serialize)]
struct Data<'a> {
    lang: &'static str,
    title: &'a str,
    publisher: &'a str,
    edition: &'a str,
    sample: bool,
    stage: &'a str,
    round: Option<&'a str>,
    entries: &'a str,
    state: &'static str,
    sealed: bool,
    zone: Option<&'static str>,
    axis: Option<[String; 2]>,
    done: usize,
    of: usize,
    sheets: usize,
    expected: usize,
    current: Option<Stand<'a>>,
    next: Option<usize>,
    latest: Option<usize>,
    at: Option<&'a str>,
    event: Option<usize>,
    head: Option<&'a str>,
    rows: Vec<Row<'a>>,
    labels: BTreeMap<String, String>,
}

/// A row. Rows are meant by their position.
#[derive(Serialize)]
struct Row<'a> {
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<u32>,
    #[serde(skip_serializing_if = "is_false")]
    tied: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<String>,
    /// Where the score is on the axis, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    dot: Option<f64>,
    state: &'static str,
    #[serde(skip_serializing_if = "is_zero")]
    moved: i64,
    #[serde(skip_serializing_if = "is_false")]
    zone: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    prize: Option<&'a str>,
}

/// The entry that is being judged.
#[derive(Serialize)]
struct Stand<'a> {
    row: usize,
    round: &'a str,
    sheets: usize,
    expected: usize,
    aside: usize,
}

struct Maker<'a> {
    project: &'a ContestProject,
    rubric: &'a Rubric,
    input: &'a ContestInput,
    board: &'a Board,
    lang: Lang,
}

impl<'a> Maker<'a> {
    fn data(&self, labels: BTreeMap<String, String>) -> Data<'a> {
        let Self { project, rubric, board, .. } = self;
        let stage = rubric.stages.get(board.stage);
        let axis = axis(board.rows.iter().filter_map(|row| row.score.as_ref()));
        let stamp = board.stamp.as_ref();
        Data {
            lang: self.lang.code(),
            title: self.text(&project.title),
            publisher: self.text(&project.publisher),
            edition: &project.edition,
            sample: project.synthetic,
            stage: stage.map_or("", |stage| self.text(&stage.name)),
            round: board.round.map(|round| self.round(round)),
            entries: self.text(&rubric.entries),
            state: match board.state {
                BoardState::Live => "live",
                BoardState::Complete => "complete",
                BoardState::Frozen => "frozen",
                BoardState::Reveal => "reveal",
            },
            sealed: board.sealed,
            zone: board.zone.map(|zone| match zone {
                Zone::Prizes => "prizes",
                Zone::Advance => "advance",
            }),
            axis: axis.map(|(low, high)| [low, high].map(|end| self.end(end))),
            done: board.progress.done,
            of: board.progress.entries,
            sheets: board.progress.sheets,
            expected: board.progress.expected,
            current: board.current.as_ref().and_then(|current| self.current(current)),
            next: board.next.and_then(|entry| self.at(entry)),
            latest: board.latest.and_then(|entry| self.at(entry)),
            at: stamp.map(|stamp| stamp.at.as_str()),
            event: stamp.map(|stamp| stamp.event),
            head: stamp.map(|stamp| stamp.head.as_str()),
            rows: board.rows.iter().map(|row| self.row(row, axis)).collect(),
            labels,
        }
    }

    fn text(&self, words: &'a Bilingual) -> &'a str {
        words.get(self.lang)
    }

    fn round(&self, at: usize) -> &'a str {
        self.rubric.rounds().nth(at).map_or("", |(_, round)| round.name.get(self.lang))
    }

    fn at(&self, entry: usize) -> Option<usize> {
        self.board.rows.iter().position(|row| row.entry == entry)
    }

    fn current(&self, on: &OnStage) -> Option<Stand<'a>> {
        let OnStage { sheets, expected, aside, .. } = *on;
        Some(Stand { row: self.at(on.entry)?, round: self.round(on.round), sheets, expected, aside })
    }

    fn row(&self, row: &BoardRow, axis: Option<(f64, f64)>) -> Row<'a> {
        let entry = self.input.entries().get(row.entry);
        let code = entry.map_or("", |entry| entry.code.as_str());
        let name = entry.map(|entry| self.text(&entry.name)).filter(|name| !name.is_empty() && *name != code);
        let on_axis = |score: &Exact| {
            let (low, high) = axis?;
            Some(((score.to_f64() - low) / (high - low) * 1e4).round() / 1e4)
        };
        Row {
            code,
            name,
            rank: row.rank,
            tied: row.tied,
            score: row.score.as_ref().map(|score| decimals(score, self.places(), self.rubric.rounding)),
            dot: row.score.as_ref().and_then(on_axis),
            state: match row.state {
                RowState::Scored => "scored",
                RowState::Pending => "pending",
                RowState::Partial => "partial",
                RowState::Waiting => "waiting",
                RowState::NoShow => "no_show",
                RowState::Forfeit => "forfeit",
                RowState::Disqualified => "disqualified",
            },
            moved: row.moved,
            zone: row.in_zone,
            prize: row.prize.and_then(|at| Some(self.text(&self.rubric.prizes.get(at)?.name))),
        }
    }

    /// The decimals that the score is shown with.
    fn places(&self) -> Option<u8> {
        let rounds = self.rubric.rounds().enumerate();
        let held: Vec<Held<'_>> = rounds
            .filter(|(at, (stage, _))| {
                *stage == self.board.stage && self.board.round.is_none_or(|round| round == *at)
            })
            .filter_map(|(at, (_, round))| {
                Some(Held { at, round, scheme: self.rubric.scheme(&round.scheme)? })
            })
            .collect();
        match (self.board.round, held.as_slice()) {
            (Some(_), [only]) => only.score_places(),
            _ => stage_places(self.rubric.stages.get(self.board.stage)?, &held),
        }
    }

    /// An end of the axis as text.
    fn end(&self, value: f64) -> String {
        let text = format!("{:.1}", value);
        text.strip_suffix(".0").unwrap_or(&text).replace('-', "\u{2212}")
    }
}

/// The ends of an axis over scores: multiples of the step that parts it in at most
/// ten.
fn axis<'a>(scores: impl Iterator<Item = &'a Exact>) -> Option<(f64, f64)> {
    let values: Vec<f64> = scores.map(Exact::to_f64).collect();
    let low = values.iter().copied().reduce(f64::min)?;
    let high = values.iter().copied().reduce(f64::max)?;
    let step = STEPS.into_iter().find(|step| (high - low) / step <= 10.0).unwrap_or(1000.0);
    let low = (low / step).floor() * step;
    Some((low, ((high / step).ceil() * step).max(low + step)))
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_false(value: &bool) -> bool {
    !*value
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(value: &i64) -> bool {
    *value == 0
}
