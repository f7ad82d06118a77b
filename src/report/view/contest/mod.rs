//! The data of the documents of a contest. Marks and scores are texts with the
//! decimals that the rules give them; only the places of dots are numbers.

mod certificates;
mod feedback;
mod score_sheets;
mod sheets;
mod sign_off;
mod slides;
mod tables;

use std::collections::BTreeMap;

use serde::Serialize;

use super::{InputView, View};
pub use certificates::{CertificateSheet, Certificates};
pub use feedback::{
    Feedback, FeedbackCriterion, FeedbackPoint, FeedbackPoints, FeedbackRound, FeedbackStage, MarkGroup,
    MarkText, ScoreStrip,
};
pub use score_sheets::{
    ScoreSheet, ScoreSheetCell, ScoreSheetCriterion, ScoreSheetEntry, ScoreSheetPage, ScoreSheetRow,
    ScoreSheets,
};
pub use sheets::{
    EntrySheet, EntrySheets, Path, PathStage, PrizeGroup, PrizeRow, PrizeTable, Prizes, SheetCriterion,
    SheetFact, SheetRound,
};
pub use sign_off::{SignOffRow, SignOffSheets, SignOffSigned, SignOffStage};
pub use slides::{Slide, SlidePlace, SlideRow, SlideStanding, SlideWinner, Slides};
pub use tables::{
    JudgeMark, JudgeStrip, Lane, MarkAxis, MarkDot, PanelColumns, RoundColumns, RoundRow, RoundTable,
    StageRow, StageTable, StandingRow, Standings,
};

/// The result book.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ContestBook {
    /// Version of this form.
    pub schema: &'static str,
    /// `zh` or `en`.
    pub lang: &'static str,
    /// The fixed words of the templates.
    pub labels: BTreeMap<String, String>,
    /// The document as a whole.
    pub document: ContestDocument,
    /// The first page.
    pub cover: ContestCover,
    /// The rules as run.
    pub rules: Rules,
    /// The standings of the last stage.
    pub standings: Standings,
    /// Every mark of every round of the last stage.
    pub rounds: Vec<RoundTable>,
    /// Who won what.
    pub prizes: Option<Prizes>,
    /// How many entered each stage and went on.
    pub path: Option<Path>,
    /// The standings of the stages before the last, latest first.
    pub stages: Vec<StageTable>,
    /// The entries of the last stage one by one.
    pub teams: Option<EntrySheets>,
    /// What happened beside the ordinary.
    pub notes: ContestNotes,
    /// Where it comes from.
    pub colophon: ContestColophon,
    /// Who signs.
    pub signoff: SignOff,
}

impl View for ContestBook {
    const TEMPLATE: &'static str = "contest-book.typ";

    fn identity(&self) -> String {
        format!("{} {} {}", self.document.title, self.document.kind, self.lang)
    }
}

impl ContestBook {
    /// The value of [`ContestBook::schema`].
    pub const SCHEMA: &'static str = "benchline/view/contest-book/1";
}

/// The notice of winners: names, places and prizes, no judge's marks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PublicNotice {
    /// Version of this form.
    pub schema: &'static str,
    /// `zh` or `en`.
    pub lang: &'static str,
    /// The fixed words of the templates.
    pub labels: BTreeMap<String, String>,
    /// The document as a whole.
    pub document: ContestDocument,
    /// The title, line by line.
    pub title_lines: Vec<String>,
    /// Paragraphs above the lists.
    pub opening: Vec<String>,
    /// The lists of winners.
    pub tables: Vec<PrizeTable>,
    /// Paragraphs below the lists.
    pub closing: Vec<String>,
    /// Who posts it and when, line by line.
    pub issuer: Vec<String>,
}

impl View for PublicNotice {
    const TEMPLATE: &'static str = "public-notice.typ";

    fn identity(&self) -> String {
        format!("{} {} {}", self.document.title, self.document.kind, self.lang)
    }
}

