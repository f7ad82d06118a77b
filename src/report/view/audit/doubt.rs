//! How sure ranks and ratings are, and what moves them.

use serde::Serialize;

use crate::report::view::{Axis, ChartWords, QualityTable, RangePlot};

/// Units by the share of draws in which they keep their rating.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CertaintyPlot {
    /// Its words.
    #[serde(flatten)]
    pub words: ChartWords,
    /// The classes, surest first.
    pub classes: Vec<String>,
    /// Head of the column of values.
    pub value_header: String,
    /// The bands, then all units.
    pub rows: Vec<CertaintyRow>,
}

/// The units of one band.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CertaintyRow {
    /// Position of the band; none for all units.
    pub band: Option<usize>,
    /// Its name.
    pub name: String,
    /// How many units.
    pub count_text: String,
    /// Units in each class.
    pub parts: Vec<usize>,
    /// Share of its units in the surest class.
    pub value_text: String,
}

/// The rank intervals of all units beside each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IntervalOverview {
    /// Its words.
    #[serde(flatten)]
    pub words: ChartWords,
    /// Ranks, for both directions.
    pub axis: Axis,
    /// The units by rank.
    pub units: Vec<IntervalMark>,
    /// Which ranks belong to which band.
    pub spans: Vec<BandSpan>,
}

/// The rank interval of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct IntervalMark {
    /// Its place from left to right, from 1.
    pub at: usize,
    /// 5 % quantile of its ranks.
    pub low: f64,
    /// 95 % quantile.
    pub high: f64,
    /// Median.
    pub median: f64,
    /// Its rank by the plan.
    pub nominal: f64,
}

/// The places that belong to a band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct BandSpan {
    /// Position of the band.
    pub band: usize,
    /// First place.
    pub from: usize,
    /// Last place.
    pub to: usize,
}

/// The rank intervals unit by unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IntervalPages {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// One per page.
    pub pages: Vec<IntervalPage>,
}

/// Strips that stand beside each other on a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IntervalPage {
    /// What it shows.
    pub caption: String,
    /// For those who cannot see it.
    pub alt: String,
    /// From left to right.
    pub strips: Vec<IntervalStrip>,
}

/// Units below each other with their rank intervals.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IntervalStrip {
    /// The stretch of ranks that it shows.
    pub axis: Axis,
    /// Its units by rank.
    pub rows: Vec<IntervalRow>,
}

/// A unit with its rank interval.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IntervalRow {
    /// Its name.
    pub name: String,
    /// Its rank by the plan.
    pub rank_text: String,
    /// The interval.
    pub text: String,
    /// Position of its band.
    pub band: Option<usize>,
    /// Whether it is the first of its band in the strip.
    pub new_band: bool,
    /// 5 % quantile of its ranks.
    pub low: f64,
    /// 95 % quantile.
    pub high: f64,
    /// Median.
    pub median: f64,
    /// Its rank by the plan.
    pub nominal: f64,
}

/// Sampling error and assumptions, apart and together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourceSection {
    /// The finding.
    pub headline: String,
    /// In a paragraph.
    pub lead: String,
    /// One row per source, with what it does to ranks and ratings.
    pub table: QualityTable,
    /// Widths of rank intervals by source.
    pub widths: Option<RangePlot>,
    /// Which assumption explains how much.
    pub drivers: Option<DriverPlot>,
    /// Indicators of which values were drawn.
    pub sampled: Option<QualityTable>,
}

/// First-order and total indices.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DriverPlot {
    /// Its words.
    #[serde(flatten)]
    pub words: ChartWords,
    /// Shares of variance.
    pub axis: Axis,
    /// What the solid bar is.
    pub first_name: String,
    /// What the pale bar is.
    pub total_name: String,
    /// Head of the values.
    pub value_header: String,
    /// The assumptions, the largest total index first.
    pub rows: Vec<DriverRow>,
}

/// An assumption and what it explains.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DriverRow {
    /// The assumption.
    pub name: String,
    /// Alone.
    pub first: EstimateView,
    /// With its interactions.
    pub total: EstimateView,
}

/// An estimate with its interval.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EstimateView {
    /// The estimate.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// All three as text.
    pub text: String,
}

/// What was varied.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VariedSection {
    /// The finding.
    pub headline: String,
    /// In a paragraph.
    pub lead: String,
    /// The choices and their alternatives; none where only values were drawn.
    pub table: Option<VariedTable>,
}

/// Choices and their alternatives.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VariedTable {
    /// Its words.
    #[serde(flatten)]
    pub words: ChartWords,
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// One row per alternative.
    pub rows: Vec<VariedRow>,
}

/// An alternative of a choice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VariedRow {
    /// The choice, on its first row.
    pub choice: Option<String>,
    /// The alternative.
    pub name: String,
    /// Whether the plan declares it.
    pub declared: bool,
    /// How many draws took it.
    pub draws: String,
    /// Their share, of 1.
    pub share: f64,
    /// How many failed.
    pub failed: String,
}

/// What leaving something out does.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RemovalSection {
    /// The finding.
    pub headline: String,
    /// In a paragraph.
    pub lead: String,
    /// The table.
    pub table: RemovalTable,
}

/// Indicators and dimensions left out one at a time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RemovalTable {
    /// Its words.
    #[serde(flatten)]
    pub words: ChartWords,
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// Dimensions, then indicators, the largest change first.
    pub rows: Vec<RemovalRow>,
}

/// Something left out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RemovalRow {
    /// What; a head over the rows below it when it has neither cells nor problem.
    pub name: String,
    /// The mean change of ranks against the largest in the table, of 1.
    pub share: f64,
    /// Mean change of ranks.
    pub mean_text: Option<String>,
    /// Largest change, rank correlation, bands changed.
    pub cells: Vec<Option<String>>,
    /// Why there is no index without it.
    pub problem: Option<String>,
}
