//! Ids that are declared once, and ids that are referred to.

use crate::diagnostics::{Code, Finding, Findings, Place, bilingual, did_you_mean, shown};
use crate::model::Id;

use super::document::{Document, Step, at};

/// Each id of a list stands there once.
pub(super) fn check_unique<'a>(
    what: &str,
    ids: impl Iterator<Item = &'a Id>,
    list: &[Step],
    document: &Document,
    findings: &mut Findings,
) {
    let mut seen = std::collections::HashSet::new();
    for (index, id) in ids.enumerate() {
        if !seen.insert(id) {
            let at = [list, &at![index, "id"]].concat();
            findings.push(
                Finding::new(
                    Code::DuplicateId,
                    bilingual!(
                        "标识“{id}”在同一列表（{what}）中重复",
                        "the id `{id}` is used twice among the `{what}` tables"
                    ),
                    bilingual!("给其中一个改名", "rename one of them"),
                )
                .at(document.place(&at)),
            );
        }
    }
}

/// A reference to something that is not declared; `None` if it is.
pub(super) fn unknown(
    what_zh: &str,
    what_en: &str,
    id: &Id,
    known: &[&Id],
    place: impl Fn() -> Place,
) -> Option<Finding> {
    if known.contains(&id) {
        return None;
    }
    let near = did_you_mean(id.as_str(), known.iter().map(|id| id.as_str()));
    Some(undeclared(what_zh, what_en, id, near).at(place()))
}

/// An id that is not declared, and the declared one that is like it.
pub(super) fn undeclared(what_zh: &str, what_en: &str, id: &Id, near: Option<&str>) -> Finding {
    let name = shown(id.as_str());
    let help = near.map_or_else(
        || bilingual!("先声明它", "declare it first"),
        |near| bilingual!("是否想写 `{near}`？", "did you mean `{near}`?"),
    );
    let message = bilingual!("没有名为“{name}”的{what_zh}", "there is no {what_en} `{name}`");
    Finding::new(Code::UnknownReference, message, help)
}
