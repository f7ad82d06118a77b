use std::collections::BTreeMap;

use serde::Serialize;

use super::unit_charts::{DimensionPlot, IndicatorTable, PathPlot, PositionPlot, TrendPlot, Waterfall};
use super::{Document, UnitDoubtPlot, View};

/// Everything a report about one unit shows. Lengths are in millimetres, as the
/// templates draw them; texts are whole.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitReport {
    /// Version of this form.
    pub schema: &'static str,
    /// `zh` or `en`.
    pub lang: &'static str,
    /// `internal` or `public`.
    pub audience: &'static str,
    /// Code of the unit.
    pub code: String,
    /// The fixed words of the templates.
    pub labels: BTreeMap<String, String>,
    /// The document as a whole.
    pub document: Document,
    /// What stands at the edges of every page.
    pub edges: Edges,
    /// Rating bands, best first.
    pub bands: Vec<BandCell>,
    /// The top of the first page.
    pub head: Head,
    /// Three short paragraphs.
    pub lead: Vec<Paragraph>,
    /// Where the score stands.
    pub position: Option<PositionPlot>,
    /// How many units each band has, for readers who see bands only.
    pub band_counts: Option<BandCounts>,
    /// In which quarter the dimensions are, for the same readers.
    pub quarters: Option<Quarters>,
    /// The dimensions against medians.
    pub dimensions: Option<DimensionPlot>,
    /// Strengths and weaknesses.
    pub cards: Vec<Card>,
    /// The costliest gaps.
    pub gaps: Option<Gaps>,
    /// All indicators.
    pub indicators: Option<IndicatorTable>,
    /// What is missing for a score, and what to hand in.
    pub wanted: Option<Wanted>,
    /// The way to the next rating.
    pub path: Option<PathPlot>,
    /// Why the score moved.
    pub change: Option<Waterfall>,
    /// The score over the periods.
    pub trend: Option<TrendPlot>,
    /// How sure its rank and rating are.
    pub doubt: Option<UnitDoubtPlot>,
    /// Nodes reported beside the index.
    pub signals: Option<Signals>,
    /// Whom to learn from.
    pub models: Option<Models>,
    /// What to do first.
    pub advice: Option<Advice>,
    /// What was put on record about its own values.
    pub revisions: Option<super::UnitRevisions>,
    /// How to read and to check it.
    pub method: Vec<Paragraph>,
}

impl View for UnitReport {
    const TEMPLATE: &'static str = "unit-report.typ";

    fn identity(&self) -> String {
        let Self { code, audience, lang, document, .. } = self;
        format!("{} {} {code} {audience} {lang}", document.title, document.edition)
    }
}

impl UnitReport {
    /// The value of [`UnitReport::schema`].
    pub const SCHEMA: &'static str = "benchline/view/unit-report/1";
}

/// What stands at the edges of every page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Edges {
    /// Top left.
    pub left: String,
    /// Top right.
    pub right: String,
    /// Foot of the page.
    pub foot: String,
}

/// A rating band on the ladder.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BandCell {
    /// Its name.
    pub name: String,
}

/// The top of the first page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Head {
    /// The unit.
    pub name: String,
    /// Kind of report and groups.
    pub kicker: String,
    /// The finding, in one or two lines.
    pub headline: Vec<String>,
    /// Position of its band.
    pub band: Option<usize>,
    /// Name of the band, or that it has none.
    pub rating: String,
    /// The score.
    pub score: Option<String>,
    /// What the score is.
    pub score_note: String,
    /// Under the ladder: change, rank, streak.
    pub notes: Vec<String>,
}

/// A short paragraph with a title.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Paragraph {
    /// Its title.
    pub title: String,
    /// Its text.
    pub text: String,
    /// `plain`, or `warn` for what is weak or missing.
    pub tone: &'static str,
}

/// How many units each band has.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BandCounts {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// What it shows.
    pub caption: String,
    /// For those who cannot see it.
    pub alt: String,
    /// The nation and the groups.
    pub rows: Vec<BandCountRow>,
}

/// The bands of one group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BandCountRow {
    /// The group.
    pub name: String,
    /// How many units.
    pub count_text: String,
    /// Units of each band.
    pub counts: Vec<usize>,
}

/// In which quarter of the assessed units each dimension is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quarters {
    /// What it shows.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// Names of the quarters, the best first.
    pub names: Vec<String>,
    /// What stands in the unit's cell.
    pub mark: String,
    /// One row per dimension.
    pub rows: Vec<QuarterRow>,
}

/// The quarter of one dimension.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuarterRow {
    /// The dimension.
    pub name: String,
    /// 1 is the best; none when it may not be told.
    pub quarter: Option<u8>,
}

/// Strengths or weaknesses.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Card {
    /// `strong` or `weak`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// The rule of selection.
    pub rule: String,
    /// The indicators.
    pub items: Vec<CardItem>,
    /// What to say when there are none, or more than shown.
    pub note: Option<String>,
}

/// An indicator on a card.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardItem {
    /// Its name.
    pub name: String,
    /// Its value with the unit of measure.
    pub value: String,
    /// Where it stands.
    pub text: String,
}

/// The costliest gaps.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gaps {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// What it shows.
    pub caption: String,
    /// For those who cannot see it.
    pub alt: String,
    /// At most three.
    pub panels: Vec<GapPanel>,
}

/// One gap.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GapPanel {
    /// The indicator.
    pub name: String,
    /// The points, with a true minus.
    pub points: String,
    /// The same as a share of the full bar, 0 to 1.
    pub share: f64,
    /// The unit's value.
    pub own: String,
    /// What the other number is.
    pub reference_label: String,
    /// The reference's value.
    pub reference: String,
    /// What it means.
    pub text: String,
}

/// What is missing for a score, and what to hand in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Wanted {
    /// The finding.
    pub title: String,
    /// What to do.
    pub note: String,
    /// What it shows.
    pub caption: String,
    /// The indicators.
    pub rows: Vec<WantedRow>,
    /// The rest, when there are too many.
    pub more: Option<String>,
}

/// An indicator without a value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WantedRow {
    /// The dimension.
    pub dimension: String,
    /// The indicator.
    pub name: String,
    /// Unit of measure.
    pub measure: String,
    /// What to count.
    pub definition: String,
}

/// Nodes reported beside the index.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Signals {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// One per node.
    pub items: Vec<Signal>,
}

/// A node beside the index.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Signal {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Compared with the nation.
    pub text: String,
    /// Whether it deserves a look.
    pub flagged: bool,
}

/// Whom to learn from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Models {
    /// The finding.
    pub title: String,
    /// How they were chosen.
    pub note: String,
    /// At most three.
    pub panels: Vec<ModelPanel>,
}

/// A unit to learn from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ModelPanel {
    /// The unit.
    pub name: String,
    /// What both have in common.
    pub meta: String,
    /// The indicator.
    pub indicator: String,
    /// Its value there.
    pub value: String,
    /// Compared with the one who learns.
    pub text: String,
}

/// What to do first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Advice {
    /// The finding.
    pub title: String,
    /// How it was drawn.
    pub note: String,
    /// In order of what is at stake.
    pub items: Vec<Paragraph>,
}
