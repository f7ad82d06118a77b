use super::{BlockOf, Coherence, Flag, FlagKind, LinkReading};
use crate::model::Id;

/// Everything in an audit that is worth a word, in the order of the audit.
pub(super) fn flags(audit: &Coherence) -> Vec<Flag> {
    let mut flags = coverage(audit);
    flags.extend(distributions(audit));
    flags.extend(links(audit));
    flags.extend(families(audit));
    flags.extend(weights(audit));
    flags.sort_by_key(|flag| flag.kind);
    flags
}

fn flag(kind: FlagKind, id: &Id, value: Option<f64>, threshold: Option<f64>) -> Flag {
    Flag { kind, id: Some(id.clone()), with: None, unit: None, value, threshold }
}

fn coverage(audit: &Coherence) -> Vec<Flag> {
    let least = Some(audit.thresholds.coverage);
    let units = audit.coverage.units.iter().filter(|unit| !unit.passes).map(|unit| Flag {
        kind: FlagKind::UnitCoverage,
        id: None,
        with: None,
        unit: Some(unit.unit),
        value: unit.share,
        threshold: least,
    });
    let indicators = audit.coverage.indicators.iter().filter(|one| !one.passes);
    units.chain(indicators.map(|one| flag(FlagKind::IndicatorCoverage, &one.id, one.share, least))).collect()
}

fn distributions(audit: &Coherence) -> Vec<Flag> {
    let mut flags = Vec::new();
    for one in &audit.distributions {
        if one.treated.constant {
            flags.push(flag(FlagKind::Constant, &one.id, one.treated.min, None));
        }
        if one.treated.outliers {
            let bound = Some(audit.thresholds.skewness);
            flags.push(flag(FlagKind::Outliers, &one.id, one.treated.skewness, bound));
        }
    }
    for one in &audit.crowding {
        // One unit is at the top always: of few units it would be a large share.
        let ceiling = one.ceiling.filter(|ceiling| one.at_top > 1 && *ceiling > audit.thresholds.ceiling);
        let bound = Some(audit.thresholds.ceiling);
        flags.extend(ceiling.map(|ceiling| flag(FlagKind::Ceiling, &one.id, Some(ceiling), bound)));
    }
    let index = audit.crowding.last();
    let ties = index.and_then(|one| Some((one, one.tie_share.filter(|ties| *ties > audit.thresholds.ties)?)));
    flags.extend(
        ties.map(|(one, ties)| flag(FlagKind::Ties, &one.id, Some(ties), Some(audit.thresholds.ties))),
    );
    flags
}

fn links(audit: &Coherence) -> Vec<Flag> {
    let thresholds = &audit.thresholds;
    let parents = audit.links.iter().filter(|link| link.parent).filter_map(|link| {
        let (kind, threshold) = match link.reading {
            LinkReading::Negative => (FlagKind::NegativeLink, 0.0),
            LinkReading::Weak => (FlagKind::WeakLink, thresholds.weak),
            LinkReading::Dominant => (FlagKind::DominantLink, thresholds.redundant),
            LinkReading::Sound | LinkReading::Unknown => return None,
        };
        let value = link.correlations.pearson.map(|found| found.r);
        Some(Flag { with: Some(link.node.clone()), ..flag(kind, &link.id, value, Some(threshold)) })
    });
    let pairs = audit.pairs.iter().filter(|pair| pair.collinear).map(|pair| Flag {
        with: Some(pair.other.clone()),
        ..flag(FlagKind::Collinear, &pair.one, Some(pair.r), Some(thresholds.redundant))
    });
    let sizes = audit.sizes.iter().map(|size| Flag {
        with: Some(size.variable.clone()),
        ..flag(FlagKind::Size, &size.id, Some(size.r), Some(thresholds.size))
    });
    parents.chain(pairs).chain(sizes).collect()
}

fn families(audit: &Coherence) -> Vec<Flag> {
    let mut flags = Vec::new();
    for block in &audit.blocks {
        let BlockOf::Children { node } = &block.of else { continue };
        if let Some(components) = block.components.as_ref().filter(|components| components.above_one > 1) {
            let count = components.above_one as f64;
            flags.push(flag(FlagKind::Components, node, Some(count), Some(1.0)));
        }
        let least = audit.thresholds.alpha;
        let low = block.alpha.filter(|alpha| *alpha < least);
        flags.extend(low.map(|alpha| flag(FlagKind::Alpha, node, Some(alpha), Some(least))));
    }
    flags
}

fn weights(audit: &Coherence) -> Vec<Flag> {
    let bound = audit.thresholds.weight;
    let mut flags = Vec::new();
    for influence in audit.influence.iter().filter(|one| !one.by_indicators && one.of.len() > 1) {
        for one in &influence.of {
            let off = one.ratio.filter(|ratio| *ratio > bound || *ratio * bound < 1.0);
            flags.extend(off.map(|ratio| Flag {
                with: Some(influence.node.clone()),
                ..flag(FlagKind::Weight, &one.id, Some(ratio), Some(bound))
            }));
        }
    }
    flags
}
