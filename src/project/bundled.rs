use include_dir::{Dir, include_dir};

static INDICATORS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/indicators");
static RUBRICS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rubrics");
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

/// The files of one example project.
pub(super) fn example(name: &str) -> Vec<(String, Vec<u8>)> {
    EXAMPLES.get_dir(name).map(files_of).unwrap_or_default()
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
