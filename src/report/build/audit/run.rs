use serde_json::json;

use super::Audit;
use crate::report::TemplateError;
use crate::report::view::{Guidance, QualityRow, QualityTable};
use crate::robustness::DrawFailure;

/// How it was done, as names and values.
pub(super) fn facts(audit: &Audit<'_>) -> Result<Vec<Guidance>, TemplateError> {
    let (words, numbers) = (audit.scope.words, audit.scope.numbers);
    let found = audit.found.robustness;
    let sobol = found.sensitivity.as_ref();
    let context = json!({
        "facts": audit.facts,
        "reuse": numbers.percent(found.reuse.hit_rate),
        "needed": numbers.count(usize::try_from(found.reuse.needed).unwrap_or(usize::MAX)),
        "computed": numbers.count(usize::try_from(found.reuse.computed).unwrap_or(usize::MAX)),
        "sobol": sobol.map(|one| json!({
            "runs": numbers.count(one.runs as usize), "base": one.base, "scrambles": one.scrambles,
            "failed": one.failed,
        })),
    });
    let mut keys = vec!["draws"];
    if found.by_sampling.is_some() {
        keys.push("sampling");
    }
    if sobol.is_some() {
        keys.push("sobol");
    }
    if found.reuse.needed > 0 {
        keys.push("reuse");
    }
    keys.push("seed");
    let of = |key: &&str| {
        Ok(Guidance {
            title: words.say(&format!("audit_run_{key}_title"), &context)?,
            text: words.say(&format!("audit_run_{key}_text"), &context)?,
        })
    };
    keys.iter().map(of).collect()
}

/// Draws that failed, with the reason; none if none did.
pub(super) fn failures(audit: &Audit<'_>) -> Result<Option<QualityTable>, TemplateError> {
    let (words, found) = (audit.scope.words, audit.found.robustness);
    let variants = [
        ("audit_source_sampling", found.by_sampling.as_ref().map(|one| &one.failures)),
        ("audit_source_assumptions", found.by_assumptions.as_ref().map(|one| &one.failures)),
        ("audit_source_together", found.together.as_ref().map(|one| &one.failures)),
        ("audit_source_sobol", found.sensitivity.as_ref().map(|one| &one.failures)),
    ];
    let mut rows = Vec::new();
    for (name, failures) in variants {
        for failure in failures.map_or(&[][..], |failures| failures) {
            rows.push(row(audit, words.word(name)?, failure));
        }
    }
    let heads = ["failed", "reason"];
    let table = (!rows.is_empty()).then(|| {
        Ok(QualityTable {
            words: audit.scope.table_words("audit_failures", &audit.facts)?,
            columns: heads
                .iter()
                .map(|head| words.say(&format!("audit_head_{head}"), &audit.facts))
                .collect::<Result<_, _>>()?,
            rows,
        })
    });
    table.transpose()
}

fn row(audit: &Audit<'_>, name: String, failure: &DrawFailure) -> QualityRow {
    let draws = audit.scope.numbers.count(failure.draws as usize);
    QualityRow { name, cells: vec![Some(draws), Some(audit.scope.text(&failure.reason).to_owned())] }
}
