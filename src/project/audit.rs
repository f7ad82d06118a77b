use serde::Serialize;

use super::score::ScoredProject;
use crate::robustness::{Robustness, robustness};

/// What an audit of an edition found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Audit {
    /// How sure ranks and ratings are.
    pub robustness: Robustness,
}

/// Audits a scored project as its `[robustness]` table declares; without one,
/// sampling error is carried and nothing is varied.
pub fn audit(scored: &ScoredProject) -> Audit {
    let project = &scored.project.definition.project;
    let plan = project.robustness.clone().unwrap_or_default();
    // The definition refuses a negative seed.
    let seed = u64::try_from(project.seed).unwrap_or(0);
    let framework = &scored.project.framework.framework;
    Audit { robustness: robustness(&scored.project.input, framework, &scored.evaluation, &plan, seed) }
}
