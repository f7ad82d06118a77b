use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostics::{Bilingual, Lang};
use crate::model::Id;

use super::{
    CallFile, CrossCheckPlan, FormsPlan, InsightPlan, LongColumns, PlausibilityPlan, Policy, Privacy,
    RobustnessPlan,
};

/// A project: one edition of an index, from its files to its outputs. The file
/// `benchline.toml` of a folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "benchline project")]
pub struct Project {
    /// What kind of evaluation it is.
    pub kind: Kind,
    /// Title of the report.
    pub title: Bilingual,
    /// Who publishes it.
    pub publisher: Bilingual,
    /// The period that is reported, as the data write it.
    pub edition: String,
    /// The framework: a TOML file of the project (`indicators/NAME.toml` or
    /// `NAME.toml`), else one that comes with benchline.
    pub framework: String,
    /// Date of the documents, `YYYY-MM-DD`: they carry this date, not today's.
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    pub date: String,
    /// Seed of everything random.
    #[schemars(range(min = 0))]
    pub seed: i64,
    /// Whether the data are invented: then every page says so.
    pub synthetic: bool,
    /// Where the data come from and under which licence, printed in the report.
    pub attribution: Bilingual,
    /// Languages of the reports, the first one first.
    #[serde(default = "both_languages")]
    #[schemars(length(min = 1))]
    pub languages: Vec<Lang>,
    /// What `benchline run` makes.
    #[serde(default = "all_outputs")]
    #[schemars(length(min = 1))]
    pub outputs: Vec<Output>,
    /// How the reports of single units are made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_reports: Option<UnitReports>,
    /// How the reports of groups of units are made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_reports: Option<GroupReports>,
    /// What may be shown.
    pub policy: Policy,
    /// Which values are doubted although they can be.
    #[serde(default)]
    pub plausibility: PlausibilityPlan,
    /// What becomes of personal data in tables; left out, they are refused.
    #[serde(default, skip_serializing_if = "Privacy::is_default")]
    pub privacy: Privacy,
    /// How reports about one unit are drawn from the results.
    #[serde(default)]
    pub insight: InsightPlan,
    /// How sure ranks and ratings are: what `benchline audit` varies; left out, it
    /// carries sampling error and varies nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub robustness: Option<RobustnessPlan>,
    /// Other methods that rank the units beside the index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cross_check: Option<CrossCheckPlan>,
    /// The registry of units.
    pub units: UnitsFile,
    /// Data-entry workbooks that units fill in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forms: Option<FormsPlan>,
    /// Files of indicator values; may be left out where units fill in `forms`.
    #[serde(default)]
    pub data: Vec<DataFile>,
    /// Sheets of dial tests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<CallFile>,
    /// Files of results published elsewhere, to be reproduced.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub published: Vec<PublishedFile>,
    /// The log of revisions, which only `benchline revise` writes: values that it
    /// corrects take the place of those in the data files. A path within the
    /// project, such as `revisions.jsonl`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revisions: Option<String>,
}

impl Project {
    /// The tables that it names: the registry, the data, dial tests, then published
    /// results.
    /// A table named twice is there twice.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let data = self.data.iter().map(|data| data.file.as_str());
        let published = self.published.iter().map(|published| published.file.as_str());
        let calls = self.calls.iter().map(|calls| calls.file.as_str());
        std::iter::once(self.units.file.as_str()).chain(data).chain(calls).chain(published)
    }
}

/// What kind of evaluation a project is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Units scored by indicators.
    Index,
    /// Entries scored by judges' marks.
    Contest,
}

/// A kind of file that `benchline run` makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Output {
    /// `results.csv`: one row per unit and period.
    Csv,
    /// `results.json`: everything computed.
    Json,
    /// `results.xlsx`: results, indicators, data quality and method as a workbook.
    Xlsx,
    /// `report.LANG.pdf`: the report.
    Pdf,
    /// A report for each unit, in a folder of the units' name.
    UnitReports,
    /// A report for each group of units, in a folder of the group's name.
    GroupReports,
    /// `audit.json`, `audit.xlsx` and `audit-units.csv`: how sure ranks and ratings
    /// are, and whether data, structure and weights fit.
    Audit,
    /// `audit-annex.LANG.pdf`: the same for readers.
    AuditAnnex,
}

