//! The nodes and indicators of a framework as a graph, and what can be wrong
//! with it: one idea per file.

mod cycles;
mod orphans;
mod references;
mod weights;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;

use super::document::{Document, Step, at};
use crate::diagnostics::{Code, Finding, Findings, Place, Position, bilingual, did_you_mean, shown};
use crate::model::Id;
use crate::plan::{Formula, IndicatorSpec, NodeSpec};

/// The nodes and indicators of a framework that have their shape, and the ids
/// of those that have not.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<NodeSpec>,
    pub(super) indicators: Vec<IndicatorSpec>,
    /// The formulas that could be read, by node.
    pub(super) formulas: HashMap<Id, Formula>,
    /// What the gates of the rating read.
    pub(super) read_by_gates: Vec<Id>,
    /// Every declared id with its path; the first declaration wins.
    declared: IndexMap<Id, Declared>,
    /// A declaration has no id of its own, so any unknown id may be its.
    some_nameless: bool,
    /// The declaration of a node cannot be used.
    some_node_lost: bool,
    /// A list is missing or misspelt, so any unknown id may be in it.
    some_list_lost: bool,
}

#[derive(Debug)]
struct Declared {
    path: [Step; 2],
    is_node: bool,
    /// Its declaration has faults, so nothing may be concluded from it.
    unclear: bool,
}

/// What is known of an id that something refers to.
pub(super) enum Search<'a> {
    /// It is declared.
    Declared,
    /// It may be what a declaration with faults was to declare.
    Doubtful,
    /// It is not declared; this declared id is most like it.
    Unknown(Option<&'a str>),
}

impl Tree {
    /// Notes the declaration at `list[index]`, as a node or an indicator. False
    /// if its id is missing or taken: then it is no part of the tree.
    pub(super) fn declare(
        &mut self,
        list: &'static str,
        index: usize,
        unclear: bool,
        document: &Document,
        findings: &mut Findings,
    ) -> bool {
        let at = at![list, index];
        let id_at = at![list, index, "id"];
        let id = document.text(&id_at).map(Id::new);
        let taken = id.as_ref().and_then(|id| self.declared.get(id));
        if let (Some(id), Some(first)) = (&id, taken) {
            let line = line(&document.place(&[&first.path[..], &[Step::from("id")]].concat()));
            findings.push(duplicate(id, line).at(document.place(&id_at)));
        }
        let refused = taken.is_some() || id.is_none();
        self.some_nameless |= refused;
        self.some_node_lost |= list == "node" && (refused || unclear);
        if let Some(id) = id.filter(|_| !refused) {
            self.declared.insert(id, Declared { path: at, is_node: list == "node", unclear });
        }
        !refused
    }

    /// Notes that a list of nodes or indicators is missing or seems to stand
    /// under another name.
    pub(super) fn doubt_lists(&mut self) {
        self.some_list_lost = true;
    }

    /// The path of a declared id.
    pub(super) fn path_of(&self, id: &Id) -> Vec<Step> {
        self.declared.get(id).map(|declared| declared.path.to_vec()).unwrap_or_default()
    }

