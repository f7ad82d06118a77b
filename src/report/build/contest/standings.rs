//! The final standings with every judge's marks.

use serde_json::json;

use super::Said;
use super::scope::{Held, Scope, axis, part_places, stage_places};
use crate::contest::{JudgeTotal, PanelMarks, StageResult, Standing};
use crate::plan::Stage;
use crate::report::TemplateError;
use crate::report::view::contest::{JudgeStrip, Lane, MarkDot, RoundColumns, StandingRow, Standings};

/// Widest table of standings, in columns of numbers.
const MOST_COLUMNS: usize = 8;
/// Width of the strip and diameter of a dot, in millimetres, as
/// `contest/dots.typ` draws them.
const STRIP: f64 = 36.5;
const DOT: f64 = 1.16;

/// The table of the last stage.
pub(super) fn standings(
    scope: &Scope<'_>,
    stage: &Stage,
    result: &StageResult,
) -> Result<Standings, TemplateError> {
    let rounds = scope.rounds_of(stage);
    let table = Table { scope, stage, result, wide: columns(scope, &rounds) <= MOST_COLUMNS, rounds };
    let rows = table.rows()?;
    Ok(Standings {
        name: scope.say("contest_standings_name", json!({ "stage": scope.text(&stage.name) }))?,
        headline: headline(scope, stage, result)?,
        caption: scope.say(
            "contest_standings_caption",
            json!({ "stage": scope.text(&stage.name), "count": scope.count(rows.len())? }),
        )?,
        unit: scope.word("contest_unit")?,
        entry_header: scope.entry_header()?,
        rounds: table.heads()?,
        has_deduction: rows.iter().any(|row| row.deduction.is_some()),
        has_prize: rows.iter().any(|row| row.prized),
        strip: table.strip()?,
        notes: table.notes()?,
        tie_note: table.note(rows.iter().any(|row| row.tied), "contest_tie_note")?,
        line_note: table.note(rows.iter().any(|row| row.line_after), "contest_line_note")?,
        flag_note: table.note(rows.iter().any(|row| row.flag.is_some()), "contest_flag_note")?,
        rows,
    })
}

/// Columns that the rounds of a stage would take with their panels.
fn columns(scope: &Scope<'_>, rounds: &[Held<'_>]) -> usize {
    rounds.iter().map(|held| panels(scope, held).len() + 1).sum()
}

/// The panels of a round.
pub(super) fn panels<'a>(scope: &Scope<'a>, held: &Held<'_>) -> &'a [PanelMarks] {
    scope.material.overview.rounds.get(held.at).map_or(&[], |round| &round.panels)
}

struct Table<'s, 'a> {
    scope: &'s Scope<'a>,
    stage: &'s Stage,
    result: &'s StageResult,
    rounds: Vec<Held<'a>>,
    /// Whether panels have columns of their own.
    wide: bool,
}

impl Table<'_, '_> {
    fn note(&self, occurs: bool, key: &str) -> Result<Option<String>, TemplateError> {
        occurs.then(|| self.scope.word(key)).transpose()
    }

    /// Panels shown in columns: none where the score of the round is the panel's.
    fn shown_panels(&self, held: &Held<'_>) -> Vec<&PanelMarks> {
        let score = held.scheme.part(&held.scheme.score);
        let own = panels(self.scope, held).iter().filter(|panel| Some(panel.part) != score);
        if self.wide { own.collect() } else { Vec::new() }
    }

    fn heads(&self) -> Result<Vec<RoundColumns>, TemplateError> {
        let score = self.scope.word("contest_score_column")?;
        let heads = self.rounds.iter().map(|held| {
            let parts = self.shown_panels(held).into_iter().map(|panel| {
                held.scheme.parts.get(panel.part).map_or("", |part| self.scope.text(&part.name)).to_owned()
            });
            let columns = parts.chain([score.clone()]).collect();
            RoundColumns { name: self.scope.text(&held.round.name).to_owned(), columns }
        });
        Ok(heads.collect())
    }

