use serde_json::json;

use super::One;
use crate::ledger::{Correction, Effect};
use crate::plan::Output;
use crate::report::TemplateError;
use crate::report::build::revisions::{Told, of, standing, view};
use crate::report::revisions::ShownRevision;
use crate::report::view::{RevisionView, UnitRevisions};

/// Most values that are printed one by one.
const ROOM: usize = 12;

/// What was put on record about the unit's own values, the last revision first.
pub(super) fn revisions(one: &One<'_>) -> Result<Option<UnitRevisions>, TemplateError> {
    let told = Told { only: Some(&[one.unit]), ranks: one.scope.material.disclosure.ranks };
    let shown = of(&one.scope, told);
    if shown.is_empty() {
        return Ok(None);
    }
    let asked: Vec<&Correction> = shown.iter().flat_map(|one| one.corrections.iter().copied()).collect();
    let count = |holds: bool| asked.iter().filter(|one| one.holds() == holds).count();
    let log = one.scope.material.revisions;
    let context = json!({
        "held": count(true), "refused": count(false), "all": asked.len(), "room": ROOM,
        "standing": in_all(one, told, &shown)?, "log": log.map(crate::ledger::Log::name),
        "workbook": one.scope.material.project.outputs.contains(&Output::Xlsx),
    });
    let mut left = ROOM;
    let views = shown.iter().rev().map(|revision| view(&one.scope, told, revision, &mut left));
    let views: Vec<Option<RevisionView>> = views.collect::<Result<_, _>>()?;
    Ok(Some(UnitRevisions {
        title: one.say("unit_revisions_title", &context)?,
        note: one.say("unit_revisions_note", &context)?,
        caption: one.scope.words.word("unit_revisions_caption")?,
        revisions: views.into_iter().flatten().collect(),
        more: (asked.len() > ROOM).then(|| one.say("unit_revisions_more", &context)).transpose()?,
    }))
}

/// Where the unit stood before the first of its revisions and after the last.
fn in_all(
    one: &One<'_>,
    told: Told<'_>,
    shown: &[ShownRevision<'_>],
) -> Result<serde_json::Value, TemplateError> {
    let code = one.scope.unit(one.unit).map_or("", |unit| unit.code.as_str());
    let effects: Vec<&Effect> = shown.iter().filter_map(|revision| revision.effect(code)).collect();
    let Some((first, last)) = effects.first().zip(effects.last()) else { return Ok(json!([])) };
    let whole = Effect { unit: code.to_owned(), before: first.before.clone(), after: last.after.clone() };
    let moved = standing(&one.scope, told, &whole)?.into_iter().filter(|one| one.after.is_some());
    Ok(json!(moved.collect::<Vec<_>>()))
}
