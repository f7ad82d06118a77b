use std::collections::HashSet;

use indexmap::IndexMap;

use super::super::document::{Document, Step, at};
use super::super::ids::{check_unique, undeclared};
use super::super::tree::{Search, Tree};
use super::{fits, make_weights, no_weights, unfit};
use crate::diagnostics::{Code, Finding, Findings, bilingual, did_you_mean};
use crate::model::Id;
use crate::plan::{Group, GroupWeights, WeightSet};

/// Checks the named sets, the one in use and the weights of groups.
pub(super) fn check(tree: &Tree, document: &Document, findings: &mut Findings) {
    let sets: Vec<WeightSet> = document.decode(&at!["weight_set"]).unwrap_or_default();
    check_unique("weight_set", sets.iter().map(|set| &set.id), &at!["weight_set"], document, findings);
    for (index, set) in sets.iter().enumerate() {
        check_set(tree, set, &at!["weight_set", index, "shares"], document, findings);
    }
    if let Ok(used) = document.decode::<Id>(&at!["use_weights"])
        && sets.len() == document.length(&at!["weight_set"])
        && sets.iter().all(|set| set.id != used)
    {
        let near = did_you_mean(used.as_str(), sets.iter().map(|set| set.id.as_str()));
        findings
            .push(undeclared("权重方案", "weight set", &used, near).at(document.place(&at!["use_weights"])));
    }
    let groups: Vec<Group> = document.decode(&at!["group"]).unwrap_or_default();
    let own: Vec<GroupWeights> = document.decode(&at!["group_weights"]).unwrap_or_default();
    for (index, one) in own.iter().enumerate() {
        check_group(tree, &groups, one, &at!["group_weights", index], document, findings);
    }
}

fn check_set(tree: &Tree, set: &WeightSet, path: &[Step], document: &Document, findings: &mut Findings) {
    let mut parents = HashSet::new();
    for child in set.shares.keys() {
        match tree.parent_of(child) {
            Some(parent) if parents.insert(parent) => {
                check_siblings(tree, parent, &set.shares, path, document, findings)
            }
            Some(_) => {}
            None => {
                if let Search::Unknown(near) = tree.find(child) {
                    let place = document.place(&[path, &[Step::from(child.as_str())]].concat());
                    findings.push(undeclared("节点或指标", "node or indicator", child, near).at(place));
                }
            }
        }
    }
}

/// Of some siblings a set names all or none.
fn check_siblings(
    tree: &Tree,
    parent: &Id,
    shares: &IndexMap<Id, f64>,
    path: &[Step],
    document: &Document,
    findings: &mut Findings,
) {
    let children = tree.children(parent);
    let silent = children.iter().find(|(child, _)| !shares.contains_key(*child));
    if let Some((silent, _)) = silent {
        let finding = Finding::new(
            Code::PartialWeights,
            bilingual!(
                "此方案给了“{parent}”一些下级权重，没有给“{silent}”",
                "the set weighs some children of `{parent}` and not `{silent}`"
            ),
            bilingual!("同一上级的下级都写，或都不写", "name all children of a parent, or none"),
        );
        findings.push(finding.at(document.place(path)));
    } else if !make_weights(children.iter().filter_map(|(child, _)| shares.get(*child).copied())) {
        findings.push(no_weights(parent).at(document.place(path)));
    }
}

fn check_group(
    tree: &Tree,
    groups: &[Group],
    one: &GroupWeights,
    path: &[Step],
    document: &Document,
    findings: &mut Findings,
) {
    let at = |key: &str| document.place(&[path, &[Step::from(key)]].concat());
    match groups.iter().find(|group| group.id == one.group) {
        None => {
            let near = did_you_mean(one.group.as_str(), groups.iter().map(|group| group.id.as_str()));
            findings.push(undeclared("分组", "group", &one.group, near).at(at("group")));
        }
        Some(group) if group.members.iter().all(|member| member.id != one.member) => {
            let members = group.members.iter().map(|member| member.id.as_str());
            let near = did_you_mean(one.member.as_str(), members);
            findings.push(undeclared("分组成员", "member", &one.member, near).at(at("member")));
        }
        Some(_) => {}
    }
    let children: Vec<&Id> = tree.children(&one.node).into_iter().map(|(id, _)| id).collect();
    if let Search::Unknown(near) = tree.find(&one.node) {
        findings.push(undeclared("节点", "node", &one.node, near).at(at("node")));
        return;
    }
    let of: Vec<Id> = one.shares.keys().cloned().collect();
    if !fits(&of, &children) {
        findings.push(unfit(&one.node, &children).at(at("shares")));
    } else if !make_weights(one.shares.values().copied()) {
        findings.push(no_weights(&one.node).at(at("shares")));
    }
}
