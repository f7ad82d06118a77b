use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::bundled;
use crate::definitions::{FrameworkDefinition, ProjectDefinition, parse_framework, parse_project};
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual, did_you_mean};
use crate::input::{Folder, TextFile};
use crate::validate::{IndexInput, InputFile, Tables};

/// Name of the file that makes a folder a project.
pub const PROJECT_FILE: &str = "benchline.toml";

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
    /// Every file that was read: project file, framework, tables.
    pub files: Vec<InputFile>,
}

impl OpenProject {
    /// Where the project is.
    pub fn root(&self) -> PathBuf {
        self.folder.root().to_owned()
    }
}

/// Opens the project in the folder `root`: reads and checks everything, writes
/// nothing. Everything wrong is a finding; `None` if any of that is an error.
pub fn open(root: &Path, findings: &mut Findings) -> Option<OpenProject> {
    let folder = Folder::new(root);
    if !folder.has(PROJECT_FILE) {
        let shown = root.display();
        findings.push(
            Finding::new(
                Code::NoProject,
                bilingual!("“{shown}”中没有 {PROJECT_FILE}", "there is no {PROJECT_FILE} in `{shown}`"),
                bilingual!(
                    "用 `benchline new index 文件夹` 新建项目",
                    "make a project with `benchline new index FOLDER`"
                ),
            )
            .at(Place::file(shown.to_string())),
        );
        return None;
    }
    let text = folder.read_text(PROJECT_FILE, None, findings)?;
    let definition = parse_project(text, findings)?;
    let framework = read_framework(&folder, &definition, findings);
    let tables = Tables::read(&folder, &definition, findings);
    let framework = framework?;
    let input = IndexInput::new(&definition, &framework, Arc::new(tables), findings)?;
    let definitions = [definition.document.file(), framework.document.file()];
    let definitions =
        definitions.map(|file| InputFile { name: file.name.to_string(), sha256: file.sha256.clone() });
    let files = definitions.into_iter().chain(input.files()).collect();
    Some(OpenProject { folder, definition, framework, input, files })
}

fn read_framework(
    folder: &Folder,
    definition: &ProjectDefinition,
    findings: &mut Findings,
) -> Option<FrameworkDefinition> {
    let name = &definition.project.framework;
    let own = [format!("indicators/{name}.toml"), format!("{name}.toml")];
    let place = definition.place(&["framework".into()]);
    let text = match own.iter().find(|path| folder.has(path)) {
        Some(path) => folder.read_text(path, Some(&place), findings)?,
        None => match bundled::framework(name) {
            Some(text) => TextFile::embedded(&format!("benchline:indicators/{name}.toml"), text),
            None => {
                findings.push(unknown_framework(name).at(place));
                return None;
            }
        },
    };
    parse_framework(text, findings)
}

fn unknown_framework(name: &str) -> Finding {
    let known = bundled::framework_names();
    let list = known.join(", ");
    let help = match did_you_mean(name, known.iter().copied()) {
        Some(near) => bilingual!(
            "是否想写 `{near}`？自带：{list}；自有框架放在 indicators/{name}.toml",
            "did you mean `{near}`? Bundled: {list}; your own goes to indicators/{name}.toml"
        ),
        None => bilingual!(
            "自带：{list}；自有框架放在 indicators/{name}.toml",
            "bundled: {list}; your own goes to indicators/{name}.toml"
        ),
    };
    Finding::new(
        Code::UnknownFramework,
        bilingual!("没有名为“{name}”的框架", "there is no framework `{name}`"),
        help,
    )
}
