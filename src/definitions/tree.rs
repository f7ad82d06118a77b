use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;

use super::document::{Document, Step, at};
use crate::diagnostics::{Code, Finding, Findings, Place, Position, bilingual, did_you_mean};
use crate::model::{Id, Weights};
use crate::plan::{Formula, IndicatorSpec, NodeSpec};

/// The nodes and indicators of a framework that have their shape, and the ids
/// of those that have not.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<NodeSpec>,
    pub(super) indicators: Vec<IndicatorSpec>,
    /// The formulas that could be read, by node.
    pub(super) formulas: HashMap<Id, Formula>,
    /// Every declared id with its path; the first declaration wins.
    declared: IndexMap<Id, Declared>,
}

#[derive(Debug)]
struct Declared {
    path: [Step; 2],
    is_node: bool,
    /// Its declaration has faults, so nothing may be concluded from it.
    unclear: bool,
}

impl Tree {
    /// Notes the declaration at `list[index]`, as a node or an indicator.
    pub(super) fn declare(
        &mut self,
        list: &'static str,
        index: usize,
        unclear: bool,
        document: &Document,
        findings: &mut Findings,
    ) {
        let at = at![list, index];
        let id_at = at![list, index, "id"];
        let Some(id) = document.text(&id_at).map(Id::new) else { return };
        if let Some(first) = self.declared.get(&id) {
            let line = line(&document.place(&[&first.path[..], &[Step::from("id")]].concat()));
            findings.push(
                Finding::new(
                    Code::DuplicateId,
                    bilingual!(
                        "标识“{id}”重复，第 {line} 行已用过",
                        "the id `{id}` is used twice, first on line {line}"
                    ),
                    bilingual!(
                        "给其中一个改名；指标与节点共用一套标识",
                        "rename one of them; indicators and nodes share one set of ids"
                    ),
                )
                .at(document.place(&id_at)),
            );
            return;
        }
        self.declared.insert(id, Declared { path: at, is_node: list == "node", unclear });
    }

    /// The path of a declared id.
    pub(super) fn path_of(&self, id: &Id) -> Vec<Step> {
        self.declared.get(id).map(|declared| declared.path.to_vec()).unwrap_or_default()
    }

    /// Whether `id` is declared, and if not, the declared id most like it.
    pub(super) fn find(&self, id: &str) -> Result<(), Option<&str>> {
        if self.declared.contains_key(id) {
            return Ok(());
        }
        Err(did_you_mean(id, self.declared.keys().map(Id::as_str)))
    }

    /// The children of a node with their declared weights, in the order of the
    /// framework: nodes first, then indicators.
    pub(super) fn children(&self, parent: &Id) -> Vec<(&Id, Option<f64>)> {
        let nodes = self.nodes.iter().map(|node| (&node.id, &node.parent, node.weight));
        let indicators = self.indicators.iter().map(|one| (&one.id, &one.parent, one.weight));
        nodes
            .chain(indicators)
            .filter(|(_, of, _)| of.as_ref() == Some(parent))
            .map(|(id, _, weight)| (id, weight))
            .collect()
    }

    /// The weights of a node's children, when they make weights.
    pub(super) fn weights(&self, parent: &Id) -> Option<Weights> {
        let shares: Vec<f64> =
            self.children(parent).iter().map(|(_, weight)| weight.unwrap_or(1.0)).collect();
        Weights::from_shares(&shares).ok()
    }

    /// Checks references, weights, cycles and orphans.
    pub(super) fn check(&self, index: Option<&Id>, document: &Document, findings: &mut Findings) {
        if let Some(index) = index {
            self.check_reference(index, &at!["index"], document, findings);
        }
        let nodes = self.nodes.iter().map(|node| (&node.id, node.parent.as_ref()));
        let indicators = self.indicators.iter().map(|one| (&one.id, one.parent.as_ref()));
        for (id, parent) in nodes.chain(indicators) {
            if let Some(parent) = parent {
                let at = [self.path_of(id), vec![Step::from("parent")]].concat();
                self.check_reference(parent, &at, document, findings);
                self.check_takes_children(parent, &at, document, findings);
            }
        }
        for node in self.nodes.iter().filter(|node| node.aggregate.is_some()) {
            self.check_weights(&node.id, document, findings);
        }
        let cyclic = self.check_cycles(document, findings);
        self.check_orphans(index, &cyclic, document, findings);
    }

