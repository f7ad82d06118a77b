//! Rubric files: shape, references, and that every step can be taken.

mod axes;
mod exactness;
mod ids;
mod parts;
mod stages;

use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::input::TextFile;
use crate::plan::{Rubric, rubric_schema};

use super::document::Document;
use super::shape;

/// A checked rubric and where it was written.
#[derive(Clone, Debug)]
pub struct RubricDefinition {
    /// The rules.
    pub rubric: Rubric,
    /// The file.
    pub document: Document,
}

/// Reads and checks a rubric file. Everything wrong with it is a finding; `None`
/// if any of that is an error.
pub fn parse_rubric(file: TextFile, findings: &mut Findings) -> Option<RubricDefinition> {
    let mut own = Findings::new();
    let definition = parse(file, &mut own);
    let sound = !own.has_errors();
    findings.append(own);
    definition.filter(|_| sound)
}

fn parse(file: TextFile, findings: &mut Findings) -> Option<RubricDefinition> {
    let document = Document::parse(file, findings)?;
    let faults = shape::check(&document, &rubric_schema(), findings);
    if faults.within(&[]) {
        return None;
    }
    let rubric = match document.decode::<Rubric>(&[]) {
        Ok(rubric) => rubric,
        Err(problem) => {
            findings.push(
                Finding::new(
                    Code::BadValue,
                    bilingual!("无法读懂评分细则：{problem}", "the rubric cannot be read: {problem}"),
                    bilingual!("对照 `benchline schema rubric`", "compare it with `benchline schema rubric`"),
                )
                .at(document.place(&[])),
            );
            return None;
        }
    };
    exactness::check(&rubric, &document, findings);
    ids::check(&rubric, &document, findings);
    let axes = parts::check(&rubric, &document, findings);
    stages::check(&rubric, &axes, &document, findings);
    Some(RubricDefinition { rubric, document })
}
