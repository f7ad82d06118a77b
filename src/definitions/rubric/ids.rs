use crate::diagnostics::{Code, Finding, Findings, bilingual, suggestion};
use crate::model::Id;
use crate::plan::Rubric;

use super::super::document::{Document, Step, at};
use super::super::ids::check_unique;

/// Reports ids that are used twice.
pub(super) fn check(rubric: &Rubric, document: &Document, findings: &mut Findings) {
    let mut unique = |what: &str, ids: Vec<&Id>, list: &[Step]| {
        check_unique(what, ids.into_iter(), list, document, findings);
    };
    unique("panel", rubric.panels.iter().map(|panel| &panel.id).collect(), &at!["panel"]);
    unique("scheme", rubric.schemes.iter().map(|scheme| &scheme.id).collect(), &at!["scheme"]);
    for (index, scheme) in rubric.schemes.iter().enumerate() {
        let criteria = scheme.criteria.iter().map(|criterion| &criterion.id).collect();
        unique("criterion", criteria, &at!["scheme", index, "criterion"]);
        unique("part", scheme.parts.iter().map(|part| &part.id).collect(), &at!["scheme", index, "part"]);
    }
    unique("stage", rubric.stages.iter().map(|stage| &stage.id).collect(), &at!["stage"]);
    unique("individual", rubric.individuals.iter().map(|one| &one.id).collect(), &at!["individual"]);
    unique("prize", rubric.prizes.iter().map(|prize| &prize.id).collect(), &at!["prize"]);
    let mut seen: Vec<&Id> = rubric.stages.iter().map(|stage| &stage.id).collect();
    for (stage, declared) in rubric.stages.iter().enumerate() {
        for (index, round) in declared.rounds.iter().enumerate() {
            // Events name stages and rounds in one column; a stage may have the
            // name of its only round.
            let own = declared.rounds.len() == 1 && round.id == declared.id;
            if seen.contains(&&round.id) && !own {
                findings
                    .push(twice(&round.id).at(document.place(&at!["stage", stage, "round", index, "id"])));
            }
            seen.push(&round.id);
        }
    }
    for (index, one) in rubric.individuals.iter().enumerate() {
        if rubric.stages.iter().any(|stage| stage.id == one.id) {
            findings.push(twice(&one.id).at(document.place(&at!["individual", index, "id"])));
        }
    }
}

fn twice(id: &Id) -> Finding {
    Finding::new(
        Code::DuplicateId,
        bilingual!(
            "标识“{id}”已用于别的阶段、轮次或排名",
            "the id `{id}` is already that of a stage, round or ranking"
        ),
        bilingual!("给其中一个改名", "rename one of them"),
    )
}

/// A reference to something that is not declared.
pub(super) fn unknown<'a>(what: (&str, &str), id: &str, known: impl Iterator<Item = &'a Id>) -> Finding {
    let known: Vec<&str> = known.map(Id::as_str).collect();
    let (list, (zh, en)) = (known.join(", "), what);
    let otherwise = match known.is_empty() {
        true => bilingual!("先声明它", "declare it first"),
        false => bilingual!("可用：{list}", "the choices are {list}"),
    };
    Finding::new(
        Code::UnknownReference,
        bilingual!("没有{zh}“{id}”", "there is no {en} `{id}`"),
        suggestion(id, known.iter().copied(), otherwise),
    )
}
