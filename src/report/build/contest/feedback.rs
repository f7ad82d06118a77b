//! The page for one entry about its own marks.

use serde_json::json;

use super::feedback_criteria::Criteria;
use super::reporter::ContestReporter;
use super::scope::{Scope, axis, stage_places};
use super::sheets::Sheets;
use super::{Said, feedback_notes, matter};
use crate::contest::{ContestField, StageResult, Standing};
use crate::numeric::Exact;
use crate::plan::Stage;
use crate::report::TemplateError;
use crate::report::view::contest::{Feedback, FeedbackPoints, FeedbackStage, ScoreStrip, SheetFact};

impl ContestReporter<'_> {
    /// The page for one entry, given by its position.
    pub fn feedback(&self, field: &ContestField, entry: usize) -> Result<Feedback, TemplateError> {
        let scope = self.scope();
        let took_part = |result: &StageResult| result.standing(entry).is_some();
        let reached = scope.stages().rfind(|(_, result)| took_part(result));
        let frame = frame(self, &scope, entry)?;
        let Some((stage, result)) = reached else { return Ok(frame) };
        let Some(standing) = result.standing(entry) else { return Ok(frame) };
        let rounds = scope.rounds_of(stage);
        let criteria = Criteria::of(&scope, field, &rounds, entry)?;
        let sheets = Sheets { scope: &scope, stage, result, rounds };
        let own = Own { scope: &scope, field, stage, result, standing, sheets: &sheets };
        Ok(Feedback {
            headline: sheets.headline(standing, &criteria.sheet_rounds())?,
            prize: own.prize(),
            facts: own.facts()?,
            strip: own.strip()?,
            path: path(&scope, entry)?,
            strengths: criteria.strengths(&scope)?,
            gaps: criteria.gaps(&scope)?,
            axis: criteria.axis.clone(),
            axis_note: criteria.axis_note(&scope)?,
            notes: feedback_notes::notes(&scope, stage, result, &sheets, standing)?,
            reading: scope.say(
                "day_feedback_reading",
                json!({ "n": scope.ranked(&result.standings).len(), "entries": scope.entries_noun() }),
            )?,
            rounds: criteria.rounds,
            ..frame
        })
    }
}

/// What the page of an entry says that was never marked.
fn frame(reporter: &ContestReporter<'_>, scope: &Scope<'_>, entry: usize) -> Result<Feedback, TemplateError> {
    let none = || FeedbackPoints { title: String::new(), items: Vec::new(), none: String::new() };
    Ok(Feedback {
        schema: Feedback::SCHEMA,
        lang: scope.lang.code(),
        labels: reporter.labels(&["day_feedback_", "contest_"]),
        document: matter::document(scope, "day_feedback_kind")?,
        code: scope.entry_code(entry),
        name: scope.entry_name(entry),
        side: scope.side(entry),
        headline: scope.word("day_feedback_not_marked")?,
        prize: None,
        facts: Vec::new(),
        strip: None,
        path: Vec::new(),
        axis: None,
        axis_note: String::new(),
        rounds: Vec::new(),
        strengths: none(),
        gaps: none(),
        notes: Vec::new(),
        reading: String::new(),
    })
}

/// One entry in the furthest stage that it reached.
struct Own<'s, 'a> {
    scope: &'s Scope<'a>,
    field: &'s ContestField,
    stage: &'s Stage,
    result: &'s StageResult,
    standing: &'s Standing,
    sheets: &'s Sheets<'s, 'a>,
}

impl Own<'_, '_> {
    fn prize(&self) -> Option<String> {
        let prize = self.scope.prize_of(&self.stage.id, self.standing.who)?;
        let prize = self.scope.material.rubric.prizes.get(prize)?;
        Some(self.scope.text(&prize.name).to_owned())
    }

    fn places(&self) -> Option<u8> {
        stage_places(self.stage, &self.scope.rounds_of(self.stage))
    }

    /// Total, place, the way to a prize, deductions; and the way to the line of
    /// those who went on.
    fn facts(&self) -> Result<Vec<SheetFact>, TemplateError> {
        let mut facts = self.sheets.facts(self.standing)?;
        let (Some(score), Some(line)) = (&self.standing.score, self.through_line()) else { return Ok(facts) };
        let through = self.went_on();
        let away = if through { score - &line } else { &line - score };
        facts.push(SheetFact {
            label: self.scope.say("day_feedback_line_label", json!({ "through": through }))?,
            number: self.scope.number(&away, self.places()),
            unit: self.scope.word("contest_points")?,
            note: self
                .scope
                .say("day_feedback_line", json!({ "line": self.scope.number(&line, self.places()) }))?,
        });
        Ok(facts)
    }

