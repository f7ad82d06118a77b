use std::collections::BTreeMap;

use super::{Audit, blocks};
use crate::coherence::{BlockOf, Coherence, Correlation, Influence, Influencer, Link, LinkReading};
use crate::model::Id;
use crate::report::TemplateError;
use crate::report::layout;
use crate::report::view::{
    CorrelationCell, CorrelationMap, CorrelationRow, CorrelationTable, WeightPlot, WeightRow,
};

/// Most rows of the plot of weights, which stands on one page.
const WEIGHT_ROWS: usize = 52;
/// Most indicators that a map is drawn of.
const MAP: usize = 60;

/// Correlations of every element with its parent and with the index, three ways;
/// indicators below the name of their parent.
pub(super) fn table(
    audit: &Audit<'_>,
    found: &Coherence,
    context: &serde_json::Value,
) -> Result<Option<CorrelationTable>, TemplateError> {
    let index = &audit.scope.material.evaluation.plan.index;
    let mut rows: Vec<CorrelationRow> = Vec::new();
    let mut under: Option<&Id> = None;
    for link in found.links.iter().filter(|link| link.parent) {
        if under != Some(&link.node) {
            under = Some(&link.node);
            rows.push(CorrelationRow { name: audit.scope.name_of(&link.node), cells: Vec::new() });
        }
        let to_index = found.links.iter().find(|one| one.id == link.id && one.node == *index);
        let mut cells = cells(audit, Some(link), true);
        let twice = link.node == *index;
        cells.extend(self::cells(audit, to_index.filter(|_| !twice), false));
        rows.push(CorrelationRow { name: audit.scope.name_of(&link.id), cells });
    }
    let heads = [
        "parent_pearson",
        "parent_spearman",
        "parent_kendall",
        "p",
        "index_pearson",
        "index_spearman",
        "index_kendall",
        "p",
    ];
    let table = (!rows.is_empty()).then(|| {
        Ok(CorrelationTable {
            words: audit.scope.table_words("audit_links", context)?,
            columns: blocks::columns(audit, &heads)?,
            rows,
        })
    });
    table.transpose()
}

fn cells(audit: &Audit<'_>, link: Option<&Link>, own: bool) -> Vec<Option<CorrelationCell>> {
    let Some(link) = link else { return vec![None; 4] };
    let three = &link.correlations;
    let flag = match link.reading {
        LinkReading::Negative | LinkReading::Weak => Some("▼"),
        LinkReading::Dominant => Some("▲"),
        LinkReading::Sound | LinkReading::Unknown => None,
    };
    let cell = |of: Option<Correlation>, flag: Option<&'static str>| {
        of.map(|of| CorrelationCell {
            text: audit.scope.numbers.value(of.r, 2),
            step: ((of.r.abs() * 5.0 + 1e-9).floor() as usize).min(5),
            negative: of.r < 0.0,
            own: own && flag.is_some(),
            flag,
        })
    };
    let p = three.pearson.and_then(|of| of.p).map(|p| CorrelationCell {
        text: if p < 0.001 { "<0.001".to_owned() } else { audit.scope.numbers.value(p, 3) },
        step: 0,
        negative: false,
        own: false,
        flag: None,
    });
    vec![cell(three.pearson, flag.filter(|_| own)), cell(three.spearman, None), cell(three.kendall, None), p]
}

/// Correlations of all indicators with each other.
pub(super) fn map(
    audit: &Audit<'_>,
    found: &Coherence,
    context: &serde_json::Value,
) -> Result<Option<CorrelationMap>, TemplateError> {
    let level = found.blocks.iter().find(|block| matches!(block.of, BlockOf::Level { level: 1 }));
    let Some(block) = level.filter(|block| (3..=MAP).contains(&block.ids.len())) else { return Ok(None) };
    let pearson = &block.correlations.pearson;
    let cells = pearson.iter().map(|row| row.iter().map(|cell| cell.map(|cell| round(cell.r))).collect());
    Ok(Some(CorrelationMap {
        words: audit.scope.chart_words("audit_map", context)?,
        names: block.ids.iter().map(|id| audit.scope.name_of(id)).collect(),
        cells: cells.collect(),
        blocks: runs(found, &block.ids),
        redundant: found.thresholds.redundant,
    }))
}

fn round(r: f64) -> f64 {
    (r * 1_000.0).round() / 1_000.0
}

/// First and one past the last of each run of indicators with one parent.
fn runs(found: &Coherence, ids: &[Id]) -> Vec<(usize, usize)> {
    let parents: BTreeMap<&Id, &Id> =
        found.links.iter().filter(|link| link.parent).map(|link| (&link.id, &link.node)).collect();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut before: Option<Option<&&Id>> = None;
    for (at, id) in ids.iter().enumerate() {
        let parent = parents.get(id);
        match runs.last_mut() {
            Some(last) if before == Some(parent) => last.1 = at + 1,
            _ => runs.push((at, at + 1)),
        }
        before = Some(parent);
    }
    runs
}

/// Declared and effective weights, node by node from the index down; of a large
/// framework only those of the children of the index.
pub(super) fn weights(
    audit: &Audit<'_>,
    found: &Coherence,
    context: &serde_json::Value,
) -> Result<Option<WeightPlot>, TemplateError> {
    let index = &audit.scope.material.evaluation.plan.index;
    let mut children: Vec<&Influence> =
        found.influence.iter().filter(|one| !one.by_indicators && one.of.len() > 1).collect();
    // The index first, its nodes in the order of the framework.
    let place = |node: &Id| {
        let nodes = audit.scope.material.framework.nodes.iter();
        (node != index, nodes.map(|one| &one.id).position(|id| id == node))
    };
    children.sort_by_key(|one| place(&one.node));
    let rows: usize = children.iter().map(|one| one.of.len() + 1).sum();
    let shown = children.iter().filter(|one| rows <= WEIGHT_ROWS || one.node == *index);
    let mut plot = Vec::new();
    for influence in shown {
        plot.push(head(audit, &influence.node));
        plot.extend(influence.of.iter().map(|one| weight(audit, found, one)));
    }
    if plot.is_empty() {
        return Ok(None);
    }
    let ends = plot.iter().flat_map(|row| [row.declared, row.effective]).flatten();
    let ends: Vec<f64> = ends.chain([0.0]).collect();
    let mut axis = layout::axis(&ends, &[], &audit.scope.words.word("audit_weight_axis")?);
    axis.min = 0.0;
    axis.ticks.retain(|tick| tick.at >= 0.0);
    Ok(Some(WeightPlot {
        words: audit.scope.chart_words("audit_weights", context)?,
        axis,
        declared_name: audit.scope.words.word("audit_declared_name")?,
        effective_name: audit.scope.words.word("audit_effective_name")?,
        rows: plot,
    }))
}

fn head(audit: &Audit<'_>, node: &Id) -> WeightRow {
    WeightRow {
        name: audit.scope.name_of(node),
        declared: None,
        effective: None,
        declared_text: None,
        effective_text: None,
        flagged: false,
    }
}

fn weight(audit: &Audit<'_>, found: &Coherence, one: &Influencer) -> WeightRow {
    let text = |weight: f64| audit.scope.numbers.value(weight * 100.0, 1);
    let limit = found.thresholds.weight;
    WeightRow {
        name: audit.scope.name_of(&one.id),
        declared: Some(one.nominal * 100.0),
        effective: one.spline_share.map(|share| share * 100.0),
        declared_text: Some(text(one.nominal)),
        effective_text: one.spline_share.map(text),
        flagged: one.ratio.is_some_and(|ratio| ratio > limit || ratio < 1.0 / limit),
    }
}
