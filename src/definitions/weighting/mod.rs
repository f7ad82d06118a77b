//! Weighting schemes, sets of weights and the parameters of aggregations: that
//! they fit the children of their node.

mod bounds;
mod experts;
mod schemes;
mod sets;

pub use experts::AwaitedExperts;

use indexmap::IndexMap;

use super::document::{Document, Step};
use super::tree::Tree;
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::model::{Id, Weights};
use crate::plan::{Aggregation, Framework, NodeSpec, Rule, WeightOverride};

/// Checks every node's scheme and method, and the sets of weights.
pub(super) fn check(tree: &Tree, document: &Document, findings: &mut Findings) {
    for node in &tree.nodes {
        let at = tree.path_of(&node.id);
        let children = tree.children(&node.id);
        if children.is_empty() {
            continue;
        }
        let ids: Vec<&Id> = children.iter().map(|(id, _)| *id).collect();
        idle(node, &children, &at, document, findings);
        if let Some(weighting) = &node.weighting {
            schemes::check(node, weighting, &ids, &at, document, findings);
        }
        if let Some(method) = &node.aggregate {
            bounds::check(node, method, ids.len(), &at, document, findings);
        }
    }
    bounds::check_missing(tree, document, findings);
    sets::check(tree, document, findings);
}

/// Weights that nothing reads: the scheme has its own, or the method reads none.
fn idle(
    node: &NodeSpec,
    children: &[(&Id, Option<f64>)],
    at: &[Step],
    document: &Document,
    findings: &mut Findings,
) {
    let parent = &node.id;
    let scheme = node.weighting.as_ref().filter(|weighting| !weighting.is_given());
    let reads_none = node.aggregate.as_ref().is_some_and(|method| !method.reads_weights());
    if scheme.is_some() && reads_none {
        let finding = Finding::new(
            Code::IdleWeights,
            bilingual!(
                "“{parent}”的汇总办法不用权重，`weighting` 不起作用",
                "the method of `{parent}` reads no weights, so its `weighting` does nothing"
            ),
            bilingual!("删去 `weighting`，或换一种汇总办法", "delete `weighting`, or choose another method"),
        );
        findings.push(finding.at(document.place(&[at, &[Step::from("weighting")]].concat())));
    }
    let stated: Vec<f64> = children.iter().filter_map(|(_, weight)| *weight).collect();
    let differ = stated.windows(2).any(|pair| matches!(pair, [a, b] if a != b));
    let ignored = (scheme.is_some() && !stated.is_empty()) || (reads_none && differ);
    if ignored {
        let (who_zh, who_en) =
            if scheme.is_some() { ("加权办法", "weighting") } else { ("汇总办法", "method") };
        let finding = Finding::new(
            Code::IdleWeights,
            bilingual!(
                "“{parent}”的下级写了权重，但{who_zh}不用它们",
                "children of `{parent}` state weights that its {who_en} does not read"
            ),
            bilingual!(
                "删去下级的 `weight`，或换一种办法",
                "delete the `weight` of the children, or choose another one"
            ),
        );
        findings.push(finding.at(document.place(&[at, &[Step::from("id")]].concat())));
    }
}

/// The rule of a node that aggregates its children.
pub(super) fn rule(
    framework: &Framework,
    tree: &Tree,
    node: &NodeSpec,
    method: &Aggregation,
) -> Option<Rule> {
    let children: Vec<Id> = tree.children(&node.id).into_iter().map(|(id, _)| id.clone()).collect();
    let weighting = node.weighting.clone().unwrap_or_default();
    let used = framework.weight_sets.iter().find(|set| Some(&set.id) == framework.use_weights.as_ref());
    let from_set = used.filter(|_| weighting.is_given()).and_then(|set| ordered(&set.shares, &children));
    let own = || tree.children(&node.id).iter().map(|(_, weight)| weight.unwrap_or(1.0)).collect();
    let shares: Vec<f64> = weighting.stated(&children).or(from_set).unwrap_or_else(own);
    let total = shares.iter().sum();
    let method = match method {
        Aggregation::WeightedSum { total: None } => Aggregation::WeightedSum { total: Some(total) },
        method => method.clone(),
    };
    let overrides = framework.group_weights.iter().filter(|one| one.node == node.id).map(|one| {
        let weights = Weights::from_shares(&ordered(&one.shares, &children)?).ok()?;
        Some(WeightOverride { group: one.group.clone(), member: one.member.clone(), weights })
    });
    Some(Rule::Aggregate {
        method,
        weights: Weights::from_shares(&shares).ok()?,
        missing: node.missing.clone().unwrap_or_else(|| framework.missing.clone()),
        weighting,
        overrides: overrides.collect::<Option<_>>()?,
        children,
    })
}

/// The shares of all children in their order; `None` if one has none.
fn ordered(shares: &IndexMap<Id, f64>, children: &[Id]) -> Option<Vec<f64>> {
    children.iter().map(|child| shares.get(child).copied()).collect()
}

/// Whether `of` names every child once and nothing else.
fn fits(of: &[Id], children: &[&Id]) -> bool {
    of.len() == children.len() && children.iter().all(|child| of.contains(child))
}

/// The finding for names that are not those of the children.
fn unfit(node: &Id, children: &[&Id]) -> Finding {
    let list = children.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(", ");
    Finding::new(
        Code::WeightsUnfit,
        bilingual!("列出的不正好是“{node}”的下级", "what is listed is not exactly the children of `{node}`"),
        bilingual!("写全部下级各一次：{list}", "write each child once: {list}"),
    )
}

/// Whether numbers make weights.
fn make_weights(shares: impl Iterator<Item = f64>) -> bool {
    Weights::from_shares(&shares.collect::<Vec<_>>()).is_ok()
}

/// The finding for numbers that make no weights.
fn no_weights(node: &Id) -> Finding {
    Finding::new(
        Code::WeightsUnfit,
        bilingual!("“{node}”的权重有负数，或全为零", "weights under `{node}` are negative, or all zero"),
        bilingual!("写 0 或正数，至少一个为正", "write 0 or more, at least one of them positive"),
    )
}
