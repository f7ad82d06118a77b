use serde::Serialize;

use super::{Axis, Tick};

/// What stands around a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ChartWords {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// What it shows.
    pub caption: String,
    /// For those who cannot see it.
    pub alt: String,
}

/// Spreads below each other: whisker from the 10th to the 90th percentile, box
/// of the quartiles, tick of the median.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RangePlot {
    /// Its words.
    #[serde(flatten)]
    pub words: ChartWords,
    /// Its axis.
    pub axis: Axis,
    /// The score below which results are weak.
    pub line: Option<Tick>,
    /// Head of the column of values.
    pub value_header: String,
    /// One row per spread.
    pub rows: Vec<RangeRow>,
}

/// One spread of a range plot.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RangeRow {
    /// What it is of.
    pub name: String,
    /// 10th percentile.
    pub p10: f64,
    /// First quartile.
    pub q1: f64,
    /// Median.
    pub median: f64,
    /// Third quartile.
    pub q3: f64,
    /// 90th percentile.
    pub p90: f64,
    /// The value at its right.
    pub value_text: Option<String>,
    /// Whether it is the one that the page is about.
    pub emphasis: bool,
}

/// A point cloud of two values in one measure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScatterPlot {
    /// Its words.
    #[serde(flatten)]
    pub words: ChartWords,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// The units.
    pub points: Vec<ScatterPoint>,
    /// What the line says on which both values are equal.
    pub equal_text: String,
    /// How far below that line the second one runs.
    pub wide: f64,
    /// What is below the second line.
    pub wide_text: String,
}

/// A unit in a scatter plot.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ScatterPoint {
    /// Horizontal.
    pub x: f64,
    /// Vertical.
    pub y: f64,
    /// Whether it is beyond the second line.
    pub wide: bool,
}

/// A schematic map: one tile per member of a kind of group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TileMap {
    /// Its words.
    #[serde(flatten)]
    pub words: ChartWords,
    /// Head of the legend.
    pub legend_title: String,
    /// The classes, lowest first.
    pub classes: Vec<TileClass>,
    /// The tiles.
    pub tiles: Vec<Tile>,
    /// What to think of it.
    pub remark: String,
    /// Head of the bars.
    pub bars_title: String,
    /// The members with the largest shares.
    pub bars: Vec<TileBar>,
    /// Small print.
    pub footnote: String,
}

/// A class of shares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TileClass {
    /// Its bounds.
    pub name: String,
    /// How many members are in it.
    pub count_text: String,
}

/// A tile of the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tile {
    /// Row from 1.
    pub row: u8,
    /// Column from 1.
    pub column: u8,
    /// Short name.
    pub name: String,
    /// `k / n`, or that it does not take part.
    pub text: String,
    /// Position of its class; none where nothing is assessed.
    pub class: Option<usize>,
}

/// A bar beside the map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TileBar {
    /// The member.
    pub name: String,
    /// Its share, of 1.
    pub share: f64,
    /// The same as text.
    pub text: String,
    /// Whether it has too few units to say much.
    pub small: bool,
}

/// Numbers in a grid, each on a tint of its size.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatTable {
    /// Its words; no alt text is needed of a table.
    #[serde(flatten)]
    pub words: ChartWords,
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<HeatRow>,
}

/// A row of a heat table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatRow {
    /// What it is of; a head over the rows below it when it has no cells.
    pub name: String,
    /// How many units.
    pub count_text: String,
    /// The cells; those withheld or without units are none.
    pub cells: Vec<Option<HeatCell>>,
}

/// A number on a tint.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatCell {
    /// The number.
    pub text: String,
    /// Step of the tint, 0 (lowest) to 4.
    pub step: usize,
}

/// Units by band: one bar of full width per row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BandShares {
    /// Its words.
    #[serde(flatten)]
    pub words: ChartWords,
    /// Head of the column of values.
    pub value_header: String,
    /// The rows.
    pub rows: Vec<BandShareRow>,
}

/// The bands of one row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BandShareRow {
    /// What it is of.
    pub name: String,
    /// How many units.
    pub count_text: String,
    /// Units in each band, best first.
    pub counts: Vec<usize>,
    /// The value at its right.
    pub value_text: String,
    /// Whether it is the one that the page is about.
    pub emphasis: bool,
}

/// Two values per row and what lies between.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShiftPlot {
    /// Its words.
    #[serde(flatten)]
    pub words: ChartWords,
    /// Its axis.
    pub axis: Axis,
    /// What the hollow mark is.
    pub from_name: String,
    /// What the solid mark is.
    pub to_name: String,
    /// Head of the column of differences.
    pub value_header: String,
    /// The rows.
    pub rows: Vec<ShiftRow>,
}

/// A row of a shift plot.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShiftRow {
    /// What it is of.
    pub name: String,
    /// The hollow mark.
    pub from: f64,
    /// The solid mark.
    pub to: f64,
    /// Its number.
    pub to_text: String,
    /// The difference.
    pub difference: String,
    /// `up`, `down` or `none`.
    pub direction: &'static str,
}
