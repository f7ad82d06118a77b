use serde::Serialize;

use crate::report::view::Tick;

/// A table of places and scores.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standings {
    /// Name of the page.
    pub name: String,
    /// The finding.
    pub headline: String,
    /// Caption of the table.
    pub caption: String,
    /// Unit of the scores.
    pub unit: String,
    /// What entries are called.
    pub entry_header: String,
    /// The rounds and their columns.
    pub rounds: Vec<RoundColumns>,
    /// Whether something was taken off.
    pub has_deduction: bool,
    /// Whether prizes were given by it.
    pub has_prize: bool,
    /// The strip of the judges' marks.
    pub strip: Option<JudgeStrip>,
    /// The entries in order of place.
    pub rows: Vec<StandingRow>,
    /// What the table needs explained.
    pub notes: Vec<String>,
    /// What "=" means, if it occurs.
    pub tie_note: Option<String>,
    /// What the heavy line means, if it occurs.
    pub line_note: Option<String>,
    /// What "†" means, if it occurs.
    pub flag_note: Option<String>,
}

/// The columns of a round.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoundColumns {
    /// The round.
    pub name: String,
    /// Its columns, the score last.
    pub columns: Vec<String>,
}

/// The strip of the judges' marks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JudgeStrip {
    /// Its title.
    pub title: String,
    /// Its axis.
    pub axis: MarkAxis,
    /// The rounds, one lane each.
    pub lanes: Vec<String>,
    /// How to read it.
    pub note: String,
    /// What the tick is.
    pub mean: String,
    /// Whether marks were dropped.
    pub has_trimmed: bool,
}

/// An axis of marks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MarkAxis {
    /// Its left end.
    pub min: f64,
    /// Its right end.
    pub max: f64,
    /// Its labelled places.
    pub ticks: Vec<Tick>,
}

/// An entry in a table of standings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StandingRow {
    /// Its place.
    pub place: Option<String>,
    /// Whether the place is shared.
    pub tied: bool,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where it comes from.
    pub side: Option<String>,
    /// "†" where a note applies.
    pub flag: Option<String>,
    /// Values by round, in the order of the columns.
    pub cells: Vec<Vec<Option<String>>>,
    /// What was taken off.
    pub deduction: Option<String>,
    /// Its score.
    pub total: Option<String>,
    /// Its prize.
    pub prize: Option<String>,
    /// Whether it has one.
    pub prized: bool,
    /// Whether the next row has another prize.
    pub group_end: bool,
    /// Whether the prizes end below it.
    pub line_after: bool,
    /// Marks by lane.
    pub lanes: Vec<Option<Lane>>,
    /// Why it has no score.
    pub status: Option<String>,
}

/// The marks of one entry in one round.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lane {
    /// One for each judge.
    pub dots: Vec<MarkDot>,
    /// What the judges' marks came to.
    pub mean: Option<f64>,
}

/// A judge's mark.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MarkDot {
    /// The mark.
    pub at: f64,
    /// Offset across the strip in millimetres.
    pub dy: f64,
    /// Whether it counted.
    pub kept: bool,
}

/// Every mark of a round.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoundTable {
    /// The round.
    pub name: String,
    /// The finding.
    pub headline: String,
    /// Caption of the table.
    pub caption: String,
    /// Unit of the marks.
    pub unit: String,
    /// What entries are called.
    pub entry_header: String,
    /// Its panels.
    pub panels: Vec<PanelColumns>,
    /// Whether something was taken off.
    pub has_deduction: bool,
    /// The entries in order of the round.
    pub rows: Vec<RoundRow>,
    /// What the table needs explained.
    pub notes: Vec<String>,
}

/// The judges of a panel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PanelColumns {
    /// The panel.
    pub name: String,
    /// Codes of its judges.
    pub judges: Vec<String>,
    /// What their marks came to.
    pub mean: String,
}

/// The marks of one entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoundRow {
    /// Its place in the round.
    pub place: Option<String>,
    /// Whether the place is shared.
    pub tied: bool,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Marks by panel and judge.
    pub marks: Vec<Vec<JudgeMark>>,
    /// What the marks of each panel came to.
    pub panels: Vec<Option<String>>,
    /// What was taken off.
    pub deduction: Option<String>,
    /// Its score.
    pub score: Option<String>,
    /// Why it has no score.
    pub status: Option<String>,
}

/// One judge's mark for one entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JudgeMark {
    /// The mark, or why there is none.
    pub text: Option<String>,
    /// `counted`, `trimmed`, `recused`, `absent` or `none`.
    pub state: &'static str,
}

/// The standings of a stage before the last.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageTable {
    /// The stage.
    pub name: String,
    /// The finding.
    pub headline: String,
    /// Caption of the table.
    pub caption: String,
    /// Unit of the scores.
    pub unit: String,
    /// What entries are called.
    pub entry_header: String,
    /// The entries in order of place.
    pub rows: Vec<StageRow>,
    /// What the table needs explained.
    pub notes: Vec<String>,
}

/// An entry in a stage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageRow {
    /// Its place.
    pub place: Option<String>,
    /// Whether the place is shared.
    pub tied: bool,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where it comes from.
    pub side: Option<String>,
    /// Its score.
    pub score: Option<String>,
    /// What came of it.
    pub status: Option<String>,
    /// `advanced`, `reserve`, `out` or `absent`.
    pub kind: &'static str,
    /// Whether the cut is below it.
    pub line_after: bool,
}
