use std::collections::HashSet;

use super::{Declared, Search, Tree, reached};
use crate::definitions::document::{Document, at};
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::model::Id;

/// Reports what neither the index, a companion nor a gate depends on; of several that
/// depend on each other, the topmost. Whatever has another fault counts as
/// depended upon, and nothing is said while a rule is in doubt, which may be
/// what reads the rest.
pub(super) fn check(
    tree: &Tree,
    index: Option<&Id>,
    cyclic: &HashSet<Id>,
    document: &Document,
    findings: &mut Findings,
) {
    let Some(index) = index.filter(|index| tree.node(index).is_some()) else { return };
    if some_rule_in_doubt(tree) {
        return;
    }
    let edges = tree.edges();
    let companions = tree.nodes.iter().filter(|node| node.companion).map(|node| &node.id);
    let unclear = tree.declared.iter().filter(|(_, declared)| declared.unclear).map(|(id, _)| id);
    let misplaced = tree.members().filter(|(_, parent, weight)| match parent {
        Some(parent) => !tree.is_declared(parent),
        None => weight.is_some(),
    });
    let gates = tree.read_by_gates.iter();
    let shown: Vec<Id> = ["claimed", "achieved"]
        .iter()
        .filter_map(|key| document.text(&at!["reading", "false_closure", *key]).map(Id::new))
        .collect();
    let roots = companions
        .chain(gates)
        .chain(&shown)
        .chain(unclear)
        .chain(misplaced.map(|(id, ..)| id))
        .chain([index])
        .chain(cyclic);
    let reached = reached(roots, &edges);
    for (id, declared) in tree.declared.iter().filter(|(id, _)| !reached.contains(id)) {
        let is_read = edges.iter().any(|(reader, read)| *read == id && tree.is_declared(reader));
        if !is_read {
            findings.push(orphan(id, declared).at(tree.place(id, "id", document)));
        }
    }
}

/// Whether it is not known of every node what it reads.
fn some_rule_in_doubt(tree: &Tree) -> bool {
    let no_single_rule = tree.nodes.iter().any(|node| node.aggregate.is_some() == node.formula.is_some());
    let unread =
        tree.nodes.iter().any(|node| node.formula.is_some() && !tree.formulas.contains_key(&node.id));
    let mut names = tree.formulas.values().flat_map(|formula| formula.names());
    let unknown = names.any(|name| !matches!(tree.find(name), Search::Declared));
    tree.some_node_lost || tree.some_list_lost || no_single_rule || unread || unknown
}

fn orphan(id: &Id, declared: &Declared) -> Finding {
    let help = match declared.is_node {
        true => bilingual!(
            "写 `parent`、在公式中用它，或写 `companion = true` 单独列出",
            "give it a `parent`, use it in a formula, or report it beside the index with `companion = true`"
        ),
        false => bilingual!(
            "写 `parent`、在公式中用它，或删去",
            "give it a `parent`, use it in a formula, or delete it"
        ),
    };
    Finding::new(Code::Orphan, bilingual!("没有任何结果用到“{id}”", "no result depends on `{id}`"), help)
}
