use super::{Search, Tree};
use crate::definitions::document::{Document, at};
use crate::diagnostics::{Bilingual, Code, Finding, Findings, Place, bilingual, shown};
use crate::model::Id;

/// Checks that parents and the index are nodes that take them, and that what
/// has no parent has no weight.
pub(super) fn check(tree: &Tree, index: Option<&Id>, document: &Document, findings: &mut Findings) {
    if let Some(index) = index {
        findings.extend(no_node(tree, index, document.place(&at!["index"])));
    }
    for (id, parent, weight) in tree.members() {
        match parent {
            Some(_) if tree.node(id).is_some_and(|node| node.companion) => {
                findings.push(companion(id).at(tree.place(id, "parent", document)));
            }
            Some(parent) => {
                let place = tree.place(id, "parent", document);
                findings.extend(no_node(tree, parent, place.clone()));
                findings.extend(takes_no_children(tree, parent, place));
            }
            None if weight.is_some() => {
                findings.push(idle_weight(id).at(tree.place(id, "weight", document)));
            }
            None => {}
        }
    }
}

fn no_node(tree: &Tree, id: &Id, place: Place) -> Option<Finding> {
    let name = shown(id.as_str());
    let (message, help) = match tree.find(id) {
        Search::Unknown(near) => {
            let help = near.map_or_else(
                || bilingual!("先用 `[[node]]` 声明它", "declare it with `[[node]]` first"),
                |near| bilingual!("是否想写 `{near}`？", "did you mean `{near}`?"),
            );
            (bilingual!("没有名为“{name}”的节点", "there is no node `{name}`"), help)
        }
        Search::Declared if tree.is_indicator(id) => (
            bilingual!("“{name}”是指标，不是节点", "`{name}` is an indicator, not a node"),
            bilingual!("写节点的标识", "write the id of a node"),
        ),
        Search::Declared | Search::Doubtful => return None,
    };
    Some(Finding::new(Code::UnknownReference, message, help).at(place))
}

fn takes_no_children(tree: &Tree, parent: &Id, place: Place) -> Option<Finding> {
    tree.node(parent).filter(|node| node.formula.is_some() && node.aggregate.is_none())?;
    let message = bilingual!(
        "节点“{parent}”由公式计算，不汇总下级",
        "the node `{parent}` has a formula and takes no children"
    );
    let help = bilingual!(
        "删去此 `parent`，在公式中直接写标识",
        "leave out this `parent` and write the id in the formula"
    );
    Some(not_allowed(message, help).at(place))
}

fn companion(id: &Id) -> Finding {
    not_allowed(
        bilingual!(
            "“{id}”是 `companion`，单独列出，不计入上级，不能有 `parent`",
            "`{id}` is a companion: it is not counted and can have no parent"
        ),
        bilingual!(
            "删去 `parent`，或删去 `companion = true`",
            "delete `parent`, or delete `companion = true`"
        ),
    )
}

fn idle_weight(id: &Id) -> Finding {
    not_allowed(
        bilingual!("“{id}”有权重而没有 `parent`", "`{id}` has a weight and no parent"),
        bilingual!("写上 `parent`，或删去 `weight`", "give it a `parent`, or delete `weight`"),
    )
}

fn not_allowed(message: Bilingual, help: Bilingual) -> Finding {
    Finding::new(Code::BadValue, message, help)
}
