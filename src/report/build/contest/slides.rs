//! The slides of a ceremony, in the order of showing.

use serde_json::json;

use super::reporter::ContestReporter;
use super::scope::{Scope, stage_places};
use super::{matter, prizes, stages};
use crate::contest::{StageResult, Standing};
use crate::numeric::Exact;
use crate::plan::Stage;
use crate::report::TemplateError;
use crate::report::view::contest::{
    NamedText, PrizeGroup, PrizeTable, Slide, SlidePlace, SlideRow, SlideStanding, SlideWinner, Slides,
};

/// Rows of a column that are read from the last seat of a hall.
const ROWS: usize = 10;
/// Entries of a stage beyond which its places stand in two columns.
const ONE_COLUMN: usize = 40;
/// Places that have a slide of their own.
const PODIUM: u32 = 3;

impl ContestReporter<'_> {
    /// The slides in the order of showing.
    pub fn slides(&self) -> Result<Vec<Slide>, TemplateError> {
        let scope = self.scope();
        let mut slides = vec![Slide::Title { facts: matter::facts(&scope)? }];
        slides.extend(stages::path(&scope)?.map(Slide::Path));
        let podium = podium(&scope)?;
        let held: Vec<(&Stage, &StageResult)> = scope.stages().collect();
        for (at, (stage, result)) in held.iter().enumerate() {
            let last = at + 1 == held.len();
            slides.extend(standing(&scope, stage, result, last && !podium.is_empty())?);
        }
        slides.extend(podium.iter().rev().cloned().map(Slide::Place));
        if podium.len() > 1 {
            slides.push(Slide::Podium { name: scope.word("day_slide_podium")?, places: podium });
        }
        slides.extend(prize_slides(&scope)?);
        slides.push(closing(&scope)?);
        Ok(slides)
    }

    /// Slides as a document; `id` tells it from others.
    pub fn slide_show(&self, slides: &[Slide], id: &str) -> Result<Slides, TemplateError> {
        let scope = self.scope();
        Ok(Slides {
            schema: Slides::SCHEMA,
            lang: scope.lang.code(),
            labels: self.labels(&["day_slide_", "contest_not_awarded"]),
            document: matter::document(&scope, "day_slides_kind")?,
            id: id.to_owned(),
            slides: slides.to_vec(),
        })
    }
}

/// The first three places of the last stage of the rules, first to third.
fn podium(scope: &Scope<'_>) -> Result<Vec<SlidePlace>, TemplateError> {
    let Some((stage, result)) = scope.last_stage() else { return Ok(Vec::new()) };
    if scope.material.rubric.stages.last().is_none_or(|last| last.id != stage.id) {
        return Ok(Vec::new());
    }
    let ranked = scope.ranked(&result.standings);
    let mut places = Vec::new();
    for rank in 1..=PODIUM {
        let held = ranked.iter().filter(|standing| standing.rank == Some(rank));
        let winners = held.map(|standing| winner(scope, stage, standing)).collect::<Result<Vec<_>, _>>()?;
        if !winners.is_empty() {
            let facts = json!({ "rank": rank, "shared": winners.len() > 1 });
            places.push(SlidePlace { rank, heading: scope.say("day_slide_place", facts)?, winners });
        }
    }
    Ok(places)
}

fn winner(scope: &Scope<'_>, stage: &Stage, standing: &Standing) -> Result<SlideWinner, TemplateError> {
    let places = stage_places(stage, &scope.rounds_of(stage));
    let prize = scope.prize_of(&stage.id, standing.who);
    let prize = prize.and_then(|at| scope.material.rubric.prizes.get(at));
    Ok(SlideWinner {
        code: scope.entry_code(standing.who),
        name: scope.entry_name(standing.who),
        side: scope.side(standing.who),
        members: prizes::member_names(scope, standing.who)?,
        total: standing.score.as_ref().map(|score| scope.number(score, places)),
        prize: prize.map(|prize| scope.text(&prize.name).to_owned()),
    })
}

/// The places of a stage that is over: those who went on, or all. Those of the
/// `final` stage come from the last up to the first three, who have slides of
/// their own.
fn standing(
    scope: &Scope<'_>,
    stage: &Stage,
    result: &StageResult,
    is_final: bool,
) -> Result<Vec<Slide>, TemplateError> {
    let through = result.advance.as_ref().map(|advance| advance.through.as_slice());
    let through = through.filter(|_| !is_final);
    let shown = |standing: &&&Standing| match through {
        Some(through) => through.contains(&standing.who),
        None => !is_final || standing.rank.is_none_or(|rank| rank > PODIUM),
    };
    let ranked = scope.ranked(&result.standings);
    let held: Vec<&Standing> = ranked.iter().filter(shown).copied().collect();
    let columns = if held.len() > ONE_COLUMN { 2 } else { 1 };
    let pages = held.len().div_ceil(ROWS * columns);
    let ends = ends(&held);
    let mut slides = Vec::new();
    for page in held.chunks(held.len().div_ceil(pages.max(1)).max(1)) {
        let rows = page.iter().map(|standing| row(scope, stage, standing, &ends, through.is_some()));
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        let place = |standing: Option<&&Standing>| standing.and_then(|standing| standing.rank);
        let facts = json!({
            "first": place(page.first()), "last": place(page.last()),
            "through": through.is_some(), "tied": rows.iter().any(|row| row.tied),
            "marked": rows.iter().any(|row| row.marked),
        });
        slides.push(Slide::Standing(SlideStanding {
            name: scope.text(&stage.name).to_owned(),
            part: scope.say("day_slide_part", &facts)?,
            columns: rows.chunks(rows.len().div_ceil(columns).max(1)).map(<[_]>::to_vec).collect(),
            ends: ends.filter(|_| columns == 1).map(|ends| ends.map(|end| end.to_string())),
            note: scope.say("day_slide_note", &facts)?,
        }));
    }
    if is_final {
        slides.reverse();
    }
    Ok(slides)
}

