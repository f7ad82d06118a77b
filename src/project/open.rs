use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::absent::{no_project, other_kind};
use super::contest::is_contest;
use super::{bundled, groups, revise};
use crate::definitions::{
    FrameworkDefinition, ProjectDefinition, check_plausibility, check_robustness, parse_framework,
    read_project,
};
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual, did_you_mean, shown};
use crate::input::{Folder, TextFile};
use crate::ledger::{Log, RevisionEvent};
use crate::validate::{Corrections, IndexInput, InputFile, Tables, check_files, read_experts, tell_units};

/// Name of the file that makes a folder a project.
pub const PROJECT_FILE: &str = "benchline.toml";

/// The folder of a project's own frameworks.
const OWN_FRAMEWORKS: &str = "indicators";

/// A project whose definitions and data are sound.
#[derive(Debug)]
pub struct OpenProject {
    pub(super) folder: Folder,
    /// What the project declares.
    pub definition: ProjectDefinition,
    /// Its framework.
    pub framework: FrameworkDefinition,
    /// Its data.
    pub input: IndexInput,
    /// Its revisions as far as they are in the data; `None` if it declares no log.
    pub revisions: Option<Log<RevisionEvent>>,
    /// Every file that was read: project file, framework, tables, log of revisions.
    pub files: Vec<InputFile>,
}

impl OpenProject {
    /// Where the project is.
    pub fn root(&self) -> PathBuf {
        self.folder.root().to_owned()
    }

    /// The same project with other corrections over its data, all of which are
    /// checked.
    pub(super) fn with_corrections(self, corrections: &Corrections, findings: &mut Findings) -> Option<Self> {
        let mut own = Findings::new();
        let input = self.input.with_corrections(&self.definition, &self.framework, corrections, &mut own);
        tell_units(&self.definition, &self.framework, self.input.tables(), &mut own);
        findings.append(own);
        Some(Self { input: input?, ..self })
    }
}

/// Opens the project in the folder `root`: reads and checks everything, writes
/// nothing. Everything wrong is a finding; `None` if any of that is an error.
pub fn open(root: &Path, findings: &mut Findings) -> Option<OpenProject> {
    open_at(root, None, findings)
}

/// The same with the data as they were after a revision: 0 is the data as first
/// read, `None` the last one.
pub fn open_at(root: &Path, revision: Option<usize>, findings: &mut Findings) -> Option<OpenProject> {
    checked(root, revision, IndexInput::new, findings)
}

/// Opens a project whose data are about to be corrected: single values that cannot
/// be used are kept with the data, and are no findings.
pub(super) fn open_to_correct(root: &Path, findings: &mut Findings) -> Option<OpenProject> {
    checked(root, None, IndexInput::to_correct, findings)
}

fn checked(
    root: &Path,
    revision: Option<usize>,
    build: Build,
    findings: &mut Findings,
) -> Option<OpenProject> {
    let mut own = Findings::new();
    let project = read(root, revision, build, &mut own);
    let sound = !own.has_errors();
    findings.append(own);
    project.filter(|_| sound)
}

/// The folder of a project and what it declares.
pub(super) fn declared(root: &Path, findings: &mut Findings) -> Option<(Folder, ProjectDefinition)> {
    let folder = Folder::new(root);
    if !folder.has(PROJECT_FILE) {
        findings.push(no_project(root));
        return None;
    }
    if is_contest(root) {
        findings.push(other_kind(root, true));
        return None;
    }
    let text = folder.read_text(PROJECT_FILE, None, findings)?;
    let definition = read_project(text, findings)?.definition?;
    Some((folder, definition))
}

/// How tables become data: [`IndexInput::new`] or [`IndexInput::to_correct`].
type Build = fn(
    &ProjectDefinition,
    &FrameworkDefinition,
    Arc<Tables>,
    &Corrections,
    &mut Findings,
) -> Option<IndexInput>;

