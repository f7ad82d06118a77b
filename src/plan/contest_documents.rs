use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostics::{Bilingual, Lang};
use crate::model::Id;

/// A kind of file that `benchline run` makes of a contest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ContestOutput {
    /// `results.csv`: one row per entry and stage.
    Csv,
    /// `results.json`: everything computed.
    Json,
    /// `results.xlsx`: standings, marks, events and rules as a workbook.
    Xlsx,
    /// `result-book.LANG.pdf` and `public-notice.LANG.pdf`.
    Pdf,
    /// The declared certificates, each alone and all of a kind in one file, in
    /// the folder `certificates`.
    Certificates,
    /// A page for each entry about its own marks, in the folder `feedback`.
    Feedback,
    /// The slides of a ceremony: all in `slides.LANG.pdf`, each alone in the folder
    /// `slides`.
    Slides,
    /// `sign-off.LANG.pdf`: a sheet for each stage, with its places, how they came
    /// about and what they hash to, for signatures.
    SignOff,
}

/// A kind of certificate: who gets it and what it says. In `citation`, `closing`
/// and `number` these names stand for what they name: `{title}` and `{edition}`
/// of the contest, `{stage}`, `{prize}`, `{entry}`, `{place}` and `{n}`, the
/// number of the certificate among its kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CertificateSpec {
    /// Names the folder of its files.
    pub id: Id,
    /// Who is named on it.
    pub to: Recipient,
    /// It goes to the winners of these prizes, in the order of the rubric. To
    /// members, a prize of entries goes to each member of the winner.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prizes: Vec<Id>,
    /// It goes to all who were placed in this stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Id>,
    /// Only to those whom no kind declared before this one names.
    #[serde(default)]
    pub rest: bool,
    /// The large word at its top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<Bilingual>,
    /// What is awarded; left out, the name of the prize.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub honour: Option<Bilingual>,
    /// The sentence above what is awarded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Bilingual>,
    /// The sentence below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<Bilingual>,
    /// How certificates are numbered; left out, `{edition}-ID-{n}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Its languages; left out, the project's first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Lang>,
}

/// Who is named on a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Recipient {
    /// An entry with its members.
    Entries,
    /// A member of an entry.
    Members,
}

/// How the pages about single entries are made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FeedbackSpec {
    /// Their languages; left out, the project's first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Lang>,
}

/// What the board in the hall needs before it reveals a placing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BoardSpec {
    /// The offices, such as `chief-judge`, that must have signed a placing, as it
    /// stands, before it is revealed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signed: Vec<String>,
}

/// How the slides of a ceremony are made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SlidesSpec {
    /// Their languages; left out, the project's first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Lang>,
}