    /// The nodes with everything a node reads before it. Complete when there is
    /// no cycle.
    pub(super) fn evaluation_order(&self) -> Vec<&NodeSpec> {
        let graph = self.graph();
        let order = tarjan_scc(&graph).into_iter().flatten().filter_map(|at| graph.node_weight(at));
        order.filter_map(|id| self.nodes.iter().find(|node| node.id == **id)).collect()
    }

    fn check_reference(&self, id: &Id, at: &[Step], document: &Document, findings: &mut Findings) {
        if let Err(near) = self.find(id.as_str()) {
            let help = match near {
                Some(near) => bilingual!("是否想写 `{near}`？", "did you mean `{near}`?"),
                None => bilingual!("先用 `[[node]]` 声明它", "declare it with `[[node]]` first"),
            };
            findings.push(
                Finding::new(
                    Code::UnknownReference,
                    bilingual!("没有名为“{id}”的节点", "there is no node `{id}`"),
                    help,
                )
                .at(document.place(at)),
            );
        } else if self.declared.get(id).is_some_and(|declared| !declared.is_node) {
            findings.push(
                Finding::new(
                    Code::UnknownReference,
                    bilingual!("“{id}”是指标，不是节点", "`{id}` is an indicator, not a node"),
                    bilingual!("写节点的标识", "write the id of a node"),
                )
                .at(document.place(at)),
            );
        }
    }

    fn check_takes_children(&self, parent: &Id, at: &[Step], document: &Document, findings: &mut Findings) {
        let by_formula = self.nodes.iter().any(|node| node.id == *parent && node.formula.is_some());
        if by_formula {
            findings.push(
                Finding::new(
                    Code::BadValue,
                    bilingual!(
                        "节点“{parent}”由公式计算，不汇总下级",
                        "the node `{parent}` has a formula and takes no children"
                    ),
                    bilingual!(
                        "删去此 `parent`，在公式中直接写标识",
                        "leave out this `parent` and write the id in the formula"
                    ),
                )
                .at(document.place(at)),
            );
        }
    }

