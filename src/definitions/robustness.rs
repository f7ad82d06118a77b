use super::document::{Step, at};
use super::framework::FrameworkDefinition;
use super::ids::unknown;
use super::project::ProjectDefinition;
use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual};
use crate::model::Id;
use crate::plan::{Imputation, MissingPlan, RobustnessPlan, Treatment, Vary, Weighting};

/// Most assumptions of a Sobol design: it takes two dimensions for each.
const MOST_ASSUMPTIONS: usize = 128;

/// Checks what a project's `[robustness]` table says against its framework: the
/// ids it names, and that every choice leaves something to choose.
pub fn check_robustness(
    project: &ProjectDefinition,
    framework: &FrameworkDefinition,
    findings: &mut Findings,
) {
    let Some(plan) = &project.project.robustness else { return };
    check_sobol(plan, project, findings);
    let check = Check { project, framework };
    for (at, vary) in plan.vary.iter().enumerate() {
        let path = at!["robustness", "vary", at];
        check.references(vary, &path, findings);
        if let Some(problem) = check.too_few(vary) {
            findings.push(
                Finding::new(
                    Code::NothingVaries,
                    problem,
                    bilingual!("补上做法，或删去这一项", "add an alternative, or delete this entry"),
                )
                .at(project.place(&path)),
            );
        }
    }
}

fn check_sobol(plan: &RobustnessPlan, project: &ProjectDefinition, findings: &mut Findings) {
    let Some(sobol) = plan.sobol else { return };
    let base = sobol.base;
    let problem = if !base.is_power_of_two() {
        let (below, above) = (base.next_power_of_two() / 2, base.next_power_of_two());
        (
            at!["robustness", "sobol", "base"].to_vec(),
            bilingual!("点数 {base} 不是 2 的幂", "{base} points are no power of 2"),
            bilingual!("写 {below} 或 {above}", "write {below} or {above}"),
        )
    } else if plan.vary.is_empty() {
        (
            at!["robustness", "sobol"].to_vec(),
            bilingual!("没有变动的假设，就没有敏感度可算", "without assumptions there is no sensitivity"),
            bilingual!(
                "写上 `[[robustness.vary]]`，或删去这一项",
                "declare `[[robustness.vary]]`, or delete this"
            ),
        )
    } else if plan.vary.len() > MOST_ASSUMPTIONS {
        let count = plan.vary.len();
        (
            at!["robustness", "sobol"].to_vec(),
            bilingual!(
                "{count} 项假设太多，敏感度至多 {MOST_ASSUMPTIONS} 项",
                "{count} assumptions are too many: the design has room for {MOST_ASSUMPTIONS}"
            ),
            bilingual!("删去一些假设，或删去这一项", "take some assumptions out, or delete this"),
        )
    } else {
        return;
    };
    let (path, message, help) = problem;
    findings.push(Finding::new(Code::BadValue, message, help).at(project.place(&path)));
}

struct Check<'a> {
    project: &'a ProjectDefinition,
    framework: &'a FrameworkDefinition,
}

