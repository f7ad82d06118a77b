use crate::diagnostics::{Code, Finding, Findings, Place, bilingual};
use crate::input::TextFile;
use crate::plan::{Project, project_schema};

use super::document::{Document, Step, at};
use super::shape;

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

/// Reads and checks a project file. Everything wrong with it is a finding;
/// `None` if any of that is an error.
pub fn parse_project(file: TextFile, findings: &mut Findings) -> Option<ProjectDefinition> {
    let document = Document::parse(file, findings)?;
    let faults = shape::check(&document, &project_schema(), findings);
    if let Some(date) = document.text(&at!["date"]).filter(|date| !is_date(date)) {
        findings.push(
            Finding::new(
                Code::BadValue,
                bilingual!("“{date}”不是日期", "`{date}` is not a date"),
                bilingual!("按 `2025-12-01` 的格式写", "write it like `2025-12-01`"),
            )
            .at(document.place(&at!["date"])),
        );
        return None;
    }
    if faults.within(&[]) {
        return None;
    }
    match document.decode::<Project>(&[]) {
        Ok(project) => Some(ProjectDefinition { project, document }),
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
