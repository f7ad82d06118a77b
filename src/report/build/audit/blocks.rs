use serde_json::json;

use super::Audit;
use crate::coherence::{Block, BlockOf, Coherence, FlagKind};
use crate::report::TemplateError;
use crate::report::view::{QualityRow, QualityTable};

/// What sentences about coherence may speak of.
pub(super) fn facts(audit: &Audit<'_>, found: &Coherence) -> serde_json::Value {
    let numbers = audit.scope.numbers;
    let count = |kind: FlagKind| found.flagged(kind).count();
    let links: Vec<_> = found.links.iter().filter(|link| link.parent && !link.only).collect();
    let sound = |reading| links.iter().filter(|link| link.reading == reading).count();
    let indicators = found.coverage.indicators.iter();
    json!({
        "facts": audit.facts,
        "flags": found.flags.len(),
        "links": links.len(),
        "sound": sound(crate::coherence::LinkReading::Sound),
        "weak": sound(crate::coherence::LinkReading::Weak),
        "negative": sound(crate::coherence::LinkReading::Negative),
        "dominant": sound(crate::coherence::LinkReading::Dominant),
        "pairs": found.pairs.iter().filter(|pair| pair.collinear).count(),
        "outliers": count(FlagKind::Outliers),
        "ceiling": count(FlagKind::Ceiling),
        "weights": count(FlagKind::Weight),
        "alpha_low": count(FlagKind::Alpha),
        "alpha": audit.scope.numbers.value(found.thresholds.alpha, 2),
        "coverage": found.coverage.share.map(|share| numbers.percent(share)),
        "covered": indicators.clone().filter(|one| one.passes).count(),
        "indicators": indicators.count(),
        "least": numbers.percent(found.thresholds.coverage),
        "weak_below": numbers.value(found.thresholds.weak, 2),
        "redundant": numbers.value(found.thresholds.redundant, 2),
        "skewness": numbers.plain(found.thresholds.skewness),
        "kurtosis": numbers.plain(found.thresholds.kurtosis),
        "ceiling_above": numbers.percent(found.thresholds.ceiling),
        "weight_ratio": numbers.plain(found.thresholds.weight),
        "units": found.assessed.len(),
    })
}

/// Alpha and principal components of what belongs together: the children of each
/// node, then all indicators.
pub(super) fn table(
    audit: &Audit<'_>,
    found: &Coherence,
    context: &serde_json::Value,
) -> Result<Option<QualityTable>, TemplateError> {
    let (words, numbers) = (audit.scope.words, audit.scope.numbers);
    let of = |block: &&Block| block.ids.len() > 1;
    let mut rows = Vec::new();
    for block in found.blocks.iter().filter(of) {
        let name = match &block.of {
            BlockOf::Children { node } => audit.scope.name_of(node),
            BlockOf::Level { level: 1 } => words.word("audit_all_indicators")?,
            BlockOf::Level { .. } => continue,
        };
        let components = block.components.as_ref();
        let first = components.and_then(|all| all.components.first());
        let low = block.alpha.is_some_and(|alpha| alpha < found.thresholds.alpha);
        let alpha = block.alpha.map(|alpha| {
            let mark = if low { "▼ " } else { "" };
            format!("{mark}{}", numbers.value(alpha, 2))
        });
        rows.push(QualityRow {
            name,
            cells: vec![
                Some(numbers.count(block.ids.len())),
                alpha,
                first.map(|first| numbers.percent(first.share)),
                first.map(|first| numbers.value(first.eigenvalue, 2)),
                components.map(|all| numbers.count(all.above_one)),
            ],
        });
    }
    let heads = ["elements", "alpha", "first", "eigenvalue", "above_one"];
    let table = (!rows.is_empty()).then(|| {
        Ok(QualityTable {
            words: audit.scope.table_words("audit_blocks", context)?,
            columns: columns(audit, &heads)?,
            rows,
        })
    });
    table.transpose()
}

/// Coverage, shape, ceiling and ties of each indicator; a mark where a figure is
/// beyond its threshold.
pub(super) fn indicators(
    audit: &Audit<'_>,
    found: &Coherence,
    context: &serde_json::Value,
) -> Result<QualityTable, TemplateError> {
    let numbers = audit.scope.numbers;
    let row = |one: &crate::coherence::IndicatorCoverage| {
        let shape = found.distributions.iter().find(|shape| shape.id == one.id).map(|shape| &shape.treated);
        let crowding = found.crowding.iter().find(|crowding| crowding.id == one.id);
        let marked = |text: String, mark: bool| if mark { format!("▲ {text}") } else { text };
        let outliers = shape.is_some_and(|shape| shape.outliers);
        let ceiling = crowding.and_then(|crowding| crowding.ceiling);
        QualityRow {
            name: audit.scope.name_of(&one.id),
            cells: vec![
                one.share.map(|share| {
                    let text = numbers.percent(share);
                    if one.passes { text } else { format!("▼ {text}") }
                }),
                shape.and_then(|shape| shape.skewness).map(|value| marked(numbers.value(value, 2), outliers)),
                shape.and_then(|shape| shape.kurtosis).map(|value| marked(numbers.value(value, 2), outliers)),
                ceiling.map(|share| marked(numbers.percent(share), share > found.thresholds.ceiling)),
                crowding.and_then(|one| one.tie_share).map(|share| numbers.percent(share)),
            ],
        }
    };
    Ok(QualityTable {
        words: audit.scope.table_words("audit_indicators", context)?,
        columns: columns(audit, &["coverage", "skewness", "kurtosis", "ceiling", "ties"])?,
        rows: found.coverage.indicators.iter().map(row).collect(),
    })
}

pub(super) fn columns(audit: &Audit<'_>, heads: &[&str]) -> Result<Vec<String>, TemplateError> {
    heads.iter().map(|head| audit.scope.words.say(&format!("audit_head_{head}"), &audit.facts)).collect()
}
