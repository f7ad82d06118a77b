//! Cover, colophon and sign-off.

use serde_json::json;

use super::prizes;
use super::scope::{Scope, stage_places};
use crate::report::TemplateError;
use crate::report::build::date_text;
use crate::report::view::InputView;
use crate::report::view::contest::{
    ContestColophon, ContestCover, ContestDocument, Fact, FieldGroup, NamedText, SignOff,
};
use crate::store::Tool;

pub(super) fn document(scope: &Scope<'_>, kind: &str) -> Result<ContestDocument, TemplateError> {
    let (project, rubric) = (scope.material.project, scope.material.rubric);
    let day = scope.material.input.day();
    let footer = json!({
        "head": day.map(|day| day.head.get(..16).unwrap_or_default()),
        "events": day.map(|day| day.events),
        "rubric": scope.text(&rubric.name), "version": rubric.version,
        "hash": scope.material.rubric_sha256.get(..16), "date": project.date,
    });
    Ok(ContestDocument {
        title: scope.text(&project.title).to_owned(),
        kind: scope.word(kind)?,
        publisher: scope.text(&project.publisher).to_owned(),
        edition: project.edition.clone(),
        date_iso: project.date.clone(),
        date_text: date_text(&project.date, scope.lang),
        synthetic: project.synthetic,
        status_text: scope.word(if project.synthetic { "word_synthetic" } else { "word_real" })?,
        description: scope.text(&rubric.description).to_owned(),
        footer: scope.say("contest_footer", footer)?,
    })
}

pub(super) fn cover(scope: &Scope<'_>) -> Result<ContestCover, TemplateError> {
    let (input, rubric) = (scope.material.input, scope.material.rubric);
    let finalists = scope.last_stage().map_or(0, |(_, result)| result.standings.len());
    let mut lines = vec![scope.say(
        "contest_cover_line_1",
        json!({
            "count": scope.count(input.entries().len())?, "stages": rubric.stages.len(), "finalists": scope.count(finalists)?,
            "last": scope.last_stage().map(|(stage, _)| scope.text(&stage.name)), "entries": scope.entries_noun(),
        }),
    )?];
    lines.extend(first_line(scope)?);
    let picture = field(scope)?;
    Ok(ContestCover {
        subtitle: scope.word("contest_book_kind")?,
        lines,
        winners: prizes::winners(scope)?,
        facts: facts(scope)?,
        picture_note: scope.say(
            "contest_cover_note",
            json!({ "entries": scope.entries_noun(), "stages": rubric.stages.len() }),
        )?,
        picture,
    })
}

/// Who came first.
fn first_line(scope: &Scope<'_>) -> Result<Option<String>, TemplateError> {
    let Some((stage, result)) = scope.last_stage() else { return Ok(None) };
    let ranked = scope.ranked(&result.standings);
    let first: Vec<usize> =
        ranked.iter().filter(|standing| standing.rank == Some(1)).map(|standing| standing.who).collect();
    let Some(score) = ranked.first().and_then(|standing| standing.score.as_ref()) else { return Ok(None) };
    let score = scope.number(score, stage_places(stage, &scope.rounds_of(stage)));
    scope
        .say(
            "contest_cover_line_2",
            json!({ "first": scope.names(&first)?, "firsts": first.len(), "score": score }),
        )
        .map(Some)
}

pub(super) fn facts(scope: &Scope<'_>) -> Result<Vec<Fact>, TemplateError> {
    let input = scope.material.input;
    let marks: usize = input.rounds().iter().map(|round| round.marks.len()).sum();
    let counts = [
        ("entries", input.entries().len()),
        ("members", input.members().len()),
        ("judges", input.judges().len()),
        ("marks", marks),
    ];
    let mut facts = Vec::new();
    for (key, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
        facts.push(Fact {
            number: grouped(count, if scope.lang == crate::diagnostics::Lang::Zh { '\u{202F}' } else { ',' }),
            unit: scope
                .say(&format!("contest_fact_{key}_unit"), json!({ "entries": scope.entries_noun() }))?,
            title: scope.word(&format!("contest_fact_{key}"))?,
        });
    }
    Ok(facts)
}

