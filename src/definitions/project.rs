use std::collections::BTreeSet;

use crate::diagnostics::{Code, Finding, Findings, Place, Severity, bilingual, shown};
use crate::input::TextFile;
use crate::plan::{FormsPlan, Project, SampleColumns, project_schema};

use super::document::{Document, Step, at};
use super::{policy, shape};

/// A checked project file and where it was written.
#[derive(Clone, Debug)]
pub struct ProjectDefinition {
    /// What it declares.
    pub project: Project,
    /// The file.
    pub document: Document,
}

impl ProjectDefinition {
    /// Where the value at a path of keys and positions was written.
    pub fn place(&self, path: &[Step]) -> Place {
        self.document.place(path)
    }
}

/// A project file as far as it could be read.
#[derive(Clone, Debug)]
pub struct ProjectReading {
    /// The framework that it names, and where.
    pub framework: Option<(String, Place)>,
    /// All that it declares, if it is sound.
    pub definition: Option<ProjectDefinition>,
}

/// Reads and checks a project file. Everything wrong with it is a finding;
/// `None` if any of that is an error.
pub fn parse_project(file: TextFile, findings: &mut Findings) -> Option<ProjectDefinition> {
    read_project(file, findings)?.definition
}

/// Reads and checks a project file, as [`parse_project`] does, and tells which
/// framework it names even if it has faults elsewhere. `None` if it is no TOML.
pub fn read_project(file: TextFile, findings: &mut Findings) -> Option<ProjectReading> {
    let document = Document::parse(file, findings)?;
    let faults = shape::check(&document, &project_schema(), findings);
    let framework = document.text(&at!["framework"]).filter(|name| !name.is_empty());
    let framework = framework.map(|name| (name.to_owned(), document.place(&at!["framework"])));
    let before = findings.count(Severity::Error);
    check_date(&document, findings);
    policy::check(&document, findings);
    for path in [
        &at!["languages"][..],
        &at!["outputs"],
        &at!["unit_reports", "languages"],
        &at!["group_reports", "languages"],
        &at!["group_reports", "groups"],
        &at!["cross_check", "methods"],
    ] {
        check_repeated(path, &document, findings);
    }
    let sound = !faults.within(&[]) && findings.count(Severity::Error) == before;
    let definition = sound.then(|| decode(document, findings)).flatten();
    let definition = definition.filter(|definition| samples_say_something(definition, findings));
    Some(ProjectReading { framework, definition })
}

/// Whether the columns of every sample hold its size or a standard error.
fn samples_say_something(definition: &ProjectDefinition, findings: &mut Findings) -> bool {
    let before = findings.count(Severity::Error);
    let empty = |columns: &SampleColumns| columns.n.is_none() && columns.standard_error.is_none();
    for (index, data) in definition.project.data.iter().enumerate() {
        let wide = data.samples.iter().filter(|(_, columns)| empty(columns));
        let mut places: Vec<Vec<Step>> =
            wide.map(|(id, _)| at!["data", index, "samples", id.as_str()].to_vec()).collect();
        if data.long.as_ref().and_then(|long| long.sample.as_ref()).is_some_and(empty) {
            places.push(at!["data", index, "long", "sample"].to_vec());
        }
        for path in places {
            findings.push(
                Finding::new(
                    Code::BadValue,
                    bilingual!(
                        "既无样本量的列，也无标准误的列",
                        "there is neither a column of sample sizes nor one of standard errors"
                    ),
                    bilingual!("写 `n` 或 `standard_error`", "name `n` or `standard_error`"),
                )
                .at(definition.place(&path)),
            );
        }
    }
    findings.count(Severity::Error) == before
}

pub(super) fn check_date(document: &Document, findings: &mut Findings) {
    if let Some(date) = document.text(&at!["date"]).filter(|date| !is_date(date)) {
        let date = shown(date);
        findings.push(
            Finding::new(
                Code::BadValue,
                bilingual!("“{date}”不是日期", "`{date}` is not a date"),
                bilingual!("按 `2025-12-01` 的格式写", "write it like `2025-12-01`"),
            )
            .at(document.place(&at!["date"])),
        );
    }
}

/// A list of words names each of them once.
pub(super) fn check_repeated(path: &[Step], document: &Document, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for index in 0..document.length(path) {
        let at = [path, &[Step::from(index)]].concat();
        if let Some(word) = document.text(&at).filter(|word| !seen.insert(*word)) {
            findings.push(
                Finding::new(
                    Code::BadValue,
                    bilingual!("“{word}”写了两次", "`{word}` is listed twice"),
                    bilingual!("删去一个", "delete one of them"),
                )
                .at(document.place(&at)),
            );
        }
    }
}

fn no_data() -> Finding {
    Finding::new(
        Code::MissingKey,
        bilingual!(
            "没有数据：既无 `[[data]]`，也无 `[forms]`",
            "there are no data: neither `[[data]]` nor `[forms]`"
        ),
        bilingual!(
            "用 `[[data]]` 写明数据文件，或用 `[forms]` 收填报表",
            "name the files of data with `[[data]]`, or collect data-entry workbooks with `[forms]`"
        ),
    )
}

fn decode(document: Document, findings: &mut Findings) -> Option<ProjectDefinition> {
    match document.decode::<Project>(&[]) {
        Ok(mut project) => {
            // Forms are one more kind of table in long layout.
            let forms = project.forms.as_ref().map(FormsPlan::data_file);
            project.data.extend(forms);
            if project.data.is_empty() {
                findings.push(no_data().at(document.place(&[])));
                return None;
            }
            Some(ProjectDefinition { project, document })
        }
        Err(problem) => {
            findings.push(
                Finding::new(
                    Code::BadValue,
                    bilingual!("无法读懂项目：{problem}", "the project cannot be read: {problem}"),
                    bilingual!(
                        "对照 `benchline schema project`",
                        "compare it with `benchline schema project`"
                    ),
                )
                .at(document.place(&[])),
            );
            None
        }
    }
}

/// Whether `text` is a day of the calendar, written `YYYY-MM-DD`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let number = |part: &str, width: usize| -> Option<u32> {
        (part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok())?
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        assert!(is_date("2024-02-29") && is_date("2025-12-31"));
        for bad in ["2025-02-29", "2025-13-01", "2025-00-10", "2025-1-1", "2025-11-31", "text", "+025-01-01"]
        {
            assert!(!is_date(bad), "{bad}");
        }
    }
}