impl PublicNotice {
    /// The value of [`PublicNotice::schema`].
    pub const SCHEMA: &'static str = "benchline/view/public-notice/1";
}

/// Title, publisher, date and status of a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ContestDocument {
    /// Title of the contest.
    pub title: String,
    /// What kind of document it is.
    pub kind: String,
    /// Who holds the contest.
    pub publisher: String,
    /// Which holding of it.
    pub edition: String,
    /// `YYYY-MM-DD`.
    pub date_iso: String,
    /// The date in words.
    pub date_text: String,
    /// Whether the data are invented.
    pub synthetic: bool,
    /// What every page says about the data.
    pub status_text: String,
    /// What the rules are for.
    pub description: String,
    /// Rules and their hash, at the foot of every page.
    pub footer: String,
}

/// The first page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ContestCover {
    /// What kind of document it is.
    pub subtitle: String,
    /// The findings, in two lines.
    pub lines: Vec<String>,
    /// Prizes, the highest first.
    pub winners: Vec<WinnerBand>,
    /// Figures of the season.
    pub facts: Vec<Fact>,
    /// Entries by how far they came, the furthest first.
    pub picture: Vec<FieldGroup>,
    /// How to read the picture.
    pub picture_note: String,
}

/// The winners of a prize.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WinnerBand {
    /// Name of the prize.
    pub prize: String,
    /// Its winners.
    pub rows: Vec<PrizeRow>,
}

/// A figure with its unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fact {
    /// The number.
    pub number: String,
    /// Its unit.
    pub unit: String,
    /// What it counts.
    pub title: String,
}

/// Entries that came equally far.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldGroup {
    /// How far.
    pub name: String,
    /// How many.
    pub count: usize,
    /// The same in words.
    pub count_text: String,
    /// Place on the colour ramp.
    pub tone: usize,
}

/// The rules as run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rules {
    /// Name of the page.
    pub name: String,
    /// What is special about them.
    pub headline: String,
    /// What they are and who stands behind them.
    pub lead: String,
    /// From marks to places, in order.
    pub steps: Vec<RuleStep>,
    /// What is marked in each round.
    pub criteria: Vec<CriteriaTable>,
}

/// One rule in plain words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleStep {
    /// What it is about.
    pub title: String,
    /// The rule.
    pub text: String,
}

/// What is marked in a round.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CriteriaTable {
    /// The round.
    pub name: String,
    /// Its stage.
    pub detail: String,
    /// The criteria.
    pub rows: Vec<CriterionRow>,
}

/// Something marked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CriterionRow {
    /// What it is called.
    pub name: String,
    /// Its lowest and highest mark.
    pub scale: Option<String>,
    /// Who marks it.
    pub weight: Option<String>,
    /// What is looked at.
    pub text: Option<String>,
}

/// What happened beside the ordinary.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ContestNotes {
    /// Name of the page.
    pub name: String,
    /// The finding.
    pub headline: String,
    /// By kind.
    pub groups: Vec<NoteGroup>,
}

/// Notes of one kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NoteGroup {
    /// The kind.
    pub title: String,
    /// How many.
    pub count_text: String,
    /// One by one.
    pub items: Vec<String>,
}

/// Where a document comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ContestColophon {
    /// Name of the page.
    pub name: String,
    /// The finding.
    pub headline: String,
    /// Names and texts.
    pub entries: Vec<NamedText>,
    /// The files read.
    pub inputs: Vec<InputView>,
}

/// A text with its name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NamedText {
    /// Name.
    pub name: String,
    /// Text.
    pub text: String,
}

/// Who signs for what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SignOff {
    /// Name of the page.
    pub name: String,
    /// The finding.
    pub headline: String,
    /// What they sign.
    pub lead: String,
    /// The roles.
    pub roles: Vec<String>,
    /// What tells this result from any other.
    pub hashes: Vec<NamedText>,
}
