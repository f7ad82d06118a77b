use serde::Serialize;

/// What was put on record after the data were first read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RevisionSection {
    /// The finding.
    pub headline: String,
    /// In a paragraph.
    pub lead: String,
    /// How to read the table.
    pub note: String,
    /// What it shows.
    pub caption: String,
    /// Whether kinds and reasons are shown.
    pub full: bool,
    /// The revisions, the last one first.
    pub revisions: Vec<RevisionView>,
    /// What is not printed, and where it is.
    pub more: Option<String>,
}

/// One revision.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RevisionView {
    /// `第 2 次修订`.
    pub name: String,
    /// When it was put on record, and the first letters of its hash.
    pub meta: String,
    /// What else came of it.
    pub text: Option<String>,
    /// The units concerned.
    pub units: Vec<RevisedUnit>,
}

/// A unit of which values were to be corrected.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RevisedUnit {
    /// The unit.
    pub name: String,
    /// Where it stood before and after.
    pub standing: Vec<StandingView>,
    /// What was asked for.
    pub rows: Vec<RevisionRow>,
}

/// Score, rank or rating before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StandingView {
    /// What it is.
    pub name: String,
    /// Before.
    pub before: String,
    /// After, if it is another.
    pub after: Option<String>,
}

/// A value that was to be another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RevisionRow {
    /// The indicator.
    pub indicator: String,
    /// The period, unless it is the edition.
    pub period: Option<String>,
    /// The value before.
    pub old: String,
    /// The value asked for.
    pub new: String,
    /// Whether it holds.
    pub holds: bool,
    /// Correction or appeal, and what was decided.
    pub kind: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// What was put on record about a unit's own values.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitRevisions {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// What it shows.
    pub caption: String,
    /// The revisions, the last one first, each with this unit alone.
    pub revisions: Vec<RevisionView>,
    /// What is not printed, and where it is.
    pub more: Option<String>,
}
