use serde_json::json;

use super::{Scope, date_text};
use crate::ledger::{Correction, CorrectionKind, Effect, Standing};
use crate::model::{Absence, Cell};
use crate::plan::Output;
use crate::report::TemplateError;
use crate::report::revisions::{self, ShownRevision};
use crate::report::view::{RevisedUnit, RevisionRow, RevisionSection, RevisionView, StandingView};
use crate::validate::{Stated, stated_of};

type Said = Result<String, TemplateError>;

/// Most values that are printed one by one.
const ROOM: usize = 60;
/// Most of a reason that is printed, in half widths of a Han character.
const REASON: usize = 120;
/// Letters of a hash that are printed.
const SHORT_HASH: usize = 12;

/// Which revisions are told.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    /// Those of these units only.
    pub(super) only: Option<&'a [usize]>,
    /// Whether ranks are told.
    pub(super) ranks: bool,
}

/// The revisions of all units; `None` for data as first read, and where the
/// audience may see none of them.
pub(super) fn section(scope: &Scope<'_>) -> Result<Option<RevisionSection>, TemplateError> {
    let disclosure = scope.material.disclosure;
    let told = Told { only: None, ranks: disclosure.league_table && disclosure.ranks };
    build(scope, told)
}

/// The revisions of some units, in the same form.
pub(super) fn section_of(
    scope: &Scope<'_>,
    units: &[usize],
) -> Result<Option<RevisionSection>, TemplateError> {
    let disclosure = scope.material.disclosure;
    let told = Told { only: Some(units), ranks: disclosure.league_table && disclosure.ranks };
    build(scope, told)
}

fn build(scope: &Scope<'_>, told: Told<'_>) -> Result<Option<RevisionSection>, TemplateError> {
    let shown = of(scope, told);
    let corrections: Vec<&Correction> =
        shown.iter().flat_map(|one| one.corrections.iter().copied()).collect();
    let full = revisions::in_full(scope.material);
    let Some(last) = revisions::last(scope.material).filter(|_| !shown.is_empty()) else { return Ok(None) };
    let count = |holds: bool| corrections.iter().filter(|one| one.holds() == holds).count();
    let context = json!({
        "number": last.seq, "date": date_text(revisions::date(&last.at), scope.lang), "full": full,
        "held": count(true), "refused": count(false), "revisions": shown.len(), "part": told.only.is_some(),
        "units": scope.units_noun(), "concerned": concerned(&corrections).len(), "rated": rated(scope, &shown),
        "bands": scope.material.framework.rating.is_some(), "all": corrections.len(), "room": ROOM,
        "workbook": scope.material.project.outputs.contains(&Output::Xlsx),
        "log": scope.material.revisions.map(crate::ledger::Log::name),
    });
    let mut left = ROOM;
    let views = shown.iter().rev().map(|one| view(scope, told, one, &mut left));
    let say = |key: &str| scope.words.say(key, &context);
    Ok(Some(RevisionSection {
        headline: say("revisions_headline")?,
        lead: say("revisions_lead")?,
        note: say("revisions_note")?,
        caption: say("revisions_caption")?,
        full,
        revisions: views.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect(),
        more: (corrections.len() > ROOM).then(|| say("revisions_more")).transpose()?,
    }))
}

/// The revisions that are told, without those that say nothing of the units asked
/// for or nothing that the audience may see.
pub(super) fn of<'a>(scope: &Scope<'a>, told: Told<'_>) -> Vec<ShownRevision<'a>> {
    let mut shown = revisions::shown(scope.material);
    if let Some(only) = told.only {
        let is_theirs = |code: &str| {
            scope.material.input.panel().units().position(code).is_some_and(|unit| only.contains(&unit))
        };
        shown.iter_mut().for_each(|one| one.corrections.retain(|asked| is_theirs(&asked.unit)));
    }
    let keeps = told.only.is_none() && revisions::in_full(scope.material);
    shown.retain(|one| keeps || !one.corrections.is_empty());
    shown
}

/// Codes of the units concerned.
fn concerned<'a>(corrections: &[&'a Correction]) -> std::collections::BTreeSet<&'a str> {
    corrections.iter().map(|one| one.unit.as_str()).collect()
}

