use std::collections::BTreeMap;

use serde::Serialize;

use super::{ContestDocument, View};

/// The blank score sheets of one round, to be printed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreSheets {
    /// Version of this form.
    pub schema: &'static str,
    /// `zh` or `en`.
    pub lang: &'static str,
    /// The fixed words of the template.
    pub labels: BTreeMap<String, String>,
    /// The document as a whole.
    pub document: ContestDocument,
    /// The round.
    pub id: String,
    /// One for each judge, then that of what is measured.
    pub sheets: Vec<ScoreSheet>,
}

impl View for ScoreSheets {
    const TEMPLATE: &'static str = "score-sheets.typ";

    fn identity(&self) -> String {
        format!("{} {} {} {}", self.document.title, self.document.kind, self.id, self.lang)
    }
}

impl ScoreSheets {
    /// The value of [`ScoreSheets::schema`].
    pub const SCHEMA: &'static str = "benchline/view/score-sheets/1";
}

/// The sheet of one judge.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreSheet {
    /// The round's name, as a title.
    pub title: String,
    /// The stage.
    pub stage: String,
    /// The round.
    pub round: String,
    /// The judge's code; absent where something is measured.
    pub judge: Option<String>,
    /// What the form is known by.
    pub key: String,
    /// The rules and, where the order was drawn, the seed of that draw.
    pub footer: String,
    /// How marks are written.
    pub rule: String,
    /// What is marked.
    pub criteria: Vec<ScoreSheetCriterion>,
    /// What stands in the column of sums under its head; none without that column.
    pub total: Option<String>,
    /// Whether the order of appearance is known.
    pub ordered: bool,
    /// Whether rows are about members.
    pub members: bool,
    /// Whether rows are about attempts.
    pub attempts: bool,
    /// Whether the page lies on its side.
    pub flipped: bool,
    /// Height of a row in millimetres.
    pub row_height: f64,
    /// Tables side by side on a page.
    pub tables: usize,
    /// Whether what is looked at has a page of its own, after the others.
    pub legend: bool,
    /// The pages.
    pub pages: Vec<ScoreSheetPage>,
}

/// A criterion at the head of its column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreSheetCriterion {
    /// What it is called.
    pub name: String,
    /// Its scale.
    pub scale: String,
    /// What is looked at.
    pub definition: Option<String>,
}

/// A page of a sheet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreSheetPage {
    /// The first and last entry on it.
    pub span: String,
    /// The entries of each of its tables.
    pub tables: Vec<Vec<ScoreSheetEntry>>,
}

/// An entry with its rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreSheetEntry {
    /// Its number in the order of appearance.
    pub order: Option<String>,
    /// Its code.
    pub code: String,
    /// Why nothing is written here.
    pub closed: Option<String>,
    /// Its rows.
    pub rows: Vec<ScoreSheetRow>,
}

/// A row of an entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreSheetRow {
    /// The member's code.
    pub member: Option<String>,
    /// The attempt's code.
    pub attempt: Option<String>,
    /// A cell for each criterion.
    pub cells: Vec<ScoreSheetCell>,
}

/// A cell of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScoreSheetCell {
    /// `open` to write in, `closed` with a reason, `none` where nothing is marked,
    /// `covered` by the cell above.
    pub kind: &'static str,
    /// How many rows it covers.
    pub rows: usize,
    /// Why it is closed.
    pub reason: Option<String>,
}
