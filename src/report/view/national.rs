use serde::Serialize;

use super::{
    BandShares, ChartWords, Distribution, Figure, GroupPlot, HeatTable, Member, RangePlot, ScatterPlot,
    ShiftPlot, TileMap,
};

/// What comes before the findings of a long report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Front {
    /// How to read grades, marks and missing values.
    pub reading: Vec<Guidance>,
}

/// A short text with a heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Guidance {
    /// Its heading.
    pub title: String,
    /// Its text.
    pub text: String,
}

/// A section about one dimension.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DimensionView {
    /// The dimension.
    pub name: String,
    /// Its weight, in words.
    pub weight_text: Option<String>,
    /// The finding.
    pub headline: String,
    /// What it is about.
    pub lead: Option<String>,
    /// Its scores as a dot histogram, where scores may be shown.
    pub distribution: Option<Distribution>,
    /// What was claimed and what was found, on the dimension that holds the
    /// latter.
    pub scatter: Option<ScatterPlot>,
    /// All dimensions, this one marked.
    pub ranges: Option<RangePlot>,
    /// Its indicators.
    pub indicators: ShortTable,
    /// Its scores by the first kind of group.
    pub strip: Option<GroupPlot>,
    /// Who leads, in order of code.
    pub leaders: Option<Leaders>,
    /// What to do.
    pub advice: Vec<Guidance>,
}

/// Units in the lead.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Leaders {
    /// Who they are.
    pub title: String,
    /// How they were chosen.
    pub note: String,
    /// In order of code.
    pub units: Vec<Member>,
}

/// Indicators with their spread and the units that fall short.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShortTable {
    /// Its words.
    #[serde(flatten)]
    pub words: ChartWords,
    /// Head of the column of leading units; none where nobody leads.
    pub leading_header: Option<String>,
    /// Head of the column of lines.
    pub line_header: String,
    /// Head of the column of bars; none without a line.
    pub short_header: Option<String>,
    /// The indicators.
    pub rows: Vec<ShortRow>,
    /// Small print.
    pub footnote: String,
}

/// An indicator in a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShortRow {
    /// The indicator.
    pub name: String,
    /// Its weight and unit of measure.
    pub meta: String,
    /// The quartile on the bad side.
    pub worse: Option<String>,
    /// The median.
    pub median: Option<String>,
    /// The quartile on the good side.
    pub better: Option<String>,
    /// Median of the leading units.
    pub leading: Option<String>,
    /// The value to reach.
    pub line: Option<String>,
    /// Share that falls short, of 1.
    pub short: Option<f64>,
    /// The same as text.
    pub short_text: Option<String>,
    /// Whether its share is the largest in the table.
    pub emphasis: bool,
}

/// Groups other than those of the map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The finding.
    pub headline: String,
    /// By what.
    pub plots: Vec<GroupPlot>,
    /// The bands by group, where no scores may be shown.
    pub bands: Option<BandShares>,
    /// Medians of the dimensions by group.
    pub heat: Option<HeatTable>,
}

/// Members of a kind of group that has a map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MapSection {
    /// The kind of group.
    pub name: String,
    /// The finding.
    pub headline: String,
    /// The map.
    pub map: TileMap,
    /// All members.
    pub table: MemberTable,
    /// Medians of the dimensions by member.
    pub heat: Option<HeatTable>,
}

/// The members of a kind of group as a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MemberTable {
    /// Its words.
    #[serde(flatten)]
    pub words: ChartWords,
    /// Heads of the number columns.
    pub columns: Vec<String>,
    /// Axis of the little strips; none where scores may not be shown.
    pub axis: Option<super::Axis>,
    /// The members.
    pub rows: Vec<MemberRow>,
}

/// A member in a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MemberRow {
    /// The member.
    pub name: String,
    /// Whether it has too few units to say much.
    pub small: bool,
    /// One text per column.
    pub cells: Vec<Option<String>>,
    /// The scores of its units, where they may be shown.
    pub dots: Vec<f64>,
    /// Their median.
    pub median: Option<f64>,
    /// Their number in each band, best first.
    pub bands: Vec<usize>,
}

/// What changed since the period before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeSection {
    /// The finding.
    pub headline: String,
    /// In a paragraph.
    pub lead: String,
    /// Figures.
    pub figures: Vec<Figure>,
    /// The bands over the periods.
    pub bands: Option<BandShares>,
    /// Medians of the dimensions before and now.
    pub dimensions: Option<ShiftPlot>,
    /// Indicators that moved most.
    pub indicators: Option<MoveTable>,
    /// Units that improved most, where they may be named.
    pub risers: Option<Leaders>,
}

/// Indicators before and now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MoveTable {
    /// Its words.
    #[serde(flatten)]
    pub words: ChartWords,
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<MoveRow>,
}

/// An indicator before and now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MoveRow {
    /// The indicator.
    pub name: String,
    /// One text per column.
    pub cells: Vec<String>,
    /// `up` for better, `down` for worse, `none`.
    pub direction: &'static str,
}

/// What to do, by theme.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AdviceSection {
    /// The finding.
    pub headline: String,
    /// How it was derived.
    pub lead: String,
    /// The themes, the one with most units short first.
    pub themes: Vec<AdviceTheme>,
}

/// A theme of improvement and the evidence for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AdviceTheme {
    /// The theme.
    pub name: String,
    /// What to do.
    pub advice: String,
    /// What the evidence says.
    pub evidence: String,
    /// Its indicators, with most units short first.
    pub rows: Vec<AdviceRow>,
}

/// An indicator of a theme.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AdviceRow {
    /// The indicator.
    pub name: String,
    /// What is known of it.
    pub text: String,
    /// Share that falls short, of 1.
    pub short: f64,
    /// The same as text.
    pub short_text: String,
}

/// What the data lack.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quality {
    /// The finding.
    pub headline: String,
    /// In a paragraph.
    pub lead: String,
    /// The indicators.
    pub indicators: QualityTable,
    /// Units that lack most.
    pub units: Option<QualityTable>,
}

/// Counts of cells.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QualityTable {
    /// Its words.
    #[serde(flatten)]
    pub words: ChartWords,
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// Name and one text per column.
    pub rows: Vec<QualityRow>,
}

/// A row of counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QualityRow {
    /// What it is of.
    pub name: String,
    /// One text per column.
    pub cells: Vec<Option<String>>,
}
