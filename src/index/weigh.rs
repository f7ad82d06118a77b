use super::aggregate::Ground;
use crate::diagnostics::{Bilingual, bilingual};
use crate::model::{Column, Id, Weights};
use crate::numeric::{
    NoWeights, Shares, critic_weights, deviation_weights, entropy_weights, factor_weights,
    importance_weights, principal_weights,
};
use crate::plan::Weighting;

/// The weights that data give the children of a node: those of the ranked units
/// of the reported period that have all children. `None` when the method reads
/// no data.
pub(super) fn weights(
    weighting: &Weighting,
    children: &[Id],
    inputs: &[&Column],
    ground: &Ground<'_>,
) -> Option<Result<Weights, Bilingual>> {
    if !weighting.reads_data() || !ground.has_edition() {
        return None;
    }
    let columns = complete(inputs, ground);
    let shares: Shares = match weighting {
        // One child has all the weight whatever the data say.
        _ if children.len() == 1 => Ok(vec![1.0]),
        Weighting::PrincipalComponent => principal_weights(&columns),
        Weighting::FactorAnalysis => factor_weights(&columns),
        Weighting::Entropy => entropy_weights(&columns),
        Weighting::Critic => critic_weights(&columns),
        Weighting::StandardDeviation => deviation_weights(&columns),
        Weighting::Optimised { importances } => {
            let ordered: Vec<f64> =
                children.iter().map(|child| importances.get(child).copied().unwrap_or(0.0)).collect();
            importance_weights(&columns, &ordered)
        }
        _ => return None,
    };
    let sound = shares.map_err(|problem| said(&problem, children));
    Some(sound.and_then(|shares| Weights::from_shares(&shares).map_err(|_| no_difference())))
}

/// The values of the rows that have all of them, column by column.
fn complete(inputs: &[&Column], ground: &Ground<'_>) -> Vec<Vec<f64>> {
    let rows = ground.edition().filter(|row| ground.is_ranked(*row));
    let mut columns = vec![Vec::new(); inputs.len()];
    for row in rows {
        let values: Option<Vec<f64>> = inputs.iter().map(|column| column.value(row)).collect();
        for (column, value) in columns.iter_mut().zip(values.unwrap_or_default()) {
            column.push(value);
        }
    }
    columns
}

fn no_difference() -> Bilingual {
    bilingual!("各下级没有差别，权重全为零", "the children do not differ, so all weights are zero")
}

fn said(problem: &NoWeights, children: &[Id]) -> Bilingual {
    let name = |at: usize| children.get(at).map_or(String::new(), ToString::to_string);
    match problem {
        NoWeights::TooFew { rows, needed } => bilingual!(
            "数据齐全的参评单位只有 {rows} 个，至少要 {needed} 个",
            "only {rows} ranked units have all children, and {needed} are needed"
        ),
        NoWeights::Constant(at) => {
            let child = name(*at);
            bilingual!("“{child}”没有差别", "`{child}` does not vary")
        }
        NoWeights::NotShares(at) => {
            let child = name(*at);
            bilingual!("“{child}”有负值，或全为零", "`{child}` has negative values, or only zeros")
        }
        NoWeights::Collinear(one, other) => {
            let (one, other) = (name(*one), name(*other));
            bilingual!("“{one}”与“{other}”完全相关", "`{one}` and `{other}` are perfectly correlated")
        }
        NoWeights::Singular => bilingual!("各下级线性相关", "the children depend on each other linearly"),
        NoWeights::Negative(at) => {
            let list = at.iter().map(|at| format!("`{}`", name(*at))).collect::<Vec<_>>().join(", ");
            let list_zh = at.iter().map(|at| format!("“{}”", name(*at))).collect::<Vec<_>>().join("、");
            bilingual!("{list_zh} 的权重会是负数", "{list} would weigh less than nothing")
        }
    }
}
