use crate::diagnostics::{Code, Finding, Findings, bilingual, shown};
use crate::model::Id;
use crate::plan::{EvidenceKind, Framework, Plan};

use super::document::{Document, at};
use super::ids::{check_unique, unknown};
use super::tree::Tree;

/// Bounds hold up to this difference in per cent: weights are sums of binary
/// fractions.
const TOLERANCE: f64 = 1e-9;

/// Checks that the kinds of evidence that indicators name are declared.
pub(super) fn check(tree: &Tree, document: &Document, findings: &mut Findings) {
    let kinds: Vec<EvidenceKind> = document.decode(&at!["evidence"]).unwrap_or_default();
    check_unique("evidence", kinds.iter().map(|kind| &kind.id), &at!["evidence"], document, findings);
    if kinds.len() != document.length(&at!["evidence"]) {
        return;
    }
    let known: Vec<&Id> = kinds.iter().map(|kind| &kind.id).collect();
    for indicator in &tree.indicators {
        let Some(kind) = &indicator.evidence else { continue };
        let place = || document.place(&[tree.path_of(&indicator.id), at!["evidence"].to_vec()].concat());
        findings.extend(unknown("证据类别", "kind of evidence", kind, &known, place));
    }
}

/// Checks that the shares of the kinds of evidence in the index keep the bounds
/// that the framework sets.
pub(super) fn check_shares(framework: &Framework, plan: &Plan, document: &Document, findings: &mut Findings) {
    for (index, kind) in framework.evidence.iter().enumerate() {
        let share = framework.evidence_share(&kind.id, plan);
        let (key, bound, zh, en) = match (kind.at_most, kind.at_least) {
            (Some(most), _) if share > most + TOLERANCE => ("at_most", most, "高于上限", "above"),
            (_, Some(least)) if share < least - TOLERANCE => ("at_least", least, "低于下限", "below"),
            _ => continue,
        };
        let (name_zh, name_en) = (shown(&kind.name.zh), shown(&kind.name.en));
        findings.push(
            Finding::new(
                Code::BadValue,
                bilingual!(
                    "“{name_zh}”类指标的权重合计为 {share:.1}%，{zh} {bound}%",
                    "the indicators of `{name_en}` weigh {share:.1} % of the index, {en} {bound} %"
                ),
                bilingual!(
                    "调整这类指标的权重，或修改这一限制并说明理由",
                    "change their weights, or move the bound and say why"
                ),
            )
            .at(document.place(&at!["evidence", index, key])),
        );
    }
}
