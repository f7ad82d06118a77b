//! The tables of each round: every judge's marks.

use serde_json::json;

use super::Said;
use super::scope::{Held, Scope, part_places};
use super::standings::panels;
use crate::contest::{JudgeTotal, PanelMarks, StageResult, Standing};
use crate::plan::Stage;
use crate::report::TemplateError;
use crate::report::view::contest::{JudgeMark, PanelColumns, RoundRow, RoundTable};

/// Most judges whose marks fit side by side.
const MOST_JUDGES: usize = 22;

/// Every mark of every round of a stage that a page can hold.
pub(super) fn rounds(
    scope: &Scope<'_>,
    stage: &Stage,
    result: &StageResult,
) -> Result<Vec<RoundTable>, TemplateError> {
    let mut tables = Vec::new();
    for held in scope.rounds_of(stage) {
        let panels = panels(scope, &held);
        let judges: usize = panels.iter().map(|panel| panel.judges.len()).sum();
        if (1..=MOST_JUDGES).contains(&judges) {
            tables.push(round_table(scope, result, &held, panels)?);
        }
    }
    Ok(tables)
}

fn round_table(
    scope: &Scope<'_>,
    result: &StageResult,
    held: &Held<'_>,
    panels: &[PanelMarks],
) -> Result<RoundTable, TemplateError> {
    let standings = result
        .rounds
        .iter()
        .find(|round| round.id == held.round.id)
        .map_or(&[][..], |round| &round.standings);
    let mut rows = Vec::new();
    for standing in standings {
        rows.push(round_row(scope, held, panels, standing)?);
    }
    let name = scope.text(&held.round.name).to_owned();
    let columns = panels.iter().map(|panel| PanelColumns {
        name: scope
            .material
            .rubric
            .panels
            .get(panel.panel)
            .map_or("", |panel| scope.text(&panel.name))
            .to_owned(),
        judges: panel.judges.iter().map(|judge| scope.judge_code(*judge)).collect(),
        mean: held.scheme.parts.get(panel.part).map_or("", |part| scope.text(&part.name)).to_owned(),
    });
    let states: Vec<&str> = rows.iter().flat_map(|row| &row.marks).flatten().map(|mark| mark.state).collect();
    let has = |state: &str| states.contains(&state);
    let facts = json!({
        "trimmed": has("trimmed"), "recused": has("recused"), "absent": has("absent"), "none": has("none"),
    });
    Ok(RoundTable {
        headline: round_headline(scope, held, standings)?,
        caption: scope
            .say("contest_round_caption", json!({ "round": name, "count": scope.count(rows.len())? }))?,
        unit: scope.word("contest_unit")?,
        entry_header: scope.entry_header()?,
        panels: columns.collect(),
        has_deduction: rows.iter().any(|row| row.deduction.is_some()),
        notes: vec![scope.say("contest_round_note", facts)?]
            .into_iter()
            .filter(|note| !note.is_empty())
            .collect(),
        name,
        rows,
    })
}

fn round_row(
    scope: &Scope<'_>,
    held: &Held<'_>,
    panels: &[PanelMarks],
    standing: &Standing,
) -> Result<RoundRow, TemplateError> {
    let entry = standing.who;
    let mut marks = Vec::new();
    for panel in panels {
        let row = panel.rows.get(&entry);
        let one = |at: usize| mark(scope, row.and_then(|row| row.get(at)));
        marks.push((0..panel.judges.len()).map(one).collect::<Result<Vec<_>, _>>()?);
    }
    let values = panels.iter().map(|panel| {
        let places = held.scheme.parts.get(panel.part).and_then(part_places);
        scope.part_value(held, panel.part, entry).map(|value| scope.number(value, places))
    });
    Ok(RoundRow {
        place: standing.rank.map(|rank| rank.to_string()),
        tied: standing.tied,
        code: scope.entry_code(entry),
        name: scope.entry_name(entry),
        marks,
        panels: values.collect(),
        deduction: scope
            .deduction(held, entry)
            .map(|taken| format!("\u{2212}{}", scope.number(&taken, None))),
        score: standing.score.as_ref().map(|score| scope.number(score, held.score_places())),
        status: scope.status(standing)?,
    })
}

/// A judge's total with two decimals; exactly that where it has more.
fn mark(scope: &Scope<'_>, total: Option<&JudgeTotal>) -> Result<JudgeMark, TemplateError> {
    let (text, state) = match total {
        Some(JudgeTotal::Counted(value)) => (Some(scope.number(value, Some(2))), "counted"),
        Some(JudgeTotal::Dropped(value)) => (Some(scope.number(value, Some(2))), "trimmed"),
        Some(JudgeTotal::Recused) => (Some(scope.word("contest_recused_sign")?), "recused"),
        Some(JudgeTotal::Absent) => (Some(scope.word("contest_absent_sign")?), "absent"),
        Some(JudgeTotal::Missing | JudgeTotal::NotSeated) | None => (None, "none"),
    };
    Ok(JudgeMark { text, state })
}

fn round_headline(scope: &Scope<'_>, held: &Held<'_>, standings: &[Standing]) -> Said {
    let ranked = scope.ranked(standings);
    let first: Vec<usize> =
        ranked.iter().filter(|standing| standing.rank == Some(1)).map(|standing| standing.who).collect();
    let score = |standing: Option<&&Standing>| standing.and_then(|standing| standing.score.clone());
    let (high, low) = (score(ranked.first()), score(ranked.last()));
    scope.say(
        "contest_round_headline",
        json!({
            "first": scope.names(&first)?,
            "firsts": first.len(),
            "n": ranked.len(),
            "score": high.as_ref().map(|score| scope.number(score, held.score_places())),
            "range": high.zip(low).map(|(high, low)| scope.number(&(&high - &low), held.score_places())),
        }),
    )
}
