use std::collections::BTreeMap;

use super::cells::{Column, counting};
use super::marks::{Missing, Round};
use super::result::{Cell, Key, PartResult, StepResult};
use super::steps::{Site, take};
use crate::diagnostics::Findings;
use crate::numeric::Exact;
use crate::plan::{Part, Scheme, Term};

/// Computes the parts of a scheme for the entrants who are marked; the others
/// have no numbers.
pub(super) fn run(
    round: Round<'_>,
    scheme: &Scheme,
    entrants: &[usize],
    marked: &[bool],
    findings: &mut Findings,
) -> Vec<PartResult> {
    let mut missing = Missing::default();
    let mut starts = of_all_marks(round, scheme, entrants, marked, &mut missing);
    // Of an entry that lacks marks nothing more can be said.
    let whole: Vec<bool> =
        entrants.iter().zip(marked).map(|(entry, marked)| *marked && !missing.concerns(*entry)).collect();
    let mut done: Vec<PartResult> = Vec::new();
    for (position, part) in scheme.parts.iter().enumerate() {
        let mut start = starts.get_mut(position).map(std::mem::take).unwrap_or_default();
        for (at, cells) in start.iter_mut().enumerate() {
            match (whole.get(at), entrants.get(at)) {
                (Some(true), Some(entry)) if !part.terms.is_empty() => {
                    *cells = of_terms(round, scheme, part, *entry, at, &done);
                }
                (Some(true), _) => {}
                _ => cells.clear(),
            }
        }
        let sole = match part.marks.as_slice() {
            [only] => scheme.criteria.iter().find(|criterion| criterion.id == *only),
            _ => None,
        };
        let site =
            Site { round: Some(round), entrants, sole, what: &part.name, rounding: round.rubric.rounding };
        let mut steps = vec![StepResult(start)];
        for operation in &part.steps {
            let last = steps.last().map(|step| &step.0);
            let next = last.map(|column| take(operation, column, &site, findings)).unwrap_or_default();
            steps.push(StepResult(next));
        }
        done.push(PartResult { id: part.id.clone(), steps });
    }
    missing.report(round, findings);
    done
}

/// The marks that each part starts from, by part; nothing for parts of terms.
fn of_all_marks(
    round: Round<'_>,
    scheme: &Scheme,
    entrants: &[usize],
    marked: &[bool],
    missing: &mut Missing,
) -> Vec<Column> {
    let mut start = |part: &Part| -> Column {
        let entrants = entrants.iter().zip(marked);
        entrants
            .map(|(entry, marked)| match marked {
                true => of_marks(round, scheme, part, *entry, missing),
                false => Vec::new(),
            })
            .collect()
    };
    scheme.parts.iter().map(&mut start).collect()
}

fn of_marks(
    round: Round<'_>,
    scheme: &Scheme,
    part: &Part,
    entry: usize,
    missing: &mut Missing,
) -> Vec<Cell> {
    let sole = part.marks.len() == 1;
    let criteria = part.marks.iter().filter_map(|id| scheme.criterion(id));
    let mut cells: Vec<Cell> = criteria.flat_map(|at| round.cells(at, entry, sole, missing)).collect();
    cells.sort_by_key(|cell| cell.key);
    cells
}

fn of_terms(
    round: Round<'_>,
    scheme: &Scheme,
    part: &Part,
    entry: usize,
    entrant: usize,
    done: &[PartResult],
) -> Vec<Cell> {
    let terms = part.terms.iter().map(|term| term_cells(round, scheme, term, entry, entrant, done));
    let mut sum: BTreeMap<Key, Exact> = BTreeMap::new();
    for (at, cells) in terms.enumerate() {
        sum = if at == 0 { cells } else { joined(&sum, &cells) };
    }
    sum.into_iter().map(|(key, value)| Cell::new(key, value)).collect()
}

fn term_cells(
    round: Round<'_>,
    scheme: &Scheme,
    term: &Term,
    entry: usize,
    entrant: usize,
    done: &[PartResult],
) -> BTreeMap<Key, Exact> {
    let times = |value: &Exact| value * &term.times;
    if let Some(name) = &term.attempt {
        let all =
            round.input.rounds().get(round.at).map(|round| round.attempts.as_slice()).unwrap_or_default();
        let own = all.iter().enumerate().filter(|(_, attempt)| attempt.entry == entry);
        return own
            .filter_map(|(at, attempt)| {
                Some((Key { attempt: Some(at), ..Key::default() }, times(attempt.values.get(name)?)))
            })
            .collect();
    }
    let part = term.part.as_ref().and_then(|part| done.get(scheme.part(part)?));
    let cells = part.map(|part| part.cells(entrant)).unwrap_or_default();
    counting(cells).map(|cell| (cell.key, times(&cell.value))).collect()
}

/// Adds two sets of numbers. The one that is told apart by less counts once for
/// every number of the other; what is absent counts as 0.
fn joined(one: &BTreeMap<Key, Exact>, other: &BTreeMap<Key, Exact>) -> BTreeMap<Key, Exact> {
    let (one_form, other_form) = (form(one), form(other));
    if one_form == other_form {
        let mut sum = one.clone();
        for (key, value) in other {
            let entry = sum.entry(*key).or_default();
            *entry = &*entry + value;
        }
        return sum;
    }
    let more_in_one =
        one_form.iter().filter(|axis| **axis).count() > other_form.iter().filter(|axis| **axis).count();
    let (finer, coarser, axes) = if more_in_one { (one, other, other_form) } else { (other, one, one_form) };
    if finer.is_empty() {
        return coarser.clone();
    }
    let project = |key: &Key| Key {
        member: key.member.filter(|_| axes[0]),
        attempt: key.attempt.filter(|_| axes[1]),
        criterion: key.criterion.filter(|_| axes[2]),
        judge: key.judge.filter(|_| axes[3]),
    };
    let zero = Exact::zero();
    finer.iter().map(|(key, value)| (*key, value + coarser.get(&project(key)).unwrap_or(&zero))).collect()
}

/// Which axes tell numbers apart: member, attempt, criterion, judge.
fn form(cells: &BTreeMap<Key, Exact>) -> [bool; 4] {
    let any = |has: fn(&Key) -> bool| cells.keys().any(has);
    [
        any(|key| key.member.is_some()),
        any(|key| key.attempt.is_some()),
        any(|key| key.criterion.is_some()),
        any(|key| key.judge.is_some()),
    ]
}
