use std::sync::Arc;

use crate::contest::{ContestResult, evaluate_so_far};
use crate::diagnostics::{Code, Findings, Severity};
use crate::ledger::Day;
use crate::project::contest::open::Base;
use crate::validate::{ContestInput, ContestTables};

/// A contest as it was at a position of its log, or as it is.
pub(super) struct Moment {
    pub(super) input: ContestInput,
    pub(super) result: ContestResult,
}

/// The contest after the first `events` of its log, or after all. What is still
/// to come is not reported; what has to be settled by people is a warning, and the
/// entries that it concerns have no score until then. `None` if anything else is
/// wrong.
pub(super) fn moment(base: &Base, events: Option<usize>, findings: &mut Findings) -> Option<Moment> {
    let rubric = base.rubric.as_ref()?;
    let mut own = Findings::new();
    let day = base.log.as_ref().map(|log| match events {
        Some(events) => Day::of(&log.until(events)),
        None => Day::of(log),
    });
    let tables = ContestTables::read(&base.folder, &base.definition, day.map(Arc::new), &mut own);
    let input = ContestInput::as_it_stands(&base.definition, rubric, Arc::new(tables), &mut own);
    let moment = input.map(|input| {
        let result = evaluate_so_far(&input, &rubric.rubric, &mut own);
        Moment { input, result }
    });
    let sound = pass_on(&own, findings);
    moment.filter(|_| sound)
}

/// Whether nothing in `own` forbids a board.
fn pass_on(own: &Findings, findings: &mut Findings) -> bool {
    let mut sound = true;
    for finding in own {
        match finding.code {
            Code::MissingMark => {}
            Code::TooFewMarks | Code::EntriesDiffer | Code::TieAtCut => {
                let mut finding = finding.clone();
                finding.severity = Severity::Warning;
                findings.push(finding);
            }
            _ => {
                sound &= finding.severity != Severity::Error;
                findings.push(finding.clone());
            }
        }
    }
    sound
}
