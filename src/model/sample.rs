use serde::Serialize;

/// The sample that a value rests on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Sample {
    /// How many were sampled; at least 1. `None` where only the standard error is
    /// known; successes are always of a known size.
    pub n: Option<u32>,
    /// How far the value may be from what all would have given.
    pub precision: Precision,
    /// By how much the sample's variance exceeds that of a simple random one of
    /// its size: more than 1 where several calls share a tester or a platform.
    pub design_effect: f64,
}

/// What is known of a sampled value's precision.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// The sample size alone.
    Unknown,
    /// The value is the share of so many successes, at most `n`.
    Successes(u32),
    /// Its standard error in the value's unit of measure, design effect
    /// included.
    StandardError(f64),
}

impl Sample {
    /// The size of the simple random sample that would be as precise, where the
    /// size of this one is known.
    pub fn effective_n(&self) -> Option<f64> {
        self.n.map(|n| f64::from(n) / self.design_effect)
    }
}
