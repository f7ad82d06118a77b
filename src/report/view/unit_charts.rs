use serde::Serialize;

/// A mark with a number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mark {
    /// Where, in millimetres from the plot's left or top.
    pub at: f64,
    /// The number or word.
    pub text: String,
}

/// Scores as rows of dots with the unit among them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PositionPlot {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// What it shows.
    pub caption: String,
    /// For those who cannot see it.
    pub alt: String,
    /// Width of the plot.
    pub width: f64,
    /// Bounds or round scores with a line each.
    pub ticks: Vec<Mark>,
    /// Names of the bands in their middles; `None` text for the unit's own.
    pub letters: Vec<Mark>,
    /// From where to where the unit's band goes.
    pub own_band: Option<(f64, f64)>,
    /// Name of its band.
    pub own_letter: Option<Mark>,
    /// Where the unit is.
    pub at: f64,
    /// Its name and score.
    pub label: String,
    /// The nation and the groups.
    pub rows: Vec<PositionRow>,
    /// What the axis measures.
    pub axis_title: String,
}

/// One row of dots.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PositionRow {
    /// The group.
    pub name: String,
    /// How many units.
    pub count_text: String,
    /// Height of the row.
    pub height: f64,
    /// Diameter of a dot.
    pub dot: f64,
    /// The dots as an SVG path around the row's middle line.
    pub path: String,
    /// First quartile, third quartile; absent in small groups.
    pub quartiles: Option<(f64, f64)>,
    /// Median; absent in small groups.
    pub median: Option<Mark>,
    /// Where the unit stands.
    pub standing: String,
    /// More about that.
    pub detail: String,
    /// Whether the group is too small to compare.
    pub small: bool,
}

/// Dimensions as bars from the national median to the unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DimensionPlot {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// What it shows.
    pub caption: String,
    /// For those who cannot see it.
    pub alt: String,
    /// Width of the plot.
    pub width: f64,
    /// Round scores.
    pub ticks: Vec<Mark>,
    /// What the tick, the solid and the hollow triangle are.
    pub legend: Vec<String>,
    /// Head of the column of differences.
    pub difference_header: String,
    /// The dimensions.
    pub rows: Vec<DimensionRow>,
}

/// One dimension.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DimensionRow {
    /// Its name.
    pub name: String,
    /// Its weight.
    pub weight: Option<String>,
    /// Where the unit is.
    pub at: Option<f64>,
    /// Its score.
    pub score: Option<String>,
    /// National median.
    pub nation: Option<f64>,
    /// Medians of the groups compared with.
    pub groups: Vec<Option<f64>>,
    /// Difference from the national median.
    pub difference: Option<String>,
    /// `ahead`, `behind`, `level` or `missing`.
    pub case: &'static str,
    /// The case in words.
    pub word: String,
}

/// All indicators with values, scores and places.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndicatorTable {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// What it shows.
    pub caption: String,
    /// What stands under it.
    pub foot: String,
    /// Whether any indicator has a sample size.
    pub has_n: bool,
    /// Whether there is a period before.
    pub has_change: bool,
    /// Width of a full bar.
    pub width: f64,
    /// Height of a row.
    pub pitch: f64,
    /// The bars and arrows of all rows, drawn at once.
    pub marks: TableMarks,
    /// The rows.
    pub rows: Vec<IndicatorRow>,
}

/// SVG paths, in millimetres from the top left of the rows: bars from the left
/// of their column, arrows around the middle of theirs.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TableMarks {
    /// The whole scale of each row with a score.
    pub tracks: String,
    /// Bars.
    pub bars: String,
    /// Bars of weak spots.
    pub weak: String,
    /// Medians, as lines.
    pub medians: String,
    /// Brackets of rows without data, as lines.
    pub brackets: String,
    /// Arrows up.
    pub up: String,
    /// Arrows down, hollow.
    pub down: String,
    /// No change, as points.
    pub same: String,
}

