//! The data that report templates take in: texts in the report's language,
//! formatted, and positions in units of the score. Absent and null are the same
//! to a template.

use std::collections::BTreeMap;

use serde::Serialize;

/// Everything an index report shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndexReport {
    /// Version of this form.
    pub schema: &'static str,
    /// `zh` or `en`.
    pub lang: &'static str,
    /// The fixed words of the templates.
    pub labels: BTreeMap<String, String>,
    /// Whether units are ranked one by one.
    pub league_table: bool,
    /// The document as a whole.
    pub document: Document,
    /// The first page.
    pub cover: Cover,
    /// Rating bands, best first; none when nothing is rated.
    pub bands: Vec<BandView>,
    /// Ranked units without a score.
    pub unrated_count: usize,
    /// The findings page.
    pub summary: Summary,
    /// Scores as a dot histogram.
    pub distribution: Distribution,
    /// A strip plot for each kind of group.
    pub groups: Vec<GroupPlot>,
    /// Scores over the periods.
    pub trend: Option<Trend>,
    /// Words above the lists of members.
    pub members_lead: String,
    /// The units of each band.
    pub members: Vec<BandMembers>,
    /// The table of all units.
    pub ranking: Ranking,
    /// How it was done.
    pub method: Method,
    /// Agreement with published results.
    pub agreement: Option<AgreementView>,
    /// Where it comes from.
    pub colophon: Colophon,
}

impl IndexReport {
    /// The value of [`IndexReport::schema`].
    pub const SCHEMA: &'static str = "benchline/view/index-report/1";
}

/// Title, publisher, date and status of a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Document {
    /// Title.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// The reported period.
    pub edition: String,
    /// Name and version of the framework.
    pub framework: String,
    /// `YYYY-MM-DD`.
    pub date_iso: String,
    /// The date in words.
    pub date_text: String,
    /// Whether the data are invented.
    pub synthetic: bool,
    /// What every page says about the data.
    pub status_text: String,
    /// What is scored.
    pub unit_noun: String,
    /// What the index measures.
    pub description: String,
}

/// The first page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cover {
    /// The finding, in two lines.
    pub lines: Vec<String>,
    /// Columns of the picture.
    pub columns: usize,
    /// How to read the picture.
    pub note: String,
}

/// A rating band.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BandView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its bounds in words.
    pub range_text: String,
    /// Units in it.
    pub count: usize,
    /// The same with a measure word.
    pub count_text: String,
    /// Their share.
    pub share_text: String,
    /// Lower bound.
    pub from: Option<f64>,
    /// Upper bound.
    pub to: Option<f64>,
}

/// The findings page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// The main finding.
    pub headline: String,
    /// What was done, in a paragraph.
    pub lead: String,
    /// Up to six figures.
    pub figures: Vec<Figure>,
}

/// A figure and what it says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// The number.
    pub number: String,
    /// Its unit.
    pub unit: String,
    /// What it is.
    pub title: String,
    /// What to compare it with.
    pub text: String,
}

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
    /// Lower bound of the best band.
    pub threshold: Option<Tick>,
    /// Head of the column of medians.
    pub value_header: String,
    /// Head of the column of shares.
    pub share_header: Option<String>,
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
    /// First quartile.
    pub q1: f64,
    /// Third quartile.
    pub q3: f64,
    /// Median.
    pub median: f64,
    /// The same as text.
    pub median_text: String,
    /// Share in the best band.
    pub share_text: Option<String>,
    /// Its units.
    pub dots: Vec<Dot>,
}

/// A unit in a strip plot.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dot {
    /// Its score.
    pub at: f64,
    /// Distance from the row's line in dot diameters.
    pub offset: f64,
    /// Whether it is in the best band.
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

/// The units of a band.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BandMembers {
    /// Position of the band.
    pub band: usize,
    /// Its heading.
    pub name: String,
    /// Its bounds.
    pub range_text: String,
    /// How many units.
    pub count_text: String,
    /// Their share.
    pub share_text: String,
    /// The units by group.
    pub groups: Vec<MemberGroup>,
}

