use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Weights of the children of one parent: finite, not negative, summing to 1.
///
/// ```
/// # use benchline::model::Weights;
/// let weights = Weights::from_shares(&[3.0, 1.0]).unwrap();
/// assert_eq!(weights.as_slice(), [0.75, 0.25]);
/// assert!(Weights::from_shares(&[1.0, -1.0]).is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<f64>", into = "Vec<f64>")]
pub struct Weights(Vec<f64>);

/// Why shares make no weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadWeights {
    /// A share is negative, infinite or not a number.
    #[error("a weight is negative or not finite")]
    NotAWeight,
    /// There are no shares, or all are zero.
    #[error("the weights sum to zero")]
    SumIsZero,
}

impl Weights {
    /// Weights in proportion to `shares`, on any scale.
    pub fn from_shares(shares: &[f64]) -> Result<Self, BadWeights> {
        if shares.iter().any(|share| !share.is_finite() || *share < 0.0) {
            return Err(BadWeights::NotAWeight);
        }
        let sum: f64 = shares.iter().sum();
        if sum <= 0.0 || !sum.is_finite() {
            return Err(BadWeights::SumIsZero);
        }
        Ok(Self(shares.iter().map(|share| share / sum).collect()))
    }

    /// One weight per child, in the order of the children.
    pub fn as_slice(&self) -> &[f64] {
        &self.0
    }
}

impl TryFrom<Vec<f64>> for Weights {
    type Error = BadWeights;

    fn try_from(shares: Vec<f64>) -> Result<Self, BadWeights> {
        Self::from_shares(&shares)
    }
}

impl From<Weights> for Vec<f64> {
    fn from(weights: Weights) -> Self {
        weights.0
    }
}
