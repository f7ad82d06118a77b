//! The data that report templates take in: texts in the report's language,
//! formatted, and positions in units of the score. Absent and null are the same
//! to a template.

mod audit;
mod charts;
mod confirmation;
pub mod contest;
mod cross_check;
mod group;
mod method;
mod national;
mod plots;
mod reading;
mod revisions;
mod tables;
mod unit;
mod unit_charts;

use std::collections::BTreeMap;

use serde::Serialize;

pub use audit::{
    AuditAnnex, BandSpan, CertaintyPlot, CertaintyRow, CoherenceSection, CorrelationCell, CorrelationMap,
    CorrelationRow, CorrelationTable, Doubt, DoubtSection, DriverPlot, DriverRow, EstimateView, IntervalMark,
    IntervalOverview, IntervalPage, IntervalPages, IntervalRow, IntervalStrip, RemovalRow, RemovalSection,
    RemovalTable, SourceSection, UnitDoubtBar, UnitDoubtPlot, UnitDoubtRow, VariedRow, VariedSection,
    VariedTable, WeightPlot, WeightRow,
};
pub use charts::{Axis, Distribution, Dot, GroupPlot, GroupRow, HistogramColumn, Point, Series, Tick, Trend};
pub use confirmation::{ConfirmationGroup, ConfirmationRow, ConfirmationSheet};
pub use cross_check::{CrossCheckView, CrossRow};
pub use group::{GroupReport, GroupTable, ProfilePlot, ProfileRow};
pub use method::{FormulaView, IndicatorView, Method, MethodStep, TreeNode};
pub use national::{
    AdviceRow, AdviceSection, AdviceTheme, ChangeSection, Comparison, DimensionView, Front, Guidance,
    Leaders, MapSection, MemberRow, MemberTable, MoveRow, MoveTable, Quality, QualityRow, QualityTable,
    ShortRow, ShortTable,
};
pub use plots::{
    BandShareRow, BandShares, ChartWords, HeatCell, HeatRow, HeatTable, RangePlot, RangeRow, ScatterPlot,
    ScatterPoint, ShiftPlot, ShiftRow, Tile, TileBar, TileClass, TileMap,
};
pub use reading::{CoherenceFound, CoherenceReading, CoherenceTerm};
pub use revisions::{RevisedUnit, RevisionRow, RevisionSection, RevisionView, StandingView, UnitRevisions};
pub use tables::{
    AgreementRow, AgreementView, BandMembers, ChangeView, Member, MemberGroup, Ranking, RankingColumn,
    RankingRow, Unassessed,
};

pub use unit::{
    Advice, BandCell, BandCountRow, BandCounts, Card, CardItem, Edges, GapPanel, Gaps, Head, ModelPanel,
    Models, Paragraph, QuarterRow, Quarters, Signal, Signals, UnitReport, Wanted, WantedRow,
};
pub use unit_charts::{
    Bracket, DimensionPlot, DimensionRow, IndicatorRow, IndicatorTable, Mark, PathPlot, PathRow,
    PositionPlot, PositionRow, TableMarks, TrendPlot, TrendPoint, Waterfall, WaterfallColumn,
};

/// A document in plain data, with the template that typesets it.
pub trait View: Serialize {
    /// Path of the template in `report-templates/`.
    const TEMPLATE: &'static str;

    /// What tells this document from all others: it becomes the identifier in the
    /// file, so equal documents must give equal texts.
    fn identity(&self) -> String;
}

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
    /// How to read the report, before the findings of a long one.
    pub front: Option<Front>,
    /// Scores as a dot histogram, where scores may be shown.
    pub distribution: Option<Distribution>,
    /// The finding above the ratings.
    pub overall_headline: String,
    /// The bands of all units, now and before.
    pub shares: Option<BandShares>,
    /// The kinds of group that have no map.
    pub comparison: Option<Comparison>,
    /// Scores over the periods.
    pub trend: Option<Trend>,
    /// Words above the lists of members.
    pub members_lead: String,
    /// The units of each band.
    pub members: Vec<BandMembers>,
    /// A section for each dimension.
    pub dimensions: Vec<DimensionView>,
    /// The kind of group that has a map.
    pub map: Option<MapSection>,
    /// Compared with the period before.
    pub change: Option<ChangeSection>,
    /// How sure ranks and ratings are.
    pub doubt: Option<DoubtSection>,
    /// Recommendations.
    pub advice: Option<AdviceSection>,
    /// The table of all units.
    pub ranking: Ranking,
    /// What the data lack.
    pub quality: Option<Quality>,
    /// What was corrected since the data were first read.
    pub revisions: Option<RevisionSection>,
    /// How it was done.
    pub method: Method,
    /// How other methods rank the units.
    pub cross_check: Option<CrossCheckView>,
    /// Agreement with published results.
    pub agreement: Option<AgreementView>,
    /// Where it comes from.
    pub colophon: Colophon,
}

impl View for IndexReport {
    const TEMPLATE: &'static str = "index-report.typ";

    fn identity(&self) -> String {
        format!("{} {} {}", self.document.title, self.document.edition, self.lang)
    }
}

impl IndexReport {
    /// The value of [`IndexReport::schema`].
    pub const SCHEMA: &'static str = "benchline/view/index-report/2";
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
    /// How to read the picture.
    pub note: String,
    /// Whom the report is for, when there is a public edition beside it.
    pub audience: Option<String>,
    /// Which revision of the data it is.
    pub revision: Option<String>,
    /// The scores as lines, where nothing is rated and scores may be shown.
    pub scores: Vec<f64>,
}

/// A rating band.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BandView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is one of those that count as leading.
    pub leading: bool,
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
    /// Which revision of the data it is, with the head of the log.
    pub revision: Option<String>,
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
