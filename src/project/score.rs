use super::open::OpenProject;
use crate::diagnostics::Findings;
use crate::index::{Agreement, Evaluation, Overview, compare, evaluate, overview};

/// An open project with everything computed.
#[derive(Debug)]
pub struct ScoredProject {
    /// The project.
    pub project: OpenProject,
    /// Scores, ranks and ratings.
    pub evaluation: Evaluation,
    /// The figures that reports are written from.
    pub overview: Overview,
    /// Agreement with published results, in the order of the project.
    pub agreements: Vec<Agreement>,
}

/// Computes an open project. What a method cannot take and what differs from
/// published results are findings; `None` if nothing could be computed.
pub fn score(project: OpenProject, findings: &mut Findings) -> Option<ScoredProject> {
    let evaluation = match evaluate(&project.input, &project.framework.plan) {
        Ok(evaluation) => evaluation,
        Err(refused) => {
            findings.append(refused);
            return None;
        }
    };
    let published = project.input.published().iter();
    let agreements =
        published.map(|published| compare(published, &evaluation, &project.input, findings)).collect();
    let overview = overview(&project.input, &project.framework.framework, &evaluation);
    Some(ScoredProject { project, evaluation, overview, agreements })
}
