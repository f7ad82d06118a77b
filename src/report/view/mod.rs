//! The data that report templates take in: texts in the report's language,
//! formatted, and positions in units of the score. Absent and null are the same
//! to a template.

mod charts;
mod method;
mod tables;
mod unit;
mod unit_charts;

use std::collections::BTreeMap;

use serde::Serialize;

pub use charts::{Axis, Distribution, Dot, GroupPlot, GroupRow, HistogramColumn, Point, Series, Tick, Trend};
pub use method::{FormulaView, IndicatorView, Method, MethodStep, TreeNode};
pub use tables::{
    AgreementRow, AgreementView, BandMembers, ChangeView, Member, MemberGroup, Ranking, RankingColumn,
    RankingRow, Unassessed,
};

pub use unit::{
    Advice, BandCell, BandCountRow, BandCounts, Card, CardItem, Edges, GapPanel, Gaps, Head, ModelPanel,
    Models, Paragraph, Signal, Signals, UnitReport, Wanted, WantedRow,
};
pub use unit_charts::{
    Bracket, DimensionPlot, DimensionRow, IndicatorRow, IndicatorTable, Mark, PathPlot, PathRow,
    PositionPlot, PositionRow, TrendPlot, TrendPoint, Waterfall, WaterfallColumn,
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

impl View for IndexReport {
    const TEMPLATE: &'static str = "index-report.typ";

    fn identity(&self) -> String {
        format!("{} {} {}", self.document.title, self.document.edition, self.lang)
    }
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