/// Of how many of the units concerned the rating is another than before the first
/// revision that concerned them.
fn rated(scope: &Scope<'_>, shown: &[ShownRevision<'_>]) -> usize {
    let corrections: Vec<&Correction> =
        shown.iter().flat_map(|one| one.corrections.iter().copied()).collect();
    let units = concerned(&corrections);
    let moved = units.iter().filter(|unit| {
        let mut effects = shown.iter().filter_map(|one| one.effect(unit));
        let first = effects.next();
        let last = effects.next_back().or(first);
        first.zip(last).is_some_and(|(first, last)| first.before.rating != last.after.rating)
    });
    if scope.material.framework.rating.is_some() { moved.count() } else { 0 }
}

/// One revision, as long as there is room for more values.
pub(super) fn view(
    scope: &Scope<'_>,
    told: Told<'_>,
    one: &ShownRevision<'_>,
    left: &mut usize,
) -> Result<Option<RevisionView>, TemplateError> {
    let kept = one.corrections.get(..one.corrections.len().min(*left)).unwrap_or_default();
    if *left == 0 || (kept.is_empty() && !one.corrections.is_empty()) {
        return Ok(None);
    }
    *left -= kept.len();
    let hash = &one.line.hash;
    let context = json!({
        "number": one.line.seq, "date": date_text(revisions::date(&one.line.at), scope.lang),
        "hash": hash.get(..SHORT_HASH).unwrap_or(hash),
    });
    Ok(Some(RevisionView {
        name: scope.words.say("revisions_name", &context)?,
        meta: scope.words.say("revisions_meta", &context)?,
        text: others(scope, told, one)?,
        units: kept
            .chunk_by(|a, b| a.unit == b.unit)
            .map(|asked| unit(scope, told, one, asked))
            .collect::<Result<_, _>>()?,
    }))
}

/// How many others moved, and which sheets came back; not for the public, nor where
/// only some units are told of.
fn others(
    scope: &Scope<'_>,
    told: Told<'_>,
    one: &ShownRevision<'_>,
) -> Result<Option<String>, TemplateError> {
    if !revisions::in_full(scope.material) || told.only.is_some() {
        return Ok(None);
    }
    let sheets: Vec<usize> = one
        .revised
        .returned
        .iter()
        .filter_map(|file| file.sheet.as_ref())
        .map(|sheet| sheet.confirmed)
        .collect();
    let context = json!({
        "changed": one.revised.corrections.iter().any(Correction::holds),
        "scores": one.revised.other_scores, "ranks": one.revised.other_ranks,
        "ratings": one.revised.other_ratings, "bands": scope.material.framework.rating.is_some(),
        "with_ranks": told.ranks, "still": one.revised.other_scores + one.revised.other_ratings == 0
            && !(told.ranks && one.revised.other_ranks > 0), "sheets": sheets.len(), "confirmed": sheets.iter().sum::<usize>(),
        "units": scope.units_noun(),
    });
    scope.words.say("revisions_others", &context).map(|text| (!text.is_empty()).then_some(text))
}

fn unit(
    scope: &Scope<'_>,
    told: Told<'_>,
    one: &ShownRevision<'_>,
    asked: &[&Correction],
) -> Result<RevisedUnit, TemplateError> {
    let code = asked.first().map_or("", |first| first.unit.as_str());
    let position = scope.material.input.panel().units().position(code);
    let standing = one.effect(code).map(|effect| standing(scope, told, effect)).transpose()?;
    Ok(RevisedUnit {
        name: position.map_or_else(|| code.to_owned(), |at| scope.unit_name(at)),
        standing: standing.unwrap_or_default(),
        rows: asked.iter().map(|one| row(scope, one)).collect::<Result<_, _>>()?,
    })
}

