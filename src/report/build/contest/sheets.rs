//! The entries of the last stage one by one: each against the field.

use std::collections::BTreeMap;

use serde_json::json;

use super::Said;
use super::scope::{Held, Scope, axis, part_places, stage_places};
use super::standings::panels;
use crate::contest::{CriterionField, JudgeTotal, StageResult, Standing};
use crate::numeric::Exact;
use crate::plan::Stage;
use crate::report::TemplateError;
use crate::report::view::contest::{EntrySheet, EntrySheets, SheetCriterion, SheetFact, SheetRound};

/// Most entries that get a sheet of their own in the book.
const MOST_ENTRIES: usize = 60;

pub(super) fn sheets(
    scope: &Scope<'_>,
    stage: &Stage,
    result: &StageResult,
) -> Result<Option<EntrySheets>, TemplateError> {
    let rounds = scope.rounds_of(stage);
    let fields = |held: &Held<'_>| {
        scope.material.overview.rounds.get(held.at).map_or(&[][..], |round| &round.criteria)
    };
    let shares: Vec<f64> = rounds
        .iter()
        .flat_map(|held| fields(held).iter().map(move |field| (held, field)))
        .flat_map(|(held, field)| {
            let most = maximum(held, field).map_or(1.0, |most| most.to_f64());
            [field.spread[0] / most * 100.0, field.spread[4] / most * 100.0]
        })
        .collect();
    let Some(axis) = axis(&shares, 2.0, "%").filter(|_| result.standings.len() <= MOST_ENTRIES) else {
        return Ok(None);
    };
    let page = Sheets { scope, stage, result, rounds };
    let sheets: Result<Vec<_>, _> = result.standings.iter().map(|standing| page.sheet(standing)).collect();
    Ok(Some(EntrySheets {
        name: scope.say("contest_sheets_name", json!({ "entries": scope.entries_noun() }))?,
        note: scope.say("contest_sheets_note", json!({ "min": axis.min }))?,
        axis,
        sheets: sheets?,
    }))
}

/// The highest mark of a criterion.
fn maximum(held: &Held<'_>, field: &CriterionField) -> Option<Exact> {
    held.scheme.criteria.get(field.criterion)?.high.clone().filter(|high| !high.is_zero())
}

/// Entries in a stage.
pub(super) struct Sheets<'s, 'a> {
    pub(super) scope: &'s Scope<'a>,
    pub(super) stage: &'s Stage,
    pub(super) result: &'s StageResult,
    pub(super) rounds: Vec<Held<'a>>,
}

impl Sheets<'_, '_> {
    fn sheet(&self, standing: &Standing) -> Result<EntrySheet, TemplateError> {
        let entry = standing.who;
        let mut rounds = Vec::new();
        for held in &self.rounds {
            rounds.extend(self.round(held, entry)?);
        }
        let prize = self.scope.prize_of(&self.stage.id, entry);
        Ok(EntrySheet {
            code: self.scope.entry_code(entry),
            name: self.scope.entry_name(entry),
            side: self.scope.side(entry),
            headline: self.headline(standing, &rounds)?,
            prize: prize
                .and_then(|prize| self.scope.material.rubric.prizes.get(prize))
                .map(|prize| self.scope.text(&prize.name).to_owned()),
            facts: self.facts(standing)?,
            rounds,
            notes: self.notes(entry)?,
        })
    }

    fn round(&self, held: &Held<'_>, entry: usize) -> Result<Option<SheetRound>, TemplateError> {
        let fields =
            self.scope.material.overview.rounds.get(held.at).map_or(&[][..], |round| &round.criteria);
        let mut criteria = Vec::new();
        for field in fields.iter().filter(|field| field.values.contains_key(&entry)) {
            criteria.extend(self.criterion(held, field, entry)?);
        }
        if criteria.is_empty() {
            return Ok(None);
        }
        let parts: Vec<(String, String)> = panels(self.scope, held)
            .iter()
            .filter_map(|panel| {
                let part = held.scheme.parts.get(panel.part)?;
                let value = self.scope.part_value(held, panel.part, entry)?;
                Some((self.scope.text(&part.name).to_owned(), self.scope.number(value, part_places(part))))
            })
            .collect();
        let score =
            self.scope.round_score(held, entry).map(|score| self.scope.number(score, held.score_places()));
        let summary = self.scope.say("contest_sheet_summary", json!({ "parts": parts, "score": score }))?;
        Ok(Some(SheetRound { name: self.scope.text(&held.round.name).to_owned(), summary, criteria }))
    }

    fn criterion(
        &self,
        held: &Held<'_>,
        field: &CriterionField,
        entry: usize,
    ) -> Result<Option<SheetCriterion>, TemplateError> {
        let Some(most) = maximum(held, field) else { return Ok(None) };
        let Some(criterion) = held.scheme.criteria.get(field.criterion) else { return Ok(None) };
        let share = |value: f64| value / most.to_f64() * 100.0;
        let [low, q1, median, q3, high] = field.spread.map(share);
        let value = field.values.get(&entry);
        let verdict = field.places.get(&entry).map(|place| verdict_of(*place, &field.places));
        Ok(Some(SheetCriterion {
            name: self.scope.text(&criterion.name).to_owned(),
            score: value.map(|value| self.scope.number(value, Some(2))),
            maximum: most.to_string(),
            low: Some(low),
            q1: Some(q1),
            median: Some(median),
            q3: Some(q3),
            high: Some(high),
            at: value.map(|value| share(value.to_f64())),
            place: field.places.get(&entry).map(usize::to_string),
            verdict,
            verdict_text: match verdict {
                Some(verdict) => self.scope.word(&format!("contest_verdict_{verdict}"))?,
                None => String::new(),
            },
        }))
    }