/// How the reports of single units are made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitReports {
    /// Their languages; left out, the project's first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Lang>,
}

/// How the reports of groups of units are made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupReports {
    /// Their languages; left out, the project's first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Lang>,
    /// The kinds of group whose members get one each; left out, all kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Id>,
}

/// The registry of units: a CSV file with one row per unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitsFile {
    /// Path within the project.
    pub file: String,
    /// Column of the unit's code.
    pub code: String,
    /// Column of its Chinese name.
    pub name_zh: String,
    /// Column of its English name.
    pub name_en: String,
    /// Column of its short Chinese name; left out or empty, the full one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_zh: Option<String>,
    /// Column of its short English name; left out or empty, the full one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_en: Option<String>,
    /// Column of the word that names its files: small letters, digits and `-`,
    /// no two units alike. Left out, files are named by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// Column that says `ranked` or `benchmark`; left out, all are ranked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Group id to the column of its members.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub groups: IndexMap<Id, String>,
    /// Columns to pass over without a warning.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
}

/// A table with one row per unit, or per unit and period, and one column per
/// indicator; or, with `long`, one row per value. A pattern names many tables of
/// one layout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DataFile {
    /// Path within the project. `*` stands for any part of a name:
    /// `submissions/*` is every table in that folder.
    pub file: String,
    /// Column of the unit's code.
    pub unit: String,
    /// Column of the period; left out, every row is of the edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// The columns of a table in long layout, one row per value; left out, the
    /// indicators have a column each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub long: Option<LongColumns>,
    /// The indicators that the file holds; left out, those whose id or name is
    /// a header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicators: Option<Vec<Id>>,
    /// Indicator id to the header of its column, or to what rows of a long layout
    /// call it, where they differ.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub columns: IndexMap<Id, String>,
    /// Id of an indicator or a context variable to the columns that say what
    /// sample its values rest on.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub samples: IndexMap<Id, SampleColumns>,
    /// Texts that stand for a missing value, beside the empty field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Texts that stand for "not applicable".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_applicable: Vec<String>,
    /// Columns, and indicators of a long layout, to pass over without a word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
    /// Whether the tables are data-entry workbooks.
    #[serde(skip)]
    pub form: bool,
}

/// The columns that say what sample a value rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SampleColumns {
    /// Column of the sample size. May be left out where `standard_error` is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<String>,
    /// Column of the successes among them, of which the value is the share;
    /// needs `n`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub k: Option<String>,
    /// Column of the value's standard error, in its unit of measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard_error: Option<String>,
    /// Column of the design effect: by how much a clustered sample's variance
    /// exceeds that of a simple one of its size. Left out or empty, 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub design_effect: Option<String>,
}

/// A CSV file of results published elsewhere. Every difference is a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedFile {
    /// What the comparison is called.
    pub name: Bilingual,
    /// Path within the project.
    pub file: String,
    /// Column of the unit's code.
    pub unit: String,
    /// Column of the period; left out, every row is of the edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// The node whose results the file holds.
    pub node: Id,
    /// Column of the published score.
    pub score: String,
    /// Largest difference between the published and the unrounded score; left
    /// out, the rounded scores must be equal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0))]
    pub tolerance: Option<f64>,
    /// Column of the published rank; only for the index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<String>,
    /// Column of the published rating, by id or name of the band; only for the
    /// index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<String>,
    /// Columns to pass over without a warning.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
}

impl Project {
    /// The languages of the reports of single units.
    pub fn unit_report_languages(&self) -> &[Lang] {
        self.first_language_or(self.unit_reports.as_ref().map(|reports| reports.languages.as_slice()))
    }

    /// The languages of the reports of groups of units.
    pub fn group_report_languages(&self) -> &[Lang] {
        self.first_language_or(self.group_reports.as_ref().map(|reports| reports.languages.as_slice()))
    }

    fn first_language_or<'a>(&'a self, declared: Option<&'a [Lang]>) -> &'a [Lang] {
        let first = self.languages.get(..1).unwrap_or_default();
        declared.filter(|languages| !languages.is_empty()).unwrap_or(first)
    }
}

fn both_languages() -> Vec<Lang> {
    Lang::ALL.to_vec()
}

fn all_outputs() -> Vec<Output> {
    vec![Output::Csv, Output::Json, Output::Xlsx, Output::Pdf]
}
