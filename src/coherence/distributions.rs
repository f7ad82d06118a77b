use rayon::prelude::*;

use super::coverage::share;
use super::ground::Ground;
use super::{Crowding, Distribution, Statistics, Thresholds};
use crate::model::Column;
use crate::numeric::{Sorted, excess_kurtosis, mean, median, skewness, standard_deviation};

/// Statistics of the indicators as read and as scored.
pub(super) fn distributions(ground: &Ground<'_>) -> Vec<Distribution> {
    let of = |column: &Column| statistics(&ground.values(column, &ground.ranked), &ground.thresholds);
    let indicators = ground.indicators().par_iter();
    indicators
        .filter_map(|one| {
            let treated = ground.evaluation.prepared.treated.column(ground.in_plan(&one.id)?)?;
            Some(Distribution { id: one.id.clone(), raw: of(ground.raw(&one.id)?), treated: of(treated) })
        })
        .collect()
}

/// Statistics of the values of a column, in which gaps are `None`.
pub(super) fn statistics(column: &[Option<f64>], thresholds: &Thresholds) -> Statistics {
    let values: Vec<f64> = column.iter().copied().flatten().collect();
    let mut ordered = values.clone();
    ordered.sort_by(f64::total_cmp);
    let runs: Vec<usize> = ordered.chunk_by(|a, b| a == b).map(<[f64]>::len).collect();
    // Spread that is rounding noise is none.
    let varies = Sorted::new(column).distinct() > 1;
    let (skewness, kurtosis) = match varies {
        true => (skewness(&values), excess_kurtosis(&values)),
        false => (None, None),
    };
    let beyond = |value: Option<f64>, bound: f64| value.is_some_and(|value| value.abs() > bound);
    let peaked = kurtosis.is_some_and(|kurtosis| kurtosis > thresholds.kurtosis);
    Statistics {
        units: column.len(),
        n: values.len(),
        non_zero: values.iter().filter(|value| **value != 0.0).count(),
        distinct: runs.len(),
        most_frequent: runs.into_iter().max().unwrap_or(0),
        min: ordered.first().copied(),
        max: ordered.last().copied(),
        mean: mean(&values),
        median: median(&values),
        deviation: standard_deviation(&values),
        outliers: beyond(skewness, thresholds.skewness) && peaked,
        skewness,
        kurtosis,
        constant: values.len() > 1 && !varies,
    }
}

/// Ceilings and ties of the scores of each element. The index counts as it is
/// ranked.
pub(super) fn crowding(ground: &Ground<'_>) -> Vec<Crowding> {
    let index = Sorted::new(&ground.ranked_scores());
    let of = |(element, sorted): (&super::Element, &Sorted)| {
        let sorted = if element.id == ground.evaluation.plan.index { &index } else { sorted };
        let (n, counts) = (sorted.count(), sorted.counts());
        let ends = (counts.len() > 1).then(|| counts.first().zip(counts.last())).flatten();
        let (at_bottom, at_top) = ends.map_or((0, 0), |(bottom, top)| (*bottom, *top));
        let tied = counts.iter().filter(|count| **count > 1).sum();
        Crowding {
            id: element.id.clone(),
            n,
            at_top,
            at_bottom,
            tied,
            ceiling: ends.and(share(at_top, n)),
            floor: ends.and(share(at_bottom, n)),
            tie_share: share(tied, n),
        }
    };
    ground.elements.iter().zip(&ground.sorted).map(of).collect()
}
