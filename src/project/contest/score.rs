use super::super::templates::templates;
use super::open::OpenContest;
use crate::contest::{ContestOverview, ContestResult, evaluate};
use crate::diagnostics::{Finding, Findings, Severity};
use crate::digest::sha256;
use crate::report::{ContestMaterial, Templates};

/// An open contest with everything computed.
#[derive(Debug)]
pub struct ScoredContest {
    /// The contest.
    pub contest: OpenContest,
    /// Placings, who goes on, prizes, and every step on the way.
    pub result: ContestResult,
    /// The figures that documents are written from.
    pub overview: ContestOverview,
    /// What the checks noticed and did not refuse.
    pub warnings: Vec<Finding>,
    /// SHA-256 of the rubric file.
    pub rubric_sha256: String,
    /// SHA-256 of the result as JSON.
    pub result_sha256: String,
    /// The report templates, the project's own in place of those that come with
    /// the program; its own are among the contest's files.
    pub templates: Templates,
}

/// Scores an open contest. What is missing and what a rule cannot take are
/// findings; `None` if any of that is an error. While names are sealed, entries and
/// members bear their codes in their place, and nothing else is known of them.
pub fn score_contest(mut contest: OpenContest, findings: &mut Findings) -> Option<ScoredContest> {
    let result = evaluate(&contest.input, &contest.rubric.rubric, findings)?;
    let overview = ContestOverview::new(&contest.input, &contest.rubric.rubric, &result);
    let warnings = findings.iter().filter(|finding| finding.severity == Severity::Warning).cloned().collect();
    // Results are plain data with text keys, which JSON can always write.
    let result_sha256 = sha256(&serde_json::to_vec(&result).unwrap_or_default());
    let rubric_sha256 = contest.rubric.document.file().sha256.clone();
    if contest.day().is_some_and(crate::ledger::Day::is_sealed) {
        contest.input.hide_names();
    }
    let OpenContest { folder, files, .. } = &mut contest;
    let templates = templates(folder, files, findings);
    Some(ScoredContest { contest, result, overview, warnings, rubric_sha256, result_sha256, templates })
}

impl ScoredContest {
    /// What its result tables and documents are made from.
    pub fn material(&self) -> ContestMaterial<'_> {
        ContestMaterial {
            project: &self.contest.definition.project,
            rubric: &self.contest.rubric.rubric,
            input: &self.contest.input,
            result: &self.result,
            overview: &self.overview,
            warnings: &self.warnings,
            files: &self.contest.files,
            rubric_sha256: &self.rubric_sha256,
            result_sha256: &self.result_sha256,
        }
    }
}
