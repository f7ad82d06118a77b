mod coherence;
mod doubt;

use std::collections::BTreeMap;

use serde::Serialize;

use super::{BandView, Colophon, Document, Figure, Guidance, QualityTable, View};

pub use coherence::{
    CoherenceSection, CorrelationCell, CorrelationMap, CorrelationRow, CorrelationTable, WeightPlot,
    WeightRow,
};
pub use doubt::{
    BandSpan, CertaintyPlot, CertaintyRow, DriverPlot, DriverRow, EstimateView, IntervalMark,
    IntervalOverview, IntervalPage, IntervalPages, IntervalRow, IntervalStrip, RemovalRow, RemovalSection,
    RemovalTable, SourceSection, VariedRow, VariedSection, VariedTable,
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
