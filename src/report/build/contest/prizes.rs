//! Prizes and winners.

use serde_json::json;

use super::Said;
use super::scope::{Scope, part_places, stage_places};
use crate::model::Id;
use crate::plan::Individual;
use crate::report::TemplateError;
use crate::report::view::contest::{PrizeGroup, PrizeRow, PrizeTable, Prizes, WinnerBand};

/// Who won what; `None` where the rules give no prizes.
pub(super) fn prizes(scope: &Scope<'_>) -> Result<Option<Prizes>, TemplateError> {
    let tables = tables(scope)?;
    if tables.is_empty() {
        return Ok(None);
    }
    let won: Vec<usize> =
        tables.iter().map(|table| table.groups.iter().map(|group| group.rows.len()).sum()).collect();
    let not_given: Vec<&str> = tables
        .iter()
        .flat_map(|table| &table.groups)
        .filter(|group| group.rows.is_empty())
        .map(|group| group.prize.as_str())
        .collect();
    let facts = json!({
        "won": won,
        "entries": scope.entries_noun(),
        "individual": scope.material.rubric.prizes.iter().any(|prize| individual(scope, &prize.of).is_some()),
        "not_given": not_given,
    });
    Ok(Some(Prizes {
        name: scope.word("contest_prizes_name")?,
        headline: scope.say("contest_prizes_headline", &facts)?,
        tables,
        notes: vec![scope.say("contest_prizes_note", &facts)?]
            .into_iter()
            .filter(|note| !note.is_empty())
            .collect(),
    }))
}

fn individual<'a>(scope: &Scope<'a>, id: &Id) -> Option<&'a Individual> {
    scope.material.rubric.individuals.iter().find(|individual| individual.id == *id)
}

/// A table for each ranking that gives prizes, in the order of the rules.
pub(super) fn tables(scope: &Scope<'_>) -> Result<Vec<PrizeTable>, TemplateError> {
    let prizes = &scope.material.rubric.prizes;
    let mut tables = Vec::new();
    let mut start = 0;
    for group in prizes.chunk_by(|a, b| a.of == b.of) {
        let Some(first) = group.first() else { continue };
        let ranking = scope.speaker().ranking_name(&first.of);
        let mut groups = Vec::new();
        for (at, prize) in group.iter().enumerate() {
            let rows = rows(scope, &first.of, start + at)?;
            groups.push(PrizeGroup { prize: scope.text(&prize.name).to_owned(), rows });
        }
        start += group.len();
        let of_members = individual(scope, &first.of).is_some();
        tables.push(PrizeTable {
            caption: scope.say("contest_prizes_caption", json!({ "ranking": ranking }))?,
            unit: Some(scope.word("contest_unit")?),
            entry_header: if of_members {
                scope.word("contest_member_header")?
            } else {
                scope.entry_header()?
            },
            total_header: scope.word(if of_members { "contest_score_column" } else { "contest_total" })?,
            groups,
            note: None,
        });
    }
    Ok(tables)
}

fn rows(scope: &Scope<'_>, ranking: &Id, prize: usize) -> Result<Vec<PrizeRow>, TemplateError> {
    if let Some(individual) = individual(scope, ranking) {
        let rows = scope
            .material
            .result
            .individuals
            .iter()
            .filter(|one| one.id == individual.id)
            .flat_map(|one| &one.standings)
            .filter(|standing| scope.prize_of(ranking, standing.who) == Some(prize));
        return Ok(rows.map(|standing| member_row(scope, individual, standing)).collect());
    }
    let Some((stage, held)) = scope.stages().find(|(stage, _)| stage.id == *ranking) else {
        return Ok(Vec::new());
    };
    let places = stage_places(stage, &scope.rounds_of(stage));
    let won = held.standings.iter().filter(|standing| scope.prize_of(ranking, standing.who) == Some(prize));
    let mut rows = Vec::new();
    for standing in won {
        rows.push(PrizeRow {
            place: standing.rank.map(|rank| rank.to_string()),
            tied: standing.tied,
            code: scope.entry_code(standing.who),
            name: scope.entry_name(standing.who),
            side: scope.side(standing.who),
            total: standing.score.as_ref().map(|score| scope.number(score, places)),
            members: member_names(scope, standing.who)?,
        });
    }
    Ok(rows)
}

fn member_row(scope: &Scope<'_>, individual: &Individual, standing: &crate::contest::Standing) -> PrizeRow {
    let member = scope.material.input.members().get(standing.who);
    let places = scope.material.rubric.rounds().find(|(_, round)| round.id == individual.round).and_then(
        |(_, round)| {
            let scheme = scope.material.rubric.scheme(&round.scheme)?;
            part_places(scheme.parts.get(scheme.part(&individual.part)?)?)
        },
    );
    PrizeRow {
        place: standing.rank.map(|rank| rank.to_string()),
        tied: standing.tied,
        code: member.map_or(String::new(), |member| member.code.clone()),
        name: member.map_or(String::new(), |member| scope.text(&member.name).to_owned()),
        side: member.map(|member| scope.entry_name(member.entry)),
        total: standing.score.as_ref().map(|score| scope.number(score, places)),
        members: None,
    }
}

pub(super) fn member_names(scope: &Scope<'_>, entry: usize) -> Result<Option<String>, TemplateError> {
    let members = scope.entry(entry).map_or(&[][..], |entry| &entry.members);
    let names: Vec<&str> = members
        .iter()
        .filter_map(|member| scope.material.input.members().get(*member))
        .map(|member| scope.text(&member.name))
        .collect();
    if names.is_empty() {
        return Ok(None);
    }
    scope.say("contest_list", json!({ "names": names })).map(Some)
}

/// The winners of the last stage, for the cover.
pub(super) fn winners(scope: &Scope<'_>) -> Result<Vec<WinnerBand>, TemplateError> {
    let Some((stage, _)) = scope.last_stage() else { return Ok(Vec::new()) };
    let mut bands = Vec::new();
    for (at, prize) in scope.material.rubric.prizes.iter().enumerate() {
        if prize.of == stage.id {
            bands.push(WinnerBand {
                prize: scope.text(&prize.name).to_owned(),
                rows: rows(scope, &stage.id, at)?,
            });
        }
    }
    // A cover names a dozen; longer lists stand inside.
    if bands.iter().map(|band| band.rows.len()).sum::<usize>() > 12 {
        bands.truncate(1);
    }
    bands.retain(|band| !band.rows.is_empty() && band.rows.len() <= 12);
    Ok(bands)
}

/// `4`, or `4（并列）` where a notice has no other sign for a shared place.
pub(super) fn place_words(scope: &Scope<'_>, row: &PrizeRow) -> Said {
    scope.say("contest_place_words", json!({ "place": row.place, "tied": row.tied }))
}
