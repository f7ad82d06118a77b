//! Whose rows findings are about.

use std::collections::HashMap;

use super::headers::Headers;
use super::names::Names;
use super::units::{self, Registered};
use super::{Panel, Tables};
use crate::definitions::{FrameworkDefinition, ProjectDefinition};
use crate::diagnostics::{Finding, Findings, Place, Position, UnitMark};
use crate::input::{Table, look};
use crate::model::Unit;

/// A table whose rows are of units.
struct Owned<'a> {
    table: &'a Table,
    /// Position of the column that names the unit.
    column: usize,
    /// Whether it is one of many of a pattern, of which most units send their own.
    of_many: bool,
}

/// Tells of every finding at a row of a table which unit the row is of. What is
/// about a file as a whole, one of many, is about the unit whose rows alone it
/// holds, or whose name or code it bears.
pub fn tell_units(
    project: &ProjectDefinition,
    framework: &FrameworkDefinition,
    tables: &Tables,
    findings: &mut Findings,
) {
    if findings.is_empty() {
        return;
    }
    let headers = Headers::new(&project.project, framework, tables);
    let read = units::read(project, framework, tables, &headers, &mut Findings::new());
    let Registered { units, .. } = read.unwrap_or_default();
    let panel = Panel::new(units, Vec::new());
    let names = Names::new(panel.units(), &framework.framework.groups);
    let declared = &project.project;
    let registry = [(declared.units.file.as_str(), declared.units.code.as_str())].into_iter();
    let data = declared.data.iter().map(|data| (data.file.as_str(), data.unit.as_str()));
    let calls = declared.calls.iter().map(|calls| (calls.file.as_str(), calls.unit.as_str()));
    let mut owned: HashMap<(&str, Option<&str>), Owned<'_>> = HashMap::new();
    let mut sent: Vec<&str> = Vec::new();
    for (file, unit) in registry.chain(data).chain(calls) {
        for path in tables.named(file) {
            let of_many = path != file;
            sent.extend(of_many.then_some(path));
            let Some((table, column)) = tables.get(path).and_then(|table| Some((table, table.column(unit)?)))
            else {
                continue;
            };
            owned.entry((table.name(), table.sheet())).or_insert(Owned { table, column, of_many });
        }
    }
    let unit_of = |place: &Place| {
        let sheet = match &place.position {
            Some(Position::Cell { sheet, .. }) => Some(sheet.as_str()),
            _ => None,
        };
        let found = owned.get(&(place.file.as_str(), sheet));
        let own = found.and_then(|owned| owned.of_row(place, &names).or_else(|| owned.sole(&names)));
        let unit = own.and_then(|at| panel.units().get(at));
        unit.or_else(|| {
            let is_sent = sent.contains(&place.file.as_str());
            is_sent.then(|| by_name(&place.file, panel.units().iter())).flatten()
        })
    };
    for finding in findings.iter_mut() {
        tell(finding, &unit_of);
    }
}

fn tell<'a>(finding: &mut Finding, unit_of: &impl Fn(&Place) -> Option<&'a Unit>) {
    if finding.unit.is_none() && finding.parts.is_empty() {
        let unit = finding.place.as_ref().and_then(unit_of);
        finding.unit = unit.map(|unit| UnitMark {
            code: unit.code.to_string(),
            name: unit.name.clone(),
            file_stem: unit.file_stem(),
        });
    }
    for part in &mut finding.parts {
        tell(part, unit_of);
    }
}

impl Owned<'_> {
    /// The unit of the row that a place is in.
    fn of_row(&self, place: &Place, names: &Names<'_>) -> Option<usize> {
        let line = match place.position.as_ref()? {
            Position::Text { line, .. } => *line,
            Position::Cell { row, .. } => *row,
        };
        let row = self.table.rows().binary_search_by_key(&line, |row| row.line as usize).ok()?;
        names.find(self.table.rows().get(row)?.field(self.column)).ok()
    }

    /// The unit whose rows alone the table holds, if it is one of many.
    fn sole(&self, names: &Names<'_>) -> Option<usize> {
        let mut rows = self.table.rows().iter().map(|row| names.find(row.field(self.column)).ok());
        let first = rows.next().flatten().filter(|_| self.of_many)?;
        rows.all(|unit| unit == Some(first)).then_some(first)
    }
}

/// The unit whose full name or code the name of a file bears, if one alone does.
fn by_name<'a>(path: &str, units: impl Iterator<Item = &'a Unit>) -> Option<&'a Unit> {
    let name = look(path.rsplit('/').next().unwrap_or(path));
    let bears = |unit: &&Unit| {
        let code = unit.code.as_str();
        name.contains(&look(&unit.name.zh)) || (code.chars().count() > 2 && name.contains(code))
    };
    let mut found = units.filter(bears);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}
