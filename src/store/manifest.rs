use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::diagnostics::Bilingual;

/// What an output folder was made from and what is in it. It holds no time and
/// no path of a machine: the same inputs give the same manifest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this form.
    pub schema: String,
    /// The program that made the folder.
    pub tool: Tool,
    /// The folder's purpose: `run`, `score` or `report`.
    pub made_by: String,
    /// The reported period.
    pub edition: String,
    /// Seed of everything random.
    pub seed: i64,
    /// SHA-256 of the plan.
    pub plan_sha256: String,
    /// The plan that was run.
    pub plan: Json,
    /// The files read, the project file first.
    pub inputs: Vec<ManifestEntry>,
    /// The files written, without the manifest.
    pub outputs: Vec<ManifestEntry>,
    /// The documents that could not be made, when the rest was published all the
    /// same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<DocumentFailure>,
}

/// A document that could not be made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentFailure {
    /// Path within the output folder that it would have had.
    pub path: String,
    /// Why, in the order found.
    pub reasons: Vec<FailureReason>,
}

/// Why a document could not be made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FailureReason {
    /// Code of the finding.
    pub code: String,
    /// The fact, in two languages.
    pub message: Bilingual,
}

impl Manifest {
    /// The value of [`Manifest::schema`].
    pub const SCHEMA: &'static str = "benchline/manifest/1";
}

/// A program and its version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// Name and version.
impl std::fmt::Display for Tool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.name, self.version)
    }
}

impl Tool {
    /// This program.
    pub fn this() -> Self {
        Self { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

/// A file and what its bytes hash to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ManifestEntry {
    /// Path within the project, or within the output folder.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}
