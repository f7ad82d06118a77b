//! Whether data, structure and weights fit.

use serde::Serialize;

use crate::report::view::{Axis, ChartWords, CoherenceReading, QualityTable};

/// Whether data, structure and weights do what the framework says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoherenceSection {
    /// The finding.
    pub headline: String,
    /// In a paragraph.
    pub lead: String,
    /// What is worth a word, and what the figures are.
    pub reading: CoherenceReading,
    /// Words above it.
    pub reading_title: String,
    /// How to read it.
    pub reading_note: String,
    /// Correlations with parents.
    pub links: Option<CorrelationTable>,
    /// Correlations of indicators with each other.
    pub map: Option<CorrelationMap>,
    /// Declared and effective weights of dimensions and indicators.
    pub weights: Option<WeightPlot>,
    /// Alpha and components by node.
    pub blocks: Option<QualityTable>,
    /// Coverage, shape, ceiling and ties of each indicator.
    pub indicators: QualityTable,
}

/// Correlations as numbers on tints.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CorrelationTable {
    /// Its words.
    #[serde(flatten)]
    pub words: ChartWords,
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// The rows; a head over those below it when it has no cells.
    pub rows: Vec<CorrelationRow>,
}

/// An element with its correlations.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CorrelationRow {
    /// The element.
    pub name: String,
    /// Its correlations.
    pub cells: Vec<Option<CorrelationCell>>,
}

/// A correlation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CorrelationCell {
    /// The number.
    pub text: String,
    /// Step of the tint by size, 0 to 5.
    pub step: usize,
    /// Whether it is below 0.
    pub negative: bool,
    /// Whether it is drawn with a frame: an indicator with its own parent.
    pub own: bool,
    /// The mark of a flag.
    pub flag: Option<&'static str>,
}

/// Correlations of all indicators with each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CorrelationMap {
    /// Its words.
    #[serde(flatten)]
    pub words: ChartWords,
    /// The indicators, with their number in the map.
    pub names: Vec<String>,
    /// Row by row: −1 to 1, none where there is none.
    pub cells: Vec<Vec<Option<f64>>>,
    /// First and one past the last indicator of each dimension.
    pub blocks: Vec<(usize, usize)>,
    /// Correlations above it are marked.
    pub redundant: f64,
}

/// Declared and effective weights.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WeightPlot {
    /// Its words.
    #[serde(flatten)]
    pub words: ChartWords,
    /// Weights.
    pub axis: Axis,
    /// What the hollow mark is.
    pub declared_name: String,
    /// What the solid mark is.
    pub effective_name: String,
    /// The rows; a head over those below it when nothing is declared.
    pub rows: Vec<WeightRow>,
}

/// The weight of an element.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WeightRow {
    /// The element.
    pub name: String,
    /// On paper.
    pub declared: Option<f64>,
    /// In effect.
    pub effective: Option<f64>,
    /// On paper.
    pub declared_text: Option<String>,
    /// In effect.
    pub effective_text: Option<String>,
    /// Whether the two are far apart.
    pub flagged: bool,
}
