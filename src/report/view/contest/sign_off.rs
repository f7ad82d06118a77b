use std::collections::BTreeMap;

use serde::Serialize;

use super::{ContestDocument, NamedText, View};

/// The sheets that are signed: one for each stage that is over.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SignOffSheets {
    /// Version of this form.
    pub schema: &'static str,
    /// `zh` or `en`.
    pub lang: &'static str,
    /// The fixed words of the templates.
    pub labels: BTreeMap<String, String>,
    /// The document as a whole.
    pub document: ContestDocument,
    /// The stages in order.
    pub stages: Vec<SignOffStage>,
}

impl View for SignOffSheets {
    const TEMPLATE: &'static str = "sign-off.typ";

    fn identity(&self) -> String {
        format!("{} {} {}", self.document.title, self.document.kind, self.lang)
    }
}

impl SignOffSheets {
    /// The value of [`SignOffSheets::schema`].
    pub const SCHEMA: &'static str = "benchline/view/sign-off/1";
}

/// What is signed of a stage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SignOffStage {
    /// The stage.
    pub name: String,
    /// How many took part, and what came of it.
    pub headline: String,
    /// What those who sign declare.
    pub lead: String,
    /// Title of the places.
    pub caption: String,
    /// The places.
    pub rows: Vec<SignOffRow>,
    /// What the signs stand for.
    pub note: String,
    /// How the marks came in, and what was changed.
    pub counts: Vec<NamedText>,
    /// Hashes of rules and result, head of the log.
    pub proofs: Vec<NamedText>,
    /// Signatures in the log.
    pub signed: Vec<SignOffSigned>,
    /// Who signs on paper.
    pub roles: Vec<String>,
}

/// A place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SignOffRow {
    /// Place.
    pub place: Option<String>,
    /// Whether the place is shared.
    pub tied: bool,
    /// Whether the jury decided it.
    pub ruled: bool,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Score, or why there is none.
    pub score: String,
    /// What became of it.
    pub outcome: Option<String>,
}

/// A signature in the log.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SignOffSigned {
    /// In what office.
    pub role: String,
    /// Who, and by which event.
    pub detail: String,
    /// Whether it holds for this result.
    pub holds: bool,
    /// The same in words.
    pub verdict: String,
}