/// Where a unit stood before and after, as far as it may be seen.
pub(super) fn standing(
    scope: &Scope<'_>,
    told: Told<'_>,
    effect: &Effect,
) -> Result<Vec<StandingView>, TemplateError> {
    let disclosure = scope.material.disclosure;
    let mut views = Vec::new();
    let mut add = |key: &str, text: &dyn Fn(&Standing) -> Option<String>| -> Result<(), TemplateError> {
        let (before, after) = (text(&effect.before), text(&effect.after));
        if before.is_some() || after.is_some() {
            let [before, after] = [before, after].map(|text| text.unwrap_or_else(|| "—".to_owned()));
            let name = scope.words.word(&format!("revisions_{key}"))?;
            views.push(StandingView { name, after: (before != after).then_some(after), before });
        }
        Ok(())
    };
    add("rating", &|standing| band(scope, standing.rating.as_deref()?))?;
    if disclosure.scores {
        add("score", &|standing| Some(scope.numbers.score(standing.score.as_deref()?.parse().ok()?)))?;
    }
    if told.ranks {
        add("rank", &|standing| Some(scope.numbers.plain(standing.rank.as_deref()?.parse().ok()?)))?;
    }
    Ok(views)
}

fn band(scope: &Scope<'_>, id: &str) -> Option<String> {
    let bands = &scope.material.framework.rating.as_ref()?.bands;
    let band = bands.iter().find(|band| band.id.as_str() == id)?;
    Some(scope.text(&band.name).to_owned())
}

pub(super) fn row(scope: &Scope<'_>, asked: &Correction) -> Result<RevisionRow, TemplateError> {
    let full = revisions::in_full(scope.material);
    let (name, measure) = match revisions::variable(scope.material, &asked.indicator) {
        Some((name, measure)) => (scope.text(name), scope.text(measure)),
        None => (asked.indicator.as_str(), ""),
    };
    Ok(RevisionRow {
        indicator: name.to_owned(),
        period: (asked.period != scope.material.project.edition).then(|| asked.period.clone()),
        old: value(scope, &asked.old, measure)?,
        new: value(scope, &asked.new, measure)?,
        holds: asked.holds(),
        kind: full.then(|| scope.words.word(kind(asked))).transpose()?,
        reason: full.then(|| brief(&asked.reason)),
    })
}

/// As much of a reason as a table has room for.
fn brief(reason: &str) -> String {
    let mut width = 0;
    let kept = reason.chars().take_while(|letter| {
        width += if letter.is_ascii() { 1 } else { 2 };
        width <= REASON
    });
    let kept: String = kept.collect();
    if kept.len() == reason.len() { kept } else { format!("{}…", kept.trim_end()) }
}

fn kind(asked: &Correction) -> &'static str {
    match (asked.kind, asked.holds()) {
        (CorrectionKind::Correction, true) => "revisions_correction",
        (CorrectionKind::Correction, false) => "revisions_correction_refused",
        (CorrectionKind::Appeal, true) => "revisions_appeal",
        (CorrectionKind::Appeal, false) => "revisions_appeal_refused",
    }
}

/// A value of the log with its unit of measure, the two never apart.
fn value(scope: &Scope<'_>, text: &str, measure: &str) -> Said {
    match stated_of(text) {
        Some(Stated::Cell(Cell::Value(value))) => {
            let number = scope.numbers.plain(value);
            Ok(match measure {
                "" => number,
                sign @ ("%" | "‰" | "°") => format!("{number}{sign}"),
                measure => format!("{number}\u{A0}{measure}"),
            })
        }
        Some(Stated::Cell(Cell::Absent(Absence::NotApplicable))) => {
            scope.words.word("revisions_not_applicable")
        }
        Some(Stated::Unreadable) => scope.words.word("revisions_unreadable"),
        _ => scope.words.word("revisions_missing"),
    }
}

/// `第 2 次修订（2025 年 12 月 20 日）` under the title; nothing for data as first
/// read.
pub(super) fn edition(scope: &Scope<'_>) -> Result<Option<String>, TemplateError> {
    told(scope, "revisions_edition")
}

/// The same with the log and its head.
pub(super) fn provenance(scope: &Scope<'_>) -> Result<Option<String>, TemplateError> {
    told(scope, "revisions_provenance")
}

fn told(scope: &Scope<'_>, key: &str) -> Result<Option<String>, TemplateError> {
    let Some(last) = revisions::last(scope.material) else { return Ok(None) };
    let held = revisions::held(scope.material).count();
    let context = json!({
        "number": last.seq, "date": date_text(revisions::date(&last.at), scope.lang), "head": last.hash,
        "log": scope.material.revisions.map(crate::ledger::Log::name),
        "held": scope.material.disclosure.shows_figure_of(held).then_some(held),
    });
    scope.words.say(key, &context).map(Some)
}
