use rayon::prelude::*;

use super::ground::Ground;
use super::{Influence, Influencer};
use crate::model::Id;
use crate::numeric::{pearson, spline_fit};

/// Weights on paper against weights in effect.
pub(super) fn influence(ground: &Ground<'_>) -> Vec<Influence> {
    let children = ground.nodes().iter().filter_map(|node| {
        let of = ground.children(&node.id);
        let shares = ground.shares(&node.id)?;
        (of.len() == shares.len()).then(|| (node.id.clone(), of, shares.to_vec()))
    });
    let mut wanted: Vec<(Id, bool, Vec<usize>, Vec<f64>)> =
        children.map(|(node, of, shares)| (node, false, of, shares)).collect();
    let index = &ground.evaluation.plan.index;
    let all: Option<Vec<f64>> = ground.indicators().iter().map(|one| one.weight).collect();
    let places: Vec<usize> = (0..ground.indicators().len()).collect();
    let is_flat = ground.children(index).iter().all(|at| places.contains(at));
    if let Some(weights) = all.filter(|_| !is_flat) {
        wanted.push((index.clone(), true, places, weights));
    }
    wanted
        .into_par_iter()
        .map(|(node, by_indicators, of, shares)| {
            let of = influencers(ground, &node, &of, &shares);
            Influence { node, by_indicators, of }
        })
        .collect()
}

fn influencers(ground: &Ground<'_>, node: &Id, of: &[usize], shares: &[f64]) -> Vec<Influencer> {
    let ratios: Vec<(Option<f64>, Option<f64>)> = of.iter().map(|at| ratios(ground, *at, node)).collect();
    let linear: f64 = ratios.iter().filter_map(|ratios| ratios.0).sum();
    let spline: f64 = ratios.iter().filter_map(|ratios| ratios.1).sum();
    let positive = |sum: f64| (sum > 0.0).then_some(sum);
    let (linear_sum, spline_sum) = (positive(linear), positive(spline));
    of.iter()
        .zip(shares)
        .zip(&ratios)
        .filter_map(|((at, nominal), (linear, spline))| {
            let part = |ratio: Option<f64>, sum: Option<f64>| Some(ratio? / sum?);
            let spline_share = part(*spline, spline_sum);
            Some(Influencer {
                id: ground.elements.get(*at)?.id.clone(),
                nominal: *nominal,
                linear: *linear,
                spline: *spline,
                linear_share: part(*linear, linear_sum),
                spline_share,
                ratio: spline_share.filter(|_| *nominal > 0.0).map(|share| share / nominal),
            })
        })
        .collect()
}

/// The linear and the spline correlation ratio of a node with an element.
fn ratios(ground: &Ground<'_>, at: usize, node: &Id) -> (Option<f64>, Option<f64>) {
    let to = ground.place(node);
    let (Some(one), Some(other)) = (ground.sorted.get(at), to.and_then(|to| ground.sorted.get(to))) else {
        return (None, None);
    };
    let Some(found) = pearson(one, other) else { return (None, None) };
    let columns = ground.scores.get(at).zip(to.and_then(|to| ground.scores.get(to)));
    let pairs = columns.into_iter().flat_map(|(x, y)| x.iter().zip(y));
    let (x, y): (Vec<f64>, Vec<f64>) = pairs.filter_map(|(x, y)| Some(((*x)?, (*y)?))).unzip();
    (Some(found.r * found.r), spline_fit(&x, &y))
}
