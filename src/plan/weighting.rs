use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostics::Bilingual;
use crate::model::{Id, Weights};
use crate::numeric::{Eigenpair, mean, principal_eigenvector, standard_deviation};

/// Where the weights of a node's children come from (Handbook, step 6). What is
/// found from data is found once, from the ranked units of the reported period
/// that have all children, and used for all rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "method", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Weighting {
    /// As the children state them; equal if none does.
    #[default]
    Given,
    /// Equal, whatever the children state.
    Equal,
    /// Loadings of the first principal component of the correlation matrix,
    /// turned so that their sum is positive.
    PrincipalComponent,
    /// Squared loadings of the factors with an eigenvalue of 1 or more, rotated
    /// (varimax); each child counts with its largest (Nicoletti and others 2000;
    /// Handbook, step 6).
    FactorAnalysis,
    /// 1 − H / ln n, H being the Shannon entropy of the child's shares of its sum.
    Entropy,
    /// Standard deviation times the sum of 1 − r over the other children, on the
    /// children min-max scaled (Diakoulaki and others 1995).
    Critic,
    /// Standard deviation.
    StandardDeviation,
    /// Analytic hierarchy process (Saaty 1980): the principal eigenvector of a
    /// matrix of pairwise comparisons.
    Ahp {
        /// The children in the order of rows and columns.
        of: Vec<Id>,
        /// How many times more a row counts than a column. Only what stands above
        /// the diagonal is read; what stands below must be its reciprocal.
        comparisons: Vec<Vec<f64>>,
    },
    /// Budget allocation: the mean of the shares that experts give, stated here or
    /// in a table of the project.
    Budget {
        /// The children in the order of the points.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        of: Vec<Id>,
        /// The experts.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        experts: Vec<Expert>,
        /// The table that holds their points, instead of both.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sheet: Option<Box<ExpertSheet>>,
    },
    /// Such that the correlations of the children with their arithmetic mean are
    /// in the proportion of stated importances.
    Optimised {
        /// The importance of each child, on any scale.
        importances: IndexMap<Id, f64>,
    },
}

/// How an expert shares out points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Expert {
    /// Who it is.
    pub name: String,
    /// Points per child, on any scale.
    pub points: Vec<f64>,
}

/// A table with one row per expert and one column per child.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpertSheet {
    /// Path within the project.
    pub file: String,
    /// Column of the expert's code.
    pub expert: String,
    /// Child to the header of its column, where that is neither its id nor its name.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub columns: IndexMap<Id, String>,
    /// Columns to pass over without a warning.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
}

/// A named set of weights that can take the place of those stated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeightSet {
    /// Id of the set.
    pub id: Id,
    /// What it is called.
    pub name: Bilingual,
    /// Shares of children among their siblings; of some siblings all or none.
    pub shares: IndexMap<Id, f64>,
}

/// Weights at one node for the units of one member of a kind of group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupWeights {
    /// The node.
    pub node: Id,
    /// The kind of group.
    pub group: Id,
    /// The member.
    pub member: Id,
    /// Shares of all children of the node.
    pub shares: IndexMap<Id, f64>,
}

/// Weights of one node for the units of one member, as run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WeightOverride {
    /// The kind of group.
    pub group: Id,
    /// The member.
    pub member: Id,
    /// One weight per child.
    pub weights: Weights,
}

/// The least and the most that a share may be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// Least.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub min: f64,
    /// Most.
    #[serde(default = "all")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub max: f64,
}

fn all() -> f64 {
    1.0
}

/// The weights that a matrix of comparisons gives.
#[derive(Clone, Debug, PartialEq)]
pub struct AhpWeights {
    /// The principal eigenvector, summing to 1.
    pub weights: Vec<f64>,
    /// The largest eigenvalue.
    pub eigenvalue: f64,
    /// Consistency ratio CI / RI; more than 0.1 is too inconsistent.
    pub ratio: f64,
    /// Row and column of the comparison farthest from the weights.
    pub farthest: (usize, usize),
}

/// Saaty's mean consistency index of random matrices, by size from 1.
const RANDOM_INDEX: [f64; 15] =
    [0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59];

