use std::path::{Path, PathBuf};

use crate::diagnostics::{Failure, Findings, Lang};
use crate::report::FindingsWorkbooks;
use crate::store::{Manifest, OutputFolder, Tool, unpack};

/// Writes findings to be sent back: into `target` as one workbook if its name ends
/// with `.xlsx`; else into a folder, `findings.xlsx` with all of them and
/// `units/CODE.xlsx` with those of each unit. A file or folder that is there and was
/// changed since is not replaced, which is added to the findings. Gives what was
/// written.
pub fn send_back(findings: &mut Findings, target: &Path, lang: Lang) -> Result<Option<PathBuf>, Failure> {
    findings.sort();
    let mut own = Findings::new();
    let written = write(findings, target, lang, &mut own)?;
    findings.append(own);
    Ok(written)
}

fn write(
    findings: &Findings,
    target: &Path,
    lang: Lang,
    own: &mut Findings,
) -> Result<Option<PathBuf>, Failure> {
    let workbooks = FindingsWorkbooks::new(findings, lang)?;
    let is_workbook = target.extension().is_some_and(|end| end.eq_ignore_ascii_case("xlsx"));
    if let Some(name) = target.file_name().filter(|_| is_workbook) {
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty());
        let file = (name.to_string_lossy().into_owned(), workbooks.all()?);
        unpack(parent.unwrap_or(Path::new(".")), &[file], own)?;
        return Ok((!own.has_errors()).then(|| target.to_owned()));
    }
    let Some(folder) = OutputFolder::begin(target, own)? else { return Ok(None) };
    folder.write("findings.xlsx", &workbooks.all()?)?;
    for (name, workbook) in workbooks.units() {
        folder.write(&name, &workbook?)?;
    }
    let manifest = Manifest {
        schema: Manifest::SCHEMA.to_owned(),
        tool: Tool::this(),
        made_by: "check".to_owned(),
        edition: String::new(),
        seed: 0,
        plan_sha256: String::new(),
        plan: serde_json::Value::Null,
        inputs: Vec::new(),
        outputs: Vec::new(),
        failures: Vec::new(),
    };
    folder.publish(manifest).map(Some)
}