impl Check<'_> {
    /// The ids that an entry names.
    fn references(&self, vary: &Vary, path: &[Step], findings: &mut Findings) {
        let framework = &self.framework.framework;
        let indicators: Vec<&Id> = framework.indicators.iter().map(|one| &one.id).collect();
        let means = framework.nodes.iter().filter(|node| node.aggregate.is_some());
        let means: Vec<&Id> = means.map(|node| &node.id).collect();
        let sets: Vec<&Id> = framework.weight_sets.iter().map(|set| &set.id).collect();
        let groups: Vec<&Id> = framework.groups.iter().map(|group| &group.id).collect();
        let mut each = |key: &str, what: (&str, &str), ids: &[Id], known: &[&Id]| {
            for (at, id) in ids.iter().enumerate() {
                let place = || self.project.place(&[path, &at![key, at]].concat());
                findings.extend(unknown(what.0, what.1, id, known, place));
            }
        };
        match vary {
            Vary::Imputation { indicators: ids, .. }
            | Vary::Treatment { indicators: ids, .. }
            | Vary::Normalisation { indicators: ids, .. }
            | Vary::LeaveOut { indicators: ids, .. } => {
                each("indicators", ("指标", "indicator"), ids, &indicators);
            }
            Vary::WeightNoise { nodes, .. }
            | Vary::WeightDirichlet { nodes, .. }
            | Vary::Weighting { nodes, .. }
            | Vary::Aggregation { nodes, .. }
            | Vary::Missing { nodes, .. } => {
                each("nodes", ("汇总节点", "mean node"), nodes, &means);
            }
            Vary::WeightSets { sets: ids, .. } => each("sets", ("权重方案", "weight set"), ids, &sets),
            Vary::WeightExperts { node, .. } => {
                let place = || self.project.place(&[path, &at!["node"]].concat());
                findings.extend(unknown("由下级汇总的节点", "node that is a mean", node, &means, place));
            }
            Vary::Screening { .. } => {}
        }
        for (at, group) in groups_named(vary) {
            let place = || self.project.place(&[path, &at!["alternatives", at]].concat());
            findings.extend(unknown("分组", "group", group, &groups, place));
        }
    }

    /// What is wrong with an entry that leaves nothing to choose.
    fn too_few(&self, vary: &Vary) -> Option<Bilingual> {
        let framework = &self.framework.framework;
        let plan = &self.framework.plan;
        let own = |declared: bool| usize::from(declared);
        let one =
            || bilingual!("只有一种做法，没有可变的", "there is one alternative only, and nothing varies");
        let count = match vary {
            Vary::Imputation { alternatives, declared, .. } => alternatives.len() + own(*declared),
            Vary::Treatment { alternatives, winsorise, declared, .. } => {
                let treats = |treat: &Treatment| matches!(treat, Treatment::Outliers { .. });
                if !winsorise.is_empty() && !plan.indicators.iter().any(|one| treats(&one.treat)) {
                    return Some(bilingual!(
                        "框架没有缩尾处理，`winsorise` 无从变动",
                        "the framework moves no outliers, so `winsorise` has nothing to change"
                    ));
                }
                alternatives.len() + winsorise.len() + own(*declared)
            }
            Vary::Normalisation { alternatives, declared, .. } => alternatives.len() + own(*declared),
            Vary::Weighting { alternatives, declared, .. } => alternatives.len() + own(*declared),
            Vary::Aggregation { alternatives, declared, .. } => alternatives.len() + own(*declared),
            Vary::Missing { alternatives, declared, .. } => alternatives.len() + own(*declared),
            Vary::Screening { alternatives, declared } => alternatives.len() + own(*declared),
            Vary::WeightSets { sets, declared } => match sets.as_slice() {
                [] if framework.weight_sets.is_empty() => {
                    return Some(bilingual!(
                        "框架没有 `[[weight_set]]`",
                        "the framework has no `[[weight_set]]`"
                    ));
                }
                [] => framework.weight_sets.len() + own(*declared),
                sets => sets.len() + own(*declared),
            },
            Vary::WeightExperts { node, declared } => {
                let spec = framework.nodes.iter().find(|one| one.id == *node)?;
                match &spec.weighting {
                    Some(Weighting::Budget { experts, .. }) => experts.len() + own(*declared),
                    _ => {
                        return Some(bilingual!(
                            "“{node}”的权重不是专家预算分配",
                            "the weights of `{node}` are no budget allocation"
                        ));
                    }
                }
            }
            Vary::LeaveOut { indicators, declared } => match indicators.len() {
                0 => plan.indicators_of(&plan.index).len() + own(*declared),
                named => named + own(*declared),
            },
            Vary::WeightNoise { .. } | Vary::WeightDirichlet { .. } => 2,
        };
        (count < 2).then(one)
    }
}

/// The kinds of group that alternatives name, with the position of each.
fn groups_named(vary: &Vary) -> Vec<(usize, &Id)> {
    match vary {
        Vary::Imputation { alternatives, .. } => alternatives
            .iter()
            .enumerate()
            .filter_map(|(at, one)| match one {
                Imputation::Mean { within, .. } | Imputation::Median { within, .. } => {
                    Some((at, within.as_ref()?))
                }
                _ => None,
            })
            .collect(),
        Vary::Missing { alternatives, .. } => alternatives
            .iter()
            .enumerate()
            .filter_map(|(at, MissingPlan { group, .. })| Some((at, group.as_ref()?)))
            .collect(),
        _ => Vec::new(),
    }
}
