use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::diagnostics::{Code, Failure, Finding, Findings, Place, bilingual, did_you_mean, shown};
use crate::input::{Folder, TextFile};
use crate::plan::{Framework, Plan};
use crate::reference::{self, Assessment, Bundle, Request};
use crate::store::{Manifest, ManifestEntry, OutputFolder, Tool};

/// Units scored by the reference bundle of an edition.
#[derive(Clone, Debug)]
pub struct Assessed {
    /// The edition.
    pub bundle: Bundle,
    /// Its framework.
    pub framework: Framework,
    /// Its plan.
    pub plan: Plan,
    /// The units, in order of code.
    pub units: Vec<Assessment>,
    /// The bundle and the data as read.
    files: Vec<ManifestEntry>,
}

/// Scores the units of the table at `data` by the bundle at `reference`; only the
/// one of code `unit`, if that is given. Everything wrong is a finding; `None` if
/// nothing could be scored.
pub fn assess(
    reference: &Path,
    data: &Path,
    unit: Option<&str>,
    findings: &mut Findings,
) -> Option<Assessed> {
    let (folder, name) = place_of(reference);
    let text = read_bundle(&folder, &name, findings)?;
    let bundle = reference::read(&text, findings)?;
    let (folder, file) = place_of(data);
    let request = Request::read(&bundle, folder, &file, findings)?;
    let mut units = reference::measure(&bundle, &request, findings)?;
    if let Some(code) = unit {
        let codes: Vec<String> = units.iter().map(|one| one.unit.code.clone()).collect();
        let is_it = |unit: &reference::BundleUnit| {
            [&unit.code, &unit.name.zh, &unit.name.en].contains(&&code.to_owned())
        };
        units.retain(|one| is_it(&one.unit));
        if units.is_empty() {
            findings.push(no_such_unit(code, &codes).at(Place::file(&*file)));
            return None;
        }
    } else if units.is_empty() {
        findings.push(no_data().at(Place::file(&*file)));
        return None;
    }
    let bundle_file = ManifestEntry { path: name, sha256: text.sha256.clone() };
    let tables = request.input.files().into_iter().filter(|table| table.name == file);
    let tables = tables.map(|table| ManifestEntry { path: table.name, sha256: table.sha256 });
    let files = std::iter::once(bundle_file).chain(tables).collect();
    let (framework, plan) = (request.framework.framework, request.framework.plan);
    Some(Assessed { bundle, framework, plan, units, files })
}

/// The text of a bundle. A file that is no text is no bundle.
fn read_bundle(folder: &Folder, name: &str, findings: &mut Findings) -> Option<TextFile> {
    let mut own = Findings::new();
    let text = folder.read_text(name, None, &mut own);
    if own.has(Code::WrongEncoding, name) {
        findings.push(reference::no_text().at(Place::file(name)));
    } else {
        findings.append(own);
    }
    text
}

/// The folder and the name of a file.
fn place_of(path: &Path) -> (Folder, String) {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let name = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    (Folder::new(parent.unwrap_or(Path::new("."))), name)
}

fn no_such_unit(code: &str, codes: &[String]) -> Finding {
    let near = did_you_mean(code, codes.iter().map(String::as_str)).map(str::to_owned);
    let code = shown(code);
    let help = match near {
        Some(near) => bilingual!("是否为 {near}？", "did you mean {near}?"),
        None => bilingual!("检查代码，或在表中填写它的数据", "check the code, or fill in its data"),
    };
    Finding::new(
        Code::NothingToAssess,
        bilingual!("表中没有单位“{code}”的数据", "the table has no data of the unit `{code}`"),
        help,
    )
}

fn no_data() -> Finding {
    Finding::new(
        Code::NothingToAssess,
        bilingual!("表中没有任何指标值", "the table has no value of any indicator"),
        bilingual!("至少填写一个单位的一行", "fill in a row of at least one unit"),
    )
}

/// Writes the results of an assessment into the folder `target`.
pub fn publish_assessment(
    assessed: &Assessed,
    target: &Path,
    findings: &mut Findings,
) -> Result<Option<PathBuf>, Failure> {
    let Some(folder) = OutputFolder::begin(target, findings)? else { return Ok(None) };
    let internal = |error: serde_json::Error| Failure::Internal(format!("assessment.json: {error}"));
    let results = Results {
        schema: "benchline/assessment/1",
        edition: &assessed.bundle.edition,
        synthetic: assessed.bundle.synthetic,
        bundle_sha256: &assessed.bundle.sha256,
        plan_sha256: &assessed.bundle.plan_sha256,
        units: &assessed.units,
    };
    let mut json = serde_json::to_vec_pretty(&results).map_err(internal)?;
    json.push(b'\n');
    folder.write("assessment.json", &json)?;
    let manifest = Manifest {
        schema: Manifest::SCHEMA.to_owned(),
        tool: Tool::this(),
        made_by: "assess".to_owned(),
        edition: assessed.bundle.edition.clone(),
        seed: 0,
        plan_sha256: assessed.bundle.plan_sha256.clone(),
        plan: serde_json::to_value(&assessed.plan).map_err(internal)?,
        inputs: assessed.files.clone(),
        outputs: Vec::new(),
        failures: Vec::new(),
    };
    folder.publish(manifest).map(Some)
}

/// `assessment.json`.
#[derive(Serialize)]
struct Results<'a> {
    schema: &'static str,
    edition: &'a str,
    synthetic: bool,
    bundle_sha256: &'a str,
    plan_sha256: &'a str,
    units: &'a [Assessment],
}
