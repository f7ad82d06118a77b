use std::collections::HashSet;

use super::Tree;
use crate::definitions::document::Document;
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::model::Id;

/// Checks that every node that takes a mean has children with usable weights.
/// Nodes on a cycle are left out: what is under them is not settled.
pub(super) fn check(tree: &Tree, cyclic: &HashSet<Id>, document: &Document, findings: &mut Findings) {
    let awaited = some_child_awaited(tree, cyclic);
    let means = tree.nodes.iter().filter(|node| node.aggregate.is_some() && node.formula.is_none());
    for node in means.filter(|node| !cyclic.contains(&node.id)) {
        let children = tree.children(&node.id);
        match children.as_slice() {
            [] if awaited => {}
            [] => findings.push(empty(&node.id).at(tree.place(&node.id, "id", document))),
            children => check_children(tree, &node.id, children, awaited, document, findings),
        }
    }
}

/// Whether a declaration with faults may be the child of any node.
fn some_child_awaited(tree: &Tree, cyclic: &HashSet<Id>) -> bool {
    let unclear = tree.declared.values().any(|declared| declared.unclear);
    let lost = tree.members().any(|(_, parent, _)| parent.is_some_and(|parent| !tree.is_declared(parent)));
    unclear || lost || tree.some_nameless || tree.some_list_lost || !cyclic.is_empty()
}

fn check_children(
    tree: &Tree,
    parent: &Id,
    children: &[(&Id, Option<f64>)],
    awaited: bool,
    document: &Document,
    findings: &mut Findings,
) {
    for (id, weight) in children {
        if let Some(weight) = weight.filter(|weight| !weight.is_finite() || *weight < 0.0) {
            let finding = negative(id, weight, tree.is_indicator(id));
            findings.push(finding.at(tree.place(id, "weight", document)));
        }
    }
    let silent = children.iter().find(|(_, weight)| weight.is_none());
    let some_stated = children.iter().any(|(_, weight)| weight.is_some());
    match silent {
        Some((first, _)) if some_stated => {
            findings.push(partial(parent, first).at(tree.place(first, "id", document)));
        }
        None if !awaited && children.iter().all(|(_, weight)| *weight == Some(0.0)) => {
            findings.push(zero(parent).at(tree.place(parent, "id", document)));
        }
        _ => {}
    }
}

fn empty(node: &Id) -> Finding {
    Finding::new(
        Code::EmptyNode,
        bilingual!("节点“{node}”没有下级", "the node `{node}` has nothing under it"),
        bilingual!(
            "给某个指标或节点写 `parent = \"{node}\"`，或删去此节点",
            "write `parent = \"{node}\"` in an indicator or node, or delete this node"
        ),
    )
}

fn negative(id: &Id, weight: f64, is_indicator: bool) -> Finding {
    let help = match is_indicator {
        true => bilingual!(
            "写 0 或正数；越低越好用 `direction = \"lower\"`",
            "write 0 or more; where lower is better, say `direction = \"lower\"`"
        ),
        false => bilingual!("写 0 或正数", "write 0 or more"),
    };
    Finding::new(
        Code::NegativeWeight,
        bilingual!("“{id}”的权重 {weight} 是负数", "the weight {weight} of `{id}` is negative"),
        help,
    )
}

fn partial(parent: &Id, silent: &Id) -> Finding {
    Finding::new(
        Code::PartialWeights,
        bilingual!(
            "“{parent}”的下级有的写了权重，“{silent}”没有写",
            "some children of `{parent}` have a weight and `{silent}` has none"
        ),
        bilingual!("都写权重，或都不写（即等权）", "give all of them a weight, or none (equal weights)"),
    )
}

fn zero(parent: &Id) -> Finding {
    Finding::new(
        Code::ZeroWeights,
        bilingual!("“{parent}”下级的权重之和为零", "the weights of the children of `{parent}` sum to zero"),
        bilingual!("至少给一个下级写正的权重", "give at least one child a positive weight"),
    )
}
