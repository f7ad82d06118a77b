use super::document::at;
use super::framework::FrameworkDefinition;
use super::ids::unknown;
use super::project::ProjectDefinition;
use crate::diagnostics::Findings;
use crate::model::Id;

/// Checks that a project's `[plausibility]` table names variables of its framework.
pub fn check_plausibility(
    project: &ProjectDefinition,
    framework: &FrameworkDefinition,
    findings: &mut Findings,
) {
    let known: Vec<&Id> = framework.framework.variables().map(|spec| spec.id).collect();
    let plan = &project.project.plausibility;
    for (check, except) in [
        ("jump", &plan.jump.except),
        ("above_100", &plan.above_100.except),
        ("small_sample", &plan.small_sample.except),
        ("identical", &plan.identical.except),
        ("heaping", &plan.heaping.except),
        ("ceiling", &plan.ceiling.except),
        ("denominators", &plan.denominators.except),
    ] {
        for (index, id) in except.iter().enumerate() {
            let place = || project.place(&at!["plausibility", check, "except", index]);
            findings.extend(unknown("指标或背景变量", "indicator or context variable", id, &known, place));
        }
    }
}
