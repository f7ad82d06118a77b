use super::Audit;
use crate::report::TemplateError;
use crate::report::view::{VariedRow, VariedSection, VariedTable};

/// Every choice that was varied, with the draws of each alternative.
pub(super) fn section(audit: &Audit<'_>) -> Result<VariedSection, TemplateError> {
    let (words, numbers) = (audit.scope.words, audit.scope.numbers);
    let mut rows = Vec::new();
    for assumption in &audit.found.robustness.assumptions {
        let all: u32 = assumption.alternatives.iter().map(|one| one.draws).sum();
        for (at, one) in assumption.alternatives.iter().enumerate() {
            rows.push(VariedRow {
                choice: (at == 0).then(|| audit.scope.text(&assumption.name).to_owned()),
                name: audit.scope.text(&one.name).to_owned(),
                declared: one.declared,
                draws: numbers.count(one.draws as usize),
                share: f64::from(one.draws) / f64::from(all.max(1)),
                failed: if one.failed == 0 { "–".to_owned() } else { numbers.count(one.failed as usize) },
            });
        }
    }
    let heads = ["choice", "alternative", "draws", "failed"];
    let table = (!rows.is_empty()).then(|| {
        Ok::<_, TemplateError>(VariedTable {
            words: audit.scope.table_words("audit_varied", &audit.facts)?,
            columns: heads
                .iter()
                .map(|head| words.say(&format!("audit_head_{head}"), &audit.facts))
                .collect::<Result<_, _>>()?,
            rows,
        })
    });
    Ok(VariedSection {
        headline: words.say("audit_varied_headline", &audit.facts)?,
        lead: words.say("audit_varied_lead", &audit.facts)?,
        table: table.transpose()?,
    })
}
