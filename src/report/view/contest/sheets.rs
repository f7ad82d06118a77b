use serde::Serialize;

use super::MarkAxis;

/// Prizes and winners.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Prizes {
    /// Name of the page.
    pub name: String,
    /// The finding.
    pub headline: String,
    /// A table for each ranking that gives prizes.
    pub tables: Vec<PrizeTable>,
    /// What the tables need explained.
    pub notes: Vec<String>,
}

/// The prizes given by one ranking.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PrizeTable {
    /// Caption of the table.
    pub caption: String,
    /// Unit of the scores.
    pub unit: Option<String>,
    /// What is ranked.
    pub entry_header: String,
    /// Head of the column of scores.
    pub total_header: String,
    /// Prizes, the highest first.
    pub groups: Vec<PrizeGroup>,
    /// What the table needs explained.
    pub note: Option<String>,
}

/// A prize and its winners.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PrizeGroup {
    /// Name of the prize.
    pub prize: String,
    /// Its winners.
    pub rows: Vec<PrizeRow>,
}

/// A winner.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PrizeRow {
    /// Place.
    pub place: Option<String>,
    /// Whether the place is shared.
    pub tied: bool,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Where it comes from.
    pub side: Option<String>,
    /// Score.
    pub total: Option<String>,
    /// Names of its members.
    pub members: Option<String>,
}

/// How many entered each stage and went on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Path {
    /// Name of the part.
    pub name: String,
    /// The finding.
    pub headline: String,
    /// Caption of the figure.
    pub caption: String,
    /// The figure in words.
    pub alt: String,
    /// The stages in order.
    pub stages: Vec<PathStage>,
}

/// One stage of the way.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathStage {
    /// The stage.
    pub name: String,
    /// Entries in it.
    pub entered: usize,
    /// The same in words.
    pub entered_text: String,
    /// Entries that went on, or won.
    pub advanced: usize,
    /// What came of it.
    pub outcome_text: String,
    /// What was special about the cut.
    pub detail: Option<String>,
    /// Whether it is the last.
    pub last: bool,
}

/// The entries of the last stage one by one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntrySheets {
    /// Name of the pages.
    pub name: String,
    /// How to read them.
    pub note: String,
    /// Axis of the criteria, in percent of the highest mark.
    pub axis: MarkAxis,
    /// One for each entry.
    pub sheets: Vec<EntrySheet>,
}

/// Half a page about one entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntrySheet {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where it comes from.
    pub side: Option<String>,
    /// The finding.
    pub headline: String,
    /// Its prize.
    pub prize: Option<String>,
    /// Figures.
    pub facts: Vec<SheetFact>,
    /// Criteria by round.
    pub rounds: Vec<SheetRound>,
    /// What applies to it only.
    pub notes: Vec<String>,
}

/// A figure of an entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SheetFact {
    /// What it is.
    pub label: String,
    /// The number.
    pub number: String,
    /// Its unit.
    pub unit: String,
    /// What to compare it with.
    pub note: String,
}

/// A round on the sheet of an entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SheetRound {
    /// The round.
    pub name: String,
    /// Its scores in one line.
    pub summary: String,
    /// Its criteria.
    pub criteria: Vec<SheetCriterion>,
}

/// A criterion against the field. Places on the axis are percentages of the
/// highest mark.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SheetCriterion {
    /// What it is called.
    pub name: String,
    /// The entry's score.
    pub score: Option<String>,
    /// The highest mark.
    pub maximum: String,
    /// Lowest of the field.
    pub low: Option<f64>,
    /// First quartile.
    pub q1: Option<f64>,
    /// Median.
    pub median: Option<f64>,
    /// Third quartile.
    pub q3: Option<f64>,
    /// Highest.
    pub high: Option<f64>,
    /// The entry.
    pub at: Option<f64>,
    /// Its place.
    pub place: Option<String>,
    /// `best`, `top`, `middle` or `bottom`.
    pub verdict: Option<&'static str>,
    /// The same in words.
    pub verdict_text: String,
}