/// The units of a band in one group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MemberGroup {
    /// The group; none when there are no groups.
    pub name: Option<String>,
    /// How many of the group's units.
    pub count_text: String,
    /// The units in order of code.
    pub units: Vec<Member>,
}

/// A unit in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its code.
    pub meta: String,
}

/// The table of all units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ranking {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// What it shows.
    pub caption: String,
    /// Whether changes are shown.
    pub has_change: bool,
    /// Heads of the component columns.
    pub columns: Vec<RankingColumn>,
    /// Head of the score.
    pub score_name: String,
    /// Score of a full bar.
    pub score_max_value: f64,
    /// Units with a score.
    pub rows: Vec<RankingRow>,
    /// Scored units that are not ranked.
    pub benchmarks: Vec<RankingRow>,
    /// Units without a score.
    pub unassessed: Vec<Unassessed>,
}

/// A component column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RankingColumn {
    /// Its head.
    pub name: String,
    /// `dimension` or `companion`.
    pub kind: &'static str,
}

/// A unit in the table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RankingRow {
    /// Its rank, when ranks are shown.
    pub rank: Option<String>,
    /// Whether it shares its rank.
    pub tied: bool,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Position of its band.
    pub band: Option<usize>,
    /// Its score.
    pub score: Option<String>,
    /// The same as a number.
    pub score_value: Option<f64>,
    /// One text per component column.
    pub cells: Vec<Option<String>>,
    /// Change since the period before.
    pub change: Option<ChangeView>,
}

/// A change of score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeView {
    /// With its sign.
    pub text: String,
    /// `up`, `down` or `none`.
    pub direction: &'static str,
}

/// A unit without a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unassessed {
    /// Its name.
    pub name: String,
    /// What is missing.
    pub reason: String,
}

/// How it was done.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Method {
    /// Heading.
    pub title: String,
    /// Paragraph under it.
    pub lead: String,
    /// The framework from the index down.
    pub tree: Vec<TreeNode>,
    /// What was run.
    pub steps: Vec<MethodStep>,
    /// Rules of nodes outside the index.
    pub formulas: Vec<FormulaView>,
    /// What is measured.
    pub indicators: Vec<IndicatorView>,
}

/// A node of the framework tree, in pre-order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TreeNode {
    /// Levels below the root.
    pub depth: usize,
    /// Its name.
    pub name: String,
    /// Its weight in the index.
    pub weight_text: Option<String>,
    /// How its score is made.
    pub rule_text: Option<String>,
    /// `index`, `node`, `indicator` or `companion`.
    pub kind: &'static str,
}

/// A step of the plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MethodStep {
    /// What it does.
    pub title: String,
    /// With which choices.
    pub text: String,
}

/// A rule in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FormulaView {
    /// The node.
    pub name: String,
    /// The rule.
    pub text: String,
}

/// An indicator's definition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndicatorView {
    /// Its name.
    pub name: String,
    /// Unit of measure.
    pub measure: String,
    /// What is measured.
    pub definition: Option<String>,
    /// How it gets onto the common scale.
    pub normalisation: String,
    /// Which way is better.
    pub direction_text: String,
    /// Its weight in the index.
    pub weight_text: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// Units with a value, of all ranked.
    pub coverage_text: String,
}

/// Agreement with published results.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgreementView {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// One row per comparison.
    pub rows: Vec<AgreementRow>,
}

/// One comparison.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgreementRow {
    /// What is compared.
    pub name: String,
    /// Equal scores of those published.
    pub score: String,
    /// Equal ranks.
    pub rank: Option<String>,
    /// Equal ratings.
    pub band: Option<String>,
}

/// Where a report comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Colophon {
    /// How to cite it.
    pub citation: String,
    /// Origin and licence of the data.
    pub attribution: String,
    /// What it does not claim.
    pub disclaimer: String,
    /// Program and version.
    pub tool: String,
    /// Seed of everything random.
    pub seed: String,
    /// SHA-256 of the plan.
    pub plan_sha256: String,
    /// The files read.
    pub inputs: Vec<InputView>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InputView {
    /// Its path.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}
