use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostics::{Bilingual, Lang};
use crate::model::Id;

use super::{BoardSpec, CertificateSpec, ContestOutput, FeedbackSpec, Kind, Privacy, SlidesSpec};

/// A contest: entries, judges, marks and events, scored by a rubric. The file
/// `benchline.toml` of a folder with `kind = "contest"`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "benchline contest")]
pub struct ContestProject {
    /// What kind of evaluation it is: `contest`.
    pub kind: Kind,
    /// Title of the documents.
    pub title: Bilingual,
    /// Who holds the contest.
    pub publisher: Bilingual,
    /// Which holding of the contest it is: a year, a season.
    pub edition: String,
    /// The rubric: a TOML file of the project (`rubrics/NAME.toml` or
    /// `NAME.toml`), else one that comes with benchline.
    pub rubric: String,
    /// Date of the documents, `YYYY-MM-DD`: they carry this date, not today's.
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    pub date: String,
    /// Seed of everything random.
    #[schemars(range(min = 0))]
    pub seed: i64,
    /// Whether the data are invented: then every page says so.
    pub synthetic: bool,
    /// Where the data come from and under which licence.
    pub attribution: Bilingual,
    /// Languages of the documents, the first one first.
    #[serde(default = "both_languages")]
    #[schemars(length(min = 1))]
    pub languages: Vec<Lang>,
    /// What `benchline run` makes.
    #[serde(default = "all_outputs")]
    #[schemars(length(min = 1))]
    pub outputs: Vec<ContestOutput>,
    /// The kinds of certificate.
    #[serde(default, rename = "certificate", skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<CertificateSpec>,
    /// How the pages about single entries are made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback: Option<FeedbackSpec>,
    /// How the slides of a ceremony are made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slides: Option<SlidesSpec>,
    /// What the board in the hall needs before it reveals a placing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub board: Option<BoardSpec>,
    /// What becomes of numbers of phones and identity cards in tables; left out, they
    /// are refused. Names are read as the lists of a contest have them.
    #[serde(default, skip_serializing_if = "Privacy::is_default")]
    pub privacy: Privacy,
    /// The entries: code, names, and facts about them.
    pub entries: SheetFile,
    /// The members of entries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<SheetFile>,
    /// The judges and their panels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judges: Option<SheetFile>,
    /// What happened: no-shows, recusals, reconsidered marks, overtime.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<SheetFile>,
    /// The log of the contest day. Where there is one, marks, events and running
    /// orders count as the log has them, and the files that hold them are what
    /// `benchline contest enter` reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<LogFile>,
    /// Score sheets. Without a log there must be some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<MarksFile>,
    /// The attempts of rounds that have attempts, with their own values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attempts: Vec<RoundFile>,
    /// The running order of rounds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<RoundFile>,
    /// What is drawn: orders of appearance, and who marks whom.
    #[serde(default, rename = "draw", skip_serializing_if = "Vec::is_empty")]
    pub draws: Vec<Draw>,
}

/// The log of a contest day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LogFile {
    /// Path within the project; the file is made with the first event.
    pub file: String,
    /// The rounds whose sheets two people key, one after the other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub double_entry: Vec<Id>,
}

/// Something that is drawn for a round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// Id of the draw.
    pub id: Id,
    /// The round.
    pub round: Id,
    /// The panel whose judges are drawn for each entry. Without one, the order of
    /// appearance is drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panel: Option<Id>,
    /// How many judges of the panel mark an entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 1000))]
    pub seats: Option<u32>,
    /// Facts, such as `province`: of an order, entries that agree in one are kept
    /// apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apart: Vec<String>,
    /// Facts, such as `organisation`, in which a judge and an entry may agree. Of an
    /// order, entries of any judge's own are kept apart; of seats, a judge gets none
    /// of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub judges_apart: Vec<String>,
    /// How many others there must be between entries that are kept apart.
    #[serde(default = "one")]
    #[schemars(range(min = 1, max = 1000))]
    pub gap: u32,
}

/// A table: a CSV file or one sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetFile {
    /// Path within the project; a sheet of a workbook is `file.xlsx#sheet`.
    pub file: String,
}

/// A table about one round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoundFile {
    /// The round.
    pub round: Id,
    /// Path within the project; a sheet of a workbook is `file.xlsx#sheet`.
    pub file: String,
}

/// Score sheets of one round: a file, or every file of a folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarksFile {
    /// The round.
    pub round: Id,
    /// Path of a file within the project; a sheet of a workbook is
    /// `file.xlsx#sheet`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Path of a folder within the project: each `.csv`, `.xlsx`, `.xls` and
    /// `.ods` file in it is one judge's, and its name is the judge's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
    /// Whether each sheet of the workbook is one judge's, and its name the
    /// judge's code.
    #[serde(default)]
    pub by_sheet: bool,
    /// What a row and what a column is.
    #[serde(default)]
    pub layout: Layout,
    /// The judge of the whole file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judge: Option<String>,
    /// The criterion of the whole file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<Id>,
    /// Columns to pass over without a warning.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
}

impl MarksFile {
    /// A sheet of a round with one mark a row and nothing said for all of it.
    pub fn long(round: &Id) -> Self {
        Self {
            round: round.clone(),
            file: None,
            folder: None,
            by_sheet: false,
            layout: Layout::Long,
            judge: None,
            criterion: None,
            ignore: Vec::new(),
        }
    }
}

/// What a row and what a column of a score sheet is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// One mark a row.
    #[default]
    Long,
    /// A column per criterion.
    Criteria,
    /// A column per judge.
    Judges,
}

fn one() -> u32 {
    1
}

fn both_languages() -> Vec<Lang> {
    Lang::ALL.to_vec()
}

fn all_outputs() -> Vec<ContestOutput> {
    vec![ContestOutput::Csv, ContestOutput::Json, ContestOutput::Xlsx, ContestOutput::Pdf]
}

impl ContestProject {
    /// The project's first language, unless others are declared.
    pub fn first_language_or<'a>(&'a self, declared: &'a [Lang]) -> &'a [Lang] {
        if declared.is_empty() { self.languages.get(..1).unwrap_or_default() } else { declared }
    }
}
