use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::absent::{no_project, other_kind};
use super::super::bundled;
use super::super::open::PROJECT_FILE;
use crate::definitions::{self, ContestDefinition, RubricDefinition, parse_rubric, read_contest};
use crate::diagnostics::{Code, Finding, Findings, Place, bilingual, did_you_mean, shown};
use crate::input::{Folder, TextFile};
use crate::ledger::{Day, Log};
use crate::validate::{ContestInput, ContestTables, InputFile};

/// The folder of a project's own rubrics.
const OWN_RUBRICS: &str = "rubrics";

/// A contest whose definitions and data are sound.
#[derive(Debug)]
pub struct OpenContest {
    pub(super) folder: Folder,
    /// What the project declares.
    pub definition: ContestDefinition,
    /// Its rubric.
    pub rubric: RubricDefinition,
    /// Its data.
    pub input: ContestInput,
    /// Every file that was read: project file, rubric, tables.
    pub files: Vec<InputFile>,
    /// Its log, where it has one.
    pub log: Option<Log>,
}

impl OpenContest {
    /// What its log comes to, where it has one.
    pub fn day(&self) -> Option<&Day> {
        self.input.day()
    }

    /// Where the contest is.
    pub fn root(&self) -> PathBuf {
        self.folder.root().to_owned()
    }
}

/// Whether the folder `root` holds a contest. A folder that cannot be read holds
/// none; [`open`](crate::project::open) says what is wrong with it.
pub fn is_contest(root: &Path) -> bool {
    let folder = Folder::new(root);
    let text = folder.has(PROJECT_FILE).then(|| folder.read_text(PROJECT_FILE, None, &mut Findings::new()));
    text.flatten().is_some_and(|text| definitions::is_contest(&text))
}

/// Opens the contest in the folder `root`: reads and checks everything, writes
/// nothing. Everything wrong is a finding; `None` if any of that is an error.
pub fn open_contest(root: &Path, findings: &mut Findings) -> Option<OpenContest> {
    let mut own = Findings::new();
    let contest = read(root, &mut own);
    let sound = !own.has_errors();
    findings.append(own);
    contest.filter(|_| sound)
}

fn read(root: &Path, findings: &mut Findings) -> Option<OpenContest> {
    let base = read_base(root, findings);
    read_input(base?, findings)
}

/// What a contest is before its data are looked at.
#[derive(Clone)]
pub(super) struct Base {
    pub(super) folder: Folder,
    pub(super) definition: ContestDefinition,
    pub(super) rubric: Option<RubricDefinition>,
    pub(super) log: Option<Log>,
}

/// The definitions of the contest in the folder `root`, and its log.
pub(super) fn read_base(root: &Path, findings: &mut Findings) -> Option<Base> {
    let folder = Folder::new(root);
    if !folder.has(PROJECT_FILE) {
        findings.push(no_project(root));
        return None;
    }
    let text = folder.read_text(PROJECT_FILE, None, findings)?;
    if definitions::is_index(&text) {
        findings.push(other_kind(root, false));
        return None;
    }
    let reading = read_contest(text, findings)?;
    // The rubric is read even if the project has faults: one run reports both.
    let rubric = reading.rubric.and_then(|(name, place)| read_rubric(&folder, &name, &place, findings));
    let definition = reading.definition?;
    let log = read_log(&folder, &definition, findings);
    Some(Base { folder, definition, rubric, log })
}

/// The contest with its data, as the log has them where there is one.
pub(super) fn read_input(base: Base, findings: &mut Findings) -> Option<OpenContest> {
    let Base { folder, definition, rubric, log } = base;
    let day = log.as_ref().map(|log| Arc::new(Day::of(log)));
    let tables = ContestTables::read(&folder, &definition, day, findings);
    let rubric = rubric?;
    let input = ContestInput::new(&definition, &rubric, Arc::new(tables), findings)?;
    let definitions = [definition.document.file(), rubric.document.file()];
    let definitions =
        definitions.map(|file| InputFile { name: file.name.to_string(), sha256: file.sha256.clone() });
    let files = definitions.into_iter().chain(input.files()).collect();
    Some(OpenContest { folder, definition, rubric, input, files, log })
}

/// The log that a project declares; one that is not there yet has no events.
pub(super) fn read_log(folder: &Folder, contest: &ContestDefinition, findings: &mut Findings) -> Option<Log> {
    let declared = contest.project.log.as_ref()?;
    let place = contest.place(&["log".into(), "file".into()]);
    let bytes = match folder.has(&declared.file) {
        true => folder.read_bytes(&declared.file, Some(&place), findings)?,
        false => Vec::new(),
    };
    Some(Log::read(&declared.file, &bytes, findings))
}

fn read_rubric(
    folder: &Folder,
    name: &str,
    named_at: &Place,
    findings: &mut Findings,
) -> Option<RubricDefinition> {
    let own = [format!("{OWN_RUBRICS}/{name}.toml"), format!("{name}.toml")];
    let text = match own.iter().find(|path| folder.has(path)) {
        Some(path) => folder.read_text(path, Some(named_at), findings)?,
        None => match bundled::rubric(name) {
            Some(text) => TextFile::embedded(&format!("benchline:rubrics/{name}.toml"), text),
            None => {
                findings.push(unknown_rubric(name, folder).at(named_at.clone()));
                return None;
            }
        },
    };
    parse_rubric(text, findings)
}

fn unknown_rubric(name: &str, folder: &Folder) -> Finding {
    let (own, known) = (folder.names_in(OWN_RUBRICS, ".toml"), bundled::rubric_names());
    let list = known.join(", ");
    let bare = name.strip_suffix(".toml").unwrap_or(name).trim_start_matches("rubrics/");
    let near = did_you_mean(bare, own.iter().map(String::as_str).chain(known));
    let shown = shown(name);
    let help = match near {
        Some(near) => bilingual!(
            "是否想写 `{near}`？自带：{list}；自有细则放在 {OWN_RUBRICS}/ 下",
            "did you mean `{near}`? Bundled: {list}; your own go to {OWN_RUBRICS}/"
        ),
        None => bilingual!(
            "自带：{list}；自有细则放在 {OWN_RUBRICS}/{bare}.toml",
            "bundled: {list}; your own goes to {OWN_RUBRICS}/{bare}.toml"
        ),
    };
    Finding::new(
        Code::UnknownRubric,
        bilingual!("没有名为“{shown}”的评分细则", "there is no rubric `{shown}`"),
        help,
    )
}
