use std::collections::HashSet;

use super::document::{Document, at};
use super::tree::{Search, Tree};
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::model::Id;

/// The ids of the context variables, each of which must be its own.
pub(super) fn ids(tree: &Tree, document: &Document, findings: &mut Findings) -> HashSet<Id> {
    let mut ids = HashSet::new();
    for index in 0..document.length(&at!["context"]) {
        let at = at!["context", index, "id"];
        let Some(id) = document.text(&at).map(Id::new) else { continue };
        if ids.contains(&id) || matches!(tree.find(&id), Search::Declared) {
            findings.push(
                Finding::new(
                    Code::DuplicateId,
                    bilingual!(
                        "背景变量的标识“{id}”已被别的变量、指标或节点使用",
                        "the id `{id}` of the context variable is taken by another variable, indicator or node"
                    ),
                    bilingual!("给其中一个改名", "rename one of them"),
                )
                .at(document.place(&at)),
            );
        }
        ids.insert(id);
    }
    ids
}
