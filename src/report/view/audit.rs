use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Axis, BandView, ChartWords, CoherenceReading, Colophon, Document, Figure, Guidance, QualityTable,
    RangePlot, View,
};

/// Everything that the statistical audit annex shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AuditAnnex {
    /// Version of this form.
    pub schema: &'static str,
    /// `zh` or `en`.
    pub lang: &'static str,
    /// The fixed words of the templates.
    pub labels: BTreeMap<String, String>,
    /// The document as a whole.
    pub document: Document,
    /// The title of the project.
    pub name: String,
    /// Whom it is for, when there is a public edition beside it.
    pub audience: Option<String>,
    /// Rating bands, best first.
    pub bands: Vec<BandView>,
    /// How sure ranks and ratings are.
    pub doubt: Doubt,
    /// How to read the annex.
    pub reading: Vec<Guidance>,
    /// All units with their rank intervals, where ranks may be shown.
    pub overview: Option<IntervalOverview>,
    /// The same unit by unit.
    pub intervals: Option<IntervalPages>,
    /// Where the doubt comes from.
    pub sources: SourceSection,
    /// What was varied.
    pub varied: VariedSection,
    /// What leaving something out does.
    pub removal: Option<RemovalSection>,
    /// Whether data, structure and weights fit.
    pub coherence: Option<CoherenceSection>,
    /// What the audit cannot say.
    pub limits: Vec<Guidance>,
    /// How it was done: names and values.
    pub run: Vec<Guidance>,
    /// Draws that failed.
    pub failures: Option<QualityTable>,
    /// Where it comes from.
    pub colophon: Colophon,
}

impl View for AuditAnnex {
    const TEMPLATE: &'static str = "audit-annex.typ";

    fn identity(&self) -> String {
        format!("audit {} {} {}", self.document.title, self.document.edition, self.lang)
    }
}

impl AuditAnnex {
    /// The value of [`AuditAnnex::schema`].
    pub const SCHEMA: &'static str = "benchline/view/audit-annex/1";
}

/// How sure ranks and ratings are, in sentences, figures and bars.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Doubt {
    /// The finding.
    pub headline: String,
    /// In a paragraph.
    pub lead: String,
    /// Figures.
    pub figures: Vec<Figure>,
    /// How certain the ratings are; none where nothing is rated.
    pub certainty: Option<CertaintyPlot>,
    /// What drives the ranks, in a sentence; none where it was not asked.
    pub drivers: Option<String>,
}

/// How sure ranks and ratings are, in a report on all units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DoubtSection {
    /// Sentences, figures and bars.
    #[serde(flatten)]
    pub doubt: Doubt,
    /// All units with their rank intervals, where ranks may be shown.
    pub overview: Option<IntervalOverview>,
    /// Which assumption explains how much.
    pub driver_plot: Option<DriverPlot>,
    /// Where more is to be found.
    pub note: String,
}

/// In what share of draws a unit has which rating, and where its rank lies.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitDoubtPlot {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// What it shows.
    pub caption: String,
    /// For those who cannot see it.
    pub alt: String,
    /// The bands, best first; none where nothing is rated.
    pub bars: Vec<UnitDoubtBar>,
    /// The sources of doubt.
    pub rows: Vec<UnitDoubtRow>,
    /// Its rank by the plan.
    pub nominal: f64,
    /// The last rank there is.
    pub last: usize,
    /// What the axis measures.
    pub axis_title: String,
}

/// The share of draws in a band.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitDoubtBar {
    /// The band.
    pub name: String,
    /// The share, of 1.
    pub share: f64,
    /// The same as text; empty if there is none.
    pub text: String,
    /// Whether it is the band by the plan.
    pub own: bool,
}

/// The rank interval of a unit by one source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitDoubtRow {
    /// The source.
    pub name: String,
    /// 5 % quantile of its ranks.
    pub low: f64,
    /// 95 % quantile.
    pub high: f64,
    /// Median.
    pub median: f64,
    /// The interval.
    pub text: String,
}

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
