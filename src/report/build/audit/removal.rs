use serde_json::json;

use super::Audit;
use crate::report::TemplateError;
use crate::report::view::{RemovalRow, RemovalSection, RemovalTable};
use crate::robustness::Removal;

/// What leaving out an indicator, a dimension or a unit does; none where it was
/// not asked.
pub(super) fn section(audit: &Audit<'_>) -> Result<Option<RemovalSection>, TemplateError> {
    let found = audit.found.robustness;
    if found.removal.is_empty() {
        return Ok(None);
    }
    let words = audit.scope.words;
    let largest = found.removal.iter().map(mean).fold(0.0_f64, f64::max);
    let mut rows = Vec::new();
    for indicator in [false, true] {
        let mut kind: Vec<&Removal> = found.removal.iter().filter(|one| one.indicator == indicator).collect();
        kind.sort_by(|a, b| mean(b).total_cmp(&mean(a)));
        if !kind.is_empty() {
            let head = if indicator { "audit_removal_indicators" } else { "audit_removal_dimensions" };
            rows.push(head_row(words.word(head)?));
        }
        rows.extend(kind.into_iter().map(|one| row(audit, one, largest)));
    }
    let context = context(audit);
    let heads = ["removed", "change", "largest", "correlation", "bands"];
    Ok(Some(RemovalSection {
        headline: words.say("audit_removal_headline", &context)?,
        lead: words.say("audit_removal_lead", &context)?,
        table: RemovalTable {
            words: audit.scope.table_words("audit_removal", &context)?,
            columns: heads
                .iter()
                .map(|head| words.say(&format!("audit_head_{head}"), &audit.facts))
                .collect::<Result<_, _>>()?,
            rows,
        },
    }))
}

fn mean(one: &Removal) -> f64 {
    one.effect.as_ref().map_or(-1.0, |effect| effect.mean_rank_change)
}

fn head_row(name: String) -> RemovalRow {
    RemovalRow { name, share: 0.0, mean_text: None, cells: Vec::new(), problem: None }
}

fn row(audit: &Audit<'_>, one: &Removal, largest: f64) -> RemovalRow {
    let numbers = audit.scope.numbers;
    let name = audit.scope.name_of(&one.id);
    match &one.effect {
        Ok(effect) => RemovalRow {
            name,
            share: if largest > 0.0 { effect.mean_rank_change / largest } else { 0.0 },
            mean_text: Some(numbers.value(effect.mean_rank_change, 2)),
            cells: vec![
                Some(numbers.value(effect.largest_rank_change, 0)),
                effect.rank_correlation.map(|r| numbers.value(r, 4)),
                Some(numbers.count(effect.bands_changed as usize)),
            ],
            problem: None,
        },
        Err(reason) => RemovalRow { problem: Some(audit.scope.text(reason).to_owned()), ..head_row(name) },
    }
}

fn context(audit: &Audit<'_>) -> serde_json::Value {
    let found = audit.found.robustness;
    let numbers = audit.scope.numbers;
    let heaviest = |indicator: bool| {
        let of_kind = found.removal.iter().filter(|one| one.indicator == indicator && mean(one) >= 0.0);
        of_kind.max_by(|a, b| mean(a).total_cmp(&mean(b))).map(|one| {
            let effect = one.effect.as_ref().ok();
            json!({
                "name": audit.scope.name_of(&one.id), "change": numbers.value(mean(one), 1),
                "bands": effect.map_or(0, |effect| effect.bands_changed),
                "correlation": effect.and_then(|effect| effect.rank_correlation).map(|r| numbers.value(r, 2)),
            })
        })
    };
    let leave_out = found.leave_out.as_ref().map(|one| {
        let largest = one.largest.filter(|_| audit.shows_units());
        json!({
            "tried": one.tried, "possible": one.possible, "reversing": one.reversing,
            "pairs": numbers.percent(one.mean_pairs),
            "largest": largest.map(|(share, unit)| (numbers.percent(share), audit.scope.unit_name(unit))),
        })
    });
    json!({
        "facts": audit.facts, "indicator": heaviest(true), "dimension": heaviest(false),
        "leave_out": leave_out, "count": found.removal.len(),
    })
}
