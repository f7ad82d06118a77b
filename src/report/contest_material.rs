use crate::contest::{ContestOverview, ContestResult, RoundResult};
use crate::diagnostics::Finding;
use crate::plan::{ContestProject, Rubric};
use crate::validate::{ContestInput, InputFile};

/// What the result tables and documents of a contest are made from.
#[derive(Clone, Copy, Debug)]
pub struct ContestMaterial<'a> {
    /// What the project declares.
    pub project: &'a ContestProject,
    /// The rules.
    pub rubric: &'a Rubric,
    /// What was handed in.
    pub input: &'a ContestInput,
    /// What came of it.
    pub result: &'a ContestResult,
    /// The figures that its documents are written from.
    pub overview: &'a ContestOverview,
    /// What the checks noticed and did not refuse.
    pub warnings: &'a [Finding],
    /// Every file that was read: project file, rubric, tables.
    pub files: &'a [InputFile],
    /// SHA-256 of the rubric file.
    pub rubric_sha256: &'a str,
    /// SHA-256 of the result.
    pub result_sha256: &'a str,
}

impl<'a> ContestMaterial<'a> {
    /// The code of an entry.
    pub fn entry(&self, at: usize) -> &'a str {
        self.input.entries().get(at).map_or("", |entry| entry.code.as_str())
    }

    /// The code of a member.
    pub fn member(&self, at: usize) -> &'a str {
        self.input.members().get(at).map_or("", |member| member.code.as_str())
    }

    /// The id of a criterion of a round.
    pub fn criterion(&self, round: &RoundResult, at: usize) -> Option<String> {
        let (_, declared) = self.rubric.rounds().nth(round.round)?;
        let criterion = self.rubric.scheme(&declared.scheme)?.criteria.get(at)?;
        Some(criterion.id.to_string())
    }
}
