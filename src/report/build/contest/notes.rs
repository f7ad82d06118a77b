//! What happened beside the ordinary, case by case.

use std::collections::BTreeMap;

use serde_json::json;

use super::scope::{Held, Scope};
use crate::contest::JudgeTotal;
use crate::diagnostics::{Code, Severity};
use crate::report::TemplateError;
use crate::report::view::contest::{ContestNotes, NoteGroup};
use crate::validate::{Event, EventKind};

pub(super) fn notes(scope: &Scope<'_>) -> Result<ContestNotes, TemplateError> {
    let rounds: Vec<Held<'_>> =
        scope.material.rubric.stages.iter().flat_map(|stage| scope.rounds_of(stage)).collect();
    let page = Notes { scope, rounds };
    let kinds = [
        ("recusals", page.recusals()?),
        ("absences", page.absences()?),
        ("no_shows", page.entries_out()?),
        ("measured", page.measured()?),
        ("corrections", page.corrections()?),
        ("rulings", page.rulings()?),
        ("ties", page.ties()?),
        ("anomalies", page.anomalies()),
    ];
    let mut groups = Vec::new();
    for (key, items) in kinds {
        if !items.is_empty() {
            groups.push(NoteGroup {
                title: scope.word(&format!("contest_notes_{key}"))?,
                count_text: scope.say("contest_items", json!({ "n": items.len() }))?,
                items,
            });
        }
    }
    Ok(ContestNotes {
        name: scope.word("contest_notes_name")?,
        headline: scope.say("contest_notes_headline", json!({ "groups": groups.len() }))?,
        groups,
    })
}

struct Notes<'s, 'a> {
    scope: &'s Scope<'a>,
    rounds: Vec<Held<'a>>,
}

impl Notes<'_, '_> {
    fn round_name(&self, at: usize) -> String {
        let held = self.rounds.iter().find(|held| held.at == at);
        held.map_or(String::new(), |held| self.scope.text(&held.round.name).to_owned())
    }

    /// The round or the stage that an event is about.
    fn where_of(&self, event: &Event) -> String {
        let stage = event.stage.and_then(|at| self.scope.material.rubric.stages.get(at));
        match (event.round, stage) {
            (Some(round), _) => self.round_name(round),
            (None, Some(stage)) => self.scope.text(&stage.name).to_owned(),
            (None, None) => String::new(),
        }
    }

    /// The events of some kinds in the order of the record.
    fn events(&self, wanted: impl Fn(&EventKind) -> bool) -> Vec<&Event> {
        self.scope.material.input.events().iter().filter(|event| wanted(&event.kind)).collect()
    }

    /// Judges and the entries they stood aside from, with the rounds.
    fn recusals(&self) -> Result<Vec<String>, TemplateError> {
        let mut found: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (at, round) in self.scope.material.overview.rounds.iter().enumerate() {
            for panel in &round.panels {
                for (entry, row) in &panel.rows {
                    let aside =
                        row.iter().zip(&panel.judges).filter(|(total, _)| **total == JudgeTotal::Recused);
                    aside.for_each(|(_, judge)| found.entry((*judge, *entry)).or_default().push(at));
                }
            }
        }
        let mut notes = Vec::new();
        for ((judge, entry), rounds) in found {
            let event = self.events(|kind| *kind == EventKind::Recused);
            let declared =
                event.iter().find(|event| event.judge == Some(judge) && event.entry == Some(entry));
            let mut names: Vec<String> = rounds.iter().map(|at| self.round_name(*at)).collect();
            names.dedup();
            notes.push(self.scope.say(
                "contest_note_recusal",
                json!({
                    "judge": self.scope.judge_label(judge)?, "entry": self.scope.entry_label(entry), "rounds": names,
                    "reason": declared.map(|event| event.reason.clone()).filter(|reason| !reason.is_empty()),
                }),
            )?);
        }
        Ok(notes)
    }

    fn absences(&self) -> Result<Vec<String>, TemplateError> {
        let events = self.events(|kind| *kind == EventKind::Absent);
        let note = |event: &&Event| {
            self.scope.say(
                "contest_note_absence",
                json!({
                    "judge": event.judge.map(|judge| self.scope.judge_label(judge)).transpose()?,
                    "round": self.where_of(event),
                    "entry": event.entry.map(|entry| self.scope.entry_label(entry)),
                    "reason": event.reason,
                }),
            )
        };
        events.iter().map(note).collect()
    }