    fn check_weights(&self, parent: &Id, document: &Document, findings: &mut Findings) {
        let children = self.children(parent);
        let mut report = |id: &Id, key: &str, code, message, help| {
            let at = [self.path_of(id), vec![Step::from(key)]].concat();
            findings.push(Finding::new(code, message, help).at(document.place(&at)));
        };
        if children.is_empty() {
            let awaited = self.declared.values().any(|declared| declared.unclear);
            if !awaited {
                report(
                    parent,
                    "id",
                    Code::EmptyNode,
                    bilingual!("节点“{parent}”没有下级", "the node `{parent}` has nothing under it"),
                    bilingual!(
                        "给某个指标或节点写 `parent = \"{parent}\"`，或删去此节点",
                        "write `parent = \"{parent}\"` in an indicator or node, or delete this node"
                    ),
                );
            }
            return;
        }
        for (id, weight) in &children {
            if let Some(weight) = weight.filter(|weight| !weight.is_finite() || *weight < 0.0) {
                report(
                    id,
                    "weight",
                    Code::NegativeWeight,
                    bilingual!(
                        "“{id}”的权重 {weight} 不是非负数",
                        "the weight {weight} of `{id}` is not zero or more"
                    ),
                    bilingual!(
                        "写 0 或正数；越低越好用 `direction = \"lower\"`",
                        "write 0 or more; where lower is better, say `direction = \"lower\"`"
                    ),
                );
            }
        }
        let (stated, silent): (Vec<_>, Vec<_>) = children.iter().partition(|(_, weight)| weight.is_some());
        match (stated.as_slice(), silent.as_slice()) {
            ([_, ..], [(first, _), ..]) => report(
                first,
                "id",
                Code::PartialWeights,
                bilingual!(
                    "“{parent}”的下级有的写了权重，“{first}”没有写",
                    "some children of `{parent}` have a weight and `{first}` has none"
                ),
                bilingual!(
                    "都写权重，或都不写（即等权）",
                    "give all of them a weight, or none (equal weights)"
                ),
            ),
            ([_, ..], []) if children.iter().all(|(_, weight)| *weight == Some(0.0)) => report(
                parent,
                "id",
                Code::ZeroWeights,
                bilingual!(
                    "“{parent}”下级的权重之和为零",
                    "the weights of the children of `{parent}` sum to zero"
                ),
                bilingual!("至少给一个下级写正的权重", "give at least one child a positive weight"),
            ),
            _ => {}
        }
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

    fn edges(&self) -> Vec<(&Id, &Id)> {
        let nodes = self.nodes.iter().filter_map(|node| Some((node.parent.as_ref()?, &node.id)));
        let indicators = self.indicators.iter().filter_map(|one| Some((one.parent.as_ref()?, &one.id)));
        let formulas = self
            .formulas
            .iter()
            .flat_map(|(node, formula)| formula.names().iter().map(move |name| (node, name)));
        nodes.chain(indicators).chain(formulas).collect()
    }

    fn check_cycles(&self, document: &Document, findings: &mut Findings) -> HashSet<Id> {
        let graph = self.graph();
        let mut cyclic = HashSet::new();
        for component in tarjan_scc(&graph) {
            let own_input = component.first().is_some_and(|at| graph.contains_edge(*at, *at));
            if component.len() < 2 && !own_input {
                continue;
            }
            let mut ids: Vec<&Id> =
                component.iter().filter_map(|at| graph.node_weight(*at).copied()).collect();
            ids.sort_by_key(|id| self.declared.get_index_of(*id));
            let Some(first) = ids.first() else { continue };
            let circle = ids.iter().chain([first]).map(|id| id.as_str()).collect::<Vec<_>>().join(" → ");
            findings.push(
                Finding::new(
                    Code::Cycle,
                    bilingual!("节点绕成一圈：{circle}", "nodes depend on themselves: {circle}"),
                    bilingual!(
                        "改其中一个的 `parent` 或公式",
                        "change the `parent` or the formula of one of them"
                    ),
                )
                .at(document.place(&[self.path_of(first), vec![Step::from("id")]].concat())),
            );
            cyclic.extend(ids.into_iter().cloned());
        }
        cyclic
    }

    /// Reports what neither the index nor a companion depends on. Whatever has
    /// another fault counts as depended upon.
    fn check_orphans(
        &self,
        index: Option<&Id>,
        cyclic: &HashSet<Id>,
        document: &Document,
        findings: &mut Findings,
    ) {
        let Some(index) = index.filter(|index| self.find(index.as_str()).is_ok()) else { return };
        let companions = self.nodes.iter().filter(|node| node.companion).map(|node| &node.id);
        let unclear = self.declared.iter().filter(|(_, declared)| declared.unclear).map(|(id, _)| id);
        let lost = self.nodes.iter().filter(|node| {
            node.parent.as_ref().is_some_and(|parent| self.find(parent.as_str()).is_err())
                || node.formula.is_some() && !self.formulas.contains_key(&node.id)
        });
        let mut reached: HashSet<&Id> = HashSet::new();
        let mut open: Vec<&Id> =
            companions.chain(unclear).chain(lost.map(|node| &node.id)).chain([index]).chain(cyclic).collect();
        let edges = self.edges();
        while let Some(id) = open.pop() {
            if reached.insert(id) {
                open.extend(edges.iter().filter(|(reader, _)| *reader == id).map(|(_, read)| *read));
            }
        }
        let unreadable_formula =
            self.nodes.iter().any(|node| node.formula.is_some() && !self.formulas.contains_key(&node.id));
        for (id, declared) in &self.declared {
            let parent_unknown = |parent: &Option<Id>| {
                parent.as_ref().is_some_and(|parent| self.find(parent.as_str()).is_err())
            };
            let excused = !declared.is_node
                && self.indicators.iter().any(|one| {
                    one.id == *id
                        && (parent_unknown(&one.parent) || one.parent.is_none() && unreadable_formula)
                });
            if reached.contains(id) || excused {
                continue;
            }
            findings.push(
                Finding::new(
                    Code::Orphan,
                    bilingual!("没有任何结果用到“{id}”", "no result depends on `{id}`"),
                    if declared.is_node {
                        bilingual!("写 `parent`、在公式中用它，或写 `companion = true` 单独列出", "give it a `parent`, use it in a formula, or report it beside the index with `companion = true`")
                    } else {
                        bilingual!("写 `parent`、在公式中用它，或删去", "give it a `parent`, use it in a formula, or delete it")
                    },
                )
                .at(document.place(&[declared.path.to_vec(), vec![Step::from("id")]].concat())),
            );
        }
    }
}

fn line(place: &Place) -> usize {
    match place.position {
        Some(Position::Text { line, .. }) => line,
        _ => 0,
    }
}
