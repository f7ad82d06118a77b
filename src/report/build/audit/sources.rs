use serde_json::json;

use super::super::plots::range_row;
use super::{Audit, drivers};
use crate::index::Spread;
use crate::report::TemplateError;
use crate::report::layout;
use crate::report::view::{QualityRow, QualityTable, RangePlot, SourceSection};
use crate::robustness::Variant;

/// Sampling error and assumptions, apart and together; what drives the ranks.
pub(super) fn section(audit: &Audit<'_>) -> Result<SourceSection, TemplateError> {
    let found = audit.found.robustness;
    let all = [
        ("audit_source_sampling", found.by_sampling.as_ref()),
        ("audit_source_assumptions", found.by_assumptions.as_ref()),
        ("audit_source_together", found.together.as_ref()),
    ];
    let sources: Vec<(&str, &Variant)> =
        all.into_iter().filter_map(|(name, variant)| Some((name, variant?))).collect();
    let width = |of: &Option<Variant>| of.as_ref().map(|variant| variant.median_rank_width);
    let (sampling, assumptions) = (width(&found.by_sampling), width(&found.by_assumptions));
    let larger = sampling.zip(assumptions).map(|(sampling, assumptions)| {
        let (more, less) = (sampling.max(assumptions), sampling.min(assumptions));
        match (sampling > assumptions, more > 1.2 * less) {
            (_, false) => "alike",
            (true, true) => "sampling",
            (false, true) => "assumptions",
        }
    });
    let text = |value: Option<f64>| value.map(|value| audit.scope.numbers.value(value, 1));
    let context = json!({
        "facts": audit.facts, "larger": larger,
        "sampling_width": text(sampling), "assumptions_width": text(assumptions),
        "together_width": text(width(&found.together)),
    });
    Ok(SourceSection {
        headline: audit.scope.words.say("audit_sources_headline", &context)?,
        lead: audit.scope.words.say("audit_sources_lead", &context)?,
        table: table(audit, &sources, &context)?,
        widths: widths(audit, &sources, &context)?,
        drivers: drivers::plot(audit)?,
        sampled: sampled(audit)?,
    })
}

fn table(
    audit: &Audit<'_>,
    sources: &[(&str, &Variant)],
    context: &serde_json::Value,
) -> Result<QualityTable, TemplateError> {
    let (scope, numbers) = (audit.scope, audit.scope.numbers);
    let mut rows = Vec::new();
    for (name, variant) in sources {
        let n = variant.units.len().max(1) as f64;
        let within = variant.within(audit.facts.near as f64) as f64 / n;
        let counts = crate::report::audit::certainty(&scope.material, variant);
        let rated: usize = counts.iter().flat_map(|(_, counts)| counts).sum();
        let sure: usize = counts.iter().filter_map(|(_, counts)| counts.first()).sum();
        rows.push(QualityRow {
            name: scope.words.word(name)?,
            cells: vec![
                Some(numbers.count(variant.draws as usize)),
                Some(numbers.value(variant.mean_rank_change, 1)),
                Some(numbers.value(variant.median_rank_width, 1)),
                Some(numbers.percent(within)),
                (rated > 0).then(|| numbers.percent(sure as f64 / rated.max(1) as f64)),
            ],
        });
    }
    let heads = ["draws", "change", "width", "within", "rated"];
    Ok(QualityTable {
        words: scope.table_words("audit_sources", context)?,
        columns: heads
            .iter()
            .map(|head| scope.words.say(&format!("audit_head_{head}"), &audit.facts))
            .collect::<Result<_, _>>()?,
        rows,
    })
}

/// The spread of the widths of rank intervals by source.
fn widths(
    audit: &Audit<'_>,
    sources: &[(&str, &Variant)],
    context: &serde_json::Value,
) -> Result<Option<RangePlot>, TemplateError> {
    let scope = audit.scope;
    let (mut rows, mut ends) = (Vec::new(), vec![0.0]);
    for (name, variant) in sources {
        let widths: Vec<f64> =
            variant.units.iter().filter_map(|one| one.rank).map(|rank| rank.q95 - rank.q05).collect();
        let Some(spread) = Spread::of(&widths) else { continue };
        ends.push(spread.p90);
        let value = scope.numbers.value(spread.median, 1);
        rows.push(range_row(scope.words.word(name)?, spread, Some(value), *name == "audit_source_together"));
    }
    let title = scope.words.word("audit_width_axis")?;
    let mut axis = layout::axis(&ends, &[], &title);
    axis.min = 0.0;
    axis.ticks.retain(|tick| tick.at >= 0.0);
    Ok((!rows.is_empty()).then_some(RangePlot {
        words: scope.chart_words("audit_widths", context)?,
        axis,
        line: None,
        value_header: scope.words.word("national_median")?,
        rows,
    }))
}

/// Indicators of which values were drawn, with their samples.
fn sampled(audit: &Audit<'_>) -> Result<Option<QualityTable>, TemplateError> {
    let (scope, numbers) = (audit.scope, audit.scope.numbers);
    let Some(base) = &audit.found.robustness.sampling else { return Ok(None) };
    let clustered = base.indicators.iter().any(|one| (one.median_design_effect - 1.0).abs() > 0.005);
    let mut heads = vec!["values", "sample"];
    if clustered {
        heads.push("effect");
    }
    let row = |one: &crate::robustness::SampledIndicator| {
        let mut cells = vec![Some(numbers.count(one.values)), one.median_n.map(|n| numbers.value(n, 0))];
        if clustered {
            cells.push(Some(numbers.value(one.median_design_effect, 2)));
        }
        QualityRow { name: scope.name_of(&one.id), cells }
    };
    let context = json!({
        "facts": audit.facts, "indicators": base.indicators.len(), "clustered": clustered,
        "shares": numbers.count(base.shares), "means": base.means, "unknown": base.unknown,
    });
    Ok(Some(QualityTable {
        words: scope.table_words("audit_sampled", &context)?,
        columns: heads
            .iter()
            .map(|head| scope.words.word(&format!("audit_head_{head}")))
            .collect::<Result<_, _>>()?,
        rows: base.indicators.iter().map(row).collect(),
    }))
}