fn read(root: &Path, revision: Option<usize>, build: Build, findings: &mut Findings) -> Option<OpenProject> {
    let folder = Folder::new(root).with_bundled(bundled::city_data);
    if !folder.has(PROJECT_FILE) {
        findings.push(no_project(root));
        return None;
    }
    if is_contest(root) {
        findings.push(other_kind(root, true));
        return None;
    }
    let text = folder.read_text(PROJECT_FILE, None, findings)?;
    let project = read_project(text, findings)?;
    // The framework is read even if the project has faults: one run reports both.
    let framework =
        project.framework.and_then(|(name, place)| read_framework(&folder, &name, &place, findings));
    let definition = project.definition?;
    let tables = Arc::new(Tables::read(&folder, &definition, findings));
    let mut framework = framework?;
    let sheets = read_experts(&folder, &mut framework, &definition, findings);
    groups::check(&definition, &framework, findings);
    check_robustness(&definition, &framework, findings);
    check_plausibility(&definition, &framework, findings);
    if revision.is_some() && definition.project.revisions.is_none() {
        findings.push(revise::undeclared());
    }
    let log = revise::read_log(&folder, &definition, findings);
    let log = log.and_then(|log| revise::at_revision(log, revision, findings));
    let (revisions, log_file) = log.unzip();
    let corrections = revisions.as_ref().map_or_else(Corrections::default, Corrections::of);
    let input = build(&definition, &framework, tables.clone(), &corrections, findings);
    tell_units(&definition, &framework, &tables, findings);
    let input = input?;
    if let Some(log) = &revisions {
        check_files(log, &input.files(), findings);
    }
    let definitions = [definition.document.file(), framework.document.file()];
    let definitions =
        definitions.map(|file| InputFile { name: file.name.to_string(), sha256: file.sha256.clone() });
    let files = definitions.into_iter().chain(sheets).chain(input.files()).chain(log_file).collect();
    Some(OpenProject { folder, definition, framework, input, revisions, files })
}

pub(super) fn read_framework(
    folder: &Folder,
    name: &str,
    named_at: &Place,
    findings: &mut Findings,
) -> Option<FrameworkDefinition> {
    let own = [format!("{OWN_FRAMEWORKS}/{name}.toml"), format!("{name}.toml")];
    let text = match own.iter().find(|path| folder.has(path)) {
        Some(path) => folder.read_text(path, Some(named_at), findings)?,
        None => match bundled::framework(name) {
            Some(text) => TextFile::embedded(&format!("benchline:indicators/{name}.toml"), text),
            None => {
                findings.push(unknown_framework(name, folder).at(named_at.clone()));
                return None;
            }
        },
    };
    parse_framework(text, findings)
}

fn unknown_framework(name: &str, folder: &Folder) -> Finding {
    let shown = shown(name);
    let message = bilingual!("没有名为“{shown}”的框架", "there is no framework `{shown}`");
    if let Some(bare) = name.strip_suffix(".toml") {
        let bare = bare.strip_prefix(OWN_FRAMEWORKS).map_or(bare, |rest| rest.trim_start_matches('/'));
        let help = bilingual!("不带扩展名：写 `{bare}`", "leave out the extension: write `{bare}`");
        return Finding::new(Code::UnknownFramework, message, help);
    }
    let (own, known) = (folder.names_in(OWN_FRAMEWORKS, ".toml"), bundled::framework_names());
    let list = known.join(", ");
    let near = did_you_mean(name, own.iter().map(String::as_str).chain(known));
    let help = match near {
        Some(near) => bilingual!(
            "是否想写 `{near}`？自带：{list}；自有框架放在 {OWN_FRAMEWORKS}/{shown}.toml",
            "did you mean `{near}`? Bundled: {list}; your own goes to {OWN_FRAMEWORKS}/{shown}.toml"
        ),
        None => bilingual!(
            "自带：{list}；自有框架放在 {OWN_FRAMEWORKS}/{shown}.toml",
            "bundled: {list}; your own goes to {OWN_FRAMEWORKS}/{shown}.toml"
        ),
    };
    Finding::new(Code::UnknownFramework, message, help)
}
