//! Values that can be and are doubted all the same: warnings, which change no
//! result. One check per file; the thresholds are the project's
//! ([`PlausibilityPlan`]), their sources stand in docs/plausibility.md.
//!
//! All look at ranked units in the edition. What is about one unit is located at
//! its cell; what is about an indicator as a whole, at its column or, where many
//! files hold it, at its definition.

mod ceilings;
mod denominators;
mod few;
mod ground;
mod heaping;
mod identical;
mod jumps;
mod round_units;
mod samples;
mod wholes;

use super::columns;
use super::keys::Context;
use super::values::Values;
use crate::definitions::{FrameworkDefinition, ProjectDefinition};
use crate::diagnostics::{Findings, Severity};
use crate::model::Role;
use crate::plan::{PlausibilityPlan, Variable};
use ground::Ground;

/// Reports every doubt about the values of the edition, and gives the number of
/// warnings.
pub(super) fn report(
    project: &ProjectDefinition,
    framework: &FrameworkDefinition,
    context: &Context<'_>,
    values: &Values,
    edition: usize,
    findings: &mut Findings,
) -> usize {
    let plan: &PlausibilityPlan = &project.project.plausibility;
    if !plan.on {
        return 0;
    }
    let units = context.panel.units();
    let is_ranked =
        |row: &usize| units.get(context.panel.row(*row).unit).is_some_and(|unit| unit.role == Role::Ranked);
    let ground = Ground {
        plan,
        framework,
        specs: framework.framework.variables().collect::<Vec<Variable<'_>>>(),
        sources: columns::sources(&project.project, framework, context.tables),
        context,
        values,
        rows: context.panel.rows_of(edition).filter(is_ranked).collect(),
        edition,
    };
    let before = findings.count(Severity::Warning);
    jumps::report(&ground, findings);
    wholes::report(&ground, findings);
    samples::report(&ground, findings);
    identical::report(&ground, findings);
    heaping::report(&ground, findings);
    round_units::report(&ground, findings);
    ceilings::report(&ground, findings);
    denominators::report(&ground, findings);
    findings.count(Severity::Warning) - before
}
