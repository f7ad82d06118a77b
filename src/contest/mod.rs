//! Contests: marks → parts → round scores → stage scores → placings → who goes
//! on → prizes. Exact numbers from the first mark to the last placing; nothing
//! is rounded but where the rubric says so.
//!
//! [`evaluate`] never looks at an index, and an index never at a contest.

mod advance;
mod awards;
mod cells;
mod field;
mod forms;
mod individuals;
mod marks;
mod overview;
mod parts;
mod placing;
mod prizes;
mod result;
mod rounds;
mod stages;
mod steps;

use crate::diagnostics::Findings;
use crate::plan::Rubric;
use crate::validate::ContestInput;

pub use awards::{Award, awards};
pub use field::{ContestField, CriterionMarks, OwnMark, StageField};
pub use forms::{FormCell, FormKey, FormRow, ScoreForm, score_forms};
pub use overview::{ContestOverview, CriterionField, JudgeTotal, PanelMarks, RoundOverview};
pub use result::{
    AdvanceResult, Cell, ContestResult, IndividualResult, Key, Note, PartResult, PrizeResult, RoundResult,
    StageResult, Standing, Status, StepResult,
};

/// Scores a contest by a rubric. What is missing and what a rule cannot take are
/// findings; `None` if any of that is an error. A stage whose rounds have no
/// marks yet is left out, with all after it.
pub fn evaluate(input: &ContestInput, rubric: &Rubric, findings: &mut Findings) -> Option<ContestResult> {
    let mut own = Findings::new();
    let result = evaluate_so_far(input, rubric, &mut own);
    let sound = !own.has_errors();
    findings.append(own);
    sound.then_some(result)
}

/// The same while marks are still coming in: whatever the findings are, an entry
/// that has all its marks has a score, and one that lacks any has none. Where the
/// rubric compares entries, those that have all their marks are compared.
pub fn evaluate_so_far(input: &ContestInput, rubric: &Rubric, findings: &mut Findings) -> ContestResult {
    let stages = stages::run(input, rubric, findings);
    let individuals = individuals::run(rubric, &stages);
    let prizes = prizes::run(input, rubric, &stages, &individuals);
    ContestResult { stages, individuals, prizes }
}

/// Who takes part in the stage at this position of the rubric, in order of
/// position, when all before it are over; `None` while they are not.
pub fn entrants(input: &ContestInput, stage: usize, result: &ContestResult) -> Option<Vec<usize>> {
    let before = result.stages.get(..stage)?;
    let over = before.last().is_none_or(|last| !last.standings.is_empty());
    over.then(|| stages::entrants(input, stage, before))
}
