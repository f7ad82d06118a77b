use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    AdviceTheme, BandShares, BandView, Colophon, Document, Figure, GroupPlot, RangePlot, RankingColumn,
    RankingRow, ShortTable, Unassessed, View,
};

/// Everything that a report on one member of a kind of group shows: a province
/// with its cities.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupReport {
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
    /// Rating bands, best first.
    pub bands: Vec<BandView>,
    /// The kind of group.
    pub kind: String,
    /// The member.
    pub name: String,
    /// The finding.
    pub headline: String,
    /// In a paragraph.
    pub lead: String,
    /// That there are few units, when there are.
    pub warning: Option<String>,
    /// Figures.
    pub figures: Vec<Figure>,
    /// Its units on a strip, all units behind.
    pub strip: Option<GroupPlot>,
    /// Its bands and those of all.
    pub shares: Option<BandShares>,
    /// Its dimensions against all units.
    pub profile: Option<ProfilePlot>,
    /// Its weakest indicators.
    pub weakest: Option<ShortTable>,
    /// All dimensions of all units, for comparison.
    pub ranges: Option<RangePlot>,
    /// The table of its units.
    pub table: GroupTable,
    /// What was corrected of its units.
    pub revisions: Option<super::RevisionSection>,
    /// What to do.
    pub advice: Vec<AdviceTheme>,
    /// Where it comes from.
    pub colophon: Colophon,
}

/// Bars of a member with marks for all units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProfilePlot {
    /// Its words.
    #[serde(flatten)]
    pub words: super::ChartWords,
    /// Its axis.
    pub axis: super::Axis,
    /// What the mark is.
    pub peer_name: String,
    /// Head of the column of differences.
    pub value_header: String,
    /// The rows.
    pub rows: Vec<ProfileRow>,
}

/// A row of a profile.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProfileRow {
    /// The dimension.
    pub name: String,
    /// The member's median.
    pub own: Option<f64>,
    /// The same as text.
    pub own_text: Option<String>,
    /// The median of all units.
    pub peer: Option<f64>,
    /// The difference.
    pub difference: Option<String>,
    /// `up`, `down` or `none`.
    pub direction: &'static str,
}

/// The units of the member.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupTable {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// What it shows.
    pub caption: String,
    /// Heads of the component columns.
    pub columns: Vec<RankingColumn>,
    /// Head of the score; none where scores may not be shown.
    pub score_name: Option<String>,
    /// Whether changes are shown.
    pub has_change: bool,
    /// By band, then by code.
    pub rows: Vec<RankingRow>,
    /// Units without a score.
    pub unassessed: Vec<Unassessed>,
}

impl View for GroupReport {
    const TEMPLATE: &'static str = "group-report.typ";

    fn identity(&self) -> String {
        format!("{} {} {} {}", self.document.title, self.document.edition, self.name, self.lang)
    }
}

impl GroupReport {
    /// The value of [`GroupReport::schema`].
    pub const SCHEMA: &'static str = "benchline/view/group-report/1";
}
