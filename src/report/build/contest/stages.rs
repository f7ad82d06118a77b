//! The stages before the last, and the way through all of them.

use serde_json::json;

use super::scope::{Scope, stage_places};
use crate::contest::{StageResult, Standing};
use crate::numeric::Exact;
use crate::plan::Stage;
use crate::report::TemplateError;
use crate::report::view::contest::{Path, PathStage, StageRow, StageTable};

/// The stages before the last, latest first.
pub(super) fn stages(scope: &Scope<'_>) -> Result<Vec<StageTable>, TemplateError> {
    scope.stages().rev().skip(1).map(|(stage, result)| stage_table(scope, stage, result)).collect()
}

fn stage_table(scope: &Scope<'_>, stage: &Stage, result: &StageResult) -> Result<StageTable, TemplateError> {
    let places = stage_places(stage, &scope.rounds_of(stage));
    let cut = Cut::of(scope, stage, result);
    let mut rows = Vec::new();
    for standing in &result.standings {
        rows.push(row(scope, standing, &cut, places)?);
    }
    if let Some(last) = rows.iter().rposition(|row| row.kind == "advanced")
        && last + 1 < rows.len()
        && let Some(row) = rows.get_mut(last)
    {
        row.line_after = true;
    }
    let facts = json!({
        "stage": scope.text(&stage.name),
        "count": scope.count(rows.len())?,
        "through": cut.through.len(),
        "line": cut.line.as_ref().map(|line| scope.number(line, places)),
        "tied": cut.tied,
        "tied_rank": cut.tied_rank,
        "absent": rows.iter().filter(|row| row.kind == "absent").count(),
        "advances": cut.advances,
    });
    Ok(StageTable {
        headline: scope.say("contest_stage_headline", &facts)?,
        caption: scope.say("contest_stage_caption", &facts)?,
        unit: scope.word("contest_unit")?,
        entry_header: scope.entry_header()?,
        notes: vec![scope.say("contest_stage_note", &facts)?]
            .into_iter()
            .filter(|note| !note.is_empty())
            .collect(),
        name: scope.text(&stage.name).to_owned(),
        rows,
    })
}

/// Who went on from a stage.
struct Cut {
    advances: bool,
    through: Vec<usize>,
    reserves: Vec<usize>,
    /// The lowest score that went on by score.
    line: Option<Exact>,
    /// Entries that share the last place that went on, if more than one.
    tied: usize,
    tied_rank: Option<u32>,
}

impl Cut {
    fn of(scope: &Scope<'_>, stage: &Stage, result: &StageResult) -> Self {
        let advance = result.advance.as_ref();
        let through = advance.map(|advance| advance.through.clone()).unwrap_or_default();
        let reserves = advance.map(|advance| advance.reserves.clone()).unwrap_or_default();
        let ranked = scope.ranked(&result.standings);
        let last = ranked.iter().rev().find(|standing| through.contains(&standing.who));
        let rank = last.and_then(|standing| standing.rank);
        let sharing = ranked.iter().filter(|standing| standing.rank == rank && rank.is_some()).count();
        let quota = stage.advance.as_ref().and_then(|advance| advance.quota);
        // Only a tie that the number of places did not reach to is one at the cut.
        let at_cut = sharing > 1 && quota.is_some_and(|quota| through.len() > quota as usize);
        Self {
            advances: advance.is_some(),
            line: last.and_then(|standing| standing.score.clone()),
            tied: if at_cut { sharing } else { 0 },
            tied_rank: rank.filter(|_| at_cut),
            through,
            reserves,
        }
    }
}

fn row(
    scope: &Scope<'_>,
    standing: &Standing,
    cut: &Cut,
    places: Option<u8>,
) -> Result<StageRow, TemplateError> {
    let entry = standing.who;
    let reserve = cut.reserves.iter().position(|reserve| *reserve == entry);
    let (kind, status) = if cut.through.contains(&entry) {
        ("advanced", Some(scope.word("contest_advanced")?))
    } else if let Some(at) = reserve {
        ("reserve", Some(scope.say("contest_reserve", json!({ "n": at + 1 }))?))
    } else if standing.rank.is_none() {
        ("absent", scope.status(standing)?)
    } else {
        ("out", None)
    };
    Ok(StageRow {
        place: standing.rank.map(|rank| rank.to_string()),
        tied: standing.tied,
        code: scope.entry_code(entry),
        name: scope.entry_name(entry),
        side: scope.side(entry),
        score: standing.score.as_ref().map(|score| scope.number(score, places)),
        status,
        kind,
        line_after: false,
    })
}

/// How many entered each stage and went on; `None` for a contest of one stage.
pub(super) fn path(scope: &Scope<'_>) -> Result<Option<Path>, TemplateError> {
    let all: Vec<(&Stage, &StageResult)> = scope.stages().collect();
    if all.len() < 2 {
        return Ok(None);
    }
    let mut stages = Vec::new();
    for (at, (stage, result)) in all.iter().enumerate() {
        let last = at + 1 == all.len();
        let winners = result
            .standings
            .iter()
            .filter(|standing| scope.prize_of(&stage.id, standing.who).is_some())
            .count();
        let cut = Cut::of(scope, stage, result);
        let places = stage_places(stage, &scope.rounds_of(stage));
        let advanced = if last { winners } else { cut.through.len() };
        let facts = json!({
            "last": last,
            "advanced": advanced,
            "line": cut.line.as_ref().map(|line| scope.number(line, places)),
            "tied": cut.tied,
            "tied_rank": cut.tied_rank,
            "entries": scope.entries_noun(),
        });
        let detail = scope.say("contest_path_detail", &facts)?;
        stages.push(PathStage {
            name: scope.text(&stage.name).to_owned(),
            entered: result.standings.len(),
            entered_text: scope.count(result.standings.len())?,
            advanced,
            outcome_text: scope.say("contest_path_outcome", &facts)?,
            detail: Some(detail).filter(|detail| !detail.is_empty()),
            last,
        });
    }
    let facts = json!({
        "first": stages.first().map(|stage| stage.entered_text.clone()),
        "last": stages.last().map(|stage| stage.entered_text.clone()),
        "last_stage": stages.last().map(|stage| stage.name.clone()),
        "winners": stages.last().map_or(0, |stage| stage.advanced),
        "entries": scope.entries_noun(),
    });
    let alt: Vec<String> = stages
        .iter()
        .map(|stage| format!("{} {} {}", stage.name, stage.entered_text, stage.outcome_text))
        .collect();
    Ok(Some(Path {
        name: scope.word("contest_path_name")?,
        headline: scope.say("contest_path_headline", &facts)?,
        caption: scope.word("contest_path_caption")?,
        alt: alt.join("; "),
        stages,
    }))
}
