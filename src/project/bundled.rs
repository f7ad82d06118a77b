use include_dir::{Dir, include_dir};

use super::open::PROJECT_FILE;
use crate::definitions::parse_project;
use crate::diagnostics::Findings;
use crate::input::TextFile;

static INDICATORS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/indicators");
static RUBRICS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rubrics");
static CITY_DATA: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/city-data");
static EXAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/examples");

/// The names of the frameworks that come with the program.
pub fn framework_names() -> Vec<&'static str> {
    names_in(&INDICATORS)
}

/// The names of the rubrics that come with the program.
pub fn rubric_names() -> Vec<&'static str> {
    names_in(&RUBRICS)
}

fn names_in(folder: &'static Dir<'static>) -> Vec<&'static str> {
    let files = folder.files().filter_map(|file| file.path().file_name()?.to_str());
    let mut names: Vec<&str> = files.filter_map(|name| name.strip_suffix(".toml")).collect();
    names.sort_unstable();
    names
}

/// The text of a framework that comes with the program.
pub(super) fn framework(name: &str) -> Option<&'static str> {
    INDICATORS.get_file(format!("{name}.toml"))?.contents_utf8()
}

/// The text of a rubric that comes with the program.
pub(super) fn rubric(name: &str) -> Option<&'static str> {
    RUBRICS.get_file(format!("{name}.toml"))?.contents_utf8()
}

/// The folder of registries, sample editions and published facts, as a project
/// has it and as it comes with the program.
const CITY_DATA_FOLDER: &str = "city-data/";

/// The file that a project without one of its own finds at `path`.
pub(super) fn city_data(path: &str) -> Option<&'static [u8]> {
    Some(CITY_DATA.get_file(path.strip_prefix(CITY_DATA_FOLDER)?)?.contents())
}

/// The files of one example project, with the bundled data that it names, so that
/// all it reads can be seen and edited.
pub(super) fn example(name: &str) -> Vec<(String, Vec<u8>)> {
    let mut files = EXAMPLES.get_dir(name).map(files_of).unwrap_or_default();
    let named: Vec<String> =
        files.iter().find(|(path, _)| path == PROJECT_FILE).map_or(Vec::new(), named_files);
    files.extend(named.into_iter().filter_map(|path| {
        let bytes = city_data(&path)?.to_vec();
        Some((path, bytes))
    }));
    files.sort();
    files.dedup();
    files
}

/// The tables that an index project names; none if it is of another kind.
fn named_files((path, bytes): &(String, Vec<u8>)) -> Vec<String> {
    let text = TextFile::embedded(path, &String::from_utf8_lossy(bytes));
    let project = parse_project(text, &mut Findings::new());
    project.map_or(Vec::new(), |definition| definition.project.files().map(str::to_owned).collect())
}

fn files_of(root: &Dir<'_>) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut open = vec![root];
    while let Some(folder) = open.pop() {
        // Where somebody ran the example in the checkout, its outputs stay out.
        open.extend(
            folder
                .dirs()
                .filter(|inside| !["out", ".benchline"].iter().any(|made| inside.path().ends_with(made))),
        );
        files.extend(folder.files().filter_map(|file| {
            let path = file.path().strip_prefix(root.path()).ok()?;
            Some((path.to_str()?.replace('\\', "/"), file.contents().to_vec()))
        }));
    }
    files.sort();
    files
}