    fn rows(&self) -> Result<Vec<StandingRow>, TemplateError> {
        let prize_of = |entry: usize| self.scope.prize_of(&self.stage.id, entry);
        let standings = &self.result.standings;
        let mut rows = Vec::new();
        for (at, standing) in standings.iter().enumerate() {
            let prize = prize_of(standing.who);
            let next = standings.get(at + 1).map(|next| prize_of(next.who));
            let prized = prize.is_some();
            let end = next.is_some_and(|next| next != prize);
            rows.push(StandingRow {
                place: standing.rank.map(|rank| rank.to_string()),
                tied: standing.tied,
                code: self.scope.entry_code(standing.who),
                name: self.scope.entry_name(standing.who),
                side: self.scope.side(standing.who),
                flag: self.flag(standing.who),
                cells: self.cells(standing.who),
                deduction: self.deduction(standing.who),
                total: standing.score.as_ref().map(|score| self.total(score)),
                prize: prize
                    .and_then(|prize| self.scope.material.rubric.prizes.get(prize))
                    .map(|prize| self.scope.text(&prize.name).to_owned()),
                prized,
                group_end: prized && end && next.flatten().is_some(),
                line_after: prized && end && next.flatten().is_none(),
                lanes: self.rounds.iter().map(|held| self.lane(held, standing.who)).collect(),
                status: self.scope.status(standing)?,
            });
        }
        let axis = self.strip()?.map(|strip| strip.axis);
        for lane in rows.iter_mut().flat_map(|row| &mut row.lanes).flatten() {
            if let Some(axis) = &axis {
                set_apart(&mut lane.dots, STRIP / (axis.max - axis.min));
            }
        }
        Ok(rows)
    }

    fn total(&self, score: &crate::numeric::Exact) -> String {
        self.scope.number(score, stage_places(self.stage, &self.rounds))
    }

    fn cells(&self, entry: usize) -> Vec<Vec<Option<String>>> {
        let cells = self.rounds.iter().map(|held| {
            let parts = self.shown_panels(held).into_iter().map(|panel| {
                let places = held.scheme.parts.get(panel.part).and_then(part_places);
                self.scope.part_value(held, panel.part, entry).map(|value| self.scope.number(value, places))
            });
            let score = self.scope.round_score(held, entry);
            parts.chain([score.map(|score| self.scope.number(score, held.score_places()))]).collect()
        });
        cells.collect()
    }

    /// What was taken off in all rounds.
    fn deduction(&self, entry: usize) -> Option<String> {
        let taken: Vec<_> = self.rounds.iter().filter_map(|held| self.scope.deduction(held, entry)).collect();
        let sum = taken.into_iter().sum::<crate::numeric::Exact>();
        (!sum.is_zero()).then(|| format!("\u{2212}{}", self.scope.number(&sum, None)))
    }

    fn flag(&self, entry: usize) -> Option<String> {
        let recused =
            |panel: &PanelMarks| panel.rows.get(&entry).is_some_and(|row| row.contains(&JudgeTotal::Recused));
        let any = self.rounds.iter().any(|held| panels(self.scope, held).iter().any(recused));
        any.then(|| "†".to_owned())
    }

    fn lane(&self, held: &Held<'_>, entry: usize) -> Option<Lane> {
        let panel = panels(self.scope, held).first()?;
        let row = panel.rows.get(&entry)?;
        let dots = row.iter().filter_map(|total| {
            let kept = matches!(total, JudgeTotal::Counted(_));
            Some(MarkDot { at: total.value()?.to_f64(), dy: 0.0, kept })
        });
        let mean = self.scope.part_value(held, panel.part, entry).map(crate::numeric::Exact::to_f64);
        Some(Lane { dots: dots.collect(), mean })
    }

    fn strip(&self) -> Result<Option<JudgeStrip>, TemplateError> {
        let marked: Vec<&Held<'_>> = self
            .rounds
            .iter()
            .filter(|held| panels(self.scope, held).first().is_some_and(|panel| panel.judges.len() > 2))
            .collect();
        if marked.len() != self.rounds.len() || marked.len() > 3 {
            return Ok(None);
        }
        let totals = self.result.standings.iter().flat_map(|standing| {
            self.rounds
                .iter()
                .filter_map(|held| self.lane(held, standing.who))
                .flat_map(|lane| lane.dots)
                .map(|dot| dot.at)
        });
        let Some(axis) = axis(&totals.collect::<Vec<_>>(), 2.0, "") else { return Ok(None) };
        let panel = marked.first().and_then(|held| panels(self.scope, held).first());
        let panel_name = panel
            .and_then(|panel| self.scope.material.rubric.panels.get(panel.panel))
            .map_or("", |panel| self.scope.text(&panel.name));
        let trimmed = marked.iter().any(|held| {
            panels(self.scope, held)
                .iter()
                .take(1)
                .flat_map(|panel| panel.rows.values().flatten())
                .any(|total| matches!(total, JudgeTotal::Dropped(_)))
        });
        let facts = json!({ "panel": panel_name, "min": axis.min, "max": axis.max, "trimmed": trimmed });
        Ok(Some(JudgeStrip {
            title: self.scope.say("contest_strip_title", &facts)?,
            note: self.scope.say("contest_strip_note", &facts)?,
            mean: self.scope.say("contest_strip_mean", &facts)?,
            lanes: self.rounds.iter().map(|held| self.scope.text(&held.round.name).to_owned()).collect(),
            has_trimmed: trimmed,
            axis,
        }))
    }