/// The weights of pairwise comparisons (Saaty 1980); what stands above the
/// diagonal decides. `None` unless the matrix is square and positive.
///
/// ```
/// # use benchline::plan::ahp_weights;
/// let found = ahp_weights(&[vec![1.0, 2.0, 6.0], vec![0.5, 1.0, 3.0], vec![1.0 / 6.0, 1.0 / 3.0, 1.0]]).unwrap();
/// for (weight, expected) in found.weights.iter().zip([0.6, 0.3, 0.1]) {
///     assert!((weight - expected).abs() < 1e-12);
/// }
/// assert!(found.ratio.abs() < 1e-12);
/// ```
pub fn ahp_weights(comparisons: &[Vec<f64>]) -> Option<AhpWeights> {
    let size = comparisons.len();
    let at = |row: usize, column: usize| comparisons.get(row)?.get(column).copied();
    let mut matrix = vec![vec![1.0; size]; size];
    for (row, cells) in matrix.iter_mut().enumerate() {
        for (column, cell) in cells.iter_mut().enumerate() {
            *cell = match row.cmp(&column) {
                std::cmp::Ordering::Less => at(row, column)?,
                std::cmp::Ordering::Equal => 1.0,
                std::cmp::Ordering::Greater => 1.0 / at(column, row)?,
            };
        }
    }
    let Eigenpair { value, vector } = principal_eigenvector(&matrix)?;
    let index = if size > 1 { (value - size as f64) / (size - 1) as f64 } else { 0.0 };
    let random = RANDOM_INDEX.get(size.checked_sub(1)?).or(RANDOM_INDEX.last()).copied()?;
    let mut farthest = (0.0, (0, 0));
    for (row, cells) in matrix.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().skip(row + 1) {
            let implied = vector.get(row)? / vector.get(column)?;
            let distance = libm::log(cell / implied).abs();
            if distance > farthest.0 + 1e-12 {
                farthest = (distance, (row, column));
            }
        }
    }
    let ratio = if random > 0.0 { (index / random).max(0.0) } else { 0.0 };
    Some(AhpWeights { weights: vector, eigenvalue: value, ratio, farthest: farthest.1 })
}

/// What experts gave a child.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BudgetShare {
    /// Mean of the experts' shares: the weight.
    pub mean: f64,
    /// Their sample standard deviation; absent for one expert.
    pub deviation: Option<f64>,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
}

/// The mean share of each child and how far the experts differ. Each expert's
/// points are brought to a sum of 1 first. `None` if an expert's points make no
/// weights or are not as many as those of the others.
///
/// ```
/// # use benchline::plan::{Expert, budget_shares};
/// let expert = |points: &[f64]| Expert { name: "E".into(), points: points.to_vec() };
/// let shares = budget_shares(&[expert(&[60.0, 40.0]), expert(&[1.0, 1.0])]).unwrap();
/// assert_eq!((shares[0].mean, shares[0].min, shares[0].max), (0.55, 0.5, 0.6));
/// ```
pub fn budget_shares(experts: &[Expert]) -> Option<Vec<BudgetShare>> {
    let shares: Vec<Weights> =
        experts.iter().map(|expert| Weights::from_shares(&expert.points).ok()).collect::<Option<_>>()?;
    let size = shares.first()?.as_slice().len();
    if shares.iter().any(|one| one.as_slice().len() != size) {
        return None;
    }
    (0..size)
        .map(|child| {
            let given: Vec<f64> =
                shares.iter().map(|one| one.as_slice().get(child).copied()).collect::<Option<_>>()?;
            Some(BudgetShare {
                mean: mean(&given)?,
                deviation: standard_deviation(&given),
                min: given.iter().copied().fold(f64::INFINITY, f64::min),
                max: given.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            })
        })
        .collect()
}

impl Weighting {
    /// Whether the weights are those that children state.
    pub fn is_given(&self) -> bool {
        *self == Weighting::Given
    }

    /// Whether the weights are found from the data.
    pub fn reads_data(&self) -> bool {
        matches!(
            self,
            Weighting::PrincipalComponent
                | Weighting::FactorAnalysis
                | Weighting::Entropy
                | Weighting::Critic
                | Weighting::StandardDeviation
                | Weighting::Optimised { .. }
        )
    }

    /// The shares of `children` that the method states, in their order; `None`
    /// when it states none for some child, or finds them from data.
    pub fn stated(&self, children: &[Id]) -> Option<Vec<f64>> {
        let ordered = |of: &[Id], weights: &[f64]| {
            children
                .iter()
                .map(|child| weights.get(of.iter().position(|id| id == child)?).copied())
                .collect::<Option<Vec<f64>>>()
        };
        match self {
            Weighting::Equal => Some(vec![1.0; children.len()]),
            Weighting::Ahp { of, comparisons } => ordered(of, &ahp_weights(comparisons)?.weights),
            Weighting::Budget { of, experts, .. } => {
                let shares = budget_shares(experts)?;
                ordered(of, &shares.iter().map(|share| share.mean).collect::<Vec<_>>())
            }
            _ => None,
        }
    }
}
