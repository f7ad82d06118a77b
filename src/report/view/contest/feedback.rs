use std::collections::BTreeMap;

use serde::Serialize;

use super::{ContestDocument, MarkAxis, SheetCriterion, SheetFact, View};

/// A page for one entry about its own marks: against the field, no judge named.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Feedback {
    /// Version of this form.
    pub schema: &'static str,
    /// `zh` or `en`.
    pub lang: &'static str,
    /// The fixed words of the template.
    pub labels: BTreeMap<String, String>,
    /// The document as a whole.
    pub document: ContestDocument,
    /// The entry's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where it comes from.
    pub side: Option<String>,
    /// The finding.
    pub headline: String,
    /// Its prize.
    pub prize: Option<String>,
    /// Figures of the furthest stage it reached.
    pub facts: Vec<SheetFact>,
    /// Its score among all.
    pub strip: Option<ScoreStrip>,
    /// The stages it took part in.
    pub path: Vec<FeedbackStage>,
    /// Axis of the criteria, in percent of the highest mark.
    pub axis: Option<MarkAxis>,
    /// What the table of criteria says of its axis.
    pub axis_note: String,
    /// The criteria of the stage by round.
    pub rounds: Vec<FeedbackRound>,
    /// Where the entry was strong.
    pub strengths: FeedbackPoints,
    /// What the field did better.
    pub gaps: FeedbackPoints,
    /// Penalties, near ties, judges who stood aside: what applies to it only.
    pub notes: Vec<String>,
    /// How to read the page.
    pub reading: String,
}

impl View for Feedback {
    const TEMPLATE: &'static str = "feedback.typ";

    fn identity(&self) -> String {
        format!("{} {} {} {}", self.document.title, self.document.kind, self.code, self.lang)
    }
}

impl Feedback {
    /// The value of [`Feedback::schema`].
    pub const SCHEMA: &'static str = "benchline/view/feedback/1";
}

/// The scores of a stage on a line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreStrip {
    /// What it shows.
    pub caption: String,
    /// In words.
    pub alt: String,
    /// The axis, in points.
    pub axis: MarkAxis,
    /// The scores of all entries that were placed.
    pub scores: Vec<f64>,
    /// First quartile, median and third quartile.
    pub quartiles: [f64; 3],
    /// The score of the entry.
    pub own: f64,
    /// The same in words.
    pub own_text: String,
    /// The lowest score that went on, or won.
    pub line: Option<f64>,
    /// What the line is.
    pub line_text: String,
}

/// A stage that the entry took part in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FeedbackStage {
    /// The stage.
    pub name: String,
    /// Score and place.
    pub score: String,
    /// Whether it went on, or what it won.
    pub outcome: String,
}

/// The criteria of a round.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FeedbackRound {
    /// The round.
    pub name: String,
    /// Its scores in one line.
    pub summary: String,
    /// Its criteria.
    pub criteria: Vec<FeedbackCriterion>,
}

/// A criterion with the entry's own marks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FeedbackCriterion {
    /// The criterion against the field.
    #[serde(flatten)]
    pub field: SheetCriterion,
    /// Every own mark, from the highest down; by member where members are marked.
    pub marks: Vec<MarkGroup>,
}

/// Marks that belong together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MarkGroup {
    /// The member they are about.
    pub who: Option<String>,
    /// The marks.
    pub marks: Vec<MarkText>,
}

/// A mark as its entry may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MarkText {
    /// The mark.
    pub text: String,
    /// Whether it was left out as one of the highest or lowest.
    pub dropped: bool,
}

/// A few criteria in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FeedbackPoints {
    /// What they have in common.
    pub title: String,
    /// One by one.
    pub items: Vec<FeedbackPoint>,
    /// What is said when there are none.
    pub none: String,
}

/// A criterion in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FeedbackPoint {
    /// The criterion.
    pub name: String,
    /// Score and place.
    pub figure: String,
    /// What it means.
    pub text: String,
}
