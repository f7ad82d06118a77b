//! Which units have confirmed their data, by the log of revisions.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::open::open;
use super::revise::undeclared;
use crate::diagnostics::{Bilingual, Findings, Severity};
use crate::ledger::{Log, Replied, RevisionEvent};
use crate::model::Role;
use crate::validate::confirmation_digest;

/// How far a unit is with its confirmation sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confirmed {
    /// No sheet of it is on record.
    NotReturned,
    /// It has replied to some values.
    Partly,
    /// It has replied to all, and a correction that it asked for was refused.
    Refused,
    /// It has replied to all, and its data have changed since.
    ChangedSince,
    /// It agrees to the data as they are, with its corrections in them.
    Whole,
}

/// A unit and what is on record of its confirmation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitConfirmed {
    /// Its code.
    pub unit: String,
    /// What it is called.
    pub name: Bilingual,
    /// How far it is.
    pub state: Confirmed,
    /// The revision that has its last sheet.
    pub revision: Option<usize>,
    /// What that sheet says.
    pub sheet: Option<Replied>,
}

/// Who has confirmed the data of the project in `root`: every ranked unit, and others
/// of which a sheet is on record, in the order of their codes. The last sheet of a
/// unit counts. `None`, with findings, if the data are not sound or no log is declared.
pub fn confirmed(root: &Path, findings: &mut Findings) -> Option<Vec<UnitConfirmed>> {
    let mut own = Findings::new();
    let project = open(root, &mut own);
    findings.extend(own.iter().filter(|one| one.severity != Severity::Note).cloned());
    let project = project?;
    let Some(log) = &project.revisions else {
        findings.push(undeclared());
        return None;
    };
    let last = last_sheets(log);
    let units = project.input.panel().units().iter().enumerate();
    let told = units.filter_map(|(at, unit)| {
        let on_record = last.get(unit.code.as_str()).copied();
        if on_record.is_none() && unit.role != Role::Ranked {
            return None;
        }
        let state = match on_record {
            None => Confirmed::NotReturned,
            Some((_, sheet, _)) if sheet.open > 0 => Confirmed::Partly,
            Some((_, _, true)) => Confirmed::Refused,
            Some((_, sheet, _)) if sheet.digest != confirmation_digest(&project.input, at) => {
                Confirmed::ChangedSince
            }
            Some(_) => Confirmed::Whole,
        };
        Some(UnitConfirmed {
            unit: unit.code.to_string(),
            name: unit.name.clone(),
            state,
            revision: on_record.map(|(revision, ..)| revision),
            sheet: on_record.map(|(_, sheet, _)| sheet.clone()),
        })
    });
    Some(told.collect())
}

/// The last sheet of each unit on record, with the number of its revision, and
/// whether that refuses a correction of the unit.
fn last_sheets(log: &Log<RevisionEvent>) -> BTreeMap<&str, (usize, &Replied, bool)> {
    let mut last = BTreeMap::new();
    for line in log.lines() {
        let RevisionEvent::Revised(revised) = &line.body;
        for sheet in revised.returned.iter().filter_map(|file| file.sheet.as_ref()) {
            let refused = revised.corrections.iter().any(|one| one.unit == sheet.unit && !one.holds());
            last.insert(sheet.unit.as_str(), (line.seq, sheet, refused));
        }
    }
    last
}