    /// How the numbers of the table come about, and near ties.
    fn notes(&self) -> Result<Vec<String>, TemplateError> {
        let mut notes = Vec::new();
        let speaker = self.scope.speaker();
        for held in &self.rounds {
            let Some(score) = held.score_part().filter(|part| !part.terms.is_empty()) else { continue };
            notes.push(self.scope.say(
                "contest_sum_note",
                json!({ "name": self.scope.text(&held.round.name), "sum": speaker.sum(Some(held.scheme), &score.terms) }),
            )?);
        }
        if let Some(score) = &self.stage.score {
            let name = self.scope.word("contest_total")?;
            notes.push(
                self.scope.say(
                    "contest_sum_note",
                    json!({ "name": name, "sum": speaker.sum(None, &score.terms) }),
                )?,
            );
        }
        if self.result.standings.iter().any(|standing| self.deduction(standing.who).is_some()) {
            notes.push(self.scope.word("contest_deduction_note")?);
        }
        notes.extend(self.near_tie()?);
        Ok(notes)
    }

    /// Two neighbours who look alike at two decimals and are not.
    fn near_tie(&self) -> Result<Option<String>, TemplateError> {
        let ranked = self.scope.ranked(&self.result.standings);
        for pair in ranked.windows(2) {
            let [above, below] = pair else { continue };
            let (Some(high), Some(low)) = (&above.score, &below.score) else { continue };
            let rounding = self.scope.material.rubric.rounding;
            if high != low && high.fixed(2, rounding) == low.fixed(2, rounding) {
                let facts = json!({
                    "first": above.rank, "second": below.rank, "shown": high.fixed(2, rounding),
                    "gap": self.scope.number(&(high - low), None),
                });
                return self.scope.say("contest_near_tie", facts).map(Some);
            }
        }
        Ok(None)
    }
}

/// Moves dots that bunch a little off their line, in turn up and down.
fn set_apart(dots: &mut [MarkDot], millimetres: f64) {
    let mut order: Vec<usize> = (0..dots.len()).collect();
    order.sort_by(|a, b| {
        let at = |at: &usize| dots.get(*at).map_or(0.0, |dot| dot.at);
        at(a).total_cmp(&at(b)).then(a.cmp(b))
    });
    let mut placed: Vec<(f64, f64)> = Vec::new();
    for at in order {
        let Some(dot) = dots.get_mut(at) else { continue };
        let x = dot.at * millimetres;
        let free = |dy: f64| {
            placed.iter().all(|(px, py)| {
                let (across, up) = (x - px, dy - py);
                across * across + up * up >= DOT * DOT * 0.72
            })
        };
        dot.dy = [0.0, 0.55, -0.55, 0.9, -0.9].into_iter().find(|dy| free(*dy)).unwrap_or(0.0);
        placed.push((x, dot.dy));
    }
}

fn headline(scope: &Scope<'_>, stage: &Stage, result: &StageResult) -> Said {
    let rounds = scope.rounds_of(stage);
    let places = stage_places(stage, &rounds);
    let ranked = scope.ranked(&result.standings);
    let with_rank = |rank: u32| {
        ranked
            .iter()
            .filter(|standing| standing.rank == Some(rank))
            .map(|standing| standing.who)
            .collect::<Vec<_>>()
    };
    let first = with_rank(1);
    let second = ranked.get(first.len());
    let top = ranked.first().and_then(|standing| standing.score.as_ref());
    let lead = top.zip(second.and_then(|standing| standing.score.as_ref())).map(|(a, b)| a - b);
    let prized: Vec<&&Standing> =
        ranked.iter().filter(|standing| scope.prize_of(&stage.id, standing.who).is_some()).collect();
    let shared = prized.iter().find(|standing| standing.tied && standing.rank != Some(1));
    let edge = prized.last().zip(ranked.get(prized.len())).and_then(|(last, next)| {
        let gap = last.score.as_ref()? - next.score.as_ref()?;
        Some(json!({ "last": last.rank, "next": next.rank, "gap": scope.number(&gap, places) }))
    });
    scope.say(
        "contest_standings_headline",
        json!({
            "first": scope.names(&first)?,
            "firsts": first.len(),
            "score": top.map(|score| scope.number(score, places)),
            "lead": lead.map(|lead| scope.number(&lead, places)),
            "shared": shared.and_then(|standing| Some(json!({ "rank": standing.rank, "count": with_rank(standing.rank?).len() }))),
            "edge": edge,
            "entries": scope.entries_noun(),
        }),
    )
}
