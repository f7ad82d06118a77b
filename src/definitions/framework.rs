use crate::diagnostics::{Code, Finding, Findings, Place, bilingual};
use crate::input::TextFile;
use crate::model::Id;
use crate::plan::{
    Framework, Group, IndicatorPlan, NodePlan, NodeSpec, Plan, RatingPlan, Rule, framework_schema,
};

use super::document::{Document, Step, at};
use super::ids::check_unique;
use super::shape::{self, Faults};
use super::tree::Tree;
use super::{contexts, evidence, formulas, methods, rating, reading, stages, weighting};

/// A checked framework with what it runs and where it was written.
#[derive(Clone, Debug)]
pub struct FrameworkDefinition {
    /// What is measured and how things are called.
    pub framework: Framework,
    /// What is run.
    pub plan: Plan,
    /// The file.
    pub document: Document,
}

impl FrameworkDefinition {
    /// Where a part is written that a finding is about: `["indicator", id, key]`,
    /// `["node", id, key]` or `[key]`. A key that is left out is where its table
    /// begins; a list that has no such id is nowhere.
    pub fn place_about(&self, part: &[String]) -> Option<Place> {
        let part: Vec<&str> = part.iter().map(String::as_str).collect();
        let listed = |list: &str, id: &str| {
            let is = |index: &usize| self.document.text(&at![list, *index, "id"]) == Some(id);
            (0..self.document.length(&at![list])).find(is)
        };
        let path: Vec<Step> = match part.as_slice() {
            [list @ ("indicator" | "node"), id, keys @ ..] => {
                let start = at![*list, listed(list, id)?].to_vec();
                let keyed: Vec<Step> =
                    start.iter().cloned().chain(keys.iter().map(|key| Step::from(*key))).collect();
                if self.document.node(&keyed).is_some() { keyed } else { start }
            }
            keys => keys.iter().map(|key| Step::from(*key)).collect(),
        };
        Some(self.document.place(&path))
    }
}

/// Reads and checks a framework file. Everything wrong with it is a finding;
/// `None` if any of that is an error.
pub fn parse_framework(file: TextFile, findings: &mut Findings) -> Option<FrameworkDefinition> {
    let mut own = Findings::new();
    let definition = parse(file, &mut own);
    let sound = !own.has_errors();
    findings.append(own);
    definition.filter(|_| sound)
}

fn parse(file: TextFile, findings: &mut Findings) -> Option<FrameworkDefinition> {
    let document = Document::parse(file, findings)?;
    let faults = shape::check(&document, &framework_schema(), findings);
    let mut tree = read_tree(&document, &faults, findings);
    let plan: Option<RatingPlan> = document.decode(&at!["rating"]).ok();
    let plan = plan.filter(|_| !faults.within(&at!["rating"]));
    tree.read_by_gates = plan.as_ref().map(rating::read_by_gates).unwrap_or_default();
    let index: Option<Id> = document.decode(&at!["index"]).ok();
    // Without any node, every reference would be a fault.
    if document.length(&at!["node"]) > 0 {
        tree.check(index.as_ref(), &document, findings);
    }
    formulas::check(&tree, &document, findings);
    let contexts = contexts::ids(&tree, &document, findings);
    stages::check(&tree, &contexts, &document, findings);
    for indicator in &tree.indicators {
        methods::check(indicator, &tree.path_of(&indicator.id), &document, findings);
    }
    if let Some(plan) = &plan {
        rating::check(plan, &tree, &document, findings);
    }
    weighting::check(&tree, &document, findings);
    if let Ok(groups) = document.decode::<Vec<Group>>(&at!["group"]) {
        check_groups(&groups, &document, findings);
    }
    reading::check(&tree, &document, findings);
    evidence::check(&tree, &document, findings);
    if findings.has_errors() {
        return None;
    }
    match document.decode::<Framework>(&[]) {
        Ok(framework) => {
            let plan = compile(&framework, &tree)?;
            evidence::check_shares(&framework, &plan, &document, findings);
            Some(FrameworkDefinition { framework, plan, document })
        }
        Err(problem) => {
            findings.push(
                Finding::new(
                    Code::BadValue,
                    bilingual!("无法读懂框架：{problem}", "the framework cannot be read: {problem}"),
                    bilingual!(
                        "对照 `benchline schema framework`",
                        "compare it with `benchline schema framework`"
                    ),
                )
                .at(document.place(&[])),
            );
            None
        }
    }
}

