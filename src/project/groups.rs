//! Kinds of group that a project file names.

use crate::definitions::{FrameworkDefinition, ProjectDefinition, Step};
use crate::diagnostics::{Code, Finding, Findings, bilingual, did_you_mean};
use crate::model::Id;
use crate::plan::StrengthRule;

/// Groups are asked for by kinds that the framework has.
pub(super) fn check(project: &ProjectDefinition, framework: &FrameworkDefinition, findings: &mut Findings) {
    let known: Vec<&str> = framework.framework.groups.iter().map(|group| group.id.as_str()).collect();
    for (path, id) in asked(project) {
        if !known.contains(&id.as_str()) {
            findings.push(unknown(id, &known).at(project.place(&path)));
        }
    }
}

/// The kinds of group named, each with its path.
fn asked(project: &ProjectDefinition) -> Vec<(Vec<Step>, &Id)> {
    let insight = &project.project.insight;
    let reported = project.project.group_reports.iter().flat_map(|reports| &reports.groups).enumerate();
    let reported = reported.map(|(at, id)| (vec!["group_reports".into(), "groups".into(), at.into()], id));
    let compared = insight.compare.iter().enumerate();
    let compared = compared.map(|(at, id)| (vec!["insight".into(), "compare".into(), at.into()], id));
    let within = match &insight.strengths {
        StrengthRule::Rank { within, .. } => within.as_ref(),
        StrengthRule::Top { .. } | StrengthRule::Percentile { .. } => None,
    };
    let within = within.map(|id| (vec!["insight".into(), "strengths".into(), "within".into()], id));
    reported.chain(compared).chain(within).collect()
}

fn unknown(id: &Id, known: &[&str]) -> Finding {
    let list = known.join(", ");
    let help = match did_you_mean(id.as_str(), known.iter().copied()) {
        Some(near) => {
            bilingual!("是否想写 `{near}`？框架中有：{list}", "did you mean `{near}`? There is {list}")
        }
        None => bilingual!("框架中有：{list}", "there is {list}"),
    };
    Finding::new(
        Code::UnknownGroupKind,
        bilingual!("框架中没有分组“{id}”", "the framework has no kind of group `{id}`"),
        help,
    )
}
