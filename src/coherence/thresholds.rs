use serde::Serialize;

/// From where on a figure is flagged. All are conventions, none is a test.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Thresholds {
    /// Least share of values of a unit and of an indicator (JRC practice: 65 %).
    pub coverage: f64,
    /// |skewness| above it, together with kurtosis, says outliers (Handbook and
    /// JRC practice: 2).
    pub skewness: f64,
    /// Excess kurtosis above it (3.5).
    pub kurtosis: f64,
    /// A correlation with the parent below it is weak (0.3).
    pub weak: f64,
    /// A correlation above it is redundant (0.92).
    pub redundant: f64,
    /// A correlation of siblings above it is listed (0.4).
    pub high: f64,
    /// A correlation with a variable of size above it, either way, is listed (0.2).
    pub size: f64,
    /// Least alpha (Nunnally 1978: 0.7).
    pub alpha: f64,
    /// Largest share of units with the highest score (Terwee et al. 2007: 15 %).
    pub ceiling: f64,
    /// Largest share of units that share their index score with another (10 %).
    pub ties: f64,
    /// Weight in effect over weight on paper, or its inverse: above it the two
    /// are far apart (2).
    pub weight: f64,
    /// Pairs of units are compared in everything up to so many units.
    pub most_dominance_units: usize,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            coverage: 0.65,
            skewness: 2.0,
            kurtosis: 3.5,
            weak: 0.3,
            redundant: 0.92,
            high: 0.4,
            size: 0.2,
            alpha: 0.7,
            ceiling: 0.15,
            ties: 0.1,
            weight: 2.0,
            most_dominance_units: 5_000,
        }
    }
}