    /// Whether `id` is declared.
    pub(super) fn find(&self, id: &Id) -> Search<'_> {
        if self.declared.contains_key(id) {
            return Search::Declared;
        }
        if self.some_list_lost {
            return Search::Doubtful;
        }
        match did_you_mean(id.as_str(), self.declared.keys().map(Id::as_str)) {
            Some(near) if !Id::is_valid(near) => Search::Doubtful,
            None if self.some_nameless => Search::Doubtful,
            near => Search::Unknown(near),
        }
    }

    /// The children of a node with their declared weights, in the order of the
    /// framework: nodes first, then indicators.
    pub(super) fn children(&self, parent: &Id) -> Vec<(&Id, Option<f64>)> {
        let members = self.members();
        members.filter(|(_, of, _)| *of == Some(parent)).map(|(id, _, weight)| (id, weight)).collect()
    }

    /// The node that something counts towards.
    pub(super) fn parent_of(&self, id: &Id) -> Option<&Id> {
        self.members().find(|(member, ..)| *member == id).and_then(|(_, parent, _)| parent)
    }

    /// Checks references, weights, cycles and orphans.
    pub(super) fn check(&self, index: Option<&Id>, document: &Document, findings: &mut Findings) {
        references::check(self, index, document, findings);
        let cyclic = cycles::check(self, document, findings);
        weights::check(self, &cyclic, document, findings);
        orphans::check(self, index, &cyclic, document, findings);
    }

    /// The nodes with everything a node reads before it. Complete when there is
    /// no cycle.
    pub(super) fn evaluation_order(&self) -> Vec<&NodeSpec> {
        let graph = self.graph();
        let order = tarjan_scc(&graph).into_iter().flatten().filter_map(|at| graph.node_weight(at));
        order.filter_map(|id| self.nodes.iter().find(|node| node.id == **id)).collect()
    }

    /// Nodes, then indicators, with parent and weight.
    fn members(&self) -> impl Iterator<Item = (&Id, Option<&Id>, Option<f64>)> {
        let nodes = self.nodes.iter().map(|node| (&node.id, node.parent.as_ref(), node.weight));
        let indicators = self.indicators.iter().map(|one| (&one.id, one.parent.as_ref(), one.weight));
        nodes.chain(indicators)
    }

    fn node(&self, id: &Id) -> Option<&NodeSpec> {
        self.nodes.iter().find(|node| node.id == *id)
    }

    fn is_indicator(&self, id: &Id) -> bool {
        self.declared.get(id).is_some_and(|declared| !declared.is_node)
    }

    fn is_declared(&self, id: &Id) -> bool {
        self.declared.contains_key(id)
    }

    /// Where the value of a key of a declaration stands.
    fn place(&self, id: &Id, key: &str, document: &Document) -> Place {
        document.place(&[self.path_of(id), vec![Step::from(key)]].concat())
    }

    /// Everything declared, with an edge from each node to what it reads.
    fn graph(&self) -> DiGraph<&Id, ()> {
        let mut graph = DiGraph::new();
        let at: HashMap<&Id, _> = self.declared.keys().map(|id| (id, graph.add_node(id))).collect();
        for (reader, read) in self.edges() {
            if let (Some(reader), Some(read)) = (at.get(reader), at.get(read)) {
                graph.update_edge(*reader, *read, ());
            }
        }
        graph
    }

    /// Who reads whom.
    fn edges(&self) -> Vec<(&Id, &Id)> {
        let children = self.members().filter_map(|(id, parent, _)| Some((parent?, id)));
        let formulas = self
            .formulas
            .iter()
            .flat_map(|(node, formula)| formula.names().iter().map(move |name| (node, name)));
        children.chain(formulas).collect()
    }
}

fn duplicate(id: &Id, line: usize) -> Finding {
    let id = shown(id.as_str());
    Finding::new(
        Code::DuplicateId,
        bilingual!("标识“{id}”重复，第 {line} 行已用过", "the id `{id}` is used twice, first on line {line}"),
        bilingual!(
            "给其中一个改名；指标与节点共用一套标识",
            "rename one of them; indicators and nodes share one set of ids"
        ),
    )
}

fn line(place: &Place) -> usize {
    match place.position {
        Some(Position::Text { line, .. }) => line,
        _ => 0,
    }
}

/// Everything that can be reached from `roots` along `edges`.
fn reached<'a>(roots: impl Iterator<Item = &'a Id>, edges: &[(&'a Id, &'a Id)]) -> HashSet<&'a Id> {
    let mut reached: HashSet<&Id> = HashSet::new();
    let mut open: Vec<&Id> = roots.collect();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(edges.iter().filter(|(reader, _)| *reader == id).map(|(_, read)| *read));
        }
    }
    reached
}
