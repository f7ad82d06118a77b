use std::path::{Path, PathBuf};

use super::open::{PROJECT_FILE, open_at};
use super::score::score;
use crate::diagnostics::{Code, Failure, Finding, Findings, Place, bilingual};
use crate::difference::{Difference, Results};
use crate::input::{Folder, TextFile};
use crate::report::{difference_workbook, results_json};
use crate::store::{Manifest, OutputFolder, Tool};

/// Where results are in an output folder.
const RESULTS: [&str; 2] = ["results.json", "internal/results.json"];

/// One of two results.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// A project folder, a folder of results, or a `results.json`.
    pub path: &'a Path,
    /// Of a project that logs revisions, the data as of this one; 0 is as first
    /// read, `None` the last.
    pub revision: Option<usize>,
}

/// What two results of an index differ in. Each side is a project folder, which is
/// computed; a folder of results, as `run` and `score` write it; or a
/// `results.json`. What is none of these, and errors of a project, are findings.
pub fn difference(
    [before, after]: [Side<'_>; 2],
    findings: &mut Findings,
) -> Result<Option<Difference>, Failure> {
    let before = results(before, findings)?;
    let after = results(after, findings)?;
    Ok(before.zip(after).map(|(before, after)| Difference::between(&before, &after)))
}

fn results(side: Side<'_>, findings: &mut Findings) -> Result<Option<Results>, Failure> {
    let path = side.path;
    if Folder::new(path).has(PROJECT_FILE) {
        return computed(side, findings);
    }
    if side.revision.is_some() {
        findings.push(of_one_revision(path));
        return Ok(None);
    }
    let folder = Folder::new(path);
    let inside = RESULTS.into_iter().find(|name| folder.has(name)).map(|name| (folder, name.to_owned()));
    let alone = || {
        let parent = path.parent()?;
        let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        let name = path.file_name()?.to_str()?.to_owned();
        let folder = Folder::new(parent);
        folder.has(&name).then_some((folder, name))
    };
    let shown = path.display();
    let Some((folder, name)) = inside.or_else(alone) else {
        let refused =
            bilingual!("“{shown}”中没有项目，也没有结果", "there is no project and no results in `{shown}`");
        let help = bilingual!(
            "写项目文件夹、输出文件夹或 results.json",
            "name a project folder, an output folder or a results.json"
        );
        findings.push(Finding::new(Code::NoResults, refused, help).at(Place::file(shown.to_string())));
        return Ok(None);
    };
    let bytes = folder.read_binary(&name, findings);
    // Both sides have the same name in their folders: the path tells them apart.
    let named =
        if path.ends_with(&name) { shown.to_string() } else { path.join(&name).display().to_string() };
    let text = bytes.and_then(|bytes| TextFile::decode(&named, bytes, findings));
    Ok(text.and_then(|text| Results::read(&text, findings)))
}

/// Results that were written are those of one revision.
fn of_one_revision(path: &Path) -> Finding {
    let shown = path.display().to_string();
    Finding::new(
        Code::NoResults,
        bilingual!(
            "“{shown}”不是项目，不能按修订计算",
            "`{shown}` is no project: it has no revisions to choose from"
        ),
        bilingual!(
            "写项目文件夹，或去掉 `--from`、`--to`",
            "name a project folder, or leave out `--from` and `--to`"
        ),
    )
    .at(Place::file(shown))
}

/// The results of a project. Its warnings are not what is asked for: only errors
/// are passed on.
fn computed(side: Side<'_>, findings: &mut Findings) -> Result<Option<Results>, Failure> {
    let mut own = Findings::new();
    let scored = open_at(side.path, side.revision, &mut own).and_then(|project| score(project, &mut own));
    let Some(scored) = scored.filter(|_| !own.has_errors()) else {
        findings.append(own);
        return Ok(None);
    };
    let json = results_json(scored.material())?;
    let name = side.path.display().to_string();
    let text = TextFile::decode(&name, json, findings);
    Ok(text.and_then(|text| Results::read(&text, findings)))
}

/// Writes a difference as `diff.json` and `diff.xlsx` into the folder `target`.
pub fn publish_difference(
    difference: &Difference,
    target: &Path,
    findings: &mut Findings,
) -> Result<Option<PathBuf>, Failure> {
    let Some(folder) = OutputFolder::begin(target, findings)? else { return Ok(None) };
    let internal = |error: serde_json::Error| Failure::Internal(format!("diff.json: {error}"));
    let mut json = serde_json::to_vec_pretty(difference).map_err(internal)?;
    json.push(b'\n');
    folder.write("diff.json", &json)?;
    folder.write("diff.xlsx", &difference_workbook(difference)?)?;
    let manifest = Manifest {
        schema: Manifest::SCHEMA.to_owned(),
        tool: Tool::this(),
        made_by: "diff".to_owned(),
        edition: difference.editions[1].clone(),
        seed: 0,
        plan_sha256: String::new(),
        plan: serde_json::Value::Null,
        inputs: Vec::new(),
        outputs: Vec::new(),
        failures: Vec::new(),
    };
    folder.publish(manifest).map(Some)
}
