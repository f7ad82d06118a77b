use super::super::document::{Document, Step, at};
use super::super::tree::Tree;
use super::{make_weights, no_weights};
use crate::diagnostics::{Code, Finding, Findings, bilingual, shown};
use crate::model::Id;
use crate::plan::{Aggregation, Bounds, Group, MissingPlan, MissingPolicy, NodeSpec};

/// Checks the parameters of a method against the number of children.
pub(super) fn check(
    node: &NodeSpec,
    method: &Aggregation,
    children: usize,
    path: &[Step],
    document: &Document,
    findings: &mut Findings,
) {
    let id = &node.id;
    let at = |steps: &[Step]| document.place(&[path, &[Step::from("aggregate")], steps].concat());
    match method {
        Aggregation::Owa { weights } if weights.len() != children => {
            let found = weights.len();
            let finding = Finding::new(
                Code::WeightsUnfit,
                bilingual!(
                    "有 {found} 个位次权重，“{id}”有 {children} 个下级",
                    "there are {found} weights of places, and `{id}` has {children} children"
                ),
                bilingual!("每个位次写一个，从最好的起", "write one per place, the best first"),
            );
            findings.push(finding.at(at(&at!["weights"])));
        }
        Aggregation::Owa { weights } if !make_weights(weights.iter().copied()) => {
            findings.push(no_weights(id).at(at(&at!["weights"])));
        }
        Aggregation::BenefitOfTheDoubt { shares, weights, .. } => {
            for (key, bounds) in [("shares", shares), ("weights", weights)] {
                if let Some(finding) = bounds.and_then(|bounds| infeasible(id, bounds, children)) {
                    findings.push(finding.at(at(&at![key])));
                }
            }
        }
        _ => {}
    }
}

/// Bounds that shares summing to 1 cannot keep.
fn infeasible(node: &Id, bounds: Bounds, children: usize) -> Option<Finding> {
    let Bounds { min, max } = bounds;
    let n = children as f64;
    let message = if min > max {
        bilingual!("下限 {min} 大于上限 {max}", "the least, {min}, is above the most, {max}")
    } else if min * n > 1.0 + 1e-9 {
        bilingual!(
            "“{node}”有 {children} 个下级，各不少于 {min}，合计超过 1",
            "`{node}` has {children} children, and shares of at least {min} exceed 1"
        )
    } else if max * n < 1.0 - 1e-9 {
        bilingual!(
            "“{node}”有 {children} 个下级，各不多于 {max}，合计不到 1",
            "`{node}` has {children} children, and shares of at most {max} do not reach 1"
        )
    } else {
        return None;
    };
    Some(Finding::new(Code::InfeasibleBounds, message, bilingual!("放宽界限", "widen the bounds")))
}

/// Checks that a policy that borrows from a group names one, and no other does.
pub(super) fn check_missing(tree: &Tree, document: &Document, findings: &mut Findings) {
    let groups: Vec<Group> = document.decode(&at!["group"]).unwrap_or_default();
    let top: Option<MissingPlan> = document.decode(&at!["missing"]).ok();
    if let Some(plan) = &top {
        check_plan(plan, &groups, &at!["missing"], document, findings);
    }
    for node in &tree.nodes {
        let path = [tree.path_of(&node.id), at!["missing"].to_vec()].concat();
        if let Some(plan) = &node.missing {
            check_plan(plan, &groups, &path, document, findings);
        }
        let policy = node.missing.as_ref().or(top.as_ref()).map(|plan| plan.policy);
        let compares = node.aggregate.as_ref().is_some_and(Aggregation::compares);
        if compares && policy == Some(MissingPolicy::GroupScore) {
            let id = &node.id;
            let finding = Finding::new(
                Code::BadValue,
                bilingual!(
                    "“{id}”的汇总办法在单位之间比较，不能用分组均分代替缺失的得分",
                    "the method of `{id}` compares units, and no group's mean can stand in for a score there"
                ),
                bilingual!(
                    "在此节点写 `missing = {{ policy = \"require-all\" }}`",
                    "write `missing = {{ policy = \"require-all\" }}` in this node"
                ),
            );
            findings.push(finding.at(document.place(&[tree.path_of(id), at!["id"].to_vec()].concat())));
        }
    }
}

fn check_plan(
    plan: &MissingPlan,
    groups: &[Group],
    path: &[Step],
    document: &Document,
    findings: &mut Findings,
) {
    let at = |key: &str| document.place(&[path, &[Step::from(key)]].concat());
    match (plan.policy, &plan.group) {
        (MissingPolicy::GroupScore, None) => {
            let finding = Finding::new(
                Code::MissingKey,
                bilingual!("`group-score` 没有写 `group`", "`group-score` names no `group`"),
                bilingual!("加上 `group = \"分组的标识\"`", "add `group = \"id of a group\"`"),
            );
            findings.push(finding.at(at("policy")));
        }
        (MissingPolicy::GroupScore, Some(group)) => {
            if groups.iter().all(|known| known.id != *group) {
                let name = shown(group.as_str());
                let finding = Finding::new(
                    Code::UnknownReference,
                    bilingual!("没有名为“{name}”的分组", "there is no group `{name}`"),
                    bilingual!("先用 `[[group]]` 声明它", "declare it with `[[group]]` first"),
                );
                findings.push(finding.at(at("group")));
            }
        }
        (_, Some(_)) => {
            let finding = Finding::new(
                Code::BadValue,
                bilingual!("只有 `group-score` 用 `group`", "only `group-score` reads `group`"),
                bilingual!(
                    "删去 `group`，或写 `policy = \"group-score\"`",
                    "delete `group`, or write `policy = \"group-score\"`"
                ),
            );
            findings.push(finding.at(at("group")));
        }
        (_, None) => {}
    }
}
