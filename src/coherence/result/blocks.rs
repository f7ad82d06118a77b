use serde::Serialize;

use crate::model::Id;

/// Elements that belong together, with what their correlations say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Block {
    /// What they have in common.
    pub of: BlockOf,
    /// The elements: rows and columns of `correlations`.
    pub ids: Vec<Id>,
    /// Correlations of their scores.
    pub correlations: CorrelationMatrix,
    /// Principal components of the correlation matrix of the units that have all
    /// elements; `None` for fewer than two elements, fewer than three such
    /// units, or an element that does not vary among them.
    pub components: Option<Components>,
    /// Cronbach's alpha, k² · c / S with c the mean covariance of two elements
    /// and S the sum of all variances and covariances, each over the units that
    /// have both (Cronbach 1951; Handbook, step 4). At least 0.7 is asked for.
    /// `None` for fewer than two elements, or where the sum is not positive.
    pub alpha: Option<f64>,
}

/// What the elements of a [`Block`] have in common.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum BlockOf {
    /// All elements of a level: 1 are the indicators.
    Level {
        /// The level.
        level: usize,
    },
    /// All children of a node.
    Children {
        /// The node.
        node: Id,
    },
}

/// Correlations of each pair, row by row; symmetric, of an element with itself 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CorrelationMatrix {
    /// Pearson's r.
    pub pearson: Vec<Vec<Option<Correlation>>>,
    /// Spearman's rho: Pearson's r of average ranks.
    pub spearman: Vec<Vec<Option<Correlation>>>,
    /// Kendall's tau-b.
    pub kendall: Vec<Vec<Option<Correlation>>>,
}

/// A correlation over the units that have both values. `None` in its place means
/// fewer than two such units, or values that do not vary among them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Correlation {
    /// Within −1..=1.
    pub r: f64,
    /// Units with both values.
    pub n: usize,
    /// Two-sided p-value of no correlation. Pearson and Spearman: Student's t
    /// with n − 2 degrees of freedom, t = r √((n − 2) / (1 − r²)). Kendall: the
    /// normal approximation with the variance of its numerator corrected for
    /// ties (Kendall 1970). `None` for fewer than three units.
    pub p: Option<f64>,
}

/// The three correlations of one pair.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CorrelationTriple {
    /// Pearson's r.
    pub pearson: Option<Correlation>,
    /// Spearman's rho.
    pub spearman: Option<Correlation>,
    /// Kendall's tau-b.
    pub kendall: Option<Correlation>,
}

/// A principal component analysis (Handbook, step 4).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Components {
    /// Units that have all elements.
    pub n: usize,
    /// The components, the largest eigenvalue first.
    pub components: Vec<Component>,
    /// How many eigenvalues are above 1 (Kaiser's rule): more than one says that
    /// the elements measure more than one thing.
    pub above_one: usize,
}

/// A principal component.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Component {
    /// Its eigenvalue: its variance where every element has variance 1.
    pub eigenvalue: f64,
    /// Its share of the variance.
    pub share: f64,
    /// That of all components up to it.
    pub cumulative: f64,
    /// Its loadings: a unit vector, one part per element, turned so that the
    /// parts sum to 0 or more. The order of other programs' signs is arbitrary.
    pub loadings: Vec<f64>,
}
