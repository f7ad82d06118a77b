use serde::{Deserialize, Serialize};

use super::{FileHash, Told};
use crate::diagnostics::Code;

/// What a line of the log of an edition's revisions says. The number of a
/// revision is that of its line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "kebab-case")]
pub enum RevisionEvent {
    /// Values were corrected, appeals decided, sheets confirmed: all or nothing.
    Revised(Revised),
}

impl Told for RevisionEvent {
    const BROKEN: Code = Code::RevisionsBroken;
    const TORN: Code = Code::RevisionsTorn;
}

/// One revision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Revised {
    /// The reported period.
    pub edition: String,
    /// The data files of the project as they were; they are never edited.
    pub files: Vec<FileHash>,
    /// The files that asked for it.
    pub returned: Vec<Returned>,
    /// What was asked for, in the order of the files.
    pub corrections: Vec<Correction>,
    /// What came of it for the units concerned, in order of code.
    pub effects: Vec<Effect>,
    /// Of how many other units the score changed.
    pub other_scores: usize,
    /// Of how many other units the rank changed.
    pub other_ranks: usize,
    /// Of how many other units the rating changed.
    pub other_ratings: usize,
}

/// A file that was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// Its name, without folders.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// What it says, if it is a confirmation sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Replied>,
}

/// What a unit replied on its confirmation sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replied {
    /// Its code.
    pub unit: String,
    /// How many values it confirmed.
    pub confirmed: usize,
    /// How many it asked to be corrected.
    pub corrected: usize,
    /// How many it said nothing to.
    pub open: usize,
    /// Digest of its data as they are with this revision, which is what it has
    /// agreed to.
    pub digest: String,
}

/// What a correction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CorrectionKind {
    /// A value that was wrong.
    Correction,
    /// An appeal against a value.
    Appeal,
}

/// What was decided about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// The new value holds.
    Accepted,
    /// The old value stays; the request is on record.
    Refused,
}

/// A value and what it is to be. Values are numbers as text, written so that they
/// read back exactly, or `missing` or `not-applicable`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Code of the unit.
    pub unit: String,
    /// Id of the indicator or context variable.
    pub indicator: String,
    /// The period.
    pub period: String,
    /// Correction or appeal.
    pub kind: CorrectionKind,
    /// What was decided.
    pub decision: Decision,
    /// The value before, as read.
    pub old: String,
    /// The value asked for.
    pub new: String,
    /// Why.
    pub reason: String,
    /// What supports it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// Who decided, by code.
    pub by: String,
}

/// What supports a correction: a file or a reference in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// As it was handed in.
    pub text: String,
    /// SHA-256 of the file that it names, if it names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// Where a unit stood before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// Its code.
    pub unit: String,
    /// Before the revision.
    pub before: Standing,
    /// After it.
    pub after: Standing,
}

/// Where a unit stands in the edition. Numbers are text that reads back exactly.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Its score as published; `None` if it has none.
    pub score: Option<String>,
    /// Its rank.
    pub rank: Option<String>,
    /// Id of its band.
    pub rating: Option<String>,
}

impl Correction {
    /// Whether it asks for the same value of the same thing.
    pub fn asks_the_same(&self, other: &Self) -> bool {
        let asks = |one: &Self| [&one.unit, &one.indicator, &one.period, &one.new].map(String::clone);
        asks(self) == asks(other)
    }

    /// Whether it changes the value.
    pub fn holds(&self) -> bool {
        self.decision == Decision::Accepted
    }
}