    fn went_on(&self) -> bool {
        self.result.advance.as_ref().is_some_and(|advance| advance.through.contains(&self.standing.who))
    }

    /// The lowest score that went on.
    fn through_line(&self) -> Option<Exact> {
        let through = &self.result.advance.as_ref()?.through;
        let ranked = self.scope.ranked(&self.result.standings);
        ranked.into_iter().rev().find(|one| through.contains(&one.who))?.score.clone()
    }

    /// The lowest score with a prize.
    fn prize_line(&self) -> Option<Exact> {
        let ranked = self.scope.ranked(&self.result.standings);
        let won = |one: &&Standing| self.scope.prize_of(&self.stage.id, one.who).is_some();
        ranked.into_iter().rev().find(won)?.score.clone()
    }

    fn strip(&self) -> Result<Option<ScoreStrip>, TemplateError> {
        let field = self.field.stages.get(self.result.stage).and_then(Option::as_ref);
        let (Some(field), Some(score)) = (field, &self.standing.score) else { return Ok(None) };
        if self.standing.rank.is_none() {
            return Ok(None);
        }
        let Some(axis) = axis(&field.scores, 1.0, "") else { return Ok(None) };
        let (advances, line) = match self.through_line() {
            Some(line) => (true, Some(line)),
            None => (false, self.prize_line()),
        };
        let facts = json!({
            "stage": self.scope.text(&self.stage.name), "n": field.scores.len(), "entries": self.scope.entries_noun(),
            "advances": advances, "line": line.as_ref().map(|line| self.scope.number(line, self.places())),
            "score": self.scope.number(score, self.places()),
        });
        Ok(Some(ScoreStrip {
            caption: self.scope.say("day_feedback_strip", &facts)?,
            alt: self.scope.say("day_feedback_strip_alt", &facts)?,
            axis,
            scores: field.scores.clone(),
            quartiles: field.quartiles,
            own: score.to_f64(),
            own_text: self.scope.number(score, self.places()),
            line: line.as_ref().map(Exact::to_f64),
            line_text: if line.is_some() {
                self.scope.say("day_feedback_strip_line", &facts)?
            } else {
                String::new()
            },
        }))
    }
}

/// Every stage that an entry took part in.
fn path(scope: &Scope<'_>, entry: usize) -> Result<Vec<FeedbackStage>, TemplateError> {
    let mut stages = Vec::new();
    for (stage, result) in scope.stages() {
        let Some(standing) = result.standing(entry) else { continue };
        stages.push(FeedbackStage {
            name: scope.text(&stage.name).to_owned(),
            score: score_and_place(scope, stage, result, standing)?,
            outcome: outcome(scope, stage, result, standing)?,
        });
    }
    Ok(stages)
}

fn score_and_place(scope: &Scope<'_>, stage: &Stage, result: &StageResult, standing: &Standing) -> Said {
    let places = stage_places(stage, &scope.rounds_of(stage));
    let facts = json!({
        "score": standing.score.as_ref().map(|score| scope.number(score, places)),
        "place": standing.rank,
        "tied": standing.tied,
        "n": scope.ranked(&result.standings).len(),
    });
    scope.say("day_feedback_place", facts)
}

fn outcome(scope: &Scope<'_>, stage: &Stage, result: &StageResult, standing: &Standing) -> Said {
    let advance = result.advance.as_ref();
    let prize = scope.prize_of(&stage.id, standing.who).and_then(|at| scope.material.rubric.prizes.get(at));
    let facts = json!({
        "status": scope.status(standing)?,
        "advances": advance.is_some(),
        "through": advance.is_some_and(|advance| advance.through.contains(&standing.who)),
        "reserve": advance.and_then(|advance| advance.reserves.iter().position(|one| *one == standing.who)).map(|at| at + 1),
        "prize": prize.map(|prize| scope.text(&prize.name)),
    });
    scope.say("day_feedback_outcome", facts)
}
