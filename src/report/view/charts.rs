use serde::Serialize;

/// A horizontal axis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Axis {
    /// Left end.
    pub min: f64,
    /// Right end.
    pub max: f64,
    /// Marks with numbers.
    pub ticks: Vec<Tick>,
    /// What it measures.
    pub title: String,
}

/// A number on an axis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tick {
    /// Where.
    pub at: f64,
    /// The number.
    pub text: String,
}

/// Scores as a dot histogram.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Distribution {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// What it shows.
    pub caption: String,
    /// For those who cannot see it.
    pub alt: String,
    /// Its axis.
    pub axis: Axis,
    /// Width of a column on the axis.
    pub column_width: f64,
    /// The columns.
    pub columns: Vec<HistogramColumn>,
    /// The median.
    pub median: Option<Tick>,
    /// The middle half, where no bands are drawn.
    pub quartiles: Option<[f64; 2]>,
    /// The score below which results are weak, where no bands are drawn.
    pub line: Option<Tick>,
}

/// A stack of dots.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HistogramColumn {
    /// Its middle.
    pub at: f64,
    /// The band of each dot from bottom to top.
    pub dots: Vec<Option<usize>>,
}

/// A strip plot of one kind of group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupPlot {
    /// What the groups are.
    pub name: String,
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// What it shows.
    pub caption: String,
    /// For those who cannot see it.
    pub alt: String,
    /// Its axis.
    pub axis: Axis,
    /// A score worth a line.
    pub threshold: Option<Tick>,
    /// What begins or ends at that line.
    pub threshold_name: Option<String>,
    /// Heads of the columns of values, at most three.
    pub headers: Vec<String>,
    /// Diameter of its dots in millimetres: where there are many, they are small.
    pub dot: f64,
    /// One row per group.
    pub rows: Vec<GroupRow>,
}

/// One group of a strip plot.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupRow {
    /// The group.
    pub name: String,
    /// How many units.
    pub count_text: String,
    /// First quartile, where it may be shown.
    pub q1: Option<f64>,
    /// Third quartile, where it may be shown.
    pub q3: Option<f64>,
    /// Median, where it may be shown.
    pub median: Option<f64>,
    /// Mean, where it may be shown.
    pub mean: Option<f64>,
    /// One text per column of values.
    pub values: Vec<Option<String>>,
    /// Its units, where their scores may be shown.
    pub dots: Vec<Dot>,
}

/// A unit in a strip plot.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dot {
    /// Its score.
    pub at: f64,
    /// Distance from the row's line in dot diameters.
    pub offset: f64,
    /// Whether it is in a leading band, or beyond the line that the plot draws.
    pub top: bool,
}

/// Scores over the periods.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trend {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// What it shows.
    pub caption: String,
    /// For those who cannot see it.
    pub alt: String,
    /// The periods from left to right.
    pub periods: Vec<String>,
    /// The vertical axis.
    pub axis: Axis,
    /// The lines.
    pub series: Vec<Series>,
}

/// A line of a trend.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Series {
    /// What it is of.
    pub name: String,
    /// Whether it is the main one.
    pub emphasis: bool,
    /// Its points.
    pub points: Vec<Point>,
}

/// A point of a trend.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Position of the period.
    pub x: usize,
    /// Score.
    pub y: f64,
}
