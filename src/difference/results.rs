use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value as Json;

use crate::diagnostics::{Bilingual, Code, Finding, Findings, Place, bilingual, shown};
use crate::input::TextFile;

/// The form of `results.json` that can be compared.
const SCHEMA: &str = "benchline/results/1";

/// What a `results.json` says, as far as two of them are compared.
#[derive(Clone, Debug, Deserialize)]
pub struct Results {
    /// Which form it has.
    schema: String,
    /// What the index is called.
    pub index: Bilingual,
    /// The reported period.
    pub edition: String,
    /// Every choice that can change a result.
    pub plan: Json,
    /// The files that were read.
    pub inputs: Vec<Input>,
    /// Which revision of the data it is, where these are logged.
    #[serde(default)]
    pub revision: Option<Revision>,
    /// Names of indicators and nodes by id; results of earlier versions have none.
    #[serde(default)]
    pub names: IndexMap<String, Bilingual>,
    /// The units in order of the register.
    pub units: Vec<Unit>,
}

/// A revision of the data.
#[derive(Clone, Debug, Deserialize)]
pub struct Revision {
    /// The log.
    pub file: String,
}

/// A file that was read.
#[derive(Clone, Debug, Deserialize)]
pub struct Input {
    /// Its path in the project.
    pub name: String,
    /// SHA-256 of its content.
    pub sha256: String,
}

/// What is said of a unit.
#[derive(Clone, Debug, Deserialize)]
pub struct Unit {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: Bilingual,
    /// Its results by period.
    pub periods: IndexMap<String, Period>,
}

/// What is said of a unit in a period.
#[derive(Clone, Debug, Deserialize)]
pub struct Period {
    /// The score; `None` where it is withheld or there is none.
    #[serde(default)]
    pub score: Option<Score>,
    /// The rank.
    #[serde(default)]
    pub rank: Option<Rank>,
    /// Id of the band.
    #[serde(default)]
    pub rating: Option<String>,
    /// The values by indicator.
    #[serde(default)]
    pub indicators: IndexMap<String, Reading>,
}

/// A score as computed and as published.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Score {
    /// Rounded as declared.
    pub rounded: f64,
}

/// A rank; ties may have a half.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Rank {
    /// 1 is best.
    pub value: f64,
}

/// A value of an indicator and where it was read.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Reading {
    /// The value; `None` where there is none.
    #[serde(default)]
    pub value: Option<f64>,
    /// Why there is none.
    #[serde(default)]
    pub absent: Option<String>,
    /// Where it was read.
    #[serde(default)]
    pub origin: Option<Origin>,
    /// The revision that put it in the place of what was read there.
    #[serde(default)]
    pub revised: Option<Revised>,
}

/// A value that was revised.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
pub struct Revised {
    /// The number of the revision, which is its line in the log.
    pub revision: usize,
}

/// The cell that a value was read from.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
pub struct Origin {
    /// Position among the inputs.
    pub input: usize,
    /// Line, from 1.
    pub line: u32,
    /// Field, from 1.
    pub field: u16,
}

impl Results {
    /// Reads a `results.json`. What is none, or has another form, is a finding.
    pub fn read(file: &TextFile, findings: &mut Findings) -> Option<Self> {
        let read = serde_json::from_str::<Self>(&file.text);
        let refused = match read {
            Ok(results) if results.schema == SCHEMA => return Some(results),
            Ok(results) => {
                let schema = shown(&results.schema);
                bilingual!("格式版本是“{schema}”，要 {SCHEMA}", "its schema is `{schema}`, not {SCHEMA}")
            }
            Err(error) => {
                let line = error.line();
                bilingual!(
                    "第 {line} 行：不是指数的结果",
                    "line {line}: these are not the results of an index"
                )
            }
        };
        let help = bilingual!(
            "用 `benchline run` 或 `benchline score --out` 写的 results.json",
            "use a results.json that `benchline run` or `benchline score --out` wrote"
        );
        findings.push(Finding::new(Code::NoResults, refused, help).at(Place::file(&*file.name)));
        None
    }

    /// What a period of a unit is, where there is anything.
    pub(super) fn period<'a>(unit: &'a Unit, name: &str) -> Option<&'a Period> {
        unit.periods.get(name)
    }

    /// Where a value was read, as `file:line:field`, and the line of the log of
    /// revisions that put another in its place, as `→ log:line`.
    pub(super) fn place(&self, reading: &Reading) -> Option<String> {
        let read = reading.origin.and_then(|origin| {
            let input = self.inputs.get(origin.input)?;
            Some(format!("{}:{}:{}", input.name, origin.line, origin.field))
        });
        let log = self.revision.as_ref().zip(reading.revised);
        let revised = log.map(|(log, one)| format!("→ {}:{}", log.file, one.revision));
        let parts: Vec<String> = read.into_iter().chain(revised).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }
}
