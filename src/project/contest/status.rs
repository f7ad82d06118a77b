//! Which sheets are not complete, and which recounts.

use std::collections::BTreeSet;

use super::deeds::recount_folder;
use super::open::OpenContest;
use crate::ledger::{Drawn, Recount};

/// What a judge has not marked in a round.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Gap {
    /// The round.
    pub round: String,
    /// The judge.
    pub judge: String,
    /// How many entries the judge marked.
    pub marked: usize,
    /// The entries that the judge is to mark and did not, by code.
    pub missing: Vec<String>,
}

/// What is missing in every round that has begun: judges in the order of their
/// codes, each with at least one entry left. A round has begun with its first mark
/// or with its running order. To be marked are the entries of the running order,
/// without one those that anybody marked, by every judge who has a seat for them
/// and did not stand aside.
pub fn gaps(contest: &OpenContest) -> Vec<Gap> {
    let (input, rubric) = (&contest.input, &contest.rubric.rubric);
    let mut gaps = Vec::new();
    for (at, (round, (_, declared))) in input.rounds().iter().zip(rubric.rounds()).enumerate() {
        let Some(scheme) = rubric.scheme(&declared.scheme) else { continue };
        let marked: BTreeSet<(usize, usize)> =
            round.marks.iter().filter_map(|mark| Some((mark.key.judge?, mark.key.entry))).collect();
        let entries: BTreeSet<usize> = match round.order.is_empty() {
            false => round.order.iter().map(|(entry, _)| *entry).collect(),
            true => marked.iter().map(|(_, entry)| *entry).collect(),
        };
        for (judge, spec) in input.judges().iter().enumerate() {
            let Some(panel) = rubric.panels.get(spec.panel) else { continue };
            let sits = spec.rounds.as_ref().is_none_or(|rounds| rounds.contains(&at));
            if !sits || !scheme.criteria.iter().any(|criterion| criterion.panel.as_ref() == Some(&panel.id)) {
                continue;
            }
            let stands_aside = |entry: usize| {
                !input.is_seated(judge, entry, at)
                    || input.is_recused(&panel.recuse, judge, entry, at)
                    || input.is_absent(judge, entry, at)
            };
            let missing: Vec<String> = entries
                .iter()
                .filter(|entry| !marked.contains(&(judge, **entry)) && !stands_aside(**entry))
                .filter_map(|entry| Some(input.entries().get(*entry)?.code.clone()))
                .collect();
            if !missing.is_empty() {
                let marked = marked.iter().filter(|(by, _)| *by == judge).count();
                gaps.push(Gap { round: round.id.to_string(), judge: spec.code.clone(), marked, missing });
            }
        }
    }
    gaps
}

/// A recount and how far it is.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RecountState {
    /// Its id.
    pub recount: String,
    /// The stage.
    pub stage: String,
    /// Whose marks are counted again: from the top by place, then those drawn.
    pub entries: Vec<String>,
    /// The sheets that are to be keyed anew, by the path that they get.
    pub sheets: Vec<String>,
    /// How many marks were compared; `None` as long as nothing was keyed.
    pub compared: Option<usize>,
    /// How many of them differed.
    pub differences: usize,
    /// How many of these nobody decided yet.
    pub open: usize,
}

/// What the draw of this id came to, if it was made.
pub fn drawn(contest: &OpenContest, draw: &str) -> Option<Drawn> {
    contest.day()?.draws.get(draw).map(|(_, made)| made.drawn.clone())
}

/// The recounts of a contest in the order in which they were drawn.
pub fn recounts(contest: &OpenContest) -> Vec<RecountState> {
    let Some(day) = contest.day() else { return Vec::new() };
    let stages = &contest.rubric.rubric.stages;
    let state = |one: &Recount| {
        let (id, entries) = (&one.drawn.recount, &one.drawn.entries);
        let stage = stages.iter().find(|stage| stage.id.as_str() == one.drawn.stage);
        let is_of =
            |round: &str| stage.is_some_and(|stage| stage.rounds.iter().any(|own| own.id.as_str() == round));
        let keyed =
            day.marks.iter().filter(|((round, _, about), _)| is_of(round) && entries.contains(&about.entry));
        let paths = keyed.filter_map(|(_, state)| Some(&day.sheets.get(state.entry.sheet)?.source.path));
        let sheets: BTreeSet<String> = paths.map(|path| format!("{}/{path}", recount_folder(id))).collect();
        RecountState {
            recount: id.clone(),
            stage: one.drawn.stage.clone(),
            entries: entries.clone(),
            sheets: sheets.into_iter().collect(),
            compared: one.counted.as_ref().map(|(_, counted)| counted.compared),
            differences: one.differences(),
            open: one.open().count(),
        }
    };
    day.recounts.iter().map(state).collect()
}
