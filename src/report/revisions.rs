//! The revisions of the data, as far as an audience may see them.

use super::Material;
use crate::diagnostics::Bilingual;
use crate::ledger::{Correction, Effect, Line, Revised, RevisionEvent};
use crate::model::Row;
use crate::plan::{Audience, Detail};

/// One revision with what may be shown of it.
pub(super) struct ShownRevision<'a> {
    /// Its line in the log.
    pub(super) line: &'a Line<RevisionEvent>,
    /// What the line says.
    pub(super) revised: &'a Revised,
    /// What was asked for, in order of the unit's code, then of the files.
    pub(super) corrections: Vec<&'a Correction>,
}

/// Whether an audience sees who asked for what and why, what was refused, and the
/// files and persons behind it.
pub(super) fn in_full(material: Material<'_>) -> bool {
    material.disclosure.audience == Audience::Internal
}

/// Number and line of the last revision that is in the data; `None` for data as
/// first read.
pub(super) fn last<'a>(material: Material<'a>) -> Option<&'a Line<RevisionEvent>> {
    material.revisions.and_then(|log| log.lines().last())
}

/// The revisions that are in the data, in their order. The public sees values that
/// hold, and these only where it sees those of indicators.
pub(super) fn shown<'a>(material: Material<'a>) -> Vec<ShownRevision<'a>> {
    let lines = material.revisions.map_or(&[][..], |log| log.lines());
    let of_line = |line: &'a Line<RevisionEvent>| {
        let RevisionEvent::Revised(revised) = &line.body;
        let mut corrections: Vec<&Correction> =
            revised.corrections.iter().filter(|one| is_shown(material, one)).collect();
        corrections.sort_by_key(|one| material.input.panel().units().position(&one.unit));
        ShownRevision { line, revised, corrections }
    };
    lines.iter().map(of_line).collect()
}

/// The corrections that hold, whoever may see them.
pub(super) fn held<'a>(material: Material<'a>) -> impl Iterator<Item = &'a Correction> {
    let lines = material.revisions.map_or(&[][..], |log| log.lines()).iter();
    lines.flat_map(|line| {
        let RevisionEvent::Revised(revised) = &line.body;
        revised.corrections.iter().filter(|one| one.holds())
    })
}

fn is_shown(material: Material<'_>, correction: &Correction) -> bool {
    if in_full(material) {
        return true;
    }
    let input = material.input;
    let indicator = input.indicators().iter().position(|id| id.as_str() == correction.indicator);
    let Some(indicator) = indicator.filter(|_| material.disclosure.indicators == Detail::Scores) else {
        return false;
    };
    let unit = input.panel().units().position(&correction.unit);
    let row = unit.zip(input.panel().period(&correction.period));
    let row = row.map(|(unit, period)| input.panel().position(Row { unit, period }));
    let cases = row.and_then(|row| input.observation(indicator, row).sample?.n);
    correction.holds()
        && cases.is_none_or(|n| material.disclosure.shows_figure_of(usize::try_from(n).unwrap_or(usize::MAX)))
}

impl<'a> ShownRevision<'a> {
    /// What came of it for a unit that may be seen to be concerned.
    pub(super) fn effect(&self, unit: &str) -> Option<&'a Effect> {
        self.revised.effects.iter().find(|effect| effect.unit == unit)
    }
}

/// The date of a line of the log, as it was told: `2025-12-20`.
pub(super) fn date(at: &str) -> &str {
    at.split_once('T').map_or(at, |(date, _)| date)
}

/// Name and unit of measure of the indicator or context variable `id`.
pub(super) fn variable<'a>(material: Material<'a>, id: &str) -> Option<(&'a Bilingual, &'a Bilingual)> {
    let framework = material.framework;
    let indicators = framework.indicators.iter().map(|one| (&one.id, &one.name, &one.measure));
    let contexts = framework.contexts.iter().map(|one| (&one.id, &one.name, &one.measure));
    let found = indicators.chain(contexts).find(|(known, ..)| known.as_str() == id);
    found.map(|(_, name, measure)| (name, measure))
}
