use crate::diagnostics::{Code, Finding, Findings, Place, Severity, bilingual};
use crate::input::TextFile;
use crate::plan::{ContestProject, MarksFile, contest_schema};

use super::document::{Document, Step, at};
use super::project::{check_date, check_repeated};
use super::shape;

/// A checked contest project and where it was written.
#[derive(Clone, Debug)]
pub struct ContestDefinition {
    /// What it declares.
    pub project: ContestProject,
    /// The file.
    pub document: Document,
}

impl ContestDefinition {
    /// Where the value at a path of keys and positions was written.
    pub fn place(&self, path: &[Step]) -> Place {
        self.document.place(path)
    }
}

/// The project file of a contest as far as it could be read.
#[derive(Clone, Debug)]
pub struct ContestReading {
    /// The rubric that it names, and where.
    pub rubric: Option<(String, Place)>,
    /// All that it declares, if it is sound.
    pub definition: Option<ContestDefinition>,
}

/// Whether a project file says that it is a contest. A file that cannot be read
/// is none; reading it as an index project will say why.
pub fn is_contest(file: &TextFile) -> bool {
    is_of_kind(file, "contest")
}

/// Whether a project file says that it is an index.
pub fn is_index(file: &TextFile) -> bool {
    is_of_kind(file, "index")
}

fn is_of_kind(file: &TextFile, kind: &str) -> bool {
    let document = Document::parse(file.clone(), &mut Findings::new());
    document.is_some_and(|document| document.text(&at!["kind"]) == Some(kind))
}

/// Reads and checks the project file of a contest. Everything wrong with it is a
/// finding; `None` if it is no TOML.
pub fn read_contest(file: TextFile, findings: &mut Findings) -> Option<ContestReading> {
    let document = Document::parse(file, findings)?;
    let faults = shape::check(&document, &contest_schema(), findings);
    let rubric = document.text(&at!["rubric"]).filter(|name| !name.is_empty());
    let rubric = rubric.map(|name| (name.to_owned(), document.place(&at!["rubric"])));
    let before = findings.count(Severity::Error);
    check_date(&document, findings);
    for key in ["languages", "outputs"] {
        check_repeated(&at![key], &document, findings);
    }
    if document.node(&at!["marks"]).is_none() && document.node(&at!["log"]).is_none() {
        findings.push(no_sheets().at(document.place(&at!["marks"])));
    }
    for index in 0..document.length(&at!["marks"]) {
        if let Ok(marks) = document.decode::<MarksFile>(&at!["marks", index]) {
            check_marks(&marks, &at!["marks", index], &document, findings);
        }
    }
    let sound = !faults.within(&[]) && findings.count(Severity::Error) == before;
    let project = sound.then(|| document.decode::<ContestProject>(&[])).transpose();
    let definition = match project {
        Ok(project) => project.map(|project| ContestDefinition { project, document }),
        Err(problem) => {
            findings.push(
                Finding::new(
                    Code::BadValue,
                    bilingual!("无法读懂项目：{problem}", "the project cannot be read: {problem}"),
                    bilingual!(
                        "对照 `benchline schema contest`",
                        "compare it with `benchline schema contest`"
                    ),
                )
                .at(document.place(&[])),
            );
            None
        }
    };
    Some(ContestReading { rubric, definition })
}

/// Marks come from somewhere.
fn no_sheets() -> Finding {
    Finding::new(
        Code::MissingKey,
        bilingual!("缺少必需的键“marks”", "the key `marks` is missing"),
        bilingual!(
            "加上 `[[marks]]`；由日志记录的赛事写 `log = {{ file = \"log.jsonl\" }}`",
            "add `[[marks]]`, or `log = {{ file = \"log.jsonl\" }}` for a contest that is kept in a log"
        ),
    )
}

/// Score sheets are a file or a folder, and say once whose they are.
fn check_marks(marks: &MarksFile, at: &[Step], document: &Document, findings: &mut Findings) {
    if marks.file.is_some() == marks.folder.is_some() {
        findings.push(
            Finding::new(
                Code::BadValue,
                bilingual!(
                    "评分表应写 `file` 或 `folder`，二者取一",
                    "score sheets are a `file` or a `folder`, one of them"
                ),
                bilingual!(
                    "一个文件写 `file = \"…\"`；每位评委一个文件写 `folder = \"…\"`",
                    "write `file = \"…\"` for one file, `folder = \"…\"` for one file per judge"
                ),
            )
            .at(document.place(at)),
        );
    }
    let named = [marks.judge.is_some(), marks.folder.is_some(), marks.by_sheet];
    if named.into_iter().filter(|named| *named).count() > 1 {
        findings.push(
            Finding::new(
                Code::BadValue,
                bilingual!(
                    "`judge`、`folder`、`by_sheet` 都说明评委是谁，只能写一个",
                    "`judge`, `folder` and `by_sheet` each say who the judge is; only one may"
                ),
                bilingual!("删去多余的", "delete the others"),
            )
            .at(document.place(at)),
        );
    }
}