fn read_tree(document: &Document, faults: &Faults, findings: &mut Findings) -> Tree {
    let mut tree = Tree::default();
    let known = ["node", "indicator", "context", "group", "theme", "evidence", "weight_set", "group_weights"];
    let is_misspelt = document.lists().any(|list| !known.contains(&list));
    if is_misspelt || document.length(&at!["indicator"]) == 0 {
        tree.doubt_lists();
    }
    for list in ["node", "indicator"] {
        for index in 0..document.length(&at![list]) {
            let at = at![list, index];
            let unclear = faults.within(&at);
            let declared = tree.declare(list, index, unclear, document, findings);
            if unclear || !declared {
                continue;
            }
            match list {
                "node" => tree.nodes.extend(document.decode::<NodeSpec>(&at)),
                _ => tree.indicators.extend(document.decode(&at)),
            }
        }
    }
    for node in &tree.nodes {
        let at = tree.path_of(&node.id);
        check_rule(node, &at, document, findings);
        if let Some(text) = &node.formula {
            let at = [at, vec![Step::from("formula")]].concat();
            if let Some(formula) = formulas::read(text, &at, document, findings) {
                tree.formulas.insert(node.id.clone(), formula);
            }
        }
    }
    tree
}

/// A node has one rule: a mean or a formula.
fn check_rule(node: &NodeSpec, at: &[Step], document: &Document, findings: &mut Findings) {
    let id = &node.id;
    let finding = match (&node.aggregate, &node.formula) {
        (None, None) => Finding::new(
            Code::MissingKey,
            bilingual!("节点“{id}”没有计算办法", "the node `{id}` has no rule"),
            bilingual!(
                "写 `aggregate = {{ method = \"arithmetic\" }}` 或 `formula = \"…\"`，二者取一",
                "write either `aggregate = {{ method = \"arithmetic\" }}` or `formula = \"…\"`"
            ),
        )
        .at(document.place(at)),
        (Some(_), Some(_)) => Finding::new(
            Code::BadValue,
            bilingual!("节点“{id}”有两种计算办法", "the node `{id}` has two rules"),
            bilingual!("`aggregate` 与 `formula` 删去一个", "delete either `aggregate` or `formula`"),
        )
        .at(document.place(&[at, &at!["formula"]].concat())),
        _ => return,
    };
    findings.push(finding);
}

fn check_groups(groups: &[Group], document: &Document, findings: &mut Findings) {
    check_unique("group", groups.iter().map(|group| &group.id), &at!["group"], document, findings);
    for (index, group) in groups.iter().enumerate() {
        let at = at!["group", index, "member"];
        check_unique("member", group.members.iter().map(|member| &member.id), &at, document, findings);
    }
}

/// The plan of a checked framework.
fn compile(framework: &Framework, tree: &Tree) -> Option<Plan> {
    let indicators = framework.indicators.iter().map(|indicator| IndicatorPlan {
        id: indicator.id.clone(),
        direction: indicator.direction,
        denominate: indicator.denominate.clone(),
        impute: indicator.impute.clone().unwrap_or_else(|| framework.impute.clone()),
        treat: indicator.treat.unwrap_or(framework.treat),
        normalise: indicator.normalise.clone(),
    });
    let nodes = tree.evaluation_order().into_iter().map(|node| {
        let rule = match (&node.aggregate, tree.formulas.get(&node.id)) {
            (Some(method), _) => weighting::rule(framework, tree, node, method)?,
            (None, formula) => Rule::Formula(formula?.clone()),
        };
        Some(NodePlan { id: node.id.clone(), rule })
    });
    Some(Plan {
        index: framework.index.clone(),
        screen: framework.screen,
        indicators: indicators.collect(),
        nodes: nodes.collect::<Option<_>>()?,
        score: framework.score,
        rank: framework.rank,
        rating: framework.rating.clone(),
    })
}