    fn entries_out(&self) -> Result<Vec<String>, TemplateError> {
        let wanted = |kind: &EventKind| {
            matches!(
                kind,
                EventKind::NoShow
                    | EventKind::Forfeit
                    | EventKind::Disqualified
                    | EventKind::Withdrawn
                    | EventKind::Admitted
            )
        };
        let note = |event: &&Event| {
            let member = event.member.and_then(|at| self.scope.material.input.members().get(at));
            let entry = event.entry.or(member.map(|member| member.entry));
            self.scope.say(
                "contest_note_out",
                json!({
                    "kind": event.kind, "round": self.where_of(event),
                    "entry": entry.map(|entry| self.scope.entry_label(entry)),
                    "member": member.map(|member| self.scope.text(&member.name)),
                    "reason": event.reason,
                }),
            )
        };
        self.events(wanted).iter().map(note).collect()
    }

    /// Overtime and the like, with what it cost.
    fn measured(&self) -> Result<Vec<String>, TemplateError> {
        let mut notes = Vec::new();
        for event in self.events(|kind| matches!(kind, EventKind::Measured(_))) {
            let (Some(round), Some(entry), Some(value)) = (event.round, event.entry, &event.value) else {
                continue;
            };
            let Some(held) = self.rounds.iter().find(|held| held.at == round) else { continue };
            let criterion = event.criterion.and_then(|at| held.scheme.criteria.get(at));
            let taken = self.scope.deduction(held, entry);
            notes.push(self.scope.say(
                "contest_note_measured",
                json!({
                    "entry": self.scope.entry_label(entry), "round": self.scope.text(&held.round.name),
                    "what": criterion.map_or("", |criterion| self.scope.text(&criterion.name)),
                    "value": self.scope.number(value, None),
                    "taken": taken.map(|taken| self.scope.number(&taken, None)),
                }),
            )?);
        }
        Ok(notes)
    }

    fn corrections(&self) -> Result<Vec<String>, TemplateError> {
        let mut notes = Vec::new();
        for event in self.events(|kind| matches!(kind, EventKind::Corrected | EventKind::Reconsidered)) {
            let held = self.rounds.iter().find(|held| Some(held.at) == event.round);
            let criterion = held.zip(event.criterion).and_then(|(held, at)| held.scheme.criteria.get(at));
            notes.push(self.scope.say(
                "contest_note_correction",
                json!({
                    "kind": event.kind, "round": self.where_of(event),
                    "entry": event.entry.map(|entry| self.scope.entry_label(entry)),
                    "judge": event.judge.map(|judge| self.scope.judge_label(judge)).transpose()?,
                    "criterion": criterion.map(|criterion| self.scope.text(&criterion.name)),
                    "old": event.old.as_ref().map(|old| self.scope.number(old, None)),
                    "value": event.value.as_ref().map(|value| self.scope.number(value, None)),
                    "by": event.by, "reason": event.reason,
                }),
            )?);
        }
        Ok(notes)
    }

    fn rulings(&self) -> Result<Vec<String>, TemplateError> {
        let note = |event: &&Event| {
            self.scope.say(
                "contest_note_ruling",
                json!({
                    "round": self.where_of(event),
                    "entry": event.entry.map(|entry| self.scope.entry_label(entry)),
                    "value": event.value.as_ref().map(|value| self.scope.number(value, None)),
                    "by": event.by, "reason": event.reason,
                }),
            )
        };
        self.events(|kind| *kind == EventKind::Placed).iter().map(note).collect()
    }

    /// Shared places of the last stage, and of every cut.
    fn ties(&self) -> Result<Vec<String>, TemplateError> {
        let mut notes = Vec::new();
        let count = self.scope.material.rubric.stages.len();
        for (at, (stage, result)) in self.scope.stages().enumerate() {
            let last = at + 1 == count;
            let ranked = self.scope.ranked(&result.standings);
            for group in ranked.chunk_by(|a, b| a.rank == b.rank).filter(|group| group.len() > 1) {
                let through = |entry: usize| {
                    result.advance.as_ref().is_some_and(|advance| advance.through.contains(&entry))
                };
                let next =
                    ranked.iter().find(|standing| standing.rank > group.first().and_then(|first| first.rank));
                let at_cut = group.iter().all(|standing| through(standing.who))
                    && next.is_some_and(|next| !through(next.who));
                if last || at_cut {
                    let names: Vec<String> =
                        group.iter().map(|standing| self.scope.entry_label(standing.who)).collect();
                    notes.push(self.scope.say(
                        "contest_note_tie",
                        json!({
                            "stage": self.scope.text(&stage.name), "names": names, "cut": at_cut && !last,
                            "rank": group.first().and_then(|standing| standing.rank),
                        }),
                    )?);
                }
            }
        }
        Ok(notes)
    }

    /// What the checks noticed and did not refuse.
    fn anomalies(&self) -> Vec<String> {
        let shown =
            |code: Code| matches!(code, Code::IdenticalSheets | Code::ConstantMarks | Code::SpreadWide);
        let found = self.scope.material.warnings.iter();
        found
            .filter(|finding| finding.severity == Severity::Warning && shown(finding.code))
            .map(|finding| self.scope.text(&finding.message).to_owned())
            .collect()
    }
}