    /// What stands out, by the stated rule: best of all, first quarter, last
    /// quarter.
    pub(super) fn headline(&self, standing: &Standing, rounds: &[SheetRound]) -> Said {
        let named = |kind: &str| {
            let all = rounds.iter().flat_map(|round| &round.criteria);
            all.filter(|item| item.verdict == Some(kind)).map(|item| item.name.clone()).collect::<Vec<_>>()
        };
        let facts = json!({
            "status": self.scope.status(standing)?,
            "best": named("best"), "top": named("top"), "bottom": named("bottom"),
            "all": rounds.iter().map(|round| round.criteria.len()).sum::<usize>(),
        });
        self.scope.say("contest_sheet_headline", facts)
    }

    pub(super) fn facts(&self, standing: &Standing) -> Result<Vec<SheetFact>, TemplateError> {
        let (Some(score), Some(rank)) = (&standing.score, standing.rank) else { return Ok(Vec::new()) };
        let places = stage_places(self.stage, &self.rounds);
        let ranked = self.scope.ranked(&self.result.standings);
        let rounds: Vec<(String, Option<String>)> = self
            .rounds
            .iter()
            .map(|held| {
                let score = self.scope.round_score(held, standing.who);
                (
                    self.scope.text(&held.round.name).to_owned(),
                    score.map(|score| self.scope.number(score, held.score_places())),
                )
            })
            .collect();
        let points = self.scope.word("contest_points")?;
        let mut facts = vec![
            SheetFact {
                label: self.scope.word("contest_total")?,
                number: self.scope.number(score, places),
                unit: points.clone(),
                note: self.scope.say("contest_fact_rounds", json!({ "rounds": rounds }))?,
            },
            SheetFact {
                label: self.scope.word("contest_place_label")?,
                number: rank.to_string(),
                unit: format!("/ {}", ranked.len()),
                note: self.scope.say("contest_fact_tied", json!({ "tied": standing.tied }))?,
            },
        ];
        facts.extend(self.to_prize(standing, score, places, &points)?);
        facts.extend(self.taken(standing.who, &points)?);
        Ok(facts)
    }

    /// How far an entry without a prize is from the last one with.
    fn to_prize(
        &self,
        standing: &Standing,
        score: &Exact,
        places: Option<u8>,
        points: &str,
    ) -> Result<Option<SheetFact>, TemplateError> {
        if self.scope.prize_of(&self.stage.id, standing.who).is_some() {
            return Ok(None);
        }
        let ranked = self.scope.ranked(&self.result.standings);
        let last = ranked
            .iter()
            .rev()
            .find_map(|other| Some((self.scope.prize_of(&self.stage.id, other.who)?, other.score.clone()?)));
        let Some((prize, line)) = last else { return Ok(None) };
        let prize =
            self.scope.material.rubric.prizes.get(prize).map_or("", |prize| self.scope.text(&prize.name));
        Ok(Some(SheetFact {
            label: self.scope.say("contest_fact_to_prize", json!({ "prize": prize }))?,
            number: self.scope.number(&(&line - score), places),
            unit: points.to_owned(),
            note: self.scope.say(
                "contest_fact_line",
                json!({ "prize": prize, "line": self.scope.number(&line, places) }),
            )?,
        }))
    }

    fn taken(&self, entry: usize, points: &str) -> Result<Option<SheetFact>, TemplateError> {
        let taken: Vec<(String, Exact)> = self
            .rounds
            .iter()
            .filter_map(|held| {
                Some((self.scope.text(&held.round.name).to_owned(), self.scope.deduction(held, entry)?))
            })
            .collect();
        if taken.is_empty() {
            return Ok(None);
        }
        let sum = taken.iter().map(|(_, taken)| taken.clone()).sum::<Exact>();
        let rounds: Vec<&String> = taken.iter().map(|(name, _)| name).collect();
        Ok(Some(SheetFact {
            label: self.scope.word("contest_deduction_label")?,
            number: self.scope.number(&sum, None),
            unit: points.to_owned(),
            note: self.scope.say("contest_list", json!({ "names": rounds }))?,
        }))
    }

    /// Judges who stood aside or were not there.
    pub(super) fn notes(&self, entry: usize) -> Result<Vec<String>, TemplateError> {
        let mut notes = Vec::new();
        for held in &self.rounds {
            for panel in panels(self.scope, held) {
                let Some(row) = panel.rows.get(&entry) else { continue };
                let count = |total: &JudgeTotal| row.iter().filter(|own| *own == total).count();
                let (recused, absent) = (count(&JudgeTotal::Recused), count(&JudgeTotal::Absent));
                if recused + absent == 0 {
                    continue;
                }
                let name = self
                    .scope
                    .material
                    .rubric
                    .panels
                    .get(panel.panel)
                    .map_or("", |panel| self.scope.text(&panel.name));
                notes.push(self.scope.say(
                    "contest_sheet_judges",
                    json!({
                        "round": self.scope.text(&held.round.name), "panel": name, "recused": recused, "absent": absent,
                        "left": row.len() - recused - absent,
                    }),
                )?);
            }
        }
        Ok(notes)
    }
}

/// Quarters by place: of 29, the first and the last seven.
pub(super) fn verdict_of(place: usize, places: &BTreeMap<usize, usize>) -> &'static str {
    let n = places.len();
    let quarter = n / 4;
    let firsts = places.values().filter(|place| **place == 1).count();
    if place == 1 && firsts < n {
        "best"
    } else if place <= quarter {
        "top"
    } else if place > n - quarter {
        "bottom"
    } else {
        "middle"
    }
}
