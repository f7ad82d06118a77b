use serde_json::json;

use super::facts::Facts;
use super::{One, Said};
use crate::report::TemplateError;
use crate::report::view::{Edges, Head, Paragraph};

pub(super) fn edges(one: &One<'_>, facts: &Facts, public: bool) -> Result<Edges, TemplateError> {
    let project = one.scope.material.project;
    Ok(Edges {
        left: one.say(
            "unit_edge_left",
            json!({ "title": one.scope.text(&project.title), "edition": project.edition }),
        )?,
        right: one.say("unit_edge_right", json!({ "public": public }))?,
        foot: one.say("unit_edge_foot", facts)?,
    })
}

pub(super) fn head(one: &One<'_>, facts: &Facts) -> Result<Head, TemplateError> {
    let outcome = one.scope.outcome(one.unit);
    let full = one.scope.numbers.plain(one.shared.full_score);
    let mut notes = Vec::new();
    if facts.change.is_some() {
        notes.push(one.say("unit_note_change", facts)?);
    }
    if one.is_scored() {
        notes.push(one.say("unit_note_rank", facts)?);
        notes.extend(super::doubt::note(one)?);
    }
    Ok(Head {
        name: facts.unit.clone(),
        kicker: kicker(one)?,
        headline: headline(one, facts)?,
        band: outcome.band,
        rating: match &facts.band {
            Some(band) => band.clone(),
            None => one.say("unit_not_rated", json!({ "scored": one.is_scored() }))?,
        },
        score: facts.score.clone(),
        score_note: one.say("unit_score_note", json!({ "full": full }))?,
        notes,
    })
}

/// The groups of the unit, those compared with first.
fn kicker(one: &One<'_>) -> Said {
    let scope = &one.scope;
    let kinds = scope.material.framework.groups.iter().map(|group| &group.id);
    let compared: Vec<_> = one.insight.compared.iter().collect();
    let others = kinds.filter(|kind| !compared.contains(kind));
    let mut names = Vec::new();
    let others = others.filter(|kind| super::models::tells(one, kind));
    for kind in compared.iter().copied().chain(others).take(3) {
        let peers = one.own.peers.iter().copied();
        let of_kind =
            |at: &usize| one.insight.peers.get(*at).is_some_and(|peers| peers.kind.as_ref() == Some(kind));
        if let Some(at) = peers.clone().find(of_kind) {
            names.push(one.shared.member_name(&one.scope, one.insight, at)?);
        }
    }
    Ok(names.join(" · "))
}

fn headline(one: &One<'_>, facts: &Facts) -> Result<Vec<String>, TemplateError> {
    if !one.is_scored() {
        return Ok(vec![one.say("unit_headline_unrated", facts)?]);
    }
    let gap = one.own.gaps.first().map(|gap| one.indicator_name(gap.indicator));
    Ok(vec![
        one.say("unit_headline_position", facts)?,
        one.say(
            "unit_headline_gap",
            json!({ "gap": gap, "reference": facts.reference, "units": facts.units }),
        )?,
    ])
}

/// Position, strengths and weak spots; without a score, why and what to do.
pub(super) fn lead(one: &One<'_>, facts: &Facts) -> Result<Vec<Paragraph>, TemplateError> {
    if !one.is_scored() {
        return unrated(one, facts);
    }
    let plain = |title: &str, text: String, tone: &'static str| {
        Ok::<_, TemplateError>(Paragraph { title: one.scope.words.word(title)?, text, tone })
    };
    let dimensions = super::dimensions::facts(one);
    let strengths = one.own.marked.as_ref().map_or(&[][..], |marked| &marked.strengths);
    let names: Vec<String> = strengths.iter().take(2).map(|at| one.indicator_name(*at)).collect();
    Ok(vec![
        plain("unit_lead_position", one.say("unit_lead_position_text", facts)?, "plain")?,
        plain(
            "unit_lead_strong",
            one.say("unit_lead_strong_text", json!({ "dimensions": dimensions, "strengths": names }))?,
            "plain",
        )?,
        plain("unit_lead_weak", weak(one, facts, &dimensions)?, "warn")?,
    ])
}

fn weak(one: &One<'_>, facts: &Facts, dimensions: &super::dimensions::DimensionFacts) -> Said {
    let gap = one.own.gaps.first().map(|gap| {
        let reference = one.insight.reference.as_ref();
        let target = reference.and_then(|reference| reference.values.get(gap.indicator).copied().flatten());
        json!({
            "name": one.indicator_name(gap.indicator),
            "value": one.own_value(gap.indicator),
            "target": target.map(|target| one.measured(gap.indicator, target)),
            "points": one.scope.numbers.fixed(gap.points, 2),
        })
    });
    one.say(
        "unit_lead_weak_text",
        json!({
            "gap": gap, "dimensions": dimensions, "reference": facts.reference,
            "missing": facts.missing_count,
        }),
    )
}

fn unrated(one: &One<'_>, facts: &Facts) -> Result<Vec<Paragraph>, TemplateError> {
    let evaluation = one.scope.material.evaluation;
    let row = one.scope.row(one.unit);
    let dimensions: Vec<String> = one
        .insight
        .dimensions
        .iter()
        .filter(|dimension| evaluation.column(&dimension.id).is_none_or(|one| one.value(row).is_none()))
        .map(|dimension| one.scope.name_of(&dimension.id))
        .collect();
    let context = json!({
        "dimensions": dimensions, "missing": facts.missing_count, "total": facts.indicator_count,
        "present": facts.indicator_count - facts.missing_count, "units": facts.units,
        "coverage": one.scope.numbers.percent_floor(one.own.coverage), "edition": facts.edition,
    });
    let of = |part: &str, tone: &'static str| {
        Ok(Paragraph {
            title: one.scope.words.word(&format!("unit_unrated_{part}"))?,
            text: one.say(&format!("unit_unrated_{part}_text"), &context)?,
            tone,
        })
    };
    [of("why", "warn"), of("meaning", "plain"), of("next", "plain")].into_iter().collect()
}
