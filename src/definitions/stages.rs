use std::collections::HashSet;

use super::document::{Document, Step, at};
use super::tree::Tree;
use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual, shown, suggestion};
use crate::model::Id;
use crate::plan::{Group, Imputation, IndicatorSpec, Treatment};

/// Checks what the stages before normalisation refer to: context variables that
/// are divided by, kinds of group, indicators that predict others, and bounds
/// that a transform would leave without a meaning.
pub(super) fn check(tree: &Tree, contexts: &HashSet<Id>, document: &Document, findings: &mut Findings) {
    let groups: Option<Vec<Group>> = match document.length(&at!["group"]) {
        0 => Some(Vec::new()),
        _ => document.decode(&at!["group"]).ok(),
    };
    let groups: Option<Vec<&Id>> =
        groups.as_ref().map(|groups| groups.iter().map(|group| &group.id).collect());
    let indicators: Vec<&Id> = tree.indicators.iter().map(|one| &one.id).collect();
    let known = Known { contexts: contexts.iter().collect(), groups, indicators };
    if let Ok(impute) = document.decode::<Imputation>(&at!["impute"]) {
        known.check_imputation(&impute, None, &at!["impute"], document, findings);
    }
    let treat: Treatment = document.decode(&at!["treat"]).unwrap_or_default();
    for indicator in &tree.indicators {
        let at = tree.path_of(&indicator.id);
        let under =
            |keys: &[&str]| [&at[..], &keys.iter().map(|key| Step::from(*key)).collect::<Vec<_>>()].concat();
        if let Some(by) = &indicator.denominate {
            let place = document.place(&under(&["denominate", "by"]));
            findings.extend(known.unknown_context(&by.by).map(|finding| finding.at(place)));
        }
        if let Some(impute) = &indicator.impute {
            known.check_imputation(impute, Some(&indicator.id), &under(&["impute"]), document, findings);
        }
        if indicator.treat.unwrap_or(treat).transforms() && indicator.normalise.has_own_bounds() {
            findings.push(transformed_bounds(indicator).at(document.place(&under(&["normalise"]))));
        }
    }
}

/// What can be referred to.
struct Known<'a> {
    contexts: Vec<&'a Id>,
    /// `None` if the groups have faults of their own.
    groups: Option<Vec<&'a Id>>,
    indicators: Vec<&'a Id>,
}

impl Known<'_> {
    fn check_imputation(
        &self,
        impute: &Imputation,
        of: Option<&Id>,
        at: &[Step],
        document: &Document,
        findings: &mut Findings,
    ) {
        match impute {
            Imputation::Mean { within: Some(group), .. } | Imputation::Median { within: Some(group), .. } => {
                let place = document.place(&[at, &[Step::from("within")]].concat());
                findings.extend(self.unknown_group(group).map(|finding| finding.at(place)));
            }
            Imputation::Regression { on, .. } => {
                for (index, id) in on.iter().enumerate() {
                    let place = document.place(&[at, &at!["on", index]].concat());
                    findings.extend(self.bad_predictor(id, of).map(|finding| finding.at(place)));
                }
            }
            _ => {}
        }
    }

    fn unknown_context(&self, id: &Id) -> Option<Finding> {
        let message = bilingual!("没有背景变量“{id}”", "there is no context variable `{id}`");
        let otherwise = bilingual!("先用 `[[context]]` 声明它", "declare it with `[[context]]` first");
        unknown(id, &self.contexts, message, otherwise)
    }

    fn unknown_group(&self, id: &Id) -> Option<Finding> {
        let message = bilingual!("框架中没有分组“{id}”", "the framework has no group `{id}`");
        let otherwise = bilingual!("先用 `[[group]]` 声明它", "declare it with `[[group]]` first");
        unknown(id, self.groups.as_ref()?, message, otherwise)
    }

    fn bad_predictor(&self, id: &Id, of: Option<&Id>) -> Option<Finding> {
        if of == Some(id) {
            return Some(Finding::new(
                Code::BadValue,
                bilingual!("“{id}”不能由它自己推算", "`{id}` cannot be predicted from itself"),
                bilingual!("从 `on` 中删去它", "take it out of `on`"),
            ));
        }
        let message = bilingual!("框架中没有指标“{id}”", "the framework has no indicator `{id}`");
        let otherwise = bilingual!("写框架中指标的标识", "write the id of an indicator of the framework");
        unknown(id, &self.indicators, message, otherwise)
    }
}

fn unknown(id: &Id, known: &[&Id], message: Bilingual, otherwise: Bilingual) -> Option<Finding> {
    if known.contains(&id) {
        return None;
    }
    let mut known: Vec<&str> = known.iter().map(|id| id.as_str()).collect();
    known.sort_unstable();
    Some(Finding::new(Code::UnknownReference, message, suggestion(id.as_str(), known, otherwise)))
}

fn transformed_bounds(indicator: &IndicatorSpec) -> Finding {
    let id = shown(indicator.id.as_str());
    Finding::new(
        Code::TransformedBounds,
        bilingual!(
            "指标“{id}”的离群值处理可能变换数值，而它的标准化以原单位的界线计分，两者不能并用",
            "treating outliers may transform the indicator `{id}`, but its scale has bounds in its own unit of measure"
        ),
        bilingual!(
            "给该指标写 `treat = {{ method = \"none\" }}` 或 `transform = \"none\"`，或改用由数据决定的尺度",
            "give the indicator `treat = {{ method = \"none\" }}` or `transform = \"none\"`, or use a scale made by the data"
        ),
    )
}
