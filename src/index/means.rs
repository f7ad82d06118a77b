use super::aggregate::Scored;
use crate::diagnostics::{Bilingual, bilingual};
use crate::model::{Absence, Cell, Id};
use crate::numeric::{
    arithmetic_mean, generalised_mean, geometric_mean, harmonic_mean, mazziotta_pareto, ordered_average,
    weighted_median,
};
use crate::plan::{Aggregation, Divisor, MissingPlan, MissingPolicy, Penalty};

/// A child in one row.
#[derive(Clone, Copy)]
pub(super) struct Term {
    pub(super) cell: Cell,
    pub(super) weight: f64,
    /// The cell is another's: its group's mean stands in for it.
    pub(super) lent: bool,
}

/// What a method that looks at one row makes of it.
pub(super) fn mean_of(
    method: &Aggregation,
    missing: &MissingPlan,
    terms: impl Iterator<Item = Term>,
    children: &[Id],
) -> Scored {
    let mut present: Vec<(f64, f64)> = Vec::with_capacity(children.len());
    let (mut own, mut absent, mut inapplicable) = (0, 0, 0);
    for (child, term) in children.iter().zip(terms) {
        match term.cell {
            Cell::Value(value) => {
                if let Some(problem) = refused(method, child, value, term.weight) {
                    return Scored::Outside { input: Some(child.clone()), problem };
                }
                own += usize::from(!term.lent);
                absent += usize::from(term.lent);
                present.push((term.weight, value));
            }
            Cell::Absent(Absence::NotApplicable) => inapplicable += 1,
            Cell::Absent(_) => absent += 1,
        }
    }
    if inapplicable == children.len() {
        return Scored::Cell(Cell::Absent(Absence::NotApplicable));
    }
    if too_few(missing, own, own + absent) || present.is_empty() {
        return Scored::Cell(Cell::MISSING);
    }
    if needs_all(method) && present.len() < children.len() {
        return Scored::Cell(Cell::MISSING);
    }
    let sum: f64 = present.iter().map(|(weight, _)| weight).sum();
    if sum <= 0.0 {
        return Scored::Cell(Cell::MISSING);
    }
    for (weight, _) in &mut present {
        *weight /= sum;
    }
    scored(method, &present)
}

/// Whether too few of the expected children have a value of their own.
pub(super) fn too_few(missing: &MissingPlan, present: usize, expected: usize) -> bool {
    match missing.policy {
        MissingPolicy::RequireAll => present < expected,
        // A share of 2 in 3 must pass a threshold of 2/3 written in decimals.
        MissingPolicy::Rescale | MissingPolicy::GroupScore => {
            (present as f64) + 1e-9 < missing.availability * expected as f64
        }
    }
}

/// Whether a method has no meaning for some of the children.
fn needs_all(method: &Aggregation) -> bool {
    matches!(method, Aggregation::Owa { .. })
}

/// Why a method cannot take a value.
pub(super) fn refused(method: &Aggregation, child: &Id, value: f64, weight: f64) -> Option<Bilingual> {
    let weighs = weight > 0.0 || !method.reads_weights();
    match method {
        Aggregation::Geometric | Aggregation::Harmonic if value <= 0.0 && weighs => Some(bilingual!(
            "“{child}”的得分为 {value}，几何平均与调和平均只接受正数",
            "the score of `{child}` is {value}, and geometric and harmonic means take positive values only"
        )),
        Aggregation::GeneralisedMean { power } if *power <= 0.0 && value <= 0.0 && weighs => {
            Some(bilingual!(
                "“{child}”的得分为 {value}，指数为 {power} 的幂平均只接受正数",
                "the score of `{child}` is {value}, and a mean of power {power} takes positive values only"
            ))
        }
        _ if method.needs_non_negative() && value < 0.0 && weighs => Some(bilingual!(
            "“{child}”的得分为 {value}，这种汇总不接受负数",
            "the score of `{child}` is {value}, and this method takes no negative values"
        )),
        _ => None,
    }
}

fn scored(method: &Aggregation, terms: &[(f64, f64)]) -> Scored {
    let values = || terms.iter().map(|(_, value)| *value).collect::<Vec<f64>>();
    let value = match method {
        Aggregation::Geometric => geometric_mean(terms),
        Aggregation::Harmonic => harmonic_mean(terms),
        Aggregation::GeneralisedMean { power } => generalised_mean(terms, *power),
        Aggregation::WeightedMedian => weighted_median(terms),
        Aggregation::WeightedSum { total } => arithmetic_mean(terms) * total.unwrap_or(1.0),
        Aggregation::Minimum => values().into_iter().fold(f64::INFINITY, f64::min),
        Aggregation::Owa { weights } => {
            let sum: f64 = weights.iter().sum();
            ordered_average(&values(), &weights.iter().map(|weight| weight / sum).collect::<Vec<_>>())
        }
        Aggregation::MazziottaPareto { penalty, divisor } => {
            let values = values();
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            if mean <= 0.0 {
                return Scored::Outside {
                    input: None,
                    problem: bilingual!(
                        "下级得分的均值为 {mean}，Mazziotta-Pareto 指数要求均值为正",
                        "the mean of the children is {mean}, and the Mazziotta-Pareto index needs a positive one"
                    ),
                };
            }
            let sign = if *penalty == Penalty::Down { 1.0 } else { -1.0 };
            mazziotta_pareto(&values, sign, usize::from(*divisor == Divisor::Sample))
        }
        // Methods that compare units never come here: `across` has them.
        _ => arithmetic_mean(terms),
    };
    match Cell::finite(value) {
        Some(cell) => Scored::Cell(cell),
        None => Scored::Outside {
            input: None,
            problem: bilingual!("汇总结果超出可表示的范围", "the result is beyond the range of numbers"),
        },
    }
}
