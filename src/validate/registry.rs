use super::headers::Headers;
use super::tables::Tables;
use super::units;
use crate::definitions::{FrameworkDefinition, ProjectDefinition};
use crate::diagnostics::Findings;
use crate::input::Folder;
use crate::model::Registry;

/// The units of a project, read from its registry alone: there need be no data
/// yet. What is wrong with it is a finding; `None` if any of that is an error.
pub fn read_units(
    folder: &Folder,
    project: &ProjectDefinition,
    framework: &FrameworkDefinition,
    findings: &mut Findings,
) -> Option<Registry> {
    let mut alone = project.clone();
    alone.project.data.clear();
    alone.project.calls.clear();
    alone.project.published.clear();
    let tables = Tables::read(folder, &alone, findings);
    let headers = Headers::new(&alone.project, framework, &tables);
    let read = units::read(&alone, framework, &tables, &headers, findings);
    read.filter(|_| !findings.has_errors()).map(|read| read.units)
}
