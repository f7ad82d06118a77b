use std::collections::{BTreeMap, BTreeSet};

use super::keys::Context;
use super::revisions::{Fault, Overlay, Stated};
use crate::diagnostics::{Code, Finding, Findings, bilingual, shown};
use crate::model::{Cell, Id, Origin, Sample};

/// The cells of all indicators and context variables while files are read, by
/// variable and row of the panel: as they are in the files.
pub(super) struct Cells<'a> {
    /// What revisions put in their place.
    pub(super) overlay: &'a Overlay,
    pub(super) cells: Vec<Vec<Cell>>,
    /// Where each was read.
    pub(super) origins: Vec<Vec<Option<Origin>>>,
    /// What sample each rests on; no rows for a variable without samples.
    pub(super) samples: Vec<Vec<Option<Sample>>>,
    /// The lines of the calls that a value was reduced from.
    pub(super) calls: BTreeMap<(usize, usize), Vec<u32>>,
    /// What cannot be used as it stands.
    pub(super) faults: BTreeMap<(usize, usize), Fault>,
    /// Empty cells that a revision fills.
    pub(super) blanks: BTreeMap<(usize, usize), Origin>,
    unreadable: BTreeSet<(usize, usize)>,
    /// Values that differ, by the positions of the two files.
    conflicts: BTreeMap<(u16, u16), Vec<Finding>>,
}

/// Conflicts of two files that are told one by one; more are told as one.
const MOST_CONFLICTS: usize = 8;

impl<'a> Cells<'a> {
    /// As many variables and rows without a value.
    pub(super) fn new(variables: usize, rows: usize, overlay: &'a Overlay) -> Self {
        Self {
            overlay,
            cells: vec![vec![Cell::MISSING; rows]; variables],
            origins: vec![vec![None; rows]; variables],
            samples: vec![Vec::new(); variables],
            calls: BTreeMap::new(),
            faults: BTreeMap::new(),
            blanks: BTreeMap::new(),
            unreadable: BTreeSet::new(),
            conflicts: BTreeMap::new(),
        }
    }

    /// Keeps the first value of a cell; gives back where that was read if this
    /// one differs. What can be read goes before what cannot.
    pub(super) fn keep(&mut self, at: (usize, usize), stated: Stated, origin: Origin) -> Option<Origin> {
        let known_cell = self.cells.get_mut(at.0).and_then(|cells| cells.get_mut(at.1));
        let known_origin = self.origins.get_mut(at.0).and_then(|rows| rows.get_mut(at.1));
        let (known_cell, known_origin) = (known_cell?, known_origin?);
        let is_new = known_origin.is_none();
        match stated {
            Stated::Cell(cell) => {
                if self.unreadable.remove(&at) || is_new {
                    *known_cell = cell;
                    *known_origin = Some(origin);
                }
                known_origin.filter(|_| *known_cell != cell)
            }
            Stated::Unreadable => {
                if is_new {
                    self.unreadable.insert(at);
                    *known_origin = Some(origin);
                }
                None
            }
        }
    }

    /// Keeps what is wrong with a value, and how it is written.
    pub(super) fn doubt(&mut self, at: (usize, usize), text: &str, findings: Findings) {
        if findings.is_empty() {
            return;
        }
        let stated = self.stated(at);
        let fault = || Fault { stated: Stated::Unreadable, text: text.to_owned(), findings: Findings::new() };
        let fault = self.faults.entry(at).or_insert_with(fault);
        fault.stated = stated;
        fault.findings.append(findings);
    }

    /// What the files have for a value.
    pub(super) fn stated(&self, at: (usize, usize)) -> Stated {
        if self.unreadable.contains(&at) {
            return Stated::Unreadable;
        }
        let cell = self.cells.get(at.0).and_then(|cells| cells.get(at.1));
        Stated::Cell(cell.copied().unwrap_or(Cell::MISSING))
    }

    /// Keeps what sample a value rests on.
    pub(super) fn keep_sample(&mut self, at: (usize, usize), sample: Sample) {
        let rows = self.cells.get(at.0).map_or(0, Vec::len);
        let Some(kept) = self.samples.get_mut(at.0) else { return };
        if kept.is_empty() {
            *kept = vec![None; rows];
        }
        if let Some(kept) = kept.get_mut(at.1) {
            *kept = Some(sample);
        }
    }

    /// Takes in that the value at `origin`, written `text`, differs from the one read
    /// at `first`.
    pub(super) fn disagree(
        &mut self,
        at: (usize, usize),
        id: &Id,
        text: &str,
        (first, origin): (Origin, Origin),
        context: &Context<'_>,
    ) {
        let (unit, period) = context.panel.named(at.1);
        let known = self.cells.get(at.0).and_then(|cells| cells.get(at.1));
        let known = known.copied().and_then(Cell::value).map_or("—".to_owned(), |value| value.to_string());
        let place = context.tables.place(first).map_or(String::new(), |place| place.to_string());
        let finding = Finding::new(
            Code::ConflictingValue,
            bilingual!(
                "{unit} 在 {period} 期的“{id}”此处为 {text}，{place} 处为 {known}",
                "`{id}` of {unit} in {period} is {text} here and {known} at {place}"
            ),
            bilingual!(
                "查明哪个正确，改成一致或删去一个",
                "find out which is right; make them equal or delete one"
            ),
        );
        let finding = context.tables.place(origin).map_or(finding.clone(), |place| finding.at(place));
        self.conflicts.entry((first.file, origin.file)).or_default().push(finding);
    }

    /// Reports values that differ: those of two files as one where they are many.
    pub(super) fn report_conflicts(&mut self, context: &Context<'_>, findings: &mut Findings) {
        for ((first, second), conflicts) in std::mem::take(&mut self.conflicts) {
            let path = |file| context.tables.path(Origin { file, line: 0, field: 0 });
            match (path(first), path(second), conflicts.first()) {
                (Some(one), Some(other), Some(example))
                    if conflicts.len() > MOST_CONFLICTS && first != second =>
                {
                    findings.push(differ(one, other, example, conflicts.len()).standing_for(conflicts));
                }
                _ => findings.extend(conflicts),
            }
        }
    }
}

/// Two files that differ in many values.
fn differ(one: &str, other: &str, example: &Finding, count: usize) -> Finding {
    let (one, other) = (shown(one), shown(other));
    let (zh, en) = (&example.message.zh, &example.message.en);
    let mut finding = Finding::new(
        Code::ConflictingValue,
        bilingual!(
            "“{other}”与“{one}”有 {count} 个数值不同，例如：{zh}",
            "`{other}` and `{one}` differ in {count} values; for one, {en}"
        ),
        bilingual!("查明哪个文件作数，移走另一个", "find out which file counts, and take the other one away"),
    );
    finding.place = example.place.clone();
    finding
}