/// The whole numbers below the lowest and above the highest score, where these
/// differ.
fn ends(held: &[&Standing]) -> Option<[i64; 2]> {
    let scores: Vec<f64> =
        held.iter().filter_map(|standing| standing.score.as_ref()).map(Exact::to_f64).collect();
    let low = scores.iter().copied().fold(f64::INFINITY, f64::min);
    let high = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (low < high).then(|| [low.floor() as i64, high.ceil() as i64])
}

fn row(
    scope: &Scope<'_>,
    stage: &Stage,
    standing: &Standing,
    ends: &Option<[i64; 2]>,
    through: bool,
) -> Result<SlideRow, TemplateError> {
    let places = stage_places(stage, &scope.rounds_of(stage));
    let prize = scope.prize_of(&stage.id, standing.who);
    let outcome = prize.and_then(|at| scope.material.rubric.prizes.get(at));
    let at = ends.and_then(|[low, high]| {
        let score = standing.score.as_ref()?.to_f64();
        Some((score - low as f64) / (high - low) as f64)
    });
    Ok(SlideRow {
        place: standing.rank.map(|rank| rank.to_string()),
        tied: standing.tied,
        code: scope.entry_code(standing.who),
        name: scope.entry_name(standing.who),
        total: standing.score.as_ref().map(|score| scope.number(score, places)),
        at,
        marked: prize.is_some() && !through,
        outcome: outcome.filter(|_| !through).map(|prize| scope.text(&prize.name).to_owned()),
    })
}

/// A slide for each ranking that gives prizes, more where it has many winners.
fn prize_slides(scope: &Scope<'_>) -> Result<Vec<Slide>, TemplateError> {
    let rankings = scope.material.rubric.prizes.chunk_by(|a, b| a.of == b.of).filter_map(<[_]>::first);
    let mut slides = Vec::new();
    for (first, table) in rankings.zip(prizes::tables(scope)?) {
        let of_members = scope.material.rubric.individuals.iter().any(|one| one.id == first.of);
        let ranking = scope.speaker().ranking_name(&first.of);
        let name = scope.say("day_slide_prizes", json!({ "ranking": ranking, "of_members": of_members }))?;
        for groups in pages_of(table) {
            slides.push(Slide::Prizes { name: name.clone(), groups, of_members });
        }
    }
    Ok(slides)
}

/// The groups of a table on as many slides as they need.
fn pages_of(table: PrizeTable) -> Vec<Vec<PrizeGroup>> {
    let mut pages: Vec<Vec<PrizeGroup>> = Vec::new();
    let mut left = 0;
    for group in table.groups {
        // A prize that nobody won takes a row, too.
        let parts: Vec<Vec<_>> = match group.rows.is_empty() {
            true => vec![Vec::new()],
            false => {
                let parts = group.rows.len().div_ceil(ROWS - 2);
                group.rows.chunks(group.rows.len().div_ceil(parts)).map(<[_]>::to_vec).collect()
            }
        };
        for rows in parts {
            let taken = rows.len().max(1);
            let own = PrizeGroup { prize: group.prize.clone(), rows };
            match pages.last_mut().filter(|_| taken <= left) {
                Some(page) => page.push(own),
                None => {
                    left = ROWS - 2;
                    pages.push(vec![own]);
                }
            }
            left = left.saturating_sub(taken);
        }
    }
    pages
}

fn closing(scope: &Scope<'_>) -> Result<Slide, TemplateError> {
    let mut proofs = vec![NamedText {
        name: scope.word("contest_colophon_result_hash")?,
        text: scope.material.result_sha256.chars().take(16).collect(),
    }];
    let day = scope.material.input.day();
    if let Some(day) = day {
        proofs.push(NamedText {
            name: scope.say("day_slide_head", json!({ "events": day.events }))?,
            text: day.head.chars().take(16).collect(),
        });
    }
    Ok(Slide::Closing {
        word: scope.word("day_slide_closing")?,
        note: scope.say("day_slide_check", json!({ "log": day.is_some() }))?,
        proofs,
    })
}