fn grouped(count: usize, separator: char) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() > 4 {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// Entries by how far they came: prize by prize, then stage by stage from the
/// last.
fn field(scope: &Scope<'_>) -> Result<Vec<FieldGroup>, TemplateError> {
    let mut groups: Vec<(String, usize, usize)> = Vec::new();
    let mut counted = std::collections::BTreeSet::new();
    if let Some((stage, result)) = scope.last_stage() {
        let prizes =
            scope.material.rubric.prizes.iter().enumerate().filter(|(_, prize)| prize.of == stage.id);
        for (tone, (at, prize)) in prizes.enumerate().take(3) {
            let won: Vec<usize> = result
                .standings
                .iter()
                .map(|standing| standing.who)
                .filter(|entry| scope.prize_of(&stage.id, *entry) == Some(at))
                .collect();
            groups.push((scope.text(&prize.name).to_owned(), won.len(), tone));
            counted.extend(won);
        }
    }
    for (at, (stage, result)) in scope.stages().rev().enumerate() {
        let reached: Vec<usize> = result
            .standings
            .iter()
            .map(|standing| standing.who)
            .filter(|entry| !counted.contains(entry))
            .collect();
        groups.push((scope.text(&stage.name).to_owned(), reached.len(), (3 + at).min(6)));
        counted.extend(reached);
    }
    let groups = groups.into_iter().filter(|(_, count, _)| *count > 0);
    groups
        .map(|(name, count, tone)| Ok(FieldGroup { name, count, count_text: count.to_string(), tone }))
        .collect()
}

pub(super) fn colophon(scope: &Scope<'_>) -> Result<ContestColophon, TemplateError> {
    let (project, rubric) = (scope.material.project, scope.material.rubric);
    let entries = [
        ("publisher", scope.text(&project.publisher).to_owned()),
        ("date", date_text(&project.date, scope.lang)),
        ("status", scope.word(if project.synthetic { "word_synthetic" } else { "word_real" })?),
        ("attribution", scope.text(&project.attribution).to_owned()),
        ("rubric", format!("{} {}", scope.text(&rubric.name), rubric.version)),
        ("rubric_hash", scope.material.rubric_sha256.to_owned()),
        ("result_hash", scope.material.result_sha256.to_owned()),
        ("seed", project.seed.to_string()),
        ("tool", Tool::this().to_string()),
    ];
    let mut named = Vec::new();
    for (key, text) in entries {
        named.push(NamedText { name: scope.word(&format!("contest_colophon_{key}"))?, text });
    }
    let inputs = scope.material.files.iter();
    Ok(ContestColophon {
        name: scope.word("contest_colophon_name")?,
        headline: scope.word("contest_colophon_headline")?,
        entries: named,
        inputs: inputs
            .map(|file| InputView { path: file.name.clone(), sha256: file.sha256.clone() })
            .collect(),
    })
}

pub(super) fn signoff(scope: &Scope<'_>) -> Result<SignOff, TemplateError> {
    let roles = ["contest_role_1", "contest_role_2", "contest_role_3", "contest_role_4"];
    let hash = |key: &str, text: &str| {
        Ok(NamedText { name: scope.word(&format!("contest_colophon_{key}"))?, text: text.to_owned() })
    };
    let facts = json!({ "title": scope.text(&scope.material.project.title) });
    Ok(SignOff {
        name: scope.word("contest_signoff_name")?,
        headline: scope.word("contest_signoff_headline")?,
        lead: scope.say("contest_signoff_lead", facts)?,
        roles: roles.iter().map(|key| scope.word(key)).collect::<Result<_, _>>()?,
        hashes: vec![
            hash("rubric_hash", scope.material.rubric_sha256)?,
            hash("result_hash", scope.material.result_sha256)?,
        ],
    })
}
