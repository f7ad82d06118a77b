//! Projects in temporary folders, and the binary run on them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use benchline::diagnostics::Findings;
use benchline::project::{self, ScoredProject};
use tempfile::TempDir;

/// The root of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A copy of a project folder that a test may change.
pub struct Copy {
    folder: TempDir,
}

impl Copy {
    /// A copy of the project at `path` in the repository.
    pub fn of(path: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        overlay(&root().join(path), folder.path());
        Self { folder }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Puts the files of another folder over this one.
    pub fn overlay(&self, from: &Path) {
        overlay(from, self.path());
    }

    /// Replaces `from` with `to` in one of its files, where it must occur.
    pub fn edit(&self, file: &str, from: &str, to: &str) -> &Self {
        let path = self.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no `{from}`");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
        self
    }

    pub fn write(&self, file: &str, text: &str) -> &Self {
        let path = self.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Opens and scores the project, which must be sound.
    pub fn scored(&self) -> ScoredProject {
        scored(self.path())
    }
}

/// Opens and scores a project, which must be sound.
/// The contest in a folder, scored; whatever is wrong with it fails the test.
pub fn scored_contest(path: &Path) -> project::ScoredContest {
    let mut findings = Findings::new();
    let open = project::open_contest(path, &mut findings);
    let scored = open.and_then(|open| project::score_contest(open, &mut findings));
    assert!(!findings.has_errors(), "{findings:#?}");
    scored.unwrap()
}

pub fn scored(path: &Path) -> ScoredProject {
    let mut findings = Findings::new();
    let scored = project::open(path, &mut findings).and_then(|open| project::score(open, &mut findings));
    assert!(!findings.has_errors(), "{findings:#?}");
    scored.unwrap()
}

/// What a run of the binary gave.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Runs the binary in `folder`.
pub fn benchline(folder: &Path, arguments: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_benchline"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("BENCHLINE_LANG")
        .output()
        .unwrap();
    Ran {
        code: output.status.code().expect("no signal"),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Every file below a folder, by path, with its bytes.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                files.push((name, fs::read(path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

fn overlay(from: &Path, to: &Path) {
    for (name, bytes) in files(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The folders of cases in a folder of the repository, in order.
pub fn cases(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = entries.filter(|path| path.is_dir() && !path.ends_with("_base")).collect();
    cases.sort();
    cases
}
