use serde::Serialize;

use super::coverage::share;
use super::ground::Ground;
use super::ranks::places;
use super::table::triple;
use super::{CorrelationTriple, Thresholds};
use crate::index::Evaluation;
use crate::model::Id;
use crate::numeric::{Sorted, mean};
use crate::plan::Framework;
use crate::validate::IndexInput;

/// The distances that a comparison counts units within.
const WITHIN: [usize; 6] = [0, 1, 3, 5, 10, 20];

/// Two variants of an index on the same data: other weights, another mean.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Units with a rank in both, in registry order.
    pub units: Vec<RankChange>,
    /// Correlations of the scores of the index and of each node that both have,
    /// the index first, over the units assessed in both.
    pub correlations: Vec<VariantCorrelation>,
    /// Mean of |change| over the units; `None` without any.
    pub mean_change: Option<f64>,
    /// The largest |change|; `None` without units.
    pub largest_change: Option<usize>,
    /// Shares of units whose rank moves by at most so many places.
    pub within: Vec<Within>,
}

/// The ranks of a unit in two variants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RankChange {
    /// Which unit.
    pub unit: usize,
    /// Its competition rank in the first, among the units with a score in both.
    pub one: usize,
    /// In the second.
    pub other: usize,
    /// `one` − `other`: above 0 it stands better in the second.
    pub change: isize,
}

/// How a node of two variants correlates with itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VariantCorrelation {
    /// The node.
    pub id: Id,
    /// Its correlations; the peer program prints Spearman's.
    pub correlations: CorrelationTriple,
}

/// The share of units whose rank moves by at most `places`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Within {
    /// How many places.
    pub places: usize,
    /// The share; `None` without units.
    pub share: Option<f64>,
}

/// Compares two variants of an index, both computed from `input`.
pub fn compare_variants(
    input: &IndexInput,
    framework: &Framework,
    one: &Evaluation,
    other: &Evaluation,
) -> Comparison {
    let first = Ground::new(input, framework, one, Thresholds::default());
    let second = Ground::new(input, framework, other, Thresholds::default());
    let both: Vec<usize> =
        first.assessed.iter().copied().filter(|unit| second.assessed.binary_search(unit).is_ok()).collect();
    let ranks = |ground: &Ground<'_>| places(&picked(ground, &ground.ranked_scores(), &both));
    let (before, after) = (ranks(&first), ranks(&second));
    let pairs = both.iter().zip(before.iter().zip(&after));
    let units: Vec<RankChange> = pairs
        .filter_map(|(unit, (one, other))| {
            let (one, other) = ((*one)?, (*other)?);
            Some(RankChange { unit: *unit, one, other, change: one as isize - other as isize })
        })
        .collect();
    let changes: Vec<usize> = units.iter().map(|unit| unit.change.unsigned_abs()).collect();
    let within = |places: usize| {
        let near = changes.iter().filter(|change| **change <= places).count();
        Within { places, share: share(near, changes.len()) }
    };
    Comparison {
        correlations: correlations(&first, &second, &both),
        mean_change: mean(&changes.iter().map(|change| *change as f64).collect::<Vec<_>>()),
        largest_change: changes.iter().copied().max(),
        within: WITHIN.into_iter().map(within).collect(),
        units,
    }
}

/// The nodes that both have, the index first.
fn correlations(first: &Ground<'_>, second: &Ground<'_>, both: &[usize]) -> Vec<VariantCorrelation> {
    let column = |ground: &Ground<'_>, id: &Id| {
        let scores = ground.scores.get(ground.place(id)?)?;
        Some(Sorted::new(&picked(ground, scores, both)))
    };
    let nodes = first.nodes().iter().rev();
    let of = nodes.filter_map(|node| {
        let (one, other) = (column(first, &node.id)?, column(second, &node.id)?);
        Some(VariantCorrelation { id: node.id.clone(), correlations: triple(&one, &other) })
    });
    of.collect()
}

/// The values of some of the assessed units.
fn picked(ground: &Ground<'_>, values: &[Option<f64>], units: &[usize]) -> Vec<Option<f64>> {
    let value = |unit: &usize| values.get(ground.assessed.binary_search(unit).ok()?).copied().flatten();
    units.iter().map(value).collect()
}
