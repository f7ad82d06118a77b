use std::collections::{HashMap, HashSet, VecDeque};

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::Tree;
use crate::definitions::document::Document;
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::model::Id;

/// Reports nodes that depend on themselves, once for all that hang together,
/// and gives them.
pub(super) fn check(tree: &Tree, document: &Document, findings: &mut Findings) -> HashSet<Id> {
    let graph = tree.graph();
    let mut cyclic = HashSet::new();
    for component in tarjan_scc(&graph) {
        let order = |at: &&NodeIndex| tree.declared.get_index_of(*graph.node_weight(**at)?);
        let Some(first) = component.iter().min_by_key(order) else { continue };
        let Some(circle) = circle(&graph, *first) else { continue };
        let ids: Vec<&str> =
            circle.iter().filter_map(|at| graph.node_weight(*at)).map(|id| id.as_str()).collect();
        let shown = ids.join(" → ");
        let finding = Finding::new(
            Code::Cycle,
            bilingual!("循环依赖：{shown}", "nodes depend on themselves: {shown}"),
            bilingual!("改其中一个的 `parent` 或公式", "change the `parent` or the formula of one of them"),
        );
        findings.extend(graph.node_weight(*first).map(|id| finding.at(tree.place(id, "id", document))));
        cyclic.extend(component.iter().filter_map(|at| graph.node_weight(*at)).map(|id| (*id).clone()));
    }
    cyclic
}

/// A shortest way from `start` back to it, from reader to read, both ends
/// included.
fn circle(graph: &DiGraph<&Id, ()>, start: NodeIndex) -> Option<Vec<NodeIndex>> {
    let mut came_from: HashMap<NodeIndex, NodeIndex> = HashMap::new();
    let mut open = VecDeque::from([start]);
    while let Some(at) = open.pop_front() {
        for next in graph.neighbors(at) {
            if next == start {
                let back = std::iter::successors(Some(at), |at| came_from.get(at).copied());
                let mut way: Vec<NodeIndex> = back.collect();
                way.reverse();
                way.push(start);
                return Some(way);
            }
            came_from.entry(next).or_insert_with(|| {
                open.push_back(next);
                at
            });
        }
    }
    None
}
