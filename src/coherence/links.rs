use super::ground::Ground;
use super::table::{Table, descendants};
use super::{CorrelationTriple, Link, LinkReading, Pair, SizeLink};
use crate::numeric::{Sorted, pearson};

/// Correlations of every element with what it counts towards.
pub(super) fn links(ground: &Ground<'_>, table: &Table) -> Vec<Link> {
    let above: Vec<_> = ground
        .nodes()
        .iter()
        .map(|node| (node, descendants(ground, &node.id), ground.children(&node.id)))
        .collect();
    let mut links = Vec::new();
    for (at, element) in ground.elements.iter().enumerate() {
        let mut own: Vec<Link> = Vec::new();
        for (node, _, children) in above.iter().filter(|(_, below, _)| below.contains(&at)) {
            let Some(place) = ground.place(&node.id) else { continue };
            let correlations = table.of(ground, at, place);
            let (parent, only) = (children.contains(&at), *children == [at]);
            let reading = if only { LinkReading::Unknown } else { reading(ground, &correlations) };
            let (id, node) = (element.id.clone(), node.id.clone());
            own.push(Link { id, node, parent, only, correlations, reading });
        }
        // Parents first; the nodes themselves are in order already.
        own.sort_by_key(|link| !link.parent);
        links.extend(own);
    }
    links
}

fn reading(ground: &Ground<'_>, correlations: &CorrelationTriple) -> LinkReading {
    match correlations.pearson.map(|found| found.r) {
        None => LinkReading::Unknown,
        Some(r) if r < 0.0 => LinkReading::Negative,
        Some(r) if r < ground.thresholds.weak => LinkReading::Weak,
        Some(r) if r > ground.thresholds.redundant => LinkReading::Dominant,
        Some(_) => LinkReading::Sound,
    }
}

/// Collinear indicators and siblings, and siblings with a high correlation.
pub(super) fn pairs(ground: &Ground<'_>, table: &Table) -> Vec<Pair> {
    let families: Vec<_> = ground.nodes().iter().map(|node| (&node.id, ground.children(&node.id))).collect();
    let mut pairs = Vec::new();
    for (at, one) in ground.elements.iter().enumerate() {
        for (to, other) in ground.elements.iter().enumerate().skip(at + 1) {
            let shared =
                families.iter().find(|(_, children)| children.contains(&at) && children.contains(&to));
            if shared.is_none() && !(one.indicator && other.indicator) {
                continue;
            }
            let Some(found) = table.of(ground, at, to).pearson else { continue };
            let collinear = found.r.abs() > ground.thresholds.redundant;
            if collinear || (shared.is_some() && found.r > ground.thresholds.high) {
                let node = shared.map(|(node, _)| (*node).clone());
                let (one, other) = (one.id.clone(), other.id.clone());
                pairs.push(Pair { one, other, node, r: found.r, collinear });
            }
        }
    }
    pairs
}

/// Indicators that follow a context variable, over the ranked units.
pub(super) fn sizes(ground: &Ground<'_>) -> Vec<SizeLink> {
    let contexts = ground.input.contexts().iter();
    let variables: Vec<_> =
        contexts.map(|(id, column)| (id, Sorted::new(&ground.values(column, &ground.ranked)))).collect();
    let mut sizes = Vec::new();
    for indicator in ground.indicators().iter().filter(|_| !variables.is_empty()) {
        let Some(at) = ground.in_plan(&indicator.id) else { continue };
        let Some(column) = ground.evaluation.prepared.denominated.column(at) else { continue };
        let values = Sorted::new(&ground.values(column, &ground.ranked));
        let by = ground.evaluation.plan.indicators.get(at).and_then(|one| one.denominate.as_ref());
        for (variable, sorted) in &variables {
            let found = pearson(&values, sorted).filter(|found| found.r.abs() > ground.thresholds.size);
            sizes.extend(found.map(|found| SizeLink {
                id: indicator.id.clone(),
                variable: (*variable).clone(),
                r: found.r,
                n: found.n,
                divided: by.is_some_and(|by| by.by == **variable),
            }));
        }
    }
    sizes
}