/// One indicator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndicatorRow {
    /// The dimension, in its first row.
    pub dimension: Option<String>,
    /// Its score, in its second row or after the name.
    pub dimension_score: Option<String>,
    /// Rows of the dimension, in its first row.
    pub span: usize,
    /// The indicator.
    pub name: String,
    /// Its weight.
    pub weight: Option<String>,
    /// Its value.
    pub value: Option<String>,
    /// Whether a revision put it in the place of another.
    pub revised: bool,
    /// Unit of measure.
    pub measure: String,
    /// Sample size.
    pub n: Option<String>,
    /// Whether the sample is small.
    pub few: bool,
    /// Length of the bar.
    #[serde(skip)]
    pub bar: Option<f64>,
    /// Where the median of similar units is.
    #[serde(skip)]
    pub median: Option<f64>,
    /// Width of the name with its weight, in ems.
    pub ems: f64,
    /// Score.
    pub score: Option<String>,
    /// Share of units behind it.
    pub place: Option<String>,
    /// `up`, `down`, `none` or absent.
    #[serde(skip)]
    pub direction: Option<&'static str>,
    /// Change of the score.
    pub change: Option<String>,
    /// `strong`, `weak`, `plain` or `missing`.
    pub case: &'static str,
    /// Why there is no value.
    pub absence: Option<String>,
}

/// Steps to the next rating.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathPlot {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// What it shows.
    pub caption: String,
    /// For those who cannot see it.
    pub alt: String,
    /// Where the unit is.
    pub start: Mark,
    /// Where the band begins.
    pub bound: Mark,
    /// Whether efforts are known.
    pub has_effort: bool,
    /// The steps.
    pub rows: Vec<PathRow>,
    /// What to say when there are no steps to draw.
    pub words: Option<String>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathRow {
    /// The indicator.
    pub name: String,
    /// From what value to what.
    pub values: String,
    /// Left end of the bar.
    pub from: f64,
    /// Right end.
    pub to: f64,
    /// What it gains.
    pub text: String,
    /// `low`, `medium`, `high`, or absent.
    pub effort: Option<&'static str>,
    /// The same in a word.
    pub effort_text: Option<String>,
}

/// A change of score taken apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Waterfall {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// What it shows.
    pub caption: String,
    /// For those who cannot see it.
    pub alt: String,
    /// Height of the plot.
    pub height: f64,
    /// The columns.
    pub columns: Vec<WaterfallColumn>,
    /// Subtotals.
    pub brackets: Vec<Bracket>,
    /// What to say when there is nothing to take apart.
    pub words: Option<String>,
}

/// A column of a waterfall.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WaterfallColumn {
    /// Under it, in lines.
    pub label: Vec<String>,
    /// `level`, `gain`, `loss` or `none`.
    pub kind: &'static str,
    /// `start`, `own`, `set` or `end`.
    pub part: &'static str,
    /// Upper end from the top of the plot.
    pub top: f64,
    /// Lower end.
    pub bottom: f64,
    /// Where the next one begins.
    pub after: f64,
    /// Its number.
    pub text: String,
}

/// A subtotal over columns.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bracket {
    /// First column.
    pub from: usize,
    /// Last column.
    pub to: usize,
    /// What it says.
    pub text: String,
}

/// A score over the periods.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrendPlot {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// What it shows.
    pub caption: String,
    /// For those who cannot see it.
    pub alt: String,
    /// Width of the plot.
    pub width: f64,
    /// Height of the plot.
    pub height: f64,
    /// The periods.
    pub periods: Vec<Mark>,
    /// The unit: place, height and number of each point.
    pub own: Vec<TrendPoint>,
    /// The median of the nation.
    pub nation: Vec<TrendPoint>,
    /// Name of the unit.
    pub own_name: String,
    /// What the other line is.
    pub nation_name: String,
}

/// A point of a trend.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrendPoint {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// Its number.
    pub text: String,
    /// Position of its band.
    pub band: Option<usize>,
}
