//! Puts what events say into the marks.

use super::super::{ContestInput, Mark, MarkKey, scale};
use super::{Event, EventKind, criteria_of};
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual};
use crate::numeric::Exact;
use crate::plan::Rubric;

/// Puts what events say about marks into the marks: measurements, and marks that
/// replace others. A chain of replacements is followed by its old values, so the
/// order of rows does not matter.
pub(in crate::validate::contest) fn apply(
    input: &mut ContestInput,
    rubric: &Rubric,
    findings: &mut Findings,
) {
    let mut open: Vec<Event> = Vec::new();
    for event in input.events.clone() {
        match &event.kind {
            EventKind::Measured(_) => measure(input, rubric, &event, findings),
            EventKind::Reconsidered | EventKind::Corrected => open.push(event),
            _ => {}
        }
    }
    loop {
        let before = open.len();
        open.retain(|event| !replace(input, rubric, event, findings));
        if open.len() == before {
            break;
        }
    }
    for event in open {
        let found =
            key_of(&event).and_then(|key| mark(input, event.round?, key)).map(|mark| mark.value.clone());
        let finding = not_replaced(event.old.as_ref(), found);
        findings.push(match input.place(event.origin) {
            Some(place) => finding.at(place),
            None => finding,
        });
    }
}

/// A mark that is not what the event says it was: `old` as written, `found` as it is.
fn not_replaced(old: Option<&Exact>, found: Option<Exact>) -> Finding {
    let check = bilingual!(
        "核对轮次、编号、评委、评分项和原值",
        "check the round, entry, judge, criterion and old mark"
    );
    let (message, help) = match (old, found) {
        (Some(old), Some(found)) => (
            bilingual!(
                "原值写的是“{old}”，评分表上是 {found}",
                "the event says the old mark was `{old}`; the sheet has {found}"
            ),
            check,
        ),
        (None, Some(found)) => (
            bilingual!(
                "没有写原值，评分表上已有 {found}",
                "no old mark is written, and the sheet has {found}"
            ),
            bilingual!(
                "核对轮次、编号、评委、评分项；确是要改的分数，写上原值：命令用 `--old {found}`，表写在“原值”列",
                "check the round, entry, judge and criterion; if this is the mark to change, write the old one: `--old {found}` of the command, or the column `old`"
            ),
        ),
        (_, None) => (bilingual!("评分表上没有这个分数", "there is no such mark on the sheets"), check),
    };
    Finding::new(Code::BadEvent, message, help)
}

fn key_of(event: &Event) -> Option<MarkKey> {
    let (member, attempt, judge) = (event.member, event.attempt, event.judge);
    Some(MarkKey { entry: event.entry?, member, attempt, criterion: event.criterion?, judge })
}

fn mark(input: &ContestInput, round: usize, key: MarkKey) -> Option<&Mark> {
    let marks = &input.rounds.get(round)?.marks;
    marks.get(marks.binary_search_by_key(&key, |mark| mark.key).ok()?)
}

fn measure(input: &mut ContestInput, rubric: &Rubric, event: &Event, findings: &mut Findings) {
    let (Some(round), Some(key), Some(value)) = (event.round, key_of(event), event.value.clone()) else {
        let finding = Finding::new(
            Code::BadEvent,
            bilingual!("这一轮不计这个事项", "the round does not count this event"),
            bilingual!("改正轮次或事项", "correct the round or the kind"),
        );
        findings.push(finding.at(input.place(event.origin).unwrap_or_else(|| Place::file(""))));
        return;
    };
    let key = MarkKey { judge: None, ..key };
    let place = input.place(event.origin);
    let criterion = criteria_of(rubric, round).and_then(|criteria| criteria.get(key.criterion));
    if let Some(finding) = criterion.and_then(|criterion| scale::check(&value, criterion)) {
        findings.extend(place.clone().map(|place| finding.at(place)));
    }
    let Some(marks) = input.rounds.get_mut(round).map(|round| &mut round.marks) else { return };
    match marks.binary_search_by_key(&key, |mark| mark.key) {
        Ok(_) => {
            let finding = Finding::new(
                Code::DuplicateMark,
                bilingual!("同一事项记了两次", "the same thing is recorded twice"),
                bilingual!("合成一行，或删去一行", "make one row of them"),
            );
            findings.extend(place.map(|place| finding.at(place)));
        }
        Err(at) => marks.insert(at, Mark { key, value, replaced: Vec::new(), origin: event.origin }),
    }
}

/// Replaces a mark; `false` when it is not there, or not the old one.
fn replace(input: &mut ContestInput, rubric: &Rubric, event: &Event, findings: &mut Findings) -> bool {
    let (Some(round), Some(key), Some(value)) = (event.round, key_of(event), event.value.clone()) else {
        return false;
    };
    let place = input.place(event.origin);
    let Some(marks) = input.rounds.get_mut(round).map(|round| &mut round.marks) else { return false };
    match marks.binary_search_by_key(&key, |mark| mark.key) {
        Ok(at) => {
            let Some(mark) = marks.get_mut(at).filter(|mark| event.old.as_ref() == Some(&mark.value)) else {
                return false;
            };
            let old = std::mem::replace(&mut mark.value, value.clone());
            mark.replaced.push(old);
        }
        Err(at) if event.old.is_none() => {
            marks.insert(at, Mark { key, value: value.clone(), replaced: Vec::new(), origin: event.origin });
        }
        Err(_) => return false,
    }
    let criterion = criteria_of(rubric, round).and_then(|criteria| criteria.get(key.criterion));
    if let Some(finding) = criterion.and_then(|criterion| scale::check(&value, criterion)) {
        findings.extend(place.map(|place| finding.at(place)));
    }
    true
}
