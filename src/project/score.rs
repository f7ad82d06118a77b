use std::sync::OnceLock;

use super::audit::{Audit, audit};
use super::open::OpenProject;
use super::templates::templates;
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::digest::sha256;
use crate::index::{
    Agreement, CrossCheck, Evaluation, History, Overview, SmallCells, compare, cross_check, evaluate,
    history, overview,
};
use crate::insight::{Insight, insight};
use crate::plan::{Audience, Disclosure};
use crate::report::{Material, Templates};
use crate::validate::tell_units;

/// An open project with everything computed.
#[derive(Debug)]
pub struct ScoredProject {
    /// The project.
    pub project: OpenProject,
    /// Scores, ranks and ratings.
    pub evaluation: Evaluation,
    /// The figures that reports are written from.
    pub overview: Overview,
    /// Streaks and the comparable change since the period before; `None` without
    /// one, and where what both periods have in common cannot be evaluated.
    pub history: Option<History>,
    /// Agreement with published results, in the order of the project.
    pub agreements: Vec<Agreement>,
    /// How other methods rank the units, where the project asks for it.
    pub cross_check: Option<CrossCheck>,
    /// SHA-256 of the plan as JSON.
    pub plan_sha256: String,
    /// The report templates, the project's own in place of those that come with
    /// the program; its own are among the project's files.
    pub templates: Templates,
    /// The audit, once it was asked for.
    audit: OnceLock<Option<Audit>>,
    /// What small cells cost the public, once it was asked for.
    small_cells: OnceLock<SmallCells>,
}

/// Computes an open project. What a method cannot take and what differs from
/// published results are findings; `None` if nothing could be computed.
pub fn score(mut project: OpenProject, findings: &mut Findings) -> Option<ScoredProject> {
    let evaluation = match evaluate(&project.input, &project.framework.plan) {
        Ok(evaluation) => evaluation,
        Err(mut refused) => {
            refused.locate(|part| project.framework.place_about(part));
            findings.append(refused);
            return None;
        }
    };
    let published = project.input.published().iter();
    let agreements =
        published.map(|published| compare(published, &evaluation, &project.input, findings)).collect();
    evaluation.prepared.note(&evaluation.plan, &project.input, findings);
    evaluation.note_unassessed(&project.input, findings);
    findings.locate(|part| project.framework.place_about(part));
    tell_units(&project.definition, &project.framework, project.input.tables(), findings);
    let overview = overview(&project.input, &project.framework.framework, &evaluation);
    if let Some(public) = project.definition.project.policy.public
        && (1..public.small_cells).contains(&overview.assessed.len())
    {
        let place = project.definition.place(&["policy".into(), "public".into()]);
        findings.push(too_few(overview.assessed.len(), public.small_cells).at(place));
    }
    let has_past = project.input.edition() > 0;
    let leading = project.framework.framework.reading.leading;
    let history = has_past.then(|| history(&project.input, &evaluation, leading).ok()).flatten();
    let cross_check = cross_checked(&project, &evaluation, findings);
    // Plans are plain data with text keys, which JSON can always write.
    let plan_sha256 = sha256(&serde_json::to_vec(&evaluation.plan).unwrap_or_default());
    let OpenProject { folder, files, .. } = &mut project;
    let templates = templates(folder, files, findings);
    Some(ScoredProject {
        project,
        evaluation,
        overview,
        history,
        agreements,
        cross_check,
        plan_sha256,
        templates,
        audit: OnceLock::new(),
        small_cells: OnceLock::new(),
    })
}

/// That not even figures of all units could be shown to the public.
fn too_few(units: usize, least: usize) -> Finding {
    Finding::new(
        Code::TooFewForPublic,
        bilingual!(
            "有得分的单位只有 {units} 个，少于公开版的 `small_cells` {least}",
            "the public edition needs {least} units with a score (`small_cells`), and there are {units}"
        ),
        bilingual!(
            "删去 `[policy.public]`，或减小 `small_cells`",
            "delete `[policy.public]`, or lower `small_cells`"
        ),
    )
}

fn cross_checked(
    project: &OpenProject,
    evaluation: &Evaluation,
    findings: &mut Findings,
) -> Option<CrossCheck> {
    let plan = project.definition.project.cross_check.as_ref()?;
    let place = || project.definition.place(&["cross_check".into()]);
    match cross_check(&project.input, evaluation, plan) {
        Ok(found) => {
            findings.extend(found.notes(&project.input, evaluation).into_iter().map(|note| note.at(place())));
            Some(found)
        }
        Err(refused) => {
            findings.push(Finding::from(refused).at(place()));
            None
        }
    }
}

impl ScoredProject {
    /// What the results mean for each unit.
    pub fn insight(&self) -> Insight {
        let OpenProject { definition, framework, input, .. } = &self.project;
        insight(input, &framework.framework, &self.evaluation, &definition.project.insight)
    }

    /// How sure its ranks and ratings are, computed when it is first asked for, and
    /// what was found then: see [`audit`](super::audit).
    pub fn audit(&self, findings: &mut Findings) -> Option<&Audit> {
        self.audit.get_or_init(|| audit(self, findings)).as_ref()
    }

    /// What its complete reports and result tables are made from.
    pub fn material(&self) -> Material<'_> {
        self.material_for(Audience::Internal)
    }

    fn disclosure(&self, audience: Audience) -> Disclosure {
        self.project.definition.project.policy.disclosure(audience)
    }

    /// The members of groups whose figures an audience may not see.
    pub fn small_cells(&self, audience: Audience) -> &SmallCells {
        if audience == Audience::Internal {
            return SmallCells::none();
        }
        let least = self.disclosure(audience).small_cells;
        self.small_cells
            .get_or_init(|| SmallCells::of(&self.project.input, &self.evaluation, &self.overview, least))
    }

    /// What the reports and result tables for an audience are made from.
    pub fn material_for(&self, audience: Audience) -> Material<'_> {
        Material {
            project: &self.project.definition.project,
            framework: &self.project.framework.framework,
            input: &self.project.input,
            evaluation: &self.evaluation,
            overview: &self.overview,
            history: self.history.as_ref(),
            agreements: &self.agreements,
            cross_check: self.cross_check.as_ref(),
            files: &self.project.files,
            plan_sha256: &self.plan_sha256,
            audit: None,
            revisions: self.project.revisions.as_ref(),
            disclosure: self.disclosure(audience),
            small_cells: self.small_cells(audience),
        }
    }
}
