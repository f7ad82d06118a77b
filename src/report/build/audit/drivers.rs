use super::Audit;
use crate::report::TemplateError;
use crate::report::view::{Axis, DriverPlot, DriverRow, EstimateView, Tick};
use crate::robustness::Estimate;

/// Which assumption explains how much of the changes of rank, the largest total
/// index first; none where it was not asked, or no rank ever moves.
pub(super) fn plot(audit: &Audit<'_>) -> Result<Option<DriverPlot>, TemplateError> {
    let found = audit.found.robustness;
    let Some(sensitivity) = found.sensitivity.as_ref().filter(|one| one.variance > 0.0) else {
        return Ok(None);
    };
    let mut indices: Vec<_> = sensitivity.indices.iter().collect();
    indices.sort_by(|a, b| b.total.value.total_cmp(&a.total.value).then(a.assumption.cmp(&b.assumption)));
    let rows: Vec<DriverRow> = indices
        .into_iter()
        .filter_map(|index| {
            let name = &found.assumptions.get(index.assumption)?.name;
            Some(DriverRow {
                name: audit.scope.text(name).to_owned(),
                first: estimate(audit, index.first),
                total: estimate(audit, index.total),
            })
        })
        .collect();
    let words = audit.scope.words;
    Ok((!rows.is_empty()).then_some(DriverPlot {
        words: audit.scope.chart_words("audit_drivers", &audit.facts)?,
        axis: axis(words.word("audit_variance_axis")?),
        first_name: words.word("audit_first_name")?,
        total_name: words.word("audit_total_name")?,
        value_header: words.word("audit_estimate_header")?,
        rows,
    }))
}

fn estimate(audit: &Audit<'_>, of: Estimate) -> EstimateView {
    let text = |value: f64| audit.scope.numbers.value(value, 2);
    EstimateView {
        value: of.value,
        low: of.low,
        high: of.high,
        text: format!("{} ({}–{})", text(of.value), text(of.low), text(of.high)),
    }
}

/// Shares of variance from 0 to 1.
fn axis(title: String) -> Axis {
    let ticks = [(0.0, "0"), (0.25, "0.25"), (0.5, "0.50"), (0.75, "0.75"), (1.0, "1")];
    let ticks = ticks.map(|(at, text)| Tick { at, text: text.to_owned() });
    Axis { min: -0.03, max: 1.03, ticks: ticks.to_vec(), title }
}
