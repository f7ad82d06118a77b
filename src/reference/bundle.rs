use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostics::Bilingual;
use crate::model::Id;

/// What an edition gives to those who want to score themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// Version of this form.
    pub schema: String,
    /// SHA-256 of the file with this text left empty.
    pub sha256: String,
    /// Program and version that wrote it.
    pub tool: String,
    /// Title of the edition's report.
    pub title: Bilingual,
    /// Who publishes it.
    pub publisher: Bilingual,
    /// Origin and licence of the data.
    pub attribution: Bilingual,
    /// The period.
    pub edition: String,
    /// Date of the edition, `YYYY-MM-DD`.
    pub date: String,
    /// Whether the data were invented.
    pub synthetic: bool,
    /// The framework's file.
    pub framework: String,
    /// SHA-256 of the plan that was run.
    pub plan_sha256: String,
    /// Header of the column of unit codes in the edition's data.
    pub unit_column: String,
    /// Headers of the columns of indicators in the edition's data, where they are
    /// not the indicator's id or name.
    pub columns: BTreeMap<Id, String>,
    /// Texts that stand for a missing value in the edition's data.
    pub missing: Vec<String>,
    /// Texts that stand for "not applicable".
    pub not_applicable: Vec<String>,
    /// Whether the rating of a unit follows from its own data alone.
    pub rates_alone: bool,
    /// The units that the edition knows.
    pub units: Vec<BundleUnit>,
    /// How the scores of nodes and normalised indicators are spread.
    pub scores: Vec<Spread>,
    /// How the values of indicators are spread.
    pub values: Vec<Spread>,
}

/// A unit that the edition knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundleUnit {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// The groups that it belongs to: kind and member.
    pub groups: Vec<(Id, Id)>,
}

/// How a score or a value is spread over the assessed units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// The node or indicator.
    pub id: Id,
    /// Units with one.
    pub n: usize,
    /// Arithmetic mean; withheld for few units.
    pub mean: Option<f64>,
    /// Quantiles (type 7), rising; none for few units.
    pub quantiles: Vec<Quantile>,
    /// The medians of groups of enough units.
    pub groups: Vec<GroupMedian>,
}

/// A quantile.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quantile {
    /// The share of units below, 0 to 1.
    pub p: f64,
    /// The value there.
    pub value: f64,
}

/// The median of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupMedian {
    /// The kind of group.
    pub group: Id,
    /// Its member.
    pub member: Id,
    /// Units with a value.
    pub n: usize,
    /// Their median.
    pub median: f64,
}

impl Bundle {
    /// The value of [`Bundle::schema`].
    pub const SCHEMA: &'static str = "benchline/bundle/1";

    /// The spread of the scores of a node or indicator.
    pub fn scores_of(&self, id: &Id) -> Option<&Spread> {
        self.scores.iter().find(|spread| spread.id == *id)
    }

    /// The spread of the values of an indicator.
    pub fn values_of(&self, id: &Id) -> Option<&Spread> {
        self.values.iter().find(|spread| spread.id == *id)
    }

    /// The unit of a code.
    pub fn unit(&self, code: &str) -> Option<&BundleUnit> {
        self.units.iter().find(|unit| unit.code == code)
    }
}

impl Spread {
    /// The median.
    pub fn median(&self) -> Option<f64> {
        self.quantiles.iter().find(|quantile| quantile.p == 0.5).map(|quantile| quantile.value)
    }
}
