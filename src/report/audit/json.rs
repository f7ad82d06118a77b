use serde::Serialize;
use serde_json::Value as Json;

use super::public;
use crate::coherence::Coherence;
use crate::diagnostics::{Bilingual, Failure};
use crate::model::{Id, UnitCode};
use crate::plan::{Audience, RobustnessPlan};
use crate::report::Material;
use crate::robustness::Robustness;
use crate::validate::InputFile;

/// Version of the form of `audit.json`.
pub const AUDIT_SCHEMA: &str = "benchline/audit/1";

/// `audit.json`: everything that the audit found and its audience may see.
pub fn audit_json(material: Material<'_>) -> Result<Vec<u8>, Failure> {
    let internal = |error: serde_json::Error| Failure::Internal(format!("audit.json: {error}"));
    let Some(audit) = material.audit else { return Ok(Vec::new()) };
    let whole = super::shows_units(&material);
    let registry = material.input.panel().units().iter().filter(|_| whole);
    let rating = material.evaluation.plan.rating.as_ref();
    let file = File {
        schema: AUDIT_SCHEMA,
        audience: material.disclosure.audience,
        title: &material.project.title,
        index: &material.framework.name,
        edition: &material.project.edition,
        synthetic: material.project.synthetic,
        plan_sha256: material.plan_sha256,
        declared: material.project.robustness.as_ref(),
        inputs: material.files,
        bands: rating.map_or(&[][..], |rating| &rating.bands).iter().map(|band| &band.id).collect(),
        registry: registry.map(|unit| Listed { code: &unit.code, name: &unit.name }).collect(),
        certainty: certainty(&material),
        found: if whole {
            Found::Whole { robustness: audit.robustness, coherence: audit.coherence }
        } else {
            Found::Public {
                robustness: Box::new(public::robustness(audit.robustness).map_err(internal)?),
                coherence: Box::new(public::coherence(audit.coherence).map_err(internal)?),
            }
        },
    };
    let mut json = serde_json::to_vec(&file).map_err(internal)?;
    json.push(b'\n');
    Ok(json)
}

#[derive(Serialize)]
struct File<'a> {
    schema: &'static str,
    audience: Audience,
    title: &'a Bilingual,
    index: &'a Bilingual,
    edition: &'a str,
    synthetic: bool,
    plan_sha256: &'a str,
    /// What the project declares; `null` if it leaves that to the program.
    declared: Option<&'a RobustnessPlan>,
    inputs: &'a [InputFile],
    /// The ratings that shares by band stand for, in order.
    bands: Vec<&'a Id>,
    /// What the positions of units stand for, from 0.
    registry: Vec<Listed<'a>>,
    certainty: Vec<BandCertainty<'a>>,
    #[serde(flatten)]
    found: Found<'a>,
}

#[derive(Serialize)]
struct Listed<'a> {
    code: &'a UnitCode,
    name: &'a Bilingual,
}

/// How many units of a band keep it in how large a share of draws: at least 90 %,
/// 75 %, 50 %, below.
#[derive(Serialize)]
struct BandCertainty<'a> {
    band: Option<&'a Id>,
    units: [usize; 4],
}

#[derive(Serialize)]
#[serde(untagged)]
enum Found<'a> {
    Whole { robustness: &'a Robustness, coherence: &'a Coherence },
    Public { robustness: Box<Json>, coherence: Box<Json> },
}

fn certainty<'a>(material: &Material<'a>) -> Vec<BandCertainty<'a>> {
    let bands = material.evaluation.plan.rating.as_ref().map_or(&[][..], |rating| &rating.bands);
    let overall = material.audit.and_then(|audit| audit.robustness.overall());
    let counted = overall.map(|variant| super::certainty(material, variant)).unwrap_or_default();
    let of = |(band, units): (usize, [usize; 4])| BandCertainty {
        band: bands.get(band).map(|one| &one.id),
        units,
    };
    counted.into_iter().map(of).collect()
}
